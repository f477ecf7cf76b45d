"""One method, all articles: extract, judge, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checker.evaluate.labels import LabelledArticle
from checker.evaluate.match import Matcher
from checker.evaluate.scores import Scores, Tally
from checker.judge.judge import Judge
from checker.pipeline.check import Extractor, check
from checker.strictyaml.problem import Problem

__all__ = ["ArticleResult", "Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The tally of one article, for those who look where the errors are."""

    id: str
    lang: str
    tally: Tally

    def to_wire(self) -> dict[str, Any]:
        return {"id": self.id, "lang": self.lang} | self.tally.to_wire()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one method, article by article, and what went wrong meanwhile."""

    scores: Scores
    articles: tuple[ArticleResult, ...]
    problems: tuple[Problem, ...]


def evaluate(articles: Sequence[LabelledArticle], extractor: Extractor, judge: Judge, matcher: Matcher,
             progress: Callable[[str], None] | None = None) -> Evaluation:
    """Score an extractor, with the verdicts the judge gives on its events."""
    results: list[ArticleResult] = []
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
        results.append(ArticleResult(article.id, article.lang, matcher.tally(article, found)))
    return Evaluation(Scores.of((r.lang, r.tally) for r in results), tuple(results), tuple(problems))
