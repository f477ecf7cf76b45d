"""The one parser of authority texts: which paragraphs of which resolutions a rule cites.

::

    UNSCR 1718 (2006) para 8(a)(i)
    UNSCR 1874 (2009) paras 9 and 10
    UNSCR 2231 (2015) Annex B para 6(b)
    UNSCR 2321 (2016) para 46; now UNSCR 2397 (2017) para 25

Several resolutions are separated by ``;``; ``now`` marks the one that took over. ``paras`` takes a list (``9, 10 and 13(b)``) or a
run of whole paragraphs (``15 to 17``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["FORM", "Paragraph", "paragraph_key", "parse_authority", "resolution_id"]

FORM = "UNSCR 1874 (2009) paras 9 and 10"
"""An example of the form, for messages."""

_CLAUSE = re.compile(r"(?:now )?UNSCR (\d{1,4}) \((\d{4})\) (?:Annex ([A-Z]+|\d+) )?(paras?) (.+)")
_NUMBER = re.compile(r"\d+(?:\([a-z]+\))*")
_RUN = re.compile(r"(\d+) to (\d+)")
_BETWEEN = re.compile(r", (?:and )?| and ")
_LONGEST_RUN = 40


@dataclass(frozen=True, slots=True, order=True)
class Paragraph:
    """One operative paragraph. ``instrument`` is the id of the resolution (``unscr-1718``), ``annex`` the letter of the annex it
    stands in or empty, ``number`` as printed: ``8(a)(i)``."""

    instrument: str
    year: int
    annex: str
    number: str

    @property
    def key(self) -> str:
        """How a file of the resolution names the paragraph: ``8(b)``, ``Annex B para 4``."""
        return f"Annex {self.annex} para {self.number}" if self.annex else self.number

    def __str__(self) -> str:
        return f"UNSCR {self.instrument.removeprefix('unscr-')} ({self.year}) {self.key if self.annex else f'para {self.number}'}"


def resolution_id(number: int) -> str:
    """The id of a resolution: ``unscr-1718``."""
    return f"unscr-{number}"


def paragraph_key(text: str) -> str | None:
    """The annex and number of a paragraph as a file of the resolution writes it, in its one form; ``None`` where it is none."""
    found = re.fullmatch(rf"(?:Annex ([A-Z]+|\d+) para )?({_NUMBER.pattern})", text)
    return text if found else None


def parse_authority(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs that an authority text cites, in the order written, each once.

    Raises:
        ValueError: the text, or a part of it, is no citation; the message says which part and shows the form.
    """
    found: dict[Paragraph, None] = {}
    for clause in text.split(";"):
        match = _CLAUSE.fullmatch(clause.strip())
        if not match:
            raise ValueError(f"'{clause.strip()}' does not name a resolution and its paragraph")
        number, year, annex, word, listed = match.groups()
        numbers = [n for part in _BETWEEN.split(listed) for n in _numbers(part)]
        if word == "para" and len(numbers) > 1:
            raise ValueError(f"'{clause.strip()}' names several paragraphs after 'para'; write 'paras'")
        found |= dict.fromkeys(Paragraph(resolution_id(int(number)), int(year), annex or "", n) for n in numbers)
    return tuple(found)


def _numbers(part: str) -> list[str]:
    run = _RUN.fullmatch(part)
    if run:
        first, last = int(run[1]), int(run[2])
        if not first < last < first + _LONGEST_RUN:
            raise ValueError(f"'{part}' is no run of paragraphs")
        return [str(n) for n in range(first, last + 1)]
    if not _NUMBER.fullmatch(part):
        raise ValueError(f"'{part}' is no number of a paragraph; write it as 8(a)(i)")
    return [part]
