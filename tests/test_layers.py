"""The rooms keep to their layers, and the command line starts fast because it imports next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "rich", "babel", "yaml", "jinja2", "ahocorasick", "msgspec", "rapidfuzz", "py3langid", "trafilatura", "numpy",
         "sqlalchemy", "alembic", "httpx", "feedparser", "pydantic_settings", "prometheus_client", "structlog")


def test_rooms_import_to_the_right_only(root: Path) -> None:
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["chek"]], ids=lambda a: a[0])
def test_the_overview_loads_nothing_heavy(arguments: list[str]) -> None:
    code = ("import sys\nfrom checker.cli.main import main\nmain(sys.argv[1:])\n"
            f"print(sorted({{name.partition('.')[0] for name in sys.modules}} & set({HEAVY!r})), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_pytest_plugin_loads_nothing_heavy() -> None:
    code = ("import sys\nbefore = set(sys.modules)\nimport pytest\nwith_pytest = set(sys.modules)\nimport checker.proof.pytest_plugin\n"
            f"print(sorted({{name.partition('.')[0] for name in set(sys.modules) - with_pytest}} & set({HEAVY!r})))\n"
            "print(sorted(n for n in sys.modules if n.startswith('checker.') and not n.startswith('checker.proof')))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["[]", "[]"]
