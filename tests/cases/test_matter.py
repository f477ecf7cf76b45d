"""Which tellings are of one matter, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.matter import Matter, Matters
from checker.cases.settings import CaseSettings
from checker.model.dates import parse_date
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

VOCABULARY = default_vocabulary()
DAY = parse_date("2024-05-15").first


def matters(settings: CaseSettings) -> Matters:
    return Matters(VOCABULARY, settings.sides, settings.window_days)


def matter(settings: CaseSettings, **facts: object) -> Matter:
    event, problems = EventReader(VOCABULARY).read({"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "RU",
                                                    "report": "reported"} | facts)
    assert event is not None, problems
    return matters(settings).of(event, DAY)


SAME = [
    {}, {"act": "transfer"}, {"act": "sale"}, {"goods": "ammunition"}, {"goods": "arms"}, {"supplier": "unknown"}, {"recipient": "unknown"},
    {"date": "2024-06-20"}, {"date": "2024-04"}, {"supplier": "komid"},
]
OTHER = [
    {"supplier": "RU", "recipient": "KP"}, {"supplier": "IR"}, {"recipient": "SY"}, {"goods": "coal"}, {"goods": "battle_tank"},
    {"date": "2024-07-20"}, {"date": "2023"}, {"act": "ballistic_missile_launch", "goods": "ballistic_missile"},
    {"supplier": "unknown", "recipient": "unknown"}, {"act": "labour_dispatch"},
]


@pytest.mark.parametrize("facts", SAME, ids=str)
def test_tellings_of_one_matter_fit(settings: CaseSettings, facts: dict[str, object]) -> None:
    assert matters(settings).fit(matter(settings), matter(settings, **facts)) > 0


@pytest.mark.parametrize("facts", OTHER, ids=str)
def test_other_matters_do_not_fit(settings: CaseSettings, facts: dict[str, object]) -> None:
    assert matters(settings).fit(matter(settings), matter(settings, **facts)) == 0


def test_a_group_and_the_state_where_it_sits_are_one_side(settings: CaseSettings) -> None:
    group, state = (matter(settings, supplier="IR", recipient=to) for to in ("houthis", "YE"))
    assert matters(settings).fit(state, group) > 0
    assert matters(settings).joined(state, group).receiver == "houthis"


def test_the_best_of_several_cases_is_taken_and_of_equal_ones_the_oldest(settings: CaseSettings) -> None:
    shells, arms = matter(settings), matter(settings, goods="arms")
    chosen = matters(settings)
    assert chosen.best([("C-2024-000001", arms), ("C-2024-000002", shells)], shells) == "C-2024-000002"
    assert chosen.best([("C-2024-000002", shells), ("C-2024-000001", shells)], shells) == "C-2024-000001"
    assert chosen.best([("C-2024-000001", matter(settings, supplier="IR"))], shells) == ""


PARTIES = st.sampled_from(["", "KP", "RU", "IR", "houthis", "YE", "XA"])
ANY = st.builds(Matter, st.sampled_from(["arms_transfer", "goods_export"]), PARTIES, PARTIES,
                st.sampled_from(["", "arms", "artillery_shell", "coal"]), st.just(DAY), st.integers(DAY, DAY + 60))


@given(a=ANY, b=ANY)
def test_what_fits_can_be_joined_and_fits_again(a: Matter, b: Matter) -> None:
    tool = Matters(VOCABULARY, {"sender": ["supplier"], "receiver": ["recipient"]}, 45)
    if tool.fit(a, b):
        joined = tool.joined(a, b)
        assert tool.fit(joined, b)
        assert set(a.keys) & set(b.keys) or "houthis" in (a.sender, a.receiver, b.sender, b.receiver)
        assert (joined.first, joined.last) == (min(a.first, b.first), max(a.last, b.last))
