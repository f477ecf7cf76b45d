"""The facts of an event: the one definitive table of names, groups and value types.

A name that is not here is an error everywhere: in events, in rules, in examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FACTS", "FACT_NAMES", "PARTY_ROLES", "FactSpec", "FactType"]

FactType = Literal[
    "term", "terms", "date", "party", "state", "place", "places", "bool", "number", "amount", "text", "screening"
]


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact. ``type``: ``term`` (one word of ``taxonomy``), ``terms`` (a set of them), ``date`` (a ``DateRange``),
    ``party`` (a State, a vocabulary party or a named one), ``state`` (ISO2), ``place`` / ``places`` (a State, or a word of the
    places), ``bool``, ``number``, ``amount`` (number and unit), ``text``, ``screening`` (dated list entries)."""

    name: str
    group: str
    type: FactType
    taxonomy: str = ""
    says: str = ""

    @property
    def is_set(self) -> bool:
        """True when the fact holds several values at once."""
        return self.type in ("terms", "places", "screening")


PARTY_ROLES: tuple[str, ...] = ("supplier", "recipient", "actor", "end_user", "broker", "carrier", "owner")

_ROLE_SAYS = {
    "supplier": "who gives, sells, sends or serves",
    "recipient": "who receives, buys or is served",
    "actor": "the doer where nothing passes: a test, a journey, an account",
    "end_user": "who will use the goods in the end",
    "broker": "who arranges the deal",
    "carrier": "who carries the goods",
    "owner": "who owns the ship, aircraft or goods",
}


def _table() -> tuple[FactSpec, ...]:
    rows = [
        FactSpec("act", "act", "term", "acts", "what was done"),
        FactSpec("stage", "act", "term", "stages", "how far it got: planned, negotiated, contracted, attempted, done"),
        FactSpec("date", "act", "date", says="the day of the act; a month, a year or a..b mean some day within"),
        FactSpec("end_date", "act", "date", says="last day of a continuing act that began on date"),
        FactSpec("contract_date", "act", "date", says="day the contract was signed"),
        FactSpec("delivery_date", "act", "date", says="day the goods arrived"),
        FactSpec("shipment", "act", "text", says="joins the sibling events of one shipment or deal"),
    ]
    for role in PARTY_ROLES:
        rows.append(FactSpec(role, "parties", "party", says=_ROLE_SAYS[role]))
        rows.append(FactSpec(f"{role}_state", "parties", "state", says=f"the State the {role} belongs to; derived where known"))
        rows.append(FactSpec(f"{role}_kind", "parties", "term", "party_kinds", f"what kind of party the {role} is; derived where known"))
    rows += [
        FactSpec("host_state", "States", "state", says="the State in whose jurisdiction people work or stay"),
        FactSpec("flag_state", "States", "state", says="the State whose flag the ship or aircraft flies"),
        FactSpec("port_state", "States", "state", says="the State of the port"),
        FactSpec("person_nationality", "people", "state", says="nationality of the people concerned"),
        FactSpec("person_role", "people", "term", "person_roles", "what the people do"),
        FactSpec("earns_income", "people", "bool", says="whether they earn income there"),
        FactSpec("return_prohibited", "people", "bool", says="whether law forbids to send them home (refugees)"),
        FactSpec("origin", "places", "place", says="where the goods were made"),
        FactSpec("shipped_from", "places", "place", says="where the goods left"),
        FactSpec("destination", "places", "place", says="where the goods go"),
        FactSpec("via", "places", "places", says="places passed on the way"),
        FactSpec("place", "places", "place", says="where the act happened"),
        FactSpec("end_use_place", "places", "place", says="where the goods or people are used"),
        FactSpec("declared_origin", "places", "places", says="origin that was feigned or declared falsely"),
        FactSpec("declared_destination", "places", "places", says="destination that was feigned or declared falsely"),
        FactSpec("goods", "goods", "term", "goods", "the item"),
        FactSpec("condition", "goods", "term", "conditions", "new or used"),
        FactSpec("lethal", "goods", "bool", says="whether the goods can kill; derived from the goods where known"),
        FactSpec("calibre_mm", "goods", "number", says="calibre in millimetres"),
        FactSpec("range_km", "goods", "number", says="range in kilometres"),
        FactSpec("payload_kg", "goods", "number", says="payload in kilograms"),
        FactSpec("unit_value_usd", "goods", "number", says="value of one piece in US dollars"),
        FactSpec("quantity", "amount", "amount", says="number and unit"),
        FactSpec("value_usd", "amount", "number", says="value in US dollars"),
        FactSpec("amount_basis", "amount", "term", "amount_bases", "notified by a State, or estimated"),
        FactSpec("amount_scope", "amount", "term", "amount_scopes", "a single delivery, or a running total"),
        FactSpec("purpose", "use", "terms", "purposes", "what it is for"),
        FactSpec("end_use", "use", "term", "end_uses", "military, civil, wmd or ied"),
        FactSpec("programme_link", "use", "bool", says="whether linked to a banned weapons programme"),
        FactSpec("transport", "use", "term", "transports", "means of transport"),
        FactSpec("approved_by", "clearance", "terms", "approvals", "who approved it"),
        FactSpec("notified_to", "clearance", "terms", "approvals", "who was notified"),
        FactSpec("notice_days", "clearance", "number", says="days between notice and act"),
        FactSpec("state_determined", "clearance", "bool", says="whether the State made the determination the law asks for"),
        FactSpec("grounds", "clearance", "term", "grounds", "known, reasonable or none"),
        FactSpec("listings", "screening", "screening", says="sanctions lists that name a party, dated"),
        FactSpec("waivers", "screening", "screening", says="waivers that cover a party, dated"),
    ]
    return tuple(rows)


FACTS: dict[str, FactSpec] = {spec.name: spec for spec in _table()}
FACT_NAMES: tuple[str, ...] = tuple(FACTS)
