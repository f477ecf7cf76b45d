"""Events from their written form: the flat map of ``Event.to_wire``, of rule examples and of event files.

A fast path serves lines of JSON whose every value was seen before; whatever is new or odd takes the careful path, which alone
normalises, derives and complains. Both give equal events (a test compares them).
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec

from checker.model.claim import CLAIM_STATUSES, Claim, ClaimStatus
from checker.model.dates import DateRange
from checker.model.event import EVENT_KEYS, EVENT_SCHEMA, TIERS, Assumed, Event, FactValue, Tier
from checker.model.facts import FACTS, PARTY_ROLES, FactType
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.hosts import HostFinder
from checker.vocabulary.values import DERIVED, PLACE_OF_STATE, Complaint, FactReader, Got
from checker.vocabulary.wire import read_assumed, read_claims, read_evidence, read_leads, read_names, read_report

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["EventReader"]

Locate = Callable[[str], tuple[int, int]]

_MOST_SIBLINGS = 256
_TABLE_SIZE = 8192
_DERIVABLE = frozenset((*DERIVED, "lethal"))
_RICH = ("goods", *PARTY_ROLES)
_TABLED = frozenset(("term", "date", "state", "place", "bool", "number", "terms", "places", "amount"))


class _Place:
    """Where an event is written: turns complaints into problems."""

    __slots__ = ("_locate", "path", "problems", "source")

    def __init__(self, path: str, locate: Locate | None, source: Source | None) -> None:
        self.path, self._locate, self.source = path, locate, source
        self.problems: list[Problem] = []

    def complain(self, key: str, complaint: Complaint) -> None:
        line, column = self._locate(key) if self._locate else (0, 0)
        text = self.source.line(line) if self.source and line else ""
        width = len(key) if text[column - 1:column - 1 + len(key)] == key else 1
        self.problems.append(Problem(self.path, line, column, complaint.code, complaint.message, complaint.mend, text, width))


class _Numbers:
    """Table of a number or boolean fact: every value of the right type is its own normal form."""

    __slots__ = ("_type",)

    def __init__(self, type_: type) -> None:
        self._type = type_

    def __getitem__(self, raw: object) -> FactValue:
        if type(raw) is self._type:
            return cast(FactValue, raw)
        raise KeyError(raw)


class _Composite:
    """Table of a fact written as a list of words or as an amount."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], FactValue] = {}

    @staticmethod
    def key(raw: object) -> tuple[object, ...] | None:
        """A hashable key, or ``None`` for a form that only the careful path takes."""
        if type(raw) is list and all(type(item) is str for item in raw):
            return tuple(raw)
        if type(raw) is dict and len(raw) <= 3 and all(type(v) in (str, int, float, bool) for v in raw.values()):
            return tuple(itertools.chain.from_iterable((k, type(v), v) for k, v in raw.items()))
        return None

    def __getitem__(self, raw: object) -> FactValue:
        key = self.key(raw)
        if key is None:
            raise KeyError(raw)
        return self.known[key]


