"""A night that could not even begin: the rules do not load. It is written down all the same, so that nobody takes it for a quiet one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from checker import __version__
from checker.model.nightly import Funnel, Method, Nightly, Trouble
from checker.night import files, ledger
from checker.report.nightly_write import render_failed
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from checker.cases.store import Store

__all__ = ["write_failure"]


def write_failure(store: Store, out: Path, night: str, at: dt.datetime, why: str) -> Path:
    """Close the run of a night as failed, with the reason; where its files are.

    Raises:
        OutputError: they cannot be written.
    """
    problem = Problem("", 0, 0, "not-begun", why)
    told = {"started": at.isoformat(timespec="seconds"), "lists_as_of": ""}
    with store.begin() as connection:
        ref = ledger.open_run(connection, night, {"rulebase": "", "lists": "", "version": __version__}, told)
        ledger.complain(connection, ref, "open", "", [problem])
        earlier = ledger.states(connection, night)
    method = Method(__version__, "", 0, "", "", "", f"sanctions night --night {night}")
    trouble = Trouble("", problem.severity, problem.code, why, 1)
    nightly = Nightly(night=night, state=ledger.FAILED, first=not earlier, changes=(), attention=(), near=(),
                      funnel=Funnel(0, 0, 0, 0, 0, 0), nights=(), regimes=(), measures=(), states=(), links=(), rules=(), fired={},
                      sources=(), troubles=(trouble,), gaps=(),
                      method=method)
    folder = files.publish(out, night, ref.number, render_failed(nightly))
    with store.begin() as connection:
        ledger.close(connection, ref, ledger.FAILED, "", {**told, "files": ref.number})
    return folder
