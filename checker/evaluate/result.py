"""Two methods beside each other as one JSON document, schema ``sanctions-checker/evaluation/1``: what every page and table shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from checker.evaluate.bootstrap import Interval, differences, intervals
from checker.evaluate.cases import CASE_KINDS
from checker.evaluate.evaluate import Evaluation
from checker.evaluate.labels import LabelledArticle
from checker.evaluate.scores import Tally, rounded
from checker.evaluate.settings import Settings

__all__ = ["EVALUATION_SCHEMA", "result"]

EVALUATION_SCHEMA = "sanctions-checker/evaluation/1"
_COMPARED = tuple(f"{part}.{measure}" for part in ("roles", "events", "verdicts") for measure in ("precision", "recall", "f1"))
_BY_LANGUAGE = ("articles", "events", "verdicts", "alarms")
_BY_REGIME = ("articles", "verdicts")


def result(articles: Sequence[LabelledArticle], ours: Evaluation, naive: Evaluation, settings: Settings) -> dict[str, Any]:
    """All scores with their intervals, the tiers against what they promise, and every mistake of the checker."""
    draws = settings.bootstrap
    mine, other = (_method(one, settings) for one in (ours, naive))
    a, b = ours.scores.total.measures, naive.scores.total.measures
    spread = differences([t for _, t, _ in ours.scores.rows], [t for _, t, _ in naive.scores.rows], _COMPARED, draws)
    kinds: Counter[str] = Counter(case.kind for one in ours.articles for case in one.cases)
    return {
        "schema": EVALUATION_SCHEMA,
        "bootstrap": {"resamples": draws.resamples, "percent": draws.percent, "seed": draws.seed},
        "checker": mine,
        "naive": other,
        "difference": {name: {"value": _minus(a[name], b[name]), "interval": _pair(spread.get(name))} for name in _COMPARED},
        "tiers": _tiers(ours.scores.total, mine["intervals"], settings.promises),
        "mistakes": {kind: kinds[kind] for kind in CASE_KINDS},
        "articles": [{"id": article.id, "lang": article.lang, "published": article.published, "outlet": article.outlet, "url": article.url}
                     | one.tally.to_wire() | {"regimes": {name: counts.to_wire() for name, counts in one.regimes.items()},
                                              "cases": [case.to_wire() for case in one.cases]}
                     for article, one in zip(articles, ours.articles, strict=True)],
    }


def _method(one: Evaluation, settings: Settings) -> dict[str, Any]:
    def group(tallies: Sequence[Tally], parts: Sequence[str]) -> dict[str, Any]:
        found = intervals(tallies, settings.bootstrap)
        wire = Tally.sum(tallies).to_wire()
        return {name: wire[name] for name in parts} | {"intervals": {name: _pair(pair) for name, pair in found.items()
                                                                     if name.partition(".")[0] in parts}}

    scores = one.scores
    spread = intervals([tally for _, tally, _ in scores.rows], settings.bootstrap)
    return {"total": scores.total.to_wire(), "intervals": {name: _pair(pair) for name, pair in spread.items()},
            "by_language": {name: group(tallies, _BY_LANGUAGE) for name, tallies in scores.languages.items()},
            "by_regime": {name: group(tallies, _BY_REGIME) for name, tallies in scores.regimes.items()}}


def _tiers(total: Tally, spread: Mapping[str, Any], promises: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each tier: precision in it, recall down to it, and whether it keeps its promise."""
    rows = []
    for name, share, reach in (("strong", total.strong, "from_strong.share"), ("fair", total.fair, "from_fair.share"),
                               ("weak", total.weak, "events.recall")):
        promise = promises.get(name)
        rows.append({"tier": name, "right": share.part, "found": share.whole, "precision": rounded(share.share),
                     "interval": spread.get(f"{name}.share"), "recall_down_to": rounded(total.measures[reach]),
                     "recall_interval": spread.get(reach), "promise": promise,
                     "kept": None if promise is None or share.share is None else share.share >= promise})
    return rows


def _pair(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [rounded(bound) for bound in interval]


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else rounded(a - b)
