"""What an edit changes: what is written otherwise, and which events come out otherwise, with the line that decides."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.locator import rules_dir
from checker.proof.changes import changes
from checker.proof.diff import RuleDiff, RulesDiff, compare, example_events
from checker.proof.version import version_in_folder, version_in_git
from checker.strictyaml.loader import parse

RULE = """\
rule: xa-coal
title: Exland may not export coal
summary: Flags coal out of Exland.
kind: prohibition
regime: un-1718
severity: high
status: active
owner: training
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}
in_force:
  - from: 2020-01-01
    authority: Training resolution para 1
    force: decides
    says: no coal may leave Exland
    link: https://example.org/
    verified: {paragraph: no, dates: no, scope: no, source: https://example.org/, date: 2026-11-22}
bound: [XA, all_states]
breach_by: [supplier, recipient]
flag_when:
  act: transfer
  goods: coal
  supplier: XA
unless:
  aid:
    says: aid is exempt
    authority: Training resolution para 2
    when: {purpose: humanitarian}
examples:
  - name: coal goes abroad
    event: {act: shipment, goods: coal, supplier: XA, recipient: XB, date: 2021-05-03, report: reported}
    expect: reported violation
  - {name: ore goes abroad, but: {goods: iron_ore}, expect: clear}
  - {name: others sell coal, but: {supplier: XB, recipient: XA}, expect: clear}
  - {name: the day before, but: {date: 2019-12-31}, expect: not in force}
  - {name: as aid, but: {purpose: humanitarian}, expect: exempt}
"""


def folder(path: Path, text: str, **others: str) -> Path:
    """A whole rule base of one rule and other files."""
    (path / "un").mkdir(parents=True)
    (path / "un" / "xa-coal.yaml").write_text(text, encoding="utf-8")
    for name, other in others.items():
        (path / "un" / f"{name.replace('_', '-')}.yaml").write_text(other, encoding="utf-8")
    return path


def diff(tmp_path: Path, old: Path, new: Path) -> RulesDiff:
    work = [tmp_path / "work1", tmp_path / "work2"]
    for one in work:
        one.mkdir()
    before, after = version_in_folder(old, work[0]), version_in_folder(new, work[1])
    pairs, problems = example_events(before, after)
    assert problems == []
    return compare(before, after, pairs)


def edited(tmp_path: Path, was: str, now: str) -> RuleDiff:
    """The comparison of the rule with the rule in which ``was`` became ``now``."""
    assert RULE.count(was) == 1
    found = diff(tmp_path, folder(tmp_path / "old", RULE), folder(tmp_path / "new", RULE.replace(was, now)))
    (rule,) = found.rules
    assert found.words == ()
    return rule


@pytest.mark.parametrize(
    ("was", "now", "part", "direction", "events"),
    [
        ("  supplier: XA\n", "", "flag_when.supplier", "tightened", {("others sell coal", "newly flagged")}),
        ("  goods: coal\n", "  goods: [coal, iron_ore]\n", "flag_when.goods", "tightened", {("ore goes abroad", "newly flagged")}),
        ("  goods: coal\n", "  goods: iron_ore\n", "flag_when.goods", "mixed",
         {("ore goes abroad", "newly flagged"), ("coal goes abroad", "no longer flagged"), ("as aid", "another label")}),
        ("from: 2020-01-01", "from: 2019-12-31", "in_force[2020-01-01]", "tightened", {("the day before", "newly flagged")}),
        ("from: 2020-01-01", "from: 2021-05-04", "in_force[2020-01-01]", "widened",
         {("coal goes abroad", "no longer flagged"), ("as aid", "another label")}),
        ("    when: {purpose: humanitarian}", "    when: {purpose: diplomatic}", "unless.aid.when.purpose", "tightened",
         {("as aid", "newly flagged")}),
        ("force: decides", "force: calls_upon", "in_force[2020-01-01].force", "neutral", {("coal goes abroad", "another label")}),
        ("breach_by: [supplier, recipient]", "breach_by: [supplier]", "breach_by", "neutral", {("coal goes abroad", "told otherwise")}),
        ("status: active", "status: draft", "status", "widened",
         {("coal goes abroad", "no longer flagged")}),
        ("severity: high", "severity: low", "severity", "neutral", set()),
    ],
    ids=lambda value: value.strip() if isinstance(value, str) else "",
)
def test_a_change_and_what_comes_of_it(tmp_path: Path, was: str, now: str, part: str, direction: str, events: set[tuple[str, str]]) -> None:
    rule = edited(tmp_path, was, now)
    assert rule.what == "changed"
    assert part in {change.part for change in rule.changes}
    assert {(event.event.removeprefix("xa-coal: "), event.op) for event in rule.events} == events
    assert rule.verdict == direction


def test_the_deciding_line_is_named_in_both_versions(tmp_path: Path) -> None:
    rule = edited(tmp_path, "  goods: coal\n", "  # a comment\n  goods: iron_ore\n")
    gone = next(event for event in rule.events if event.op == "no longer flagged")
    assert gone.why == "now not flagged: the goods would have to be iron ore; the event says coal"
    assert gone.was_at.endswith("old/un/xa-coal.yaml:21:3")
    assert gone.now_at.endswith("new/un/xa-coal.yaml:22:3")
    assert (gone.was, gone.now) == ("reported violation", "clear")


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("flag_when:\n", "# why it is so\nflag_when:\n\n", "same"),
        ("bound: [XA, all_states]", "bound:   ['XA', \"all_states\"]", "same"),
        ("  supplier: XA\n", "  supplier: {is: XA}\n", "same"),
        ("summary: Flags coal out of Exland.", "summary: Flags coal from Exland.", "words"),
        ("says: aid is exempt", "says: aid is excused", "words"),
        ("name: ore goes abroad", "name: iron ore goes abroad", "words"),
    ],
)
def test_comments_spelling_and_words_are_no_change_of_what_is_flagged(tmp_path: Path, was: str, now: str, what: str) -> None:
    rule = edited(tmp_path, was, now)
    assert (rule.what, rule.verdict, rule.events) == (what, "neutral", ())


def test_nothing_differs(tmp_path: Path) -> None:
    found = diff(tmp_path, folder(tmp_path / "old", RULE), folder(tmp_path / "new", RULE))
    assert (found.rules, found.words, found.changed, found.judged) == ((), (), False, 5)


def test_rules_added_and_removed(tmp_path: Path) -> None:
    other = RULE.replace("rule: xa-coal", "rule: xa-ore").replace("goods: coal\n  supplier", "goods: iron_ore\n  supplier")
    other = other[:other.index("examples:")]
    found = diff(tmp_path, folder(tmp_path / "old", RULE), folder(tmp_path / "new", RULE, xa_ore=other))
    (rule,) = found.rules
    assert (rule.rule, rule.what, rule.verdict) == ("xa-ore", "added", "tightened")
    assert [(e.event, e.was, e.why) for e in rule.events] == [("xa-coal: ore goes abroad", "", "there was no such rule")]
    shutil.rmtree(tmp_path / "work1")
    shutil.rmtree(tmp_path / "work2")
    (gone,) = diff(tmp_path, tmp_path / "new", tmp_path / "old").rules
    assert (gone.rule, gone.what, gone.verdict) == ("xa-ore", "removed", "widened")


def test_an_older_file_with_errors_is_not_compared(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", RULE.replace("goods: coal\n  supplier", "goods: cole\n  supplier"))
    work = tmp_path / "work"
    work.mkdir()
    before, after = version_in_folder(old, work), version_in_folder(folder(tmp_path / "new", RULE), work)
    assert [p.code for p in before.problems] == ["unknown-term"]
    pairs, _ = example_events(before, after)
    (rule,) = compare(before, after, pairs).rules
    assert (rule.what, rule.verdict, rule.events) == ("unread", "unknown", ())


def test_a_shared_exemption_changes_the_rules_that_use_it(tmp_path: Path) -> None:
    shared = """\
exemption: xa-aid
title: Aid
owner: training
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}
says: aid is exempt
authority: Training resolution para 2
when: {purpose: humanitarian}
examples:
  - {name: food, event: {act: shipment, goods: coal, supplier: XA, date: 2021-05-03, purpose: humanitarian}, expect: exempt}
