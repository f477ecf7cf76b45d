"""The publication date as sources write it."""

from __future__ import annotations

from checker.model.dates import DateRange, parse_date
from checker.strictyaml.problem import Problem

__all__ = ["read_published"]


def read_published(value: object, path: str, line: int) -> tuple[DateRange | None, list[Problem]]:
    """A day, month, year or a time stamp (its day counts). Nothing given is no problem; something unreadable is a warning."""
    if value is None or value == "":
        return None, []
    text = str(value).strip()
    day = text[:10] if len(text) > 10 and text[10] in "T " else text
    try:
        return parse_date(day), []
    except ValueError as err:
        return None, [Problem(path, line, 0, "bad-published", f"the publication date cannot be read: {err}",
                              "write published as 2022-11-03, 2022-11 or 2022; the document was read without it", severity="warning")]
