"""Evidence in its context: the sentence around the quoted words, the words marked, neighbouring spans joined.

Offsets are code points of ``Document.text``; joined parts give back the text between an excerpt's ends character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from checker.model.document import Document, Evidence
from checker.model.excerpt import Excerpt, Part
from checker.model.extraction import Zone
from checker.report.text import direction

__all__ = ["excerpts"]

_MOST = 360
"""Most characters of context on each side of the quoted words; longer sentences are cut at a blank and marked as cut."""

# A sentence ends at a full stop of any script that is followed by white space or a closing quote, or at a line break.
_END = re.compile(r"(?:[.!?\u061f\u06d4\u0964\u2026]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*|\n)")
_CLOSE = 40
"""Excerpts with at most this many characters between them are shown as one."""


def _sentence_start(text: str, start: int) -> tuple[int, bool]:
    low = max(0, start - _MOST)
    ends = [m.end() for m in _END.finditer(text, low, start)]
    if ends:
        return _skip(text, ends[-1], start), False
    if low == 0:
        return _skip(text, 0, start), False
    blank = text.find(" ", low, start)
    return (blank + 1 if blank >= 0 else low), True


def _skip(text: str, start: int, limit: int) -> int:
    while start < limit and text[start].isspace():
        start += 1
    return start


def _sentence_end(text: str, start: int, end: int) -> tuple[int, bool]:
    if any(m and m.end() == end for m in (_END.match(text, k) for k in range(max(start, end - 4), end))):
        return end, False
    high = min(len(text), end + _MOST)
    found = _END.search(text, max(start, end - 1), high)
    if found and found.end() >= end:
        stop = found.end()
    elif high == len(text):
        stop = high
    else:
        blank = text.rfind(" ", end, high)
        return (blank if blank > end else high), True
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return stop, False


def _parts(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> tuple[Part, ...]:
    """Cut ``text[start:end]`` where marks change; the narrower mark (a fact) wins over the wider one (the event)."""
    edges = sorted({start, end, *(min(max(p, start), end) for a, b, _ in spans for p in (a, b))})
    parts: list[Part] = []
    for a, b in pairwise(edges):
        over = {mark for first, last, mark in spans if first <= a and b <= last}
        mark = "fact" if "fact" in over else "event" if over else ""
        if parts and parts[-1].mark == mark:
            parts[-1] = Part(parts[-1].text + text[a:b], mark)
        else:
            parts.append(Part(text[a:b], mark))
    return tuple(parts)


def _zone(zones: Iterable[Zone], start: int, fallback: str) -> str:
    return next((z.kind for z in zones if z.start <= start < z.end), fallback)


def excerpts(document: Document, evidence: Iterable[Evidence], zones: tuple[Zone, ...] = ()) -> tuple[Excerpt, ...]:
    """The excerpts of ``document`` that show all ``evidence``, in the order of the text.

    Evidence whose span does not hold its words (a document that was not kept) is shown as the bare quotation.
    """
    text = document.text
    spans: list[tuple[int, int, str]] = []
    bare: list[Excerpt] = []
    windows: list[tuple[int, int, bool, bool, str]] = []
    for e in sorted(set(evidence), key=lambda e: (e.start, e.end, e.fact)):
        mark = "event" if e.fact in ("event", "claim") else "fact"
        if text[e.start:e.end] != e.text:
            bare.append(Excerpt((Part(e.text, mark),), direction(e.text), "", True, True))
            continue
        start, cut_before = _sentence_start(text, e.start)
        end, cut_after = _sentence_end(text, e.start, e.end)
        spans.append((e.start, e.end, mark))
        windows.append((start, end, cut_before, cut_after, _zone(zones, e.start, e.zone)))
    joined: list[tuple[int, int, bool, bool, str]] = []
    for window in sorted(windows):
        last = joined[-1] if joined else None
        if last and window[0] <= last[1] + _CLOSE and "\n" not in text[last[1]:window[0]]:
            wider = window if window[1] > last[1] else last
            joined[-1] = (last[0], wider[1], last[2], wider[3], last[4])
        else:
            joined.append(window)
    shown = [Excerpt(_parts(text, a, b, [s for s in spans if s[0] < b and s[1] > a]), direction(text[a:b]), "" if zone == "body" else zone,
                     before, after)
             for a, b, before, after, zone in joined]
    return tuple(shown + list(dict.fromkeys(bare)))
