"""Splicing texts at marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rulebase.edit import Edit, EditConflict, apply, line_starts


@pytest.mark.parametrize(("text", "edits", "wanted"), [
    ("a: b\n", [Edit("x", 1, 4, 1, "cc")], "a: cc\n"),
    ("a: b\n", [Edit("x", 1, 1, 0, "# c\n")], "# c\na: b\n"),
    ("a: b\r\nc: d\r\n", [Edit("x", 2, 4, 1, "e")], "a: b\r\nc: e\r\n"),
    ("a: b\nc: d\ne: f\n", [Edit("x", 1, 1, end=(3, 1))], "e: f\n"),
    ("a: b", [Edit("x", 1, 5, 0, "!")], "a: b!"),
    ("a: b\n", [Edit("x", 2, 1, 0, "c: d\n")], "a: b\nc: d\n"),
    ("\ufeffa: b\n", [Edit("x", 1, 1, 1, "z")], "\ufeffz: b\n"),
    ("武器: x\n", [Edit("x", 1, 5, 1, "y")], "武器: y\n"),
    ("ab\n", [Edit("x", 1, 2, 1, "2"), Edit("x", 1, 1, 1, "1")], "12\n"),
    ("ab\n", [Edit("x", 1, 1, 1, "1"), Edit("x", 1, 1, 1, "1")], "1b\n"),
])
def test_splices(text: str, edits: list[Edit], wanted: str) -> None:
    assert apply(text, edits) == wanted


@pytest.mark.parametrize("edits", [
    [Edit("x", 1, 1, 2, "1"), Edit("x", 1, 2, 1, "2")],
    [Edit("x", 1, 1, 0, "1"), Edit("x", 1, 1, 0, "2")],
    [Edit("x", 1, 1, 1, "1"), Edit("x", 1, 1, 1, "2")],
    [Edit("x", 3, 1)],
    [Edit("x", 1, 9)],
    [Edit("x", 0, 1)],
    [Edit("x", 1, 2, end=(1, 1))],
    [Edit("x", 2, 1, 5)],
])
def test_overlaps_and_places_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditConflict):
        apply("ab\n", edits)


@given(st.text(alphabet="ab\n\r\x85\u2028: ", max_size=40), st.data())
def test_only_the_place_named_changes(text: str, data: st.DataObject) -> None:
    starts = line_starts(text)
    line = data.draw(st.integers(1, len(starts)))
    end = starts[line] if line < len(starts) else len(text) + 1
    column = data.draw(st.integers(1, max(1, end - starts[line - 1])))
    at = starts[line - 1] + column - 1
    assert apply(text, [Edit("x", line, column, 0, "<>")]) == text[:at] + "<>" + text[at:]
