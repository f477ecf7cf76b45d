"""The verbs about language packs: what they print, as JSON too, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.locator import rules_dir
from tests.cli.conftest import Sanctions
from tests.extract.guide import guide_pack


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with the pack of the guide."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "vi.yaml").write_text(guide_pack(), encoding="utf-8")
    return folder


def test_list_tells_sentences_words_size_and_status(packs: Path, sanctions: Sanctions) -> None:
    shown = sanctions("languages", "list", "--languages", packs)
    assert shown.code == 0
    assert any(line.split()[:3] == ["vi", "Vietnamese", "12"] and line.split()[5] == "experimental" for line in shown.out.splitlines())
    data = json.loads(sanctions("languages", "list", "--languages", packs, "--json").out)
    assert data["schema"] == "sanctions-checker/languages-list/1"
    rows = {row["language"]: row for row in data["languages"]}
    assert (rows["vi"]["sentences"], rows["vi"]["status"], rows["vi"]["path"]) == (12, "experimental", str(packs / "vi.yaml"))
    assert rows["vi"]["options"] == {"head": "first", "marked_both": "yes", "by_passive": "yes"}
    assert "ms" in rows["id"]["relatives"]
    assert rows["en"]["words"] > 1000


def test_test_passes_and_keeps_the_result(packs: Path, sanctions: Sanctions) -> None:
    before = sanctions("languages", "test", "--languages", packs)
    assert (before.code, before.out) == (0, "vi: 12 sentences, 0 failed.\n")
    assert not (packs / "tested.yaml").exists()
    written = sanctions("languages", "test", "vi", "--languages", packs, "--write")
    assert written.code == 0
    assert "passed: 12, failed: 0" in (packs / "tested.yaml").read_text(encoding="utf-8")
    listed = json.loads(sanctions("languages", "list", "--languages", packs, "--json").out)["languages"]
    assert {row["status"] for row in listed if row["language"] == "vi"} == {"tested"}
    assert "vi  " not in sanctions("languages", "lint", packs).out.replace("vi.yaml", "")  # the record is no pack


def test_a_sentence_that_fails_is_shown_with_what_was_read_in_it(packs: Path, sanctions: Sanctions) -> None:
    text = guide_pack().replace('events: ["shipment artillery_shell RU>KP reported done"]', 'events: ["sale coal RU>KP reported done"]')
    (packs / "vi.yaml").write_text(text, encoding="utf-8")
    shown = sanctions("languages", "test", "--languages", packs)
    assert shown.code == 1
    assert shown.out == """\
vi 11 (reversal): Nga đã gửi đạn pháo cho Triều Tiên.
    wanted                          found
  ✗ sale coal RU>KP reported done   shipment artillery_shell RU>KP reported done
    name     Nga: RU (name)
    name     Triều Tiên: KP (name, marker to)
    frame    gửi: send tells shipment of artillery_shell (đạn pháo), done
      role   recipient KP (Triều Tiên; marker; score 2)
      role   supplier RU (Nga; subject; score 2)
    more: sanctions languages explain vi "..."

