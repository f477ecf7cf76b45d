"""The shipped vocabulary and rule base, and judges of rules built by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.judge.judge import Judge
from checker.model.rule import Rule
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return default_vocabulary()


@pytest.fixture(scope="session")
def base() -> RuleBase:
    """The shipped rule base."""
    return require_rulebase()


@pytest.fixture(scope="session")
def judge(base: RuleBase) -> Judge:
    """A judge of the shipped rules."""
    return Judge(base)


@pytest.fixture(scope="session")
def reader(vocabulary: Vocabulary) -> EventReader:
    """Reads written events."""
    return EventReader(vocabulary)


@pytest.fixture(scope="session")
def judge_of(vocabulary: Vocabulary) -> Callable[..., Judge]:
    """A judge of rules made by hand."""
    def build(*rules: Rule, use_index: bool = True) -> Judge:
        return Judge(RuleBase(rules, vocabulary, "d" * 64, "2026-11-22"), use_index)
    return build
