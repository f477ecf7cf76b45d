"""``sanctions rules law-coverage``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import load_instruments, load_rules, rules_option

if TYPE_CHECKING:
    from checker.model.instrument import Instrument, OperativeParagraph
    from checker.rulebase.instruments import Instruments
    from checker.strictyaml.problem import Problem

__all__ = ["law_coverage"]

_STATES = ("encoded", "in part", "open", "not encodable")


@click.command("law-coverage")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/law-coverage/1) to stdout.")
def law_coverage(rules: tuple[Path, ...], as_json: bool) -> int:
    """Show how much of each resolution the rules encode, and every paragraph that is open."""
    from checker.cli.output import write_json, write_problems
    from checker.rulebase.citations import check_citations

    instruments = load_instruments()
    problems = check_citations(instruments, load_rules(rules))
    write_problems(problems)
    if as_json:
        write_json(_wire(instruments, problems))
    else:
        _show(instruments.all)
    return 1 if any(p.severity == "error" for p in problems) else 0


def _counts(paragraphs: Sequence[OperativeParagraph]) -> dict[str, int]:
    return {state: sum(p.state == state for p in paragraphs) for state in _STATES}


def _wire(instruments: Instruments, problems: Sequence[Problem]) -> dict[str, Any]:
    whole = [p for i in instruments.all for p in i.paragraphs]
    return {"schema": "sanctions-checker/law-coverage/1", "total": len(whole), "counts": _counts(whole),
            "instruments": [{"instrument": i.id, "name": i.name, "title": i.title, "regimes": list(i.regimes), "total": len(i.paragraphs),
                             "counts": _counts(i.paragraphs), "paragraphs": [_paragraph(p) for p in i.paragraphs]}
                            for i in instruments.all],
            "problems": [p.to_wire() for p in problems]}


def _paragraph(paragraph: OperativeParagraph) -> dict[str, Any]:
    return {"paragraph": paragraph.key, "says": paragraph.says, "state": paragraph.state, "rules": list(paragraph.rules),
            "exempts": paragraph.exempts, "open": paragraph.open, "none": paragraph.none, "verified": paragraph.verified.whole}


def _show(instruments: Sequence[Instrument]) -> None:
    from rich.table import Table

    from checker.cli.output import console

    out = console()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("resolution", no_wrap=True)
    for state in (*_STATES, "in all"):
        table.add_column(state, justify="right", no_wrap=True)
    for instrument in instruments:
        counts = _counts(instrument.paragraphs)
        table.add_row(instrument.name, *(str(counts[state] or "-") for state in _STATES), str(len(instrument.paragraphs)))
    out.print(table)
    for instrument in instruments:
        left = [p for p in instrument.paragraphs if p.open]
        if left:
            out.print(f"\n{instrument.name}", style="bold")
            for paragraph in left:
                part = "in part; left: " if paragraph.rules else ""
                out.print(f"  {paragraph.key}: {paragraph.says} ({part}{paragraph.open})")
    whole = [p for i in instruments for p in i.paragraphs]
    counts = _counts(whole)
    out.print(f"\n{len(whole)} paragraphs: " + ", ".join(f"{counts[state]} {state}" for state in _STATES) + ".")
