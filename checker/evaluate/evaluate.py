"""One method, all articles: extract, judge, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.evaluate.labels import LabelledArticle
from checker.evaluate.match import Compared, Matcher
from checker.evaluate.scores import Scores
from checker.judge.judge import Judge
from checker.pipeline.check import Extractor, check
from checker.strictyaml.problem import Problem

__all__ = ["Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one method, every article compared (in the order of the articles), and what went wrong meanwhile."""

    scores: Scores
    articles: tuple[Compared, ...]
    problems: tuple[Problem, ...]


def evaluate(articles: Sequence[LabelledArticle], extractor: Extractor, judge: Judge, matcher: Matcher,
             progress: Callable[[str], None] | None = None) -> Evaluation:
    """Score an extractor, with the verdicts the judge gives on its events."""
    results: list[Compared] = []
    problems: list[Problem] = []
    for article in articles:
        run = check([article.document], judge, extractor, progress=progress)
        problems += run.problems
        flagged: dict[int, list[str]] = {}
        for finding in run.findings:
            if finding.flagged:
                regimes = [finding.regime, *(judge.rulebase.get(other.rule).regime for other in finding.also)]
                flagged.setdefault(id(finding.event), []).extend(regimes)
        found = [matcher.found(event, flagged.get(id(event), ())) for read in run.documents for event in read.events]
        results.append(matcher.compare(article, found))
    rows = tuple((article.lang, one.tally, one.regimes) for article, one in zip(articles, results, strict=True))
    return Evaluation(Scores(rows), tuple(results), tuple(problems))
