"""``sanctions languages list``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.extractor_option import languages_option

if TYPE_CHECKING:
    from checker.extract.pack import Pack

__all__ = ["list_"]


@click.command("list")
@languages_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/languages-list/1) to stdout.")
def list_(languages: tuple[Path, ...], as_json: bool) -> int:
    """List the languages that can be read, and how well their packs are tested."""
    from checker.cli.languages.chosen import make_extractor
    from checker.cli.output import console, inert, write_json

    packs = make_extractor(languages).packs
    rows = [_row(packs[lang], _path(lang, languages)) for lang in sorted(packs)]
    if as_json:
        write_json({"schema": "sanctions-checker/languages-list/1", "languages": rows})
        return 0
    out = console()
    wide = max((len(row["title"]) for row in rows), default=0)
    out.print(f"{'':<5} {'':<{wide}} {'sentences':>10} {'words':>8} {'kB':>6}  status", style="bold")
    for row in rows:
        reads = f"  reads {', '.join(row['relatives'])}, too" if row["relatives"] else ""
        out.print(inert(f"{row['language']:<5} {row['title']:<{wide}} {row['sentences']:>10} {row['words']:>8,} {row['bytes'] // 1000:>6}  "
                        f"{row['status']}{reads}"))
    out.print(f"{len(rows)} languages. What is experimental gives weak events only: 'sanctions languages test' shows what fails.")
    return 0


def _row(pack: Pack, path: Path) -> dict[str, Any]:
    plain: Mapping[str, Any] = pack.options
    return {"language": pack.lang, "title": pack.title, "status": "experimental" if pack.experimental else "tested",
            "sentences": len(pack.tests), "words": _words(pack), "bytes": path.stat().st_size, "path": str(path), "digest": pack.digest,
            "relatives": [str(code) for code in plain.get("relatives", [])],
            "options": {name: value for name, value in plain.items() if isinstance(value, str)}}


def _words(pack: Pack) -> int:
    """How many words the pack lists, each counted once however many spellings it has."""
    listed = sum(len(words) for table in pack.tables.values() for words in table.values() if isinstance(words, list))
    acting = sum(1 for frame in pack.frames.values() for _ in pack.spellings(frame))
    return listed + acting + len(pack.tables["relative_dates"]) + sum(len(people.words) for people in pack.people)


def _path(lang: str, folders: tuple[Path, ...]) -> Path:
    """The file of a pack: the last folder that has one counts."""
    from checker.cli.languages.chosen import ours
    from checker.extract.pack import load_pack, pack_files

    for folder in (*reversed(folders), ours()):
        named = folder / f"{lang}.yaml"
        for path in [named] if named.is_file() else pack_files(folder):
            pack, _ = load_pack(path) if path != named else (None, [])
            if path == named or (pack is not None and pack.lang == lang):
                return path
    return ours() / f"{lang}.yaml"
