"""Records: JSON Lines, JSON and YAML that hold documents or events.

A record with ``text`` is a document (keys ``id, text, published, url, outlet, lang, title, agency``); any other is an event in the
written form of ``checker.vocabulary.events``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from checker.model.document import Document
from checker.model.event import Event
from checker.sources.decode import DOCUMENT_LIMIT, decode
from checker.sources.published import read_published
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.vocabulary.events import EventReader

__all__ = ["RecordReader"]

_DOCUMENT_KEYS = ("id", "text", "published", "url", "outlet", "lang", "title", "agency")
Item = Document | Event | Problem


class RecordReader:
    """Turns records of one file into items. Keeps which surplus keys it has told of, so that each is told once a file."""

    def __init__(self, path: str, events: EventReader) -> None:
        self.path = path
        self.events = events
        self._told: set[str] = set()
        self._events = 0

    def json_lines(self, stream: BinaryIO, first: bytes = b"", number: int = 0) -> Iterator[Item]:
        """One record a line; a bad or over-long line is one problem and the next line is read. ``first`` is a line that was
        read already, ``number`` how many lines were before it."""
        line = first or stream.readline(DOCUMENT_LIMIT + 1)
        while line:
            number += 1
            if len(line) > DOCUMENT_LIMIT:
                yield self._problem(number, "line-too-long", f"the line is longer than {DOCUMENT_LIMIT:,} bytes and was not read",
                                    "write one record a line, each an article or an event")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(DOCUMENT_LIMIT)
            elif line.strip():
                yield from self._json(line.removeprefix(b"\xef\xbb\xbf"), number)
            line = stream.readline(DOCUMENT_LIMIT + 1)

    def json_whole(self, data: bytes) -> Iterator[Item]:
        """One record, or a list of them, spread over lines as people write JSON."""
        value = self._decode(data.removeprefix(b"\xef\xbb\xbf"), 0)
        if isinstance(value, Problem):
            yield value
            return
        for record in value if isinstance(value, list) else [value]:
            yield from self._record(record, 0)

    def yaml(self, data: bytes) -> Iterator[Item]:
        """One event, or a list of events, in the strict YAML of rule files: problems name line and column."""
        from checker.strictyaml.loader import parse
        from checker.strictyaml.nodes import ListNode, MapNode

        decoded = decode(data, self.path)
        yield from decoded.problems
        if decoded.text is None:
            return
        parsed = parse(decoded.text, self.path)
        yield from parsed.problems
        if parsed.node is None or any(p.severity == "error" for p in parsed.problems):
            return
        for node in parsed.node.items if isinstance(parsed.node, ListNode) else (parsed.node,):
            if not isinstance(node, MapNode):
                yield parsed.source.problem(node, "not-an-event", "this is not an event", "write an event as lines of 'fact: value'")
                continue
            record = {key: entry.value.plain() for key, entry in node.entries.items()}
            yield from self._event(record, 0, locate=_locate(node), source=parsed.source)

    def _json(self, line: bytes, number: int) -> Iterator[Item]:
        value = self._decode(line, number)
        for item in [value] if isinstance(value, Problem) else self._record(value, number, line):
            yield _shown(item, line) if isinstance(item, Problem) else item

    def _decode(self, data: bytes, number: int) -> Any:
        try:
            return msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as err:
            problem = self._problem(number, "bad-json", f"this is not JSON: {err}", "write one JSON object a line, in UTF-8")
            return replace(problem, column=_fault(data)) if number else problem
        except RecursionError:
            return self._problem(number, "bad-json", "this JSON is nested too deeply", "write a flat object")

    def _record(self, record: object, number: int, line: bytes = b"") -> Iterator[Item]:
        if not isinstance(record, Mapping):
            yield self._problem(number, "not-a-record", "this is neither a document nor an event",
                                "write an object with 'text' (a document), or with facts such as 'act' and 'goods' (an event)")
        elif (schema := str(record.get("schema") or "event")).startswith("sanctions-checker/") and "/event/" not in schema:
            yield self._problem(number, "not-a-record", f"this is a {schema} record, not a document or an event",
                                "use 'sanctions explain' or 'sanctions replay' on results of a run")
        elif "text" in record and "act" not in record:
            yield from self._document(record, number)
        else:
            yield from self._event(record, number, locate=lambda key: (number, _column(line, key)))

    def _document(self, record: Mapping[str, Any], number: int) -> Iterator[Item]:
        text = record["text"]
        if not isinstance(text, str) or not text.strip():
            yield self._problem(number, "empty-document", "the document has no text", "give 'text' the words of the article")
            return
        for key in sorted(set(record) - set(_DOCUMENT_KEYS) - self._told):
            self._told.add(key)
            yield self._surplus(key, number)
        published, problems = read_published(record.get("published"), self.path, number)
        yield from problems
        fields = {key: str(record[key]) for key in ("url", "outlet", "lang", "title", "agency") if record.get(key)}
        where = f"{self.path}:{number}" if number else self.path
        yield Document(id=str(record.get("id") or where), text=text, published=published, **fields)

    def _surplus(self, key: str, number: int) -> Problem:
        from checker.strictyaml.suggest import did_you_mean

        guess = did_you_mean(key, _DOCUMENT_KEYS)
        told = f"'{key}' is no key of a document and was not read" + (f"; did you mean {guess}?" if guess else "")
        return self._problem(number, "unknown-key", told,
                             "the keys of a document are " + ", ".join(_DOCUMENT_KEYS), warning=True)

    def _event(self, record: Mapping[str, object], number: int, *, locate: Callable[[str], tuple[int, int]],
               source: Any = None) -> Iterator[Item]:
        events, problems = self.events.read_all(record, locate=locate, path=self.path, source=source)
        yield from problems
        for event in events:
            self._events += 1
            # An event without an id is called by its place, so that a person finds it again.
            yield event if event.id else msgspec.structs.replace(event, id=f"{self.path}:{number}" if number else self._name())

    def _name(self) -> str:
        return self.path if self._events == 1 else f"{self.path}#{self._events}"

    def _problem(self, number: int, code: str, message: str, mend: str, *, warning: bool = False) -> Problem:
        return Problem(self.path, number, 0, code, message, mend, severity="warning" if warning else "error")


def _column(line: bytes, key: str) -> int:
    """The column of a key in a line of JSON (from 1), 0 where it does not stand there in plain letters."""
    return line.decode("utf-8", "replace").find(f'"{key}"') + 2 if f'"{key}"'.encode() in line else 0


def _fault(data: bytes) -> int:
    """The column at which a line stops to be JSON; the fast decoder does not tell it."""
    import json

    try:
        json.loads(data.rstrip().decode("utf-8", "replace"))
    except (json.JSONDecodeError, RecursionError) as err:
        return getattr(err, "colno", 0)
    return 0


def _shown(problem: Problem, line: bytes) -> Problem:
    """The problem with its line, and the word at its column for the caret."""
    text = line.decode("utf-8", "replace").rstrip("\r\n")
    if problem.source or not 0 < problem.column <= len(text) + 1:
        return problem
    word = re.match(r"\w*", text[problem.column - 1:])
    return replace(problem, source=text, width=max(1, len(word[0]) if word else 1))


def _locate(node: Any) -> Callable[[str], tuple[int, int]]:
    def at(key: str) -> tuple[int, int]:
        entry = node.entries.get(key.partition(".")[0])
        return (entry.value.line, entry.value.column) if entry is not None else (node.line, node.column)

    return at
