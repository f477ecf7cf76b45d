"""The gates of rule coverage, from ``rules/coverage.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.coverage import LEVELS, Gate, LevelName
from checker.strictyaml.loader import parse_file
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import MapNode, Node, ScalarNode

__all__ = ["Gates", "load_gates"]

_FALLBACK = 100.0


@dataclass(frozen=True, slots=True)
class Gates:
    """``levels``: what failing a level means; ``mutation``: the least percentage of mutants killed, by severity of the rule."""

    levels: Mapping[LevelName, Gate]
    mutation: Mapping[str, float]

    def least(self, level: LevelName, severity: str) -> float:
        """The percentage of a level that passes, for a rule of this severity."""
        return self.mutation.get(severity, _FALLBACK) if level == "mutation" else 100.0


@lru_cache(maxsize=1)
def load_gates() -> Gates:
    """The gates.

    Raises:
        RuleBaseError: the file has errors; the text lists them.
    """
    parsed = parse_file(rules_dir() / "coverage.yaml", shown_as="rules/coverage.yaml")
    if not parsed.ok:
        raise RuleBaseError(render_all(parsed.problems))
    levels: dict[LevelName, Gate] = {}
    for name in LEVELS:
        word = _at(parsed.node, "gates", name)
        if word not in ("error", "warning"):
            raise RuleBaseError(f"rules/coverage.yaml: the gate of {name} is `error` or `warning`, not {word!r}")
        levels[name] = "error" if word == "error" else "warning"
    marks = parsed.node.get("mutation") if isinstance(parsed.node, MapNode) else None
    found: dict[str, float] = {}
    for severity, entry in marks.entries.items() if isinstance(marks, MapNode) else ():
        value = entry.value.value if isinstance(entry.value, ScalarNode) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
            raise RuleBaseError(f"rules/coverage.yaml: the mark of {severity} is a percentage, not {value!r}")
        found[severity] = float(value)
    return Gates(levels, found)


def _at(node: Node | None, *keys: str) -> object:
    for key in keys:
        node = node.get(key) if isinstance(node, MapNode) else None
    return node.value if isinstance(node, ScalarNode) else None
