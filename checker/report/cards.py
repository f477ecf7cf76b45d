"""Cards: flagged findings grouped by shipment, ordered, and turned into what a reader sees. No verdict is made or changed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from checker.model.claim import Claim
from checker.model.document import Evidence
from checker.model.event import Event
from checker.model.explain import ExplainNode
from checker.model.finding import Finding
from checker.model.run import ReadDocument
from checker.report.excerpts import excerpts
from checker.report.text import direction, lang_tag, safe_url
from checker.report.view import (
    BreachView,
    ClaimView,
    EvidenceView,
    ExemptionView,
    FactRow,
    LawView,
    MatterView,
    PositionView,
    QuotaView,
    Quote,
    ReceiptView,
    SourceView,
    StepView,
)
from checker.report.words import CLAIM_WORDS, FORCE_WORDS, LAW_WORDS, TIER_WORDS, TONES, Words, and_list, as_sentence, iso_words

__all__ = ["Sources", "excerpts_of", "grouped", "matter", "quotes_of", "rule_page"]

_DAY = len("2022-11-02")
_SEVERITIES = ("critical", "high", "medium", "low")
_T = TypeVar("_T")


class Sources:
    """The documents of a run by id, with the view of each."""

    def __init__(self, documents: Sequence[ReadDocument], words: Words) -> None:
        self.read: dict[str, ReadDocument] = {}
        self.views: dict[str, SourceView] = {}
        for number, read in enumerate(documents, 1):
            if read.document.id not in self.read:
                self.read[read.document.id] = read
                self.views[read.document.id] = _source(read, f"document-{number}", words)
        self._place = {document: place for place, document in enumerate(self.read)}

    def order(self, document: str) -> int:
        """The place of a document in the run; unknown ones come last."""
        return self._place.get(document, len(self._place))

    def quote(self, evidence: Evidence) -> Quote:
        """Exact words with the language and direction of their document."""
        view = self.views.get(evidence.document)
        return Quote(evidence.text, view.lang if view else "und", direction(evidence.text))


def _source(read: ReadDocument, anchor: str, words: Words) -> SourceView:
    doc = read.document
    lang = read.language or doc.lang
    # A path is long and its folders say little; the table of documents shows it whole.
    name = doc.outlet or doc.id.replace("\\", "/").rstrip("/").rpartition("/")[2] or doc.id
    return SourceView(anchor, name, doc.title, doc.published.say() if doc.published else "", doc.agency, safe_url(doc.url),
                      doc.url, doc.sha256, lang_tag(lang), direction(doc.title or doc.text[:2000]), words.language(lang))


def excerpts_of(evidence: Iterable[Evidence], sources: Sources) -> tuple[EvidenceView, ...]:
    """Evidence in its sentences, document by document in the order read."""
    by_document: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_document.setdefault(one.document, []).append(one)
    return tuple(EvidenceView(sources.views[d], excerpts(sources.read[d].document, by_document[d], sources.read[d].zones))
                 for d in sorted(by_document, key=sources.order) if d in sources.read)


def quotes_of(evidence: Iterable[Evidence], sources: Sources) -> tuple[Quote, ...]:
    """The distinct quotations of some evidence, in the order of the text."""
    return _once(sources.quote(e) for e in sorted(evidence, key=lambda e: (sources.order(e.document), e.start, e.end)))


def _once(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


def grouped(findings: Iterable[Finding], words: Words, sources: Sources) -> list[tuple[Finding, ...]]:
    """Flagged findings as groups of one shipment, rule and label; loudest label first, then severity, then the order read."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        if finding.flagged and not finding.shadow:
            shipment = finding.event.facts.get("shipment")
            alone = finding.id if not shipment else ""
            key = (finding.rule, finding.label, str(shipment or ""), finding.event.document, alone)
            groups.setdefault(key, []).append(finding)

    def rank(group: list[Finding]) -> tuple[int, int, int, int, str]:
        first = group[0]
        start = min((e.start for e in first.event.evidence), default=0)
        return (_place(words.label(first.label).tone, TONES), _place(first.severity, _SEVERITIES),
                sources.order(first.event.document), start, first.rule)

    return [tuple(group) for group in sorted(groups.values(), key=rank)]


