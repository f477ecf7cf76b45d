"""The pages of a night: the report, its cases, the digest for mails. No script, no network, the style by its hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.model.nightly import CaseChange, Nightly
from checker.report import nightly_words as say
from checker.report import pictures
from checker.report.environment import environment, hash_of, stylesheet
from checker.report.nightly_view import Card, card, changed_fields, page_of, voices
from checker.report.text import lang_tag, safe_url
from checker.report.words import FORCE_WORDS, LAW_WORDS, Words, iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["case_page", "digest_html", "night_page", "render_page"]

_STYLES = ("report.css", "nightly.css")
_DIGEST = 40


@dataclass(frozen=True, slots=True)
class _Group:
    id: str
    title: str
    says: str
    cards: tuple[Card, ...]
    all: int
    more: int = 0


def night_page(nightly: Nightly, vocabulary: Vocabulary) -> str:
    """The report of a night as one HTML file."""
    weeks = max((len(m.weeks) for m in nightly.measures), default=1) or 1
    return render_page("nightly/index.html", n=nightly, r=_view(nightly, vocabulary, weeks), weeks=weeks)


def _view(nightly: Nightly, vocabulary: Vocabulary, weeks: int) -> dict[str, Any]:
    words = Words(vocabulary)
    groups = _groups(nightly)
    notes = [note for note in nightly.rules if note.change != "silent"]
    shown = {c.case["id"] for c in nightly.changes}
    titles = {m.key: m.title for m in nightly.measures} | {
        f["rule"]: f["title"] for c in nightly.changes for f in c.case["findings"]}
    contents = [("attention", "Attention")] if nightly.attention else []
    contents += [(g.id, f"{g.title} ({len(g.cards)})") for g in groups]
    contents += [("near", "Near misses")] if nightly.near else []
    contents += [("overview", "Overview"), ("rules", "Rules"), ("quality", "Data quality"), ("gaps", "Gaps"), ("method", "Method")]
    return {
        **_common(nightly), "groups": groups, "contents": [{"id": i, "title": t} for i, t in contents],
        "waiting": [{"text": say.attention(a), "page": page_of(a.case) if a.case in shown else _permanent(a.case)}
                    for a in nightly.attention if a.kind == "waiting"],
        "documents": f"{say.counted(nightly.funnel.documents, 'document')} first seen",
        "sources": say.counted(len(nightly.sources), "source"),
        "rules": f"{nightly.method.rules:,} rules", "bars": pictures.bars(nightly.nights) if nightly.nights else None,
        "funnel": pictures.funnel(nightly.funnel), "grid": pictures.grid(nightly.measures, nightly.night, weeks),
        "actors": pictures.actors(nightly.links), "strip": pictures.strip(nightly.sources), "states": nightly.states[:12],
        "rule_notes": [say.rule_note(note) for note in notes],
        "silent": [say.rule_note(note) for note in nightly.rules if note.change == "silent"],
        "fired": [{"rule": rule, "title": titles.get(rule, rule), "cases": say.counted(n, "case")} for rule, n in nightly.fired.items()],
        "labels": [label for label in words.legend() if not vocabulary.labels.is_outcome_word(label.name)], "match": say.MATCH,
        "confidence": say.CONFIDENCE, "outlet": lambda m: m.outlet or m.document}


def _permanent(case: str) -> str:
    return f"../../cases/{case}/index.html" if case else ""


def _common(nightly: Nightly) -> dict[str, Any]:
    funnel = nightly.funnel
    looked = (f"{say.counted(funnel.documents, 'document')} first seen, {say.counted(funnel.read, 'text')} read, "
              f"{say.counted(funnel.events, 'event')} found.")
    return {"headline": say.headline(nightly), "day": say.say_night(nightly.night), "state": say.STATES.get(nightly.state, nightly.state),
            "looked": looked, "failed": [s for s in nightly.sources if s.state == "failed"],
            "attention": [{"text": say.attention(a), "page": _permanent(a.case)} for a in nightly.attention if a.kind != "waiting"]}


def _groups(nightly: Nightly, most: int = 0) -> list[_Group]:
    """Cases by what the night did to them, ``most`` of each at most."""
    found = []
    for op, word in say.OPS.items():
        changes = [c for c in nightly.changes if c.op == op]
        if changes:
            kept = changes[:most] if most else changes
            found.append(_Group(op.lower(), word.capitalize(), say.OP_SAYS[op], tuple(map(card, kept)), len(changes),
                                len(changes) - len(kept)))
    return found


def case_page(change: CaseChange, nightly: Nightly, vocabulary: Vocabulary, *, permanent: bool = False, folder: str = "") -> str:
    """The page of a case as the night left it. ``permanent``: at its address that never changes; ``folder``: that of the night, seen from
    the folder of all nights."""
    file, case = change.file, change.case
    shown = card(change)
    root = "../../" if permanent else "../../../"
    reported = min((s["published"][:10] or s["first_seen"][:10] for s in case["sources"]), default="")
    days = case["first_day"], case["last_day"]
    c = {
        "id": case["id"], "label": shown.label, "label_title": shown.label, "sentence": shown.sentence, "disposition": case["disposition"],
        "digest": case["digest"], "why": shown.why, "changed": changed_fields(change) if change.op == "MOD" else (),
        "match": f"Match {shown.match}.", "confidence": f"Confidence {shown.confidence}.",
        "state_words": f"{say.OPS[change.op]} {'on ' + nightly.night if permanent else 'tonight'}", "when": say_span(*days),
        "fors": voices(change, "for"), "against": voices(change, "against") + voices(change, "unsure"),
        "laws": [_law(law) for law in file.law],
        "evidence": [_evidence(e, vocabulary) for e in file.evidence], "open": [*_open(change)], "rules": case["findings"],
        "history": [{"night": s.night, "what": say.OPS.get(s.op, s.op), "why": say.causes(s.causes)} for s in file.history]}
    return render_page("nightly/case.html", c=c, f=file, night=nightly.night, night_words=say.say_night(nightly.night),
                       method=nightly.method, timeline=pictures.timeline(*days, reported, file.history), root=root,
                   home=f"{root}{folder}index.html" if permanent else "../index.html",
                   home_title="The newest night of it" if permanent else "The report of this night", nights=f"{root}index.html",
                   up="../" if permanent else "", tail="/index.html" if permanent else ".html")


def say_span(first: str, last: str) -> str:
    """One day, or two with a word between."""
    return iso_words(first) if first == last else f"{iso_words(first)} to {iso_words(last)}"


def _law(law: Any) -> dict[str, Any]:
    told = {name: getattr(law, name) for name in law.__slots__}
    return told | {"since_words": iso_words(law.since), "until_words": iso_words(law.until),
                   "force_words": FORCE_WORDS.get(law.force, law.force), "link": safe_url(law.link), "axis": LAW_WORDS.get(law.state, "")}


def _evidence(told: Any, vocabulary: Vocabulary) -> dict[str, Any]:
    found = {name: getattr(told, name) for name in told.__slots__}
    return found | {"link": safe_url(told.address), "lang": lang_tag(told.language),
                    "language_words": Words(vocabulary).language(told.language)}


def _open(change: CaseChange) -> Iterator[str]:
    """What would confirm or clear it."""
    for fact in change.file.missing:
        yield f"Not stated: {fact}. Knowing it would decide."
    for e in change.file.exemptions:
        yield f"That the exemption applies: {e.says}"
    if change.case["confidence"]["level"] == "low":
        yield "A second source that does not repeat the first, or one that saw it itself."
    if not any(c["status"] == "denied" for c in change.case["claims"]):
        yield "A reply of those named; none is known."


def digest_html(nightly: Nightly, link: str = "") -> str:
    """The digest as HTML for mails: plain elements without style, for every mail program."""
    return environment().get_template("nightly/digest.html").render(n=nightly, r=_common(nightly), groups=_groups(nightly, _DIGEST),
                                                                    link=safe_url(link))


def render_page(template: str, **told: Any) -> str:
    style = stylesheet(*_STYLES)
    return environment().get_template(template).render(style=style, style_hash=hash_of(style), **told).lstrip()
