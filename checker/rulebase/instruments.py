"""``rules/instruments``: one file for each resolution, saying of each operative paragraph which rules encode it, or why none does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from checker.locator import rules_dir
from checker.model.instrument import Instrument, OperativeParagraph
from checker.model.rule import Verified
from checker.rulebase.lines import RuleFile
from checker.rulebase.loader import YES_NO_UNDER, shown_path
from checker.rulebase.periods import read_link, read_verified
from checker.strictyaml.loader import Parsed, parse_file
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.authority import FORM, Paragraph, paragraph_key, parse_authority, resolution_id
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ALL_REGIMES", "Instruments", "Lookup", "Missing", "instruments_dir", "load_instruments", "read_instrument"]

ALL_REGIMES = "all_regimes"
_REQUIRED = ("instrument", "title", "number", "year", "adopted", "regime", "link", "verified", "paragraphs")
_PARAGRAPH = (("says", "verified"), ("rules", "none", "open", "exempts"))


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a citation, or a part of it, leads to no paragraph. ``code`` is one of the codes of this room."""

    code: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a citation leads to: the paragraphs found, and what is missing."""

    found: tuple[tuple[Instrument, OperativeParagraph], ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Instruments:
    """All resolutions that loaded, by number."""

    all: tuple[Instrument, ...]
    _by_id: dict[str, Instrument] = field(default_factory=dict, repr=False, compare=False)

    def get(self, instrument_id: str) -> Instrument | None:
        """The resolution of this id (``unscr-1718``), or ``None``."""
        if not self._by_id:
            self._by_id.update((i.id, i) for i in self.all)
        return self._by_id.get(instrument_id)

    def lookup(self, authority: str) -> Lookup:
        """The paragraphs that an authority text of a rule cites, and what of it leads nowhere. Never raises."""
        try:
            cited = parse_authority(authority)
        except ValueError as wrong:
            return Lookup((), (Missing("wrong-authority", str(wrong), f"write it like `{FORM}`"),))
        found: list[tuple[Instrument, OperativeParagraph]] = []
        missing: list[Missing] = []
        for paragraph in cited:
            instrument = self.get(paragraph.instrument)
            here = instrument.paragraph(paragraph.key) if instrument else None
            if instrument and here and instrument.year == paragraph.year:
                found.append((instrument, here))
            else:
                missing.append(self._missing(paragraph, instrument))
        return Lookup(tuple(found), tuple(missing))

    def _missing(self, cited: Paragraph, instrument: Instrument | None) -> Missing:
        name = f"rules/instruments/{cited.instrument}.yaml"
        if instrument is None:
            near = did_you_mean(cited.instrument, [i.id for i in self.all])
            hint = f"did you mean {near.replace('unscr-', 'UNSCR ')}? if not, " if near else ""
            return Missing("unknown-instrument", f"there is no file on {str(cited).partition(') ')[0]})", f"{hint}write {name}")
        if instrument.year != cited.year:
            return Missing("unknown-instrument", f"resolution {instrument.number} is of {instrument.year}, not {cited.year}",
                           f"write {instrument.name}")
        near = did_you_mean(cited.key, [p.key for p in instrument.paragraphs])
        hint = f"did you mean {near}? if not, " if near else ""
        return Missing("unknown-paragraph", f"{instrument.name} has no paragraph {cited.key} in its file", f"{hint}add it to {name}")


def instruments_dir() -> Path:
    """The folder of the resolutions that come with the program."""
    return rules_dir() / "instruments"


def load_instruments(directory: Path | None = None, vocabulary: Vocabulary | None = None) -> tuple[Instruments, list[Problem]]:
    """Read every file of a folder (default: the one that comes with the program). Files with errors are left out and reported."""
    folder = directory or instruments_dir()
    words = vocabulary or default_vocabulary()
    if not folder.is_dir():
        missing = Problem(shown_path(folder), 0, 0, "rules-folder", "there is no such folder of resolutions", "check the path")
        return Instruments(()), [missing]
    found: list[Instrument] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        parsed = parse_file(path, shown_as=shown_path(path), yes_no_under=YES_NO_UNDER)
        instrument, wrong = read_instrument(parsed, words, path.stem)
        problems += wrong
        if instrument:
            found.append(instrument)
    problems.sort(key=lambda p: (p.path, p.line, p.column, p.code, p.message))
    return Instruments(tuple(sorted(found, key=lambda i: (i.number, i.id)))), problems


def read_instrument(parsed: Parsed, vocabulary: Vocabulary, stem: str) -> tuple[Instrument | None, list[Problem]]:
    """The resolution of a file and its problems. ``stem`` is the file's name without ``.yaml``. With an error there is none."""
    file = RuleFile(parsed.source, vocabulary, parsed.problems)
    if parsed.node is None:
        return None, file.problems
    fields = file.fields(parsed.node, "a resolution", _REQUIRED)
    adopted = file.day(fields.get("adopted"), "`adopted`")
    instrument = Instrument(
        id=file.full_text(fields.get("instrument"), "`instrument`"),
        title=file.full_text(fields.get("title"), "`title`"),
        number=_whole(file, fields.get("number"), "`number`"),
        year=_whole(file, fields.get("year"), "`year`"),
        adopted=adopted or 1,
        regimes=_regimes(file, fields.get("regime")),
        link=read_link(file, fields.get("link")),
        verified=_verified_date(file, fields.get("verified")),
        paragraphs=_paragraphs(file, fields.get("paragraphs")),
        mark=file.mark(parsed.node),
    )
    if not file.has_errors:
        _check_identity(file, fields, instrument, stem)
    return (None if file.has_errors else instrument), file.problems


