"""Names that somebody wants found: of persons, companies and ships on a list. A plain gazetteer, without the law of the list."""

from __future__ import annotations

import msgspec

__all__ = ["WatchName"]


class WatchName(msgspec.Struct, frozen=True, gc=False):
    """One spelling. ``value``: the name that the party then bears; ``kind``: a word of ``party_kinds``."""

    text: str
    value: str
    kind: str = ""
