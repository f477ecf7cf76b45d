"""Real and telling cases against the whole rule base: what must be flagged, with which label, and that nothing else is.

``tests/scenarios/*.yaml`` hold, for each case, ``number``, ``says``, ``events`` (in their written form), ``expect`` (rule and label of
every flagged finding; an empty list: nothing), ``outcomes`` (what named rules say where they flag nothing) and ``why``; cases that no
event can tell stand under ``unexpressed`` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.model.finding import Finding
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase
from checker.strictyaml.loader import parse_file
from checker.vocabulary.events import EventReader

FOLDER = Path(__file__).resolve().parent / "scenarios"
MOST_UNEXPRESSED = 3


@dataclass(frozen=True)
class Scenario:
    """One case as written."""

    name: str
    told: dict[str, Any]


def texts(value: Any) -> Any:
    """Days as the texts that a record would hold."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def read() -> tuple[list[Scenario], list[dict[str, Any]]]:
    scenarios: list[Scenario] = []
    unexpressed: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        parsed = parse_file(path)
        assert parsed.ok, parsed.problems
        assert parsed.node is not None
        data = texts(parsed.node.plain())
        scenarios += [Scenario(f"{path.stem}-{one['number']}", one) for one in data["scenarios"]]
        unexpressed += data.get("unexpressed", [])
    return scenarios, unexpressed


SCENARIOS, UNEXPRESSED = read()


class Nothing:
    """No articles here."""

    def extract(self, document: Any) -> Extraction:
        raise AssertionError(document)


@lru_cache(maxsize=1)
def judge() -> Judge:
    return Judge(require_rulebase())


def events(scenario: Scenario) -> list[Event]:
    reader = EventReader(judge().vocabulary)
    found: list[Event] = []
    for number, told in enumerate(scenario.told["events"], 1):
        some, problems = reader.read_all({"id": str(number), **told}, path=scenario.name)
        assert problems == []
        found += some
    return found


def flagged(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """Rule and label of every flagged finding, those folded into another included."""
    return {(rule, f.label) for f in findings if f.flagged for rule in (f.rule, *(other.rule for other in f.also))}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_scenario(scenario: Scenario) -> None:
    run = check(events(scenario), judge(), Nothing(), everything=False)
    assert run.problems == ()
    wanted = {(one["rule"], one["label"]) for one in scenario.told["expect"]}
    assert flagged(run.findings) == wanted, scenario.told["says"]


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.told.get("outcomes")], ids=lambda s: s.name)
def test_what_the_rules_concerned_say_instead(scenario: Scenario) -> None:
    for rule, label in scenario.told["outcomes"].items():
        assert {judge().explain(event, rule).label for event in events(scenario)} >= {label}, rule


def test_the_cases_are_told_apart_and_few_are_left_out() -> None:
    names = [s.name for s in SCENARIOS]
    assert len(set(names)) == len(names)
    assert all(s.told["says"] and s.told["why"] for s in SCENARIOS)
    assert all(one["number"] and one["reason"] for one in UNEXPRESSED)
    assert len(UNEXPRESSED) <= MOST_UNEXPRESSED
