"""Messages on a terminal: the caret stands under the mistake, and nothing hostile gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.strictyaml.message import inert, render, render_all, shown
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean


def problem(line: str, column: int, width: int = 1, **other: str) -> Problem:
    return Problem("x.yaml", 1, column, "code", other.get("message", "wrong"), other.get("mend", ""), line, width)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


@pytest.mark.parametrize(("line", "marked"), [
    ("goods: rifel", "rifel"), ("标题: 武器", "武器"),
    ("a:\t\tb", "b"), ("武\t器: x", "x"), ("e\u0301te\u0301: x", "x"), ("ｆｕｌｌ: x", "x"),
])
def test_the_caret_stands_under_the_marked_words(line: str, marked: str) -> None:
    column = line.index(marked) + 1
    _, text, caret = render(problem(line, column, len(marked))).splitlines()
    before = text[:text.index(marked)]
    assert len(caret) - len(caret.lstrip(" |")) == columns(before)
    assert caret.count("^") == columns(marked)


def test_the_whole_form() -> None:
    source = Source("rules/x.yaml", "rule: x\ngoods: rifel\n")
    assert render(source.problem(Span(2, 8, 5), "unknown-term", "'rifel' is no word", "did you mean rifle?")) == (
        "rules/x.yaml:2:8: error[unknown-term]: 'rifel' is no word\n"
        "   2 | goods: rifel\n"
        "     |        ^^^^^\n"
        "help: did you mean rifle?")


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    assert render(Problem("x.yaml", 0, 0, "yaml-empty", "the file is empty")) == "x.yaml: error[yaml-empty]: the file is empty"


def test_nothing_to_say_is_nothing() -> None:
    assert render_all([]) == ""


@given(st.text(max_size=60), st.integers(1, 70), st.integers(1, 70))
def test_no_control_character_reaches_the_terminal(text: str, column: int, width: int) -> None:
    drawn = render(problem(text, column, width, message=text, mend=text))
    for char in drawn.replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff"
    assert len(drawn.split("\n")) <= 4


def test_letters_joined_by_invisible_joiners_stay_readable() -> None:
    word = "می\u200cخواهم"
    assert inert(word) == word


def test_values_in_messages_are_short_and_on_one_line() -> None:
    assert shown("a\nb") == "'a<U+000A>b'"
    assert len(shown("x" * 500)) == 62


@pytest.mark.parametrize(("word", "options", "meant"), [
    ("artilery_shell", ["artillery_shell", "artillery", "shell_company"], "artillery_shell"),
    ("Artillery Shell", ["artillery_shell", "rifle"], "artillery_shell"),
    ("flag_wen", ["flag_when", "met_when"], "flag_when"),
    ("qwertz", ["rifle", "tank"], ""),
    ("", ["rifle"], ""),
    ("rifle", [], ""),
])
def test_did_you_mean(word: str, options: list[str], meant: str) -> None:
    assert did_you_mean(word, options) == meant


def test_the_order_of_options_does_not_matter() -> None:
    assert did_you_mean("abx", ["abd", "abc"]) == did_you_mean("abx", ["abc", "abd"]) == "abc"
