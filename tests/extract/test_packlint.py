"""The linter of packs: each page tells what it avoids and prefers, shown with its place; our own packs have no error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.extract.pack import pack_files
from checker.extract.packlint.check import PackCheck
from checker.extract.packlint.grammar_options import options
from checker.extract.packlint.pages import pages
from checker.extract.packlint.run import lint, lint_text
from checker.extract.packlint.shape import TEST_KINDS
from checker.extract.packlint.table import BY_CODE, CHECKS
from checker.locator import rules_dir
from checker.strictyaml.checks import SEVERITIES, select
from checker.strictyaml.message import render
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import default_vocabulary
from tests.extract.guide import assemble, guide_pack

SHAPE = re.compile(r"\A(?P<head># .*\n\n\*\*Summary\*\*: .*\n)\n## Avoid\n\n```yaml\n(?P<avoid>[^`]*)```\n\n"
                   r"## Prefer\n\n```yaml\n(?P<prefer>[^`]*)```\n\n## Why\n\n(?P<why>\S[^#]*)\Z")
OF_FILES = {"L151", "L152", "L153"}
"""These speak of files, not of what stands in them; they are tried with files below."""
PIECES = [check.code for check in CHECKS if check.code not in OF_FILES]
ONE_OR_MORE = {"L141"}


def parts(code: str) -> re.Match[str]:
    found = SHAPE.match(pages().page(code))
    assert found, f"{code}.md is not in the form Summary, Avoid, Prefer, Why"
    return found


def found(text: str, checks: Sequence[PackCheck] = CHECKS) -> list[Problem]:
    return lint_text(text, "vi.yaml", default_vocabulary(), checks)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_each_page_says_what_the_check_says(check: PackCheck) -> None:
    assert parts(check.code)["head"] == pages().heading(check)
    assert len(parts(check.code)["why"].split()) > 8


def test_pages_and_codes_are_the_same_set() -> None:
    assert {path.stem for path in pages().folder.glob("*.md")} == {"index", *BY_CODE}
    assert len(BY_CODE) == len(CHECKS) == len({check.name for check in CHECKS})
    for check in CHECKS:
        assert re.fullmatch(r"L1\d\d", check.code)
        assert check.severity in SEVERITIES


def test_the_index_is_written_from_the_checks() -> None:
    assert (pages().folder / "index.md").read_text(encoding="utf-8") == pages().index(), "run `python -m checker.extract.packlint.pages`"


@pytest.mark.parametrize("code", PIECES)
def test_what_the_page_avoids_is_reported_once_and_nothing_else(code: str) -> None:
    problems = [p for p in found(assemble(parts(code)["avoid"])) if code == "L141" or p.code != "L141"]
    assert [p.code for p in problems] == [code] * (2 if code in ONE_OR_MORE else 1)
    assert all(p.mend and p.severity == BY_CODE[code].severity for p in problems)
    if code != "L107":  # what is missing has no place
        assert all(p.line and p.column and p.source.strip() for p in problems)


@pytest.mark.parametrize("code", [code for code in PIECES if code != "L141"])  # forty sentences do not stand on a page
def test_what_the_page_prefers_is_not_reported(code: str) -> None:
    assert [p.code for p in found(assemble(parts(code)["prefer"])) if p.code != "L141"] == []


MESSAGES = [
    ("goods:\n  artilery_shell: [đạn pháo]\n", """\
vi.yaml:6:3: error[L105]: 'artilery_shell' is no term of the goods of the vocabulary
   6 |   artilery_shell: [đạn pháo]
     |   ^^^^^^^^^^^^^^
help: did you mean artillery_shell?"""),
    ("actors:\n  North Korea: [Bình Nhưỡng]\n", """\
vi.yaml:4:3: error[L105]: 'North Korea' is no State of the vocabulary
   4 |   North Korea: [Bình Nhưỡng]
     |   ^^^^^^^^^^^
help: write the code: KP"""),
    ("goods:\n  coal: [\"than{, đá\"]\n", """\
vi.yaml:6:10: error[L128]: the braces of 'than{, đá' do not match, or are more than two deep
   6 |   coal: ["than{, đá"]
     |          ^^^^^^^^^^^
help: close each { with a }, and put no more than one group into another"""),
    ("options:\n  by_passive: yes\n", None),
    ("options:\n  by_passive: true\n", """\
vi.yaml:6:15: error[L104]: 'true' is no value of by_passive
   6 |   by_passive: true
     |               ^^^^
help: write it in quotes: "yes\""""),
    ("goods:\n  arms: [súng, vũ khí]\nactors:\n  VN: [vũ khí]\n", """\
vi.yaml:4:8: warning[L124]: 'vũ khí' is VN and goods, too: arms in line 6
   4 |   VN: [vũ khí]
     |        ^^^^^^
help: ask for capitals with =, or give one of them more words"""),
    ("markers:\n  to: [cho]\n  througn: [qua]\n", """\
vi.yaml:7:3: error[L102]: there is no class 'througn' of such words
   7 |   througn: [qua]
     |   ^^^^^^^
help: classes are: against, backed, between, by, exchange, for, from, in, made, of, over, such, to, via, with"""),
]


