"""``sanctions rules list``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import load_rules, rules_option

if TYPE_CHECKING:
    from checker.model.rule import Rule

__all__ = ["list_", "rule_row"]


@click.command("list")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-list/1) to stdout.")
def list_(rules: tuple[Path, ...], as_json: bool) -> int:
    """List all rules, by regime."""
    base = load_rules(rules)
    ordered = sorted(base.rules, key=lambda rule: (rule.regime, rule.id))
    if as_json:
        from checker.cli.output import write_json

        write_json({"schema": "sanctions-checker/rules-list/1", "law_known_as_of": base.law_known_as_of,
                    "rules": [rule_row(rule) for rule in ordered]})
        return 0
    from checker.cli.output import console

    out = console()
    wide = max((len(rule.id) for rule in ordered), default=0)
    for regime in dict.fromkeys(rule.regime for rule in ordered):
        out.print(regime, style="bold")
        for rule in ordered:
            if rule.regime == regime:
                out.print(f"  {rule.id:<{wide}}  {rule.title}" + (f" ({rule.status})" if rule.status != "active" else ""))
    out.print(f"{len(ordered)} rule{'' if len(ordered) == 1 else 's'}. Law known as of {base.law_known_as_of}.")
    return 0


def rule_row(rule: Rule) -> dict[str, Any]:
    """A rule as JSON shows it."""
    return {"rule": rule.id, "title": rule.title, "summary": rule.summary, "kind": rule.kind, "regime": rule.regime,
            "severity": rule.severity, "status": rule.status, "path": rule.path, "digest": rule.digest, "examples": len(rule.examples),
            "in_force": [{"from": _iso(p.first), "until": _iso(p.last), "known_until": _iso(p.known_until), "force": p.force,
                          "authority": list(p.authority), "says": p.says, "link": p.link} for p in rule.periods]}


def _iso(day: int | None) -> str | None:
    return dt.date.fromordinal(day).isoformat() if day else None
