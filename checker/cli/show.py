"""Findings, documents and explanations for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from checker.cli.output import console, inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from checker.model.document import Evidence
    from checker.model.event import Event
    from checker.model.finding import Finding
    from checker.model.run import ReadDocument, Run
    from checker.proof.near import NearMiss
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["show_events", "show_explained", "show_finding_tree", "show_run", "tone_style"]

_STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan", "quiet": "dim"}
_QUOTE = 220  # characters of a quotation; the rest is in --json and in the report


def tone_style(vocabulary: Vocabulary, label: str) -> str:
    """The colour of a label, from its tone in the vocabulary."""
    return _STYLES.get(vocabulary.labels.labels[label].tone, "")


def show_run(run: Run, vocabulary: Vocabulary) -> None:
    """Per document its findings, then one line that sums up."""
    out = console()
    by_event: dict[int, list[Finding]] = {}
    for finding in run.findings:
        by_event.setdefault(id(finding.event), []).append(finding)
    for read in run.documents:
        found = [f for event in read.events for f in by_event.pop(id(event), [])]
        if found:
            _heading(out, inert(read.document.id), inert(read.document.title))
            for finding in found:
                _finding(out, finding, read, vocabulary)
    _leads(out, run, vocabulary)
    out.print(_summary(run, vocabulary))
    if not run.findings and any(read.events for read in run.documents):
        out.print("No rule flags these events: 'sanctions explain EVENT' shows how near the rules are.", style="dim")


def _leads(out: Console, run: Run, vocabulary: Vocabulary) -> None:
    """Events that no finding flags and that have a party on a list of the user's own."""
    from checker.vocabulary.sentences import sentence

    flagged = {id(f.event) for f in run.findings if f.flagged and not f.shadow}
    for read in run.documents:
        for event in read.events:
            if event.leads and id(event) not in flagged:
                out.print(inert(f"NOT FLAGGED  {sentence(event, event.report, vocabulary)}"), style="dim")
                _rows(out, "lead", [lead.say() for lead in event.leads])
                _row(out, "read in", read.document.id)
                out.print()


def show_events(events: Iterable[Event], vocabulary: Vocabulary, *, explain: bool) -> None:
    """Events: sentence, facts, claims and the words they rest on; with ``explain`` the words behind each fact."""
    from checker.vocabulary.sentences import sentence

    out = console()
    for event in events:
        out.print(inert(sentence(event, event.report, vocabulary)), style="bold")
        wire = event.to_wire()
        _row(out, "facts", ", ".join(f"{name} {_plain(wire[name])}" for name in event.facts))
        for claim in event.claims:
            words = (claim.status, f"by {claim.by}" if claim.by else "", f"about the {claim.about}" if claim.about else "")
            _row(out, "claim", " ".join(filter(None, words)))
        _row(out, "tier", event.tier)
        for assumed in event.assumed:
            _row(out, "assumed", f"{assumed.fact}: {assumed.basis}")
        _rows(out, "lead", [lead.say() for lead in event.leads])
        for evidence in event.evidence:
            if explain or evidence.fact == "event":
                _row(out, "words", (f"{evidence.fact}: " if explain else "") + _quotation(evidence))
        out.print()


def show_finding_tree(finding: Finding, *, heading: bool = True) -> None:
    """One finding with its explain tree, line by line; ``heading``: under the sentence of its event."""
    from checker.proof.tree import explain_lines

    out = console()
    if heading:
        out.print(inert(finding.sentence), style="bold")
    out.print(f"{finding.label.upper()}: {finding.rule}, {finding.title}")
    for line in explain_lines(finding.explain):
        out.print("  " + inert(line))
    out.print()


def show_explained(event: Event, findings: Sequence[Finding], misses: Sequence[NearMiss], more: int, vocabulary: Vocabulary, *,
                   why_not: bool) -> None:
    """An event, the findings on it in full, and the rules that nearly flag it. ``why_not``: one rule was asked for."""
    from checker.vocabulary.sentences import sentence

    out = console()
    out.print(inert(sentence(event, event.report, vocabulary)), style="bold")
    for miss in misses if why_not else ():
        out.print(inert(miss.sentence))
    for finding in findings:
        show_finding_tree(finding, heading=False)
    if why_not:
        return
    if not findings:
        out.print("No rule flags this event.\n")
    if not misses:
        out.print("Nothing is near: every rule" + (" beside these" if findings else "") + " would need more than two changes.\n")
        return
    out.print("not flagged, the nearest first")
    for miss in misses:
        out.print(inert(f"  {miss.rule}: {miss.sentence.removeprefix('not flagged: ')}"))
    hidden = f"  {more} more near misses: see --near and --all." if more else ""
    out.print((hidden or "  'sanctions explain EVENT --why-not ID' shows every line of one rule.") + "\n", style="dim")


def _heading(out: Console, name: str, title: str) -> None:
    from rich.text import Text

    out.print(Text(name, "bold underline") + Text(f"  {title}" if title else "", "dim"))


