"""How good the sources of a case are: voices are counted, not articles, and each for what it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checker.cases.assess import Assessor, Telling
from checker.cases.claimants import claimant_sorts
from checker.cases.matter import Matter
from checker.cases.settings import CaseSettings
from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.model.case import CaseRecord, CaseSource
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

VOCABULARY = default_vocabulary()
MATTER = Matter("arms_transfer", "KP", "RU", "artillery_shell", 1, 1)
Voice = tuple[str, str, str]
"""Status, claimant, party."""


@pytest.fixture(scope="module")
def sorts(extractor: FrameExtractor) -> Mapping[str, str]:
    return claimant_sorts(extractor.packs)


def telling(outlet: str, agency: str, *voices: Voice) -> Telling:
    """An event as an outlet tells it, by the words of somebody, or in its own."""
    document = f"{outlet}-{agency}-{len(voices)}"
    event, problems = EventReader(VOCABULARY).read({
        "id": "e", "document": document, "act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "RU",
        "claims": [{"status": status, "by": by, "party": party} for status, by, party in voices or (("reported", "", ""),)]})
    assert event is not None, problems
    return Telling(event, CaseSource(document, outlet, agency, "", "", "2024-05-15", "2024-05-15T00:00:00Z", "en", document), ())


def record(settings: CaseSettings, sorts: Mapping[str, str], *tellings: Telling) -> CaseRecord:
    return Assessor(settings, sorts, VOCABULARY).record("C-2024-000001", "2024-05-15", MATTER, tellings)


SAID = ("alleged", "the White House", "US")
PANEL = ("reported", "UN panel of experts", "")
ROWS = [
    ("one outlet", [telling("Post", "")], (1, 0, 1)),
    ("two outlets", [telling("Post", ""), telling("Courier", "")], (2, 0, 2)),
    ("two outlets of one agency", [telling("Post", "Reuters"), telling("Courier", "Reuters")], (1, 0, 1)),
    ("an agency and who prints it", [telling("Reuters", ""), telling("Courier", "Reuters")], (1, 0, 1)),
    ("an agency and who quotes it", [telling("Reuters", ""), telling("Courier", "", ("reported", "Reuters", ""))], (1, 0, 1)),
    ("a State by two outlets", [telling("Post", "", SAID), telling("Courier", "", SAID)], (1, 0, 2)),
    ("a State by two names", [telling("Post", "", SAID), telling("Courier", "", ("alleged", "Washington", "US"))], (1, 0, 2)),
    ("a State and its service", [telling("Post", "", ("alleged", "Seoul", "KR")),
                                 telling("Courier", "", ("alleged", "NIS", "south_korean_intelligence"))], (1, 0, 2)),
    ("two States", [telling("Post", "", SAID, ("alleged", "Seoul", "KR"))], (2, 0, 4)),
    ("a panel in two languages", [telling("Post", "", PANEL), telling("Correo", "", ("reported", "Panel of Experts", ""))], (1, 1, 3)),
    ("a panel and a State", [telling("Post", "", PANEL, SAID)], (2, 1, 5)),
    ("two unnamed ones", [telling("Post", "", ("reported", "officials", ""), ("reported", "sources", ""))], (1, 0, 1)),
    ("the party itself", [telling("Post", "", ("confirmed", "Moscow", "RU"))], (1, 1, 3)),
    ("pictures from above", [telling("Post", "", ("reported", "satellite images", ""))], (1, 1, 2)),
    ("denials do not count", [telling("Post", "", SAID, ("denied", "Pyongyang", "KP"), ("doubted", "Seoul", "KR"))], (1, 0, 2)),
]


@pytest.mark.parametrize(("tellings", "counts"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_voices_are_counted(settings: CaseSettings, sorts: Mapping[str, str], tellings: list[Telling],
                            counts: tuple[int, int, int]) -> None:
    found = record(settings, sorts, *tellings).confidence
    assert (found.independent, found.first_hand, found.weight) == counts


@pytest.mark.parametrize(("tellings", "level"), [
    ([telling("Post", "")], "low"), ([telling("Post", "", PANEL)], "moderate"), ([telling("Post", ""), telling("Courier", "")], "moderate"),
    ([telling("Post", "", PANEL, SAID)], "high"),
], ids=["an outlet", "a panel", "two outlets", "a panel and a State"])
def test_the_level_follows_from_the_counts(settings: CaseSettings, sorts: Mapping[str, str], tellings: list[Telling], level: str) -> None:
    assert record(settings, sorts, *tellings).confidence.level == level


def test_claims_stay_side_by_side_with_all_who_carry_them(settings: CaseSettings, sorts: Mapping[str, str]) -> None:
    found = record(settings, sorts, telling("Post", "", SAID), telling("Courier", "", SAID, ("denied", "Pyongyang", "KP")))
    assert [(c.status, c.party, c.kind, len(c.documents)) for c in found.claims] == [("alleged", "US", "state", 2),
                                                                                     ("denied", "KP", "state", 1)]


def test_the_words_of_all_packs_are_known(sorts: Mapping[str, str], settings: CaseSettings) -> None:
    assert {sorts[fold(name)] for name in ("UN panel of experts", "эксперты ООН", "联合国专家", "전문가 패널")} == {"panel"}
    assert set(sorts.values()) <= set(settings.claimants)