class EventReader:
    """Reads events by one vocabulary. Its caches are bounded and never change a result."""

    __slots__ = ("_decode", "_hosts", "_plain", "_reports", "_rich", "_values", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._values = FactReader(vocabulary)
        self._hosts = HostFinder(vocabulary)
        self._decode = msgspec.json.Decoder().decode
        self._reports: dict[str, tuple[Claim, ...]] = {status: (Claim(cast(ClaimStatus, status)),) for status in CLAIM_STATUSES}
        # Raw value -> value for facts from which nothing else follows, raw value -> facts for the others.
        self._plain: dict[str, Any] = {
            name: _plain_table(spec.type) for name, spec in FACTS.items() if name not in _RICH and spec.type in _TABLED}
        self._rich: dict[str, dict[str, Mapping[str, FactValue]]] = {name: {"unknown": {}} for name in _RICH}

    # ---- the careful path ---------------------------------------------------------------------------------------

    def read(self, data: Mapping[str, object], *, locate: Locate | None = None, path: str = "",
             source: Source | None = None) -> tuple[Event | None, list[Problem]]:
        """One event from its written form; ``None`` when anything is wrong, with every problem.

        ``locate`` gives line and column of a key of ``data``, ``path`` and ``source`` the file for messages. ``unknown`` as a
        value removes a fact. Stage defaults to done.
        """
        place = _Place(path, locate, source)
        event = self._careful(data, place)
        return (None if place.problems else event), place.problems

    def _careful(self, data: Mapping[str, object], place: _Place) -> Event:
        def under(key: str) -> Callable[[Complaint], None]:
            return lambda complaint: place.complain(key, complaint)

        names = read_names(data.get("names"), under("names"))
        facts, names = self._facts(data, names, place)
        assumed = read_assumed(data.get("assumed"), under("assumed"))
        for extra in self._settle(facts, place):
            if all(a.fact != extra.fact for a in assumed):
                assumed = (*assumed, extra)
        if data.get("report") is not None and data.get("claims"):
            place.complain("report", Complaint("contradiction", "an event has either `report` or `claims`",
                                                "write the report as the status of a claim"))
        claims = read_claims(data.get("claims"), self._vocabulary.parties, under("claims"))
        if data.get("report") is not None:
            claims = read_report(data["report"], under("report"))
        if data.get("schema", EVENT_SCHEMA) != EVENT_SCHEMA:
            place.complain("schema", Complaint("wrong-schema", f"`{str(data['schema'])[:60]}` is not the schema of an event",
                                                f"write {EVENT_SCHEMA}, or leave it out"))
        tier = data.get("tier", "stated")
        if tier not in TIERS:
            near = did_you_mean(str(tier), TIERS)
            place.complain("tier", Complaint("unknown-tier", f"`{str(tier)[:60]}` is no tier",
                                              f"did you mean `{near}`?" if near else f"choose among {', '.join(TIERS)}"))
        texts = {}
        for key in ("id", "document"):
            texts[key] = data.get(key, "")
            if not isinstance(texts[key], str):
                place.complain(key, Complaint("wrong-type", f"{key} is a text", "write it in quotes"))
        return Event(facts, str(texts["id"]), claims, read_evidence(data.get("evidence"), under("evidence")), assumed, cast(Tier, tier),
                     str(texts["document"]), names, read_leads(data.get("leads"), under("leads")))

    def _facts(self, data: Mapping[str, object], names: dict[str, str], place: _Place) -> tuple[dict[str, FactValue], dict[str, str]]:
        told: dict[str, FactValue] = {}
        derived: dict[str, FactValue] = {}
        names = dict(names)
        for key, raw in data.items():
            if key in EVENT_KEYS or raw is None or (raw == "unknown" and key in FACTS):
                continue
            if key not in FACTS:
                near = did_you_mean(str(key), (*FACTS, *EVENT_KEYS))
                place.complain(str(key), Complaint("unknown-fact", f"`{str(key)[:60]}` is no fact of an event",
                                                   f"did you mean `{near}`?" if near else "see the table of facts in the documentation"))
                continue
            got = self._one(key, raw, names)
            if isinstance(got, Complaint):
                place.complain(key, got)
                continue
            if got.name:
                names.setdefault(key, got.name)
            for name, value in got.facts.items():
                (told if name == key else derived)[name] = value
        for name, value in derived.items():
            if name in told:
                self._agree(name, told, value, place)
            else:
                told[name] = value
        told.setdefault("stage", "done")
        return told, names

    def _one(self, key: str, raw: object, names: Mapping[str, str]) -> Got | Complaint:
        got = self._values.read(key, raw)
        if isinstance(got, Complaint):
            # The written form of a party outside the vocabulary: its name as the fact, and again under `names`.
            if got.code == "unknown-party" and isinstance(raw, str) and key in names:
                return Got({key: raw})
            return got
        self._remember(key, raw, got)
        return got

    def _remember(self, key: str, raw: object, got: Got) -> None:
        value = got.facts.get(key)
        if value is None or got.name or (isinstance(value, str) and value.startswith(PLACE_OF_STATE)):
            return
        if key in self._rich and type(raw) is str:
            _put(self._rich[key], raw, got.facts)
        elif type(self._plain.get(key)) is dict and type(raw) is str:
            _put(self._plain[key], raw, value)
        elif type(self._plain.get(key)) is _Composite:
            index = _Composite.key(raw)
            if index is not None:
                _put(self._plain[key].known, index, value)

    def _agree(self, name: str, told: dict[str, FactValue], derived: FactValue, place: _Place) -> None:
        # What is written wins where it is only more exact than what follows from the party or the goods.
        value = told[name]
        if value == derived or name == "lethal":
            return
        if name.endswith("_kind"):
            kinds = self._vocabulary.taxonomies["party_kinds"]
            if str(derived) in kinds.ancestors(str(value)) or str(value) in kinds.ancestors(str(derived)):
                return
        role = name.rpartition("_")[0]
        shown = str(value).removeprefix(PLACE_OF_STATE)
        place.complain(name, Complaint("contradiction", f"`{name}: {shown}` contradicts `{role}: {told.get(role)}`, which gives {derived}",
                                       f"leave `{name}` out, or change `{role}`"))

    def _settle(self, facts: dict[str, FactValue], place: _Place) -> list[Assumed]:
        """States that depend on the date: those written as places, and the host State of people at work."""
        found: list[Assumed] = []
        date = facts.get("date")
        day = date if isinstance(date, DateRange) else None
        for name, value in list(facts.items()):
            if isinstance(value, str) and value.startswith(PLACE_OF_STATE):
                where = value.removeprefix(PLACE_OF_STATE)
                state, basis = self._hosts.state(where, day)
                del facts[name]
                if state:
                    facts[name] = state
                elif not self._vocabulary.places.boundaries(where):
                    place.complain(name, Complaint("unknown-term", f"`{where}` lies in no single State ({name})", "write the State"))
                if basis:
                    found.append(Assumed(name, basis))
        if "host_state" not in facts and self._hosts.applies(facts.get("act")):
            extra = self._hosts.derive(facts)
            if extra:
                found.append(extra)
        return found

    def read_all(self, data: Mapping[str, object], *, locate: Locate | None = None, path: str = "",
                 source: Source | None = None) -> tuple[list[Event], list[Problem]]:
        """As ``read``, but a list where one value is wanted stands for sibling events of one ``shipment``."""
        many = {key: list(raw) for key, raw in data.items()
                if isinstance(raw, list | tuple) and len(raw) > 1 and key in FACTS and not FACTS[key].is_set}
        if not many:
            quick = self._fast(data) if type(data) is dict else None
            if quick is not None:
                return [quick], []
            event, problems = self.read(data, locate=locate, path=path, source=source)
            return ([event] if event else []), problems
        count = 1
        for values in many.values():
            count *= len(values)
        place = _Place(path, locate, source)
        if count > _MOST_SIBLINGS:
            place.complain(next(iter(many)), Complaint("too-many", f"these lists make {count:,} events; at most {_MOST_SIBLINGS} are taken",
                                                         "write several events"))
            return [], place.problems
        shipment = data.get("shipment") or data.get("id") or _digest(data)
        events: list[Event] = []
        told: dict[Problem, None] = {}
        for number, combination in enumerate(itertools.product(*many.values()), 1):
            one = {**data, **dict(zip(many, combination, strict=True)), "shipment": shipment}
            if data.get("id"):
                one["id"] = f"{data['id']}-{number}"
            event, found = self.read(one, locate=locate, path=path, source=source)
            told |= dict.fromkeys(found)
            if event:
                events.append(event)
        return ([] if told else events), list(told)

    # ---- the fast path ------------------------------------------------------------------------------------------

    def read_json_line(self, line: bytes | str, *, path: str = "", number: int = 0) -> tuple[Event | None, list[Problem]]:
        """One event from a line of JSON. ``number`` is the line's number for messages."""
        try:
            data = self._decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return None, [Problem(path, number, 1, "wrong-json", f"this line is not JSON: {error}", "write one JSON object on one line")]
        if type(data) is not dict:
            return None, [Problem(path, number, 1, "wrong-json", "this line is not a JSON object",
                                  'write {"act": ..., "date": ...} on one line')]
        event = self._fast(data)
        if event is not None:
            return event, []
        return self.read(data, path=path, locate=lambda _: (number, 1) if number else (0, 0))

    def _fast(self, data: dict[str, Any]) -> Event | None:
        plain, rich = self._plain, self._rich
        facts: dict[str, FactValue] = {"stage": "done"}
        claims: tuple[Claim, ...] = ()
        tier: Any = "stated"
        id_: Any = ""
        document: Any = ""
        try:
            for key, raw in data.items():
                if key in plain:
                    facts[key] = plain[key][raw]
                elif key in rich:
                    facts |= rich[key][raw]
                elif key == "id":
                    id_ = raw
                elif key == "report":
                    claims = self._reports[raw]
                elif key == "document":
                    document = raw
                elif key == "tier":
                    if raw not in TIERS:
                        return None
                    tier = raw
                elif key == "shipment":
                    if type(raw) is not str or raw == "unknown" or len(raw) > 300:
                        return None
                    facts[key] = raw
                elif key == "schema":
                    if raw != EVENT_SCHEMA:
                        return None
                elif raw or key not in EVENT_KEYS:
                    # Claims, quotations and names are rare in bulk records: the careful path reads them.
                    return None
        except (TypeError, KeyError):
            return None
        if type(id_) is not str or type(document) is not str:
            return None
        if not _DERIVABLE.isdisjoint(data) and not self._told_agrees(data, facts):
            return None
        if "host_state" not in facts and self._hosts.applies(facts.get("act")):
            extra = self._hosts.derive(facts)
            if extra:
                return Event(facts, id_, claims, (), (extra,), tier, document)
        return Event(facts, id_, claims, (), (), tier, document)

    def _told_agrees(self, data: dict[str, Any], facts: dict[str, FactValue]) -> bool:
        # True when every written fact that also follows from another equals it; then the order of keys did not matter.
        for name in _DERIVABLE.intersection(data):
            base = "goods" if name == "lethal" else name.rpartition("_")[0]
            if base in data and self._rich[base][data[base]].get(name, facts[name]) != self._plain[name][data[name]]:
                return False
        return True


def _plain_table(type_: FactType) -> dict[str, FactValue] | _Composite | _Numbers:
    if type_ in ("terms", "places", "amount"):
        return _Composite()
    # Decimals go the careful way, which refuses what is no finite number.
    return _Numbers(bool if type_ == "bool" else int) if type_ in ("bool", "number") else {}


def _put(table: dict[Any, Any], key: object, value: object) -> None:
    if len(table) >= _TABLE_SIZE:
        table.clear()
    table[key] = value


def _digest(data: Mapping[str, object]) -> str:
    text = json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)
    return "deal-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
