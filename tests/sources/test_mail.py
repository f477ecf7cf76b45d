"""Mail: its body with subject, sender and date, its attachments beside it, and nothing hostile stops the run."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model.document import Document
from checker.sources import mail as mail_module
from checker.sources.mail import read_mail
from checker.sources.readers import read_inputs
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

PAGE = ("<html lang='en'><body><article><h1>A head</h1>"
        "<p>XA sold a great number of artillery shells to XB, says the ministry.</p></article></body></html>")
ENVELOPE = {"Subject": "Shells", "From": "XA Daily <desk@daily.example>", "Date": "Wed, 02 Nov 2022 23:30:00 +0900"}
HOSTILE_HEADERS = [
    b"Date: never\n", b"Subject: =?utf-8?b?////?=\n", b"From: \xff\xfe\n", b"Date: Wed, 99 Nov 99999 23:30:00 +9999999999\n",
    b"From: \"\"\"\"<<<>>>@@@\n", b"Subject: " + b"x" * 100_000 + b"\n", b"Content-Type: text/plain; charset*0*=''%\n"]
LINES = [
    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n", b"\n", b"--b\n", b"--b--\n", b"\xff\0\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/html\n", b"=?utf-8?q?=ff?=\n", b"Subject: a\n", b"words\n",
    b"Content-Disposition: attachment; filename*=x''%ff\n", b"Content-Type: text/plain; charset=utf-16\n", b" \n"]


def letter(text: str = "XA sold shells to XB.", **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    for name, value in (ENVELOPE | headers).items():
        mail[name] = value
    if text:
        mail.set_content(text)
    return mail


def read(path: Path, data: bytes) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data)
    items: list[Any] = list(read_inputs([str(path)], EventReader(default_vocabulary())))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Problem)]


def test_a_mail_is_its_text_with_what_the_envelope_says(tmp_path: Path) -> None:
    mail = letter("Gerücht: XA lieferte.\nZweite Zeile.")
    mail.add_alternative(PAGE, subtype="html")
    (document,), problems = read(tmp_path / "a.eml", mail.as_bytes())
    assert problems == []
    assert document.text == "Shells\n\nGerücht: XA lieferte.\nZweite Zeile.\n"
    assert (document.title, document.outlet) == ("Shells", "XA Daily")
    assert document.published is not None
    assert document.published.isoformat() == "2022-11-02"
    assert document.quote(8, 15).text == "Gerücht"


def test_without_text_the_page_is_read(tmp_path: Path) -> None:
    mail = letter("")
    mail.set_content(PAGE, subtype="html")
    (document,), _ = read(tmp_path / "a.eml", mail.as_bytes())
    assert "XA sold a great number" in document.text
    assert (document.lang, document.title) == ("en", "Shells")
    assert "<" not in document.text


def test_attachments_are_documents_below_the_mail_and_others_are_named(tmp_path: Path) -> None:
    mail = letter()
    mail.add_attachment("A second article.", filename="a.txt")
    mail.add_attachment(PAGE, subtype="html", filename="b.html")
    mail.add_attachment(letter("Forwarded.", Subject="Inside", Date="Thu, 03 Nov 2022 08:00:00 +0000"))
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="all \x1b[31m.zip")
    documents, (problem,) = read(tmp_path / "a.eml", mail.as_bytes())
    name = str(tmp_path / "a.eml")
    assert [d.id for d in documents] == [name, f"{name}/1", f"{name}/2", f"{name}/3"]
    assert documents[1].text.strip() == "A second article."
    assert documents[3].title == "Inside"
    assert documents[3].published is not None
    assert problem.code == "not-read"
    assert ".zip" in problem.message


def test_every_mail_of_a_mailbox_is_read(tmp_path: Path) -> None:
    one, two = letter("First.\n\n>From here on quoted.").as_bytes(), letter("Second.", Subject="Two").as_bytes()
    mark = b"From desk@daily.example Wed Nov  2 23:30:00 2022\n"
    documents, problems = read(tmp_path / "a.mbox", mark + one + b"\n" + mark + two)
    assert problems == []
    assert [d.title for d in documents] == ["Shells", "Two"]
    assert "\nFrom here on quoted." in documents[0].text
    assert [d.id.rpartition("#")[2] for d in documents] == ["1", "2"]
    assert [p.code for p in read(tmp_path / "b.mbox", one)[1]] == ["no-mailbox"]


@pytest.mark.parametrize("charset", ["utf-9", "idna", "hex", "us-ascii", "x" * 5000])
def test_a_wrong_encoding_is_told_and_the_text_read_as_it_looks(tmp_path: Path, charset: str) -> None:
    data = f"Subject: S\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\nКНДР поставила снаряды\n"
    (document,), (problem,) = read(tmp_path / "a.eml", data.encode())
    assert "КНДР поставила снаряды" in document.text
    assert (problem.code, problem.severity) == ("encoding-damaged", "warning")


@pytest.mark.parametrize("headers", HOSTILE_HEADERS)
def test_hostile_headers_stop_nothing(tmp_path: Path, headers: bytes) -> None:
    (document,), problems = read(tmp_path / "a.eml", headers + b"\nWords of the mail.\n")
    assert "Words of the mail." in document.text
    assert all(p.severity == "warning" for p in problems)
    document.text.encode()
    assert len(document.title) <= 1000


def test_a_bomb_of_parts_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    nested = b"".join(layers) + b"Content-Type: text/plain\n\nx\n"
    documents, problems = read(tmp_path / "deep.eml", nested)
    assert documents == []
    assert problems[0].code in ("mail-unreadable", "mail-cut", "empty-file")
    wide = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\nContent-Type: text/plain\n\nword\n" * 500 + b"--b--\n"
    documents, problems = read(tmp_path / "wide.eml", wide)
    assert len(documents) < 101
    assert [p.code for p in problems] == ["mail-cut"]
    inner = letter("core")
    for _ in range(12):
        outer = letter("layer")
        outer.add_attachment(inner)
        inner = outer
    documents, problems = read(tmp_path / "mails.eml", inner.as_bytes())
    assert len(documents) == 9
    assert [p.code for p in problems] == ["mail-cut"]
    monkeypatch.setattr(mail_module, "MAIL_LIMIT", 100)
    assert [p.code for p in read(tmp_path / "large.eml", b"Subject: x\n\n" + b"y" * 200)[1]] == ["too-large"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_no_bytes_make_it_raise(lines: list[bytes]) -> None:
    for item in read_mail(b"".join(lines), "a.eml"):
        assert isinstance(item, Document | Problem)
        if isinstance(item, Document):
            assert item.text.strip()
            item.text.encode("utf-8", "strict")
