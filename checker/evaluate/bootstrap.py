"""Bootstrap intervals: how far scores would move, had other articles of the same kind been labelled.

Articles are drawn with replacement, whole, because the events of one article are right or wrong together. The seed is fixed: the same
tallies give the same intervals. Two methods with tallies of the same articles are drawn alike, so that their difference has an
interval too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from checker.evaluate.scores import Tally
from checker.evaluate.settings import Bootstrap

__all__ = ["Interval", "differences", "intervals"]

Interval = tuple[float, float]


def intervals(tallies: Sequence[Tally], settings: Bootstrap) -> dict[str, Interval]:
    """Of every measure that was defined in some draw, the percentile interval."""
    found: dict[str, list[float]] = {}
    for drawn in _draws(tallies, settings):
        for name, value in drawn.measures.items():
            if value is not None:
                found.setdefault(name, []).append(value)
    return {name: _middle(values, settings.percent) for name, values in found.items()}


def differences(ours: Sequence[Tally], others: Sequence[Tally], names: Sequence[str], settings: Bootstrap) -> dict[str, Interval]:
    """Of the named measures, the interval of ours minus the other's, both on the same draws of the same articles."""
    found: dict[str, list[float]] = {}
    for a, b in zip(_draws(ours, settings), _draws(others, settings), strict=True):
        left, right = a.measures, b.measures
        for name in names:
            one, other = left[name], right[name]
            if one is not None and other is not None:
                found.setdefault(name, []).append(one - other)
    return {name: _middle(values, settings.percent) for name, values in found.items()}


def _draws(tallies: Sequence[Tally], settings: Bootstrap) -> Iterator[Tally]:
    """As many sums of as many articles, drawn with replacement."""
    rows = [tally.numbers for tally in tallies]
    random = Random(settings.seed)  # noqa: S311, draws of statistics
    for _ in range(settings.resamples if rows else 0):
        yield Tally.of([sum(column) for column in zip(*random.choices(rows, k=len(rows)), strict=True)])


def _middle(values: list[float], percent: float) -> Interval:
    """The bounds between which ``percent`` of the values lie, by the nearest rank."""
    values.sort()
    cut = round(len(values) * (100 - percent) / 200)
    return values[min(cut, len(values) - 1)], values[max(len(values) - 1 - cut, 0)]
