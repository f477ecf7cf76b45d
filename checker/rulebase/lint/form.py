"""Checks of the outer form of a file: the line for editors, and the canonical form."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from checker.rulebase.edit import Edit
from checker.rulebase.fmt.format import format_parsed
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.strictyaml.source import Span

__all__ = ["CHECKS", "first_difference"]

_MODELINE = re.compile(r"#\s*(?:yaml-language-server:\s*)?\$schema[:=]\s*(\S+)\s*$")
_FORM = "# $schema: {}"
_FOLDERS_UP = 6


@on_file("R171", "modeline", "warning", "The line that tells editors the schema of the file is missing, or leads nowhere.", "text")
def modeline(file: LintFile, _base: Base) -> Iterator[Hit]:
    if not file.text.strip():
        return
    wanted = _schema_for(file)
    for number, line in enumerate(file.source.lines, 1):
        found = _MODELINE.match(line)
        if found:
            written = found[1]
            if "://" in written or (file.file.parent / written).is_file():
                return
            at = Span(number, found.start(1) + 1, len(written))
            edits = (Edit(file.path, number, at.column, at.width, wanted),) if wanted else ()
            mend = f"write {_FORM.format(wanted)}" if wanted else "mend the path, or delete the line"
            yield Hit(at, f"there is no schema at {written}", mend, edits, "path of the schema mended")
            return
        if line.strip() and not line.startswith("#"):
            break
    if wanted:
        line = _FORM.format(wanted)
        at = Span(1, 1, max(1, len(file.source.line(1))))
        yield Hit(at, "editors are not told the schema of this file", f"begin the file with `{line}`",
                  (Edit(file.path, 1, 1, 0, line + "\n"),), "line for editors added")


def _schema_for(file: LintFile) -> str:
    """The way from the file to the schema in a folder ``schema`` above it; empty where there is none."""
    name = "exemption.schema.json" if re.search(r"^exemption:", file.text, re.MULTILINE) else "rule.schema.json"
    folder = file.file.resolve().parent
    for above in [folder, *folder.parents][:_FOLDERS_UP]:
        if (above / "schema" / name).is_file():
            return Path(os.path.relpath(above / "schema" / name, folder)).as_posix()
    return ""


@on_file("R172", "not-canonical", "warning", "The file is not in the canonical form: order of lines, spelling of words, spacing, quotes.",
         "text")
def not_canonical(file: LintFile, base: Base) -> Iterator[Hit]:
    known = base.canonical
    if file.rule is None or (known and known.has(file.data)) or not file.parsed.ok:
        return  # what does not load is mended first
    done = format_parsed(file.parsed, file.text, base.vocabulary)
    if done.problems:
        return
    if done.text == file.text:
        if known:
            known.add(file.data)
        return
    line, column = first_difference(file.text, done.text)
    end = (len(file.source.lines), len(file.source.lines[-1]) + 1)
    width = max(1, len(file.source.line(line)) - column + 1)
    yield Hit(Span(line, column, width), "from here on the file is not in the canonical form", "run `sanctions rules fmt` on it",
              (Edit(file.path, 1, 1, 0, done.text.removeprefix("\ufeff"), end),), "put into the canonical form")


def first_difference(text: str, other: str) -> tuple[int, int]:
    """Line and column, from 1, at which two texts begin to differ."""
    same = next((number for number, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    before = text[:same]
    return before.count("\n") + 1, same - (before.rfind("\n") + 1) + 1


CHECKS = (modeline, not_canonical)
