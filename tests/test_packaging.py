"""The wheel holds the tree, whole and nothing else, and does the main job outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("packaging")

DATA = {"rules": "checker/_rules", "reports/templates": "checker/_reports/templates", "docs/lint": "checker/_docs/lint"}


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist", "--outdir", str(out), str(root)], check=True,
                   capture_output=True, timeout=120)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (file,) = built.glob("*.whl")
    return file


def tracked(root: Path, folder: str) -> set[str]:
    """Files of the tree that belong to the project."""
    return {path.relative_to(root).as_posix() for path in (root / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")}


def test_the_wheel_holds_the_tree_and_nothing_else(root: Path, wheel: Path) -> None:
    wanted = tracked(root, "checker")
    for folder, inside in DATA.items():
        wanted |= {inside + name.removeprefix(folder) for name in tracked(root, folder)}
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert any(name.startswith("checker/_rules/un/") for name in names)
    assert "checker/py.typed" in names


def test_the_source_distribution_can_build_and_test_itself(root: Path, built: Path) -> None:
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"pyproject.toml", "README.md", "LICENSE", "Makefile", "tests/conftest.py", "docs/architecture.md"}
    assert tracked(root, "examples") <= names
    assert tracked(root, "rules") <= names


def test_the_metadata_names_extras_and_entry_points(root: Path, wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(metadata.get_all("Provides-Extra", [])) == set(project["optional-dependencies"])
    assert metadata["License-Expression"] == "Apache-2.0"
    points = archive.read(f"{info}/entry_points.txt").decode()
    assert "sanctions = checker.cli.main:main" in points
    assert "sanctions_checker = checker.proof.pytest_plugin" in points


def test_the_main_job_runs_from_an_installed_wheel(root: Path, wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)],
                   check=True, capture_output=True, timeout=120)
    article = tmp_path / "article.txt"
    article.write_text((root / "examples/articles/peti-kemas-amunisi.txt").read_text(encoding="utf-8"), encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PYTHONPATH": str(target)}

    def installed(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-P", "-m", "checker.cli.main", *args], cwd=tmp_path, env=env, capture_output=True,
                              text=True, timeout=120, check=True)

    done = installed("check", "article.txt", "--json", "--html", "report.html")
    ours: Any = json.loads(done.stdout)
    assert any(f["label"] == "alleged violation" for f in ours["findings"])
    assert (tmp_path / "report.html").stat().st_size > 1000
    where = subprocess.run([sys.executable, "-P", "-c", "import checker.locator as l; print(l.rules_dir())"], cwd=tmp_path, env=env,
                           capture_output=True, text=True, timeout=60, check=True)
    assert Path(where.stdout.strip()).is_relative_to(target)
    # The same bytes as from the checkout: the place of the rules leaves no trace in findings.
    here = subprocess.run([sys.executable, "-m", "checker.cli.main", "check", "article.txt", "--json"], cwd=tmp_path, capture_output=True,
                          text=True, timeout=120, check=True, env=env | {"PYTHONPATH": str(root)})
    assert here.stdout == done.stdout
    assert "0 failed" in installed("rules", "test").stdout
