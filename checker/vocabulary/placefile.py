"""``places.yaml`` to ``Places``: regions list their members, places name what they are part of and who is in control."""

from __future__ import annotations

from pathlib import Path

from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.checks import check_circle, check_parents, check_spellings
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.places import Control, Place, Places
from checker.vocabulary.states import States

__all__ = ["load_places"]


def load_places(directory: Path, states: States) -> tuple[Places | None, list[Problem]]:
    """The places; ``None`` when anything in the file is wrong."""
    file = VocabularyFile(directory, "places")
    top = file.fields(file.root, ("regions", "places"), ("regions", "places"))
    places: dict[str, Place] = {}
    marks: dict[str, Node] = {}
    wider: dict[str, list[str]] = {code: [] for code in states}
    links: list[tuple[str, Node]] = []
    for key, mark, node in file.entries(top.get("regions")):
        got = file.fields(node, ("name", "members", "also"), ("name", "members"))
        places[key], marks[key] = Place(key, file.text(got.get("name")), also=file.texts(got.get("also"))), mark
        wider.setdefault(key, [])
        for member, place in file.placed_texts(got.get("members")):
            wider.setdefault(member, []).append(key)
            links.append((member, place))
    for key, mark, node in file.entries(top.get("places")):
        got = file.fields(node, ("name", "part_of", "also", "controlled_by"), ("name",))
        if key in places:
            file.problem(mark, "duplicate-term", f"`{key}` is a region and a place", "rename one of them")
        controls = tuple(_control(file, item, states) for item in file.items(got.get("controlled_by")))
        places[key], marks[key] = Place(key, file.text(got.get("name")), (), controls, file.texts(got.get("also"))), mark
        wider.setdefault(key, []).extend(file.texts(got.get("part_of")))
        links.extend(file.placed_texts(got.get("part_of")))
    check_parents(file, links, {*places, *states})
    check_circle(file, wider, marks)
    check_spellings(file, [(p.id, spelling) for p in places.values() for spelling in (p.id, p.name, *p.also)], marks)
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    built = {key: Place(key, p.name, tuple(wider[key]), p.controlled_by, p.also) for key, p in places.items()}
    built |= {code: Place(code, states.name(code), tuple(wider[code])) for code in states if wider[code]}
    return Places(built, states), file.problems


def _control(file: VocabularyFile, node: Node, states: States) -> Control:
    got = file.fields(node, ("state", "from", "until", "basis"), ("state", "from", "basis"))
    state, first, last = file.text(got.get("state")), file.day(got.get("from")), file.day(got.get("until"))
    if "state" in got and state not in states:
        file.problem(got["state"], "unknown-state", f"`{state}` is no State", "use the two letters of ISO 3166-1")
    if first is not None and last is not None and last < first:
        file.problem(got["until"], "date-order", "control ends before it begins", "`until` is the last day")
    return Control(state, first or 1, last, file.text(got.get("basis")))
