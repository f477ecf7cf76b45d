"""``sanctions rules list`` and ``show``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import load_rules, rules_option

if TYPE_CHECKING:
    from checker.model.rule import Rule

__all__ = ["list_", "show"]


@click.command("list")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write a JSON list to stdout.")
def list_(rules: tuple[Path, ...], as_json: bool) -> int:
    """List all rules, by regime."""
    base = load_rules(rules)
    ordered = sorted(base.rules, key=lambda rule: (rule.regime, rule.id))
    if as_json:
        from checker.cli.output import write_json

        write_json([_row(rule) for rule in ordered])
        return 0
    from checker.cli.output import console

    out = console()
    wide = max((len(rule.id) for rule in ordered), default=0)
    for regime in dict.fromkeys(rule.regime for rule in ordered):
        out.print(regime, style="bold")
        for rule in ordered:
            if rule.regime == regime:
                out.print(f"  {rule.id:<{wide}}  {rule.title}" + (f" ({rule.status})" if rule.status != "active" else ""))
    out.print(f"{len(ordered)} rules. Law known as of {base.law_known_as_of}.")
    return 0


def _row(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.id, "title": rule.title, "summary": rule.summary, "kind": rule.kind, "regime": rule.regime,
            "severity": rule.severity, "status": rule.status, "path": rule.path, "digest": rule.digest, "examples": len(rule.examples),
            "in_force": [{"from": _iso(p.first), "until": _iso(p.last), "known_until": _iso(p.known_until), "force": p.force,
                          "authority": list(p.authority), "says": p.says, "link": p.link} for p in rule.periods]}


def _iso(day: int | None) -> str | None:
    return dt.date.fromordinal(day).isoformat() if day else None


@click.command()
@click.argument("rule_id", metavar="ID")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object to stdout.")
def show(rule_id: str, rules: tuple[Path, ...], as_json: bool) -> int:
    """Show one rule: what it flags, the law by date, exemptions, examples."""
    from checker.cli.output import console, write_json

    rule = load_rules(rules).get(rule_id)
    if as_json:
        write_json(_row(rule))
        return 0
    out = console()
    out.print(f"{rule.id}: {rule.title}", style="bold")
    out.print(f"{rule.summary}\n{rule.kind}, regime {rule.regime}, severity {rule.severity}, {rule.status}\n{rule.path}")
    out.print("\nin force", style="bold")
    for period in rule.periods:
        until = _iso(period.last) or "now"
        horizon = f", renewal known until {_iso(period.known_until)}" if period.known_until else ""
        out.print(f"  {_iso(period.first)} to {until}{horizon}: {period.says}")
        out.print(f"    {'; '.join(period.authority)} ({period.force})  {period.link}")
    for contest in rule.contested:
        for position in contest.positions:
            out.print(f"  contested from {_iso(contest.first)}: {position.view} ({', '.join(position.holders)}; {position.basis})")
    if rule.exemptions:
        out.print("\nunless", style="bold")
        for exemption in rule.exemptions:
            out.print(f"  {exemption.name}: {exemption.says}\n    {'; '.join(exemption.authority)}")
    if rule.not_encoded:
        out.print("\nnot encoded", style="bold")
        for missing in rule.not_encoded:
            out.print(f"  {missing.text}: {missing.why}")
    out.print("\nexamples", style="bold")
    for example in rule.examples:
        out.print(f"  {example.expect.label}: {example.name}")
    return 0
