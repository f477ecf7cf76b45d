"""The pages of a night: the report, its cases, the digest for mails. No script, no network, the style by its hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from checker.model.casefile import CaseExemption
from checker.model.nightly import CaseChange, Nightly
from checker.report import nightly_words as say
from checker.report import pictures
from checker.report.environment import environment, hash_of, stylesheet
from checker.report.nightly_files import DIGEST_CASES
from checker.report.nightly_view import Card, Voice, card, changed_fields, page_of, shares, voices
from checker.report.text import lang_tag, safe_url
from checker.report.words import FORCE_WORDS, LAW_WORDS, Words, iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["all_cases_page", "case_page", "digest_html", "night_page", "render_page"]

_STYLES = ("report.css", "nightly.css")
_WHOLE, _BRIEF = 60, 440
"""A night page shows so many cases whole, and so many more in two lines: it stays below a megabyte, whatever the night brings. The page
of all cases has the rest."""

_STATES = 12


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases to which the night did the same: shown whole, in two lines, and ``more`` not at all."""

    id: str
    title: str
    says: str
    cards: tuple[Card, ...]
    brief: tuple[Card, ...]
    all: int
    more: int


def night_page(nightly: Nightly, vocabulary: Vocabulary) -> str:
    """The report of a night as one HTML file."""
    weeks = max((len(m.weeks) for m in nightly.measures), default=1) or 1
    return render_page("nightly/index.html", n=nightly, r=_view(nightly, vocabulary, weeks))


def _view(nightly: Nightly, vocabulary: Vocabulary, weeks: int) -> dict[str, Any]:
    words = Words(vocabulary)
    groups = _groups(nightly, _WHOLE, _BRIEF)
    notes = [note for note in nightly.rules if note.change != "silent"]
    shown = {c.case["id"] for c in nightly.changes}
    titles = {m.key: m.title for m in nightly.measures} | {
        f["rule"]: f["title"] for c in nightly.changes for f in c.case["findings"]}
    contents = [("attention", "Attention")] if nightly.attention else []
    contents += [(g.id, f"{g.title} ({g.all:,})") for g in groups]
    contents += [("leads", "On your own lists")] if nightly.leads else []
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
        "actors": pictures.actors(nightly.links), "strip": pictures.strip(nightly.sources),
        "strip_says": say.sources_say(nightly), "states": nightly.states[:_STATES],
        "more_states": max(0, len(nightly.states) - _STATES),
        "rule_notes": [say.rule_note(note) for note in notes],
        "silent": [say.rule_note(note) for note in nightly.rules if note.change == "silent"],
        "silent_count": say.counted(sum(note.change == "silent" for note in nightly.rules), "rule"),
        "troubles": say.counted(len(nightly.troubles), "kind of problem", "kinds of problems"),
        "fired": [{"rule": rule, "title": titles.get(rule, rule), "cases": say.counted(n, "case")}
                  for rule, n in sorted(nightly.fired.items(), key=lambda f: (-f[1], f[0]))],
        "labels": [label for label in words.legend() if not vocabulary.labels.is_outcome_word(label.name)],
        "match": say.MATCH, "states_of": say.SOURCE_STATES,
        "confidence": say.CONFIDENCE, "outlet": lambda m: m.outlet or m.document}


def _permanent(case: str) -> str:
    return f"../../cases/{case}/index.html" if case else ""


def _common(nightly: Nightly) -> dict[str, Any]:
    funnel = nightly.funnel
    looked = (f"{say.counted(funnel.documents, 'document')} first seen, {say.counted(funnel.read, 'text')} read, "
              f"{say.counted(funnel.events, 'event')} found.")
    return {"headline": say.headline(nightly), "counts": say.counts(nightly), "how": say.state_of(nightly),
            "state": say.STATES.get(nightly.state, nightly.state), "not_read": say.not_read(nightly), "first": say.FIRST, "flag": say.FLAG,
            "day": say.say_night(nightly.night),
            "looked": looked,
            "attention": [{"text": say.attention(a), "page": _permanent(a.case)} for a in nightly.attention if a.kind != "waiting"]}


def _groups(nightly: Nightly, whole: int, brief: int) -> list[_Group]:
    """Cases by what the night did to them, so many whole and so many in brief."""
    sorted_ = [(op, [c for c in nightly.changes if c.op == op]) for op in say.OPS]
    sorted_ = [(op, changes) for op, changes in sorted_ if changes]
    first = shares([len(changes) for _, changes in sorted_], whole)
    then = shares([len(changes) - n for (_, changes), n in zip(sorted_, first, strict=True)], brief)
    found = []
    for (op, changes), n, m in zip(sorted_, first, then, strict=True):
        cards = tuple(map(card, changes[:n + m]))
        found.append(_Group(op.lower(), say.OPS[op].capitalize(), say.OP_SAYS[op], cards[:n], cards[n:], len(changes),
                            len(changes) - n - m))
    return found