def _finding(out: Console, finding: Finding, read: ReadDocument, vocabulary: Vocabulary) -> None:
    from rich.text import Text

    head = finding.label.upper() + (" (RULE ON TRIAL)" if finding.shadow else "")
    out.print(Text(head, tone_style(vocabulary, finding.label)) + Text("  ") + Text(inert(finding.sentence)))
    _row(out, "rule", f"{finding.rule}: {finding.title}")
    _row(out, "law", "; ".join(finding.authority) + _standing(finding))
    if finding.breach_by:
        _row(out, "breach by", ", ".join(_breaker(b.name, b.role, vocabulary) for b in finding.breach_by))
    words = _words(finding, read)
    if words is not None:
        _row(out, "words", words)
    _rows(out, "denied by", [", ".join(finding.denied_by)])
    _rows(out, "missing", [", ".join(finding.missing)])
    _rows(out, "because", [finding.because])
    _rows(out, "assumed", [f"{assumed.fact}: {assumed.basis}" for assumed in finding.assumed])
    _rows(out, "lead", [lead.say() for lead in finding.event.leads])
    _rows(out, "unless", [f"{e.says} ({'; '.join(e.authority)}): not excluded" for e in finding.exemptions_not_excluded])
    _rows(out, "quota", _quota(finding, vocabulary))
    _rows(out, "note", finding.notes)
    _rows(out, "also", [f"{other.rule}: {other.title} ({'; '.join(other.authority)})" for other in finding.also])
    out.print()


def _words(finding: Finding, read: ReadDocument) -> Text | None:
    """The sentence that tells the event, its words in bold; the body is preferred to the headline, which only repeats it."""
    from rich.text import Text

    from checker.report.excerpts import excerpts

    found = excerpts(read.document, finding.event.evidence, read.zones)
    telling = [one for one in found if any(part.mark == "event" for part in one.parts)] or list(found)
    if not telling:
        return None
    chosen = next((one for one in telling if not one.zone), telling[0])
    text = Text("“") if not chosen.cut_before else Text("“… ")
    for part in chosen.parts:
        text.append(inert(" ".join(part.text.split("\n"))), "bold" if part.mark else "")
    return text.append(" …”" if chosen.cut_after else "”")


def _standing(finding: Finding) -> str:
    says = {"contested": ", contested", "hortatory": ", calls upon", "unverified": ", not verified for that day"}.get(finding.law, "")
    since = f", in force from {finding.law_on_date.since}" if finding.law_on_date else ""
    return since + says


def _quota(finding: Finding, vocabulary: Vocabulary) -> Iterable[str]:
    """What a quota counted over several events has used, a line for each of its limits."""
    from checker.model.event import Amount

    count = finding.quota
    for total in count.totals if count else ():
        notified, estimated, most = (vocabulary.title("quantity", Amount(n, total.unit))
                                     for n in (total.notified, total.estimated, total.at_most))
        yield f"from {count.since if count else ''}: {notified} notified, {estimated} estimated, of {most} ({total.percent:.1f} percent)"


def _breaker(name: str, role: str, vocabulary: Vocabulary) -> str:
    shown = vocabulary.states.name(name) if name in vocabulary.states.codes else name
    return f"{shown or 'nobody named'} ({role.replace('_', ' ')})"


def _quotation(evidence: Evidence) -> str:
    words = " ".join(evidence.text.split())
    return f"“{words if len(words) <= _QUOTE else words[:_QUOTE] + '…'}” ({evidence.document}:{evidence.start}-{evidence.end})"


def _rows(out: Console, name: str, values: Iterable[str]) -> None:
    for value in values:
        if value:
            _row(out, name, value)


def _row(out: Console, name: str, value: str | Text) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    text = Text(inert(value)) if isinstance(value, str) else value
    if not out.is_terminal:
        out.print(Text(f"  {name:<10}") + text)
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=10, no_wrap=True, style="dim")
    grid.add_column()
    grid.add_row(name, text)
    out.print(Padding(grid, (0, 0, 0, 2)))


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(str(v) for v in value.values() if v is not True)
    return ", ".join(_plain(v) for v in value) if isinstance(value, list) else str(value)


def _summary(run: Run, vocabulary: Vocabulary) -> str:
    flagged = [f.label for f in run.findings if f.flagged and not f.shadow]
    others = [f.label for f in run.findings if not f.flagged and not f.shadow]
    trials = sum(f.flagged and f.shadow for f in run.findings)
    unreadable = sum(d.status == "unreadable" for d in run.documents)
    read = len(run.documents) - unreadable
    events = sum(len(d.events) for d in run.documents)
    parts = [_count(read, "document"), _count(events, "event"), _tally("flagged", flagged, vocabulary)]
    if others:
        parts.append(_tally("not flagged", others, vocabulary))
    if trials:
        parts.append(f"{trials} by rules on trial")
    if unreadable:
        parts.append(f"{unreadable} not readable")
    return f"{' · '.join(parts)}. Law known as of {run.law_known_as_of}."


def _tally(word: str, labels: list[str], vocabulary: Vocabulary) -> str:
    counts = Counter(labels)
    told = ", ".join(f"{counts[name]} {name}" for name in vocabulary.labels.names if counts[name])
    return f"{len(labels)} {word}" + (f" ({told})" if told else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
