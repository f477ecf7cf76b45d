"""``sanctions evaluate``: scores on labelled articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_judge, nothing_read, rules_option

if TYPE_CHECKING:
    from checker.evaluate.evaluate import Evaluation
    from checker.evaluate.scores import Counts, Tally

__all__ = ["evaluate"]


@click.command()
@click.argument("path", metavar="LABELS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/evaluation/1) to stdout.")
def evaluate(path: Path, rules: tuple[Path, ...], as_json: bool) -> int:
    """Score extraction and verdicts on labelled articles, beside a naive baseline.

    LABELS is JSON Lines of articles with gold labels. The baseline takes the nearest State left of a goods word as supplier and
    the nearest other State right of it as recipient, and is judged by the same rules.
    """
    from checker.cli.output import write_json, write_problems
    from checker.evaluate.evaluate import evaluate as run
    from checker.evaluate.labels import read_labels
    from checker.evaluate.match import Matcher
    from checker.evaluate.naive import NaiveExtractor
    from checker.extract.extractor import FrameExtractor

    articles, problems = read_labels(path)
    write_problems(problems)
    if not articles:
        raise nothing_read()
    judge = load_judge(rules)
    vocabulary = judge.rulebase.vocabulary
    matcher = Matcher(vocabulary)
    extractor = FrameExtractor(vocabulary)
    ours = run(articles, extractor, judge, matcher)
    naive = run(articles, NaiveExtractor(vocabulary, extractor.packs), judge, matcher)
    write_problems(ours.problems)
    if as_json:
        write_json({"schema": "sanctions-checker/evaluation/1", "checker": ours.scores.to_wire(), "naive": naive.scores.to_wire(),
                    "articles": [r.to_wire() for r in ours.articles], "problems": [p.to_wire() for p in (*problems, *ours.problems)]})
    else:
        _show(ours, naive)
    return 0


def _show(ours: Evaluation, naive: Evaluation) -> None:
    from checker.cli.output import console

    out = console()
    total, base = ours.scores.total, naive.scores.total
    out.print(f"{total.articles} articles, {total.quiet} of them with nothing to flag\n")
    out.print(f"{'':<34}{'checker':>22}{'naive baseline':>22}", style="bold")
    rows = (("events (family, both parties)", total.events, base.events),
            ("verdicts (article, regime, event)", total.verdicts, base.verdicts))
    for name, a, b in rows:
        out.print(f"{name:<34}{_prf(a):>22}{_prf(b):>22}")
    right, base_right = _share(total.status_right, total.status_of), _share(base.status_right, base.status_of)
    out.print(f"{'status of matched events':<34}{right:>22}{base_right:>22}")
    out.print(f"{'false alarms':<34}{_share(total.alarms, total.quiet):>22}{_share(base.alarms, base.quiet):>22}")
    out.print("\nprecision / recall / F1. Per language:\n")
    out.print(f"{'':<6}{'articles':>9}{'events':>22}{'naive':>22}{'verdicts':>22}{'naive':>22}{'alarms':>10}", style="bold")
    for lang, tally in ours.scores.by_language.items():
        other: Tally = naive.scores.by_language[lang]
        out.print(f"{lang:<6}{tally.articles:>9}{_prf(tally.events):>22}{_prf(other.events):>22}{_prf(tally.verdicts):>22}"
                  f"{_prf(other.verdicts):>22}{f'{tally.alarms} of {tally.quiet}':>10}")


def _prf(counts: Counts) -> str:
    return " / ".join("  – " if value is None else f"{value:.2f}" for value in (counts.precision, counts.recall, counts.f1))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({part / whole:.2f})" if whole else "")
