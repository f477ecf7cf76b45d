"""What an example changes, in the words an analyst would use as its name."""

from __future__ import annotations

from collections.abc import Iterable

from checker.judge.words import say_fact, say_value
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["say_changes"]

_UNKNOWN = {
    "act": "nobody says what was done", "goods": "nobody says what the goods were", "supplier": "nobody says who supplied",
    "recipient": "nobody says who received", "actor": "nobody says who did it", "destination": "nobody says where it went",
    "shipped_from": "nobody says where it came from", "date": "nobody says when", "quantity": "nobody says how much",
    "person_nationality": "nobody says where the people are from", "host_state": "nobody says in which State",
}
_KNOWN = {
    "act": "{value} instead of {before}", "goods": "{value}", "supplier": "{value} supplied", "recipient": "for {value}",
    "actor": "done by {value}", "range_km": "range of {value} km", "calibre_mm": "calibre of {value} mm",
    "destination": "bound for {value}", "shipped_from": "shipped from {value}", "origin": "made in {value}", "place": "in {value}",
    "date": "on {value}", "stage": "only {value}", "approved_by": "approved by {value}", "notified_to": "notified to {value}",
    "flag_state": "under the flag of {value}", "host_state": "hosted by {value}", "end_user": "for use by {value}", "quantity": "{value}",
    "end_use": "for {value}", "person_nationality": "people of {value}", "port_state": "in a port of {value}",
}


def say_changes(facts: Iterable[str], event: Event, base: Event, vocabulary: Vocabulary) -> str:
    """``coal and bound for Exland``: how the event differs from its base in these facts. What is taken away, nobody says."""
    return " and ".join(_say(fact, event, base, vocabulary) for fact in facts)


def _say(fact: str, event: Event, base: Event, vocabulary: Vocabulary) -> str:
    value, before = event.facts.get(fact), base.facts.get(fact)
    if fact not in FACTS:
        return f"another {say_fact(fact)}"
    if value is None:
        return _UNKNOWN.get(fact, f"nobody says the {say_fact(fact)}")
    said = event.names.get(fact) or say_value(fact, value, vocabulary)
    if FACTS[fact].type == "bool":
        return f"{say_fact(fact)} is {said}"
    if fact == "act" and before is None:
        return said
    return _KNOWN.get(fact, f"{say_fact(fact)} {{value}}").format(value=said, before=say_value(fact, before, vocabulary))