def _place(word: str, order: Sequence[str]) -> int:
    return order.index(word) if word in order else len(order)


def matter(number: int, group: tuple[Finding, ...], words: Words, sources: Sources, catalogue: str = "") -> MatterView:
    """The card of one group of findings. ``catalogue``: where the catalogue of the rules is, if it is anywhere."""
    first = group[0]
    date = first.event.facts.get("date")
    events = [event for f in group for event in f.receipt.events or (f.event,)]
    claims = _once(c for event in events for c in event.claims)
    return MatterView(
        number=number,
        anchor=f"matter-{number}",
        label=words.label(first.label),
        severity=first.severity,
        regime=words.regime(first.regime),
        rule=first.rule,
        page=rule_page(catalogue, first.rule),
        title=first.title,
        sentences=_once(f.sentence for f in group),
        event_iso=words.iso(date),
        breach=_once(_breach(b.role, b.name, b.state, words) for f in group for b in f.breach_by),
        law=_law(first),
        claims=_once(_claim(c, words, sources) for c in claims),
        evidence=excerpts_of((e for event in events for e in (*event.evidence, *(e for c in event.claims for e in c.evidence))), sources),
        missing=_missing(group, words),
        assumed=_once(_assumed(a.fact, a.basis, f.event, words) for f in group for a in f.assumed),
        leads=_once(f"{lead.say()}." for event in events for lead in event.leads),
        exemptions=_once(ExemptionView(as_sentence(e.says), "; ".join(e.authority), and_list([words.fact_phrase(m) for m in e.missing]))
                         for f in group for e in f.exemptions_not_excluded),
        positions=_once(PositionView(as_sentence(p.view), and_list([words.party(h) for h in p.holders]), p.basis)
                        for f in group for p in f.positions),
        notes=_once(n for f in group for n in f.notes),
        not_encoded=_once(as_sentence(f"{n.text}: {n.why}" if n.why else n.text) for f in group for n in f.not_encoded),
        also=_once(f"{r.title} ({'; '.join(r.authority)})" for f in group for r in f.also),
        quotas=tuple(_quota(f, words) for f in group if f.quota),
        tier=TIER_WORDS.get(first.tier, ""),
        receipts=tuple(_receipt(f, words, sources) for f in group),
    )


def rule_page(catalogue: str, rule: str) -> str:
    """The page of a rule in the catalogue: ``<catalogue>/rules/<id>.html``; empty where there is none."""
    return f"{catalogue.rstrip('/')}/rules/{rule}.html" if catalogue else ""


def _quota(finding: Finding, words: Words) -> QuotaView:
    count = finding.quota
    if count is None:
        return QuotaView("", (), (), ())
    until = iso_words(count.until) if count.until else "no end"
    state = f", {words.state(count.state)}" if count.state else ""
    used = tuple(f"{words.amount(t.notified, t.unit)} notified and {words.amount(t.estimated, t.unit)} estimated, of "
                 f"{words.amount(t.at_most, t.unit)} ({t.percent:.1f} percent)" for t in count.totals)
    rows = tuple((iso_words(c.date) if len(c.date) == _DAY else c.date,
                  " or ".join(words.amount(n, u) for u, n in sorted(c.amounts.items())), f"{c.basis}, {c.scope}, {c.report}")
                 for c in count.contributions)
    return QuotaView(f"{iso_words(count.since)} to {until}{state}", used, rows,
                     tuple(f"{e.document or e.event or 'An event'}: {e.why}" for e in count.left_out))


def _breach(role: str, name: str, state: str, words: Words) -> BreachView:
    named = words.party(name)
    home = words.state(state)
    return BreachView(words.fact(role), named, "" if home == named else home)


