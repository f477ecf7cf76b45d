"""Extractors by name, and extractors of other packages that misbehave in every way: the run goes on and says so."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.extract.plugins.contract import Setting
from checker.extract.plugins.registry import BUILT_IN, GROUP, make, names
from checker.model.document import Document
from checker.model.run import ReadDocument
from checker.pipeline.check import read_documents
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader

Package = Callable[..., Path]
TEXT = "Exland sold tanks to the Libyan National Army."
GOOD = "Iran shipped drones to Russia on 5 January 2024."

HEAD = """
from checker.model.claim import Claim
from checker.model.document import Evidence
from checker.model.event import Event
from checker.model.extraction import Extraction

class Own:
    name = "own"
    version = "3"
    deterministic = True
    def extract(self, document):
        {body}

def create(setting):
    return Own()
"""


def run(plugin: object, *texts: str) -> tuple[list[ReadDocument], list[Problem]]:
    from checker.vocabulary.vocabulary import default_vocabulary

    documents = [Document(f"d{i}", text) for i, text in enumerate(texts)]
    return read_documents(documents, plugin, EventReader(default_vocabulary()))  # type: ignore[arg-type]


def test_the_entry_points_of_the_package_are_the_ones_it_knows(root: Path) -> None:
    written = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert written["project"]["entry-points"][GROUP] == BUILT_IN


def test_ours_come_first_and_frames_reads(setting: Setting) -> None:
    assert names()[:4] == ("frames", "rows", "replay", "llm")
    plugin = make(["frames"], setting)
    assert (plugin.name, plugin.deterministic) == ("frames", True)
    assert len(plugin.extract(Document("a", GOOD)).events) == 1


@pytest.mark.parametrize(("wanted", "says"), [
    (["frame"], "did you mean frames"), (["frames", "frames"], "named twice"), ([], "no extractor is named"), (["replay"], "--replay FILE"),
])
def test_what_cannot_be_made_is_told(setting: Setting, wanted: list[str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        make(wanted, setting)


def test_an_extractor_of_another_package_is_found_and_used(setting: Setting, package: Package) -> None:
    body = ('return Extraction("en", (Event({"act": "sale", "goods": "battle_tank", "supplier": "XA"}, "e", '
            'evidence=(document.quote(0, 6),)),))')
    package("own_reader", HEAD.format(body=body), "own")
    assert "own" in names()
    (read,), problems = run(make(["own"], setting), TEXT)
    assert not problems
    assert (read.status, read.events[0].facts["goods"], read.events[0].evidence[0].text) == ("read", "battle_tank", "Exland")


MISUSES = {
    "raises": ('raise ValueError("no")', "ValueError: no"),
    "ends the program": ("raise SystemExit(3)", "wanted to end the program"),
    "returns nothing": ("return None", "no extraction was returned"),
    "returns a list of events": ('return Extraction("en", [Event({"act": "sale"}, "e")])', "events of an extraction"),
    "returns facts that are none": ('return Extraction("en", (Event({"act": "sale", "goods": "nonsense_xyz"}, "e"),))', "nonsense_xyz"),
    "returns no title": ('return Extraction("en", (), title=None)', "title of an extraction"),
    "misquotes": ('return Extraction("en", (Event({"act": "sale"}, "e", evidence=(Evidence(document.id, 0, 6, "Iran!!"),)),))',
                  "not in the text"),
    "misquotes in a claim": ('return Extraction("en", (Event({"act": "sale"}, "e", claims=(Claim("reported", evidence='
                             '(Evidence(document.id, 900, 906, "Exland"),)),)),))', "not in the text"),
    "quotes another document": ('return Extraction("en", (Event({"act": "sale"}, "e", evidence=(Evidence("other", 0, 6, "Exland"),)),))',
                                "not in the text"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_never_stops_a_run(setting: Setting, package: Package, name: str) -> None:
    body, says = MISUSES[name]
    module = "own_" + name.replace(" ", "_")
    package(module, HEAD.format(body=f"if 'tanks' in document.text: {body}\n        return Extraction('en', (), notes=('looked',))"), "own")
    reads, problems = run(make(["own"], setting), TEXT, "Nothing here.")
    assert any(says in p.message for p in problems), problems
    assert not reads[0].events
    assert reads[1].notes == ("looked",)


def test_in_an_ensemble_the_others_go_on(setting: Setting, package: Package) -> None:
    package("own_fails", HEAD.format(body='raise ValueError("no")'), "fails")
    facts = '{"act": "shipment", "goods": "uav", "supplier": "IR", "recipient": "RU"}'
    lie = f'Event({facts}, "e", tier="fair", evidence=(Evidence(document.id, 0, 4, "Iraq"),))'
    package("own_lies", HEAD.format(body=f'return Extraction("en", ({lie},))'), "lies")
    (read,), problems = run(make(["frames", "fails", "lies"], setting), GOOD)
    assert not problems
    assert [event.tier for event in read.events] == ["fair"]
    assert any("fails" in n or "ValueError: no" in n for n in read.notes)
    assert any("not in the text" in n for n in read.notes)


def test_one_that_does_not_start_is_a_usage_error(setting: Setting, package: Package) -> None:
    package("own_broken", "import no_such_module_of_mine\n", "broken")
    with pytest.raises(UsageError, match=r"broken.*ModuleNotFoundError"):
        make(["broken"], setting)


def test_nobody_takes_the_name_of_ours(setting: Setting, package: Package) -> None:
    package("own_frames", HEAD.format(body='raise ValueError("taken over")'), "frames")
    assert len(make(["frames"], setting).extract(Document("a", GOOD)).events) == 1
    assert names().count("frames") == 1
