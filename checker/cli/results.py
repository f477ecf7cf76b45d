"""Files that ``--json`` wrote, read again: findings documents, findings and receipts."""

from __future__ import annotations

import json
from typing import Any

from checker.errors import UsageError

__all__ = ["read_results"]

_LIMIT = 50_000_000  # bytes of a findings document that is read again


def read_results(path: str) -> dict[str, Any] | None:
    """The file as a findings document, finding or receipt; ``None`` when it is something else.

    Raises:
        UsageError: the file is too large.
    """
    with open(path, "rb") as stream:
        data = stream.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise UsageError(f"{path} is larger than {_LIMIT:,} bytes; only the results of smaller runs are read again")
    if not data.lstrip().startswith(b"{"):
        return None
    try:
        wire = json.loads(data)
    except (ValueError, RecursionError):
        return None
    names = ("findings/1", "finding/1", "receipt/1")
    return wire if isinstance(wire, dict) and wire.get("schema") in {f"sanctions-checker/{name}" for name in names} else None
