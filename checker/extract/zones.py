"""Zones: which lines of a page are headline, dateline, byline, caption, body, related links or boilerplate.

A zone is one paragraph (a line, or lines wrapped by hand). Words that give a zone away are in the packs under ``zones``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.extract.fold import fold
from checker.extract.pack import Pack
from checker.model.extraction import Zone

__all__ = ["ZoneWords", "find_agency", "find_zones"]

_LINE = re.compile(r"[^\n]+")
_WRAPPED = 60
_HEADLINE = 220
_WIDE = "\u1100"
_WIDE_RUN = re.compile(f"[{_WIDE}-\U0010ffff]+")
"""First of the scripts of East Asia: there a dozen letters are a sentence."""
_WIDE_LETTERS = 12
_CLOSERS = ")]）】〕」"
_ENDS = ".!?…。！？؟:\"”»"


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """The zone words of all packs together, folded: a page of one language often carries a frame in another."""

    boilerplate: frozenset[str]
    related: frozenset[str]
    byline: tuple[str, ...]
    caption: tuple[str, ...]
    agency: tuple[str, ...]
    starts: tuple[str, ...]
    dateline: tuple[str, ...] = ()

    @classmethod
    def of(cls, packs: Sequence[Pack]) -> ZoneWords:
        words: dict[str, list[str]] = {}
        for pack in packs:
            for kind, word in pack.table("zones"):
                words.setdefault(kind, []).append(fold(word))
        get = {k: tuple(sorted(v)) for k, v in words.items()}
        return cls(frozenset(get.get("boilerplate", ())), frozenset(get.get("related", ())), get.get("byline", ()), get.get("caption", ()),
                   get.get("agency", ()), get.get("starts", ()), get.get("dateline", ()))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines; a line that is long and unfinished goes on in the next one."""
    start = stop = last = -1
    for line in _LINE.finditer(text):
        body = line.group().strip()
        if not body:
            if start >= 0:
                yield start, stop
            start = -1
            continue
        begin = line.start() + len(line.group()) - len(line.group().lstrip())
        end = line.start() + len(line.group().rstrip())
        wrapped = (start >= 0 and line.start() == last + 1 and _WRAPPED <= _width(text, last) <= 130
                   and text[last - 1] not in _ENDS and body[:1].islower())
        if start >= 0 and not wrapped:
            yield start, stop
        if not wrapped:
            start = begin
        stop, last = end, line.end()
        if text[line.end():line.end() + 2] == "\n\n" or line.end() >= len(text):
            yield start, stop
            start = -1
    if start >= 0:
        yield start, stop


def _width(text: str, end: int) -> int:
    return end - (text.rfind("\n", 0, end) + 1)


def find_zones(text: str, words: ZoneWords) -> tuple[Zone, ...]:
    """The zones of a page in order. The first line that is no boilerplate is the headline; short lines before the first long
    paragraph are subheadings; after a related-links heading at the foot of the page everything is ``related``."""
    zones: list[Zone] = []
    text = text.replace("\r\n", "\n\r")  # the line ends first, and not a letter moves
    lines = [p for p in _paragraphs(text) if p[1] > p[0]]
    folds = [fold(text[a:b]) for a, b in lines]
    longs = [i for i, (a, b) in enumerate(lines) if _length(text[a:b]) > 140 and not _starts(folds[i], words.caption)]
    told = [i for i, (a, b) in enumerate(lines) if _sentence(text[a:b])]
    first_long, last_long = (longs[0], longs[-1]) if longs else (len(lines), max(told, default=len(lines)))
    headline = related = False
    previous = ""
    for i, (start, end) in enumerate(lines):
        kind = _kind(folds[i], words)
        if kind == "body" and not headline and i <= first_long and end - start <= _HEADLINE:
            kind, headline = "headline", True
        elif kind == "body" and i < first_long and previous == "headline" and end - start <= _HEADLINE:
            kind = "subheading"
        elif kind == "body" and i < first_long and not _sentence(text[start:end]):
            kind = "caption" if i + 1 < len(lines) and _repeated(text, lines, i) else "subheading"
        elif kind == "body" and i < first_long and _repeated(text, lines, i):
            kind = "caption"
        elif kind == "related":
            related = i > last_long
        if related and kind in ("body", "subheading", "caption"):
            kind = "related"
        zones += _dateline(text, folds[i], start, end, kind, words.dateline)
        previous = kind
    return tuple(zones)


def _starts(folded: str, words: tuple[str, ...]) -> bool:
    return folded.startswith(words) and any(folded.startswith(w) and not _longer(folded, w) for w in words)


