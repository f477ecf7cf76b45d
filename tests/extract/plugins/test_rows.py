"""Documents that hold records: each line an event whose evidence is the line."""

from __future__ import annotations

from checker.extract.plugins.contract import Setting
from checker.extract.plugins.registry import make
from checker.model.document import Document

ROWS = """{"act": "sale", "goods": "battle_tank", "supplier": "XA", "recipient": "KP", "date": "2020-05-01"}

{"act": "sale", "goods": "not_a_thing_at_all"}
{"act": "sale",
 {"id": "r7", "act": "shipment", "goods": "coal", "supplier": ["KP", "XB"], "recipient": "XA", "tier": "stated"}
"""


def test_each_line_is_an_event_and_wrong_lines_are_told(setting: Setting) -> None:
    document = Document("rows", ROWS)
    found = make(["rows"], setting).extract(document)
    assert [(e.id, e.facts["goods"], e.facts["supplier"], e.tier) for e in found.events] == [
        ("rows:1", "battle_tank", "XA", "external"), ("r7-1", "coal", "KP", "stated"), ("r7-2", "coal", "XB", "stated")]
    for event in found.events:
        (evidence,) = event.evidence
        document.check(evidence)
        assert evidence.text.startswith("{")
        assert evidence.text.endswith("}")
    assert [note.partition(":")[0] + note.partition("line")[2][:2] for note in found.notes] == ["rows 3", "rows 4"]


def test_an_article_is_left_alone(setting: Setting) -> None:
    found = make(["rows"], setting).extract(Document("a", "Iran shipped drones to Russia."))
    assert not found.events
    assert found.notes == ("rows: this is no record, and was not read",)
