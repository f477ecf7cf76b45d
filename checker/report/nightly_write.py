"""All files of a night from its report."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from checker.model.nightly import Nightly
from checker.report.nightly_files import delta_lines, digest_text, findings_csv, quality, report_json
from checker.report.nightly_html import all_cases_page, case_page, digest_html, night_page

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["RUN_SCHEMA", "render", "render_failed"]

RUN_SCHEMA = "sanctions-checker/night-run/1"


def render(nightly: Nightly, vocabulary: Vocabulary) -> dict[str, bytes]:
    """The files of a night that ended well, or in part, by name: the same bytes for the same report."""
    texts = {"digest.txt": digest_text(nightly), "digest.html": digest_html(nightly), "index.html": night_page(nightly, vocabulary)}
    texts |= {f"cases/{c.case['id']}.html": case_page(c, nightly, vocabulary) for c in nightly.changes}
    if listed := all_cases_page(nightly):
        texts["cases/index.html"] = listed
    made = {"report.json": report_json(nightly), "delta.jsonl": delta_lines(nightly), "findings.csv": findings_csv(nightly),
            "quality.json": quality(nightly)} | {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    return made | {"run.json": _run(nightly, made)}


def render_failed(nightly: Nightly) -> dict[str, bytes]:
    """What is left of a night that failed: that it did, and why."""
    made = {"quality.json": quality(nightly)}
    return made | {"run.json": _run(nightly, made)}


def _run(nightly: Nightly, made: dict[str, bytes]) -> bytes:
    """Which night, how it ended, with which versions, and the digest of each file, by which a copy is known to be whole."""
    counts = {op: nightly.count(op) for op in ("ADD", "MOD", "DEL", "REO")}
    wire: dict[str, Any] = {
        "schema": RUN_SCHEMA, "night": nightly.night, "state": nightly.state, "counts": counts,
        "funnel": msgspec.to_builtins(nightly.funnel), "method": msgspec.to_builtins(nightly.method),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(made.items())}}
    return msgspec.json.format(msgspec.json.encode(wire, order="deterministic"), indent=1) + b"\n"
