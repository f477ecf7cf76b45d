"""``sanctions rules test``."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.setup import load_judge, rules_option

__all__ = ["test"]


@click.command()
@click.argument("rule_ids", nargs=-1, metavar="[ID]...")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-test/1) to stdout.")
def test(rule_ids: tuple[str, ...], rules: tuple[Path, ...], as_json: bool) -> int:
    """Run the examples of the rules; exit code 1 when one comes out otherwise than its author expects."""
    from checker.cli.output import console, inert, write_json
    from checker.proof.examples import run_examples

    judge = load_judge(rules)
    chosen = [judge.rulebase.get(rule_id) for rule_id in rule_ids] or list(judge.rulebase.tested)
    results = list(run_examples(judge, chosen))
    failed = [result for result in results if not result.passed]
    if as_json:
        write_json({"schema": "sanctions-checker/rules-test/1", "rules": len(chosen), "examples": len(results), "failed": [
            {"rule": r.rule.id, "example": r.example.name, "where": str(r.example.mark or ""),
             "differences": [{"part": d.part, "wanted": d.wanted, "got": d.got} for d in r.differences]} for r in failed]})
    else:
        out = console()
        for result in failed:
            out.print(inert(result.report()) + "\n")
        out.print(f"{len(chosen)} rules, {len(results)} examples, {len(failed)} failed.")
    return 1 if failed else 0
