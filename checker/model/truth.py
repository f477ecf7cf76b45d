"""Three-valued truth (Kleene's strong logic), ordered false < unknown < true.

``and`` is ``min``, ``or`` is ``max``, ``not x`` is ``2 - x``; plain integers keep the judge fast.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Truth"]


class Truth(IntEnum):
    """The truth of one line of a rule on one event."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def word(self) -> str:
        """``false``, ``unknown`` or ``true``."""
        return self.name.lower()


FALSE = Truth.FALSE
UNKNOWN = Truth.UNKNOWN
TRUE = Truth.TRUE
