"""Speakers: the State, organ, person or sort of source that stands beside a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.extract.instance import Voice
from checker.extract.objects import View
from checker.extract.phrases import Mention
from checker.extract.tokens import Token

__all__ = ["People", "claimant", "unknown_name", "voice_of_mention"]

_AFTER = 6
_LINK = 8


@dataclass(slots=True)
class People:
    """Persons named beside an office earlier in the text: surname to State; organs named beside their State ("ministry"), ``office``
    the latest of them; ``last`` spoke last in the sentence before; ``least``: words with capitals that make a name."""

    known: dict[str, str] = field(default_factory=dict)
    organs: dict[str, str] = field(default_factory=dict)
    office: str = ""
    least: int = 1
    last: Voice | None = None

    def learn(self, view: View) -> None:
        """Remember capitalised names that stand directly before or after an organ or institution of a State."""
        tokens = view.tokens
        for m in view.mentions:
            if m.is_place or not (m.kind or m.form == "institution"):
                continue
            self.organs.update({tokens[j].low: m.value for j in range(m.first, m.last + 1) if tokens[j].has("org")})
            self.office = m.value if m.kind == "government" else self.office
            for step, start in ((1, m.last + 1), (-1, m.first - 1)):
                names, j = [], start
                while 0 <= j < len(tokens) and (unknown_name(tokens[j]) or tokens[j].has("gram", "title")):
                    if not tokens[j].has("gram", "title"):
                        names.append(tokens[j].low)
                    j += step
                if self.least <= len(names) <= 4 and (step == 1 or len(names) > 1):
                    for name in names:
                        if len(name) > 2:
                            self.known.setdefault(name, m.value)


def unknown_name(token: Token) -> bool:
    return token.capital and token.is_word and not token.entries


def voice_of_mention(m: Mention, tokens: Sequence[Token], text: str, kind: str, at: int) -> Voice:
    start, end = tokens[m.first].start, tokens[m.last].end
    return Voice(kind, text[start:end], m.value, "state" if m.form != "group" else "group", start, end, (tokens[at].start, tokens[at].end))


def claimant(view: View, people: People, text: str, lo: int, hi: int, at: int, kind: str, nearest_last: bool,
              leading: bool = False) -> Voice | None:
    """The State, organ, named person or sort of source in tokens ``lo`` to ``hi`` - 1 that says it; the first or the last of them."""
    tokens = view.tokens
    candidates: list[tuple[int, Voice]] = []
    by = {"passive_accuse", "according"}
    for m in view.mentions:
        if lo <= m.at < hi and not m.theatre and not m.is_place and m.modifies < 0:
            if m.marker and not (kind in by or m.marker in ("of", "by")) and not nearest_last:
                continue
            if m.marker and nearest_last and m.marker != "of" and not m.kind:
                continue
            if m.marker and hi <= at and not nearest_last:
                continue  # where the speaker bears a particle of its own, a preposition makes it none
            if m.form == "adjective" and not m.kind:
                continue
            if m.case == "object" and not m.marker and kind not in by:
                continue
            if not nearest_last and m.first - at > _AFTER:
                continue
            candidates.append((m.at, voice_of_mention(m, tokens, text, kind, at)))
    if not nearest_last:
        hi = min(hi, at + 1 + _AFTER)
    for i in range(lo, hi):
        token = tokens[i]
        if token.has("claimant"):
            candidates.append((i, Voice(kind, text[token.start:token.end], "", token.values("claimant")[0], token.start, token.end)))
        elif unknown_name(token) and token.low in people.known:
            first = i - 1 if i > lo and unknown_name(tokens[i - 1]) else i
            candidates.append((i, Voice(kind, text[tokens[first].start:token.end], people.known[token.low], "person",
                                        tokens[first].start, token.end)))
        elif token.has("gram", "we"):
            candidates.append((i, Voice(kind, text[token.start:token.end], "", "we", token.start, token.end)))
    if not candidates:
        return _organ(view, people, text, lo, hi, kind) or _stranger(tokens, text, at, kind, hi <= at, people.least)
    candidates.sort(key=lambda c: c[0])
    return _joined(candidates, nearest_last and not leading, text)


def _organ(view: View, people: People, text: str, lo: int, hi: int, kind: str) -> Voice | None:
    """An organ without its State: "its embassy" is of whom the sentence speaks, "the ministry" of the State it was named with before,
    "spokesman John Doe" of the office named last."""
    tokens = view.tokens
    for i in range(lo, hi):
        if not tokens[i].has("org"):
            continue
        party = people.organs.get(tokens[i].low, "")
        if i and tokens[i - 1].has("gram", "pronoun"):
            party = next((m.value for m in reversed(view.mentions) if m.last < i and m.free and not m.is_place and not m.theatre), party)
        elif not party and tokens[i].has("gram", "title") and any(unknown_name(u) for u in tokens[i + 1:i + 2]):
            party = people.office
        if party:
            return Voice(kind, text[tokens[i].start:tokens[i].end], party, "state", tokens[i].start, tokens[i].end)
    return None


def _stranger(tokens: Sequence[Token], text: str, at: int, kind: str, before: bool, least: int) -> Voice | None:
    """A capitalised name nobody knows, right beside the verb of saying."""
    step = -1 if before else 1
    names: list[int] = []
    j = at + step
    while 0 <= j < len(tokens) and unknown_name(tokens[j]) and len(names) < 4:
        names.append(j)
        j += step
    if len(names) < least or (before and min(names) == 0 and len(names) == 1 and len(tokens[names[0]].low) < 3):
        return None
    start, end = tokens[min(names)].start, tokens[max(names)].end
    return Voice(kind, text[start:end], "", "person", start, end)


def _joined(candidates: list[tuple[int, Voice]], nearest_last: bool, text: str) -> Voice:
    """One claimant of several: a source noun beside a State is that State's ("Iranian officials", "intelligence of Seoul")."""
    chosen = candidates[-1] if nearest_last else candidates[0]
    others = [c for c in candidates if c is not chosen and abs(c[0] - chosen[0]) <= 3]
    voice = chosen[1]
    for _, other in others:
        low, high = min(voice.end, other.end), max(voice.start, other.start)
        if high - low > _LINK or any(c in text[low:high] for c in ",;:，；：،؛"):
            continue
        if not voice.party and other.party and voice.kind not in ("media", "panel", "ngo"):
            a, b = min(voice.start, other.start), max(voice.end, other.end)
            voice = Voice(voice.status, text[a:b], other.party, voice.kind, a, b)
        elif voice.party and not other.party and other.kind == "media":
            voice.via = (other.by,)
        elif voice.party and other.party == voice.party and other.kind == "person":
            a, b = min(voice.start, other.start), max(voice.end, other.end)
            voice = Voice(voice.status, text[a:b], voice.party, voice.kind, a, b)
    media = [v for _, v in candidates if v.kind == "media" and v is not voice]
    if media:
        voice.via = tuple(dict.fromkeys((*voice.via, media[0].by)))
    return voice
