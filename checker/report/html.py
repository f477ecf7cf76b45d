"""The report as one HTML file that needs nothing else: no script, no network, its style inside and named by hash in the policy."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

from checker.locator import templates_dir
from checker.model.run import Run
from checker.report.build import build
from checker.report.text import visible
from checker.report.words import iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["render_html"]


def _held(text: str) -> str:
    """Numbers kept on one line with the word they count: "2 warnings" is never torn apart."""
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)


def render_html(run: Run, vocabulary: Vocabulary) -> str:
    """The HTML report of ``run``."""
    # Heavy and only needed here, so that the command line starts fast.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def inert(value: Any) -> Any:
        """Every printed text shows its invisible controls; markup of our own templates passes."""
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    # autoescape=True, not select_autoescape: the choice must not hang on a file name.
    env = Environment(loader=FileSystemLoader(templates_dir(), encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
                      finalize=inert, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    env.filters["held"] = _held
    style = (templates_dir() / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    # The stylesheet is ours and goes in unescaped: the policy allows exactly these bytes.
    page = env.get_template("report.html").render(r=build(run, vocabulary), style=Markup(style), style_hash=digest,  # noqa: S704
                                                  law_date=iso_words(run.law_known_as_of))
    return page.lstrip()
