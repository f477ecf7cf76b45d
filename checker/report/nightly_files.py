"""The files of a night beside its page: the report as JSON, what changed as JSON Lines, findings for spreadsheets, quality, digest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from checker.model.nightly import CaseChange, Nightly
from checker.report.nightly_view import shares
from checker.report.nightly_words import FIRST, FLAG, OPS, attention, causes, counted, headline, not_read, say_night, standard
from checker.report.text import cell, flat

__all__ = ["COLUMNS", "DIGEST_CASES", "QUALITY_SCHEMA", "delta_lines", "digest_text", "findings_csv", "quality", "report_json"]

QUALITY_SCHEMA = "sanctions-checker/quality/1"
DIGEST_CASES = 40
"""Cases that a digest tells; a mail is read on a telephone."""

COLUMNS = ("op", "case", "label", "rule", "regime", "severity", "sentence", "in_breach", "authority", "match", "confidence", "first_day",
           "last_day", "from", "to", "goods", "not_known", "for", "against", "sources", "causes")
"""Column names of findings.csv, stable; one row for each flagged finding of a case of the night."""


def report_json(nightly: Nightly) -> bytes:
    """The report itself, schema ``sanctions-checker/nightly/1``."""
    return _json(nightly.to_wire())


def quality(nightly: Nightly) -> bytes:
    """What was read and what was not, schema ``sanctions-checker/quality/1``."""
    wire = nightly.to_wire()
    return _json({"schema": QUALITY_SCHEMA, **{name: wire[name] for name in ("night", "state", "funnel", "sources", "troubles", "gaps")}})


def delta_lines(nightly: Nightly) -> bytes:
    """One line for each case that differs."""
    rows = [{"op": c.op, "case": c.case["id"], "night": nightly.night, "causes": list(c.causes), "label": c.case["label"],
             "sentence": c.case["sentence"], "digest": c.case["digest"], "fields": msgspec.to_builtins(c.fields)} for c in nightly.changes]
    return b"".join(msgspec.json.encode(row, order="deterministic") + b"\n" for row in rows)


def findings_csv(nightly: Nightly) -> bytes:
    """The findings of new, changed and reopened cases for spreadsheets: every cell safe from formulas, a byte order mark in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for change in nightly.changes:
        for finding in change.case["findings"] if change.op != "DEL" else ():
            if finding["flagged"]:
                writer.writerow([cell(value) for value in _row(change, finding)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(change: CaseChange, finding: Any) -> list[str]:
    case = change.case
    voices = {side: [c["by"] for c in case["claims"] if (c["status"] == "denied") == (side == "against")] for side in ("for", "against")}
    return [OPS[change.op], case["id"], finding["label"], finding["rule"], finding["regime"], finding["severity"], finding["sentence"],
            _several(finding["breach_by"]), _several(finding["authority"]), finding["match"], case["confidence"]["level"],
            case["first_day"], case["last_day"], case["sender"], case["receiver"], case["goods"], _several(finding["missing"]),
            _several(voices["for"]), _several(voices["against"]),
            _several(s["address"] or s["outlet"] for s in case["sources"] if not s["copy_of"]), _several(change.causes)]


def _several(values: Any) -> str:
    return " | ".join(dict.fromkeys(str(v) for v in values if v))


def digest_text(nightly: Nightly, link: str = "") -> str:
    """The digest for a mail or a terminal, plain text, 100 columns. ``link``: where the whole report is."""
    return "\n".join(_digest(nightly, link)) + "\n"


def _digest(nightly: Nightly, link: str) -> Iterator[str]:
    yield flat(headline(nightly))
    yield say_night(nightly.night)
    yield ""
    if nightly.first:
        yield FIRST
        yield ""
    groups = [(word, [c for c in nightly.changes if c.op == op]) for op, word in OPS.items()]
    for (word, cases), room in zip(groups, shares([len(cases) for _, cases in groups], DIGEST_CASES), strict=True):
        if not cases:
            continue
        yield f"{word.upper()} ({len(cases):,})"
        for change in cases[:room]:
            yield ""
            yield from _case(change)
        if len(cases) > room:
            yield ""
            yield f"{len(cases) - room:,} more are in the whole report."
        yield ""
    if not nightly.changes:
        funnel = nightly.funnel
        yield (f"Nothing changed. {counted(funnel.documents, 'document')} first seen, {counted(funnel.events, 'event')} found, "
               f"{counted(len(nightly.sources), 'source')} looked at.")
        yield ""
    if nightly.attention:
        yield "ATTENTION"
        yield from (f"- {flat(attention(told))}" for told in nightly.attention if told.kind != "waiting")
        yield ""
    if nightly.failed_sources:
        yield "NOT READ"
        yield from (f"- {flat(told)}" for told in not_read(nightly))
        yield ""
    if link:
        yield f"The whole report: {flat(link)}"
    yield FLAG


def _case(change: CaseChange) -> Iterator[str]:
    case = change.case
    yield flat(f"{case['id']}  {case['label'] or 'no longer shown'}")
    if case["sentence"]:
        yield f"  {flat(case['sentence'])}"
    for finding in [f for f in case["findings"] if f["flagged"]][:3]:
        yield f"  {flat(finding['title'])}: {flat(', '.join(finding['authority']))}"
    if case["findings"]:
        yield f"  {flat(standard(change))}"
    against = [c for c in case["claims"] if c["status"] == "denied"]
    if against:
        yield f"  denied by {flat(', '.join(dict.fromkeys(c['by'] for c in against)))}"
    yield f"  why now: {flat(causes(change.causes))}"


def _json(wire: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(wire, order="deterministic"), indent=1) + b"\n"
