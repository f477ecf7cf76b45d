"""The verbs by which people look at cases, decide on them, and keep the store."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.cases import tables
from checker.cases.difference import Circumstances, compare
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.cli.main import main
from checker.model.case import CaseRecord
from tests.cases.test_difference import OLD, source
from tests.formats import keeping_to_its_schema

ONE, TWO, THREE = "C-2026-000001", "C-2026-000002", "C-2026-000003"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with three cases: one with two sources, one withdrawn, one that is only a warning."""
    path = tmp_path / "cases.db"
    store = Store(str(path))
    migrate(store)
    first = replace(OLD, id=ONE, sources=(source("aaaa1"), source("aaaa2")))
    with store.begin() as connection:
        show(connection, "2026-01-01", None, first)
        show(connection, "2026-01-02", None, replace(OLD, id=TWO))
        show(connection, "2026-01-03", replace(OLD, id=TWO), replace(OLD, id=TWO, state="withdrawn", findings=(), label=""))
        show(connection, "2026-01-04", None, replace(OLD, id=THREE, label="warning", sender="houthis"))
        connection.execute(tables.member.insert(), [{"document": d, "event": "e", "case_id": ONE, "night": "2026-01-01"}
                                                    for d in ("aaaa1", "aaaa2")])
    store.close()
    return path


def show(connection: object, night: str, before: CaseRecord | None, after: CaseRecord) -> None:
    """Write what a night left of a case."""
    from checker.cases.docket import Docket

    difference = compare(before, after, Circumstances())
    assert difference is not None
    if before is None:
        connection.execute(tables.case.insert(), [{"id": after.id, "opened": night, "first_day": 1, "last_day": 1}])  # type: ignore[attr-defined]
    Docket(connection, None, None).write(night, after, difference)  # type: ignore[arg-type]


@pytest.fixture
def run(file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SANCTIONS_STORE", str(file))

    def it(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        told = capsys.readouterr()
        if "--json" in arguments:
            keeping_to_its_schema(told.out)
        return code, told.out, told.err

    return it


def shown(run: Run, *options: str) -> list[str]:
    code, out, _ = run("cases", "list", "--json", *options)
    assert code == 0
    told = json.loads(out)
    assert told["schema"] == "sanctions-checker/cases/1"
    return [case["id"] for case in told["cases"]]


WHO = ("--by", "Ana", "--reason", "two ships")


@pytest.mark.parametrize(("options", "ids"), [
    ((), [ONE, THREE]), (("--all",), [ONE, TWO, THREE]), (("--state", "withdrawn"), [TWO]), (("--label", "warning"), [THREE]),
    (("--party", "houthis"), [THREE]), (("--party", "XA", "--all"), [ONE, TWO]), (("--since", "2026-01-03", "--all"), [TWO, THREE]),
    (("--rule", "arms", "--label", "alleged violation"), [ONE]), (("--disposition", "plausible"), []),
], ids=str)
def test_the_list_shows_what_was_asked_for(run: Run, options: tuple[str, ...], ids: list[str]) -> None:
    assert shown(run, *options) == ids


def test_the_list_for_people_counts_what_it_leaves_out(run: Run) -> None:
    _, out, _ = run("cases", "list")
    assert f"{ONE}  alleged violation  (new 2026-01-01; untriaged)" in out
    assert "2 cases shown, 1 not asked for" in out


@pytest.mark.parametrize("options", [("--label", "guilty"), ("--disposition", "plausble")], ids=lambda o: o[0])
def test_a_word_that_is_none_is_refused(run: Run, options: tuple[str, str]) -> None:
    code, _, err = run("cases", "list", *options)
    assert code == 2
    assert f"{options[0]}: there is no '{options[1]}'" in err


def test_a_verdict_closes_a_case_and_shows_on_its_card(run: Run) -> None:
    assert run("cases", "decide", ONE, "false positive", *WHO)[:2] == (0, f"{ONE} is false positive\n")
    assert shown(run) == [THREE]
    told = json.loads(run("cases", "show", ONE, "--json")[1])
    assert told["case"]["disposition"] == "false positive"
    assert [(d["by"], d["verdict"], d["reason"]) for d in told["decisions"]] == [("Ana", "false positive", "two ships")]
    _, out, _ = run("cases", "show", ONE)
    assert "false positive by Ana: two ships" in out
    assert "1 independent, 0 of them saw it, weight 2" in out


def test_confirming_takes_two_people(run: Run) -> None:
    assert "in review; confirmed once somebody else says the same" in run("cases", "decide", ONE, "confirmed", *WHO)[1]
    told = json.loads(run("cases", "decide", ONE, "confirmed", "--by", "Ben", "--reason", "seen", "--json")[1])
    assert told["disposition"] == "confirmed"


def test_a_waiver_has_an_end_that_the_list_shows(run: Run) -> None:
    end = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=9)).isoformat()
    assert run("cases", "decide", ONE, "waived", *WHO)[0] == 2
    assert f"waived until {end}" in run("cases", "decide", ONE, "waived", *WHO, "--until", end)[1]
    assert f"waived until {end}" in run("cases", "list", "--disposition", "waived")[1]


