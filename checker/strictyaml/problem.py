"""Problems as values: everything a person can get wrong, collected and reported together instead of raised one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and how to mend it.

    ``line`` and ``column`` count from 1 (0: the whole file). ``source`` is the text of that line, ``width`` how many
    characters the caret marks. ``code`` is stable and names the kind of problem (``yaml-duplicate-key``, ``unknown-term`` ...).
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    mend: str = ""
    source: str = ""
    width: int = 1
    severity: Literal["error", "warning", "info"] = "error"

    def to_wire(self) -> dict[str, Any]:
        return {"path": self.path, "line": self.line, "column": self.column, "code": self.code, "message": self.message,
                "mend": self.mend, "severity": self.severity}
