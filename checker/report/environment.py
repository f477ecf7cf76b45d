"""The template engine as every page uses it: everything escaped, controls visible, styles named by hash in the page's policy."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checker.locator import templates_dir
from checker.report.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["environment", "hash_of", "stylesheet"]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The engine over our templates; one for all pages, because it compiles each template once."""
    # Heavy and only needed here, so that the command line starts fast.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def inert(value: Any) -> Any:
        """Every printed text shows its invisible controls; markup of our own templates passes."""
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    # autoescape=True, not select_autoescape: the choice must not hang on a file name.
    env = Environment(loader=FileSystemLoader(templates_dir(), encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
                      finalize=inert, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    env.filters["held"] = _held
    return env


def _held(text: str) -> str:
    """Numbers kept on one line with the word they count: "2 warnings" is never torn apart."""
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)


@lru_cache(maxsize=8)
def stylesheet(*names: str) -> Markup:
    """The stylesheets joined. They are ours and go in unescaped: a page's policy allows exactly these bytes."""
    from markupsafe import Markup

    return Markup("".join((templates_dir() / name).read_text(encoding="utf-8") for name in names))  # noqa: S704


def hash_of(text: str) -> str:
    """The SHA-256 by which a content security policy names an inline style or script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
