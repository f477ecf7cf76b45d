"""``rules/evaluation.yaml``: how events are compared with labels, and what scores are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.claim import CLAIM_STATUSES
from checker.model.event import TIERS
from checker.model.facts import FACTS
from checker.strictyaml.message import render_all
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Bootstrap", "Settings", "load_settings"]


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """``resamples`` draws with ``seed``; an interval holds ``percent`` of the scores."""

    resamples: int
    percent: float
    seed: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The file as read. ``supplier`` and ``recipient``: facts that tell the two ends of an event, first come first served;
    ``stages``: the status that labels have for a stage; ``labels``, ``kinds``: see ``Voices``; ``promises``: the least precision by
    tier; ``naive``: facts of the baseline."""

    supplier: tuple[str, ...]
    recipient: tuple[str, ...]
    stages: Mapping[str, str]
    labels: str
    kinds: tuple[str, ...]
    promises: Mapping[str, float]
    bootstrap: Bootstrap
    naive: Mapping[str, str]


def load_settings(vocabulary: Vocabulary, directory: Path | None = None) -> Settings:
    """The settings, from ``rules/`` or another folder.

    Raises:
        RuleBaseError: the file has errors; the text lists them.
    """
    file = VocabularyFile(directory or rules_dir(), "evaluation")
    keys = ("supplier", "recipient", "stages", "labels", "kinds", "promises", "bootstrap", "naive")
    top = file.fields(file.root, keys, keys)
    draws = file.fields(top.get("bootstrap"), ("resamples", "percent", "seed"), ("resamples", "percent", "seed"))
    naive = file.fields(top.get("naive"), ("act", "report"), ("act", "report"))
    found = Settings(
        tuple(file.one_of(node, FACTS) for _, node in file.placed_texts(top.get("supplier"))),
        tuple(file.one_of(node, FACTS) for _, node in file.placed_texts(top.get("recipient"))),
        {file.one_of(key, vocabulary.taxonomies["stages"]): file.text(node) for _, key, node in file.entries(top.get("stages"))},
        file.text(top.get("labels")),
        file.texts(top.get("kinds")),
        {file.one_of(key, TIERS): file.number(node, 0, 1) for _, key, node in file.entries(top.get("promises"))},
        Bootstrap(int(file.number(draws.get("resamples"), 1, 1_000_000)), file.number(draws.get("percent"), 1, 99.9),
                  int(file.number(draws.get("seed"), 0, 2**63))),
        {"act": file.one_of(naive.get("act"), vocabulary.taxonomies["acts"]),
         "report": file.one_of(naive.get("report"), CLAIM_STATUSES)},
    )
    if file.problems:
        raise RuleBaseError(render_all(file.problems))
    return found