def _longer(folded: str, word: str) -> bool:
    """The line begins with a longer word of an alphabet: "bypass" for "by"."""
    return word[-1:].isalpha() and word[-1:] < "\u0250" and folded[len(word):len(word) + 1].isalpha() and folded[len(word)] < "\u0250"


def _sentence(text: str) -> bool:
    return text.rstrip()[-1:] in ".!?。！？؟" and _length(text) > 60


def _length(text: str) -> int:
    """The length as of a text in an alphabet: a sign of the scripts of East Asia stands for two letters."""
    return len(text) + (0 if text.isascii() else sum(map(len, _WIDE_RUN.findall(text))))


def _repeated(text: str, lines: Sequence[tuple[int, int]], i: int) -> bool:
    """Captions come twice: as the text of the picture and beneath it."""
    body = text[lines[i][0]:lines[i][1]]
    return any(text[a:b] == body for j, (a, b) in enumerate(lines) if j != i and abs(i - j) <= 3)


def _kind(folded: str, words: ZoneWords) -> str:
    bare = folded.strip(" :.-|»>*#")
    if bare in words.related:
        return "related"
    if bare in words.boilerplate or bare.isdigit() or not any(c.isalpha() for c in bare):
        return "boilerplate"
    if len(folded) < 200 and (_starts(folded, words.byline) or _starts(folded, words.agency)):
        return "byline"
    if len(folded) < 400 and _starts(folded, words.caption):
        return "caption"
    if len(folded) < 200 and _starts(folded, words.starts):
        return "boilerplate"
    if _is_date_line(folded):
        return "byline"
    return "body"


def _is_date_line(folded: str) -> bool:
    """A short line with a clock time or little beside a date: when the page was put out."""
    if len(folded) >= 60:
        return False
    digits = sum(c.isdigit() for c in folded)
    told = folded.rstrip()[-1:] in _ENDS or sum(c.isalpha() and c > _WIDE for c in folded) > _WIDE_LETTERS
    return not told and bool(re.search(r"(?:19|20)\d\d", folded)) and digits >= 5 and len(folded.split()) <= 8


_HEAD = re.compile(r"[^.,;:!?。\n]{4,48}")
_DATELINE = re.compile(
    r"(?P<head>[^\n]{2,110}?)\s*(?:--|—|–|\s-)\s+"
)


def _dateline(text: str, folded: str, start: int, end: int, kind: str, words: tuple[str, ...]) -> list[Zone]:
    """Split ``CITY (AGENCY) - `` off the front of a paragraph, or what the packs say a dateline ends in."""
    if kind not in ("body", "headline", "subheading"):
        return [Zone(kind, start, end)]
    found = _HEAD.match(folded)
    head = found[0] if found is not None else ""
    ends = [head.find(word) + len(word) for word in words if head and word in head]
    if ends:
        cut = start + max(ends)
        while cut < end and (text[cut].isspace() or text[cut] in _CLOSERS):
            cut += 1
        if cut < end:
            return [Zone("dateline", start, cut), Zone(kind, cut, end)]
    if kind != "body":
        return [Zone(kind, start, end)]
    found = _DATELINE.match(text, start, min(end, start + 130))
    if found is None:
        found = _CITY_DATE.match(text, start, min(end, start + 130))
    if found is not None and not text[found.end():found.end() + 1].islower() and _is_dateline(text[start:found.end()]):
        line = Zone("dateline", start, min(found.end(), end))
        return [line, Zone("body", found.end(), end)] if found.end() < end else [line]
    return [Zone(kind, start, end)]


_CITY_DATE = re.compile(r"[A-Z]{3,}[A-Z ,./]*\.\s+[A-Z][a-z]+ \d{1,2}\.\s+[^\n]{2,20}?\s+[–—-]\s+")


def _is_dateline(head: str) -> bool:
    """Capitals and names only: a place, an agency, a date; no verb would survive this test."""
    tokens = re.findall(r"[^\W\d_]+", head)
    if not tokens or len(tokens) > 12:
        return False
    capital = sum(t[0].isupper() for t in tokens)
    shouted = any(t.isupper() and len(t) > 2 for t in tokens)
    bracket = "(" in head and ")" in head
    return capital >= len(tokens) - 1 and (shouted or bracket or len(tokens) <= 2)


def find_agency(text: str, zones: Sequence[Zone], words: ZoneWords) -> str:
    """The wire service named in an agency line ("source: AP"), or empty."""
    for zone in zones:
        body = text[zone.start:zone.end]
        if zone.kind == "byline" and _starts(fold(body), words.agency):
            name = body.partition(":")[2].strip()
            if name and len(name) < 60:
                return name
    return ""
