"""``sanctions languages test``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.extractor_option import languages_option

if TYPE_CHECKING:
    from checker.extract.extractor import FrameExtractor
    from checker.extract.pack import Pack
    from checker.extract.sentences import Outcome

__all__ = ["test"]


@click.command()
@click.argument("langs", nargs=-1, metavar="[LANG]...")
@languages_option
@click.option("--write", is_flag=True, help="Keep the result in tested.yaml beside the packs: what passed is no longer experimental.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/languages-test/1) to stdout.")
def test(langs: tuple[str, ...], languages: tuple[Path, ...], write: bool, as_json: bool) -> int:
    """Read the sentences that packs bring along; exit code 1 when one comes out otherwise than it should.

    A pack without a sentence passes nothing. With --languages and without LANG the packs of those folders are tested.
    """
    from checker.cli.languages.chosen import chosen, folder_packs, make_extractor
    from checker.cli.output import write_json
    from checker.extract.sentences import run_sentences

    extractor = make_extractor(languages)
    own = {digest for folder in languages for digest in folder_packs(folder)}
    packs = [pack for pack in chosen(extractor.packs, langs) if langs or not own or pack.digest in own]
    results: list[tuple[Pack, list[Outcome]]] = []
    with _progress(len(packs)) as tell:
        for pack in packs:
            tell(pack.title)
            results.append((pack, list(run_sentences(pack, extractor))))
    if write:
        _write(results, languages)
    if as_json:
        write_json({"schema": "sanctions-checker/languages-test/1", "languages": [_wire(pack, done, extractor) for pack, done in results]})
    else:
        _show(results, extractor)
    return 0 if all(done and all(one.passed for one in done) for _, done in results) else 1


def _write(results: Sequence[tuple[Pack, list[Outcome]]], folders: Sequence[Path]) -> None:
    """Keep the results, each beside its pack; what was not tested now stays as it was, unless its pack has changed."""
    from checker.cli.languages.chosen import ours
    from checker.extract.pack import load_packs
    from checker.extract.sentences import result_of
    from checker.extract.tested import TESTED, read_rows, render_tested

    left = {pack.lang: result_of(pack, done) for pack, done in results}
    for folder in (*reversed(folders), ours()):  # the last folder that has a language is the one whose pack was read
        packs = load_packs(folder)[0]
        rows = {row.lang: row for row in read_rows(folder) if row.lang in packs and packs[row.lang].digest == row.digest}
        new = {lang: left.pop(lang) for lang in packs if lang in left}
        if new:
            path = folder / TESTED
            path.write_text(render_tested((rows | new).values()), encoding="utf-8", newline="\n")
            click.echo(f"written: {path}", err=True)


def _wire(pack: Pack, done: list[Outcome], extractor: FrameExtractor) -> dict[str, Any]:
    from checker.extract.trace import trace

    failed = [one for one in done if not one.passed]
    return {"language": pack.lang, "digest": pack.digest, "sentences": len(done), "failed": [
        {"number": one.number, "kind": one.kind, "text": one.text, "wanted": list(one.wanted), "found": list(one.found),
         "missing_hints": list(one.missing), "read": trace(extractor, one.text, pack.lang)} for one in failed]}


def _show(results: Sequence[tuple[Pack, list[Outcome]]], extractor: FrameExtractor) -> None:
    from checker.cli.output import console, inert
    from checker.extract.trace import lines, trace

    out = console()
    for pack, done in results:
        for one in done:
            if one.passed:
                continue
            out.print(inert(f"{pack.lang} {one.number} ({one.kind}): {one.text}"), style="bold")
            wide = max([len("wanted"), *map(len, one.wanted)])
            out.print(f"    {'wanted':<{wide}}   found", style="dim")
            for wanted, found in _beside(one):
                out.print(inert(f"  {' ' if wanted == found else '✗'} {wanted:<{wide}}   {found}"))
            for hint in one.missing:
                out.print(inert(f"  ✗ no hint that it is {hint}"))
            for sentence in trace(extractor, one.text, pack.lang):
                for line in lines(sentence, words=False):
                    out.print(inert(f"    {line}"), style="dim")
            out.print(f"    more: sanctions languages explain {pack.lang} \"...\"\n", style="dim")
    for pack, done in results:
        failed = sum(not one.passed for one in done)
        told = f"{len(done)} sentences, {failed} failed" if done else "no sentences: nothing vouches for it"
        out.print(inert(f"{pack.lang}: {told}."))


def _beside(one: Outcome) -> Iterator[tuple[str, str]]:
    """Wanted and found events side by side: equal ones in one line, then what is left of both."""
    left, right = list(one.wanted), list(one.found)
    for event in one.wanted:
        if event in right:
            yield event, event
            left.remove(event)
            right.remove(event)
    yield from zip_longest(left, right, fillvalue="-")
    if not one.wanted and not one.found:
        yield "-", "-"


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A bar on standard error for several packs, on a terminal only."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda title: bar.update(task, advance=1, description=title)