@pytest.mark.parametrize(("piece", "message"), MESSAGES)
def test_messages_show_the_place_and_how_to_mend(piece: str, message: str | None) -> None:
    shown = [render(p) for p in found(assemble(piece)) if p.severity == "error" or p.code == "L124"]
    assert shown == ([message] if message else [])


def test_a_spelling_is_the_same_however_it_is_written() -> None:
    """Braces, capitals and declensions give spellings: it is these that are compared."""
    piece = ('declensions:\n  a: {nominative: "-", genitive: [u]}\n'
             'goods:\n  coal: ["than~a", Thanu]\n  gold: ["{x,tha}nu", "=Vang"]\n  arms: [vang]\n')
    codes = [(p.code, p.line) for p in found(assemble(piece)) if p.severity == "warning" and p.code != "L141"]
    assert codes == [("L121", 8), ("L122", 9)]


def test_a_second_part_makes_another_verb() -> None:
    frame = ("frames:\n  a: {act: sale, subject: supplier, forms: {active: [ruft+an]}}\n"
             "  b: {act: sale, subject: supplier, forms: {active: [ruft+aus]}}\n")
    assert [p.code for p in found(assemble(frame)) if p.code == "L123"] == []
    assert [p.code for p in found(assemble(frame.replace("aus", "an"))) if p.code == "L123"] == ["L123"]


@pytest.mark.parametrize("text", ["", "- a\n", "just text\n", "language: [vi\n", "language: vi\ntitle: x\nframes: [a]\npatterns: x\n"
                                  "people: {a: b}\ntests: {a: b}\noptions: [a]\ngoods: [a]\ndeclensions: {a: b}\nrelative_dates: [a]\n"])
def test_a_pack_of_any_shape_is_told_of_and_never_breaks_the_linter(text: str) -> None:
    problems = found(text)
    assert any(p.severity == "error" for p in problems)


def test_forty_sentences_of_all_kinds_are_enough() -> None:
    kinds = [kind for kind, (least, _) in TEST_KINDS.items() for _ in range(least)] + ["irrelevant"] * 2
    sentences = "".join(f"  - {{kind: {kind}, text: \"Mỹ {number}\", events: []}}\n" for number, kind in enumerate(kinds))
    assert len(kinds) == 40
    assert [p.code for p in found(assemble("tests:\n" + sentences))] == []
    fewer = found(assemble("tests:\n" + sentences.replace("kind: norm", "kind: plain", 1)))
    assert [(p.code, "4 of 5 norm" in p.message) for p in fewer] == [("L141", True)]


def test_the_pack_of_the_guide_has_no_error_and_lacks_only_sentences() -> None:
    assert {p.code for p in found(guide_pack())} == {"L141"}


@pytest.mark.parametrize("path", pack_files(rules_dir() / "languages"), ids=lambda p: p.stem)
def test_our_packs_have_no_error(path: Path) -> None:
    errors = [render(p) for p in lint([path], default_vocabulary()).problems if p.severity == "error"]
    assert errors == [], "\n\n".join(errors)


def test_files_are_told_their_schema_their_name_and_their_size(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "language.schema.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "packs"
    folder.mkdir()
    text = "language: vi\ntitle: Vietnamese\n"
    modeline = "# yaml-language-server: $schema=../schema/language.schema.json\n"
    (folder / "vi.yaml").write_text(modeline + text, encoding="utf-8")
    (folder / "vietnam.yaml").write_text(text, encoding="utf-8")
    (folder / "wide.yaml").write_text(modeline.replace("language.", "languages.") + "#\n" * 51_000 + text.replace("vi", "wide", 1),
                                      encoding="utf-8")
    report = lint(pack_files(folder), default_vocabulary())
    said = [(Path(p.path).name, p.code, p.mend) for p in report.problems if p.code != "L141"]
    assert [(name, code) for name, code, _ in said] == [("vietnam.yaml", "L152"), ("vietnam.yaml", "L153"), ("wide.yaml", "L151"),
                                                        ("wide.yaml", "L152")]
    assert f"begin the file with `{modeline.rstrip()}`" in [mend for _, _, mend in said]


def test_checks_are_chosen_by_code_and_name() -> None:
    assert {check.code for check in select(CHECKS, ["L12"], ["frame-overlap"])} == {
        "L121", "L122", "L124", "L125", "L126", "L127", "L128", "L129"}
    with pytest.raises(UsageError, match="did you mean braces"):
        select(CHECKS, ["brace"], [])


def test_every_option_of_the_engine_is_explained_and_has_values() -> None:
    for option in options().values():
        assert option.says, option.name
        assert option.values or option.of, option.name
