"""Examples written into rule files: everything else in the file stays as it is, to the byte.

Text is inserted or replaced at places that the YAML parser marks, never written anew. The result is read and compared before the
file is replaced; a file that somebody changed meanwhile is left alone.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from checker.errors import UsageError
from checker.proof.written import NewExample, flow, scalar
from checker.rulebase.edit import beside, replace_file

__all__ = ["ExampleSpot", "RuleText", "create_file", "find_examples", "with_confirmed", "with_example", "with_expect", "with_name"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAKS = ("\r\n", "\n", "\r")


@dataclass(slots=True)
class ExampleSpot:
    """Where one example stands: ``start`` and ``end`` are offsets into the text, ``entries`` gives for each key the start and end of
    the key and of its value; ``braces`` says that it is written in braces."""

    start: int
    end: int
    braces: bool
    entries: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Block:
    """The list of examples: its items, and whether it is written in brackets."""

    items: list[ExampleSpot]
    brackets: bool


class _Reader:
    """Walks the parser's events and notes where values begin and end. ``end`` is the end of the last thing written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        self.end = 0

    def next(self) -> yaml.Event:
        event = next(self._events)
        if isinstance(event, yaml.ScalarEvent) or (isinstance(event, yaml.CollectionEndEvent) and self._closes(event)):
            self.end = _end(event)
            if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
                # The mark of a block text stands behind the empty lines that follow it.
                self.end = len(self._text[:self.end].rstrip())
        return event

    @staticmethod
    def _closes(event: yaml.Event) -> bool:
        return _end(event) > _start(event)

    def skip(self, event: yaml.Event) -> None:
        """Read on to the end of the value that ``event`` begins."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            inner = self.next()
            depth += isinstance(inner, yaml.CollectionStartEvent) - isinstance(inner, yaml.CollectionEndEvent)

    def entries(self) -> Iterator[tuple[str, int, int, yaml.Event]]:
        """The keys of a map that has been begun, each with its place and the first event of its value, which the caller reads."""
        while isinstance(key := self.next(), yaml.ScalarEvent):
            yield str(key.value), _start(key), _end(key), self.next()


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _find(text: str) -> _Block | None:
    reader = _Reader(text)
    while not isinstance(reader.next(), yaml.MappingStartEvent):
        pass
    for key, _, _, value in reader.entries():
        if key == "examples" and isinstance(value, yaml.SequenceStartEvent):
            return _Block(list(_items(reader)), bool(value.flow_style))
        reader.skip(value)
    return None


def _items(reader: _Reader) -> Iterator[ExampleSpot]:
    while not isinstance(item := reader.next(), yaml.SequenceEndEvent):
        spot = ExampleSpot(_start(item), 0, bool(getattr(item, "flow_style", False)))
        if isinstance(item, yaml.MappingStartEvent):
            for key, start, end, value in reader.entries():
                reader.skip(value)
                spot.entries[key] = (start, end, _start(value), reader.end)
        else:
            reader.skip(item)
        spot.end = reader.end
        yield spot


def find_examples(text: str) -> list[ExampleSpot]:
    """The examples of a rule file that loads, in the order written."""
    block = _find(text)
    return block.items if block else []


def with_example(text: str, example: NewExample) -> str:
    """The text of a rule file with one more example at the end of its examples, written as the others are."""
    block = _find(text)
    if block is not None and block.brackets:
        at = block.items[-1].end
        return f"{text[:at]}, {example.inline()}{text[at:]}"
    broken = _line_break(text)
    if block is None:
        head = "" if text.endswith(_BREAKS) or not text else broken
        lines = ["", "examples:", *(f"  {line}" for line in example.lines())]
        return text + head + broken.join(lines) + broken
    at = _end_of_item(text, block.items[-1])
    indent = " " * _dash(text, block.items[-1])
    added = broken.join(indent + line for line in example.lines())
    return f"{text[:at]}{broken}{added}{text[at:]}"


def _line_break(text: str) -> str:
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def _dash(text: str, spot: ExampleSpot) -> int:
    """The column (from 0) of the dash before an item."""
    dash = text.rindex("-", 0, spot.start)
    return dash - _line_start(text, dash)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    ends = [found for found in (text.find("\n", at), text.find("\r", at)) if found >= 0]
    return min(ends, default=len(text))


def _end_of_item(text: str, spot: ExampleSpot) -> int:
    """The end of the last line of an item and of the comments that are indented with it."""
    at, indent = _line_end(text, spot.end), _dash(text, spot)
    while at < len(text):
        start = at + (2 if text.startswith("\r\n", at) else 1)
        end = _line_end(text, start)
        line = text[start:end]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) < max(1, indent):
            break
        at = end
    return at


def with_confirmed(text: str, index: int) -> str:
    """The text without the line ``confirmed: false`` of an example (by its number, from 0)."""
    spot = find_examples(text)[index]
    if "confirmed" not in spot.entries:
        return text
    start, _, _, end = spot.entries["confirmed"]
    if spot.braces:
        before = text[:start].rstrip()
        if before.endswith(","):
            return before[:-1] + text[end:]
        rest = text[end:].lstrip()
        return text[:start] + rest.removeprefix(",").lstrip()
    if min(place[0] for place in spot.entries.values()) == start:  # it stands behind the dash, where another line must come
        following = min(place[0] for place in spot.entries.values() if place[0] > start)
        return text[:start] + text[following:]
    first, last = _line_start(text, start), _line_end(text, end)
    return text[:first] + text[last + (2 if text.startswith("\r\n", last) else 1):]


def with_name(text: str, index: int, name: str) -> str:
    """The text with another name for an example."""
    return _with_value(text, index, "name", scalar(name))


def with_expect(text: str, index: int, label: str) -> str:
    """The text with an example that expects another label, and nothing else."""
    return _with_value(text, index, "expect", flow(label))


def _with_value(text: str, index: int, key: str, value: str) -> str:
    _, _, start, end = find_examples(text)[index].entries[key]
    return text[:start] + value + text[end:]


@dataclass(slots=True)
class RuleText:
    """A rule file opened for changes. ``text`` is what it says now, without byte order mark."""

    path: Path
    text: str
    _data: bytes

    @classmethod
    def open(cls, path: Path) -> RuleText:
        """Read a file.

        Raises:
            UsageError: it cannot be read, or is not UTF-8.
        """
        try:
            data = path.resolve().read_bytes()
            return cls(path.resolve(), data.decode("utf-8-sig"), data)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read: {error}") from error

    def save(self, text: str, check: Callable[[str], None]) -> None:
        """Replace the file by ``text``, after ``check`` has found nothing wrong with it (it raises otherwise).

        Raises:
            UsageError: the file was changed since it was read here, or cannot be written; it stays as it is.
        """
        check(text)
        whole = f"\ufeff{text}" if self._data.startswith(codecs.BOM_UTF8) else text
        replace_file(self.path, self._data, whole)
        self.text, self._data = text, whole.encode("utf-8")


def create_file(path: Path, text: str) -> None:
    """Write a new file whole or not at all.

    Raises:
        UsageError: it exists already, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path, text.encode("utf-8")) as temporary:
            os.chmod(temporary, 0o666 & ~_umask())
            os.link(temporary, path)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already; nothing was written") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
