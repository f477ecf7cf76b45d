"""One English sentence for an event. It tells what is claimed and by whom, never that anybody is guilty.

The verb phrase comes from stage and report (``sentences.yaml``), the verb and what follows from the act (``acts.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from checker.model.claim import Claim
from checker.model.dates import DateRange
from checker.model.event import Event
from checker.model.facts import FACTS, PARTY_ROLES
from checker.vocabulary.hosts import HOST_PLACES
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["sentence"]

_OPTIONAL = re.compile(r"\[([^\[\]|]*)(?:\|([^\[\]]*))?\]")
_FIELD = re.compile(r"\{([a-z_]+)\}")
_HOST = ("host_state", *HOST_PLACES, "recipient")
_STRANGE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_LONGEST_NAME = 200
_FALLBACK: Mapping[str, object] = {"subject": ("actor", "supplier"), "verb": ("do", "did", "done"), "rest": "something that is not named"}


def sentence(event: Event, label: str, vocabulary: Vocabulary) -> str:
    """The sentence of an event, with the closing clause of ``label`` where it has one."""
    return _Telling(event, vocabulary).whole(label)


class _Telling:
    """The parts of one sentence; remembers which facts were told already."""

    __slots__ = ("event", "told", "vocabulary")

    def __init__(self, event: Event, vocabulary: Vocabulary) -> None:
        self.event, self.vocabulary = event, vocabulary
        self.told: set[str] = set()

    def whole(self, label: str) -> str:
        act = str(self.event.facts.get("act", ""))
        acts = self.vocabulary.taxonomies["acts"]
        shape = cast(Mapping[str, object], (acts.attribute(act, "sentence") if act in acts else None) or _FALLBACK)
        subject, plural = self._subject(cast(tuple[str, ...], shape["subject"]))
        verb = self._verb(cast(tuple[str, str, str], shape["verb"]), plural)
        rest = self._fill(str(shape["rest"]))
        parts = [subject, verb, rest, *self._tails()]
        text = " ".join(part for part in parts if part).replace(" , ", ", ") + self._details() + self._voices(label)
        return text[0].upper() + text[1:] + "."

    def _subject(self, roles: tuple[str, ...]) -> tuple[str, bool]:
        for role in roles:
            if role in self.event.facts:
                self.told.add(role)
                return self._name(role), self._is_plural(role)
        return self.vocabulary.phrases.unknown[roles[0]], False

    def _is_plural(self, role: str) -> bool:
        party = self.vocabulary.parties.get(str(self.event.facts[role]))
        return party is not None and party.plural and role not in self.event.names

    def _verb(self, forms: tuple[str, str, str], plural: bool) -> str:
        stage = str(self.event.facts.get("stage", "done"))
        pattern = self.vocabulary.phrases.verbs[stage][self.event.report]
        return pattern.format(base=forms[0], past=forms[1], participle=forms[2], be="are" if plural else "is")

    def _fill(self, template: str) -> str:
        def optional(found: re.Match[str]) -> str:
            fields = _FIELD.findall(found[1])
            return found[1] if all(self._knows(name) for name in fields) else found[2] or ""

        def field(found: re.Match[str]) -> str:
            name = found[1]
            if name == "host":
                return self._host()
            self.told.add(name)
            return self._name(name) if name in self.event.facts else self.vocabulary.phrases.unknown[name]

        return _FIELD.sub(field, _OPTIONAL.sub(optional, template)).strip()

    def _knows(self, name: str) -> bool:
        return name in self.event.facts

    def _host(self) -> str:
        for name in (*HOST_PLACES, "host_state", "recipient"):
            if name in self.event.facts:
                self.told |= set(_HOST)
                return self._name(name)
        return self.vocabulary.phrases.unknown["host"]

    def _name(self, fact: str) -> str:
        title = _plain(self.vocabulary.title(fact, self.event.facts[fact]))
        told = _plain(self.event.names.get(fact, "")) if fact in PARTY_ROLES else ""
        # the words of the article may be in a language the reader does not know, so they stand beside our English name
        return title if not told or told.casefold() == title.casefold() else f"{title} ({told})"

    def _tails(self) -> list[str]:
        facts = self.event.facts
        said = {facts.get(name) for name in self.told}
        tails = []
        for fact, pattern in self.vocabulary.phrases.tails.items():
            value = facts.get(fact)
            if value is None or fact in self.told or (value in said and FACTS[fact].type == "place"):
                continue
            said.add(value)
            tails.append(pattern.format(value=self._name(fact)))
        return tails

    def _details(self) -> str:
        facts = self.event.facts
        details = [self._name("quantity")] if "quantity" in facts else []
        date, end = facts.get("date"), facts.get("end_date")
        if isinstance(date, DateRange):
            about = "about " if any(a.fact == "date" for a in self.event.assumed) else ""
            until = f" to {end.say()}" if isinstance(end, DateRange) and end != date else ""
            details.append(f"{about}{date.say()}{until}")
        return f" ({'; '.join(details)})" if details else ""

    def _voices(self, label: str) -> str:
        report = self.event.report
        asserting = self._claimants([c for c in self.event.claims if c.status == report and not c.about])
        denying = self._claimants([c for c in self.event.claims if c.status == "denied"]) if report != "denied" else []
        text = f", according to {_list(asserting)}" if asserting else ""
        if denying:
            text += f"; denied by {_list(denying)}"
        for about, pattern in self.vocabulary.phrases.doubts.items():
            doubting = self._claimants([c for c in self.event.claims if c.status == "doubted" and (c.about or "event") == about])
            if doubting:
                text += f"; {pattern.format(who=_list(doubting))}"
        known = self.vocabulary.labels.get(label)
        return text + (f"; {known.clause}" if known and known.clause else "")

    def _claimants(self, claims: list[Claim]) -> list[str]:
        """The claimants, those of one party together behind its English name: ``the United States (Gedung Putih and Kirby)``."""
        voices: dict[str, list[str]] = {}
        for claim in claims:
            voices.setdefault(self.vocabulary.parties.name(claim.party) if claim.party else "", []).append(_plain(claim.by))
        said = []
        for party, names in voices.items():
            others = [name for name in dict.fromkeys(names) if name]
            if not party:
                said += others
            elif not others or party in others:
                said.append(party)
            else:
                said.append(f"{party} ({_list(others)})")
        return said


def _plain(text: str) -> str:
    # Names come from texts of strangers: control and direction marks must not reshape the sentence.
    return " ".join(_STRANGE.sub(" ", text[:_LONGEST_NAME]).split())


def _list(names: list[str]) -> str:
    shown = names[:4]
    if len(names) > 4:
        return f"{', '.join(shown)} and {len(names) - 4} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
