"""Quantities, money and figures before or after a goods word: "jutaan roket", "2,000 tonnes of", "152-mm", "US$46,75 juta"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.extract.tokens import Token
from checker.model.event import Amount

__all__ = ["amount_after", "amount_before", "figure_near", "money_in", "number_of", "reckon"]

_MULTIPLIERS = frozenset({10, 12, 20, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10**12})
_GROUPED = re.compile(r"\d{1,3}(?:[., ]\d{3})+")


def number_of(text: str) -> float | None:
    """The value of a written number; three digits after a separator are a group of thousands."""
    if _GROUPED.fullmatch(text):
        return float(re.sub(r"[., ]", "", text))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def amount_before(tokens: Sequence[Token], at: int, floor: int) -> tuple[Amount, int, int] | None:
    """The amount that counts the goods at ``at``: number, multiplier, unit, "of". Returns it with its first and last token."""
    j, unit, about, over, more = at - 1, "", False, False, False
    first = last = -1
    figures: list[tuple[str, float]] = []  # numbers and multipliers, last one first
    steps = 0
    while j > floor and steps < 9:
        token = tokens[j]
        steps += 1
        if token.has("numeral"):
            kind, _, figure = token.values("numeral")[0].rpartition(":")
            figures.append(("times", float(figure)))
            about, over = about or kind == "about", over or kind == "over"
            first, last = j, last if last >= 0 else j
        elif token.is_number and (not figures or figures[-1][0] == "times"):
            following = tokens[j + 1].low if j + 1 < len(tokens) else ""
            preceding = tokens[j - 1].low if j else ""
            value = number_of(token.low)
            named = _figure_unit(tokens, j) or _in_name(tokens, j)
            if value is None or named or following in ("%", "persen", "percent") or preceding in ("$", "€", "£"):
                if figures:
                    break
                j -= 1
                continue
            figures.append(("number", value))
            first, last = j, last if last >= 0 else j
        elif token.has("unit") and not unit and first < 0:
            unit = token.values("unit")[0]
        elif token.has("gram", "over_after"):
            more = True
        elif (figures and figures[-1][0] == "number") or (first >= 0 and not _hedge(token)) or not _filler(token):
            break
        j -= 1
    if first < 0 or unit in ("usd", "mm", "km"):
        return None
    hedges = tokens[max(0, floor + 1, first - 4):first]
    if any(kind == "number" for kind, _ in figures):
        about = over = False  # "5 thousands" is a number, "thousands" is none
    over = over or more or any(t.has("gram", "at_least") for t in hedges)
    about = not over and (about or any(t.has("gram", "about") for t in hedges))
    return Amount(reckon([figure for _, figure in reversed(figures)]), unit or "piece", about, over), first, last


def amount_after(tokens: Sequence[Token], at: int) -> tuple[Amount, int, int] | None:
    """The amount behind the goods at ``at``, as in Korean and Japanese: "shells 1,000,000 rounds". As ``amount_before``."""
    j = at + 1
    while j < min(len(tokens), at + 4) and not (tokens[j].is_number or tokens[j].has("numeral")):
        if not (tokens[j].has("particle") or _hedge(tokens[j])):
            return None
        j += 1
    first, about, over = j, False, any(t.has("gram", "at_least") for t in tokens[at + 1:j])
    figures: list[tuple[str, float]] = []
    while j < len(tokens) and (tokens[j].is_number or tokens[j].has("numeral")):
        if tokens[j].has("numeral"):
            kind, _, figure = tokens[j].values("numeral")[0].rpartition(":")
            figures.append(("times", float(figure)))
            about, over = about or kind == "about", over or kind == "over"
        else:
            value = number_of(tokens[j].low)
            if value is None:
                return None
            figures.append(("number", value))
        j += 1
    if not figures or j >= len(tokens) or not tokens[j].has("unit"):
        return None
    unit = tokens[j].values("unit")[0]
    over = over or any(t.has("gram", "at_least") for t in tokens[j + 1:j + 3])
    about = not over and (about or any(t.has("gram", "about") for t in tokens[at + 1:first]))
    return None if unit in ("usd", "mm", "km") else (Amount(reckon([figure for _, figure in figures]), unit, about, over), first, j)


def reckon(figures: Sequence[float]) -> float:
    """The value of numbers and multipliers in order: "13 thousand", "hundreds of thousands", "3 thousand 5 hundred", "2 0 2 4".

    A multiplier takes all smaller parts before it; digits in a row make one number.
    """
    parts: list[float] = []
    digits = 0  # how many digits in a row the last part holds
    for figure in figures:
        multiplies = figure >= 10 and parts and (parts[-1] < figure or digits)
        if multiplies and figure in _MULTIPLIERS:
            low = parts.pop()
            while parts and parts[-1] < figure:
                low += parts.pop()
            parts.append(low * figure)
        elif figure < 10 and digits:
            parts[-1] = parts[-1] * 10 + figure
            digits += 1
            continue
        else:
            parts.append(figure)
        digits = int(figure < 10)
    return sum(parts)


def _hedge(token: Token) -> bool:
    """Words that blur a number: "some" (an estimate), "more than" (a lower bound)."""
    return token.has("gram", "about") or token.has("gram", "at_least")


def _filler(token: Token) -> bool:
    """Words that may stand between a number and the goods it counts."""
    return (token.low == "-" or token.has("actor") or (token.is_word and not token.entries) or token.has("gram", "adj")
            or _hedge(token) or any(token.has("particle", kind) for kind in ("of", "made"))
            or any(token.has("marker", kind) for kind in ("of", "with", "made")))


def _in_name(tokens: Sequence[Token], j: int) -> bool:
    """A number written together with Latin letters before it is part of a name: "K2", "T-72"."""
    k = j - 2 if j > 1 and tokens[j - 1].low == "-" and tokens[j - 1].end == tokens[j].start else j - 1
    before = tokens[k] if k >= 0 else None
    return before is not None and before.end == tokens[k + 1].start and before.low[-1:].isascii() and before.low[-1:].isalpha()


def _figure_unit(tokens: Sequence[Token], j: int) -> bool:
    k = j + 1
    if k < len(tokens) and tokens[k].low == "-":
        k += 1
    return k < len(tokens) and any(v in ("mm", "km", "usd") for v in tokens[k].values("unit"))


def figure_near(tokens: Sequence[Token], at: int, unit: str, reach: int = 6) -> tuple[float, int, int] | None:
    """A figure such as a calibre (``mm``) or range (``km``) within a few tokens of the goods: value and its tokens."""
    for j in range(max(0, at - reach), min(len(tokens) - 1, at + reach)):
        k = j + 2 if tokens[j + 1].low == "-" else j + 1
        if tokens[j].is_number and k < len(tokens) and unit in tokens[k].values("unit"):
            value = number_of(tokens[j].low)
            if value is not None:
                return value, j, k
    return None


def money_in(tokens: Sequence[Token], lo: int, hi: int) -> tuple[float, int, int] | None:
    """The first sum in US dollars among tokens ``lo`` to ``hi``: value and its first and last token."""
    for j in range(max(0, lo), min(hi + 1, len(tokens))):
        if not tokens[j].is_number:
            continue
        value = number_of(tokens[j].low)
        k, scale = j + 1, 1.0
        while k < len(tokens) and tokens[k].has("numeral"):
            scale *= float(tokens[k].values("numeral")[0].rpartition(":")[2])
            k += 1
        if scale > 1 and k + 1 < len(tokens) and tokens[k].has("marker", "of"):
            k += 1  # "100 millions of dollars"
        sign = j > 0 and tokens[j - 1].has("unit", "usd")
        word = k < len(tokens) and tokens[k].has("unit", "usd")
        k -= not word and tokens[k - 1].has("marker", "of")
        if value is not None and (sign or word):
            return value * scale, j - 1 if sign else j, k if word else k - 1
    return None
