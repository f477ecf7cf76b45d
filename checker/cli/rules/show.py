"""``sanctions rules show``."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.setup import load_rules, rules_option

__all__ = ["show"]


@click.command()
@click.argument("rule_id", metavar="ID")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-show/1) to stdout.")
def show(rule_id: str, rules: tuple[Path, ...], as_json: bool) -> int:
    """Show one rule: what it flags, the law by date, exemptions, examples."""
    from checker.cli.output import console, write_json
    from checker.cli.rules.listing import rule_row
    from checker.report.rule_text import exemption_text, rule_text

    base = load_rules(rules)
    rule = base.get(rule_id)
    shared = next((exemption for exemption in base.exemptions if exemption.rule is rule), None)
    used_by = [other.id for other in base.rules if shared is not None and any(e.shared == shared.id for e in other.exemptions)]
    if as_json:
        row = rule_row(rule) if shared is None else {"exemption": rule.id, "title": rule.title, "summary": rule.summary, "path": rule.path,
                                                     "digest": rule.digest, "examples": len(rule.examples), "used_by": used_by}
        write_json({"schema": "sanctions-checker/rules-show/1", **row})
        return 0
    out = console()
    for line, heading in rule_text(rule, base.vocabulary) if shared is None else exemption_text(rule, used_by, base.vocabulary):
        out.print(line, style="bold" if heading else None)
    return 0
