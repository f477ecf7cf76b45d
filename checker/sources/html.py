"""HTML pages to documents, through trafilatura (extra ``[html]``). Scripts, menus and comments never reach the text."""

from __future__ import annotations

import logging
import re
from typing import Any

from checker.model.document import Document
from checker.sources.published import read_published
from checker.strictyaml.problem import Problem

__all__ = ["looks_like_html", "read_html"]

_OPENING = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html|<head|<body"
                      r"|<\?xml[^>]{0,200}\?>\s*<(?:!doctype\s+html|html))", re.I | re.S)
_LANG = re.compile(r"""<html[^>]{0,1000}?\blang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.I)
_AS_TEXT = "save the text of the article as a .txt file"
_INSTALL = 'python -m pip install "sanctions-checker[html]"'


def looks_like_html(text: str) -> bool:
    """True when the text begins as an HTML page does."""
    return bool(_OPENING.match(text[:8192]))


def read_html(html: str, path: str) -> tuple[Document | None, list[Problem]]:
    """The article of one page: its title, then its paragraphs with an empty line between them, and what the page says of itself.

    The date is taken from the metadata only: a date guessed from the words is the extractor's business, which knows languages.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as err:
        state = "not installed" if err.name == "trafilatura" else f"not whole ({err.msg.splitlines()[0]})"
        return None, [Problem(path, 0, 0, "html-extra-missing", f"reading HTML needs the optional part 'html', which is {state}",
                              f"install it with: {_INSTALL}")]
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what goes wrong is told by problems, not by a log on stderr
    try:
        # max_date is fixed, because the default asks the clock and results must not depend on the day of the run.
        page = bare_extraction(html, with_metadata=True, include_comments=False,
                               date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"})
    except Exception as err:  # a parser of hostile pages may fail in any way; the page is listed and the run goes on
        return None, [Problem(path, 0, 0, "html-unreadable", f"the page cannot be parsed ({type(err).__name__})", _AS_TEXT)]
    fields: dict[str, Any] = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    paragraphs = [line.strip() for line in (fields.get("text") or "").splitlines() if line.strip()]
    if not paragraphs:
        return None, [Problem(path, 0, 0, "html-no-article", "no article text was found in the page", _AS_TEXT)]
    title = (fields.get("title") or "").strip()
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    published, problems = read_published(fields.get("date"), path, 0)
    lang = _LANG.search(html[:8192])
    url = fields.get("url") or ""
    document = Document(id=path, text="\n\n".join(paragraphs), published=published, title=title,
                        outlet=fields.get("sitename") or fields.get("hostname") or "", lang=lang.group(1).lower() if lang else "",
                        url=url if url.startswith(("http://", "https://")) else "")
    return document, problems