def test_a_merged_case_leads_to_the_other(run: Run) -> None:
    assert run("cases", "merge", THREE, ONE, *WHO)[:2] == (0, f"{THREE} is part of {ONE}\n")
    assert shown(run) == [ONE]
    assert shown(run, "--state", "merged") == [THREE]
    code, out, err = run("cases", "show", THREE)
    assert (code, err) == (0, f"{THREE} was merged into {ONE}\n")
    assert f"holds {THREE}" in out
    assert [d["from"] for d in json.loads(run("cases", "show", ONE, "--json")[1])["decisions"]] == [THREE]
    run("cases", "decide", THREE, "plausible", *WHO)
    assert json.loads(run("cases", "show", ONE, "--json")[1])["case"]["disposition"] == "plausible"


def test_a_split_takes_the_first_letters_of_documents(run: Run) -> None:
    code, out, _ = run("cases", "split", ONE, "aaaa2", *WHO)
    assert code == 0
    assert re.fullmatch(rf"C-\d{{4}}-\d{{6}} has 1 document of {ONE}\n", out)


@pytest.mark.parametrize(("arguments", "told"), [
    (("merge", THREE, ONE), {"case": THREE, "into": ONE, "verdict": "merged"}),
    (("split", ONE, "aaaa2"), {"case": ONE, "documents": ["aaaa2"], "verdict": "split"}),
    (("decide", ONE, "plausible"), {"case": ONE, "disposition": "plausible", "verdict": "plausible"}),
], ids=["merge", "split", "decide"])
def test_a_decision_as_json(run: Run, arguments: tuple[str, ...], told: dict[str, object]) -> None:
    wire = json.loads(run("cases", *arguments, *WHO, "--json")[1])
    assert {name: wire[name] for name in told} == told


def test_letters_that_fit_several_documents_are_refused(run: Run) -> None:
    code, _, err = run("cases", "split", ONE, "aaaa", *WHO)
    assert code == 2
    assert "aaaa may be aaaa1 or aaaa2" in err


@pytest.mark.parametrize(("arguments", "code", "says"), [
    (("show", "C-2026-00001"), 2, f"did you mean {ONE}?"), (("decide", ONE, "plausible", "--by", "Ana"), 2, "--reason"),
    (("decide", ONE, "plausible", "--reason", "why"), 2, "--by"), (("decide", ONE, "guilty", *WHO), 2, "is no verdict"),
    (("merge", ONE, ONE, *WHO), 2, "into itself"),
], ids=["unknown", "no reason", "nobody", "no verdict", "itself"])
def test_what_cannot_be_done_is_told(run: Run, arguments: tuple[str, ...], code: int, says: str) -> None:
    got, _, err = run("cases", *arguments)
    assert got == code
    assert says in err


def test_a_hostile_sentence_is_inert(run: Run, file: Path) -> None:
    store = Store(str(file))
    with store.begin() as connection:
        show(connection, "2026-01-05", None, replace(OLD, id="C-2026-000009", sentence="red \x1b[31m\u202eturned"))
    store.close()
    assert "\x1b" not in run("cases", "list")[1] + run("cases", "show", "C-2026-000009")[1]


def test_a_store_is_kept_by_verbs(run: Run, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.gz", str(tmp_path / "other.db")
    code, out, _ = run("store", "backup", str(copy), "--json")
    assert code == 0
    rows = json.loads(out)["rows"]
    assert rows == 9  # three cases, four versions, two members
    assert json.loads(run("store", "restore", str(copy), "--store", other, "--json")[1])["rows"] == rows
    code, _, err = run("store", "restore", str(copy), "--store", other)
    assert code == 3
    assert "not empty" in err
    assert "was made" not in run("store", "migrate", "--store", other)[1]
    wire = json.loads(run("store", "migrate", "--store", other, "--json")[1])
    assert wire["before"] == wire["after"]
    assert run("cases", "list", "--store", other)[1] == run("cases", "list")[1]
    assert "0 texts first seen before" in run("store", "prune", "--keep-nights", "90")[1]
    assert json.loads(run("store", "prune", "--keep-nights", "90", "--json")[1])["texts"] == 0


def test_a_store_that_is_not_sound_is_told(run: Run) -> None:
    code, out, _ = run("store", "check")
    assert (code, out) == (1, "2 members without event\n")
    code, out, _ = run("store", "check", "--json")
    assert (code, json.loads(out)["problems"]) == (1, ["2 members without event"])


def test_where_there_is_no_store_none_is_made(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    for arguments in (("cases", "list"), ("store", "check"), ("store", "backup", str(tmp_path / "x.gz"))):
        code, _, err = run(*arguments, "--store", str(missing))
        assert code == 3
        assert "`sanctions store migrate` makes one" in err
    assert not missing.exists()
    assert run("store", "migrate", "--store", str(missing))[0] == 0
    assert "0 cases shown" in run("cases", "list", "--store", str(missing))[1]


def test_the_store_is_that_of_the_settings(run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sanctions.toml").write_text(f"[state]\nstore = '{file.name}'\n")
    monkeypatch.delenv("SANCTIONS_STORE")
    monkeypatch.chdir(tmp_path)
    assert run("cases", "list")[1].startswith(ONE)
    (tmp_path / "sanctions.toml").write_text("[state]\nstor = 'x.db'\n")
    code, _, err = run("cases", "list")
    assert code == 2
    assert "sanctions.toml:2:1" in err


def test_a_database_without_tables_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    code, _, err = run("cases", "list", "--store", str(tmp_path / "empty.db"))
    assert code == 3
    assert "has no tables: `sanctions store migrate` makes them" in err
