"""``sanctions evaluate``: scores on labelled articles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.extractor_option import Choice, extractor_options
from checker.cli.setup import load_judge, min_tier_option, nothing_read, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from checker.model.document import Document
    from checker.model.event import Tier

__all__ = ["evaluate"]

_COUNTED = (("named parties", "roles"), ("events (family, both parties)", "events"), ("verdicts (article, regime, event)", "verdicts"))
_SHARES = (("status of matched events", "status"), ("  stage", "stage"), ("  report", "report"), ("  claimant", "claimant"),
           ("  who denies", "denial"), ("false alarms", "alarms"))


@click.command()
@click.argument("paths", metavar="LABELS...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@rules_option
@min_tier_option
@extractor_options
@click.option("--html", "html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the scores, and every mistake in its text, as one HTML file.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/evaluation/1) to stdout.")
def evaluate(paths: tuple[Path, ...], rules: tuple[Path, ...], min_tier: Tier | None, extractor: Choice, html: Path | None,
             as_json: bool) -> int:
    """Score extraction and verdicts on labelled articles, beside a naive baseline.

    LABELS is JSON Lines of articles with gold labels. The baseline takes the nearest State left of a goods word as supplier and
    the nearest other State right of it as recipient, and is judged by the same rules.
    """
    from checker.cli.output import write_json, write_problems
    from checker.evaluate.claimants import Voices
    from checker.evaluate.evaluate import evaluate as run
    from checker.evaluate.labels import read_labels
    from checker.evaluate.match import Matcher
    from checker.evaluate.naive import NaiveExtractor
    from checker.evaluate.result import result
    from checker.evaluate.settings import load_settings
    from checker.extract.extractor import FrameExtractor
    from checker.pipeline.tiers import AtLeast

    read = [read_labels(path) for path in paths]
    articles, problems = [a for some, _ in read for a in some], [p for _, some in read for p in some]
    write_problems(problems)
    if not articles:
        raise nothing_read()
    judge = load_judge(rules)
    vocabulary = judge.rulebase.vocabulary
    settings = load_settings(vocabulary)
    packs = FrameExtractor(vocabulary, languages=extractor.languages).packs
    matcher = Matcher(vocabulary, settings, Voices(vocabulary, packs, settings.labels, settings.kinds))
    ours = run(articles, AtLeast(extractor.make(vocabulary), min_tier or "external"), judge, matcher)
    naive = run(articles, NaiveExtractor(vocabulary, packs, settings.naive), judge, matcher)
    write_problems(ours.problems)
    found = result(articles, ours, naive, settings) | {"files": [path.name for path in paths], "min_tier": min_tier or "",
                                                       "problems": [p.to_wire() for p in (*problems, *ours.problems)]}
    if html is not None:
        _write_page(html, found, [article.document for article in articles])
    if as_json:
        write_json(found)
    else:
        _show(found)
    return 0


def _write_page(path: Path, found: Mapping[str, Any], documents: list[Document]) -> None:
    """Write the page, and say on stderr where it is."""
    from checker.report.evaluation import render_evaluation

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_evaluation(found, documents), encoding="utf-8", newline="\n")
    except OSError as err:
        raise UsageError(f"the page cannot be written to {err.filename}: {err.strerror}") from err
    click.echo(f"page written: {path}", err=True)


def _show(found: Mapping[str, Any]) -> None:
    from checker.cli.output import console

    out = console()
    ours, naive = found["checker"], found["naive"]
    total, base = ours["total"], naive["total"]
    out.print(f"{total['articles']} articles, {total['alarms']['of']} of them with nothing to flag\n")
    out.print(f"{'':<34}{'checker':>22}{'interval':>14}{'naive baseline':>22}{'interval':>14}", style="bold")
    for title, name in _COUNTED:
        out.print(f"{title:<34}{_prf(total[name]):>22}{_within(ours, f'{name}.f1'):>14}"
                  f"{_prf(base[name]):>22}{_within(naive, f'{name}.f1'):>14}")
    for title, name in _SHARES:
        out.print(f"{title:<34}{_share(total[name]):>22}{_within(ours, f'{name}.share'):>14}"
                  f"{_share(base[name]):>22}{_within(naive, f'{name}.share'):>14}")
    draws = found["bootstrap"]
    out.print(f"\nprecision / recall / F1. Intervals are of F1 or the share: {draws['percent']:g} of 100 bootstrap samples of the articles "
              "lie there.")
    _show_tiers(out, found["tiers"])
    _show_groups(out, ours, naive)
    wrong = [f"{kind.replace('-', ' ')} {count}" for kind, count in found["mistakes"].items() if count]
    out.print(f"\nmistakes: {', '.join(wrong) or 'none'}")


def _show_tiers(out: Console, tiers: list[dict[str, Any]]) -> None:
    out.print(f"\n{'tier':<8}{'events':>8}{'right':>8}{'precision':>12}{'':>14}{'recall down to here':>22}{'':>14}", style="bold")
    for row in tiers:
        kept = "" if row["kept"] is None else f"  promises {row['promise']:.2f}: {'kept' if row['kept'] else 'NOT kept'}"
        out.print(f"{row['tier']:<8}{row['found']:>8}{row['right']:>8}{_number(row['precision']):>12}{_bounds(row['interval']):>14}"
                  f"{_number(row['recall_down_to']):>22}{_bounds(row['recall_interval']):>14}{kept}")


def _show_groups(out: Console, ours: Mapping[str, Any], naive: Mapping[str, Any]) -> None:
    """Per language and per regime."""
    out.print(f"\n{'language':<10}{'articles':>9}{'events':>22}{'naive':>22}{'verdicts':>22}{'naive':>22}{'alarms':>10}", style="bold")
    for lang, one in ours["by_language"].items():
        other, alarms = naive["by_language"][lang], f"{one['alarms']['part']} of {one['alarms']['of']}"
        out.print(f"{lang:<10}{one['articles']:>9}{_prf(one['events']):>22}{_prf(other['events']):>22}{_prf(one['verdicts']):>22}"
                  f"{_prf(other['verdicts']):>22}{alarms:>10}")
    out.print(f"\n{'regime':<20}{'articles':>9}{'verdicts':>22}{'interval':>14}{'naive':>22}", style="bold")
    none = {"articles": 0, "verdicts": {"precision": None, "recall": None, "f1": None}, "intervals": {}}
    for regime in sorted({*ours["by_regime"], *naive["by_regime"]}):
        one, other = ours["by_regime"].get(regime, none), naive["by_regime"].get(regime, none)
        out.print(f"{regime:<20}{one['articles']:>9}{_prf(one['verdicts']):>22}{_within(one, 'verdicts.f1'):>14}"
                  f"{_prf(other['verdicts']):>22}")


def _prf(counts: Mapping[str, Any]) -> str:
    return " / ".join(_number(counts[name]) for name in ("precision", "recall", "f1"))


def _number(value: float | None) -> str:
    return "  – " if value is None else f"{value:.2f}"


def _share(share: Mapping[str, Any]) -> str:
    return f"{share['part']} of {share['of']}" + ("" if share["share"] is None else f" ({share['share']:.2f})")


def _within(group: Mapping[str, Any], name: str) -> str:
    return _bounds(group["intervals"].get(name))


def _bounds(interval: list[float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"
