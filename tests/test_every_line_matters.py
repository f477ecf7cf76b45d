"""No line of a shipped rule can be deleted without an example noticing.

This is asked of the files themselves, as somebody with an editor would do it, and knows nothing of the tool that measures coverage.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.proof.examples import passes
from checker.rulebase.loader import YES_NO_UNDER, require_rulebase
from checker.rulebase.rulefile import read_rule, read_shared
from checker.strictyaml.loader import parse, parse_file
from checker.vocabulary.vocabulary import default_vocabulary

FILES = sorted((rules_dir() / "un").rglob("*.yaml"))
BASE = require_rulebase()
SHARED = {shared.id: shared for shared in BASE.exemptions}
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Path_ = tuple[str | int, ...]


def lines_of(data: Any, path: Path_) -> Iterator[Path_]:
    """The places of all lines of a condition, those in any and none groups as well, and of the groups."""
    for key, value in data.items():
        yield (*path, key)
        if key in ("any", "none"):
            for number, alternative in enumerate(value):
                yield (*path, key, number)
                if len(alternative) > 1:
                    yield from lines_of(alternative, (*path, key, number))


def deletions(rule: dict[str, Any]) -> Iterator[Path_]:
    """Whatever can be deleted: lines, dates, numbers of a quota, roles of breach_by."""
    for section in ("flag_when", "met_when"):
        yield from lines_of(rule.get(section, {}), (section,))
    for name, exemption in {**rule.get("unless", {}), **({"": rule} if "exemption" in rule else {})}.items():
        at: Path_ = ("unless", name) if name else ()
        if name:
            yield at
        if "use" not in exemption:
            yield from _excuse(exemption, at)
    if "quota" in rule:
        yield from lines_of(rule["quota"].get("conditions", {}), ("quota", "conditions"))
        limits = rule["quota"]["at_most"]
        yield from (("quota", "at_most", n) for n in range(len(limits)) if isinstance(limits, list))
        yield ("quota", "at_most")
    for number, period in enumerate(rule.get("in_force", [])):
        yield ("in_force", number)
        yield from (("in_force", number, key) for key in ("from", "until", "known_until", "covered_quantity") if key in period)
    yield from (("contested", n) for n in range(len(rule.get("contested", []))))
    yield from (("breach_by", n) for n in range(len(rule.get("breach_by", []))))
    if "duty" in rule:
        yield ("duty", "due")


def _excuse(exemption: dict[str, Any], at: Path_) -> Iterator[Path_]:
    yield from lines_of(exemption["when"], (*at, "when"))
    yield from lines_of(exemption.get("unless", {}), (*at, "unless"))
    yield from ((*at, key) for key in ("from", "until") if key in exemption)


def without(data: dict[str, Any], path: Path_) -> dict[str, Any]:
    """The rule without what stands at a place; a map or list that is left empty goes as well."""
    changed = copy.deepcopy(data)
    places: list[Any] = [changed]
    for step in path[:-1]:
        places.append(places[-1][step])
    for place, step in zip(reversed(places), reversed(path), strict=True):
        del place[step]
        if place or place is changed:
            break
    return changed


def noticed(path: Path, data: dict[str, Any]) -> bool:
    """Whether the changed file no longer loads, or one of its examples fails."""
    parsed = parse(yaml.dump(data, Dumper=DUMPER, sort_keys=False, allow_unicode=True), path.name, yes_no_under=YES_NO_UNDER)
    if "exemption" in data:
        shared, _ = read_shared(parsed, default_vocabulary(), path.stem)
        rule = shared.rule if shared else None
    else:
        rule, _ = read_rule(parsed, default_vocabulary(), path.stem, SHARED)
    if rule is None:
        return True
    judge = Judge(BASE.around(rule))
    return not all(passes(judge, rule, example) for example in rule.examples if example.confirmed)


def plain(path: Path) -> dict[str, Any]:
    node = parse_file(path, yes_no_under=YES_NO_UNDER).node
    assert node is not None
    data = node.plain()
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_deleting_any_line_is_noticed(path: Path) -> None:
    data = plain(path)
    unnoticed = [" > ".join(map(str, place)) for place in deletions(data) if not noticed(path, without(data, place))]
    assert unnoticed == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_file_itself_passes(path: Path) -> None:
    data = plain(path)
    assert not noticed(path, data)
    assert len(list(deletions(data))) >= 2
