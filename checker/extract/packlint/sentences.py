"""Checks of the sentences a pack is tested with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import get_args

from checker.extract.packlint.check import Hit, checks
from checker.extract.packlint.file import PackFile, items
from checker.extract.packlint.keys import near
from checker.extract.packlint.shape import TEST_KINDS, words_of
from checker.model.claim import Report
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, ScalarNode

__all__ = ["CHECKS", "LEAST"]

LEAST = 40
"""Sentences a pack needs."""


def _sentences(file: PackFile) -> list[MapNode]:
    node = file.root.get("tests")
    return [item for item in node.items if isinstance(item, MapNode)] if isinstance(node, ListNode) else []


@checks("L141", "tests-few", "warning", f"Fewer than {LEAST} sentences, or too few of one kind.")
def tests_few(file: PackFile) -> Iterator[Hit]:
    found = _sentences(file)
    kinds = Counter(kind.text if isinstance(kind := one.get("kind"), ScalarNode) else "plain" for one in found)
    at = file.root.entries["tests"].key if "tests" in file.root.entries else None
    if len(found) < LEAST:
        yield Hit(at, f"the pack has {len(found)} sentences of its own", f"it needs {LEAST}: without them nobody knows what it reads")
    few = [f"{kinds[kind]} of {least} {kind}" for kind, (least, _) in TEST_KINDS.items() if kinds[kind] < least]
    if few and found:
        yield Hit(at, f"too few sentences: {', '.join(few)}", "write some in which the parties and words differ")


@checks("L142", "test-events", "error", "An expected event that is not `act goods from>to report stage` in words of the vocabulary.")
def test_events(file: PackFile) -> Iterator[Hit]:
    for one in _sentences(file):
        names = one.get("names")
        named = ["_".join(name.split()) for name in names.entries] if isinstance(names, MapNode) else []
        for node in items(one.get("events")):
            yield from _event(file, node, named)


def _event(file: PackFile, node: ScalarNode, named: Collection[str]) -> Iterator[Hit]:
    parts = node.text.split()
    if len(parts) != 5 or parts[2].count(">") != 1:
        yield Hit(node, f"{shown(node.text)} is no event", 'write five words: "shipment artillery_shell KP>RU alleged done", - for what is '
                  "not told")
        return
    act, goods, sides, report, stage = parts
    vocabulary = file.vocabulary
    wanted: list[tuple[str, Collection[str], str]] = [
        (act, words_of(vocabulary, "act"), "act"), (goods, words_of(vocabulary, "goods"), "term of the goods"),
        (report, get_args(Report), "report"), (stage, words_of(vocabulary, "stage"), "stage")]
    known = {**dict.fromkeys(words_of(vocabulary, "party")), **dict.fromkeys(words_of(vocabulary, "place")), **dict.fromkeys(named)}
    wanted += [(side, known, "State, party or place") for side in sides.split(">")]
    for word, words, name in wanted:
        if word not in words and not (word == "-" and name not in ("act", "report", "stage")):
            yield Hit(node, f"{shown(word)} is no {name}", near(word, words, f"words of that kind ({name})"))


@checks("L143", "test-incomplete", "error", "A sentence without text, or without events: nothing is tried.")
def test_incomplete(file: PackFile) -> Iterator[Hit]:
    for one in _sentences(file):
        text = one.get("text")
        if not isinstance(text, ScalarNode) or not text.text.strip():
            yield Hit(one, "there is no sentence here", "write it under text:")
        if not isinstance(one.get("events"), ListNode):
            yield Hit(one, "there is no list of the events that must come out", "write events: [] where none must")


CHECKS = (tests_few, test_events, test_incomplete)
