"""The report as JSON: the run itself (schema ``sanctions-checker/findings/1``) and, under ``report``, the headline and the cards.

It is a findings document, so ``sanctions replay`` and ``sanctions explain`` read it as they read what ``--json`` wrote.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from checker.model.run import Run
from checker.report.build import build

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["render_json"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(run: Run, vocabulary: Vocabulary) -> str:
    """The JSON report of ``run``. Texts are exact: nothing is made visible or escaped beyond JSON itself."""
    view = build(run, vocabulary)
    shown = {
        "headline": view.headline,
        "partial": view.partial,
        "counts": {label.name: n for label, n in view.counts},
        "matters": [{"number": m.number, "label": m.label.name, "tone": m.label.tone, "severity": m.severity, "rule": m.rule,
                     "sentences": list(m.sentences), "findings": [r.id for r in m.receipts]} for m in view.matters],
        "not_flagged": [{"sentence": e.sentence, "reason": e.reason} for e in view.events],
    }
    text = json.dumps(run.to_wire() | {"report": shown}, ensure_ascii=False, indent=1, allow_nan=False)
    # A half character that a broken source left behind cannot be written as UTF-8; JSON can escape it without loss.
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"