def _check_identity(file: RuleFile, fields: dict[str, Node], instrument: Instrument, stem: str) -> None:
    """Number, year, date, id and file name tell the same."""
    wanted = resolution_id(instrument.number)
    if instrument.id != wanted:
        file.error(fields["instrument"], "wrong-name", f"{shown(instrument.id)} is not the id of resolution {instrument.number}",
                   f"write `instrument: {wanted}`")
    elif instrument.id != stem:
        file.error(fields["instrument"], "wrong-name", f"{shown(instrument.id)} stands in the file {shown(stem + '.yaml')}",
                   f"name the file {instrument.id}.yaml")
    year = dt.date.fromordinal(instrument.adopted).year
    if year != instrument.year:
        file.error(fields["year"], "wrong-date", f"the year is {instrument.year}, and the resolution was adopted in {year}",
                   "one of the two is wrong")


def _whole(file: RuleFile, node: Node | None, what: str) -> int:
    if isinstance(node, ScalarNode) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    if node is not None:
        file.error(node, "wrong-form", f"{what} must be a whole number", "write it with digits and without quotes")
    return 0


def _regimes(file: RuleFile, node: Node | None) -> tuple[str, ...]:
    words = (*file.vocabulary.regimes, ALL_REGIMES)
    for text, at in file.placed_texts(node, "`regime`"):
        if text not in words:
            file.error(at, "wrong-word", f"{shown(text)} is no regime", file.near(text, words) or "see rules/vocabulary/regimes.yaml")
    return tuple(text for text in file.texts(node, "`regime`") if text != ALL_REGIMES)


def _verified_date(file: RuleFile, node: Node | None) -> Verified:
    """Of a resolution as a whole only the date of adoption can be checked."""
    fields = file.fields(node, "verified of a resolution", ("dates", "source", "date"))
    return Verified(dates=file.flag(fields.get("dates"), "`dates`", "yes or no"), source=file.text(fields.get("source"), "`source`"),
                    date=file.iso_day(fields.get("date"), "`date`"))


def _paragraphs(file: RuleFile, node: Node | None) -> tuple[OperativeParagraph, ...]:
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        file.error(node, "wrong-form", "`paragraphs` must be a map of numbered paragraphs", "write `8(b):` and its lines indented below")
        return ()
    if not node.entries:
        file.error(node, "empty-value", "`paragraphs` is empty", "write at least one")
    return tuple(p for p in (_paragraph(file, key, entry) for key, entry in node.entries.items()) if p)


def _paragraph(file: RuleFile, key: str, entry: Entry) -> OperativeParagraph | None:
    if paragraph_key(key) is None:
        file.error(entry.key, "wrong-name", f"{shown(key)} is no number of a paragraph", "write it as 9, 8(a)(i) or Annex B para 4")
    fields = file.fields(entry.value, f"paragraph {key}", *_PARAGRAPH)
    rules = file.texts(fields.get("rules"), "`rules`")
    found = OperativeParagraph(
        key=key,
        says=file.full_text(fields.get("says"), "`says`"),
        rules=rules,
        none=file.full_text(fields.get("none"), "`none`"),
        open=file.full_text(fields.get("open"), "`open`"),
        exempts="exempts" in fields and file.flag(fields.get("exempts"), "`exempts`"),
        verified=read_verified(file, fields.get("verified")),
        mark=file.mark(entry.key),
    )
    _check_one_answer(file, entry, fields)
    return found


def _check_one_answer(file: RuleFile, entry: Entry, given: Collection[str]) -> None:
    """A paragraph says one thing: which rules, that it exempts, why none, or what is to be done (which may stand beside rules)."""
    answers = [name for name in ("rules", "exempts", "none", "open") if name in given]
    if not isinstance(entry.value, MapNode) or (len(answers) == 1) or answers == ["rules", "open"]:
        return
    if not answers:
        file.error(entry.key, "silent-paragraph", f"paragraph {entry.key.text} does not say which rules encode it, or why none does",
                   "add `rules: [...]`, `exempts: true`, `none: why` or `open: what is to be done`")
    else:
        file.error(entry.key, "silent-paragraph", f"paragraph {entry.key.text} has {' and '.join(f'`{a}`' for a in answers)}",
                   "keep one of them; only `open` may stand beside `rules`, for what they leave out")
