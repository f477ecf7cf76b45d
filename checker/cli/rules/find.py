"""``sanctions rules find``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_rules, rules_option

if TYPE_CHECKING:
    from checker.proof.lookup import Hits

__all__ = ["find"]


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@rules_option
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="At most so many rules.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-find/1) to stdout.")
def find(words: tuple[str, ...], rules: tuple[Path, ...], limit: int, as_json: bool) -> int:
    """Find rules by words, paragraph, goods, State or party, and the words of the vocabulary.

    Typing mistakes are forgiven. 'bullets' finds every rule whose lines cover small-arms ammunition, '2397 para 8' what encodes that
    paragraph, 'Corea del Norte' what concerns North Korea.
    """
    from checker.proof.lookup import look_up

    found = look_up(load_rules(rules), " ".join(words), limit)
    if as_json:
        from checker.cli.output import write_json

        write_json(_wire(" ".join(words), found))
    else:
        _show(found)
    return 0


def _wire(query: str, found: Hits) -> dict[str, object]:
    return {"schema": "sanctions-checker/rules-find/1", "query": query,
            "rules": [{"rule": hit.rule.id, "title": hit.rule.title, "path": hit.rule.path, "score": round(hit.score, 3),
                       "place": hit.place, "text": hit.text} for hit in found.rules],
            "words": [{"word": hit.id, "kind": hit.kind, "title": hit.title, "says": hit.says, "near": round(hit.near, 3)}
                      for hit in found.words]}


def _show(found: Hits) -> None:
    from checker.cli.output import console, inert

    out = console()
    wide = max((len(hit.rule.id) for hit in found.rules), default=0)
    for hit in found.rules:
        out.print(inert(f"{hit.rule.id:<{wide}}  {hit.rule.title}"))
        out.print(inert(f"{'':<{wide}}  {hit.place}: {hit.text}"), style="dim")
    if not found.rules:
        out.print("No rule matches.")
    if found.words:
        out.print("\nWords of the vocabulary", style="bold")
        for word in found.words:
            says = f": {word.says}" if word.says and word.says != word.title else ""
            out.print(inert(f"  {word.id} ({word.kind})  {word.title}{says}"))
