"""Coverage of the shipped rules, rule by rule, against a naive one.

    python benchmarks/cover.py

The naive coverage makes the same mutants, and judges every one on every example with a full finding (sentence, explain tree, receipt)
and compares it with what the author expects. It looks neither for equivalent mutants nor for the missing example, so it does less and
is allowed to. ``cover`` is measured as ``rules cover`` uses it (drafts of missing examples included) and without drafts.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from itertools import pairwise

from checker.judge.judge import Judge
from checker.model.rule import Rule
from checker.proof.coverage import COVERED_STATUSES, cover
from checker.proof.examples import differences
from checker.proof.mutate import mutants
from checker.proof.reading import judge_of
from checker.proof.sites import sites
from checker.rulebase.loader import RuleBase, require_rulebase


def naive(rule: Rule, base: RuleBase) -> tuple[int, int]:
    """Mutants, and how many of them an example tells apart."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for line in judge_of(rule, base).lines(rule.id):
        numbers[line.section].append(line.number)
    killed = count = 0
    for mutant in mutants(rule, tuple(sites(rule, numbers)), base.vocabulary):
        judge = judge_of(mutant.rule, base)
        told = [list(differences(example.expect, judge.explain(example.event, rule.id))) for example in rule.examples if example.confirmed]
        killed += any(told)
        count += 1
    return count, killed


def main() -> None:
    """Print the figures of each rule and of all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rules", nargs="*", metavar="ID", help="default: all")
    asked = options.parse_args()
    base = require_rulebase()
    judge = Judge(base)
    chosen = [rule for rule in base.tested if rule.status in COVERED_STATUSES and (not asked.rules or rule.id in asked.rules)]
    cover(judge, chosen[0])  # what is read once (gates, words) is read before
    print(f"{'rule':28} {'examples':>8} {'mutants':>8} {'naive ms':>9} {'cover ms':>9} {'no drafts':>9} {'naive/cover':>11}")
    sums = [0.0, 0.0, 0.0]
    for rule in chosen:
        marks = [time.perf_counter()]
        count, killed = naive(rule, base)
        marks.append(time.perf_counter())
        cover(judge, rule)
        marks.append(time.perf_counter())
        cover(judge, rule, draft=False)
        marks.append(time.perf_counter())
        spent = [1000 * (after - before) for before, after in pairwise(marks)]
        sums = [total + one for total, one in zip(sums, spent, strict=True)]
        print(f"{rule.id:28} {len(rule.examples):8} {count:8} {spent[0]:9.1f} {spent[1]:9.1f} {spent[2]:9.1f} {spent[0] / spent[1]:10.1f}x"
              f"  {killed} killed")
    number = len(chosen)
    print(f"{'all':28} {'':8} {'':8} {sums[0]:9.1f} {sums[1]:9.1f} {sums[2]:9.1f} {sums[0] / sums[1]:10.1f}x"
          f"  a rule: naive {sums[0] / number:.1f} ms, cover {sums[1] / number:.1f} ms")


if __name__ == "__main__":
    main()
