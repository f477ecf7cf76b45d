"""``sanctions rules timeline``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_rules, read_day, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.dates import DateRange
    from checker.report.timeline import Timeline

__all__ = ["timeline"]

_WIDEST = 120


@click.command()
@click.argument("rule_id", metavar="ID")
@rules_option
@click.option("--on", "on", callback=read_day, metavar="DATE", help="Mark this day; the drawing ends there if it knows nothing later.")
@click.option("--svg", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
              help="Write a drawing (SVG) to this file instead; - for stdout.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/timeline/1) to stdout.")
def timeline(rule_id: str, rules: tuple[Path, ...], on: DateRange | None, svg: Path | None, as_json: bool) -> int:
    """Draw the life of a rule: periods of the law, disputes, exemptions, due days, and what changed when."""
    from checker.report.timeline import timeline as life_of

    base = load_rules(rules)
    if any(shared.id == rule_id for shared in base.exemptions):
        raise UsageError(f"{rule_id} is an exemption that rules share, and has no law of its own: draw a rule that uses it "
                         f"('sanctions rules show {rule_id}' names them)")
    life = life_of(base.get(rule_id), base.vocabulary, on.first if on else None)
    if as_json:
        from checker.cli.output import write_json

        write_json(life.to_wire())
    elif svg:
        from checker.report.catalogue import render_svg

        text = render_svg(life)
        if str(svg) == "-":
            sys.stdout.write(text)
        else:
            try:
                svg.write_text(text, encoding="utf-8", newline="\n")
            except OSError as err:
                raise UsageError(f"the drawing cannot be written to {svg}: {err.strerror}") from err
            click.echo(f"{svg} written.", err=True)
    else:
        _draw(life)
    return 0


def _draw(life: Timeline) -> None:
    """To a terminal in its width; elsewhere in a fixed one. Where the output cannot carry block characters, with plain ones."""
    from checker.cli.output import console, inert
    from checker.report.timeline_text import draw

    out = console()
    width = min(out.width, _WIDEST) if out.is_terminal else 100
    plain = "utf" not in (out.encoding or "").lower()
    out.print(inert(life.title), style="bold")
    out.print("\n" + inert(draw(life, width, plain=plain)).rstrip("\n"))
