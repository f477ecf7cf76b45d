"""Reading events: normal forms, what follows from them, what is refused and how, and that the fast path changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model.claim import CLAIM_STATUSES
from checker.model.dates import DateRange, parse_date
from checker.model.event import TIERS, Amount, Event, ListEntry
from checker.model.facts import FACTS
from checker.strictyaml.source import Source
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary


def good(reader: EventReader, **data: Any) -> Event:
    event, problems = reader.read(data)
    assert problems == []
    assert event is not None
    return event


@pytest.mark.parametrize(
    ("fact", "raw", "value"),
    [
        ("supplier", "DPRK", "KP"),
        ("supplier", "Houthis", "houthis"),
        ("host_state", "Russian Federation", "RU"),
        ("goods", "artillery shells", "artillery_shell"),
        ("act", "supply", "transfer"),
        ("destination", "North Africa", "north_africa"),
        ("date", "2022-11", parse_date("2022-11")),
        ("date", 2022, parse_date("2022")),
        ("date", dt.date(2022, 11, 2), parse_date("2022-11-02")),
        ("via", ["RU", "DPRK", "KP"], ("KP", "RU")),
        ("via", "Crimea", ("crimea",)),
        ("quantity", {"number": 5, "unit": "tons"}, Amount(5, "t")),
        ("quantity", {"number": 5, "unit": "workers", "about": True}, Amount(5, "person", True)),
        ("earns_income", True, True),
        ("range_km", 300, 300),
        ("range_km", 2.5, 2.5),
        ("approved_by", "UNSC", ("un_security_council",)),
        ("goods", ["rifle"], "rifle"),
        (
            "listings",
            [{"party": "KP", "list": "UN-1718-AF", "from": "2017-06-02"}],
            (ListEntry("KP", "UN-1718-AF", dt.date(2017, 6, 2).toordinal()),),
        ),
        (
            "waivers",
            [{"party": "actor", "list": "UN-1988-TB", "from": "2017-06-02", "until": "2017-06-03", "weak": True}],
            (ListEntry("actor", "UN-1988-TB", dt.date(2017, 6, 2).toordinal(), dt.date(2017, 6, 3).toordinal(), True),),
        ),
        ("listings", [], ()),
    ],
)
def test_normal_forms(reader: EventReader, fact: str, raw: object, value: object) -> None:
    assert good(reader, **{fact: raw}).facts[fact] == value


def test_unknown_removes_a_fact_and_stage_defaults_to_done(reader: EventReader) -> None:
    assert good(reader, act="sale", goods="unknown", supplier=None).facts == {"act": "sale", "stage": "done"}
    assert good(reader, stage="planned").facts == {"stage": "planned"}


@pytest.mark.parametrize(
    ("written", "follows"),
    [
        ({"supplier": "KP"}, {"supplier_state": "KP"}),
        ({"recipient": "houthis"}, {"recipient_kind": "armed_group"}),
        (
            {"recipient": "Russian Ministry of Defence"},
            {"recipient": "russian_ministry_of_defence", "recipient_state": "RU", "recipient_kind": "government"},
        ),
        ({"goods": "rifle"}, {"lethal": True}),
        ({"goods": "rifle", "lethal": False}, {"lethal": False}),
        (
            {"broker": {"name": "Glory Trading", "state": "DPRK", "kind": "firm"}},
            {"broker": "Glory Trading", "broker_state": "KP", "broker_kind": "company"},
        ),
        ({"broker": {"name": "Ansar Allah"}}, {"broker": "houthis", "broker_kind": "armed_group"}),
    ],
)
def test_what_follows(reader: EventReader, written: dict[str, Any], follows: dict[str, Any]) -> None:
    facts = good(reader, **written).facts
    assert {key: facts.get(key) for key in follows} == follows
    assert "recipient_state" not in facts or facts["recipient_state"] != "YE"


def test_a_bare_state_is_of_no_stated_kind(reader: EventReader) -> None:
    assert "supplier_kind" not in good(reader, supplier="KP").facts


def test_a_stranger_keeps_the_name_to_print(reader: EventReader) -> None:
    event = good(reader, supplier={"name": "Glory Trading", "state": "KP"})
    assert event.names == {"supplier": "Glory Trading"}
    assert reader.read(event.to_wire()) == (event, [])


@pytest.mark.parametrize(
    ("data", "host", "basis"),
    [
        # the State in control hosts, and the report says by what
        ({"act": "labour_dispatch", "place": "donetsk", "date": "2022-11-02"}, "RU", "under control of Russia since 11 May 2014"),
        ({"act": "hosting", "end_use_place": "crimea", "date": 2020}, "RU", "since 27 February 2014"),
        ({"act": "employment", "host_state": "donetsk", "date": "2023"}, "RU", "since 11 May 2014"),
        ({"act": "labour_dispatch", "place": "occupied_east_ukraine", "date": "2022"}, "RU", "since 11 May 2014"),
        # belonging is no assumption
        ({"act": "labour_dispatch", "place": "vladivostok"}, "RU", ""),
        ({"act": "labour_dispatch", "destination": "CN"}, "CN", ""),
        ({"act": "labour_dispatch", "place": "donetsk", "date": "2013"}, "UA", ""),
        # control changed within the dates, or the date is needed and unknown
        ({"act": "labour_dispatch", "place": "donetsk", "date": "2014"}, None, ""),
        ({"act": "hosting", "host_state": "kherson_city", "date": "2022"}, None, ""),
        ({"act": "labour_dispatch", "place": "donetsk"}, None, ""),
        ({"act": "labour_dispatch", "place": "africa", "date": "2020"}, None, ""),
        # only people at work
        ({"act": "shipment", "place": "donetsk", "date": "2022-11-02"}, None, ""),
        # what is written wins
        ({"act": "hosting", "host_state": "CN", "place": "vladivostok", "date": "2022"}, "CN", ""),
    ],
)
def test_host_state(reader: EventReader, data: dict[str, Any], host: str | None, basis: str) -> None:
    event = good(reader, **data)
    assert event.facts.get("host_state") == host
    assert [a.fact for a in event.assumed] == (["host_state"] if basis else [])
    assert not basis or basis in event.assumed[0].basis
    assert reader.read(event.to_wire()) == (event, [])


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ({"suplier": "KP"}, "unknown-fact", "did you mean `supplier`?"),
        ({"goods": "artilery_shel"}, "unknown-term", "did you mean `artillery_shell`?"),
        ({"act": 5}, "wrong-type", "write one word"),
        ({"goods": ["rifle", "coal"]}, "wrong-type", "one event each"),
        ({"host_state": "North Koera"}, "unknown-term", "did you mean `KP`?"),
        ({"place": "Donesk"}, "unknown-term", "did you mean `donetsk`?"),
        ({"recipient": "Glory Trading"}, "unknown-party", "{name: Glory Trading, state: KP, kind: company}"),
        ({"recipient": "Houtis"}, "unknown-party", "did you mean `houthis`?"),
        ({"date": "2022-13"}, "wrong-date", "2022-11-02"),
        ({"date": "soon"}, "wrong-date", "2022-11-02"),
        ({"date": "2022-02-30"}, "wrong-date", "2022-11-02"),
        ({"date": "2023..2022"}, "wrong-date", "2022-11-02"),
        ({"range_km": "300"}, "wrong-type", "without quotes"),
        ({"range_km": float("nan")}, "wrong-type", "digits"),
        ({"range_km": True}, "wrong-type", "digits"),
        ({"lethal": "yes"}, "wrong-type", "true or false"),
        ({"quantity": "5 t"}, "wrong-type", "{number: 100, unit: t}"),
        ({"quantity": {"number": 5, "unit": "bushel of hay"}}, "unknown-term", "units.yaml"),
        ({"quantity": {"number": 5, "unit": "t", "x": 1}}, "unknown-key", "number"),
        ({"report": "aleged"}, "unknown-report", "did you mean `alleged`?"),
        ({"tier": "storng"}, "unknown-tier", "did you mean `strong`?"),
        ({"schema": "other/1"}, "wrong-schema", "sanctions-checker/event/1"),
        ({"id": 5}, "wrong-type", "quotes"),
        ({"supplier": "KP", "supplier_state": "RU"}, "contradiction", "leave"),
        ({"recipient": "houthis", "recipient_kind": "company"}, "contradiction", "leave"),
        ({"broker": {"name": "Houthis", "state": "IR", "kind": "company"}}, "contradiction", "leave"),
        ({"broker": {"state": "KP"}}, "wrong-type", "add `name:`"),
        ({"broker": {"name": "X", "nation": "KP"}}, "unknown-key", "name, state, kind"),
        ({"report": "alleged", "claims": [{"status": "denied"}]}, "contradiction", "status of a claim"),
        ({"claims": [{"status": "alleged", "who": "US"}]}, "unknown-key", "the keys are"),
        ({"claims": {"status": "alleged"}}, "wrong-type", "claims: []"),
        ({"claims": [{"status": "alleged", "party": "Rusia Baru"}]}, "unknown-party", "leave `party` out"),
        ({"evidence": [{"document": "d", "start": 0, "end": 3, "text": "four"}]}, "wrong-span", "number of characters"),
        ({"assumed": [{"fact": "gods", "basis": "x"}]}, "unknown-fact", "`goods`"),
        ({"names": {"suplier": "X"}}, "unknown-key", "did you mean `supplier`?"),
        ({"listings": [{"party": "KP"}]}, "wrong-type", "UN-1718-AF"),
        ({"listings": [{"party": "KP", "list": "UN-1718-AF", "from": "2017-06-02", "weak": "yes"}]}, "wrong-type", "weak: true"),
        ({"host_state": "red_sea"}, "unknown-term", "write the State"),
    ],
)
def test_refused_with_a_remedy(reader: EventReader, data: dict[str, Any], code: str, says: str) -> None:
    event, problems = reader.read(data, path="e.json")
    assert event is None
    assert [(p.code, p.path) for p in problems] == [(code, "e.json")]
    assert says in problems[0].mend


def test_all_problems_at_once_and_each_at_its_line(reader: EventReader) -> None:
    source = Source("e.yaml", "act: shipmnt\ngods: coal\n")
    lines = {"act": (1, 1), "gods": (2, 1)}
    _, problems = reader.read({"act": "shipmnt", "gods": "coal"}, locate=lines.__getitem__, path="e.yaml", source=source)
    assert [(p.line, p.column, p.source, p.width) for p in problems] == [(1, 1, "act: shipmnt", 3), (2, 1, "gods: coal", 4)]


def test_hostile_values_are_cut_in_messages(reader: EventReader) -> None:
    _, problems = reader.read({"act": "x" * 100_000, "y" * 100_000: 1, "supplier": {"name": "z" * 100_000}})
    assert len(problems) == 3
    assert all(len(p.message) + len(p.mend) < 600 for p in problems)


def test_claims_are_kept_apart(reader: EventReader) -> None:
    event = good(
        reader,
        act="sale",
        claims=[
            {"status": "alleged", "by": "the White House", "party": "US", "via": ["AP"], "date": "2022-11-02"},
            {"status": "denied", "party": "Iran"},
        ],
    )
    assert event.report == "alleged"
    assert [(c.status, c.party, c.via) for c in event.claims] == [("alleged", "US", ("AP",)), ("denied", "IR", ())]


# ---- lists ------------------------------------------------------------------------------------------------------------


def test_lists_become_siblings_of_one_shipment(reader: EventReader) -> None:
    data = {"id": "e", "act": "shipment", "supplier": "KP", "goods": ["rifle", "coal"], "recipient": ["RU", "SY"], "via": ["CN", "XA"]}
    events, problems = reader.read_all(data)
    assert problems == []
    assert [(e.id, e.facts["goods"], e.facts["recipient"]) for e in events] == [
        ("e-1", "rifle", "RU"),
        ("e-2", "rifle", "SY"),
        ("e-3", "coal", "RU"),
        ("e-4", "coal", "SY"),
    ]
    assert {e.facts["shipment"] for e in events} == {"e"}
    assert {e.facts["via"] for e in events} == {("CN", "XA")}


def test_siblings_without_id_share_a_stable_shipment(reader: EventReader) -> None:
    data = {"act": "shipment", "goods": ["rifle", "coal"]}
    first, second = reader.read_all(data)[0], reader.read_all(dict(reversed(data.items())))[0]
    assert {e.facts["shipment"] for e in first} == {e.facts["shipment"] for e in second}
    assert len({e.facts["shipment"] for e in first}) == 1


def test_a_wrong_item_refuses_the_whole_and_is_told_once(reader: EventReader) -> None:
    events, problems = reader.read_all({"act": "shipmnt", "goods": ["rifle", "coal"]})
    assert (events, [p.code for p in problems]) == ([], ["unknown-term"])


def test_too_many_siblings_are_refused(reader: EventReader) -> None:
    events, problems = reader.read_all({"goods": ["rifle"] * 20, "recipient": ["RU"] * 20})
    assert (events, [p.code for p in problems]) == ([], ["too-many"])


# ---- the written form, and the fast path ------------------------------------------------------------------------------


@st.composite
def written(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, Any]:
    """The written form of some event."""
    words: dict[str, st.SearchStrategy[Any]] = {}
    places = st.sampled_from(sorted(vocabulary.places))
    states = st.sampled_from(["KP", "RU", "IR", "XA", "UA", "DPRK", "unknown"])
    parties = st.one_of(
        states,
        st.sampled_from(sorted(vocabulary.parties)),
        st.builds(lambda n: {"name": n, "state": "KP"}, st.text(min_size=1, max_size=8).filter(str.strip)),
    )
    days = st.dates(dt.date(2006, 1, 1), dt.date(2026, 1, 1)).map(str)
    dates = st.one_of(days, days.map(lambda d: d[:7]), days.map(lambda d: d[:4]), st.just("unknown"))
    for spec in FACTS.values():
        terms = st.sampled_from(sorted(vocabulary.taxonomies[spec.taxonomy])) if spec.taxonomy else st.nothing()
        words[spec.name] = {
            "term": terms,
            "terms": st.lists(terms, max_size=3),
            "date": dates,
            "party": parties,
            "state": states,
            "place": places,
            "places": st.lists(places, max_size=3),
            "bool": st.booleans(),
            "number": st.one_of(st.integers(-5, 5), st.floats(0, 9)),
            "amount": st.fixed_dictionaries(
                {"number": st.integers(0, 9), "unit": st.sampled_from(["t", "bbl"])}, optional={"about": st.booleans()}
            ),
            "text": st.text(max_size=5),
            "screening": st.just([]),
        }[spec.type]
    # Facts that follow from a party or the goods are left to the reader: drawn apart they would contradict.
    free = [
        name for name, spec in FACTS.items() if not name.endswith(("_state", "_kind")) or name in ("host_state", "flag_state", "port_state")
    ]
    chosen = draw(st.lists(st.sampled_from(free), max_size=9, unique=True))
    data = {name: draw(words[name]) for name in chosen}
    data |= draw(
        st.fixed_dictionaries(
            {}, optional={"id": st.text(max_size=5), "report": st.sampled_from(CLAIM_STATUSES), "tier": st.sampled_from(TIERS)}
        )
    )
    return data


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_the_written_form_reads_back_and_the_fast_path_agrees(data: st.DataObject) -> None:
    raw = data.draw(written(default_vocabulary()))
    reader = EventReader(default_vocabulary())
    event, problems = reader.read(raw)
    if event is None:
        # The one thing a drawn event can get wrong: a host, flag or port "State" that is a place in no single State.
        assert {p.code for p in problems} <= {"unknown-term"}
        return
    assert reader.read(event.to_wire()) == (event, [])
    line = json.dumps(raw).encode()
    first, again = reader.read_json_line(line), reader.read_json_line(line)
    assert first == again == (event, [])
    wire = json.dumps(event.to_wire()).encode()
    assert reader.read_json_line(wire) == reader.read_json_line(wire) == (event, [])


LINE = {
    "id": "e",
    "act": "shipment",
    "goods": "artillery_shell",
    "supplier": "DPRK",
    "recipient": "RU",
    "date": "2022-11-02",
    "via": ["CN"],
    "range_km": 5,
    "quantity": {"number": 5, "unit": "t"},
    "report": "alleged",
}


def test_a_line_seen_before_takes_the_fast_path(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps(LINE)
    first, _ = reader.read_json_line(line)
    monkeypatch.setattr(EventReader, "read", lambda *_args, **_kw: pytest.fail("the careful path was taken"))
    assert reader.read_json_line(line) == (first, [])
    assert first is not None
    assert first.facts["supplier_state"] == "KP"


@pytest.mark.parametrize(
    "change",
    [
        {"supplier_state": "RU"},
        {"goods": "nonsense"},
        {"date": "2022-13"},
        {"range_km": True},
        {"quantity": {"number": True, "unit": "t"}},
        {"zzz": 1},
        {"tier": "x"},
        {"tier": ["stated"]},
        {"report": "x"},
        {"report": []},
        {"shipment": 5},
        {"schema": "x"},
        {"goods": ["rifle", "coal"]},
        {"via": [1]},
    ],
)
def test_what_is_refused_with_care_is_refused_at_speed(reader: EventReader, change: dict[str, Any]) -> None:
    reader.read_json_line(json.dumps(LINE))
    reader.read_json_line(json.dumps({"supplier": "RU"}))
    event, problems = reader.read_json_line(json.dumps(LINE | change), path="f.jsonl", number=7)
    assert event is None
    assert problems
    assert {(p.path, p.line) for p in problems} == {("f.jsonl", 7)}


def test_lethal_as_written_wins_whatever_the_order(reader: EventReader) -> None:
    for data in ({"goods": "rifle", "lethal": False}, {"lethal": False, "goods": "rifle"}):
        for _ in range(2):
            event, _problems = reader.read_json_line(json.dumps(data))
            assert event is not None
            assert event.facts["lethal"] is False


@pytest.mark.parametrize("line", [b"", b"{", b"[1]", b"\xff\xfe", b'"text"', b"[" * 100_000, b'{"act": 1e999}'])
def test_lines_that_are_no_events(reader: EventReader, line: bytes) -> None:
    event, problems = reader.read_json_line(line, path="f.jsonl", number=3)
    assert event is None
    assert [(p.path, p.line) for p in problems] == [("f.jsonl", 3)]


def test_caches_stay_bounded(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    import checker.vocabulary.events as module

    monkeypatch.setattr(module, "_TABLE_SIZE", 10)
    first = dt.date(2000, 1, 1)
    for number in range(50):
        text = (first + dt.timedelta(number)).isoformat()
        event, _ = reader.read_json_line(json.dumps({"date": text}))
        assert event is not None
        assert event.facts["date"] == DateRange.of(first + dt.timedelta(number))
    assert len(reader._plain["date"]) <= 10
