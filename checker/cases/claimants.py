"""Sorts of claimants by their names: what language packs know of panels, researchers, outlets and records."""

from __future__ import annotations

from collections.abc import Mapping

from checker.extract.fold import fold
from checker.extract.pack import Pack

__all__ = ["claimant_sorts"]


def claimant_sorts(packs: Mapping[str, Pack]) -> dict[str, str]:
    """The sort of a claimant by its folded name, of all packs together. A name that is two sorts is the first in the order of languages
    and of their packs."""
    found: dict[str, str] = {}
    for _, pack in sorted(packs.items()):
        for sort, name in pack.table("claimants"):
            found.setdefault(fold(name.lstrip("=")).strip(), sort)
    return found
