"""``sanctions rules test``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import rules_option

if TYPE_CHECKING:
    from checker.model.rule import Rule
    from checker.rulebase.loader import RuleBase

__all__ = ["test"]


@click.command()
@click.argument("targets", nargs=-1, metavar="[PATH|ID]...")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-test/1) to stdout.")
def test(targets: tuple[str, ...], rules: tuple[Path, ...], as_json: bool) -> int:
    """Run the examples of the rules; exit code 1 when one comes out otherwise than its author expects."""
    from checker.cli.output import console, inert, write_json
    from checker.cli.rules.targets import find_targets
    from checker.judge.judge import Judge
    from checker.proof.examples import run_examples
    from checker.rulebase.loader import require_rulebase

    found = find_targets(targets, rules)
    judge = Judge(require_rulebase(found.folders), use_index=False)
    chosen = _chosen(judge.rulebase, found.only)
    drafts = sum(not example.confirmed for rule in chosen for example in rule.examples)
    results = list(run_examples(judge, chosen))
    failed = [result for result in results if not result.passed]
    if as_json:
        write_json({"schema": "sanctions-checker/rules-test/1", "rules": len(chosen), "examples": len(results),
                    "unconfirmed": drafts, "failed": [
            {"rule": r.rule.id, "example": r.example.name, "where": str(r.example.mark or ""),
             "differences": [{"part": d.part, "wanted": d.wanted, "got": d.got} for d in r.differences]} for r in failed]})
    else:
        out = console()
        for result in failed:
            out.print(inert(result.report()) + "\n")
        more = f" {drafts} more are not confirmed and were not run." if drafts else ""
        out.print(f"{len(chosen)} rules, {len(results)} examples, {len(failed)} failed.{more}")
    return 1 if failed else 0


def _chosen(base: RuleBase, only: Callable[[Path], bool] | None) -> list[Rule]:
    """The rules, and the shared exemptions, in the files that were named."""
    from checker.proof.reading import file_of

    return [rule for rule in base.tested if only is None or only(file_of(rule))]
