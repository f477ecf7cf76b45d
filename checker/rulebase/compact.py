"""JSON as people read it in a review: what fits stands on one line, all else is broken up."""

from __future__ import annotations

import json

__all__ = ["compact"]

_WIDTH = 140


def compact(value: object) -> str:
    """The JSON text of a value, ending in a line break. Equal values give equal texts; the order of keys is kept."""
    return _lines(value, "", 0) + "\n"


def _lines(value: object, indent: str, used: int) -> str:
    """``used``: how much of the first line is taken already, the comma behind included."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + used + len(flat) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + " "
    if isinstance(value, list):
        items = [deeper + _lines(item, deeper, 1) for item in value]
    else:
        keys = {name: json.dumps(name, ensure_ascii=False) + ": " for name in value}
        items = [deeper + keys[name] + _lines(item, deeper, len(keys[name]) + 1) for name, item in value.items()]
    first, last = "[]" if isinstance(value, list) else "{}"
    return "\n".join([first, ",\n".join(items), indent + last])
