"""The documentation is true: every command in it runs, everything the program offers is in it, every link leads somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from checker.cli.main import VERBS, cli
from checker.model.event import EVENT_KEYS
from checker.model.facts import FACTS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def blocks(page: Path, language: str) -> list[str]:
    return [text for lang, text in BLOCK.findall(page.read_text(encoding="utf-8")) if lang == language]


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the output the page shows."""
    command, shown = "", []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield command, shown


FILE = re.compile(r"# (my-languages/[\w-]+\.yaml)\n")


def steps(page: Path, workshop: Path) -> Iterator[str]:
    """The console blocks of a page in order. A block of YAML that begins with the name of a file is put into that file when its turn
    comes: the first one in place of what the file holds, the others behind it."""
    begun: set[str] = set()
    for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        named = FILE.match(text) if language == "yaml" else None
        if language == "console":
            yield text
        elif named:
            file = workshop / named[1]
            file.parent.mkdir(exist_ok=True)
            before = file.read_text(encoding="utf-8") if named[1] in begun else ""
            file.write_text(before + text[named.end():] + "\n", encoding="utf-8")
            begun.add(named[1])


WITH_COMMANDS = [page for page in PAGES if blocks(page, "console")]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A folder as the pages assume it: the examples, the rule and the answers that the guides write, and the program on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "my-rules").mkdir()
    (rule,) = [b for b in blocks(ROOT / "docs/guides/write-a-rule.md", "yaml") if b.startswith("rule: ")]
    (tmp_path / "my-rules" / "xa-coal-export.yaml").write_text(rule, encoding="utf-8")
    (answers,) = [b for b in blocks(ROOT / "docs/guides/first-rule.md", "yaml") if b.startswith("id: ")]
    (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "sanctions"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m checker.cli.main "$@"\n')
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_runs_and_prints_what_the_page_shows(page: Path, workshop: Path) -> None:
    env = os.environ | {"PATH": f"{workshop / 'bin'}:{os.environ['PATH']}", "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
    for block in steps(page, workshop):
        for command, shown in commands(block):
            if command.startswith("make "):
                assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(), re.M), command
                continue
            done = subprocess.run(["bash", "-c", command], cwd=workshop, env=env, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            assert matches(shown, done.stdout), f"{command}\nprints:\n{done.stdout}"


def matches(shown: list[str], printed: str) -> bool:
    """Whether the output is as shown; ``...`` alone stands for any lines, at the end of a line for the rest of it. Line breaks and
    spaces may differ, because the width of help texts is the business of the library that prints them."""
    if not any(line.strip() for line in shown):
        return True
    lines = [r"[\s\S]*?" if line == "..." else r"\s+".join(map(word_pattern, line.split())) for line in shown if line.strip()]
    pattern = r"\s+".join(lines)
    return re.fullmatch(rf"\s*{pattern}\s*", printed) is not None


def word_pattern(word: str) -> str:
    return re.escape(word.removesuffix("...")) + r"[^\n]*" if word == "..." else re.escape(word)


def test_the_comparison_can_fail() -> None:
    assert matches(["a b", "c ..."], "a\nb c anything here\n")
    assert matches(["...", "x"], "any\nlines\nx\n")
    assert not matches(["a b"], "a c")
    assert not matches(["a ...", "z"], "a b c")


def test_python_examples_pass_as_tests(workshop: Path) -> None:
    (workshop / "tests").mkdir()
    count = 0
    for page in PAGES:
        for block in blocks(page, "python"):
            count += 1
            (workshop / "tests" / f"test_docs_{count}.py").write_text(block, encoding="utf-8")
    (toml,) = blocks(ROOT / "docs/guides/pytest.md", "toml")
    (workshop / "pyproject.toml").write_text(toml, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=workshop, capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert count >= 3


def all_commands() -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(cli)
    yield "sanctions", cli
    for verb in VERBS:
        command = cli.get_command(ctx, verb)
        assert command is not None
        yield f"sanctions {verb}", command
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                inner = command.get_command(ctx, name)
                assert inner is not None
                yield f"sanctions {verb} {name}", inner


COMMANDS = dict(all_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_verb_and_option_is_in_the_reference(name: str) -> None:
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    found = re.search(rf"^##+ {re.escape(name)}\n(.*?)(?=^##|\Z)", page, re.M | re.S)
    assert found, f"docs/reference/cli.md has no section on '{name}'"
    for param in COMMANDS[name].params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.name} has no help"
            assert param.opts[-1] in found.group(1)


@pytest.mark.parametrize("verb", VERBS)
def test_the_overview_says_what_the_verb_says(verb: str) -> None:
    command = COMMANDS[f"sanctions {verb}"]
    words = (command.help or "").split("\n\n")[0].split()
    assert VERBS[verb][2].split() == words


def test_every_exit_code_is_in_the_reference() -> None:
    from checker import errors
    from checker.night.files import OutputError
    from checker.night.outbox import DeliveryError

    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.M)}
    raised = {getattr(errors, name).exit_code for name in errors.__all__} | {OutputError.exit_code, DeliveryError.exit_code}
    assert documented == {0, 1, 2, 4, 70, 130} | raised  # 4: a night says so itself


def test_every_fact_and_key_of_an_event_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8")
    for name in (*FACTS, *EVENT_KEYS):
        assert f"`{name}`" in page
    for spec in FACTS.values():
        assert f"| `{spec.name}` |" in page
        assert spec.says in page


@pytest.mark.parametrize("record", ["findings", "finding", "receipt"])
def test_every_field_of_the_results_is_in_the_reference(record: str) -> None:
    page = (ROOT / "docs/reference/findings-json.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "rules/schema" / f"{record}.schema.json").read_text(encoding="utf-8"))
    fields = schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"] if "$ref" in schema else schema["properties"]
    assert len(fields) > 5
    for name in fields:
        assert f"`{name}`" in page, f"{record}: {name}"


def test_the_labels_of_the_guide_are_the_labels_of_the_table() -> None:
    from checker.vocabulary.vocabulary import default_vocabulary

    page = (ROOT / "docs/guides/read-a-report.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z, ]+) \| [^|]+ \|$", page, re.M)
    told = {name.strip() for row in rows for name in row.split(",")} - {"label"}
    assert told == set(default_vocabulary().labels.names)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
            assert anchor in {h.lower().replace(" ", "-") for h in headings}
