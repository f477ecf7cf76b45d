"""What an example changes, in the words an analyst would use as its name."""

from __future__ import annotations

from collections.abc import Mapping

from checker.judge.words import say_fact, say_value
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["say_changes"]

_UNKNOWN = {
    "act": "nobody says what was done", "goods": "nobody says what the goods were", "supplier": "nobody says who supplied",
    "recipient": "nobody says who received", "actor": "nobody says who did it", "destination": "nobody says where it went",
    "shipped_from": "nobody says where it came from", "date": "nobody says when", "quantity": "nobody says how much",
}
_KNOWN = {
    "act": "{value} instead", "goods": "{value}", "supplier": "{value} supplied", "recipient": "for {value}", "actor": "done by {value}",
    "destination": "bound for {value}", "shipped_from": "shipped from {value}", "origin": "made in {value}", "place": "in {value}",
    "date": "on {value}", "stage": "only {value}", "approved_by": "approved by {value}", "notified_to": "notified to {value}",
    "flag_state": "under the flag of {value}", "host_state": "hosted by {value}", "end_user": "for use by {value}", "quantity": "{value}",
}


def say_changes(but: Mapping[str, object], event: Event, vocabulary: Vocabulary) -> str:
    """``coal and bound for Exland``; a fact that is taken away is told as what nobody says."""
    parts = [_say(fact, event, vocabulary) for fact in but]
    return parts[0] if len(parts) == 1 else f"{' and '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _say(fact: str, event: Event, vocabulary: Vocabulary) -> str:
    value = event.facts.get(fact)
    if fact not in FACTS:
        return f"another {say_fact(fact)}"
    if value is None:
        return _UNKNOWN.get(fact, f"nobody says the {say_fact(fact)}")
    said = event.names.get(fact) or say_value(fact, value, vocabulary)
    if FACTS[fact].type == "bool":
        return f"{say_fact(fact)}: {said}"
    return _KNOWN.get(fact, f"{say_fact(fact)} {{value}}").format(value=said)
