"""Proof that rules do what their authors say: examples run, explained, asserted.

``assert_flags`` and ``assert_not_flagged`` are the two names tests of other projects need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.proof.asserts import assert_flags, assert_not_flagged

__all__ = ["assert_flags", "assert_not_flagged"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: pytest imports this package in every project that has the checker installed.
    if name in __all__:
        from checker.proof import asserts

        return getattr(asserts, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
