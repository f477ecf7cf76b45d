"""Agreement makes strong, one alone is at most fair; what does not tell the same act stays apart."""

from __future__ import annotations

import pytest

from checker.extract.plugins.ensemble import Ensemble
from checker.model.claim import Claim
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.vocabulary.vocabulary import default_vocabulary

TEXT = "Iran shipped drones to Russia."
DOCUMENT = Document("a", TEXT)


class Fixed:
    version = "1"
    deterministic = True

    def __init__(self, name: str, *events: Event) -> None:
        self.name, self.events = name, events

    def extract(self, document: Document) -> Extraction:
        return Extraction("en", self.events)


def event(tier: str = "fair", status: str = "reported", by: str = "", **facts: str) -> Event:
    told = {"act": "shipment", "goods": "uav", "supplier": "IR", "recipient": "RU", "stage": "done", **facts}
    values = {k: parse_date(v) if k == "date" else v for k, v in told.items() if v}
    return Event(values, claims=(Claim(status, by),), evidence=(DOCUMENT.quote(0, 4, fact="supplier"),), tier=tier)  # type: ignore[arg-type]


def tiers(a: Event, b: Event) -> list[str]:
    found = Ensemble([Fixed("one", a), Fixed("two", b)], default_vocabulary()).extract(DOCUMENT)
    return [e.tier for e in found.events]


AGREE = {"wider goods": {"goods": "arms"}, "another way of the same transfer": {"act": "sale"},
         "a month that holds the day": {"date": "2024-01"},
         "a recipient unknown to one": {"recipient": ""},
         "an organ of the State": {"recipient": "wagner_group"}}
APART = {"other goods": {"goods": "coal"}, "another recipient": {"recipient": "SY"},
         "swapped": {"supplier": "RU", "recipient": "IR"},
         "only planned": {"stage": "planned"}, "another year": {"date": "2020-01-05"},
         "an act of another kind": {"act": "military_training"},
         "denied": {"status": "denied"}, "no party in common": {"supplier": "", "recipient": "", "actor": "IR"}}


@pytest.mark.parametrize("name", AGREE)
def test_agreement_is_strong(name: str) -> None:
    if name == "an organ of the State" and "RU" not in default_vocabulary().parties.ancestors("wagner_group"):
        pytest.skip("the vocabulary says otherwise")
    assert tiers(event("strong", date="2024-01-05"), event("fair", **AGREE[name])) == ["strong"]


@pytest.mark.parametrize("name", APART)
def test_what_differs_stays_apart_and_is_at_most_fair(name: str) -> None:
    assert tiers(event("strong", date="2024-01-05"), event("fair", **APART[name])) == ["fair", "fair"]


def test_one_that_doubts_itself_confirms_nobody() -> None:
    assert tiers(event("strong"), event("weak")) == ["fair"]
    assert tiers(event("weak"), event("weak")) == ["weak"]


def test_records_keep_their_tier() -> None:
    assert tiers(event("stated"), event("fair", goods="coal")) == ["stated", "fair"]


def test_claims_of_both_are_kept_once() -> None:
    both = Ensemble([Fixed("one", event(by="Kyiv")), Fixed("two", event(by="Kyiv"), event(by="Paris", goods="coal"))], default_vocabulary())
    found = both.extract(DOCUMENT).events
    assert [[c.by for c in e.claims] for e in found] == [["Kyiv"], ["Paris"]]


def test_two_events_of_one_reader_do_not_confirm_each_other() -> None:
    found = Ensemble([Fixed("one", event(), event()), Fixed("two")], default_vocabulary()).extract(DOCUMENT)
    assert [e.tier for e in found.events] == ["fair", "fair"]


def test_it_fails_only_where_all_fail() -> None:
    class Fails(Fixed):
        def extract(self, document: Document) -> Extraction:
            raise ValueError("no")

    assert Ensemble([Fails("one"), Fixed("two", event())], default_vocabulary()).extract(DOCUMENT).notes == (
        "one failed on this document: ValueError: no",)
    with pytest.raises(RuntimeError, match="one failed"):
        Ensemble([Fails("one")], default_vocabulary()).extract(DOCUMENT)
