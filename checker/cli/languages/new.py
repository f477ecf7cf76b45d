"""``sanctions languages new``."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from checker.errors import UsageError

__all__ = ["new"]


@click.command()
@click.argument("lang", metavar="LANG")
@click.option("--from", "model", metavar="LANG", default="en", show_default=True,
              help="The pack whose options, patterns and frames are the model: that of the language most like the new one.")
@click.option("--languages", "folder", metavar="DIR", default="my-languages", show_default=True,
              type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; it is made where it does not exist.")
def new(lang: str, model: str, folder: Path) -> int:
    """Begin a pack for another language: every section, with its meaning and the words of a model.

    LANG is the code of the language: nl, vi, sw. What the locale data knows is filled in.
    """
    from checker.cli.languages.chosen import chosen, make_extractor, ours
    from checker.cli.output import inert
    from checker.extract.skeleton import skeleton
    from checker.vocabulary.vocabulary import default_vocabulary

    if not re.fullmatch(r"[a-z]{2,3}", lang):
        raise UsageError(f"{lang!r} is no code of a language: write two or three small letters, such as nl, vi, sw")
    path = folder / f"{lang}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already; nothing was written")
    packs = make_extractor(()).packs
    chosen(packs, [model])
    schema = _schema(folder)
    text = skeleton(lang, ours() / f"{model}.yaml", default_vocabulary(), schema)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(inert(f"written: {path}"))
    if lang in packs:
        click.echo(f"There is a pack for {packs[lang].title} already: this one will take its place where its folder is named.", err=True)
    click.echo(inert(f"\nNext: fill in words, then\n      sanctions languages lint {path}\n"
                     f"      sanctions languages explain {lang} \"a sentence\" --languages {folder}\n"
                     f"      sanctions languages test {lang} --languages {folder}"), err=True)
    return 0


def _schema(folder: Path) -> str:
    """The way from the folder to the schema of packs: in one of the folders above it, else where the program has it."""
    from checker.locator import rules_dir

    wanted = Path("schema") / "language.schema.json"
    for above in [folder.resolve(), *folder.resolve().parents]:
        if (above / wanted).is_file():
            return Path(os.path.relpath(above / wanted, folder.resolve())).as_posix()
    shipped = rules_dir() / wanted
    return shipped.resolve().as_uri() if shipped.is_file() else ""
