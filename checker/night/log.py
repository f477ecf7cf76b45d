"""What a night says of itself: with ``verbose`` every step on stderr, else nothing but warnings; one line at the end is the caller's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

__all__ = ["speaker"]

_LOUD = ("failed",)


def speaker(verbose: bool) -> Callable[..., None]:
    """A function that is told of steps: its name, and what is to be said of it by keyword. Sources that fail are always told, steps only to
    whoever wants them."""
    import structlog

    log = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr), cache_logger_on_first_use=True,
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True),
                    structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)])

    def say(event: str, **told: Any) -> None:
        loud = told.get("state") in _LOUD or bool(told.get("error")) or event == "resume"
        known = {key: _inert(value) for key, value in told.items() if value not in ("", None)}
        if loud:
            log.warning(event, **known)
        elif verbose:
            log.info(event, **known)

    return say


def _inert(value: Any) -> Any:
    from checker.strictyaml.message import inert

    return inert(value) if isinstance(value, str) else value
