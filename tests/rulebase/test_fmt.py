"""The canonical form: it says what was said, keeps comments, changes nothing the second time, and is the form of our own rules."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.locator import rules_dir
from checker.rulebase.fmt.format import format_text
from checker.rulebase.fmt.order import GROUPS, in_order
from checker.rulebase.fmt.scalars import needs_quotes
from checker.rulebase.loader import YES_NO_UNDER
from checker.rulebase.rulefile import EXEMPTION_FILE, OPTIONAL, REQUIRED, read_rule, read_shared
from checker.strictyaml.loader import parse
from checker.vocabulary.vocabulary import default_vocabulary

GOOD = Path(__file__).parents[1] / "messages" / "good" / "rules"
SHIPPED = sorted((rules_dir() / "un").rglob("*.yaml"))
FILES = [*SHIPPED, *sorted(GOOD.glob("*.yaml"))]
VOCABULARY = default_vocabulary()


def shared() -> dict[str, Any]:
    found = {}
    for path in (rules_dir() / "un" / "exemptions").glob("*.yaml"):
        exemption, _ = read_shared(parse(path.read_text(encoding="utf-8"), path.name, yes_no_under=YES_NO_UNDER), VOCABULARY, path.stem)
        found[path.stem] = exemption
    return found


SHARED = shared()


def loaded(text: str, stem: str) -> object:
    """What a text loads as, without the places where things are written and the digest of the file; or its problems."""
    parsed = parse(text, f"{stem}.yaml", yes_no_under=YES_NO_UNDER)
    keys = getattr(parsed.node, "entries", {})
    rule, problems = (read_shared(parsed, VOCABULARY, stem) if "exemption" in keys else read_rule(parsed, VOCABULARY, stem, SHARED))
    return bare(msgspec.to_builtins(rule)) if rule else [p.code for p in problems]


def bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: bare(v) for key, v in value.items() if key not in ("mark", "digest", "changed")}
    return [bare(item) for item in value] if isinstance(value, list | tuple) else value


def canonical(text: str) -> str:
    done = format_text(text, "x.yaml", VOCABULARY)
    assert not done.problems, done.problems
    return done.text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_rules_that_come_with_the_program_are_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert canonical(text) == text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_loads_as_before_and_a_second_time_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    done = canonical(text)
    assert loaded(done, path.stem) == loaded(text, path.stem)
    assert canonical(done) == done


def mangle(text: str, seed: int) -> str:
    """The same rule, carelessly written: blocks in another order, deeper indentation, needless quotes, blanks, comments, line ends."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    blocks: list[list[str]] = []
    head: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            head.append(line)
        elif line and not line.startswith(" "):
            blocks.append([*head, line] if blocks else [line])
            head = head if not blocks[1:] else []
        elif line.strip():
            blocks[-1].append(line)
    chance.shuffle(blocks)
    lines: list[str] = []
    for block in blocks:
        deeper = chance.choice([0, 0, 1, 3])
        for line in block:
            indent = len(line) - len(line.lstrip())
            indent += deeper if indent else 0
            line = " " * indent + line.lstrip()
            if line.rstrip().endswith((": KP", ": KP}")) and chance.random() < 0.7:
                line = line.replace(": KP", chance.choice([": DPRK", ": 'North Korea'", ': "KP"']))
            if chance.random() < 0.15:
                lines.append(" " * indent + f"# comment {len(lines)}")
            if chance.random() < 0.1 and "#" not in line and not line.rstrip().endswith(("|", ">")):
                line += f"   # beside {len(lines)}"
            lines.append(line + " " * chance.choice([0, 0, 0, 3]))
            if chance.random() < 0.1:
                lines += [""] * chance.choice([1, 3])
    return chance.choice(["\n", "\n", "\r\n"]).join(lines) + chance.choice(["", "\n", "\n\n\n"])


@pytest.mark.parametrize("path", FILES[::7], ids=lambda p: p.stem)
@given(seed=st.integers(0, 10**9))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_careless_writing_is_put_in_order(path: Path, seed: int) -> None:
    text = path.read_text(encoding="utf-8")
    careless = mangle(text, seed)
    before = loaded(careless, path.stem)
    done = canonical(careless)
    assert loaded(done, path.stem) == before == loaded(text, path.stem)
    assert canonical(done) == done
    assert sorted(comments(done)) == sorted(comments(careless))
    assert not any(line != line.rstrip() for line in done.split("\n"))
    assert done.endswith("\n")
    assert not done.endswith("\n\n")
    assert "\r" not in done


def comments(text: str) -> list[str]:
    return [line[line.index("#"):].rstrip() for line in text.splitlines() if "# " in line]


HEAD = "rule: x\n"


