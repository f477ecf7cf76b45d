"""Coverage of many rules, in several processes where that pays."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from checker.judge.judge import Judge
from checker.model.coverage import RuleCoverage
from checker.model.rule import Rule
from checker.proof.coverage import COVERED_STATUSES, cover

__all__ = ["cover_many", "covered_rules"]

_MANY = 40
"""From so many rules on, other processes are worth their start."""

_worker: Judge | None = None


def covered_rules(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules whose coverage means something: not the retired ones."""
    return tuple(rule for rule in rules if rule.status in COVERED_STATUSES)


def cover_many(judge: Judge, rules: Sequence[Rule], folders: Sequence[Path], jobs: int = 0) -> Iterator[RuleCoverage]:
    """The coverage of each rule, in their order. ``folders``: where the judge's rules were read; every process reads them again.
    ``jobs``: processes; 0 chooses: one for few rules, else one for each processor."""
    count = jobs or (min(os.cpu_count() or 1, 8) if len(rules) >= _MANY else 1)
    if count == 1 or len(rules) < 2:
        for rule in rules:
            yield cover(judge, rule)
        return
    with ProcessPoolExecutor(min(count, len(rules)), initializer=_open, initargs=(tuple(folders),)) as pool:
        yield from pool.map(_cover, [rule.id for rule in rules], chunksize=max(1, min(8, len(rules) // (4 * count))))


def _open(folders: tuple[Path, ...]) -> None:
    global _worker
    from checker.rulebase.loader import require_rulebase

    _worker = Judge(require_rulebase(folders), use_index=False)


def _cover(rule_id: str) -> RuleCoverage:
    if _worker is None:
        raise RuntimeError("the process was not opened")
    return cover(_worker, _worker.rulebase.get(rule_id))
