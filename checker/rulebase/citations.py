"""Rules and resolutions agree: what a rule cites is there and names the rule, and what a resolution names cites it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from checker.locator import rules_dir
from checker.model.instrument import Instrument, OperativeParagraph
from checker.model.rule import Mark, Rule
from checker.rulebase.instruments import Instruments
from checker.rulebase.loader import RuleBase
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean

__all__ = ["Citation", "check_citations", "citations"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One authority text of a rule. ``exemption`` is the name of the exemption it stands under; empty: it founds the measure."""

    rule: Rule
    text: str
    exemption: str
    mark: Mark | None


def citations(rule: Rule) -> Iterator[Citation]:
    """Every authority text of a rule: those of its periods, then those of its exemptions."""
    for period in rule.periods:
        for text in period.authority:
            yield Citation(rule, text, "", period.mark)
    for exemption in rule.exemptions:
        for text in exemption.authority:
            yield Citation(rule, text, exemption.name, exemption.mark)


def check_citations(instruments: Instruments, rulebase: RuleBase) -> list[Problem]:
    """What does not agree, by path and line. Rules from elsewhere than the folder beside the resolutions only get warnings, and
    need not be named by a resolution."""
    return sorted(_Check(instruments, rulebase).problems(), key=lambda p: (p.path, p.line, p.column, p.code, p.message))


class _Check:
    """One comparison. ``cited``: for each paragraph (resolution, number) the ids that found a measure or an exemption on it."""

    def __init__(self, instruments: Instruments, rulebase: RuleBase) -> None:
        self._instruments = instruments
        self._rules = (*rulebase.rules, *(shared.rule for shared in rulebase.exemptions))
        self._root = next((str(PurePosixPath(i.mark.path).parent.parent) for i in instruments.all if i.mark), "")
        self._cited: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._exempting: set[tuple[str, str]] = set()
        self._sources: dict[str, Source] = {}

    def problems(self) -> list[Problem]:
        found = [problem for rule in self._rules for citation in citations(rule) for problem in self._citation(citation)]
        for instrument in self._instruments.all:
            for paragraph in instrument.paragraphs:
                found += self._paragraph(instrument, paragraph)
        return list(dict.fromkeys(found))

    def _citation(self, citation: Citation) -> Iterator[Problem]:
        lookup = self._instruments.lookup(citation.text)
        ours = PurePosixPath(citation.rule.path).is_relative_to(self._root)
        severity: Literal["error", "warning"] = "error" if ours else "warning"
        for missing in lookup.missing:
            yield self._problem(citation.mark, citation.text, missing.code, missing.message, missing.mend, severity)
        for instrument, paragraph in lookup.found:
            place = (instrument.id, paragraph.key)
            self._cited[place].add(citation.rule.id)
            if citation.exemption:
                self._exempting.add(place)
            if ours and not paragraph.exempts and citation.rule.id not in paragraph.rules:
                yield self._not_listed(citation, instrument, paragraph)

    def _not_listed(self, citation: Citation, instrument: Instrument, paragraph: OperativeParagraph) -> Problem:
        where = paragraph.mark or "its file"
        if citation.exemption:
            mend = f"write `exempts: true` or `rules: [{citation.rule.id}]` at {where}"
        else:
            mend = f"add {citation.rule.id} to its `rules` at {where}"
        return self._problem(citation.mark, citation.text, "not-listed",
                             f"{instrument.name} paragraph {paragraph.key} does not name {citation.rule.id}, which cites it", mend)

    def _paragraph(self, instrument: Instrument, paragraph: OperativeParagraph) -> Iterator[Problem]:
        known = [rule.id for rule in self._rules]
        cited = self._cited[instrument.id, paragraph.key]
        for name in paragraph.rules:
            if name not in known:
                near = did_you_mean(name, known)
                mend = f"did you mean {near}?" if near else "name the rule by the id in its file"
                yield self._problem(paragraph.mark, name, "unknown-rule", f"there is no rule {name!r}", mend)
            elif name not in cited:
                yield self._problem(paragraph.mark, name, "not-citing",
                                    f"the rule {name} does not cite {instrument.name} paragraph {paragraph.key}",
                                    "cite it in a period of the rule, or take the rule out here")
        if paragraph.exempts and (instrument.id, paragraph.key) not in self._exempting:
            yield self._problem(paragraph.mark, paragraph.key, "not-citing",
                                f"no exemption of any rule cites {instrument.name} paragraph {paragraph.key}",
                                "write `open: what is to be done` instead of `exempts`, or cite it")

    def _problem(self, mark: Mark | None, text: str, code: str, message: str, mend: str,
                 severity: Literal["error", "warning"] = "error") -> Problem:
        """A problem at the first place from ``mark`` on where ``text`` stands, else at the mark."""
        if mark is None:
            return Problem("", 0, 0, code, message, mend, severity=severity)
        source = self._source(mark.path)
        for number in range(mark.line, min(mark.line + _NEAR, len(source.lines)) + 1):
            column = source.line(number).find(text)
            if column >= 0:
                return source.problem(Span(number, column + 1, len(text)), code, message, mend, severity)
        return source.problem(mark, code, message, mend, severity)

    def _source(self, shown: str) -> Source:
        """The file as written, for the caret; a file that is gone or not readable shows no line."""
        if shown not in self._sources:
            path = rules_dir() / shown.removeprefix("rules/") if shown.startswith("rules/") else Path(shown)
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeError):
                text = ""
            self._sources[shown] = Source(shown, text)
        return self._sources[shown]


_NEAR = 12
"""How many lines below a mark its text is looked for; a period has fewer."""