@pytest.mark.parametrize(("written", "wanted"), [
    ("title: 'x'\nrule: x\n", "rule: x\ntitle: x\n"),
    ("rule: x\ntitle: \"yes\"\n", "rule: x\ntitle: \"yes\"\n"),
    ("rule: x\ntitle: \"NO\"\n", "rule: x\ntitle: \"NO\"\n"),
    ("rule: x\ntitle: \"0101\"\n", "rule: x\ntitle: \"0101\"\n"),
    ("rule: x\ntitle: 'it''s: so'\n", "rule: x\ntitle: 'it''s: so'\n"),
    ("rule: x\ntitle: 'it''s'\n", "rule: x\ntitle: it's\n"),
    ("rule: x\nbound: [DPRK,   \"Norway\"]\n", "rule: x\n\nbound: [KP, NO]\n"),
    ("rule: x\nbound: \"NO\"\n", "rule: x\n\nbound: NO\n"),
    ("rule: x\nbound:\n- DPRK\n- IR\n", "rule: x\n\nbound:\n  - KP\n  - IR\n"),
    ("rule: x\nflag_when: {supplier: {not: \"North Korea\", if_unknown: holds}}\n",
     "rule: x\n\nflag_when: {supplier: {not: KP, if_unknown: holds}}\n"),
    ("rule: x\nflag_when: {supplier: {if_unknown: holds, not: Houthi rebels}}\n",
     "rule: x\n\nflag_when: {supplier: {not: houthis, if_unknown: holds}}\n"),
    ("rule: x\nflag_when:\n    any:\n        - act: weapons\n        -   act: sale\n            goods: Tanks\n",
     "rule: x\n\nflag_when:\n  any:\n    - act: weapons\n    - act: sale\n      goods: battle_tank\n"),
    ("# top\n\nrule: x\n# of the title\ntitle: x\n# last", "# top\n\nrule: x\n# of the title\ntitle: x\n\n# last\n"),
    ("# top\ntitle: x  # t\nrule: x\n", "# top\nrule: x\ntitle: x  # t\n"),
    ("rule: x\nexamples:\n  - name: a\n    but: {goods: coal}\n    expect: clear\n",
     "rule: x\n\nexamples:\n  - {name: a, but: {goods: coal}, expect: clear}\n"),
    ("rule: x\nexamples:\n  - name: a\n    # why\n    but: {goods: coal}\n    expect: clear\n",
     "rule: x\n\nexamples:\n  - name: a\n    # why\n    but: {goods: coal}\n    expect: clear\n"),
    ("rule: x\nexamples:\n  - {expect: clear, name: \"a, b\", but: {goods: 'coal'}}\n",
     "rule: x\n\nexamples:\n  - {name: \"a, b\", but: {goods: coal}, expect: clear}\n"),
    ("rule: x\nreviewed: {by: desk,\n  date: 2026-01-01,\n  again_by: 2027-01-01}\n",
     "rule: x\nreviewed: {by: desk, date: 2026-01-01, again_by: 2027-01-01}\n"),
    ("rule: x\nunless:\n  a:\n    when: {act: sale}\n    says: s\n\n\n  # about b\n  b:\n    says: s\n  # end of unless\nbound: KP\n",
     "rule: x\n\nbound: KP\n\nunless:\n  a:\n    says: s\n    when: {act: sale}\n\n  # about b\n  b:\n    says: s\n  # end of unless\n"),
    ("rule: x\nin_force:\n  # first\n  - says: s  # beside\n    from: 2020-01-01\n",
     "rule: x\n\nin_force:\n  # first\n  - from: 2020-01-01\n    says: s  # beside\n"),
    ("rule: x\nsummary: |\n    two\n    lines\ntitle: x\n", "rule: x\ntitle: x\nsummary: |\n  two\n  lines\n"),
    ("rule: x\nsummary: one text\n  on two lines\n", "rule: x\nsummary: one text on two lines\n"),
    ("\ufeffrule: x\r\ntitle: x\r\n", "rule: x\ntitle: x\n"),
    ("rule: x\nunless:\n  use: {use: un-1718-committee}\n", "rule: x\n\nunless:\n  use: {use: un-1718-committee}\n"),
    ("exemption: x\nwhen: {act: sale}\nsays: s\ntitle: x\n", "exemption: x\ntitle: x\n\nsays: s\nwhen: {act: sale}\n"),
    ("rule: x\nquota: {scope: all_states, at_most: {unit: bbl, number: 5}, of: goods}\n",
     "rule: x\n\nquota: {of: goods, at_most: {number: 5, unit: bbl}, scope: all_states}\n"),
])
def test_forms(written: str, wanted: str) -> None:
    assert canonical(written) == wanted
    assert canonical(wanted) == wanted


@pytest.mark.parametrize("text", ["rule: [x\n", "rule: x\n  title: y\n", "", "a: &x 1\n", "- a\n", "goods: coal\n", "rule: x\nrule: y\n"])
def test_what_is_no_rule_file_is_left_alone(text: str) -> None:
    done = format_text(text, "x.yaml", VOCABULARY)
    assert done.text == text
    assert done.problems


@pytest.mark.parametrize("text", ["---\nrule: x\ntitle:   x\n", "rule: x\ntitle: [a, # why\n  b]\n", "rule: x\n# a\n---\n"])
def test_no_comment_and_no_word_is_ever_lost(text: str) -> None:
    done = format_text(text, "x.yaml", VOCABULARY)
    assert sorted(comments(done.text)) == sorted(comments(text))
    before, after = (parse(t, "x").node for t in (text, done.text))
    assert before is None or (after is not None and after.plain() == before.plain())


@given(st.text(max_size=30))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_text_without_quotes_means_itself(text: str) -> None:
    for brackets in (False, True):
        if not needs_quotes(text, brackets=brackets):
            written = f"a: [{text}, {text}]\n" if brackets else f"a:\n  - {text}\n  - {text}\n"
            node = parse(written, "x").node
            assert node is not None
            assert node.plain() == {"a": [text, text]}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_title_stays_what_it_is(title: str) -> None:
    text = f"title: {json.dumps(title, ensure_ascii=False)}\nrule: x\n"
    if not parse(text, "x").ok:
        return
    node = parse(canonical(text), "x").node
    assert node is not None
    assert node.plain() == {"rule": "x", "title": title}


def test_every_line_of_the_grammar_has_its_place() -> None:
    placed = {key for group in GROUPS for key in group}
    assert {*REQUIRED, *OPTIONAL} <= placed
    shared_keys = [key for part in EXEMPTION_FILE for key in part]
    assert sorted(in_order("shared", shared_keys)) == sorted(shared_keys)
    assert in_order("shared", [*shared_keys, "zzz"])[-1] == "zzz"
