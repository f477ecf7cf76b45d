"""Checks of the file as a whole: its name, its size, and the line for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checker.extract.packlint.check import Hit, checks
from checker.extract.packlint.file import PackFile
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ScalarNode
from checker.strictyaml.source import Span

__all__ = ["CHECKS", "MODELINE"]

MODELINE = "# yaml-language-server: $schema={}"
_FOUND = re.compile(r"#\s*(?:yaml-language-server:\s*)?\$schema[:=]\s*(\S+)\s*$")
_LARGE = 100_000


@checks("L151", "pack-large", "info", f"A pack of more than {_LARGE // 1000} kB: it is read at each start.")
def pack_large(file: PackFile) -> Iterator[Hit]:
    size = len(file.source.text.encode())
    if size > _LARGE:
        yield Hit(None, f"the pack has {size // 1000} kB", "write endings in braces or as a declension; drop names the locale data gives")


@checks("L152", "modeline", "warning", "The line that tells editors the schema of packs is missing, or leads nowhere.")
def modeline(file: PackFile) -> Iterator[Hit]:
    first = file.source.line(1)
    found = _FOUND.match(first)
    if found and "://" not in found[1] and not (Path(file.path).parent / found[1]).is_file():
        mend = MODELINE.format(file.schema) if file.schema else "mend the path, or delete the line"
        yield Hit(Span(1, found.start(1) + 1, len(found[1])), f"there is no schema at {found[1]}", mend)
    elif not found and file.schema:
        yield Hit(Span(1, 1, max(1, len(first))), "editors are not told the schema of this file",
                  f"begin the file with `{MODELINE.format(file.schema)}`")


@checks("L153", "file-name", "warning", "A pack in a file that is not named for its language.")
def file_name(file: PackFile) -> Iterator[Hit]:
    node = file.root.get("language")
    stem = Path(file.path).stem
    if isinstance(node, ScalarNode) and str(node.value) != stem:
        yield Hit(node, f"the language is {shown(node.text)}, the file is named {shown(stem)}", f"name the file {node.text}.yaml")


CHECKS = (pack_large, modeline, file_name)
