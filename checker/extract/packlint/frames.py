"""Checks of frames and patterns: their keys, roles, forms, and what they lean on."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.packlint.check import Hit, checks
from checker.extract.packlint.file import PackFile, items
from checker.extract.packlint.frame_keys import FrameKey, frame_keys
from checker.extract.packlint.keys import near, wrong_word
from checker.extract.packlint.shape import CASES, CLASSES, words_of
from checker.model.facts import FACT_NAMES
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["CHECKS"]

_NAMES = {"act": "act", "goods": "term of the goods", "stage": "stage", "object": "kind of object", "people_act":
          "word for what is done with people"}
_BY_CASE = {"dative": "to", "instrumental": "by", "ablative": "from", "locative": "in", "genitive": "of"}
"""What a name says in a case of its own, without a preposition."""
_ONLY_FRAMES = ("pattern", "forms")


def _bodies(file: PackFile) -> Iterator[tuple[str, ScalarNode, MapNode]]:
    for section in ("patterns", "frames"):
        for key, body in file.section(section):
            if isinstance(body, MapNode):
                yield section, key, body


@checks("L111", "frame-key", "error", "A key that no frame has, or that holds something of another form than it must.")
def frame_key(file: PackFile) -> Iterator[Hit]:
    for section in ("patterns", "frames"):
        for key, body in file.section(section):
            if not isinstance(body, MapNode):
                yield Hit(key, f"{shown(key.text)} must be a map", "give it an act and forms")
    for section, _, body in _bodies(file):
        known = {name: key for name, key in frame_keys().items() if section == "frames" or name not in _ONLY_FRAMES}
        for name, entry in body.entries.items():
            if name not in known:
                yield Hit(entry.key, f"no {section.removesuffix('s')} has a key {shown(name)}", near(name, known, "keys are"))
            elif not _fits(known[name], entry.value):
                wanted = {"text": "a text", "list": "a list", "map": "a map", "flag": "true or false"}[known[name].kind]
                yield Hit(entry.key, f"{name} must be {wanted}", known[name].says)


def _fits(key: FrameKey, value: Node) -> bool:
    if key.kind == "flag":
        return isinstance(value, ScalarNode) and isinstance(value.value, bool)
    if key.kind == "list":
        return isinstance(value, ListNode | ScalarNode)
    return isinstance(value, MapNode if key.kind == "map" else ScalarNode)


@checks("L112", "frame-word", "error", "A word in a frame that is no act, term of the goods, stage, object, voice or fact.")
def frame_word(file: PackFile) -> Iterator[Hit]:
    for _, _, body in _bodies(file):
        for name, entry in body.entries.items():
            key = frame_keys().get(name)
            if key is None:
                continue
            if key.of in _NAMES:
                for node in items(entry.value):
                    if node.text:
                        yield from wrong_word(file, node, key.of, _NAMES[key.of])
            elif isinstance(entry.value, MapNode):
                yield from _map_words(file, name, entry.value)


def _map_words(file: PackFile, name: str, node: MapNode) -> Iterator[Hit]:
    for entry in node.entries.values():
        if name == "forms":
            yield from wrong_word(file, entry.key, "form", "voice")
        elif name == "facts" and entry.key.text not in FACT_NAMES:
            yield Hit(entry.key, f"{shown(entry.key.text)} is no fact", near(entry.key.text, FACT_NAMES, "facts"))
        elif name == "acts":
            known = {**dict.fromkeys(words_of(file.vocabulary, "goods")), **dict.fromkeys(words_of(file.vocabulary, "act"))}
            if entry.key.text not in known:
                yield Hit(entry.key, f"{shown(entry.key.text)} is no term of the goods and no act", near(entry.key.text, known, "terms"))
            if isinstance(entry.value, ScalarNode):
                yield from wrong_word(file, entry.value, "act", "act")


@checks("L113", "frame-role", "error", "A frame gives a role that events do not have.")
def frame_role(file: PackFile) -> Iterator[Hit]:
    for _, _, body in _bodies(file):
        for name, entry in body.entries.items():
            key = frame_keys().get(name)
            of = key.of if key else ""
            if of in ("role", "need"):
                for node in items(entry.value):
                    yield from _roles(file, node, of)
            elif name == "markers" and isinstance(entry.value, MapNode):
                for marker in entry.value.entries.values():
                    if isinstance(marker.value, ScalarNode):
                        yield from _roles(file, marker.value, "role")


def _roles(file: PackFile, node: ScalarNode, kind: str) -> Iterator[Hit]:
    known = words_of(file.vocabulary, kind)
    for role in node.text.split("/") if kind == "need" else [node.text]:
        if role and role not in known:
            yield Hit(node, f"{shown(role)} is no role of an event", near(role, known, "roles are"))


@checks("L114", "frame-without-forms", "error", "A frame without a single word: it never stands for anything.")
def frame_without_forms(file: PackFile) -> Iterator[Hit]:
    for section, key, body in _bodies(file):
        forms = body.get("forms")
        words = [node for entry in forms.entries.values() for node in items(entry.value)] if isinstance(forms, MapNode) else []
        if section == "frames" and not words:
            yield Hit(key, f"the frame {shown(key.text)} has no forms", "list its words under forms, by voice, or delete it")


@checks("L115", "frame-pattern", "error", "A frame names a pattern that the pack does not have.")
def frame_pattern(file: PackFile) -> Iterator[Hit]:
    known = [key.text for key, _ in file.section("patterns")]
    for section, _, body in _bodies(file):
        pattern = body.get("pattern")
        if section == "frames" and isinstance(pattern, ScalarNode) and pattern.text not in known:
            yield Hit(pattern, f"the pack has no pattern {shown(pattern.text)}", near(pattern.text, known, "patterns are") if known else "")


@checks("L116", "frame-without-act", "error", "A frame for goods, ships or nothing at all that names no act.")
def frame_without_act(file: PackFile) -> Iterator[Hit]:
    patterns = {key.text: body for key, body in file.section("patterns") if isinstance(body, MapNode)}
    for section, key, body in _bodies(file):
        pattern = body.get("pattern")
        inherited = patterns.get(pattern.text) if isinstance(pattern, ScalarNode) else None
        both = (body, inherited) if inherited else (body,)
        objects = next((one.get("objects") for one in both if one.get("objects")), None)
        named = {node.text for node in items(objects)} if objects else {"goods"}
        if section == "frames" and not any(one.get("act") for one in both) and named - {"people", "support"}:
            yield Hit(key, f"the frame {shown(key.text)} names no act", "write `act:` and a word of the acts")


@checks("L117", "marker-without-words", "warning", "A frame gives a role to prepositions of a class for which the pack has no words.")
def marker_without_words(file: PackFile) -> Iterator[Hit]:
    filled = {key.text.partition(".")[0] for name in ("markers", "particles", "proclitics") for key, value in file.section(name)
              if any(True for _ in items(value))} | {*CASES, "object"}
    told_cases = {case for declension in file.declensions.values() for case in declension}
    filled.update(marker for case, marker in _BY_CASE.items() if case in told_cases)
    if any(key.text.partition(".")[0] == "help" for key, _ in file.section("grammar")):
        filled.add("help")
    told_of: set[str] = set()
    for _, _, body in _bodies(file):
        markers = body.get("markers")
        for entry in markers.entries.values() if isinstance(markers, MapNode) else ():
            told = isinstance(entry.value, ScalarNode) and entry.value.text
            if told and entry.key.text not in filled | told_of:
                told_of.add(entry.key.text)
                name, known = entry.key.text, {*filled, *CLASSES["marker"]}
                mend = f"list words under markers: {name}" if name in known else near(name, known, "classes")
                yield Hit(entry.key, f"the pack has no words of the class {shown(name)}", mend + ", or delete the line")


@checks("L118", "people-act", "warning", "A frame asks for an act of the people words that no people words of the pack have.")
def people_act(file: PackFile) -> Iterator[Hit]:
    people = file.root.get("people")
    known: set[str] = set()
    for one in people.items if isinstance(people, ListNode) else ():
        acts = one.get("acts") if isinstance(one, MapNode) else None
        known.update(acts.entries if isinstance(acts, MapNode) else ())
    for _, _, body in _bodies(file):
        node = body.get("people")
        if isinstance(node, ScalarNode) and node.text and node.text not in known:
            yield Hit(node, f"no people words of this pack have an act under {shown(node.text)}",
                      f"give one to some people words: acts: {{{node.text}: ...}}")


CHECKS = (frame_key, frame_word, frame_role, frame_without_forms, frame_pattern, frame_without_act, marker_without_words, people_act)
