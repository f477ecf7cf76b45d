"""What the nightly pages show of a case, put into words once for the page of the night, the page of the case and the mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checker.model.excerpt import Excerpt, Part
from checker.model.nightly import CaseChange
from checker.report.nightly_words import FIELDS, OPS, causes, counted, sources_of
from checker.report.text import direction, lang_tag, safe_url
from checker.report.words import CLAIM_WORDS, as_sentence, iso_words

__all__ = ["Card", "ChangedField", "ShortQuote", "Voice", "card", "page_of", "shares", "voices"]

_QUOTE, _LEAST = 420, 10


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShortQuote:
    """The words that carry the case, short enough for a list, and where they stand."""

    parts: tuple[Part, ...]
    cut_before: bool
    cut_after: bool
    lang: str
    dir: str
    outlet: str
    published: str
    link: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks for or against, with the words of the first document."""

    by: str
    party: str
    word: str
    about: str
    quote: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class Card:
    """A case as the page of the night lists it."""

    id: str
    page: str
    tone: str
    label: str
    regime: str
    disposition: str
    sentence: str
    title: str
    authority: tuple[str, ...]
    why: str
    changed: tuple[ChangedField, ...]
    quote: ShortQuote | None
    fors: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[str, ...]
    match: str
    level: str
    confidence: str
    merged_into: str


def page_of(case: str) -> str:
    """The page of a case, seen from the page of its night."""
    return f"cases/{case}.html"


def card(change: CaseChange) -> Card:
    """A case of the night."""
    case, file = change.case, change.file
    main = next((f for f in case["findings"] if f["flagged"]), next(iter(case["findings"]), None))
    sure = case["confidence"]
    spoken = {side: tuple(dict.fromkeys(v.by for v in voices(change, side))) for side in ("for", "against", "unsure")}
    return Card(
        case["id"], page_of(case["id"]), file.tone, case["label"] or OPS[change.op], file.regime, case["disposition"],
        case["sentence"] or f"{case['id']} is no longer shown.", main["title"] if main else "", tuple(main["authority"]) if main else (),
        as_sentence(causes(change.causes)), tuple(changed_fields(change)) if change.op == "MOD" else (), _quote(change), spoken["for"],
        spoken["against"], file.missing, str(main["match"]) if main else "possible", sure["level"], f"{sure['level']}: {sources_of(sure)}",
        file.merged_into)


def shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each group have room: a few of each, and then the first come first. Never more than ``room`` together."""
    shares = [min(size, _LEAST, room // max(1, len(sizes))) for size in sizes]
    for i, size in enumerate(sizes):
        shares[i] += min(size - shares[i], room - sum(shares))
    return shares


def voices(change: CaseChange, side: str) -> list[Voice]:
    """The voices on one side: ``for``, ``against`` or ``unsure``."""
    languages = {s["document"]: s["language"] for s in change.case["sources"]}
    outlets = {s["document"]: s["outlet"] for s in change.case["sources"]}
    found = []
    for claim in change.case["claims"]:
        where, word = CLAIM_WORDS.get(claim["status"], ("for", claim["status"]))
        if where == side:
            first = next(iter(claim["documents"]), "")
            quote = claim["quote"]
            found.append(Voice(claim["by"] or outlets.get(first, "") or "a source without a name",
                               claim["party"] if claim["party"] != claim["by"] else "", word, claim["about"], quote,
                               lang_tag(languages.get(first, "")), direction(quote)))
    return found


def changed_fields(change: CaseChange) -> list[ChangedField]:
    """The fields that differ, each in words."""
    found = []
    for field in change.fields:
        before, after = _say(field.field, field.before), _say(field.field, field.after)
        if field.field in ("sources", "claims", "findings"):
            before, after = _more(field.field, field.before or [], field.after or [])
        if before != after:
            found.append(ChangedField(FIELDS.get(field.field, field.field), before, after))
    return found


def _say(field: str, value: Any) -> str:
    if field in ("first_day", "last_day"):
        return iso_words(str(value or ""))
    return "" if value is None else str(value).replace("_", " ") if field == "goods" else str(value)


def _more(field: str, before: Sequence[Any], after: Sequence[Any]) -> tuple[str, str]:
    """Of a list what went and what came."""
    gone, come = [x for x in before if x not in after], [x for x in after if x not in before]
    if field == "sources":
        return counted(len(before), "source"), counted(len(after), "source")
    says = _voice if field == "claims" else _finding
    return "; ".join(map(says, gone)), "; ".join(map(says, come)) or ("" if gone else "the same")


def _voice(told: Sequence[str]) -> str:
    status, by, party, about = told
    return f"{by or party or 'somebody unnamed'} {CLAIM_WORDS.get(status, ('', status))[1]}{f' (about the {about})' if about else ''}"


def _finding(told: Sequence[Any]) -> str:
    return f"{told[0]}: {told[1]}, match {told[2]}"


def _quote(change: CaseChange) -> ShortQuote | None:
    """The first excerpt with marked words of the newest document, cut around them where it is long."""
    for e in reversed(change.file.evidence):
        excerpt = next((x for x in e.excerpts if any(p.mark for p in x.parts) and not x.zone), next(iter(e.excerpts), None))
        if excerpt is not None:
            parts, before, after = _cut(excerpt)
            return ShortQuote(parts, before, after, lang_tag(e.language), excerpt.dir, e.outlet or e.title, iso_words(e.published[:10]),
                              safe_url(e.address))
    return None


def _cut(excerpt: Excerpt) -> tuple[tuple[Part, ...], bool, bool]:
    total = 0
    kept: list[Part] = []
    for part in excerpt.parts:
        if total + len(part.text) > _QUOTE and any(p.mark for p in kept):
            return tuple(kept), excerpt.cut_before, True
        kept.append(part)
        total += len(part.text)
    return tuple(kept), excerpt.cut_before, excerpt.cut_after
