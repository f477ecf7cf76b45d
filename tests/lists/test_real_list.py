"""The whole real list: every entry read, nothing complained of, nobody common taken for a listed person."""

from __future__ import annotations

from collections import Counter

from checker.lists.entry import UnList
from checker.lists.index import NameIndex
from checker.lists.knowledge import Knowledge
from checker.lists.screen import Screener
from checker.vocabulary.events import EventReader

# persons and entities by committee
COUNTS = {"QD": (252, 89), "TA": (135, 5), "KP": (80, 75), "IR": (43, 78), "IQ": (65, 10), "CD": (44, 9), "LY": (28, 2), "SO": (23, 1),
          "CF": (14, 1), "GB": (10, 0), "YE": (10, 1), "HT": (9, 2), "SD": (9, 0), "SS": (8, 0)}


def test_counts_by_committee(real: UnList) -> None:
    counts = Counter((entry.committee, entry.kind) for entry in real.entries)
    assert {prefix: (counts[(prefix, "person")], counts[(prefix, "entity")]) for prefix in COUNTS} == COUNTS
    assert (len(real.entries), real.left_out, real.day) == (730 + 273, 0, "2026-02-27")


def test_every_entry_has_its_day_and_every_alias_is_read(real: UnList) -> None:
    assert all(entry.listed_on for entry in real.entries)
    assert all(not entry.reference.endswith((" ", ".")) for entry in real.entries)
    assert sum(len(entry.names) for entry in real.entries) > 1003 + 1524 + 615 + 594 + 19
    assert Counter(name.quality for entry in real.entries for name in entry.names)["low"] > 600
    imo = [document.number for entry in real.entries for document in entry.documents if document.type == "IMO number"]
    assert {"1790183", "5342883", "5434358", "5982254"} <= set(imo)
    assert not [name.text for entry in real.entries for name in entry.names if ";" in name.text and entry.reference != "CDe.003"]


def test_every_entry_is_found_by_its_own_name_and_by_its_number(real: UnList, knowledge: Knowledge) -> None:
    index = NameIndex(real.entries, knowledge, real.date)
    lost = [entry.reference for entry in real.entries if entry.reference not in {m.listed.entry.reference for m in index.find(entry.name)}]
    assert lost == []
    assert all(index.reference(entry.reference, "")[0].listed.entry.reference == entry.reference for entry in real.entries)


def test_common_names_are_never_sure(real_screener: Screener, reader: EventReader) -> None:
    for name in ("Ali", "Mohammed", "Abdul Rahman", "Hassan", "Kim", "Abu Bakr", "the general", "Ministry of Defence", "Strategic Forces",
                 "MIT", "Pakistan", "Kenya", "Bilal", "Abdullah"):
        found = [match for match in real_screener.index.find(name) if match.sure]
        assert found == [], name
