"""From the text of a rule to the rule: what each line becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checker.model.dates import parse_date
from checker.model.rule import BoolTest, Condition, DateTest, Group, Leaf, ListTest, Mark, NamedTest, NumberTest, Rule, TermTest
from checker.strictyaml.problem import Problem

ReadRule = Callable[..., tuple[Rule | None, list[Problem]]]


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def lines(read: ReadRule, golden_text: str, written: str) -> tuple[Condition, ...]:
    """The conditions that some lines of flag_when become."""
    start, end = golden_text.index("flag_when:"), golden_text.index("unless:")
    body = "".join(f"  {line}\n" for line in written.splitlines())
    rule, problems = read(f"{golden_text[:start]}flag_when:\n{body}  origin: {{not: XA}}\n  goods: covered_goods\n{golden_text[end:]}"
                          if "goods" not in written else f"{golden_text[:start]}flag_when:\n{body}{golden_text[end:]}")
    assert [p.message for p in problems] == []
    assert rule is not None
    return rule.flag_when.items


def test_the_head(golden: Rule) -> None:
    assert (golden.id, golden.kind, golden.regime, golden.severity, golden.status) == (
        "dprk-arms-export", "prohibition", "un-1718", "critical", "active")
    assert golden.bound == ("KP", "all_states")
    assert golden.breach_by == ("supplier", "recipient")
    assert (golden.reviewed.by, golden.reviewed.date, golden.reviewed.again_by) == ("desk", "2026-11-22", "2027-11-22")
    assert golden.path == "dprk-arms-export.yaml"
    assert golden.breach_class == "substantive"


def test_a_period_ends_the_day_before_the_next(golden: Rule) -> None:
    first, second = golden.periods
    assert (first.first, first.last) == (day("2006-10-14"), day("2009-06-11"))
    assert (second.first, second.last) == (day("2009-06-12"), None)
    assert first.authority == ("UNSCR 1718 (2006) para 8(b)",)
    assert second.authority == ("UNSCR 1718 (2006) para 8(b)", "UNSCR 1874 (2009) para 9")
    assert (first.verified.paragraph, first.verified.dates, first.verified.scope) == (False, True, True)
    assert (second.verified.paragraph, second.verified.dates, second.verified.scope) == (False, True, True)
    assert first.covered["covered_goods"].test == TermTest(("heavy_weapons",))


def test_the_elements_in_order_with_their_places(golden: Rule) -> None:
    act, goods, either, destination = golden.flag_when.items
    assert act == Leaf("act", TermTest(("transfer",)), mark=Mark("dprk-arms-export.yaml", 34, 3))
    assert isinstance(goods, Leaf)
    assert goods.test == NamedTest("covered_goods")
    assert isinstance(either, Group)
    assert either.kind == "any"
    assert [item.fact for item in either.items if isinstance(item, Leaf)] == ["shipped_from", "supplier"]
    assert destination == Leaf("destination", TermTest(("KP",)), negate=True, if_unknown="holds", mark=Mark("dprk-arms-export.yaml", 39, 3))


def test_an_exemption(golden: Rule) -> None:
    (committee,) = golden.exemptions
    assert (committee.name, committee.procedure) == ("committee_exemption", "approve")
    assert (committee.first, committee.last) == (day("2016-11-30"), None)
    assert committee.when.items[0] == Leaf("approved_by", TermTest(("un_1718_committee",)), mark=Mark("dprk-arms-export.yaml", 47, 12))


@pytest.mark.parametrize(("written", "test"), [
    ("act: [sale, shipment]", TermTest(("sale", "shipment"))),
    ("act: {any: transfer, except: [gift, lease]}", TermTest(("transfer",), ("gift", "lease"))),
    ("recipient: DPRK", TermTest(("KP",))),
    ("supplier: {listed: UN-1718-AF}", ListTest(("UN-1718-AF",))),
    ("supplier: {waived: [UN-1988-TB]}", ListTest(("UN-1988-TB",), waived=True)),
    ("earns_income: true", BoolTest(True)),
    ("earns_income: {is: false}", BoolTest(False)),
    ("range_km: {at_least: 300}", NumberTest(at_least=300)),
    ("range_km: {at_least: 1, at_most: 2.5}", NumberTest(1, 2.5)),
    ("calibre_mm: 20", NumberTest(20, 20)),
    ("contract_date: {before: 2017-09-11}", DateTest(before=day("2017-09-11"))),
    ("contract_date: {after: 2017-09-11, before: 2018-01-01}", DateTest(day("2018-01-01"), day("2017-09-11"))),
    ("goods: {is: covered_goods, if_unknown: review}", NamedTest("covered_goods")),
    ("via: [EG, africa]", TermTest(("EG", "africa"))),
])
def test_value_forms(read: ReadRule, golden_text: str, written: str, test: object) -> None:
    leaf = lines(read, golden_text, written)[0]
    assert isinstance(leaf, Leaf)
    assert leaf.test == test
    assert not leaf.negate
    assert leaf.if_unknown == ("review" if "if_unknown" in written else "")


def test_not_and_if_unknown(read: ReadRule, golden_text: str) -> None:
    leaf = lines(read, golden_text, "supplier: {not: [KP, IR], if_unknown: fails}")[0]
    assert leaf == Leaf("supplier", TermTest(("KP", "IR")), True, "fails", leaf.mark)


def test_groups_nest_once(read: ReadRule, golden_text: str) -> None:
    group = lines(read, golden_text, "none:\n  - act: sale\n    any:\n      - supplier: KP\n      - {broker: KP, via: EG}")[0]
    assert isinstance(group, Group)
    assert group.kind == "none"
    (alternative,) = group.items
    assert isinstance(alternative, Group)
    assert alternative.kind == "all"
    inner = alternative.items[1]
    assert isinstance(inner, Group)
    assert [type(item) for item in inner.items] == [Leaf, Group]


def test_examples_are_whole_events(golden: Rule) -> None:
    first, coal = golden.examples[:2]
    assert first.event.facts["goods"] == "rocket_propelled_grenade"
    assert first.source == "Panel of Experts report of 2017"
    assert first.event.report == "confirmed"
    assert coal.event.facts["goods"] == "coal"
    assert coal.event.facts["supplier"] == "KP"
    assert coal.event.facts["date"] == parse_date("2016-08-11")
    assert (coal.changed, coal.expect.label) == (("goods",), "clear")
    by_name = {example.name: example for example in golden.examples}
    assert "goods" not in by_name["nobody says what the crates held"].event.facts
    assert by_name["nobody says what the crates held"].expect.missing == ("goods",)
    assert by_name["a government alleges it"].event.report == "alleged"
    assert by_name["the Committee approved it"].expect.because == "committee_exemption"
    assert len(by_name) == len(golden.examples) >= 17


def test_derived_facts_follow_the_change(golden: Rule) -> None:
    """What was derived from the first event's supplier must not stay when an example names another."""
    by_name = {example.name: example for example in golden.examples}
    assert golden.examples[0].event.facts["supplier_state"] == "KP"
    assert by_name["bought from a trader in the DPRK"].event.facts["supplier_state"] == "XA"


