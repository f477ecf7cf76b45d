"""What the words of the short closed lists and the forms of a value mean: the one table that editors show and the reference page prints.

Which words there are is for the readers to say; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FORMS", "WORDS"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "prohibition": "something must not be done",
        "duty": "something must be done by a day",
        "quota": "something may be done up to an amount",
    },
    "severity": {
        "critical": "arms, weapons of mass destruction and their means; every mutant of such a rule must be caught by an example",
        "high": "goods, money and people that sustain what the measures are aimed at",
        "medium": "trade of smaller weight",
        "low": "formal matters",
    },
    "status": {
        "draft": "being written; not judged yet",
        "active": "in use",
        "shadow": "judged only when asked for, and marked so",
        "retired": "no longer in use; kept for old findings",
    },
    "breach_class": {
        "substantive": "the thing itself was done or left undone",
        "reporting": "a report or notice was left out; labelled a reporting breach",
    },
    "force": {
        "decides": "binding",
        "demands": "binding, addressed to somebody",
        "clarifies": "says what an earlier paragraph always meant; judged as binding, and findings from before it carry a note",
        "calls_upon": "not binding: at most a concern",
    },
    "ended": {
        "lapsed": "its term ran out",
        "terminated": "the Council ended it",
        "replaced": "another measure took its place",
        "suspended": "it rests",
        "narrowed": "it goes on with a smaller scope",
    },
    "procedure": {
        "standing": "nothing need be done",
        "notify": "the Committee must be told",
        "no_objection": "the Committee must be told and must not object in time",
        "approve": "the Committee must approve in advance",
        "state_determines": "the State decides and answers for it",
    },
    "if_unknown": {
        "holds": "the line counts as true where the fact is not told",
        "fails": "the line counts as false where the fact is not told",
        "review": "where the fact is not told the outcome is possible, for a person to look at",
    },
    "of": {
        "goods": "goods, by the quantity told",
        "people": "people, by the number told",
        "acts": "acts, each as one",
    },
    "per": {
        "calendar_year": "from 1 January to 31 December",
        "month": "each calendar month",
        "period": "each period of in_force",
    },
    "scope": {
        "all_states": "the amounts of all States together",
        "per_state": "each State by itself: that of the first role of breach_by",
    },
    "whichever": {
        "lower": "the limit that is reached first counts",
    },
    "shared_expect": {
        "exempt": "the exemption excuses the event",
        "not excluded": "a fact is missing; the exemption could excuse it",
        "not exempt": "the exemption does not excuse it",
    },
    "roles": {
        "supplier": "who gives, sells, sends or serves",
        "recipient": "who receives, buys or is served",
        "actor": "the doer where nothing passes",
        "end_user": "who will use the goods in the end",
        "broker": "who arranges the deal",
        "carrier": "who carries the goods",
        "owner": "who owns the ship, aircraft or goods",
        "host_state": "the State in whose jurisdiction people work or stay",
        "flag_state": "the State whose flag the ship or aircraft flies",
        "port_state": "the State of the port",
    },
    "report": {
        "confirmed": "a party admits it, or the State or body concerned finds it",
        "reported": "the outlet, a panel or an organisation tells it",
        "alleged": "somebody accuses",
        "denied": "somebody says it is not so",
        "negated": "the text itself says it did not happen",
        "doubted": "somebody cannot say, or finds no evidence",
    },
}
"""The short closed lists of words, each word with its meaning."""

FORMS: Mapping[str, tuple[str, str]] = {
    "word": ("goods: coal", "the fact is this word or a narrower one; a State matches its organs and companies too"),
    "words": ("goods: [coal, iron_ore]", "the fact is any of these"),
    "truth": ("earns_income: true", "the fact is true, or false"),
    "number": ("calibre_mm: 20", "the fact is this number"),
    "is": ("earns_income: {is: true, if_unknown: holds}", "as the value alone, where something must stand beside it"),
    "not": ("destination: {not: XA}", "the fact is none of these"),
    "any": ("goods: {any: arms, except: small_arms_light_weapons}", "the fact is any of these, with the exception of those"),
    "except": ("goods: {any: arms, except: [rifle, pistol]}", "what is taken out of `any`"),
    "at_least": ("range_km: {at_least: 300}", "the number is this or more"),
    "at_most": ("unit_value_usd: {at_most: 5000}", "the number is this or less"),
    "before": ("contract_date: {before: 2017-09-11}", "the day lies before this one"),
    "after": ("contract_date: {after: 2017-09-11}", "the day lies after this one"),
    "listed": ("supplier: {listed: UN-1718-AF}", "the party is under this measure of a list on the day of the event"),
    "waived": ("recipient: {waived: UN-1988-TB}", "the party has a waiver from this measure on the day of the event"),
    "if_unknown": ("destination: {not: XA, if_unknown: holds}", "what the line counts as where the fact is not told; left out, unknown"),
    "covered": ("goods: covered_goods", "the value that the period in force gives under this name; it stands in every period"),
}
"""The forms of a value: an example, and its meaning."""