vi: 12 sentences, 1 failed.
"""
    data = json.loads(sanctions("languages", "test", "--languages", packs, "--json").out)
    assert data["schema"] == "sanctions-checker/languages-test/1"
    (vi,) = data["languages"]
    assert [(one["number"], one["wanted"], one["found"]) for one in vi["failed"]] == [
        (11, ["sale coal RU>KP reported done"], ["shipment artillery_shell RU>KP reported done"])]
    assert vi["failed"][0]["read"][0]["frames"][0]["frame"] == "send"


def test_a_hint_that_does_not_come_out_fails(packs: Path, sanctions: Sanctions) -> None:
    (packs / "vi.yaml").write_text(guide_pack().replace("norm_verb: [cấm]", "norm_verb: []"), encoding="utf-8")
    shown = sanctions("languages", "test", "--languages", packs)
    assert shown.code == 1
    assert "✗ no hint that it is norm" in shown.out


def test_a_pack_without_sentences_passes_nothing(packs: Path, sanctions: Sanctions) -> None:
    (packs / "vi.yaml").write_text(guide_pack().partition("tests:")[0], encoding="utf-8")
    shown = sanctions("languages", "test", "--languages", packs)
    assert (shown.code, shown.out) == (1, "vi: no sentences: nothing vouches for it.\n")


def test_results_of_other_packs_are_kept(packs: Path, sanctions: Sanctions) -> None:
    (packs / "xx.yaml").write_text(guide_pack().replace("language: vi", "language: xx"), encoding="utf-8")
    sanctions("languages", "test", "xx", "--languages", packs, "--write")
    sanctions("languages", "test", "vi", "--languages", packs, "--write")
    record = (packs / "tested.yaml").read_text(encoding="utf-8")
    assert [line.split(":")[0].strip() for line in record.splitlines() if "digest" in line and not line.startswith("#")] == ["vi", "xx"]


def test_the_result_of_a_copy_is_kept_beside_the_copy_alone(tmp_path: Path, sanctions: Sanctions) -> None:
    ours = rules_dir() / "languages"
    before = (ours / "tested.yaml").read_bytes() if (ours / "tested.yaml").exists() else None
    (tmp_path / "id.yaml").write_bytes((ours / "id.yaml").read_bytes())
    assert sanctions("languages", "test", "--languages", tmp_path, "--write").err == f"written: {tmp_path / 'tested.yaml'}\n"
    assert ((ours / "tested.yaml").read_bytes() if (ours / "tested.yaml").exists() else None) == before


def test_unknown_languages_are_told_with_what_was_meant(sanctions: Sanctions) -> None:
    for verb in (["test", "eng"], ["explain", "eng", "x"], ["new", "vi", "--from", "eng"], ["lint", "eng"]):
        ran = sanctions("languages", *verb)
        assert ran.code == 2
        assert "did you mean en?" in ran.err


def test_explain_as_json(packs: Path, sanctions: Sanctions) -> None:
    ran = sanctions("languages", "explain", "vi", "Nghị quyết cấm Triều Tiên xuất khẩu vũ khí.", "--languages", packs, "--json")
    data = json.loads(ran.out)
    assert data["schema"] == "sanctions-checker/languages-explain/1"
    assert (data["events"], data["hints"], data["language"]) == ([], ["norm"], "vi")
    assert [token["text"] for token in data["sentences"][0]["tokens"]][:2] == ["Nghị quyết", "cấm"]


def test_explain_makes_hostile_text_inert(sanctions: Sanctions) -> None:
    ran = sanctions("languages", "explain", "en", "Iran sold oil to \u202eSyria\x1b[31m.")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_lint_ends_by_the_gravest(packs: Path, sanctions: Sanctions) -> None:
    assert sanctions("languages", "lint", packs).code == 0
    assert sanctions("languages", "lint", packs, "--fail-on", "warning").code == 1
    assert sanctions("languages", "lint", packs, "--fail-on", "warning", "--ignore", "L141").code == 0
    (packs / "vi.yaml").write_text(guide_pack().replace("goods:", "good:"), encoding="utf-8")
    wrong = sanctions("languages", "lint", packs / "vi.yaml", "--json")
    data = json.loads(wrong.out)
    assert wrong.code == 1
    assert data["schema"] == "sanctions-checker/languages-lint/1"
    assert [(i["code"], i["name"], i["mend"]) for i in data["issues"] if i["severity"] == "error"] == [
        ("L101", "unknown-section", "did you mean goods?")]
    used = sanctions("languages", "list", "--languages", packs)
    assert used.code == 3
    assert "did you mean goods?" in used.err


def test_lint_prints_the_page_of_a_code(sanctions: Sanctions) -> None:
    assert sanctions("languages", "lint", "--explain", "braces").out.startswith("# L128 braces\n")
    assert "did you mean braces?" in sanctions("languages", "lint", "--explain", "brace").err


def test_lint_of_nothing_is_told(tmp_path: Path, sanctions: Sanctions) -> None:
    ran = sanctions("languages", "lint", tmp_path)
    assert (ran.code, "there is no pack" in ran.err) == (2, True)


@pytest.mark.parametrize(("lang", "model", "wanted"), [
    ("nl", "de", ["title: Dutch", '"3": ["maart", "mrt"]', "KP: []  # Noord-Korea", "head: mixed", "#  send:"]),
    ("sw", "en", ["title: Swahili", '"0": ["Jumatatu"]', "RU: []  # Urusi"]),
    ("hi", "fa", ["title: Hindi", "object: left", "RU: []  # रूस"]),
    ("qx", "ja", ["title: qx", "The locale data does not know this language", "word_edges: none"]),
])
def test_a_new_pack_loads_and_holds_what_the_locale_data_knows(lang: str, model: str, wanted: list[str], tmp_path: Path,
                                                               sanctions: Sanctions) -> None:
    folder = tmp_path / "mine"
    made = sanctions("languages", "new", lang, "--from", model, "--languages", folder)
    assert (made.code, made.out) == (0, f"written: {folder / lang}.yaml\n")
    text = (folder / f"{lang}.yaml").read_text(encoding="utf-8")
    for part in wanted:
        assert part in text
    linted = json.loads(sanctions("languages", "lint", folder, "--json").out)
    assert {issue["code"] for issue in linted["issues"]} <= {"L117", "L141", "L151"}
    assert sanctions("languages", "explain", lang, "x", "--languages", folder).code == 0
    again = sanctions("languages", "new", lang, "--from", model, "--languages", folder)
    assert (again.code, "exists already" in again.err) == (2, True)


def test_the_first_three_sentences_of_a_new_pack_pass_when_filled_in(tmp_path: Path, sanctions: Sanctions) -> None:
    """The words of the pack in the guide in place of the empty lists, and its sentences in place of the dots."""
    folder = tmp_path / "mine"
    sanctions("languages", "new", "vi", "--from", "id", "--languages", folder)
    path = folder / "vi.yaml"
    begun = path.read_text(encoding="utf-8")
    rest = begun[begun.index("\ntests: []"):].splitlines()[2:]
    translated = ["Triều Tiên đã gửi đạn pháo cho Nga.", "Nga đã mua rốc-két từ Triều Tiên, Nhà Trắng cho biết.",
                  "Iran phủ nhận đã cung cấp drone cho Nga."]
    sentences = "\n".join(line.removeprefix("#").replace('"..."', f'"{text}"') for line, text in zip(rest, translated, strict=True))
    filled = guide_pack().partition("tests:")[0].replace("goods:\n", "goods:\n  rocket: [rốc-két]\n")
    path.write_text(f"{filled}tests:\n{sentences}\n", encoding="utf-8")
    assert sanctions("languages", "test", "vi", "--languages", folder).out == "vi: 3 sentences, 0 failed.\n"


def test_a_code_that_is_none_is_refused(tmp_path: Path, sanctions: Sanctions) -> None:
    ran = sanctions("languages", "new", "../vi", "--languages", tmp_path)
    assert (ran.code, list(tmp_path.iterdir())) == (2, [])


def test_check_reads_with_a_pack_of_ones_own(packs: Path, tmp_path: Path, sanctions: Sanctions) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Triều Tiên đã gửi đạn pháo cho Nga, Nhà Trắng cho biết.\n", encoding="utf-8")
    arguments = ["check", article, "--published", "2024-05-15", "--json"]
    assert json.loads(sanctions(*arguments).out)["findings"] == []
    weak = json.loads(sanctions(*arguments, "--languages", packs).out)
    assert {f["label"] for f in weak["findings"]} == {"review"}
    sanctions("languages", "test", "--languages", packs, "--write")
    sure = json.loads(sanctions(*arguments, "--languages", packs).out)
    assert "alleged violation" in {f["label"] for f in sure["findings"]}
