"""The pages beside those of single nights: cases at addresses that never change, the index of nights, the feed, the catalogue of rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from checker import __version__
from checker.cases import tables
from checker.errors import RuleBaseError
from checker.model.nightly import CaseChange, Nightly
from checker.night import ledger
from checker.night.files import OutputError, write_whole
from checker.report.nightly_html import case_page
from checker.report.nightly_words import SOURCE_STATES
from checker.report.nights_html import NightLink, feed, merged_page, nights_page
from checker.strictyaml.message import render_all

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.cases.store import Store
    from checker.judge.judge import Judge
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["write_catalogue", "write_nights", "write_pages"]

_DIGEST = ".digest"


def write_pages(store: Store, out: Path, nightly: Nightly, number: int, vocabulary: Vocabulary) -> None:
    """Write what the newest night changes of them. ``number``: of the run whose files it has.

    Raises:
        OutputError: a page cannot be written.
    """
    for change in nightly.changes:
        _case(out / "cases" / str(change.case["id"]), change, nightly, number, vocabulary)
    new, changed, withdrawn, reopened = (nightly.count(op) for op in ("ADD", "MOD", "DEL", "REO"))
    write_nights(store, out, NightLink(nightly.night, number, nightly.state, new, changed, withdrawn, reopened))


def write_nights(store: Store, out: Path, tonight: NightLink | None = None) -> None:
    """Write the index and the feed of all nights up to ``tonight``, or of all that are closed.

    Raises:
        OutputError: they cannot be written.
    """
    with store.begin() as connection:
        runs = ledger.runs(connection, tonight.night if tonight else "")
        finished = {run["night"] for run in runs if run["state"] in ledger.FINISHED}
        nights = {run["night"]: _link(connection, run) for run in runs if run["state"] in ledger.FINISHED
                  or (run["state"] == ledger.FAILED and run["night"] not in finished)}
    if tonight:
        nights[tonight.night] = tonight
    links = [nights[night] for night in sorted(nights)]
    write_whole(out / "index.html", nights_page(links, catalogue=(out / "catalogue" / "index.html").is_file()).encode("utf-8"))
    write_whole(out / "feed.xml", feed(links).encode("utf-8"))


def _link(connection: Connection, run: dict[str, object]) -> NightLink:
    told = msgspec.convert(run["record"], dict[str, object])
    new, changed, withdrawn, reopened = (msgspec.convert(told.get(name, 0), int) for name in ("new", "changed", "withdrawn", "reopened"))
    number = msgspec.convert(told.get("files", 0), int)
    why = _why(connection, str(run["night"]), int(str(run["number"]))) if run["state"] == ledger.FAILED else ()
    return NightLink(str(run["night"]), number, str(run["state"]), new, changed, withdrawn, reopened, why)


def _why(connection: Connection, night: str, number: int) -> tuple[str, ...]:
    """Why a night failed: what could not be read, and what else was complained of as an error."""
    sources = [f"{c.source}: {c.note or SOURCE_STATES[c.state]}" for c in ledger.covered(connection, night, night)
               if c.state == ledger.FAILED]
    i = tables.issue
    rows = connection.execute(select(i.c.message).where(i.c.night == night, i.c.number == number, i.c.severity == "error",
                                                        i.c.source == "").order_by(i.c.line)).scalars()
    return tuple(dict.fromkeys([*sources, *rows]))


def _case(folder: Path, change: CaseChange, nightly: Nightly, number: int, vocabulary: Vocabulary) -> None:
    """The page of a case at its own address, with everything that nights did to it as JSON Lines beside it."""
    if change.op == "DEL" and change.file.merged_into:
        page = merged_page(str(change.case["id"]), change.file.merged_into)
    else:
        page = case_page(change, nightly, vocabulary, permanent=True, folder=f"{nightly.night}/{number}/")
    write_whole(folder / "index.html", page.encode("utf-8", "replace"))
    lines = (msgspec.json.encode(msgspec.to_builtins(step), order="deterministic") + b"\n" for step in change.file.history)
    write_whole(folder / "history.jsonl", b"".join(lines))


def write_catalogue(out: Path, judge: Judge) -> bool:
    """Write the catalogue of rules, unless the one that is there is of these very rules; whether it was written.

    Raises:
        OutputError: it cannot be written.
        RuleBaseError: a file of a resolution has errors.
    """
    from checker.proof.reading import file_of
    from checker.report.catalogue import Catalogue
    from checker.report.catalogue import write_catalogue as write
    from checker.rulebase.instruments import load_instruments

    base, folder = judge.rulebase, out / "catalogue"
    mark = folder / _DIGEST
    wanted = f"{base.digest} {__version__}\n"
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return False
    instruments, problems = load_instruments()
    if problems:
        raise RuleBaseError(render_all(problems))
    sources = {rule.id: file_of(rule).read_text(encoding="utf-8-sig") for rule in base.tested}
    try:
        write(folder, Catalogue(base.rules, base.exemptions, instruments.all, base.vocabulary, base.law_known_as_of, base.digest,
                                __version__, sources))
    except OSError as err:
        raise OutputError(f"{folder} cannot be written: {err.strerror or err}; the report of the night needs it") from err
    write_whole(mark, wanted.encode())
    return True
