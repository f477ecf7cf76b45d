"""One written fact value to its normalised form, with what follows from it (``supplier: DPRK`` -> ``KP`` and ``supplier_state``)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model.dates import DateRange, parse_date
from checker.model.event import Amount, FactValue, ListEntry
from checker.model.facts import FACTS, PARTY_ROLES, FactSpec, FactType

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["DERIVED", "PLACE_OF_STATE", "Complaint", "FactReader", "Got"]

PLACE_OF_STATE = "@place:"
"""Mark before the value of a State fact that was written as a place: the date decides which State it is."""

_LONGEST = 300
_BOUNDS = ("about", "at_least")
_ENTRY_KEYS = {"party", "list", "from", "until", "weak"}
_DATE_FORMS = "write 2022-11-02, 2022-11, 2022 or 2022-11-02..2022-11-30"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a value; the caller knows where it stands."""

    code: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Got:
    """A value in normal form: ``facts`` with the fact itself and what follows from it; ``name`` a name to print for a party."""

    facts: Mapping[str, FactValue]
    name: str = ""


def _shown(raw: object) -> str:
    text = repr(raw) if not isinstance(raw, str) else raw
    return text if len(text) <= 60 else text[:57] + "..."


class FactReader:
    """Normalises values by the type of their fact. Holds no state; equal input gives equal output."""

    __slots__ = ("_by_type", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_type: dict[FactType, Callable[[FactSpec, object], Got | Complaint]] = {
            "term": self._word, "terms": self._set, "date": self._date, "party": self._party, "state": self._state, "place": self._word,
            "places": self._set, "bool": self._bool, "number": self._number, "amount": self._amount, "text": self._text,
            "screening": self._screening}

    def read(self, fact: str, raw: object) -> Got | Complaint:
        """The normal form of ``raw`` as a value of ``fact`` (a known fact name)."""
        spec = FACTS[fact]
        if isinstance(raw, list | tuple) and len(raw) == 1 and not spec.is_set:
            raw = raw[0]
        return self._by_type[spec.type](spec, raw)

    def _unknown(self, spec: FactSpec, text: str) -> Complaint:
        near = self._vocabulary.suggest(spec.name, text)
        what = {"state": "no State", "place": "no place", "places": "no place"}.get(spec.type, f"no word of {spec.taxonomy}")
        where = spec.taxonomy or ("states" if spec.type == "state" else "places")
        mend = f"did you mean `{near}`?" if near else f"see rules/vocabulary/{where}.yaml"
        return Complaint("unknown-term", f"`{_shown(text)}` is {what} ({spec.name})", mend)

    def _one(self, spec: FactSpec, raw: object) -> str | Complaint:
        if not isinstance(raw, str):
            kind = "a list" if isinstance(raw, list | tuple) else f"`{_shown(raw)}`"
            return Complaint("wrong-type", f"{spec.name} takes one word, not {kind}", "write one word; for several, write one event each")
        return self._vocabulary.resolve(spec.name, raw) or self._unknown(spec, raw)

    def _word(self, spec: FactSpec, raw: object) -> Got | Complaint:
        word = self._one(spec, raw)
        if isinstance(word, Complaint):
            return word
        facts: dict[str, FactValue] = {spec.name: word}
        if spec.name == "goods":
            lethal = self.lethal(word)
            if lethal is not None:
                facts["lethal"] = lethal
        return Got(facts)

    def lethal(self, goods: str) -> bool | None:
        """Whether goods are lethal: known only where all narrower terms agree."""
        taxonomy = self._vocabulary.taxonomies["goods"]
        found = {taxonomy.attribute(term, "lethal") for term in taxonomy.descendants(goods)}
        value = found.pop()
        return value if isinstance(value, bool) and not found else None

    def _set(self, spec: FactSpec, raw: object) -> Got | Complaint:
        items = raw if isinstance(raw, list | tuple) else [raw]
        words: set[str] = set()
        for item in items:
            word = self._one(spec, item)
            if isinstance(word, Complaint):
                return word
            words.add(word)
        return Got({spec.name: tuple(sorted(words))} if words else {})

    def _state(self, spec: FactSpec, raw: object) -> Got | Complaint:
        if not isinstance(raw, str):
            return Complaint("wrong-type", f"{spec.name} takes one State, not `{_shown(raw)}`",
                             "write its two letters or its name, for instance KP")
        code = self._vocabulary.states.resolve(raw)
        if code:
            return Got({spec.name: code})
        place = self._vocabulary.places.resolve(raw)
        return Got({spec.name: PLACE_OF_STATE + place}) if place else self._unknown(spec, raw)

    def _party(self, spec: FactSpec, raw: object) -> Got | Complaint:
        role = spec.name
        if isinstance(raw, Mapping):
            return self._party_map(role, raw)
        if not isinstance(raw, str):
            return Complaint("wrong-type", f"{role} takes a party, not `{_shown(raw)}`",
                             "write a State, a party of the vocabulary, or {name: ..., state: KP, kind: company}")
        party = self._vocabulary.parties.resolve(raw)
        if party:
            return Got(self._party_facts(role, party))
        near = self._vocabulary.parties.suggest(raw)
        hint = f"did you mean `{near}`? If not, write" if near else "write"
        return Complaint("unknown-party", f"`{_shown(raw)}` is no State and no party of the vocabulary ({role})",
                         f"{hint} {{name: {_shown(raw)}, state: KP, kind: company}} with what is known of it")

    def _party_facts(self, role: str, party: str) -> dict[str, FactValue]:
        facts: dict[str, FactValue] = {role: party}
        known = self._vocabulary.parties.get(party)
        if known is None:
            facts[f"{role}_state"] = party
            return facts
        if known.state:
            facts[f"{role}_state"] = known.state
        if known.kind:
            facts[f"{role}_kind"] = known.kind
        return facts

    def _party_map(self, role: str, raw: Mapping[object, object]) -> Got | Complaint:
        extra = sorted(str(key) for key in raw if key not in ("name", "state", "kind"))
        if extra:
            return Complaint("unknown-key", f"`{_shown(extra[0])}` is no key of a party ({role})", "a party has the keys name, state, kind")
        name = raw.get("name")
        if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
            return Complaint("wrong-type", f"the party under {role} has no usable name", f"add `name:` with at most {_LONGEST} characters")
        # A name that the vocabulary knows is that party, not a stranger of the same name.
        party = self._vocabulary.parties.resolve(name)
        facts: dict[str, FactValue] = self._party_facts(role, party) if party else {role: name}
        for key in ("state", "kind"):
            value = raw.get(key)
            if value is None or value == "unknown":
                continue
            got = self.read(f"{role}_{key}", value)
            if isinstance(got, Complaint):
                return got
            told = got.facts[f"{role}_{key}"]
            if facts.setdefault(f"{role}_{key}", told) != told:
                return Complaint("contradiction", f"`{_shown(name)}` is known with the {key} {facts[f'{role}_{key}']}, not {told}",
                                 f"leave the {key} out, or write the full name of the other party")
        return Got(facts, name)

    def _date(self, spec: FactSpec, raw: object) -> Got | Complaint:
        if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
            return Got({spec.name: DateRange.of(raw)})
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = str(raw)
        if not isinstance(raw, str):
            return Complaint("wrong-type", f"{spec.name} takes a date, not `{_shown(raw)}`", _DATE_FORMS)
        try:
            return Got({spec.name: parse_date(raw.strip())})
        except ValueError as error:
            why = "" if "is not a date" in str(error) else f": {error}"
            return Complaint("wrong-date", f"`{_shown(raw)}` is no date ({spec.name}){why}", _DATE_FORMS)

    def _bool(self, spec: FactSpec, raw: object) -> Got | Complaint:
        if isinstance(raw, bool):
            return Got({spec.name: raw})
        return Complaint("wrong-type", f"{spec.name} takes true or false, not `{_shown(raw)}`", "write true or false without quotes")

    def _number(self, spec: FactSpec, raw: object) -> Got | Complaint:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
            return Got({spec.name: raw})
        return Complaint("wrong-type", f"{spec.name} takes a number, not `{_shown(raw)}`",
                         "write digits without quotes or units, for instance 300")

    def _amount(self, spec: FactSpec, raw: object) -> Got | Complaint:
        mend = "write {number: 100, unit: t}, with `about: true` for an estimate or `at_least: true` for a lower bound"
        if not isinstance(raw, Mapping):
            return Complaint("wrong-type", f"{spec.name} takes a number and a unit, not `{_shown(raw)}`", mend)
        extra = sorted(str(key) for key in raw if key not in ("number", "unit", *_BOUNDS))
        if extra:
            return Complaint("unknown-key", f"`{_shown(extra[0])}` is no key of an amount ({spec.name})", mend)
        number, unit = raw.get("number"), raw.get("unit")
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            return Complaint("wrong-type", f"the number of {spec.name} is `{_shown(number)}`", mend)
        for bound in _BOUNDS:
            if not isinstance(raw.get(bound, False), bool):
                return Complaint("wrong-type", f"`{bound}` of {spec.name} is true or false, not `{_shown(raw[bound])}`", mend)
        units = self._vocabulary.taxonomies["units"]
        known = units.resolve(unit) if isinstance(unit, str) else None
        if known is None:
            near = units.suggest(unit) if isinstance(unit, str) else ""
            return Complaint("unknown-term", f"`{_shown(unit)}` is no unit ({spec.name})",
                             f"did you mean `{near}`?" if near else "see rules/vocabulary/units.yaml")
        return Got({spec.name: Amount(number, known, **{bound: raw.get(bound, False) for bound in _BOUNDS})})

    def _text(self, spec: FactSpec, raw: object) -> Got | Complaint:
        if isinstance(raw, str) and len(raw) <= _LONGEST:
            return Got({spec.name: raw})
        return Complaint("wrong-type", f"{spec.name} takes a text of at most {_LONGEST} characters", "shorten it")

    def _screening(self, spec: FactSpec, raw: object) -> Got | Complaint:
        mend = ("write a list of {party: ..., list: UN-1718-AF, from: 2017-06-02}, with `until` where it ended and `weak: true` where it "
                "is not sure")
        if not isinstance(raw, list | tuple):
            return Complaint("wrong-type", f"{spec.name} takes a list of entries", mend)
        entries: list[ListEntry] = []
        for item in raw:
            if not isinstance(item, Mapping) or not {"party", "list", "from"} <= item.keys() <= _ENTRY_KEYS:
                return Complaint("wrong-type", f"an entry of {spec.name} has the keys party, list, from and perhaps until and weak", mend)
            if not isinstance(item.get("weak", False), bool):
                return Complaint("wrong-type", f"`weak` of an entry of {spec.name} is true or false, not `{_shown(item['weak'])}`", mend)
            days = []
            for key in ("from", "until"):
                got = self._date(spec, item[key]) if item.get(key) is not None else None
                if isinstance(got, Complaint):
                    return got
                days.append(got.facts[spec.name] if got else None)
            first, last = days
            if not isinstance(first, DateRange) or not first.is_day or not ((isinstance(last, DateRange) and last.is_day) or last is None):
                return Complaint("wrong-date", f"the dates of an entry of {spec.name} are days", mend)
            party = self._vocabulary.parties.resolve(str(item["party"])) or str(item["party"])
            entries.append(ListEntry(party, str(item["list"]), first.first, last.first if isinstance(last, DateRange) else None,
                                     item.get("weak", False)))
        return Got({spec.name: tuple(entries)})  # an empty list is a fact too: somebody screened, and found nothing


DERIVED: tuple[str, ...] = tuple(f"{role}_{part}" for role in PARTY_ROLES for part in ("state", "kind"))
"""Facts that follow from a party; written beside it they must agree with it."""