def _law(finding: Finding) -> LawView:
    law = finding.law_on_date
    axis = LAW_WORDS.get(finding.law, "")
    if law is None:
        return LawView(finding.authority, "", "", "", "", "", "", "", False, "No period of this rule was applied.", "", axis)
    checked = law.verified
    by = f" ({iso_words(checked.date)})" if checked.date else ""
    parts = {"paragraph": checked.paragraph, "dates": checked.dates, "scope": checked.scope}
    open_parts = [name for name, done in parts.items() if not done]
    done_parts = [name for name, done in parts.items() if done]
    if checked.whole:
        says = f"Paragraph, dates and scope were checked at the source{by}."
    elif done_parts:
        says = f"Not verified in full: {and_list(done_parts)} checked{by}, {and_list(open_parts)} not. Read the text before relying on it."
    else:
        says = "Not verified: neither paragraph, dates nor scope were checked at the source. Read the text before relying on it."
    return LawView(finding.authority, law.says, FORCE_WORDS.get(law.force, law.force), iso_words(law.since), iso_words(law.until),
                   law.since, law.until, safe_url(law.link), checked.whole, says, safe_url(checked.source), axis)


def _claim(claim: Claim, words: Words, sources: Sources) -> ClaimView:
    side, word = CLAIM_WORDS.get(claim.status, ("unsure", claim.status))
    party = words.party(claim.party) if claim.party else ""
    by = claim.by or party or _reporter(claim, sources)
    return ClaimView(side, word, by, "" if party in by else party, ", ".join(claim.via), claim.date.say() if claim.date else "",
                     words.fact(claim.about), quotes_of(claim.evidence, sources))


def _reporter(claim: Claim, sources: Sources) -> str:
    """Who speaks where the claim names nobody: the outlet, else the article itself."""
    read = next((sources.read[e.document] for e in claim.evidence if e.document in sources.read), None)
    return (read.document.outlet or "the article itself") if read else "the record itself"


def _missing(group: tuple[Finding, ...], words: Words) -> tuple[str, ...]:
    """One sentence per fact that would decide; a fact that is stated with too wide a word is no gap, so it is said otherwise."""
    said = []
    for finding in group:
        for name in finding.missing:
            value = finding.event.facts.get(name)
            fact = words.fact_phrase(name)
            if value is None:
                said.append(f"Not stated: {fact}. Knowing it would decide.")
            else:
                said.append(f"Not precise enough: {fact}, stated as {words.value(name, value)}. A closer word would decide.")
    return _once(said)


def _assumed(fact: str, basis: str, event: Event, words: Words) -> str:
    value = event.facts.get(fact)
    taken = f"was taken to be {words.value(fact, value)}" if value is not None else "was assumed"
    return f"No words state the {words.fact(fact)}; it {taken}, from this: {basis.rstrip('.')}."


def _receipt(finding: Finding, words: Words, sources: Sources) -> ReceiptView:
    receipt = finding.receipt
    return ReceiptView(receipt.id, receipt.rule_digest, receipt.rulebase_digest, receipt.checker_version, finding.outcome.replace("_", " "),
                       ("sanctions replay report.json", f"sanctions explain report.json --rule {finding.rule}"), finding.sentence,
                       _facts(finding.event, words, sources), _step(finding.explain))


def _facts(event: Event, words: Words, sources: Sources) -> tuple[FactRow, ...]:
    assumed: Mapping[str, str] = {a.fact: a.basis for a in event.assumed}
    rows = []
    for name in words.in_order(event.facts):
        spans = [e for e in event.evidence if e.fact == name]
        if name in assumed:
            how = "assumed"
        elif spans:
            how = "inferred" if all(e.how == "inferred" for e in spans) else "stated"
        else:
            how = "in the record" if event.tier == "stated" else "derived"
        value = words.value(name, event.facts[name])
        fuller = event.names.get(name, "")
        value = f"{fuller} ({value})" if fuller and fuller != value else value
        rows.append(FactRow(words.fact(name), value, how, assumed.get(name, ""), quotes_of(spans, sources)))
    return tuple(rows)


def _step(node: ExplainNode) -> StepView:
    detail = ""
    if node.kind == "leaf" and (node.wanted or node.got):
        detail = f"wanted {node.wanted or 'anything'}; got {node.got or 'not stated'}"
    return StepView(node.kind, node.text, node.truth.word if node.truth is not None else "", detail, node.note, node.where,
                    tuple(_step(c) for c in node.children))
