"""The report as one HTML file that needs nothing else: no script, no network, its style inside and named by hash in the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.run import Run
from checker.report.build import build
from checker.report.environment import environment, hash_of, stylesheet
from checker.report.text import safe_link
from checker.report.words import iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["render_html"]


def render_html(run: Run, vocabulary: Vocabulary, catalogue: str = "") -> str:
    """The HTML report of ``run``. ``catalogue``: an address of the catalogue of rules to link to, as ``text.safe_link`` takes it."""
    style = stylesheet("report.css")
    page = environment().get_template("report.html").render(r=build(run, vocabulary, safe_link(catalogue)), style=style,
                                                            style_hash=hash_of(style), law_date=iso_words(run.law_known_as_of))
    return page.lstrip()
