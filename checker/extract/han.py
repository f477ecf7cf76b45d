"""Chinese characters: each traditional form with its simplified one, from ``rules/scripts/han.yaml``."""

from __future__ import annotations

from checker.locator import rules_dir
from checker.strictyaml.loader import parse_file

__all__ = ["simplified"]


def simplified() -> dict[int, str]:
    """A table for ``str.translate``: one character in, one out.

    Raises:
        RuntimeError: the file is not in the shape that its head comment tells.
    """
    path = rules_dir() / "scripts" / "han.yaml"
    root = parse_file(path).node
    data = root.plain() if root is not None else None
    pairs = "".join(data.get("simplified", ())) if isinstance(data, dict) else ""
    if not pairs or len(pairs) % 2:
        raise RuntimeError(f"{path}: `simplified` holds pairs of characters: a traditional one, then its simplified form")
    return {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