def all_cases_page(nightly: Nightly) -> str:
    """Every case of the night in two lines; empty where the page of the night has them all."""
    if not any(group.more for group in _groups(nightly, _WHOLE, _BRIEF)):
        return ""
    return render_page("nightly/cases.html", n=nightly, r=_common(nightly), groups=_groups(nightly, 0, len(nightly.changes)))


def case_page(change: CaseChange, nightly: Nightly, vocabulary: Vocabulary, *, permanent: bool = False, folder: str = "") -> str:
    """The page of a case as the night left it. ``permanent``: at its address that never changes; ``folder``: that of the night, seen from
    the folder of all nights."""
    file, case, words = change.file, change.case, Words(vocabulary)
    shown = card(change)
    root = "../../" if permanent else "../../../"
    reported = min((s["published"][:10] or s["first_seen"][:10] for s in case["sources"]), default="")
    days = case["first_day"], case["last_day"]
    c = {
        "id": case["id"], "label": shown.label, "label_title": shown.label, "sentence": shown.sentence, "disposition": case["disposition"],
        "digest": case["digest"], "why": shown.why, "changed": changed_fields(change) if change.op == "MOD" else (),
        "match": f"Match {shown.match}: {say.MATCH.get(shown.match, '')}.",
        "confidence": f"Confidence {shown.confidence}. The word stands for {say.CONFIDENCE.get(shown.level, shown.level)}.",
        "state_words": f"{say.OPS[change.op]} {'on ' + iso_words(nightly.night) if permanent else 'tonight'}", "when": say_span(*days),
        "fors": _voices(change, words, "for"), "against": _voices(change, words, "against", "unsure"),
        "laws": [_law(law) for law in file.law],
        "evidence": [_evidence(e, words) for e in file.evidence], "open": list(dict.fromkeys(_open(change))),
        "exemptions": _exemptions(file.exemptions), "rules": case["findings"],
        "history": [{"night": s.night, "what": say.OPS.get(s.op, s.op), "why": say.causes(s.causes)} for s in file.history]}
    return render_page("nightly/case.html", c=c, f=file, night=nightly.night, night_words=say.say_night(nightly.night),
                       method=nightly.method, flag=say.FLAG, timeline=pictures.timeline(*days, reported, file.history), root=root,
                       catalogue=nightly.catalogue,
                   home=f"{root}{folder}index.html" if permanent else "../index.html",
                   home_title="The night that changed it last" if permanent else "The report of this night", nights=f"{root}index.html",
                   up="../" if permanent else "", tail="/index.html" if permanent else ".html")


def say_span(first: str, last: str) -> str:
    """One day, or two with a word between."""
    return iso_words(first) if first == last else f"{iso_words(first)} to {iso_words(last)}"


def _law(law: Any) -> dict[str, Any]:
    told = {name: getattr(law, name) for name in law.__slots__}
    return told | {"since_words": iso_words(law.since), "until_words": iso_words(law.until),
                   "force_words": FORCE_WORDS.get(law.force, law.force), "link": safe_url(law.link), "axis": LAW_WORDS.get(law.state, "")}


def _voices(change: CaseChange, words: Words, *sides: str) -> list[Voice]:
    """The voices on some sides, each party by its name."""
    return [replace(v, party=words.party(v.party) if v.party else "") for side in sides for v in voices(change, side)]


def _exemptions(told: Sequence[CaseExemption]) -> list[dict[str, Any]]:
    """The exemptions, one that several measures have once, with all its paragraphs."""
    found: dict[str, dict[str, list[str]]] = {}
    for e in told:
        kept = found.setdefault(e.says, {"authority": [], "missing": []})
        kept["authority"] += [a for a in e.authority if a not in kept["authority"]]
        kept["missing"] += [m for m in e.missing if m not in kept["missing"]]
    return [{"says": says, **rest} for says, rest in found.items()]


def _evidence(told: Any, words: Words) -> dict[str, Any]:
    found = {name: getattr(told, name) for name in told.__slots__}
    return found | {"link": safe_url(told.address), "lang": lang_tag(told.language),
                    "language_words": words.language(told.language)}


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
    return environment().get_template("nightly/digest.html").render(n=nightly, r=_common(nightly), groups=_groups(nightly, DIGEST_CASES, 0),
                                                                    link=safe_url(link))


def render_page(template: str, **told: Any) -> str:
    style = stylesheet(*_STYLES)
    return environment().get_template(template).render(style=style, style_hash=hash_of(style), **told).lstrip()
