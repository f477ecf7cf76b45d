"""The report as Markdown, for tickets and mail: the same cards, every text from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.model.excerpt import Excerpt
from checker.model.run import Run
from checker.report.build import build
from checker.report.text import markdown as md
from checker.report.text import safe_link
from checker.report.view import ClaimView, EvidenceView, LawView, MatterView, ReportView, SourceView
from checker.report.words import iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["render_markdown"]

_OWN = "On your own lists (a lead, no listing of the Council)"


def render_markdown(run: Run, vocabulary: Vocabulary, catalogue: str = "") -> str:
    """The Markdown report of ``run``."""
    report = build(run, vocabulary, safe_link(catalogue))
    known = f" · law known as of {md(iso_words(report.law_known_as_of))}" if report.law_known_as_of else ""
    lines = [f"# {md(report.headline)}", "", f"UN Security Council law only{known}", "", " · ".join(md(s) for s in report.scope), ""]
    if report.partial:
        lines += [f"**{md(report.partial)}**", ""]
    for m in report.matters:
        lines += _matter(m)
    lines += _leads(report) + _events(report) + _trials(report) + _hints(report) + _documents(report) + _problems(report) + _method(report)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(title: str, items: Iterable[str]) -> list[str]:
    shown = [f"- {item}" for item in items]
    return ["", f"### {title}", "", *shown] if shown else []


def _matter(m: MatterView) -> list[str]:
    lines = [f"## {m.number}. {md(m.label.title)}: {md(m.sentences[0])}", "", f"{md(m.label.says)}"]
    if len(m.sentences) > 1:
        lines += ["", "The same shipment:", "", *(f"- {md(s)}" for s in m.sentences[1:])]
    breach = [f"{md(b.name or 'not named')}{f' ({md(b.state)})' if b.state else ''}, as {md(b.role)}" for b in m.breach]
    lines += _section("Who would be in breach", breach or ["No actor bound by this measure is known."])
    lines += _section("The law on that date", _law(m.title, m.law))
    lines += _section("Positions in the dispute",
                      (f"{md(p.view)} (held by {md(p.holders)}{f'; basis: {md(p.basis)}' if p.basis else ''})" for p in m.positions))
    lines += _section("For", map(_voice, m.side("for")))
    lines += _section("Against, or unsure", map(_voice, m.side("against") + m.side("unsure")))
    excerpts = [line for e in m.evidence for line in _evidence(e)]
    lines += _section("Evidence", excerpts or ["No words are quoted: the facts come from a record."])
    lines += _section("What is not known", map(md, m.missing))
    lines += _section("What was assumed", map(md, m.assumed))
    lines += _section(_OWN, map(md, m.leads))
    lines += _section("Exemptions not excluded", (
        md(e.says) + (f" ({md(e.authority)})" if e.authority else "") + (f" Not stated: {md(e.missing)}." if e.missing else "")
        for e in m.exemptions))
    lines += _section("Also left open by the same missing fact", map(md, m.also))
    for q in m.quotas:
        rows = (md(f"{date or 'no date'}: {amount} ({how})") for date, amount, how in q.rows)
        lines += _section(f"The quota, {md(q.window)}", [*map(md, q.used), *rows, *(md(f"not counted: {why}") for why in q.left_out)])
    lines += _section("Notes", map(md, m.notes))
    lines += _section("Not encoded", map(md, m.not_encoded))
    lines += _section("Receipt", (
        f"finding {md(r.id)}, rule {f'[{md(m.rule)}]({m.page})' if m.page else md(m.rule)} (digest {md(r.rule_digest[:16])}), "
        f"outcome {md(r.outcome)}; replay: {md(r.commands[0])}"
        for r in m.receipts))
    return [*lines, ""]


def _law(title: str, law: LawView) -> Iterable[str]:
    yield f"**{md('; '.join(law.authority))}**: {md(title)}{f': {md(law.says)}' if law.says else ''} (our summary)"
    if law.since:
        yield f"in force from {md(law.since)} {f'to {md(law.until)}' if law.until else '(no end known)'}; {md(law.force)}"
    yield md(law.verified_says)
    if law.axis:
        yield md(law.axis)
    if law.link:
        yield f"text: {_link(law.link)}"


def _link(url: str) -> str:
    """A bare link; ``safe_url`` has refused blanks, angle brackets and other schemes."""
    return f"<{url}>"


def _voice(claim: ClaimView) -> str:
    party = f" ({md(claim.party)})" if claim.party else ""
    tail = [f"about the {md(claim.about)} only" if claim.about else "", md(claim.date), f"through {md(claim.via)}" if claim.via else ""]
    words = " ".join(f"“{md(q.text)}”" for q in claim.quotes)
    head = ", ".join([f"**{md(claim.by)}**{party} {claim.word}", *(t for t in tail if t)])
    return f"{head}: {words}" if words else head


def _excerpt(excerpt: Excerpt) -> str:
    """The excerpt on one line, the quoted words bold. White space moves out of the bold part, where Markdown wants it."""
    out = ["… " if excerpt.cut_before else ""]
    for part in _marks(excerpt):
        text, marked = part
        core = md(text)
        before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
        out.append(f"{before}**{core}**{after}" if marked and core else f"{before}{core}{after if core else ''}")
    return "".join(out).strip() + (" …" if excerpt.cut_after else "")


def _marks(excerpt: Excerpt) -> list[tuple[str, bool]]:
    """Neighbouring marked parts as one: Markdown has a single kind of mark."""
    joined: list[tuple[str, bool]] = []
    for part in excerpt.parts:
        if joined and joined[-1][1] == bool(part.mark):
            joined[-1] = (joined[-1][0] + part.text, joined[-1][1])
        else:
            joined.append((part.text, bool(part.mark)))
    return joined


def _source(source: SourceView) -> str:
    bits = [md(source.name), md(source.published), f"after {md(source.agency)}" if source.agency else "", md(source.language),
            f"SHA-256 {md(source.sha256[:12])}" if source.sha256 else ""]
    if source.link:
        bits.append(_link(source.link))
    elif source.address:
        bits.append(f"address not linked: {md(source.address)}")
    return ", ".join(b for b in bits if b)


def _evidence(item: EvidenceView) -> Iterable[str]:
    for excerpt in item.excerpts:
        zone = f"({md(excerpt.zone)}) " if excerpt.zone else ""
        yield f"{zone}{_excerpt(excerpt)} — {_source(item.source)}"


def _table(title: str, heads: list[str], rows: list[list[str]]) -> list[str]:
    if not rows:
        return []
    lines = [f"## {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def _leads(report: ReportView) -> list[str]:
    return _table(_OWN, ["Lead", "Event", "Source"],
                  [[md(" ".join(r.leads)), md(r.sentence), md(r.source.name) if r.source else "record"] for r in report.leads])


def _events(report: ReportView) -> list[str]:
    return _table("Events found but not flagged", ["Event", "Why it is not flagged", "Source"],
                  [[md(e.sentence), md(e.reason), md(e.source.name) if e.source else "record"] for e in report.events])


def _trials(report: ReportView) -> list[str]:
    return _table("Rules on trial (counted nowhere)", ["Event", "Label", "Rule"],
                  [[md(t.sentence), md(t.label.title), f"{md(t.title)} ({md(t.rule)})"] for t in report.trials])


def _hints(report: ReportView) -> list[str]:
    return _table("Sentences that tell no event", ["Kind", "Words", "Source"],
                  [[md(h.kind), md(h.quote.text), md(h.source.name) if h.source else ""] for h in report.hints])


def _documents(report: ReportView) -> list[str]:
    rows = [[_source(d.source), md(d.status), str(d.events), md(" ".join(d.notes))]
            for d in report.documents]
    return _table("Documents", ["Source", "Read as", "Events", "Notes"], rows) or ["## Documents", "", "No document was read.", ""]


def _problems(report: ReportView) -> list[str]:
    if not report.problems:
        return []
    return ["## Problems with the input", "",
            *(f"- {md(p.where)}: {md(p.severity)} {md(p.code)}: {md(p.message)}{f' To mend it: {md(p.mend)}' if p.mend else ''}"
              for p in report.problems), ""]


def _method(report: ReportView) -> list[str]:
    return ["## Method and legend", "",
            "For triage with evidence; nothing here is a finding of guilt. Only measures of the UN Security Council are encoded. "
            "A fact that no source states stays unknown and is named.", "",
            *(f"- **{md(label.title)}**: {md(label.says)}" for label in report.legend), "",
            f"Checker {md(report.version)}, {report.rules} rules, rule base digest {md(report.rulebase_digest)}."]