"""
    user = RULE[:RULE.index("unless:")] + "unless:\n  aid: {use: xa-aid}\n" + RULE[RULE.index("examples:"):]
    found = diff(tmp_path, folder(tmp_path / "old", user, xa_aid=shared),
                 folder(tmp_path / "new", user, xa_aid=shared.replace("when: {purpose: humanitarian}", "when: {purpose: diplomatic}")))
    by_id = {rule.rule: rule for rule in found.rules}
    assert by_id["xa-coal"].what == "changed"
    assert by_id["xa-coal"].through == ("xa-aid",)
    assert by_id["xa-coal"].verdict == "tightened"
    assert [change.part for change in by_id["xa-aid"].changes] == ["when.purpose"]


def test_the_vocabulary_counts(tmp_path: Path) -> None:
    """Where a shipment is no transfer any more, nothing in the rules has changed, and yet they flag less."""
    old, new = folder(tmp_path / "old", RULE), folder(tmp_path / "new", RULE)
    for one in (old, new):
        shutil.copytree(rules_dir() / "vocabulary", one / "vocabulary")
    acts = new / "vocabulary" / "acts.yaml"
    before = acts.read_text(encoding="utf-8")
    head, tail = before.split("\n  shipment:\n")
    assert "\n    under: transfer\n" in tail[:200]
    acts.write_text(f"{head}\n  shipment:\n{tail.replace('under: transfer', 'under: statement', 1)}", encoding="utf-8")
    found = diff(tmp_path, old, new)
    (words,) = found.words
    assert words.file == "acts.yaml"
    assert [change.part for change in words.changes] == ["terms.shipment.under"]
    assert found.changed
    (changed,) = found.rules
    assert (changed.what, changed.verdict) == ("same", "widened")


def test_words_that_an_old_version_lacks_are_those_of_today(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", RULE)
    shutil.copytree(rules_dir() / "vocabulary", old / "vocabulary")
    (old / "vocabulary" / "units.yaml").unlink()
    work = tmp_path / "work"
    work.mkdir()
    version = version_in_folder(old, work)
    assert [p.code for p in version.problems] == ["word-file-absent"]
    assert len(version.rulebase.rules) == 1


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Rules of one's own, kept in git."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    (tmp_path / "my rules").mkdir()
    (tmp_path / "my rules" / "xa-coal.yaml").write_text(RULE, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "rules"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)
    return tmp_path / "my rules"


def test_a_revision_is_read_from_the_repository_of_the_folder(repository: Path, tmp_path: Path) -> None:
    (repository / "xa-coal.yaml").write_text(RULE.replace("goods: coal\n  supplier", "goods: iron_ore\n  supplier"), encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    version = version_in_git("HEAD", work, [repository])
    rule = version.rulebase.get("xa-coal")
    assert version.place(rule.mark) == "HEAD:my rules/xa-coal.yaml:1:1"
    assert version.judge.explain(rule.examples[0].event, "xa-coal").label == "reported violation"


@pytest.mark.parametrize("revision", ["nonsense", "--output=stolen", "HEAD~99", "HEAD:rules", "-h"])
def test_a_revision_that_there_is_not_is_told_of(repository: Path, tmp_path: Path, revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.proof.version.rules_dir", lambda: repository)
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(UsageError, match="knows no revision"):
        version_in_git(revision, work)
    assert not list(tmp_path.glob("**/stolen"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a: 1", "a: 2", [("a", "1", "2")]),
        ("a: 1 # c", "a:   1", []),
        ("a: [1, 2]", "a: [1, 3]", [("a", "[1, 2]", "[1, 3]")]),
        ("a: {b: 1}", "a: {c: 1}", [("a.b", "1", ""), ("a.c", "", "1")]),
        ("any: [{a: 1}, {b: 2}]", "any: [{b: 2}, {a: 3}]", [("any[2].a", "1", "3")]),
        ("any: [{a: 1}, {b: 2}]", "any: [{b: 2}]", [("any[1]", "{a: 1}", "")]),
        ("in_force: [{from: 2020-01-01, says: x}]", "in_force: [{from: 2019-01-01, says: y}, {from: 2020-01-01, says: z}]",
         [("in_force[2020-01-01].says", "x", "z"), ("in_force[2019-01-01]", "", "{from: 2019-01-01, says: y}")]),
        ("examples: [{name: x, expect: clear}, {name: x, expect: met}]", "examples: [{name: x, expect: clear}, {name: x, expect: exempt}]",
         [("examples[x (2)].expect", "met", "exempt")]),
        ("a: 1", "a: [1]", [("a", "1", "[1]")]),
    ],
)
def test_changes_are_found_key_by_key(old: str, new: str, told: list[tuple[str, str, str]]) -> None:
    found = changes(parse(old, "o").node, parse(new, "n").node, "o", "n")
    assert [(change.part, change.was, change.now) for change in found] == told
