"""The reference page of the rule language is written from the tables of the grammar, and holds all of them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from checker.rulebase.grammar import SECTIONS
from checker.rulebase.meanings import WORDS

WRITER = Path(__file__).resolve().parents[2] / "docs/reference/write_language.py"


@pytest.fixture(scope="module")
def writer() -> Any:
    spec = importlib.util.spec_from_file_location("write_language", WRITER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(writer: Any) -> None:
    text = writer.PAGE.read_text(encoding="utf-8")
    assert text == writer.written(text), "run: python docs/reference/write_language.py"


def test_the_page_holds_every_table(writer: Any) -> None:
    text = writer.PAGE.read_text(encoding="utf-8")
    wanted = [f"lines {name}" for name in SECTIONS] + [f"words {name}" for name in WORDS] + ["forms", "facts", "messages", "codes"]
    assert [block for block in wanted if f"<!-- {block} -->" not in text] == []


def test_every_code_is_shown_in_a_message(writer: Any) -> None:
    made = writer.messages()
    silent = [part.split("\n")[0] for part in made.split("#### ")[1:] if "```text" not in part]
    # These need no file, or two of them: a folder that is not there cannot be shown with its line.
    assert set(silent) <= {"rules-folder", "rules-none"}


def test_the_anchors_of_the_page_lead_somewhere(writer: Any) -> None:
    text = writer.PAGE.read_text(encoding="utf-8")
    headings = {h.lower().replace(" ", "-").replace(",", "") for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - headings == set()
