"""``sanctions rules lint`` and ``fmt`` as a person or a pipeline calls them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.rulebase.lint.check import Issue
from checker.rulebase.lint.github import command
from checker.rulebase.lint.sarif import log
from checker.strictyaml.problem import Problem

from .conftest import Sanctions

TEN = Path(__file__).parents[1] / "messages" / "ten"
TEMPLATE = Path(__file__).parents[1] / "rulebase" / "lint" / "template.yaml"
ON = ("--on", "2026-11-24")


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with one rule that has a warning that can be mended, one that cannot, and an info."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "my rules"
    folder.mkdir()
    text = TEMPLATE.read_text(encoding="utf-8").split("\n", 1)[1]
    text = text.replace("act: transfer", "act: [transfer, sale]").replace("summary: Flags", "summary: 武器 Flags")
    text = text.replace("https://undocs.org/S/RES/1718(2006)\n", "https://example.org/1718\n", 1)
    (folder / "xa-arms-export.yaml").write_text(text, encoding="utf-8")
    return folder


def test_text(sanctions: Sanctions, mine: Path) -> None:
    done = sanctions("rules", "lint", "my rules", *ON)
    assert done.code == 0
    assert "my rules/xa-arms-export.yaml:3:10: warning[R102]: the summary does not begin" in done.out
    assert "  23 |   act: [transfer, sale]\n     |                   ^^^^\nhelp: delete it\n" in done.out
    assert "1 files: 0 errors, 2 warnings, 2 info. 1 can be mended with --fix." in done.out
    assert done.err == ""


@pytest.mark.parametrize(("arguments", "code"), [
    ((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info"), 1), (("--select", "R115", "--fail-on", "warning"), 0),
    (("--ignore", "R1", "--fail-on", "info"), 0),
    (("--select", "R102,R115", "--ignore", "summary-without-verb", "--fail-on", "warning"), 0),
])
def test_the_gate(sanctions: Sanctions, mine: Path, arguments: tuple[str, ...], code: int) -> None:
    assert sanctions("rules", "lint", mine, *ON, *arguments).code == code


@pytest.mark.parametrize(("arguments", "said"), [
    (("nowhere.yaml",), "there is no file 'nowhere.yaml'"), (("dprk-arms-exprt",), "did you mean dprk-arms-export?"),
    (("--select", "R9"), "no check begins with 'R9'"), (("--explain", "R000"), "there is no check 'R000'"),
    (("--on", "2026-13-01"), "month"), (("--on", "2026-11"), "is not a day"), (("--format", "xml"), "xml"),
])
def test_requests_that_are_wrong(sanctions: Sanctions, mine: Path, arguments: tuple[str, ...], said: str) -> None:
    done = sanctions("rules", "lint", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_what_does_not_load_is_an_error(sanctions: Sanctions, mine: Path) -> None:
    (mine / "broken.yaml").write_text("rule: broken\n  title: x\n")
    done = sanctions("rules", "lint", mine, *ON)
    assert done.code == 1
    assert "my rules/broken.yaml:2:3: error[yaml-indent]" in done.out


def test_one_file_and_one_id(sanctions: Sanctions, mine: Path) -> None:
    assert "1 files" in sanctions("rules", "lint", mine / "xa-arms-export.yaml", *ON).out
    done = sanctions("rules", "lint", "iran-arms-export", *ON)
    assert re.search(r"^rules/un/un-2231/iran-arms-export\.yaml:\d+:11: info\[R117\]", done.out, re.M)
    assert "1 files" in done.out


def test_our_rules_pass(sanctions: Sanctions) -> None:
    assert sanctions("rules", "lint", *ON).code == 0
    assert sanctions("rules", "fmt", "--check").code == 0


def test_json(sanctions: Sanctions, mine: Path) -> None:
    done = sanctions("rules", "lint", mine, *ON, "--json")
    data = json.loads(done.out)
    assert data["schema"] == "sanctions-checker/rules-lint/1"
    assert data["counts"] == {"error": 0, "warning": 2, "info": 2}
    assert [(i["code"], i["line"], i["fixable"]) for i in data["issues"]] == [
        ("R102", 3, False), ("R186", 11, False), ("R115", 16, False), ("R122", 23, True)]
    assert sanctions("rules", "lint", mine, *ON, "--format", "json").out == done.out


def test_the_page_of_a_code(sanctions: Sanctions) -> None:
    done = sanctions("rules", "lint", "--explain", "R121")
    assert done.out == (Path(__file__).parents[2] / "docs" / "lint" / "R121.md").read_text(encoding="utf-8")


def test_fix_says_what_it_did_and_does_it_once(sanctions: Sanctions, mine: Path) -> None:
    done = sanctions("rules", "lint", mine, *ON, "--fix")
    assert "my rules/xa-arms-export.yaml:23: R122 `sale` deleted (fixed)" in done.out
    assert "warning[R122]" not in done.out
    text = (mine / "xa-arms-export.yaml").read_text(encoding="utf-8")
    assert "  act: [transfer]\n" in text
    again = sanctions("rules", "lint", mine, *ON, "--fix")
    assert "(fixed)" not in again.out
    assert (mine / "xa-arms-export.yaml").read_text(encoding="utf-8") == text


def test_hostile_names_are_inert(sanctions: Sanctions, mine: Path) -> None:
    path = mine / "xa-arms-export.yaml"
    text = path.read_text(encoding="utf-8").replace("summary: 武器", 'summary: "\\e[31m\u202e"\nx: ')
    path.write_text(text.replace("the cargo was ore", "\u202eevil"), encoding="utf-8")
    for form in ("text", "github", "json", "sarif"):
        out = sanctions("rules", "lint", mine, *ON, "--format", form).out
        assert "\u202e" not in out
        assert "\x1b" not in out


def test_into_a_pipe_that_closes(mine: Path) -> None:
    line = f"{sys.executable} -m checker.cli.main rules lint --on 2026-11-24 {str(TEN)!r} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


# ---- other formats -------------------------------------------------------------------------------------------------

ODD = Issue(Problem("my rules/a,b:c.yaml", 3, 8, "R103", "50 % of\nit", "mend\rit", "title: 𝄞𝄞 武 x", 4, "info"))


def test_github_commands() -> None:
    assert command(ODD) == ("::notice file=my rules/a%2Cb%3Ac.yaml,line=3,col=8,endColumn=12,title=R103::50 %25 of%0Ait%0Ahelp: mend%0Dit")
    whole = command(Issue(Problem("x.yaml", 0, 0, "yaml-empty", "the file is empty")))
    assert whole == "::error file=x.yaml,title=yaml-empty::the file is empty"


def test_github_from_the_command_line(sanctions: Sanctions, mine: Path) -> None:
    lines = sanctions("rules", "lint", mine, *ON, "--format", "github").out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning", "::notice", "::notice", "::warning"]
    assert all(line.count("::") >= 2 for line in lines)


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


STRING, FROM_1 = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
TEXT = closed(["text"], text=STRING, markdown=STRING)
RULE = closed(["id"], id=STRING, name={"type": "string", "pattern": "^[A-Z][A-Za-z]+$"}, shortDescription=TEXT, fullDescription=TEXT,
              help=TEXT, helpUri={"type": "string", "pattern": "^[a-z]+://"}, defaultConfiguration=closed(["level"], level=LEVEL))
PLACE = closed(["artifactLocation"], region=closed(["startLine"], startLine=FROM_1, startColumn=FROM_1, endColumn=FROM_1),
               artifactLocation=closed(["uri"], uri={"type": "string", "pattern": r"^(file:///\S+|[^/ :][^ :]*)$"}))
RESULT = closed(["message"], ruleId=STRING, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=TEXT,
                locations={"type": "array", "items": closed([], physicalLocation=PLACE)})
DRIVER = closed(["name"], name=STRING, version=STRING, rules={"type": "array", "uniqueItems": True, "items": RULE})
RUN = closed(["tool", "results"], columnKind={"const": "utf16CodeUnits"}, tool=closed(["driver"], driver=DRIVER),
             results={"type": "array", "items": RESULT})
SARIF = closed(["version", "runs"], **{"$schema": STRING}, version={"const": "2.1.0"}, runs={"type": "array", "items": RUN})
"""The parts of SARIF 2.1.0 that are used, as its schema has them, closed."""


def test_sarif_has_the_shape_of_sarif(sanctions: Sanctions, mine: Path) -> None:
    data = json.loads(sanctions("rules", "lint", mine, TEN / "unknown-term.yaml", *ON, "--format", "sarif").out)
    jsonschema.validate(data, SARIF)
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 0
    by_id = {rule["id"]: rule for rule in rules}
    assert "## Why" in by_id["R102"]["help"]["markdown"]
    assert by_id["unknown-term"]["fullDescription"]["text"]


def test_sarif_counts_columns_in_utf_16() -> None:
    data = log([ODD])
    jsonschema.validate(data, SARIF)
    place = data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 8, "endColumn": 14}  # two clefs of two units each, a space, a sign
    assert place["artifactLocation"]["uri"] == "my%20rules/a%2Cb%3Ac.yaml"


# ---- fmt -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def careless(mine: Path) -> Path:
    path = mine / "xa-arms-export.yaml"
    path.write_text("title: 'A title'   # why\nrule: xa-arms-export\nbound: [North Korea]\n", encoding="utf-8")
    return path


CANONICAL = "rule: xa-arms-export\ntitle: A title  # why\n\nbound: [KP]\n"


def test_fmt_writes(sanctions: Sanctions, careless: Path) -> None:
    done = sanctions("rules", "fmt", careless.parent)
    assert (done.code, done.out) == (0, "my rules/xa-arms-export.yaml\n")
    assert careless.read_text(encoding="utf-8") == CANONICAL
    assert sanctions("rules", "fmt", careless).out == ""


@pytest.mark.parametrize(("options", "code"), [(("--check",), 1), (("--diff",), 0), (("--check", "--diff"), 1), (("--check", "--json"), 1)])
def test_fmt_only_looks(sanctions: Sanctions, careless: Path, options: tuple[str, ...], code: int) -> None:
    before = careless.read_text(encoding="utf-8")
    done = sanctions("rules", "fmt", careless, *options)
    assert done.code == code
    assert careless.read_text(encoding="utf-8") == before
    if "--json" in options:
        assert json.loads(done.out) == {"schema": "sanctions-checker/rules-fmt/1", "files": 1, "written": False,
                                        "changed": ["my rules/xa-arms-export.yaml"], "problems": []}
    elif "--diff" in options:
        assert "-bound: [North Korea]\n+title: A title  # why\n" in done.out
    else:
        assert done.out == "my rules/xa-arms-export.yaml\n"


def test_fmt_leaves_other_files_and_broken_ones_alone(sanctions: Sanctions, mine: Path) -> None:
    (mine / "xa-arms-export.yaml").unlink()
    (mine / "goods.yaml").write_text("taxonomy:   goods\n")
    (mine / "broken.yaml").write_text("rule: [\n")
    done = sanctions("rules", "fmt", mine)
    assert done.code == 3
    assert "broken.yaml:1:7: error[yaml-syntax]" in done.err
    assert (mine / "goods.yaml").read_text() == "taxonomy:   goods\n"
    assert (mine / "broken.yaml").read_text() == "rule: [\n"


def test_fmt_as_a_filter(careless: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "checker.cli.main", "rules", "fmt", "-"], input=careless.read_bytes(), capture_output=True,
                          timeout=60, check=True)
    assert done.stdout.decode() == CANONICAL


def test_fmt_keeps_a_link_a_link(sanctions: Sanctions, careless: Path) -> None:
    link = careless.parent / "link.yaml"
    link.symlink_to(careless.name)
    assert sanctions("rules", "fmt", link).code == 0
    assert link.is_symlink()
    assert careless.read_text(encoding="utf-8") == CANONICAL


def test_a_byte_order_mark_and_windows_lines_go(sanctions: Sanctions, careless: Path) -> None:
    careless.write_bytes(b"\xef\xbb\xbf" + CANONICAL.replace("\n", "\r\n").encode())
    assert sanctions("rules", "fmt", careless).code == 0
    assert careless.read_bytes() == CANONICAL.encode()


def test_a_folder_that_is_no_folder_of_rules(sanctions: Sanctions, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = sanctions("rules", "lint", empty, *ON)
    assert done.code == 1
    assert "this folder holds no rule file" in done.out
