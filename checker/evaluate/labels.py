"""The label file: articles in JSON Lines with the events and violations a careful reader finds in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from checker.model.dates import DateRange, parse_date
from checker.model.document import Document
from checker.strictyaml.problem import Problem

__all__ = ["GoldEvent", "GoldViolation", "LabelledArticle", "read_labels"]

_LINE_LIMIT = 10_000_000


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldEvent(_Record):
    """One event as labelled. ``supplier`` → ``recipient`` is the direction of goods, arms, money or people; ``None``: not told.
    ``also_ok`` lists accepted alternatives by field name; ``claimed_by`` and ``denied_by`` name people in words."""

    action: str
    supplier: str | None = None
    recipient: str | None = None
    status: str
    date: str | None = None
    quote: str = ""
    item: str | None = None
    claimed_by: str | None = None
    denied_by: str | None = None
    also_ok: dict[str, list[str | None]] = Field(default_factory=dict)

    @field_validator("claimed_by", "denied_by", mode="before")
    @classmethod
    def _joined(cls, value: Any) -> Any:
        """Several names may be written as a list."""
        return "; ".join(map(str, value)) if isinstance(value, list) else value

    @field_validator("also_ok", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        """A single alternative may be written without a list."""
        if isinstance(value, dict):
            return {key: one if isinstance(one, list) else [one] for key, one in value.items()}
        return value or {}

    def accepted(self, name: str) -> tuple[str | None, ...]:
        """The label and its accepted alternatives for ``action``, ``supplier``, ``recipient``, ``status``, ``claimed_by`` ..."""
        return (getattr(self, name), *self.also_ok.get(name, ()))


class GoldViolation(_Record):
    """A measure that the event numbered ``event`` is to be flagged under."""

    regime: str
    measure: str = ""
    certainty: str = ""
    event: int


class Gold(_Record):
    events: tuple[GoldEvent, ...] = ()
    violations: tuple[GoldViolation, ...] = ()
    hard_negative: bool = False


class LabelledArticle(_Record):
    """One line of the file."""

    id: str
    lang: str
    text: str = Field(min_length=1)
    published: str | None = None
    url: str = ""
    outlet: str = ""
    gold: Gold

    @field_validator("published")
    @classmethod
    def _date(cls, value: str | None) -> str | None:
        if value:
            parse_date(value)
        return value

    @property
    def document(self) -> Document:
        """The article without its labels."""
        published: DateRange | None = parse_date(self.published) if self.published else None
        return Document(id=self.id, text=self.text, published=published, url=self.url, outlet=self.outlet, lang=self.lang)


def read_labels(path: Path) -> tuple[list[LabelledArticle], list[Problem]]:
    """All good lines, and a problem for every bad one."""
    articles: list[LabelledArticle] = []
    problems: list[Problem] = []
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_LINE_LIMIT), b""), start=1):
            if not line.strip():
                continue
            try:
                article = LabelledArticle.model_validate_json(line)
            except ValidationError as err:
                problems += [_problem(path, number, ".".join(map(str, e["loc"])), e["msg"]) for e in err.errors()]
                continue
            wrong = [v.event for v in article.gold.violations if not 0 <= v.event < len(article.gold.events)]
            if wrong:
                problems.append(_problem(path, number, "gold.violations", f"there is no event number {wrong[0]}"))
            else:
                articles.append(article)
    return articles, problems


def _problem(path: Path, line: int, where: str, what: str) -> Problem:
    return Problem(str(path), line, 0, "bad-label", f"{where or 'line'}: {what[:300]}",
                   "the article was left out of all scores; docs/reference/events.md describes the label file")
