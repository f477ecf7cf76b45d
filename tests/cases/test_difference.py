"""What a night did to a case and why: every row of the table of causes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.difference import Circumstances, compare
from checker.model.case import CaseClaim, CaseFinding, CaseRecord, CaseSource, Confidence

CLOSED = frozenset({"waived", "false positive"})


def source(name: str, copy_of: str = "") -> CaseSource:
    return CaseSource(name, "Post", "", "", "", "2026-01-01", "2026-01-01T00:00:00Z", "en", name * 8, copy_of)


def finding(rule: str = "arms", label: str = "alleged violation", flagged: bool = True) -> CaseFinding:
    return CaseFinding(rule, "d1", "No arms", "un-1718", "high", label, flagged, ("UNSCR 1718 (2006) para 8",), ("Exland",), "direct", (),
                       "Exland is alleged to have ...", "a", "e")


def claim(status: str, by: str = "Beland") -> CaseClaim:
    return CaseClaim(status, by, "XB", "state", "", ("a",), "words")


OLD = CaseRecord("C-2026-000001", "2026-01-01", "open", "untriaged", "alleged violation", "arms_transfer", "XA", "XB", "arms", "2026-01-01",
                 "2026-01-01", "Exland is alleged to have ...", (finding(),), (claim("alleged"),), (source("a"),),
                 Confidence("low", 1, 0, 2))
GONE = replace(OLD, state="withdrawn", findings=(), label="")
NONE = Circumstances()
ROWS = [
    ("a new event", None, OLD, Circumstances(new_documents={"a"}), "ADD", ("event",)),
    ("an event told long after", None, OLD, Circumstances(new_documents={"a"}, late={"a"}), "ADD", ("late-data",)),
    ("a new rule over an old event", None, OLD, Circumstances(rules={"arms": "added"}), "ADD", ("rule-added",)),
    ("an old rule that is wider now", None, OLD, Circumstances(rules={"arms": "changed"}), "ADD", ("rule-changed",)),
    ("somebody was listed", None, OLD, Circumstances(lists_changed=True), "ADD", ("list-changed",)),
    ("a new source", OLD, replace(OLD, sources=(source("a"), source("b"))), Circumstances(new_documents={"b"}), "MOD", ("new-source",)),
    ("a reply", OLD, replace(OLD, sources=(source("a"), source("b")), claims=(claim("alleged"), claim("denied", "Exland"))),
     Circumstances(new_documents={"b"}), "MOD", ("reply", "new-source")),
    ("a correction", OLD, replace(OLD, goods="rifle", sources=(source("b"),)),
     Circumstances(new_documents={"b"}, revised={"b"}, corrected={"a"}), "MOD", ("correction",)),
    ("another label by another rule", OLD, replace(OLD, findings=(finding(label="warning"),), label="warning"),
     Circumstances(rules={"arms": "changed"}), "MOD", ("rule-changed",)),
    ("a name listed", OLD, replace(OLD, findings=(finding(), finding("freeze"))), Circumstances(lists_changed=True), "MOD",
     ("list-changed",)),
    ("a verdict", OLD, OLD.decided("plausible"), Circumstances(decided=True), "MOD", ("decision",)),
    ("a date of the law", OLD, replace(OLD, findings=(finding(label="review"),), label="review"), Circumstances(rules={"arms": "law"}),
     "MOD", ("law-date",)),
    ("the law ended before", OLD, GONE, Circumstances(rules={"arms": "law"}), "DEL", ("law-date",)),
    ("the law began before", None, OLD, Circumstances(rules={"arms": "law"}), "ADD", ("law-date",)),
    ("the source took it back", OLD, GONE, Circumstances(new_documents={"b"}, revised={"b"}, corrected={"a"}), "DEL", ("retracted",)),
    ("the rule is narrower", OLD, GONE, Circumstances(rules={"arms": "changed"}), "DEL", ("rule-changed",)),
    ("the rule is gone", OLD, GONE, Circumstances(rules={"arms": "retired"}), "DEL", ("rule-retired",)),
    ("it is part of another case", OLD, OLD, Circumstances(merged_into="C-2026-000002", decided=True), "DEL", ("merged-into",)),
    ("an exemption was shown", OLD, replace(GONE, findings=(finding(label="exempt", flagged=False),)), NONE, "DEL", ("exemption",)),
    ("told again after it was withdrawn", GONE, replace(OLD, sources=(source("a"), source("b"))), Circumstances(new_documents={"b"}), "REO",
     ("event",)),
    ("told again by an older copy", OLD, replace(OLD, sources=(source("z"),)), Circumstances(revised={"b"}, corrected={"a"}, freed={"z"}),
     "MOD", ("correction",)),
    ("a correction that denies", OLD, replace(OLD, sources=(source("b"),), claims=(claim("denied", "Exland"),)),
     Circumstances(new_documents={"b"}, revised={"b"}, corrected={"a"}), "MOD", ("correction", "reply")),
    ("put together by hand", OLD, replace(OLD, sources=(source("a"), source("b"))), Circumstances(decided=True, moved=True), "MOD",
     ("decision",)),
    ("put together, and a new source", OLD, replace(OLD, sources=(source("a"), source("b"), source("c"))),
     Circumstances(new_documents={"c"}, decided=True, moved=True), "MOD", ("new-source", "decision")),
    ("taken apart by hand", replace(OLD, sources=(source("a"), source("b"))), OLD, Circumstances(decided=True, moved=True), "MOD",
     ("decision",)),
    ("a case made by hand", None, OLD, Circumstances(decided=True, moved=True), "ADD", ("decision",)),
    ("a new source and another rule", OLD, replace(OLD, sources=(source("a"), source("b"))),
     Circumstances(new_documents={"b"}, rules={"arms": "changed"}), "MOD", ("new-source",)),
    ("a closed case with a new source", OLD.decided("false positive"), replace(OLD.decided("false positive"),
                                                                             sources=(source("a"), source("b"))),
     Circumstances(new_documents={"b"}), "MOD", ("new-source",)),
    ("a verdict is taken back", OLD.decided("false positive"), OLD.decided("plausible"), Circumstances(decided=True), "REO",
     ("decision",)),
    ("a waiver ended", OLD.decided("waived"), OLD, Circumstances(lapsed=True), "REO", ("waiver-expired",)),
]


@pytest.mark.parametrize(("before", "after", "why", "op", "causes"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_causes(before: CaseRecord | None, after: CaseRecord, why: Circumstances, op: str, causes: tuple[str, ...]) -> None:
    found = compare(before, after, why, CLOSED)
    assert found is not None
    assert (found.op, found.causes) == (op, causes)


@pytest.mark.parametrize(("before", "after"), [
    (OLD, OLD), (None, GONE), (GONE, GONE), (OLD, replace(OLD, sources=(source("a"), source("z", copy_of="a")))),
    (OLD, replace(OLD, sentence="other words", claims=(replace(OLD.claims[0], documents=("a", "z")),))),
], ids=["the same", "never flagged", "withdrawn already", "only a copy", "only words"])
def test_what_means_nothing_is_no_difference(before: CaseRecord | None, after: CaseRecord) -> None:
    assert compare(before, after, Circumstances(new_documents={"z"})) is None


def test_the_fields_that_differ_are_told_before_and_after() -> None:
    found = compare(OLD, replace(OLD, goods="rifle"), NONE)
    assert found is not None
    assert found.fields == (("goods", "arms", "rifle"),)


@given(st.permutations([finding("a"), finding("b"), finding("c")]), st.permutations([claim("alleged"), claim("denied"), claim("reported")]))
def test_order_is_no_difference(findings: list[CaseFinding], claims: list[CaseClaim]) -> None:
    one = replace(OLD, findings=(finding("a"), finding("b"), finding("c")), claims=(claim("alleged"), claim("denied"), claim("reported")))
    other = replace(one, findings=tuple(findings), claims=tuple(claims))
    assert one.digest() == other.digest()
    assert CaseRecord.from_wire(other.to_wire()) == other
