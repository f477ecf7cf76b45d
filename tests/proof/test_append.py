"""Examples appended to rule files: read back as written, everything else untouched to the byte."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UsageError
from checker.locator import rules_dir
from checker.model.rule import Rule
from checker.proof.append import RuleText, create_file, find_examples, with_confirmed, with_example, with_expect, with_name
from checker.proof.reading import Author, reread
from checker.proof.written import NewExample, flow, scalar, written_facts
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.strictyaml.loader import parse
from checker.strictyaml.nodes import MapNode
from checker.vocabulary.events import EventReader

HEAD = """\
# a comment at the top
rule: xa-coal
title: "Exland may not export coal"   # a remark
summary: Flags coal sold out of Exland.
kind: prohibition
regime: un-1718
severity: high
status: active
owner: 'training'
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}

in_force:
  - from: 2020-01-01
    authority: Training resolution para 1
    force: decides
    says: no coal may leave Exland
    link: https://example.org/
    verified: {paragraph: no, dates: no, scope: no, source: https://example.org/, date: 2026-11-22}
bound: [XA, all_states]
breach_by: [supplier]
flag_when: {act: transfer, goods: coal, supplier: XA}
"""
FIRST = "{name: a cargo, event: {act: sale, goods: coal, supplier: XA, date: 2021-05-03}, expect: reported violation}"
BLOCKS = {
    "one line each": f"examples:\n  - {FIRST}\n",
    "no line break at the end": f"examples:\n  - {FIRST}",
    "at the margin": f"examples:\n- {FIRST}\n",
    "deep": f"examples:\n      -   {FIRST}   # why\n      # and this belongs to it\n\n\n# this does not\n",
    "before other lines": f"examples:\n  - {FIRST}\n  # a thought\n\n# next\nnot_encoded: [{{text: a, why: b}}]\n",
    "in brackets": f"examples: [{FIRST}]\n",
    "in brackets with a comma at the end": f"examples: [\n  {FIRST},\n  ]  # end\n",
    "lines": "examples:\n  - name: a cargo\n    event:\n      act: sale\n      goods: coal\n      supplier: XA\n      date: 2021-05-03\n"
             "    expect:\n      label: reported violation\n",
    "folded text last": "examples:\n  - expect: reported violation\n    event: {act: sale, goods: coal, supplier: XA, date: 2021-05-03}\n"
                        "    name: >-\n      a cargo\n      of coal\n\n\nnot_encoded: [{text: a, why: b}]\n",
    "block text last": "examples:\n  - expect: reported violation\n    event: {act: sale, goods: coal, supplier: XA, date: 2021-05-03}\n"
                       "    name: |\n      a cargo # no comment\n",
    "braces over lines": "examples:\n  - {name: a cargo,\n     event: {act: sale, goods: coal,   # coal!\n       supplier: XA,\n"
                         "       date: 2021-05-03},\n     expect: reported violation\n     }\n",
    "none": "",
}
NEW = NewExample("the cargo was ore", {"goods": "iron_ore"}, "clear")


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return require_rulebase()


def read(text: str, base: RuleBase) -> Rule:
    rule, problems = reread(text, Path("xa-coal.yaml"), base)
    assert rule is not None, problems
    return rule


def told(rule: Rule) -> list[object]:
    return [(e.name, e.event, e.expect, e.source, e.confirmed) for e in rule.examples]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_is_added_and_nothing_else_changes(block: str, ends: str, base: RuleBase) -> None:
    text = (HEAD + BLOCKS[block]).replace("\n", ends)
    new = NEW if block != "none" else NewExample(NEW.name, {"act": "sale", "goods": "iron_ore"}, "clear", change=False)
    after = with_example(text, new)
    assert told(read(after, base))[:-1] == told(read(text, base))
    example = read(after, base).examples[-1]
    assert (example.name, example.event.facts["goods"], example.expect.label) == (NEW.name, "iron_ore", "clear")
    added = len(after) - len(text)
    assert any(after[:at] + after[at + added:] == text for at in range(len(text) + 1)), "the rest of the file is the same, to the byte"
    assert ends == "\n" or "\n" not in after.replace("\r\n", "")


def test_comments_behind_the_last_example_keep_their_place(base: RuleBase) -> None:
    after = with_example(HEAD + BLOCKS["deep"], NEW)
    assert after.endswith("      # and this belongs to it\n"
                          "      - {name: the cargo was ore, but: {goods: iron_ore}, expect: clear}\n\n\n# this does not\n")


def test_every_rule_that_comes_with_the_program_takes_an_example(base: RuleBase) -> None:
    for path in sorted((rules_dir() / "un").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        before, problems = reread(text, path, base)
        assert before is not None, problems
        expect = "clear" if before.flag_when.items else "not exempt"
        after, problems = reread(with_example(text, NewExample("hello: {world}", {"stage": "planned"}, expect)), path, base)
        assert after is not None, problems
        assert told(after)[:-1] == told(before)


HOSTILE = ["a: b", "# no comment", "a #b", "{x", "x}", "[x]", "a, b", "'", '"', "\\", "it's 'so'", "- x", "? x", "! x", "&a", "*a", "%x",
           "@x", "`x`", "yes", "NO", "null", "~", "true", "2020-01-01", "0101", "1e5", "12:30", "1_000",
           ".5", "=", "<<", "---", "...", "| x", "> x", " x", "x ",
           "x:", "x\ny", "x\ty", "снаряды из КНДР", "北朝鮮の砲弾", "كوريا", "\u202egnp.exe", "\x1b]0;x\x07", "a\x85b", "a\u2028b",
           "\ufeff", "😀", "ﬁ", "x" * 5000, "é: " * 700, "\\u0041", "{{ x }}", "<script>alert(1)</script>"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_read_back_as_it_was(name: str, base: RuleBase) -> None:
    text = HEAD + BLOCKS["one line each"]
    assert read(with_example(text, NewExample(name, {"goods": "iron_ore"}, "clear")), base).examples[-1].name == name
    braces = HEAD + BLOCKS["in brackets"]
    assert read(with_example(braces, NewExample(name, {"goods": "iron_ore"}, "clear")), base).examples[-1].name == name


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(deadline=None)
@given(st.recursive(TEXTS | st.booleans() | st.integers(-10**14, 10**14) | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3), max_leaves=6))
def test_every_value_is_read_back_as_it_was(value: object) -> None:
    parsed = parse(f"x: {flow(value)}\n", "x.yaml")
    assert parsed.ok, parsed.problems
    assert isinstance(parsed.node, MapNode)
    found = parsed.node.get("x")
    assert found is not None
    assert found.plain() == value


@settings(max_examples=60, deadline=None, derandomize=True)
@given(name=TEXTS.filter(str.strip), source=TEXTS, block=st.sampled_from([b for b in BLOCKS if b != "none"]),
       value=st.floats(0.001, 1e9, allow_nan=False))
def test_an_appended_example_is_read_back_equal(base: RuleBase, name: str, source: str, block: str, value: float) -> None:
    text = HEAD + BLOCKS[block]
    value = float(f"{value:.6g}")
    new = NewExample(name, {"goods": "iron_ore", "value_usd": value, "date": "2021-05"}, {"label": "clear", "missing": []}, source=source)
    rule, problems = reread(with_example(text, new), Path("xa-coal.yaml"), base)
    if name in {e.name for e in read(text, base).examples}:
        assert rule is None
        return
    assert rule is not None, problems
    example = rule.examples[-1]
    assert (example.name, example.source, example.expect.missing, example.event.facts["value_usd"]) == (name, source, (), value)
    assert told(rule)[:-1] == told(read(text, base))


CONFIRM = {
    "last": ("{name: n, but: {goods: iron_ore}, expect: clear, confirmed: false}", "{name: n, but: {goods: iron_ore}, expect: clear}"),
    "first": ("{confirmed: false, name: n, but: {goods: iron_ore}, expect: clear}", "{name: n, but: {goods: iron_ore}, expect: clear}"),
    "spaced": ("{ name: n, but: {goods: iron_ore} , confirmed: false  , expect: clear }",
               "{ name: n, but: {goods: iron_ore}   , expect: clear }"),
    "lines": ("name: n   # so\n    but: {goods: iron_ore}\n    confirmed: false\n    expect: clear",
              "name: n   # so\n    but: {goods: iron_ore}\n    expect: clear"),
    "lines, first": ("confirmed: false\n    name: n\n    but: {goods: iron_ore}\n    expect: clear",
                     "name: n\n    but: {goods: iron_ore}\n    expect: clear"),
    "lines, last": ("name: n\n    but: {goods: iron_ore}\n    expect: clear\n    confirmed: false",
                    "name: n\n    but: {goods: iron_ore}\n    expect: clear"),
}


@pytest.mark.parametrize("form", CONFIRM)
def test_a_confirmed_example_loses_the_word_and_nothing_else(form: str, base: RuleBase) -> None:
    before, wanted = (f"{HEAD}{BLOCKS['one line each']}  - {item}\n# end\n" for item in CONFIRM[form])
    assert not read(before, base).examples[1].confirmed
    after = with_confirmed(before, 1)
    assert after == wanted
    assert read(after, base).examples[1].confirmed
    assert with_confirmed(after, 0) == after


def test_a_name_and_an_expectation_can_be_changed(base: RuleBase) -> None:
    text = HEAD + BLOCKS["one line each"] + "  - {name: old, but: {goods: iron_ore}, expect: clear} # why\n"
    after = with_expect(with_name(text, 1, "new: {name}"), 1, "review")
    assert after == HEAD + BLOCKS["one line each"] + '  - {name: "new: {name}", but: {goods: iron_ore}, expect: review} # why\n'
    lines = HEAD + BLOCKS["lines"]
    assert [spot.braces for spot in find_examples(lines)] == [False]
    assert read(with_expect(lines, 0, "review"), base).examples[0].expect.label == "review"


def write(folder: Path, text: str) -> Path:
    path = folder / "xa-coal.yaml"
    path.write_bytes(text.encode())
    return path


def test_the_file_is_replaced_whole_with_its_rights_and_its_mark(tmp_path: Path, base: RuleBase) -> None:
    path = write(tmp_path, "\ufeff" + HEAD + BLOCKS["one line each"])
    path.chmod(0o640)
    author = Author(require_rulebase([tmp_path]).get("xa-coal"), base)
    author.save(with_example(author.file.text, NEW), NEW)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# a comment")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [e.name for e in author.rule.examples] == ["a cargo", NEW.name]
    assert os.listdir(tmp_path) == ["xa-coal.yaml"]


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + BLOCKS["one line each"])
    opened = RuleText.open(path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="changed by somebody else"):
        opened.save("theirs", lambda _: None)
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["xa-coal.yaml"]


def test_what_would_not_load_is_not_written(tmp_path: Path, base: RuleBase) -> None:
    path = write(tmp_path, HEAD + BLOCKS["one line each"])
    author = Author(require_rulebase([tmp_path]).get("xa-coal"), base)
    for facts in ({"goods": "no_such_goods"}, {"goodz": "coal"}):
        bad = NewExample("bad", facts, "clear")
        with pytest.raises(UsageError, match="would not load"):
            author.save(with_example(author.file.text, bad), bad)
    assert path.read_text() == HEAD + BLOCKS["one line each"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    create_file(tmp_path / "new" / "a.yaml", "a: 1\n")
    with pytest.raises(UsageError, match="exists already"):
        create_file(tmp_path / "new" / "a.yaml", "b: 1\n")
    assert os.listdir(tmp_path / "new") == ["a.yaml"]
    assert (tmp_path / "new" / "a.yaml").read_text() == "a: 1\n"


EVENTS = [
    ({"act": "shipment", "goods": "artillery_shell", "supplier": "DPRK", "recipient": "XA", "date": "2022-11-02", "report": "alleged"},
     {"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "XA", "date": "2022-11-02", "report": "alleged"}),
    ({"act": "sale", "goods": "coal", "supplier": {"name": "Coal: & Sons", "state": "XA", "kind": "company"}, "stage": "planned"},
     {"act": "sale", "stage": "planned", "supplier": {"name": "Coal: & Sons", "state": "XA", "kind": "company"}, "goods": "coal",
      "report": "reported"}),
    ({"act": "employment", "person_nationality": "KP", "place": "donetsk", "date": "2025-03"},
     {"act": "employment", "date": "2025-03", "person_nationality": "KP", "place": "donetsk", "report": "reported"}),
    ({"act": "sale", "supplier_state": "XA", "quantity": {"number": 5, "unit": "t"}, "approved_by": ["un_1718_committee"]},
     {"act": "sale", "supplier_state": "XA", "quantity": {"number": 5, "unit": "t"}, "approved_by": ["un_1718_committee"],
      "report": "reported"}),
]


@pytest.mark.parametrize(("written", "fewest"), EVENTS)
def test_an_event_is_written_with_the_fewest_facts(written: dict[str, object], fewest: dict[str, object], base: RuleBase) -> None:
    reader = EventReader(base.vocabulary)
    event, problems = reader.read(written)
    assert event is not None, problems
    found = written_facts(event, reader)
    assert found == fewest
    again, _ = reader.read(found)
    assert again is not None
    assert (again.facts, again.report) == (event.facts, event.report)


def test_quotes_stand_only_where_they_are_needed() -> None:
    plain = ["the Houthis' boats", "rifles (new)", "Panel of Experts report of 2017", "S/2016/157", "снаряды", "UNSCR 2094 (2013) para 2"]
    assert [scalar(text) for text in plain] == plain
    assert [scalar(text) for text in ("a: b", "NO", "2016-08-11", "x,y", "a #b", "")] == [
        '"a: b"', '"NO"', '"2016-08-11"', '"x,y"', '"a #b"', '""']
