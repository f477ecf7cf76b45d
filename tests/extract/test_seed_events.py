"""The article the project began with gives its six events, no more; the article is not ours and is read from the samples."""

from __future__ import annotations

from pathlib import Path

from checker.extract.extractor import FrameExtractor
from checker.model.document import Document
from tests.extract.conftest import in_line


def test_exactly_these_events(extractor: FrameExtractor, samples: Path) -> None:
    document = Document("seed", (samples / "seeds" / "000_7cd20cf16272d07a.txt").read_text("utf-8"))
    found = extractor.extract(document)
    assert found.language == "id"
    assert [(in_line(e), e.tier) for e in found.events] == [
        ("shipment artillery_shell KP>RU alleged done", "strong"),
        ("purchase rocket KP>RU alleged negotiated", "strong"),
        ("purchase artillery_shell KP>RU alleged negotiated", "strong"),
        ("transfer uav IR>RU alleged done", "fair"),
        ("technical_assistance uav IR>- alleged done", "fair"),
        ("labour_dispatch - KP>RU reported planned", "fair"),
    ]
    shells, rockets, _, drones, crimea, builders = found.events
    assert {c.party for c in shells.claims} == {"US"}
    assert [c.about for c in shells.claims if c.status == "doubted"] == ["receipt"]
    assert rockets.names["recipient"] == "Kementerian Pertahanan Rusia"
    assert drones.facts["date"].isoformat() == "2022-08"  # type: ignore[union-attr]
    assert drones.facts["origin"] == "IR"
    assert "supplier" in {a.fact for a in drones.assumed}
    assert [c.party for c in drones.claims if c.status == "denied"] == ["IR"]
    assert [c.party for c in crimea.claims if c.status == "denied"] == ["IR"]
    assert (builders.facts["place"], builders.facts["host_state"]) == ("occupied_east_ukraine", "RU")
    assert {h.kind for h in found.hints} == {"talks", "norm"}
