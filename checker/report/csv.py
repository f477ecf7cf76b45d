"""The report as CSV for spreadsheets: one row per finding of a card, every cell safe from formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from checker.model.run import Run
from checker.report.build import build
from checker.report.text import cell
from checker.report.view import ClaimView, MatterView, ReceiptView

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["COLUMNS", "render_csv"]

COLUMNS = ("matter", "label", "severity", "sentence", "date", "in_breach", "authority", "rule", "regime", "law_from", "law_until", "force",
           "law_verified", "claims_for", "claims_against", "claims_unsure", "evidence", "source", "published", "address", "sha256",
           "not_known", "assumed", "exemptions_not_excluded", "notes", "outcome", "finding", "rule_digest", "own_lists")
"""Column names, stable; one header row. Several values in one cell are separated by `` | ``."""


def render_csv(run: Run, vocabulary: Vocabulary) -> str:
    """The CSV report of ``run``: flagged findings only, in the order of the cards. Lines end as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for m in build(run, vocabulary).matters:
        for receipt in m.receipts:
            writer.writerow([cell(value) for value in _row(m, receipt)])
    return out.getvalue()


def _several(values: list[str]) -> str:
    return " | ".join(dict.fromkeys(v for v in values if v))


def _voice(claim: ClaimView) -> str:
    quotes = " ".join(f"“{q.text}”" for q in claim.quotes)
    return f"{claim.by} {claim.word}{f', about the {claim.about} only' if claim.about else ''}{f': {quotes}' if quotes else ''}"


def _row(m: MatterView, r: ReceiptView) -> list[str]:
    law, sources = m.law, [e.source for e in m.evidence]
    breach = [f"{b.name or 'not named'}{f' ({b.state})' if b.state else ''} as {b.role}" for b in m.breach]
    excerpts = ["".join(p.text for p in x.parts) for e in m.evidence for x in e.excerpts]
    voices = [_several([_voice(c) for c in m.side(side)]) for side in ("for", "against", "unsure")]
    return [str(m.number), m.label.name, m.severity, r.sentence, m.event_iso, _several(breach), _several(list(law.authority)), m.rule,
            m.regime, law.since_iso, law.until_iso, law.force, "yes" if law.verified else "no", *voices, _several(excerpts),
            _several([s.name for s in sources]), _several([s.published for s in sources]), _several([s.link or s.address for s in sources]),
            _several([s.sha256 for s in sources]),
            _several(list(m.missing)), _several(list(m.assumed)), _several([e.says for e in m.exemptions]), _several(list(m.notes)),
            r.outcome, r.id, r.rule_digest, _several(list(m.leads))]
