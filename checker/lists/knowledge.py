"""What is known about the lists of the Council beside the lists themselves: ``rules/lists``, read strictly.

Each file opens with a comment that says its form. What is wrong in one is a ``Problem`` with its place; all are collected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from checker.errors import RuleBaseError
from checker.lists.entry import Kind
from checker.lists.kinds import UNKNOWN, Kinds, any_word
from checker.lists.normal import NameWords
from checker.locator import rules_dir
from checker.strictyaml.nodes import ListNode, MapNode, Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["REFERENCE", "Committee", "Delisting", "Knowledge", "Measure", "OwnMeasure", "Waiver", "default_knowledge", "load_knowledge"]

REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3,4}")
"""A reference number: committee, i or e, number."""

_BINDS: Mapping[str, Kind] = {"persons": "person", "entities": "entity"}
Day = Literal["certain", "same_day_ambiguous"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What being on a committee's list means. ``unsure``: not all names of the list were under it."""

    list: str
    first: int
    last: int | None = None
    binds: tuple[Kind, ...] = ("person", "entity")
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee by the letters of its reference numbers."""

    prefix: str
    title: str
    regime: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A measure that one name is under, perhaps from a later day than it was listed."""

    list: str
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Delisting:
    """A name that was taken off. ``reference`` is empty where it was not read; ``alias``: only the names left an entry that goes on."""

    committee: str
    reference: str
    kind: Kind
    names: tuple[str, ...]
    first: int | None
    last: int
    day: Day
    by: str
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver; ``references`` empty: open for every person of the committee's list."""

    id: str
    committee: str
    references: tuple[str, ...]
    list: str
    places: tuple[str, ...]
    first: int | None
    last: int | None
    verified: bool
    says: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of ``rules/lists``. ``measures`` by reference number; ``parties``: party of the vocabulary to reference numbers."""

    committees: Mapping[str, Committee]
    measures: Mapping[str, tuple[OwnMeasure, ...]]
    delistings: tuple[Delisting, ...]
    waivers: tuple[Waiver, ...]
    parties: Mapping[str, tuple[str, ...]]
    words: NameWords
    kinds: Kinds


def load_knowledge(vocabulary: Vocabulary, directory: Path | None = None) -> tuple[Knowledge | None, list[Problem]]:
    """Read the files of a folder (the installed ones by default); ``None`` when any has an error."""
    directory = directory or rules_dir() / "lists"
    reader = _Reader(vocabulary, directory)
    committees = reader.committees()
    knowledge = Knowledge(committees, reader.measures(committees), reader.delistings(committees), reader.waivers(committees),
                          reader.parties(committees), reader.words(), reader.kinds(committees))
    return (None if any(p.severity == "error" for p in reader.problems) else knowledge), reader.problems


@lru_cache(maxsize=1)
def default_knowledge() -> Knowledge:
    """The installed files, read once.

    Raises:
        RuleBaseError: a file is wrong; the text lists every problem.
    """
    from checker.strictyaml.message import render_all
    from checker.vocabulary.vocabulary import default_vocabulary

    knowledge, problems = load_knowledge(default_vocabulary())
    if knowledge is None:
        raise RuleBaseError(render_all(problems))
    return knowledge


class _Reader:
    """Reads the files one by one and gathers their problems."""

    def __init__(self, vocabulary: Vocabulary, directory: Path) -> None:
        self.problems: list[Problem] = []
        self._vocabulary = vocabulary
        self._directory = directory

    def _open(self, name: str, keys: tuple[str, ...]) -> tuple[VocabularyFile, dict[str, Node]]:
        """A file and what stands under its keys, all of which it must have."""
        file = VocabularyFile(self._directory, name)
        file.problems = self.problems + file.problems
        self.problems = file.problems
        return file, file.fields(file.root, keys, keys)

    def _only(self, name: str, key: str) -> tuple[VocabularyFile, Node | None]:
        file, found = self._open(name, (key,))
        return file, found.get(key)

    # ---- single values ------------------------------------------------------------------------------------------

    def _list(self, file: VocabularyFile, node: Node | None) -> str:
        name, lists = file.text(node), self._vocabulary.taxonomies["lists"]
        if node is not None and name not in lists:
            file.problem(node, "unknown-term", f"`{name}` is no measure of a list",
                         file.near(name, lists) or "see rules/vocabulary/lists.yaml")
        return name

    def _committee(self, file: VocabularyFile, node: Node | None, prefix: str, committees: Mapping[str, Committee]) -> str:
        if node is not None and prefix not in committees:
            file.problem(node, "unknown-term", f"`{prefix}` are the letters of no committee", "see committees.yaml")
        return prefix

    def _references(self, file: VocabularyFile, node: Node | None, committees: Mapping[str, Committee]) -> tuple[str, ...]:
        found = []
        for text, mark in file.placed_texts(node):
            if not REFERENCE.fullmatch(text):
                file.problem(mark, "wrong-reference", f"`{text}` is no reference number",
                             "write two letters, i or e, a dot and digits: TAi.144")
                continue
            self._committee(file, mark, text[:2], committees)
            found.append(text)
        return tuple(found)

    def _kind(self, file: VocabularyFile, node: Node | None) -> Kind:
        text = file.text(node)
        if node is not None and text not in get_args(Kind):
            file.problem(node, "wrong-kind", f"`{text}` is no kind of entry", "write person or entity")
        return "entity" if text == "entity" else "person"

    def _ordered(self, file: VocabularyFile, fields: Mapping[str, Node], first: int | None, last: int | None) -> None:
        if first is not None and last is not None and last < first:
            file.problem(fields["until"], "date-order", "this ends before it begins", "`until` is its last day, `from` its first")

    def _word(self, file: VocabularyFile, node: Node | None, words: tuple[str, ...], default: str) -> str:
        if node is None:
            return default
        text = file.text(node)
        if text not in words:
            file.problem(node, "unknown-term", f"`{text}` is not understood here", file.near(text, words) or f"write {' or '.join(words)}")
        return text

    # ---- files --------------------------------------------------------------------------------------------------

    def committees(self) -> dict[str, Committee]:
        """``committees.yaml``."""
        file, node = self._only("committees", "committees")
        found: dict[str, Committee] = {}
        for prefix, mark, body in file.entries(node):
            if not re.fullmatch("[A-Z]{2}", prefix):
                file.problem(mark, "wrong-id", f"`{prefix}` are not the two letters of a committee", "write two capitals, for instance QD")
            fields = file.fields(body, ("title", "regime", "measures"), ("title", "regime", "measures"))
            regime = file.text(fields.get("regime"))
            if "regime" in fields and regime not in self._vocabulary.regimes:
                file.problem(fields["regime"], "unknown-term", f"`{regime}` is no regime", file.near(regime, self._vocabulary.regimes))
            measures = tuple(self._measure(file, item) for item in file.items(fields.get("measures")))
            found[prefix] = Committee(prefix, file.text(fields.get("title")), regime, measures)
        return found

    def _measure(self, file: VocabularyFile, node: Node) -> Measure:
        fields = file.fields(node, ("list", "from", "until", "binds", "members", "source"), ("list", "from", "source"))
        binds = file.placed_texts(fields.get("binds"))
        for text, mark in binds:
            self._word(file, mark, tuple(_BINDS), text)
        kinds = tuple(_BINDS[text] for text, _ in binds if text in _BINDS)
        first, last = file.day(fields.get("from")), file.day(fields.get("until"))
        self._ordered(file, fields, first, last)
        unsure = self._word(file, fields.get("members"), ("unsure",), "") == "unsure"
        return Measure(self._list(file, fields.get("list")), first or 1, last, kinds or get_args(Kind), unsure)

    def measures(self, committees: Mapping[str, Committee]) -> dict[str, tuple[OwnMeasure, ...]]:
        """``measures.yaml``, by reference number."""
        file, node = self._only("measures", "names")
        found: dict[str, tuple[OwnMeasure, ...]] = {}
        keys = ("references", "measures", "says", "source")
        for item in file.items(node):
            fields = file.fields(item, keys, keys)
            own = []
            for one in fields["measures"].items if isinstance(fields.get("measures"), ListNode) else ():  # type: ignore[union-attr]
                parts = file.fields(one, ("list", "from"), ("list",)) if isinstance(one, MapNode) else {"list": one}
                own.append(OwnMeasure(self._list(file, parts.get("list")), file.day(parts.get("from"))))
            for reference in self._references(file, fields.get("references"), committees):
                if reference in found:
                    file.problem(fields["references"], "duplicate-reference", f"`{reference}` stands twice", "say it once")
                known = {measure.list for measure in committees[reference[:2]].measures} if reference[:2] in committees else set()
                for measure in own:
                    if measure.list not in known:
                        file.problem(item, "unknown-term", f"`{measure.list}` is no measure of the committee of `{reference}`",
                                     "see committees.yaml")
                found[reference] = tuple(own)
        return found

    def delistings(self, committees: Mapping[str, Committee]) -> tuple[Delisting, ...]:
        """``delistings.yaml``."""
        file, node = self._only("delistings", "delistings")
        found = []
        for item in file.items(node):
            fields = file.fields(item, ("reference", "alias_of", "committee", "kind", "names", "from", "until", "day", "by", "source"),
                                 ("kind", "names", "until", "day", "by", "source"))
            whose = [key for key in ("reference", "alias_of", "committee") if key in fields]
            if len(whose) != 1:
                file.problem(item, "wrong-reference", "exactly one of `reference`, `alias_of` and `committee` is wanted",
                             "write the reference number, or the letters of the committee where it is not known")
                continue
            if whose == ["committee"]:
                reference, committee = "", self._committee(file, fields["committee"], file.text(fields["committee"]), committees)
            else:
                reference = next(iter(self._references(file, fields[whose[0]], committees)), "")
                committee = reference[:2]
            first, last = file.day(fields.get("from")), file.day(fields.get("until"))
            self._ordered(file, fields, first, last)
            day = cast(Day, self._word(file, fields.get("day"), get_args(Day), "certain"))
            found.append(Delisting(committee, reference, self._kind(file, fields.get("kind")), file.texts(fields.get("names")), first,
                                   last or 1, day, file.text(fields.get("by")), whose == ["alias_of"]))
        return tuple(found)

    def waivers(self, committees: Mapping[str, Committee]) -> tuple[Waiver, ...]:
        """``waivers.yaml``."""
        file, node = self._only("waivers", "waivers")
        found: list[Waiver] = []
        for item in file.items(node):
            fields = file.fields(item, ("id", "references", "committee", "list", "places", "from", "until", "verified", "says", "source"),
                                 ("id", "list", "verified", "says", "source"))
            references = self._references(file, fields.get("references"), committees)
            if ("references" in fields) == ("committee" in fields):
                file.problem(item, "wrong-reference", "either `references` or `committee` is wanted",
                             "name the persons by reference number")
            committee = references[0][:2] if references else file.text(fields.get("committee"))
            self._committee(file, fields.get("committee"), committee, committees)
            for text, mark in file.placed_texts(fields.get("places")):
                if text not in self._vocabulary.places:
                    file.problem(mark, "unknown-term", f"`{text}` is no place",
                                 file.near(text, self._vocabulary.places) or "see places.yaml")
            first, last = file.day(fields.get("from")), file.day(fields.get("until"))
            self._ordered(file, fields, first, last)
            verified = self._word(file, fields.get("verified"), ("yes", "no"), "no") == "yes"
            if verified and (first is None or last is None or not references):
                file.problem(item, "not-verified", "a verified waiver says for whom and from which to which day", "write `verified: no`")
            id_ = file.text(fields.get("id"))
            if any(other.id == id_ for other in found):
                file.problem(fields["id"], "duplicate-key", f"`{id_}` is the id of another waiver", "give it an id of its own")
            found.append(Waiver(id_, committee, references, self._list(file, fields.get("list")), file.texts(fields.get("places")), first,
                                last, verified, file.text(fields.get("says"))))
        return tuple(found)

    def parties(self, committees: Mapping[str, Committee]) -> dict[str, tuple[str, ...]]:
        """``references.yaml``: party of the vocabulary to reference numbers."""
        file, node = self._only("references", "parties")
        found: dict[str, tuple[str, ...]] = {}
        for party, mark, body in file.entries(node):
            if self._vocabulary.parties.get(party) is None:
                file.problem(mark, "unknown-party", f"`{party}` is no party of the vocabulary",
                             file.near(party, self._vocabulary.parties) or "see parties.yaml")
            found[party] = self._references(file, body, committees)
        return found

    def kinds(self, committees: Mapping[str, Committee]) -> Kinds:
        """``kinds.yaml``."""
        file, node = self._open("kinds", ("words", "entries"))
        known = self._vocabulary.taxonomies["party_kinds"]
        words, entries = [], dict[str, str]()
        for kind, mark, body in file.entries(node.get("words")):
            if kind not in known:
                file.problem(mark, "unknown-term", f"`{kind}` is no kind of party", file.near(kind, known.terms) or "see party_kinds.yaml")
            told = file.texts(body)
            if told:
                words.append((kind, any_word(told)))
        for item in file.items(node.get("entries")):
            fields = file.fields(item, ("references", "kind", "source"), ("references", "kind", "source"))
            kind = self._word(file, fields.get("kind"), (*known.terms, UNKNOWN), UNKNOWN)
            for reference in self._references(file, fields.get("references"), committees):
                if reference in entries:
                    file.problem(fields["references"], "duplicate-reference", f"`{reference}` stands twice", "say it once")
                entries[reference] = kind
        return Kinds(tuple(words), entries)

    def words(self) -> NameWords:
        """``names.yaml``."""
        plain = ("particles", "titles", "company_forms", "anybody", "not_in_texts", "note_words", "cut_before", "father")
        file, fields = self._open("names", (*plain, "prefixes", "spellings"))
        prefixes = {variant: main for main, _, body in file.entries(fields.get("prefixes")) for variant in file.texts(body)}
        spellings: dict[str, str] = {}
        for group in file.items(fields.get("spellings")):
            words = file.texts(group)
            spellings |= dict.fromkeys(words, words[0] if words else "")
        texts = {name: file.texts(fields.get(name)) for name in plain}
        return NameWords(frozenset(texts["particles"]), frozenset(texts["titles"]), prefixes, frozenset(texts["company_forms"]), spellings,
                         texts["anybody"], texts["not_in_texts"], texts["note_words"], texts["cut_before"], texts["father"])
