"""Rules written by the tests: the worked example of the rule language, and a way to read any text as a rule file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model.rule import Rule
from checker.rulebase.loader import YES_NO_UNDER
from checker.rulebase.rulefile import read_rule
from checker.strictyaml.loader import parse
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

GOLDEN = Path(__file__).parents[2] / "rules" / "un" / "un-1718" / "dprk-arms-export.yaml"

ReadRule = Callable[..., tuple[Rule | None, list[Problem]]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@pytest.fixture(scope="session")
def golden_text() -> str:
    """The rule printed in the reference of the rule language, section 6."""
    return GOLDEN.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> ReadRule:
    """Read a text as the file of the worked example, or as another file."""

    def reader(text: str, stem: str = "dprk-arms-export") -> tuple[Rule | None, list[Problem]]:
        return read_rule(parse(text, f"{stem}.yaml", yes_no_under=YES_NO_UNDER), vocabulary, stem)

    return reader


@pytest.fixture(scope="session")
def golden(read: ReadRule, golden_text: str) -> Rule:
    rule, problems = read(golden_text)
    assert problems == []
    assert rule is not None
    return rule
