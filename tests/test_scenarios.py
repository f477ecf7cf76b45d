"""Real and telling cases against the whole rule base: what must be flagged, with which label, and that nothing else is.

``tests/scenarios/*.yaml`` hold, for each case, ``number``, ``says``, ``events`` (in their written form), ``expect`` (every flagged
finding; an empty list: nothing), ``outcomes`` (what named rules say where they flag nothing) and ``why``; cases that no event can tell
stand under ``unexpressed`` with the reason. An expectation names a ``rule``, or a ``law`` (a paragraph: whichever rule cites it; while
none does, the expectation waits), its ``label``, and if it matters ``breach_by`` (the States or names in breach, known ones alone).
``may_be`` lists labels that may stand besides. ``pytest -s tests/test_scenarios.py`` prints the tally.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
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


@dataclass(frozen=True, eq=False)
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


@cache
def events(scenario: Scenario) -> tuple[Event, ...]:
    reader = EventReader(judge().vocabulary)
    found: list[Event] = []
    for number, told in enumerate(scenario.told["events"], 1):
        some, problems = reader.read_all({"id": str(number), **told}, path=scenario.name)
        assert problems == []
        found += some
    return tuple(found)


def flagged(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Rule and label of every flagged finding, those folded into another included."""
    return {(rule, f.label) for f in findings if f.flagged for rule in (f.rule, *(other.rule for other in f.also))}


@cache
def citing(law: str) -> frozenset[str]:
    """The active rules that cite a paragraph, or a part of it, as their authority."""
    words = re.compile(re.escape(law) + r"(?![0-9])")
    return frozenset(r.id for r in judge().rulebase.rules if r.status == "active"
                     for period in r.periods for text in period.authority if words.match(text))


def waits(expected: dict[str, Any]) -> bool:
    return "law" in expected and not citing(expected["law"])


@cache
def complaints(scenario: Scenario) -> tuple[str, ...]:
    """Everything that comes out otherwise than the case says."""
    run = check(events(scenario), judge(), Nothing(), everything=False)
    found = [str(problem) for problem in run.problems]
    left = {one for one in flagged(run.findings) if one[1] not in scenario.told.get("may_be", ())}
    for expected in scenario.told["expect"]:
        rules = {expected["rule"]} if "rule" in expected else citing(expected["law"])
        hits = {one for one in flagged(run.findings) if one[0] in rules and one[1] == expected["label"]}
        left -= hits
        if not hits and not waits(expected):
            found.append(f"missing: {expected}")
        if "breach_by" in expected:
            named = {b.state or b.name for f in run.findings if (f.rule, f.label) in hits for b in f.breach_by} - {""}
            if named != set(expected["breach_by"]):
                found.append(f"{expected}: in breach are {sorted(named)}")
    found += [f"not expected: {rule}: {label}" for rule, label in sorted(left)]
    for rule, label in scenario.told.get("outcomes", {}).items():
        labels = {judge().explain(event, rule).label for event in events(scenario)}
        if label not in labels:
            found.append(f"{rule}: {sorted(labels)} instead of {label}")
    return tuple(found)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_scenario(scenario: Scenario) -> None:
    assert complaints(scenario) == (), scenario.told["says"]


def test_the_cases_are_told_apart_and_few_are_left_out() -> None:
    names = [s.name for s in SCENARIOS]
    assert len(set(names)) == len(names)
    assert all(s.told["says"] and s.told["why"] for s in SCENARIOS)
    assert all(one["number"] and one["reason"] for one in UNEXPRESSED)
    assert len(UNEXPRESSED) <= MOST_UNEXPRESSED


def test_every_rule_that_is_named_exists() -> None:
    named = {one["rule"] for s in SCENARIOS for one in s.told["expect"] if "rule" in one}
    named |= {rule for s in SCENARIOS for rule in s.told.get("outcomes", ())}
    assert named <= {rule.id for rule in judge().rulebase.rules}


def test_tally(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    passed = sum(not complaints(s) for s in SCENARIOS)
    waiting = sorted({one["law"] for s in SCENARIOS for one in s.told["expect"] if waits(one)})
    if request.config.getoption("capture") == "no":
        with capsys.disabled():
            print(f"\nscenarios: {passed} / {len(SCENARIOS)}, unexpressed {len(UNEXPRESSED)}", end="")  # noqa: T201
            print(f"; no rule yet for {', '.join(waiting)}" if waiting else "")  # noqa: T201
    assert passed == len(SCENARIOS)
