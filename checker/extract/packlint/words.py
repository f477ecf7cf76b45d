"""Checks of single words: spellings listed twice or in two meanings, stems, marks, quotes and braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from checker.extract.pack import MAX_FORMS, choices, decline, expand
from checker.extract.packlint.check import Hit, checks
from checker.extract.packlint.file import Leaf, PackFile, Spelling, bare
from checker.extract.packlint.keys import near
from checker.extract.packlint.shape import EXCLUSIVE
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["CHECKS"]

_TRUTHS = frozenset({"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N"})
_DECLINED = re.compile(r"~(\w+)")
_SHORT, _SHORT_SIGNS = 4, 2
_NAMES = ("actors", "institutions", "groups", "places")


@checks("L121", "spelling-twice", "warning", "A word that says nothing new: all its spellings are listed under the same key already.")
def spelling_twice(file: PackFile) -> Iterator[Hit]:
    known: dict[tuple[str, str], dict[Spelling, Leaf]] = {}
    for leaf in file.leaves():
        listed = known.setdefault((leaf.section, leaf.key), {})
        found = file.spellings(leaf)
        if leaf.section not in ("zones", "relative_dates") and found and all(one in listed for one in found):
            first = listed[found[0]].node
            yield Hit(leaf.node, f"{shown(leaf.node.text)} is listed already, in line {first.line}", "delete it")
        for one in found:
            listed.setdefault(one, leaf)


@checks("L122", "spelling-ambiguous", "warning", "A spelling under two keys of a section where one word has one meaning.")
def spelling_ambiguous(file: PackFile) -> Iterator[Hit]:
    known: dict[tuple[str, Spelling], Leaf] = {}
    for leaf in file.leaves():
        if leaf.section not in EXCLUSIVE:
            continue
        key = leaf.key.partition(".")[0]
        for one in file.spellings(leaf):
            first = known.setdefault((leaf.section, one), leaf)
            other = first.key.partition(".")[0]
            if other != key and not (leaf.section == "numerals" and other.rpartition(":")[2] == key.rpartition(":")[2]):
                yield Hit(leaf.node, f"{shown(one.folded)} is under {other} already, in line {first.node.line}",
                          f"the first one counts: keep it under {other} or under {key}")
                break


@checks("L123", "frame-overlap", "info", "A spelling under two frames in the same voice: the first that finds both sides counts.")
def frame_overlap(file: PackFile) -> Iterator[Hit]:
    known: dict[tuple[str, Spelling], Leaf] = {}
    for leaf in file.leaves():
        if leaf.section != "frames":
            continue
        frame, _, voice = leaf.key.rpartition(".")
        for one in file.spellings(leaf):
            first = known.setdefault((voice, one), leaf)
            other = first.key.rpartition(".")[0]
            if other != frame:
                yield Hit(leaf.node, f"{shown(one.folded)} is {voice} of the frame {other}, too, in line {first.node.line}",
                          "keep it in one of them if the sentences of both are read by one")
                break


@checks("L124", "goods-or-name", "warning", "A spelling that is a word for goods and a name, both.")
def goods_or_name(file: PackFile) -> Iterator[Hit]:
    goods: dict[str, tuple[Leaf, Spelling]] = {}
    for leaf in file.leaves():
        if leaf.section == "goods":
            for one in file.spellings(leaf):
                goods.setdefault(one.folded, (leaf, one))
    for leaf in file.leaves():
        if leaf.section in _NAMES:
            for one in file.spellings(leaf):
                first, other = goods.get(one.folded, (leaf, one))
                apart = one.cased and other.cased and not (one.cased.startswith(other.cased) or other.cased.startswith(one.cased))
                if first is not leaf and not apart:
                    yield Hit(leaf.node, f"{shown(one.folded)} is {leaf.key} and goods, too: {first.key} in line {first.node.line}",
                              "ask for capitals with =, or give one of them more words")
                    break


@checks("L125", "stem-short", "warning", "A stem with * so short that other words begin with it.")
def stem_short(file: PackFile) -> Iterator[Hit]:
    for leaf in file.leaves():
        for form in expand(str(leaf.node.value)):
            word = bare(form)
            least = _SHORT_SIGNS if any("\u2e80" <= c <= "\ud7ff" for c in word) else _SHORT
            if form.endswith("*") and sum(c.isalnum() for c in word) < least:
                yield Hit(leaf.node, f"every word that begins with {shown(word)} is meant", "write more letters, or the endings in braces")
                break


@checks("L126", "not-text", "error", "A word that YAML reads as a number, a date or a truth value.")
def not_text(file: PackFile) -> Iterator[Hit]:
    for node in _texts(file):
        if not isinstance(node.value, str):
            yield Hit(node, f"{shown(node.text)} is read as a {_kind(node)}, not as a word", f'quote it: "{node.text}"')


def _kind(node: ScalarNode) -> str:
    return "truth value" if isinstance(node.value, bool) else "number" if isinstance(node.value, int | float) else "date"


@checks("L127", "quote-missing", "warning", "A word without quotes that other readers of YAML take for a truth value: no, on, off, yes.")
def quote_missing(file: PackFile) -> Iterator[Hit]:
    for node in _texts(file):
        if not node.quoted and node.text in _TRUTHS:
            yield Hit(node, f"many readers of YAML take {shown(node.text)} for a truth value", f'quote it: "{node.text}"')


def _texts(file: PackFile) -> Iterator[ScalarNode]:
    """All words, and all other texts of a pack."""
    seen: set[int] = set()
    for leaf in file.leaves():
        if leaf.section != "relative_dates":  # those are keys, which are texts always
            seen.add(id(leaf.node))
            yield leaf.node
    for name in ("language", "title"):
        node = file.root.get(name)
        if isinstance(node, ScalarNode):
            yield node
    for name in ("tests", "relative_dates", "declensions"):  # of options L104 speaks
        yield from (node for node in _scalars(file.root.get(name)) if id(node) not in seen)


def _scalars(node: Node | None) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, MapNode):
        for entry in node.entries.values():
            yield from _scalars(entry.value)


@checks("L128", "braces", "error", "Braces that do not close, or stand more than two deep: the word is looked for with them.")
def braces(file: PackFile) -> Iterator[Hit]:
    for leaf in file.leaves():
        text = str(leaf.node.value)
        if ("{" in text or "}" in text) and any("{" in form or "}" in form for form in expand(text)):
            yield Hit(leaf.node, f"the braces of {shown(text)} do not match, or are more than two deep",
                      "close each { with a }, and put no more than one group into another")


@checks("L129", "too-many-spellings", "error", f"A word with more than {MAX_FORMS:,} spellings: the last ones are lost.")
def too_many_spellings(file: PackFile) -> Iterator[Hit]:
    for leaf in file.leaves():
        text = str(leaf.node.value)
        number = prod(len(options) for options in choices(text))
        if number > MAX_FORMS or any(len(decline(form, file.declensions)) >= MAX_FORMS for form in expand(text)[:1]):
            told = f"{number:,}" if number > MAX_FORMS else f"more than {MAX_FORMS:,}"
            yield Hit(leaf.node, f"{shown(text)} stands for {told} spellings; {MAX_FORMS:,} are read", "split it into several words")


@checks("L130", "declension-unknown", "error", "A word with ~ and a declension that the pack does not have.")
def declension_unknown(file: PackFile) -> Iterator[Hit]:
    known = file.declensions
    for leaf in file.leaves():
        for name in dict.fromkeys(_DECLINED.findall(str(leaf.node.value))):
            if name not in known:
                mend = near(name, known, "declensions are") if known else "define it in the section declensions"
                yield Hit(leaf.node, f"the pack has no declension {shown(name)}", mend)


@checks("L131", "spelling-empty", "error", "A word of which nothing is left when capitals, marks and vowel signs are put aside.")
def spelling_empty(file: PackFile) -> Iterator[Hit]:
    for leaf in file.leaves():
        if not file.spellings(leaf):
            yield Hit(leaf.node, f"nothing is left to look for of {shown(str(leaf.node.value))}", "write letters, or delete it")


CHECKS = (spelling_twice, spelling_ambiguous, frame_overlap, goods_or_name, stem_short, not_text, quote_missing, braces,
          too_many_spellings, declension_unknown, spelling_empty)
