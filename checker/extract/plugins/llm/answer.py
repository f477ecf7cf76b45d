"""What the model is asked, and the one form its answer may have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from checker.extract.plugins.llm.client import NoAnswer
from checker.model.document import Document
from checker.model.extraction import Zone

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Answer", "Candidate", "Named", "Paragraph", "Word", "answer_schema", "chunks", "question", "read_answer"]

_READ = ("headline", "subheading", "body")
_CHUNK = 12_000  # characters of one question
_PARAGRAPH = 4_000  # characters: what is longer is asked in pieces
_MOST_EVENTS = 100


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    quote: str


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    term: str
    quote: str


class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event as the model tells it. There are no offsets: places are found by the quotations alone."""

    paragraph: str
    evidence_quote: str
    act: str
    stage: str
    status: Literal["confirmed", "reported", "alleged", "denied"]
    goods: Word | None
    supplier: Named | None
    recipient: Named | None
    claimant: Named | None
    date_quote: str | None


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    events: list[Candidate]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of the text that is asked about; ``id`` is its number among the zones, so that it stays the same from run to run."""

    id: str
    start: int
    end: int
    zone: str


def chunks(text: str, zones: Sequence[Zone]) -> list[tuple[Paragraph, ...]]:
    """The paragraphs of headline and body in portions of one question each."""
    found: list[list[Paragraph]] = [[]]
    size = 0
    for number, zone in enumerate(zones):
        if zone.kind not in _READ or not text[zone.start:zone.end].strip():
            continue
        for piece, start in enumerate(range(zone.start, zone.end, _PARAGRAPH)):
            end = min(start + _PARAGRAPH, zone.end)
            if found[-1] and size + end - start > _CHUNK:
                found.append([])
                size = 0
            found[-1].append(Paragraph(f"p{number}" if not piece else f"p{number}.{piece}", start, end, zone.kind))
            size += end - start
    return [tuple(chunk) for chunk in found if chunk]


def question(document: Document, chunk: Sequence[Paragraph], prompt: str, schema: dict[str, Any], model: str) -> dict[str, Any]:
    """The request for one chunk. The article is JSON in a block whose end no text can write, because ``<`` is escaped in it."""
    told = {"published": document.published.isoformat() if document.published else None,
            "paragraphs": [{"id": p.id, "text": document.text[p.start:p.end]} for p in chunk]}
    block = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return {
        "model": model, "temperature": 0, "seed": 0, "max_tokens": 8000,
        "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": f"<article>\n{block}\n</article>"}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": schema}},
    }


def answer_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """JSON Schema of an answer, with the words of the vocabulary."""
    def closed(**parts: Any) -> dict[str, Any]:
        return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}

    def words(name: str) -> dict[str, Any]:
        return {"type": "string", "enum": list(vocabulary.taxonomies[name].terms)}

    text = {"type": "string"}
    named = {"anyOf": [closed(name=text, quote=text), {"type": "null"}]}
    event = closed(paragraph=text, evidence_quote=text, act=words("acts"), stage=words("stages"),
                   status={"type": "string", "enum": ["confirmed", "reported", "alleged", "denied"]},
                   goods={"anyOf": [closed(term=words("goods"), quote=text), {"type": "null"}]},
                   supplier=named, recipient=named, claimant=named, date_quote={"type": ["string", "null"]})
    return closed(events={"type": "array", "items": event})


def read_answer(content: str) -> Answer:
    """The events of an answer.

    Raises:
        NoAnswer: it is not JSON, or not of the one form.
    """
    try:
        answer = msgspec.json.decode(content, type=Answer)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as err:
        kind = "does not follow the schema" if isinstance(err, msgspec.ValidationError) else "is not JSON"
        raise NoAnswer(f"its answer {kind}") from None
    if len(answer.events) > _MOST_EVENTS:
        raise NoAnswer(f"its answer tells more than {_MOST_EVENTS} events", lasting=True)
    return answer