def test_like_builds_on_another_example(read: ReadRule, golden_text: str) -> None:
    like = "like: the same voyage with a cargo of coal, but: {date: 2015}"
    rule, problems = read(f"{golden_text}  - {{name: coal in 2015, {like}, expect: {{label: clear, breach_by: []}}}}\n")
    assert problems == []
    assert rule is not None
    last = rule.examples[-1]
    assert (last.event.facts["goods"], last.event.facts["date"]) == ("coal", parse_date("2015"))
    assert last.expect.stated == ("breach_by",)


def test_a_mistake_in_the_first_event_is_told_once(read: ReadRule, golden_text: str) -> None:
    rule, problems = read(golden_text.replace("goods: rocket_propelled_grenade", "goods: rocket_propeled_grenade"))
    assert rule is None
    assert [(p.line, p.source[p.column - 1:p.column - 1 + p.width]) for p in problems] == [(55, "rocket_propeled_grenade")]


@pytest.mark.parametrize(("old", "new", "same"), [
    ("# $schema", "# another comment\n# $schema", True),
    ("severity: critical", 'severity: "critical"', True),
    ("bound: [KP, all_states]", "bound:\n  - KP\n  - all_states", True),
    ("kind: prohibition\nregime: un-1718", "regime: un-1718\nkind: prohibition", True),
    ("title: The DPRK", "title: The dprk", False),
    ("date: 2009-06-11", "date: 2009-06-10", False),
    ("bound: [KP, all_states]", "bound: [all_states, KP]", False),
])
def test_the_digest_follows_the_content(read: ReadRule, golden_text: str, golden: Rule, old: str, new: str, same: bool) -> None:
    assert old in golden_text
    rule, problems = read(golden_text.replace(old, new, 1))
    assert problems == []
    assert rule is not None
    assert (rule.digest == golden.digest) == same


def test_windows_line_ends_do_not_change_the_digest(read: ReadRule, golden_text: str, golden: Rule) -> None:
    rule, _ = read(golden_text.replace("\n", "\r\n"))
    assert rule is not None
    assert rule.digest == golden.digest


@pytest.mark.parametrize("line", range(3, 67))
def test_any_line_may_be_lost_without_a_traceback(read: ReadRule, golden_text: str, line: int) -> None:
    """Losing a line of the worked example leaves a rule, or problems with places; never neither."""
    kept = golden_text.splitlines()
    del kept[line - 1]
    rule, problems = read("\n".join(kept))
    assert (rule is None) == any(p.severity == "error" for p in problems)
    for problem in problems:
        assert 0 <= problem.line <= len(kept)
        assert problem.message
