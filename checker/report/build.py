"""From a ``Run`` to a ``ReportView``: the headline, the cards, what was found but not flagged, what was read, what went wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.model.event import Event
from checker.model.excerpt import Excerpt
from checker.model.finding import Finding
from checker.model.run import Run
from checker.report.cards import Sources, excerpts_of, grouped, matter, rule_page
from checker.report.view import DocumentRow, EventRow, HintRow, LabelView, LeadRow, MatterView, ProblemRow, ReportView, TrialRow
from checker.report.words import STATUS_WORDS, Words, and_list, counted

if TYPE_CHECKING:
    from checker.strictyaml.problem import Problem
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["build"]

_HINTS = {"norm": "restates the law", "talks": "contacts on the subject", "history": "tells of earlier times", "hypothetical": "supposes"}


def build(run: Run, vocabulary: Vocabulary, catalogue: str = "") -> ReportView:
    """Everything a report of ``run`` shows. Nothing is judged; the same run gives equal views. ``catalogue``: the address of the
    catalogue of rules, to which the rules are then linked."""
    words = Words(vocabulary)
    sources = Sources(run.documents, words)
    matters = tuple(matter(n, group, words, sources, catalogue) for n, group in enumerate(grouped(run.findings, words, sources), 1))
    failed = [d for d in run.documents if d.status == "unreadable"]
    return ReportView(
        headline=_headline(run, matters, len(failed)),
        scope=_scope(run),
        partial=_partial(run, len(failed)),
        counts=_counts(matters),
        matters=matters,
        leads=_leads(run, words, sources, {f.id: m.anchor for m in matters for f in m.receipts}),
        events=_events(run, words, sources),
        trials=tuple(TrialRow(words.label(f.label), f.sentence, f.title, f.rule, rule_page(catalogue, f.rule))
                     for f in run.findings if f.shadow and f.flagged),
        hints=tuple(HintRow(_HINTS.get(h.kind, h.kind), sources.views.get(h.evidence.document), sources.quote(h.evidence))
                    for d in run.documents for h in d.hints),
        documents=_documents(run, sources),
        problems=tuple(_problem(p) for p in run.problems),
        legend=words.legend(),
        law_known_as_of=run.law_known_as_of,
        rules=run.rules,
        rulebase_digest=run.rulebase_digest,
        version=run.checker_version,
    )


def _counts(matters: tuple[MatterView, ...]) -> tuple[tuple[LabelView, int], ...]:
    found: dict[LabelView, int] = {}
    for m in matters:
        found[m.label] = found.get(m.label, 0) + 1
    return tuple(found.items())


def _number_of_events(run: Run) -> int:
    return sum(len(d.events) for d in run.documents)


def _number_of_leads(run: Run) -> int:
    return sum(bool(event.leads) for d in run.documents for event in d.events)


def _headline(run: Run, matters: tuple[MatterView, ...], failed: int) -> str:
    """One line that tells the result, also the title of the page."""
    if matters:
        parts = [counted(n, label.name) for label, n in _counts(matters)]
        return f"{counted(len(matters), 'matter')} need{'s' if len(matters) == 1 else ''} attention: {and_list(parts)}"
    if not run.documents:
        return "Nothing could be read" if run.problems else "Nothing was checked: no article or record was given"
    if failed == len(run.documents):
        return "Nothing could be read"
    read = counted(len(run.documents) - failed, "document")
    events = _number_of_events(run)
    return f"Nothing to flag in {read}: {counted(events, 'event') if events else 'no event'} found"


def _scope(run: Run) -> tuple[str, ...]:
    return (counted(len(run.documents), "document"), f"{counted(_number_of_events(run), 'event')} found",
            f"{counted(sum(f.flagged and not f.shadow for f in run.findings), 'finding')} flagged",
            *([f"{counted(leads, 'event')} with a party on your lists"] if (leads := _number_of_leads(run)) else ()),
            f"{counted(run.rules, 'rule')} in the rule base")


def _partial(run: Run, failed: int) -> str:
    if failed and failed == len(run.documents):
        return "Not one document could be read. Each is listed below with its problem."
    if failed:
        return f"Partial: {failed} of {counted(len(run.documents), 'document')} could not be read. What they say is not in this report."
    errors = sum(p.severity == "error" for p in run.problems)
    return f"Partial: {counted(errors, 'problem')} with the input. What could not be used is not in this report." if errors else ""


def _key(event: Event) -> tuple[str, str]:
    return event.document, event.id or json.dumps(event.to_wire(), sort_keys=True)


def _events(run: Run, words: Words, sources: Sources) -> tuple[EventRow, ...]:
    by_event: dict[tuple[str, str], list[Finding]] = {}
    for finding in run.findings:
        if finding.shadow:
            continue
        for event in _judged(finding):
            by_event.setdefault(_key(event), []).append(finding)
    rows = []
    for event in (e for d in run.documents for e in d.events):
        findings = by_event.get(_key(event), [])
        if any(f.flagged and not f.shadow for f in findings):
            continue
        reasons = list(dict.fromkeys(_reason(f, words) for f in findings))
        sentence = findings[0].sentence if findings else words.sentence(event, "clear")
        reason = "; ".join(reasons) or "No rule applies to it."
        rows.append(EventRow(sentence, reason, sources.views.get(event.document), _telling(event, sources)))
    return tuple(rows)


def _leads(run: Run, words: Words, sources: Sources, anchors: Mapping[str, str]) -> tuple[LeadRow, ...]:
    """Events with a party on a list of the user's own, flagged or not. ``anchors``: the card of each finding by its id."""
    cards: dict[tuple[str, str], str] = {}
    for finding in run.findings:
        for event in _judged(finding) if finding.id in anchors else ():
            cards.setdefault(_key(event), anchors[finding.id])
    return tuple(LeadRow(tuple(f"{lead.say()}." for lead in event.leads), words.sentence(event, event.report), cards.get(_key(event), ""),
                         sources.views.get(event.document)) for read in run.documents for event in read.events if event.leads)


def _judged(finding: Finding) -> tuple[Event, ...]:
    """The event of a finding; all that a quota counts in a window, which stand first in the receipt."""
    return finding.receipt.events[:len(finding.quota.contributions)] if finding.quota else (finding.event,)


def _telling(event: Event, sources: Sources) -> Excerpt | None:
    """The excerpt with most words marked: the sentence that tells the event."""
    shown = [x for view in excerpts_of(event.evidence, sources) for x in view.excerpts]
    return max(shown, key=lambda x: sum(len(p.text) for p in x.parts if p.mark), default=None)


def _reason(finding: Finding, words: Words) -> str:
    because = f", {finding.because.replace('_', ' ')}" if finding.because else ""
    return f"{words.label(finding.label).title}{because}: {finding.title} ({'; '.join(finding.authority)})"


def _documents(run: Run, sources: Sources) -> tuple[DocumentRow, ...]:
    said: dict[str, tuple[str, ...]] = {}
    for problem in run.problems:
        said[problem.path] = (*said.get(problem.path, ()), problem.message)
    return tuple(
        DocumentRow(f"document-{number}", read.document.id, sources.views[read.document.id], STATUS_WORDS.get(read.status, read.status),
                    read.status != "unreadable", len(read.events), len(read.document.text), read.notes or said.get(read.document.id, ()))
        for number, read in enumerate(run.documents, 1))


def _problem(problem: Problem) -> ProblemRow:
    place = [problem.path, *(str(n) for n in (problem.line, problem.column) if n)]
    return ProblemRow(":".join(place), problem.code, problem.severity, problem.message, problem.mend, problem.source)
