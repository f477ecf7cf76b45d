"""The strict loader on anything at all: it never raises, and every place it names exists."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.strictyaml import loader
from checker.strictyaml.loader import Parsed, parse, parse_file
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

SIGNS = "ab:- \n\t[]{},'\"#&*!|>%@?<=~.0123456789\\é日\u202e\x85\u2028\r\x07\ufeff🚢"
YAMLISH = st.text(alphabet=st.sampled_from(SIGNS), max_size=120)


def walk(node: Node) -> list[Node]:
    if isinstance(node, MapNode):
        return [node, *(n for e in node.entries.values() for n in (e.key, *walk(e.value)))]
    if isinstance(node, ListNode):
        return [node, *(n for item in node.items for n in walk(item))]
    return [node]


def check(parsed: Parsed) -> None:
    assert parsed.node is not None or parsed.problems
    for problem in parsed.problems:
        if problem.line:
            assert 1 <= problem.line <= len(parsed.source.lines)
            line = parsed.source.line(problem.line)
            assert problem.source == line
            assert 1 <= problem.column <= len(line) + 1
            assert 1 <= problem.width <= max(1, len(line) - problem.column + 1)
        assert problem.message
        assert problem.mend
    for node in walk(parsed.node) if parsed.node else ():
        assert 1 <= node.line <= len(parsed.source.lines)
        assert 1 <= node.column <= len(parsed.source.line(node.line)) + 1
    text = render_all(parsed.problems)
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    text.encode("utf-8")


@settings(max_examples=600, deadline=None)
@given(st.one_of(YAMLISH, st.text(max_size=80)))
def test_any_text_gives_a_node_or_problems(text: str) -> None:
    check(parse(text, "any.yaml"))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), YAMLISH.map(lambda t: t.encode("utf-16")), YAMLISH.map(lambda t: t.encode("utf-8")[:-1])))
def test_any_bytes_give_a_node_or_problems(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(data)
    parsed = parse_file(path, shown_as="any.yaml")
    assert parsed.node is not None or parsed.problems
    render_all(parsed.problems).encode("utf-8")
    if parsed.source.text:
        check(parsed)


SCALARS = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufeff\u2028\u2029")),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.booleans(),
    st.dates(dt.date(1000, 1, 1), dt.date(8999, 12, 31)),
    st.decimals(-9999, 9999, places=3).map(float),
)


def written(value: object) -> str:
    """A value as this project writes it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else format(value, ".3f") if isinstance(value, float) else str(value)


@settings(max_examples=400, deadline=None)
@given(SCALARS)
def test_scalars_come_back_as_written(value: object) -> None:
    text = written(value)
    if text == "-0.000":
        value = 0.0
    parsed = parse(f"a: {text}\nb: [{text}, x]\n", "x.yaml")
    assert render_all(parsed.problems) == ""
    assert parsed.node is not None
    assert parsed.node.plain() == {"a": value, "b": [value, "x"]}
    node = parsed.node
    assert isinstance(node, MapNode)
    scalar = node.get("a")
    assert isinstance(scalar, ScalarNode)
    assert type(scalar.value) is type(value)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"[A-Za-z0-9+._:~-]{1,12}", fullmatch=True))
def test_an_unquoted_word_never_becomes_another_value(word: str) -> None:
    """What YAML 1.1 would turn into something else comes out as the text itself, or as a problem."""
    parsed = parse(f"a: {word}\n", "x.yaml")
    if not parsed.ok:
        return
    assert isinstance(parsed.node, MapNode)
    node = parsed.node.get("a")
    if isinstance(node, MapNode):  # "b:" begins a map
        return
    assert isinstance(node, ScalarNode)
    assert node.text == word
    if isinstance(node.value, bool):
        assert word in ("true", "false")
    elif isinstance(node.value, int | float):
        assert float(word) == node.value
        assert word.lstrip("-")[:2] not in {f"0{d}" for d in range(10)}
    else:
        assert str(node.value) == word


TRAPS = ("NO", "no", "on", "off", "y", "n", "0101", "12:30", "1_000", "0x10", "1e3", ".5", "+1", "=", "2016-08", "1.2.3")


@pytest.mark.parametrize("word", TRAPS)
def test_yaml_traps_stay_texts(word: str) -> None:
    parsed = parse(f"a: {word}", "x.yaml")
    assert parsed.node is not None
    assert parsed.node.plain() == {"a": word}


def test_yes_and_no_are_truth_only_directly_under_the_named_key() -> None:
    parsed = parse("verified: {a: yes, deeper: {b: no}}\nother: {a: yes}\nc: no\n", "x.yaml", yes_no_under=("verified",))
    assert parsed.node is not None
    assert parsed.node.plain() == {"verified": {"a": True, "deeper": {"b": "no"}}, "other": {"a": "yes"}, "c": "no"}


def test_positions_count_characters_of_any_script() -> None:
    parsed = parse("# 注\n标题: [🚢, 武器禁运]\n", "x.yaml")
    assert isinstance(parsed.node, MapNode)
    items = parsed.node.get("标题")
    assert isinstance(items, ListNode)
    assert [(n.line, n.column, n.width) for n in items.items] == [(2, 6, 1), (2, 9, 4)]
    assert (items.line, items.column, items.width) == (2, 5, 9)


def test_the_first_of_two_equal_keys_is_kept() -> None:
    parsed = parse("a: 1\nb: 2\na: 3\n", "x.yaml")
    assert not parsed.ok
    assert parsed.node is not None
    assert parsed.node.plain() == {"a": 1, "b": 2}


def test_a_bomb_of_aliases_is_refused_without_being_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    started = time.perf_counter()
    parsed = parse("\n".join(lines), "bomb.yaml")
    assert time.perf_counter() - started < 2
    assert {p.code for p in parsed.problems} >= {"yaml-anchor", "yaml-alias"}


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, "a: x\n" * 100_000, "[a, " * 50_000], ids=lambda t: t[:4])
def test_hostile_shapes_are_answered_quickly(text: str) -> None:
    started = time.perf_counter()
    parsed = parse(text, "x.yaml")
    assert time.perf_counter() - started < 5
    assert parsed.problems


def test_the_parser_without_c_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without its C parser, nodes and problems of good and of repeated lines are the same."""
    texts = ["a: [1, {b: c}]\nd: |\n  e\n",
             "a: 1\na: 2\n", "a: &x y\nb: *x\n", "a: {b, c: 12:30}\n", "a: [1\nb: 2\n", "a: 'x\n", "a: b: c\n",
             "a: @x\n", "- a\nb: c\n", "a:\n\tb: c\n"]
    with_c = [parse(text, "x.yaml") for text in texts]
    monkeypatch.setattr(loader, "_LOADER", yaml.SafeLoader)
    for text, parsed in zip(texts, with_c, strict=True):
        again = parse(text, "x.yaml")
        assert render_all(again.problems) == render_all(parsed.problems)
        assert again.node == parsed.node
