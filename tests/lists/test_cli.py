"""``sanctions lists`` and the option ``--lists``: what is stored, what is shown, what is said on stderr."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.cli.main import main

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
Sanctions = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def sanctions(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sanctions:
    """Exit code, stdout, stderr; lists are stored in a folder of the test, files of this folder are named without it."""
    monkeypatch.setenv("SANCTIONS_LISTS", str(tmp_path / "stored"))
    monkeypatch.chdir(HERE)

    def run(*args: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(arg) for arg in args])
        return code, *capfd.readouterr()

    return run


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "event.yaml"
    path.write_text("act: travel\nactor: {name: Zorvan Kwilbrand, kind: person}\ndestination: XA\nhost_state: XA\ndate: 2020-01-01\n"
                    "report: reported\n", encoding="utf-8")
    return path



def test_a_list_is_stored_once_and_the_newest_is_shown(sanctions: Sanctions, tmp_path: Path) -> None:
    code, out, err = sanctions("lists", "update", "new.xml")
    assert (code, err) == (0, "")
    assert out.startswith("The list of 2025-09-01: 2 persons, 1 entities.\nstored: ")
    code, out, err = sanctions("lists", "update", "old.xml", "--json")
    told = json.loads(out)
    assert (code, told["schema"], told["entries"], told["left_out"]) == (0, "sanctions-checker/lists-update/1", 5, 3)
    assert err.count("error[entry-left-out]") == 3
    sanctions("lists", "update", "new.xml")
    names = sorted(path.name for path in (tmp_path / "stored").iterdir())
    assert [name[:18] for name in names] == ["un-20250601T080000", "un-20250901T080000"]
    assert sanctions("lists", "show")[1].startswith("The list of 2025-09-01, made 2025-09-01T08:00:00.000Z: 2 persons, 1 entities.")


def test_a_snapshot_is_the_list(sanctions: Sanctions, tmp_path: Path) -> None:
    sanctions("lists", "update", "old.xml")
    (stored,) = (tmp_path / "stored").iterdir()
    assert sanctions("lists", "diff", "old.xml", stored)[1].endswith("0 added, 0 removed, 0 changed.\n")


@pytest.mark.parametrize(("name", "args"), [
    ("show-list", ["lists", "show", "--lists", "old.xml"]),
    ("show-name", ["lists", "show", "zurvan qilbrandt", "--lists", "old.xml"]),
    ("show-reference", ["lists", "show", "KPe.901", "--lists", "old.xml"]),
    ("show-weak", ["lists", "show", "Abu Telmesh", "--lists", "old.xml"]),
    ("show-taken-off", ["lists", "show", "HTS", "--lists", "none"]),
    ("show-nobody", ["lists", "show", "Honest Traders", "--lists", "old.xml"]),
    ("diff", ["lists", "diff", "old.xml", "new.xml"]),
])
def test_what_is_shown(sanctions: Sanctions, name: str, args: list[str]) -> None:
    code, out, _ = sanctions(*args)
    assert code == 0
    assert out == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_json_holds_what_the_pages_show(sanctions: Sanctions) -> None:
    def told(*args: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(sanctions(*args, "--json")[1])
        return found

    shown = told("lists", "show", "Zorvan Kwilbrand", "--lists", "old.xml")
    assert (shown["schema"], shown["date"]) == ("sanctions-checker/lists-show/1", "2025-06-01")
    (match,) = shown["matches"]
    assert (match["sure"], match["entry"]["reference"], match["entry"]["listed_on"]) == (True, "TAi.901", "2012-05-04")
    assert match["measures"][0] == {"list": "UN-1988-AF", "from": "2012-05-04", "until": "", "weak": False, "why": ""}
    assert [row["committee"] for row in told("lists", "show", "--lists", "old.xml")["committees"]] == ["KP", "ML", "QD", "TA", "ZZ"]
    diff = told("lists", "diff", "old.xml", "new.xml")
    assert diff["schema"] == "sanctions-checker/lists-diff/1"
    assert [[entry["reference"] for entry in diff[key]] for key in ("added", "removed", "changed")] == [
        ["HTi.909"], ["MLi.901", "QDi.906", "ZZe.901"], ["KPe.901", "TAi.901"]]


def test_proposed_delistings_can_be_pasted(sanctions: Sanctions, tmp_path: Path) -> None:
    import shutil

    from checker.lists.knowledge import load_knowledge
    from checker.locator import rules_dir
    from checker.vocabulary.vocabulary import default_vocabulary

    proposal = json.loads(sanctions("lists", "diff", "old.xml", "new.xml", "--json")[1])["delistings"]
    shutil.copytree(rules_dir() / "lists", tmp_path / "lists")
    with (tmp_path / "lists" / "delistings.yaml").open("a", encoding="utf-8") as stream:
        stream.write(proposal.replace("ZZe.901", "QDe.999"))
    knowledge, problems = load_knowledge(default_vocabulary(), tmp_path / "lists")
    assert problems == []
    assert knowledge is not None
    assert {"MLi.901", "QDi.906", "QDe.999"} <= {one.reference for one in knowledge.delistings}


def test_a_file_that_is_no_list_is_a_usage_error(sanctions: Sanctions, event: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("no list at all\n", encoding="utf-8")
    for args, says in ((["lists", "update", text], "xml-syntax"), (["judge", event, "--lists", text], "xml-syntax"),
                       (["judge", event, "--lists", event], "missing-key")):
        code, out, err = sanctions(*args)
        assert (code, out) == (2, "")
        assert says in err
        assert "cannot be used as a list" in err
    code, out, err = sanctions("lists", "update", event)
    assert (code, out) == (2, "")
    assert "name it with --lists" in err


def test_lists_of_ones_own_are_asked_beside_that_of_the_council(sanctions: Sanctions, event: Path, tmp_path: Path) -> None:
    own, other = tmp_path / "own.csv", tmp_path / "desk.yaml"
    own.write_text("id,name,kind\nW-1,Zorvan Kwilbrand,person\nW-2,Nobody,compny\n", encoding="utf-8")
    other.write_text("list: desk\nentries: [{id: D-1, name: Zorvan Kwilbrand, kind: person}]\n", encoding="utf-8")
    code, out, err = sanctions("judge", event, "--lists", own, "--lists", "old.xml", "--lists", other)
    assert code == 0
    assert "taliban-travel-ban" in out
    assert out.count("On your list own: the actor is Zorvan Kwilbrand, entry W-1") == out.count("On your list desk: the actor is") > 0
    assert "own.csv:3:12: error[unknown-term]" in err
    assert "against the UN list of 2025-06-01" in err
    assert "against your list own, 1 entry, 1 left out" in err
    code, out, err = sanctions("judge", event, "--lists", "none", "--lists", own)
    assert (code, "UN list" in err, "no list is stored" in err) == (0, False, False)
    assert "NOT FLAGGED" in out
    code, out, err = sanctions("judge", event, "--lists", own, "--json")
    ((told,),) = [document["events"] for document in json.loads(out)["documents"]]
    assert (told["leads"][0]["entry"], "listings" in told) == ("W-1", False)  # only names taken off the Council's lists were known
    for wrong in (["--lists", "old.xml", "--lists", "new.xml"], ["--lists", own, "--lists", own], ["--lists", tmp_path / "none.csv"]):
        assert sanctions("judge", event, *wrong)[0] == 2
    code, out, err = sanctions("lists", "show", "--lists", own)
    assert (code, out.splitlines()[0]) == (0, f"Your list own ({own}): 1 entry, 1 left out.")
    code, out, err = sanctions("lists", "show", "W-1", "--lists", own, "--lists", "old.xml")
    assert "W-1: nobody of this name is on the list of 2025-06-01.\nW-1  Zorvan Kwilbrand  (person)\n  your list  own\n" in out
    own.write_text("id,name,kind\nKPe.901,Tin Lantern,company\n", encoding="utf-8")  # an id like those of the Council binds nobody
    code, out, err = sanctions("lists", "show", "KPe.901", "--lists", own, "--lists", "none")
    assert (code, "measure" in out, "your list  own" in out) == (0, False, True)
    own.write_text("id,name,kind\nW-1,Zorvan Kwilbrand,person\n", encoding="utf-8")
    told = json.loads(sanctions("lists", "show", "Zorvan Kwilbrand", "--lists", own, "--lists", "old.xml", "--json")[1])
    assert [told["matches"][0]["entry"]["reference"], told["own"][0]["matches"][0]["entry"]["reference"]] == ["TAi.901", "W-1"]


def test_without_a_stored_list_show_says_where_to_get_one(sanctions: Sanctions) -> None:
    code, _, err = sanctions("lists", "show", "Somebody")
    assert code == 2
    assert "sanctions lists update FILE" in err


def test_extract_and_its_lists(sanctions: Sanctions, tmp_path: Path) -> None:
    """Which list is used is said on stderr, once."""
    record = tmp_path / "event.jsonl"
    record.write_text("".join(json.dumps({"act": "travel", "actor": {"name": name, "kind": "person"}, "date": "2020-01-01"}) + "\n"
                              for name in ("Zorvan Kwilbrand", "Omrin Haldane")), encoding="utf-8")

    def listings(*args: str) -> tuple[list[int | None], str]:
        code, out, err = sanctions("extract", record, "--json", *args)
        assert code == 0, err
        return [None if (found := json.loads(line).get("listings")) is None else len(found) for line in out.splitlines()], err

    found, err = listings("--lists", "old.xml")
    assert found == [3, 0]
    assert err.count("screening: against the UN list of 2025-06-01, 5 entries (old.xml)") == 1
    assert listings("--lists", "none") == ([None, None], "")
    found, err = listings()
    assert found == [None, None]
    assert err == "screening: no list is stored, only names taken off the lists are known; see 'sanctions lists update --help'\n"
    sanctions("lists", "update", "new.xml")
    found, err = listings()
    assert found == [3, 0]
    assert "the UN list of 2025-09-01" in err


def test_switched_off_nobody_is_screened_and_nothing_said(sanctions: Sanctions, event: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTIONS_LISTS", "off")
    code, out, err = sanctions("extract", event, "--json")
    assert (code, err, "listings" in json.loads(out)) == (0, "", False)
    assert sanctions("lists", "update", "new.xml")[0] == 2
    assert "against the UN list of 2025-09-01" in sanctions("extract", event, "--lists", "new.xml")[2]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """One article each of a listed traveller, of a ship with a listed number and of nobody listed."""
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {"travel": "Zorvan Telmesh Quilbrandt, an Afghan national, travelled to Exland on 3 May 2024, officials in Beland said.\n",
             "ship": "The tanker Sea Prima (IMO 7654329) delivered diesel to Exland on 3 May 2024, a UN panel reported.\n",
             "nobody": "Zorvan the baker travelled to Exland on 3 May 2024, officials in Beland said.\n"}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def events_of(out: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for event in map(json.loads, out.splitlines()):
        found.setdefault(Path(event["document"]).stem, []).append(event)
    return found


def test_names_of_the_list_are_found_in_articles(sanctions: Sanctions, articles: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.xml"
    listed.write_text((HERE / "old.xml").read_text(encoding="utf-8").replace("7654321", "7654329"), encoding="utf-8")
    code, out, _ = sanctions("extract", articles, "--json", "--lists", listed)
    events = events_of(out)
    assert (code, sorted(events)) == (0, ["ship", "travel"])
    (travel,), (ship,) = events["travel"], events["ship"]
    assert (travel["actor"], travel["actor_state"], travel["destination"]) == ("Zorvan TELMESH QUILBRANDT", "AF", "XA")
    assert {(entry["party"], entry["list"]) for entry in travel["listings"]} >= {("actor", "UN-1988-TB")}
    assert ship["names"]["carrier"] == "Sea Prima (IMO 7654329)"
    assert {(entry["party"], entry["list"]) for entry in ship["listings"]} == {("carrier", "UN-1718-AF")}
    assert any("IMO number" in one["basis"] for one in ship["assumed"])
    code, out, _ = sanctions("check", articles, "--json", "--lists", listed)
    found = {(Path(f["event"]["document"]).stem, f["rule"]) for f in json.loads(out)["findings"]}
    assert (code, ("travel", "taliban-travel-ban") in found) == (0, True)


def test_without_a_list_nobody_is_found_by_name(sanctions: Sanctions, articles: Path) -> None:
    code, out, _ = sanctions("extract", articles, "--json", "--lists", "none")
    events = events_of(out)
    assert (code, sorted(events)) == (0, ["ship"])
    assert "listings" not in events["ship"][0]
