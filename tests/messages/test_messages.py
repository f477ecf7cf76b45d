"""Every mistake a file can hold, with the very words a person is told: ``bad/<kind>/x.yaml`` beside ``x.txt``.

After a message was changed on purpose, ``UPDATE_MESSAGES=1 pytest tests/messages`` writes the texts anew; read the difference
before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from checker.rulebase import codes as rule_codes
from checker.rulebase.conditions import FORMS, IF_UNKNOWN
from checker.rulebase.exemptions import PROCEDURES
from checker.rulebase.loader import YES_NO_UNDER, load_rulebase, shown_path
from checker.rulebase.periods import ENDED, FORCES
from checker.rulebase.quotas import COUNTED, PER, SCOPES
from checker.rulebase.rulefile import EXEMPTION_FILE, OPTIONAL, REQUIRED, read_rule, read_shared
from checker.strictyaml import codes as yaml_codes
from checker.strictyaml.loader import parse, parse_file
from checker.strictyaml.message import render, render_all
from checker.strictyaml.nodes import ListNode, MapNode, Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

HERE = Path(__file__).resolve().parent
UPDATE = bool(os.environ.get("UPDATE_MESSAGES"))


def files(kind: str) -> list[Path]:
    found = sorted((HERE / kind).glob("*.yaml"))
    assert found, f"no files in {kind}"
    return found


def name(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


def read_yaml(path: Path) -> list[Problem]:
    return parse_file(path, shown_as=name(path), yes_no_under=YES_NO_UNDER).problems


def read_as_rule(path: Path) -> list[Problem]:
    parsed = parse_file(path, shown_as=name(path), yes_no_under=YES_NO_UNDER)
    rule, problems = read_rule(parsed, default_vocabulary(), path.stem)
    assert (rule is None) == any(p.severity == "error" for p in problems)
    return problems


def read_as_exemption(path: Path) -> list[Problem]:
    parsed = parse_file(path, shown_as=name(path), yes_no_under=YES_NO_UNDER)
    exemption, problems = read_shared(parsed, default_vocabulary(), path.stem)
    assert (exemption is None) == any(p.severity == "error" for p in problems)
    return problems


def read_as_event(path: Path) -> list[Problem]:
    parsed = parse_file(path, shown_as=name(path))
    assert isinstance(parsed.node, MapNode)
    node = parsed.node

    def locate(key: str) -> tuple[int, int]:
        at = node.entries[key].key if key in node.entries else node
        return at.line, at.column

    data = node.plain()
    assert isinstance(data, dict)
    data = {key: str(value) if key == "date" else value for key, value in data.items()}
    event, problems = EventReader(default_vocabulary()).read(data, locate=locate, path=name(path), source=parsed.source)
    assert event is None
    return problems


READERS = {"bad/yaml": read_yaml, "bad/rules": read_as_rule, "bad/exemptions": read_as_exemption, "bad/events": read_as_event}
BAD = [(kind, path) for kind in READERS for path in files(kind)]
BASES = sorted(p for p in (HERE / "bad/bases").iterdir() if p.is_dir())


def compare(text: str, golden: Path) -> None:
    if UPDATE:
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), f"{golden.name} is missing: run with UPDATE_MESSAGES=1 and read what it writes"
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "path"), BAD, ids=[name(path) for _, path in BAD])
def test_each_mistake_has_its_message(kind: str, path: Path) -> None:
    problems = READERS[kind](path)
    assert problems, f"{path.name} holds no mistake"
    compare(render_all(sorted(problems, key=lambda p: (p.line, p.column, p.code, p.message))), path.with_suffix(".txt"))


@pytest.mark.parametrize("folder", BASES, ids=[p.name for p in BASES])
def test_mistakes_between_files(folder: Path) -> None:
    loaded = load_rulebase([folder])
    text = render_all(loaded.problems).replace(shown_path(HERE), "messages")
    loads = ", ".join(rule.id for rule in loaded.rulebase.rules) or "nothing"
    compare(f"{text}\nloaded: {loads}\n", folder.with_suffix(".txt"))


@pytest.mark.parametrize("path", files("good/yaml"), ids=lambda p: p.stem)
def test_good_yaml(path: Path) -> None:
    parsed = parse_file(path, yes_no_under=YES_NO_UNDER)
    assert parsed.problems == []
    assert parsed.node is not None
    compare(f"{parsed.node.plain()!r}\n", path.with_suffix(".txt"))


@pytest.mark.parametrize("path", files("good/rules"), ids=lambda p: p.stem)
def test_good_rules_load_without_a_word(path: Path) -> None:
    assert render_all(read_as_rule(path)) == ""


@pytest.mark.parametrize("path", files("good/exemptions"), ids=lambda p: p.stem)
def test_good_shared_exemptions_load_without_a_word(path: Path) -> None:
    assert render_all(read_as_exemption(path)) == ""


def test_a_line_of_ten_megabytes() -> None:
    problems = parse("a: " + "x" * 10_000_000, "long.yaml").problems
    assert render_all(problems) == (
        "long.yaml: error[file-too-large]: the file is larger than 4 MB and was not read\nhelp: split it into smaller files\n")


def test_a_file_of_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("a: " + "x" * 10_000_000, encoding="utf-8")
    assert [p.code for p in parse_file(path).problems] == ["file-too-large"]


def test_a_mistake_in_a_very_long_line_shows_the_part_around_it() -> None:
    problem = parse("a: [" + "武, " * 300_000 + "&x 1, " + "y, " * 300_000 + "z]", "long.yaml").problems[0]
    shown = render(problem).splitlines()
    assert problem.column == 900_005
    assert len(shown[1]) < 200
    assert shown[2].index("^") > 20
    assert shown[1].startswith("   1 | … ")
    assert shown[1].endswith(" …")


def test_many_mistakes_are_counted_not_listed() -> None:
    problems = parse("a: x\n" * 500, "many.yaml").problems
    assert len(problems) == 101
    assert problems[-1].code == "yaml-many"


@pytest.mark.parametrize("make", [lambda p: p / "absent.yaml", lambda p: p], ids=["absent", "folder"])
def test_unreadable(make: object, tmp_path: Path) -> None:
    assert callable(make)
    assert [p.code for p in parse_file(make(tmp_path)).problems] == ["file-unreadable"]


def golden_codes() -> set[str]:
    text = "".join(p.read_text(encoding="utf-8") for p in HERE.glob("bad/**/*.txt"))
    return set(re.findall(r"^\S.*?: (?:error|warning)\[([a-z-]+)\]", text, re.MULTILINE))


def test_every_code_is_shown_by_a_file_and_explained() -> None:
    made_here = {"file-too-large", "file-unreadable", "yaml-many", "rules-folder", "rules-none"}
    known = {*yaml_codes.CODES, *rule_codes.CODES}
    assert known - golden_codes() - made_here == set(), "codes without a file that shows them"
    events = {p.code for path in files("bad/events") for p in read_as_event(path)}
    assert golden_codes() - known - events == set(), "codes that no table explains"


def words(node: Node) -> set[str]:
    """Every key and every text of a tree."""
    if isinstance(node, MapNode):
        return set(node.entries) | {w for e in node.entries.values() for w in words(e.value)}
    if isinstance(node, ListNode):
        return {w for item in node.items for w in words(item)}
    return {node.text}


def test_every_construct_has_a_good_file() -> None:
    grammar = {*REQUIRED, *OPTIONAL, *EXEMPTION_FILE[0], *EXEMPTION_FILE[1]}
    grammar |= {form for forms in FORMS.values() for form in forms} | {"any", "none", "if_unknown", *IF_UNKNOWN}
    grammar |= {"from", "until", "known_until", "ended", "authority", "force", "says", "link", "verified", *FORCES}
    grammar |= {"positions", "view", "holders", "basis", "owed_by", "due", "when", "procedure", "text", "why"}
    grammar |= {"event", "but", "like", "expect", "label", "breach_by", "because", "missing", "source", "confirmed", "not_excluded"}
    grammar |= {"of", "at_most", "whichever", "lower", "per", "scope", "conditions", "alerts", "number", "unit", "level_on", "year_from"}
    grammar |= {*COUNTED, *PER, *SCOPES, "covered_quantity", "overrides"} - {"all_states"}
    said: set[str] = set()
    for path in [*files("good/rules"), *files("good/exemptions")]:
        node = parse_file(path, yes_no_under=YES_NO_UNDER).node
        assert node is not None
        said |= words(node)
    assert grammar - said == set()
    assert said & set(ENDED)
    assert said & set(PROCEDURES)


def test_goldens_belong_to_files() -> None:
    for golden in HERE.glob("**/*.txt"):
        assert golden.with_suffix(".yaml").is_file() or golden.with_suffix("").is_dir(), f"{name(golden)} has no file"


def test_goldens_hold_no_live_control_characters() -> None:
    for golden in HERE.glob("bad/**/*.txt"):
        text = golden.read_text(encoding="utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", text), name(golden)
