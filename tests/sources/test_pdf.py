"""PDF: the text that is stored in the file, or a problem that says what to do."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from checker.model.document import Document
from checker.sources import pdf as pdf_module
from checker.sources.pdf import read_pdf
from checker.sources.readers import read_inputs
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

pypdf = pytest.importorskip("pypdf")


def made(*pages: str) -> bytes:
    """A file with one line of text on each page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for n, words in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
                    "/Resources << /Font << /F1 3 0 R >> >> >>", f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
                  f"startxref\n{len(out)}\n%%EOF\n").encode()


@pytest.mark.parametrize("name", ["a.pdf", "a.unknown", "a.txt"])
def test_the_text_of_all_pages_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(made("XA sold shells to XB.", "It was in May."))
    (document,) = list(read_inputs([str(tmp_path / name)], EventReader(default_vocabulary())))
    assert isinstance(document, Document)
    assert document.text == "XA sold shells to XB.\n\nIt was in May."
    assert document.published is None


def test_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "PAGE_LIMIT", 2)
    document, (problem,) = read_pdf(made("one", "two", "three"), "a.pdf")
    assert document is not None
    assert document.text == "one\n\ntwo"
    assert (problem.code, problem.severity) == ("pdf-cut", "warning")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"[" * 100_000, made("x")[:150], b"%PDF-" + bytes(range(256)) * 50])
def test_what_is_no_whole_file_is_a_problem(data: bytes) -> None:
    document, problems = read_pdf(data, "a.pdf")
    assert document is None
    assert problems[-1].code in ("pdf-unreadable", "pdf-no-text")


def test_a_scan_and_a_locked_file_are_told_apart() -> None:
    assert read_pdf(made(""), "a.pdf")[1][0].code == "pdf-no-text"
    writer: Any = pypdf.PdfWriter(clone_from=io.BytesIO(made("secret")))
    writer.encrypt("password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue(), "a.pdf")[1][0].code == "pdf-locked"


def test_without_the_extra_the_problem_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    document, (problem,) = read_pdf(made("x"), "a.pdf")
    assert document is None
    assert 'sanctions-checker[pdf-text]"' in problem.mend
