"""Proof that rules do what their authors say: examples run, explained, asserted, and their coverage.

``assert_flags``, ``assert_not_flagged`` and ``uncovered`` are the names tests of other projects need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.proof.asserts import assert_flags, assert_not_flagged
    from checker.proof.coverage import uncovered

__all__ = ["assert_flags", "assert_not_flagged", "uncovered"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: pytest imports this package in every project that has the checker installed.
    if name == "uncovered":
        from checker.proof.coverage import uncovered

        return uncovered
    if name in __all__:
        from checker.proof import asserts

        return getattr(asserts, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
