"""The hooks for pre-commit do what they promise on a repository of somebody else's rules."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .authoring import ROOT, write_rule

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
FMT, LINT, TEST = "sanctions-rules-fmt", "sanctions-rules-lint", "sanctions-rules-test"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with good rules, beside files that are no rules."""
    write_rule(tmp_path / "my-rules")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "site.yaml").write_text("theme: plain\n", encoding="utf-8")
    (tmp_path / "rules" / "vocabulary").mkdir(parents=True)
    (tmp_path / "rules" / "vocabulary" / "goods.yaml").write_text("taxonomy: goods\n", encoding="utf-8")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "sanctions").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m checker.cli.main "$@"\n')
    (bin_ / "sanctions").chmod(0o755)
    return tmp_path


def run(hook: str, repository: Path) -> subprocess.CompletedProcess[str]:
    """As pre-commit does it: the entry with the names of the files that the hook is for."""
    names = [path.relative_to(repository).as_posix() for path in sorted(repository.rglob("*.yaml"))]
    given = [n for n in names if re.search(HOOKS[hook]["files"], n) and not re.search(HOOKS[hook]["exclude"], n)]
    assert given == ["my-rules/xa-coal-export.yaml"]
    env = os.environ | {"PATH": f"{repository / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [*shlex.split(HOOKS[hook]["entry"]), *given]
    return subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("hook", HOOKS)
def test_good_rules_pass_and_are_not_touched(hook: str, repository: Path) -> None:
    before = (repository / "my-rules/xa-coal-export.yaml").read_bytes()
    done = run(hook, repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (repository / "my-rules/xa-coal-export.yaml").read_bytes() == before


def test_an_untidy_file_is_formatted(repository: Path) -> None:
    path = repository / "my-rules/xa-coal-export.yaml"
    tidy = path.read_text()
    path.write_text(tidy.replace("supplier: XA\n", "supplier: Exland   \n"), encoding="utf-8")
    assert run(FMT, repository).returncode == 0
    assert path.read_text() == tidy


@pytest.mark.parametrize(("before", "after", "hook", "code", "says"), [
    ("goods: coal\n", "goods: coall\n", LINT, 1, "did you mean coal?"),
    ("goods: coal\n", "goods: coall\n", TEST, 3, "did you mean coal?"),
    ("goods: coal\n", "goods: coal\n  any: [{goods: iron_ore}]\n", LINT, 1, "xa-coal-export.yaml:"),
    ("expect: clear}", "expect: violation}", TEST, 1, "wanted violation, got clear"),
])
def test_bad_rules_stop_the_commit(repository: Path, before: str, after: str, hook: str, code: int, says: str) -> None:
    path = repository / "my-rules/xa-coal-export.yaml"
    path.write_text(path.read_text().replace(before, after, 1), encoding="utf-8")
    done = run(hook, repository)
    assert done.returncode == code, done.stdout + done.stderr
    assert says in done.stdout + done.stderr


def test_the_rules_of_the_checkout_are_what_the_hooks_look_at() -> None:
    inside = [path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")]
    for hook in HOOKS.values():
        found = [n for n in inside if re.search(hook["files"], n) and not re.search(hook["exclude"], n)]
        assert found
        assert all(name.startswith("rules/un/") for name in found)


def test_the_guide_names_every_hook() -> None:
    guide = (ROOT / "docs/guides/hooks.md").read_text(encoding="utf-8")
    for hook in HOOKS:
        assert f"- id: {hook}\n" in guide
        assert f"`{HOOKS[hook]['entry']} FILES`" in guide
        assert HOOKS[hook]["language"] == "python"
