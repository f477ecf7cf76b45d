"""The explain tree as lines of text, the same in the terminal and in a failing test."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.explain import ExplainNode
from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = ["SIGNS", "explain_lines"]

SIGNS: dict[Truth | None, str] = {TRUE: "✓", FALSE: "✗", UNKNOWN: "?", None: "·"}
"""Shown before a step: true, false, unknown, or neither (law, report, label)."""


def explain_lines(node: ExplainNode, depth: int = 0) -> Iterator[str]:
    """One line a step, children indented below: sign, sentence, note, and where the line stands in the rule file."""
    note = f"  ({node.note})" if node.note else ""
    where = f"  {node.where}" if node.where and node.kind in ("rule", "leaf") else ""
    yield f"{'  ' * depth}{SIGNS[node.truth]} {node.text}{note}{where}"
    for child in node.children:
        yield from explain_lines(child, depth + 1)
