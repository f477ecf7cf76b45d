"""One name field of the list to the names in it.

The field holds more than a name: several names between semicolons or after ``a)`` and ``b)``, acronyms, other scripts and notes in
brackets, surnames before a comma. Whatever is taken for a note is kept as the note of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.lists.entry import Kind, Name, Quality
from checker.lists.normal import NameWords

__all__ = ["split_names"]

_BLANKS = re.compile(r"\s+")
_QUOTES = "\"“”„«»'‘’` "
_ENUMERATED = re.compile(r"(?:^|(?<=\s))[a-z]\)\s")
_SEVERAL = re.compile(r"\s*[;；]\s*|\s+/\s+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{0,11}")
_LABEL = re.compile(r"^original script\s*:\s*", re.IGNORECASE)
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\ua6ff\uac00-\ud7ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_DEEPEST = 4


def split_names(field: str, quality: Quality, kind: Kind, words: NameWords, note: str = "", former: bool = False) -> list[Name]:
    """The names in a field, the plainest first; empty where there is none."""
    found: dict[tuple[str, Quality], Name] = {}
    field = _BLANKS.sub(" ", field).strip()
    field += ")" * (field.count("(") - field.count(")"))  # a bracket that is never closed closes at the end
    for text, own, told in _read(field, quality, kind, words, 0):
        clean = text.strip(_QUOTES + ",;:-")
        if clean:
            notes = "; ".join(part for part in (told, note) if part)
            found.setdefault((clean, own), Name(clean, own, former or "listed as" in told.lower(), is_script(clean), notes))
    return list(found.values())


def is_script(text: str) -> bool:
    """Whether the text is written in another script than Latin."""
    return bool(_NOT_LATIN.search(text)) and not _LATIN.search(text)


Found = tuple[str, Quality, str]


def _read(field: str, quality: Quality, kind: Kind, words: NameWords, depth: int) -> Iterator[Found]:
    if not field or depth > _DEEPEST:
        if field:
            yield field, quality, ""
        return
    outside, brackets = _brackets(field)
    if not brackets:
        for part in _parts(outside):
            yield from _one(part, quality, kind, words)
        return
    note = "; ".join(inner for inner in brackets if _is_note(inner, words))
    named = [inner for inner in brackets if not _is_note(inner, words)]
    bare = outside.strip()
    apart = [inner for inner in named if _stands_alone(inner, bare)]
    part_of_name = [inner for inner in named if inner not in apart]
    if part_of_name and len(_parts(bare)) == 1:
        yield from ((text, own, note) for text, own, _ in _one(_without_marks(field, brackets, part_of_name), quality, kind, words))
        yield from ((text, "short", note) for text, _, _ in _one(bare, quality, kind, words))
    else:
        apart = named
        for part in _parts(bare):
            yield from ((text, own, "; ".join(x for x in (told, note) if x)) for text, own, told in _one(part, quality, kind, words))
    for inner in apart:
        own: Quality = "short" if _is_acronym(inner, bare) else quality
        yield from _read(_LABEL.sub("", inner), own, kind, words, depth + 1)
    for inner in brackets:
        label = _LABEL.match(inner)
        if label and inner not in apart:
            yield from _read(inner[label.end():], quality, kind, words, depth + 1)


def _brackets(field: str) -> tuple[str, list[str]]:
    """What stands outside round brackets, and what stands in each outermost pair; the closing one of an enumeration (``b)``) closes
    nothing."""
    outside: list[str] = []
    inner: list[str] = []
    found: list[str] = []
    depth = 0
    for char in field:
        if char == "(":
            depth += 1
            if depth == 1:
                inner = []
                continue
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append("".join(inner).strip())
                outside.append(" ")
                continue
        (inner if depth else outside).append(char)
    if depth:
        found.append("".join(inner).strip())
    return _BLANKS.sub(" ", "".join(outside)), [text for text in found if text]


def _without_marks(field: str, brackets: list[str], kept: list[str]) -> str:
    """The field with some of its brackets read as part of the name, and the others left out."""
    for inner in brackets:
        field = field.replace(f"({inner})", f" {inner} " if inner in kept else " ")
    return _BLANKS.sub(" ", field).strip()


def _is_note(text: str, words: NameWords) -> bool:
    low = text.lower()
    return any(re.search(rf"\b{re.escape(word)}\b", low) for word in words.note_words)


def _stands_alone(inner: str, bare: str) -> bool:
    """A bracket that is a name of its own: other script, several names, an acronym. Else it belongs to the name before it."""
    return not bare or is_script(inner) != is_script(bare) or bool(_SEVERAL.search(inner)) or _is_acronym(inner, bare) or "(" in inner


def _is_acronym(inner: str, bare: str) -> bool:
    """Capitals that stand in this order in the name, from the first letter of one of its words on: HTS, but not KENYA."""
    if not _ACRONYM.fullmatch(inner):
        return False
    letters, name = [char for char in inner.lower() if char.isalpha()], bare.lower()
    starts = [found.start() for found in re.finditer(r"\b" + re.escape(letters[0]), name)]
    return any(_in_order(letters, name[start:]) for start in starts)


def _in_order(letters: list[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _parts(text: str) -> list[str]:
    return [part for piece in _ENUMERATED.split(text) for part in _SEVERAL.split(piece) if part.strip(_QUOTES + ",")]


def _one(text: str, quality: Quality, kind: Kind, words: NameWords) -> Iterator[Found]:
    note = ""
    for mark in words.cut_before:
        at = text.lower().find(mark)
        if at > 0:
            text, note = text[:at], text[at:].strip(" ,-")
    text = text.strip(_QUOTES + ",")
    if kind == "person" and text.count(",") == 1:
        last, _, first = text.partition(",")
        text = f"{first.strip()} {last.strip()}"
    yield text, quality, note
    for mark in words.father:
        at = text.lower().find(mark)
        if kind == "person" and at > 0:
            yield text[:at], "short", note
