"""Digests on their way: to mail servers and receivers of webhooks that are down, slow, refusing, or end before they say what they took."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from checker.cases import tables
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.cli.main import main
from checker.locator import rules_dir
from checker.night.channels import route, sender
from checker.night.config import read_config
from checker.night.config_channels import CHANNEL_KEYS
from checker.night.config_model import ChannelConfig
from checker.night.mail import mailbox, message
from checker.night.outbox import DeliveryError, Letter, deliver, queue, waiting
from checker.night.webhook import headers
from checker.strictyaml.message import inert, render_all
from tests.night.receivers import PASSWORD, SECRET, USER, Hook, Mailbox, free_port, hook, mail_server, talker

NOW = dt.datetime(2026, 11, 25, 1, 2, 3, tzinfo=dt.UTC)
KEY = "2026-11-24/desk/0123456789abcdef0123456789abcdef"
LETTER = Letter(KEY, "2026-11-24", "desk", "3 new, 1 changed, 0 withdrawn · complete · 2026-11-24",
                "Exland shipped coal.\n.\nFrom here: Ä, 石炭\n" + "x" * 2000 + "\n", "<p>Exland shipped <b>coal</b>: 石炭</p>\n", "ab" * 32,
                {"new": 3, "changed": 1, "withdrawn": 0, "reopened": 0}, at=NOW)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """A server's side, certified for this machine."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def mail(port: int, **told: Any) -> ChannelConfig:
    return ChannelConfig(**{"name": "desk", "kind": "smtp", "host": "127.0.0.1", "port": port, "tls": "none", "timeout": 5,
                            "from": "Night <night@x.example>", "to": ["a@x.example", "The Desk <b@x.example>"], **told})


def webhook(url: str, **told: Any) -> ChannelConfig:
    return ChannelConfig(**{"name": "desk", "kind": "webhook", "url": url, "secret": SECRET, "timeout": 5, "allow_private": True,
                            "link": "https://reports.example/{night}/", **told})


def failure(config: ChannelConfig, letter: Letter = LETTER) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        sender(config)(letter)
    assert PASSWORD not in str(caught.value)
    return caught.value


@pytest.fixture
def outbox(tmp_path: Path) -> Store:
    """A store with the letter in it."""
    store = Store(str(tmp_path / "outbox.db"))
    migrate(store)
    put(store, LETTER)
    return store


def put(store: Store, *letters: Letter) -> None:
    with store.begin() as connection:
        for letter in letters:
            assert queue(connection, letter)


def row(store: Store, key: str = KEY) -> Any:
    with store.begin() as connection:
        return connection.execute(select(tables.outbox).where(tables.outbox.c.key == key)).one()


def errors(store: Store, config: ChannelConfig, at: dt.datetime = NOW, **more: Any) -> list[str]:
    return [one.error for one in deliver(store, {"desk": sender(config)}, at, **more)]


# ---- mail ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["starttls", "implicit", "none"])
def test_a_mail(tls: ssl.SSLContext, ca: Path, kind: str) -> None:
    secure = {"ca": ca, "user": USER, "password": PASSWORD} if kind != "none" else {}
    with mail_server(Mailbox(), tls if kind != "none" else None, implicit=kind == "implicit") as box:
        sender(mail(box.port, tls=kind, **secure))(LETTER)
    (to, got), = box.mails
    assert to == ["a@x.example", "b@x.example"]
    assert {name: got[name] for name in got if not name.startswith(("X-", "MIME", "Content"))} == {
        "From": "Night <night@x.example>", "To": "a@x.example, The Desk <b@x.example>", "Subject": LETTER.subject,
        "Date": "Wed, 25 Nov 2026 01:02:03 +0000", "Message-ID": f"<{KEY.replace('/', '.')}@x.example>", "List-Id": "<desk.x.example>",
        "Auto-Submitted": "auto-generated"}
    assert got.get_content_type() == "multipart/alternative"
    text, html = got.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert [part.get_content().replace("\r\n", "\n") for part in (text, html)] == [LETTER.text, LETTER.html]
    assert (box.encrypted, box.users) == (([kind == "starttls"], [USER]) if secure else ([False], []))


def test_a_letter_sent_again_is_the_same_mail() -> None:
    with mail_server(Mailbox()) as box:
        for hours in (0, 5):
            sender(mail(box.port))(replace(LETTER, at=NOW + dt.timedelta(hours=hours)))
    one, two = (mail for _, mail in box.mails)
    assert one["Message-ID"] == two["Message-ID"]
    assert one["Date"] != two["Date"]
    del one["Date"], two["Date"]
    assert one.as_bytes() == two.as_bytes()


@pytest.mark.parametrize(("told", "why"), [
    ({"password": "wrong"}, r"refuses user and password \(535 5\.7\.8 no: \*\*\*\)"),
    ({"ca": None}, "the certificate of .* is not trusted: unable to get local issuer certificate; name the file of its authority as `ca`"),
    ({"host": "localhost"}, "the certificate of localhost:.* is not trusted: .*localhost"),
    ({"ca": Path("gone.pem")}, "No such file"),
    ({"user": ""}, "refuses mail from night@x.example .530"),
])
def test_a_server_that_wants_other_words(tls: ssl.SSLContext, ca: Path, told: dict[str, Any], why: str) -> None:
    with mail_server(Mailbox(), tls) as box:
        found = failure(mail(box.port, **{"tls": "starttls", "ca": ca, "user": USER, "password": PASSWORD, **told}))
    assert re.search(why, str(found)), found
    assert (found.shut, box.mails) == (True, [])


@pytest.mark.parametrize(("box", "why", "shut"), [
    (Mailbox(answer="554 looks like spam\r\n554 \x1b[2Jto us"), r"refuses the mail \(554 looks like spam", False),
    (Mailbox(sender="550 not you"), r"refuses mail from night@x\.example \(550 not you\)", True),
    (Mailbox(refused={"a@x.example": "550 who?", "b@x.example": "452 full"}),
     r"refuses a@x\.example \(550 who\?\); b@x\.example \(452 full\)$", False),
], ids=["the mail", "the sender", "all recipients"])
def test_a_server_that_refuses(outbox: Store, box: Mailbox, why: str, shut: bool) -> None:
    with mail_server(box):
        assert failure(mail(box.port)).shut is shut
        (error,) = errors(outbox, mail(box.port))
    assert re.search(why, error)
    assert error.isprintable()
    assert (row(outbox).state, row(outbox).error, box.mails) == ("pending", error, [])


def test_a_server_without_starttls_gets_nothing() -> None:
    with mail_server(Mailbox()) as box:
        assert "STARTTLS extension not supported" in str(failure(mail(box.port, tls="starttls", user=USER, password=PASSWORD)))
    assert (box.mails, box.users) == ([], [])


def test_whoever_took_a_letter_does_not_get_it_again(outbox: Store) -> None:
    three = ["a@x.example", "The Desk <b@x.example>", "c@x.example"]
    with mail_server(Mailbox(refused={"b@x.example": "451 later", "c@x.example": "550 who?"})) as box:
        config = mail(box.port, to=three)
        assert errors(outbox, config) == ["the server refuses b@x.example (451 later); c@x.example (550 who?); a@x.example took it"]
        assert "Connection refused" in errors(outbox, mail(free_port(), to=three), force=True)[0]
        assert "took it" not in errors(outbox, config, force=True)[0]
        del box.refused["b@x.example"]
        assert errors(outbox, config, force=True) == ["the server refuses c@x.example (550 who?); b@x.example took it"]
        box.refused.clear()
        assert row(outbox).state == "pending"
        assert errors(outbox, config, force=True) == [""]
    assert [to for to, _ in box.mails] == [["a@x.example"], ["b@x.example"], ["c@x.example"]]
    assert {got["To"] for _, got in box.mails} == {", ".join(three)}
    assert row(outbox).state == "sent"


def test_a_recipient_that_is_no_more_is_taken_out_of_the_settings(outbox: Store) -> None:
    with mail_server(Mailbox(refused={"b@x.example": "550 who?"})) as box:
        errors(outbox, mail(box.port))
    assert errors(outbox, mail(free_port(), to=["a@x.example"]), force=True) == [""]  # nobody is left: no server is needed


def test_a_server_that_dies_with_a_mail_in_its_hands_gets_it_again_under_the_same_id(outbox: Store) -> None:
    with mail_server(Mailbox(dies=True)) as box:
        assert "did not say that it took it" in errors(outbox, mail(box.port))[0]
        assert row(outbox).state == "pending"
        box.dies = False
        assert errors(outbox, mail(box.port), force=True) == [""]
    assert len(box.mails) == 2
    assert len({got["Message-ID"] for _, got in box.mails}) == 1


def silent(one: socket.socket, over: threading.Event) -> None:
    over.wait(20)


def drip(one: socket.socket, over: threading.Event) -> None:
    one.sendall(b"220 ")
    while not over.wait(0.05):
        one.sendall(b"x")


def flood(one: socket.socket, over: threading.Event) -> None:
    while not over.is_set():
        one.sendall(b"220-come in\r\n" * 1000)


def sip(one: socket.socket, over: threading.Event) -> None:
    """Everything is fine up to the mail itself, which is read by and by."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    one.sendall(b"220 x\r\n")
    told = b""
    while b"data\r\n" not in told:
        told = one.recv(1000)
        one.sendall(b"354 go on\r\n" if b"data\r\n" in told else b"250 ok\r\n")
    while not over.wait(0.05):
        one.recv(16_384)


@pytest.mark.parametrize(("talk", "why"), [(silent, "no whole answer came within 0.6 seconds"), (drip, "no whole answer came within"),
                                           (flood, "does not stop talking"), (sip, "no whole answer came within")])
def test_a_mail_server_that_hangs_holds_nothing_up(talk: Callable[[socket.socket, threading.Event], None], why: str) -> None:
    letter = replace(LETTER, text="much to say\n" * 500_000) if talk is sip else LETTER
    with talker(talk) as port:
        begun = time.monotonic()
        found = failure(mail(port, timeout=0.6), letter)
        assert time.monotonic() - begun < 7
    assert why in str(found)
    assert found.shut


def test_a_mail_server_that_is_down() -> None:
    assert "Connection refused" in str(failure(mail(free_port())))


def test_nothing_goes_unencrypted_to_the_public_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 25))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    found = failure(mail(25, host="mail.inside.example", allow_private=True))
    assert "93.184.216.34, which is on the public internet" in str(found)


TEXTS = st.text(max_size=300)


@settings(deadline=None, max_examples=60)
@given(subject=TEXTS, text=TEXTS, html=TEXTS.filter(bool), channel=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", fullmatch=True))
def test_no_text_breaks_out_of_its_place(subject: str, text: str, html: str, channel: str) -> None:
    """Whatever the words are, the mail has the headers that it should have, once, and two parts that hold the words."""
    one, two = mailbox("n@x.example"), mailbox('"Ä, desk" <d@x.example>')
    assert one is not None
    assert two is not None
    letter = Letter(f"2026-11-24/{channel}/{'0' * 32}", "2026-11-24", channel, subject, text, html, at=NOW)
    raw = message(letter, one, [two]).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    got = message_from_bytes(raw, policy=policy.default)
    assert isinstance(got, EmailMessage)
    assert sorted(got) == ["Auto-Submitted", "Content-Type", "Date", "From", "List-Id", "MIME-Version", "Message-ID", "Subject", "To"]
    assert not got.defects
    assert got["To"].addresses[0].display_name == "Ä, desk"
    assert got["Subject"] == inert(" ".join(subject.split()))[:200]
    assert [part.get_content().replace("\r\n", "\n") for part in got.iter_parts()] == [
        "".join(line.decode() + "\n" for line in told.encode().splitlines()) or "\n" for told in (text, html)]


# ---- webhooks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def receiver() -> Iterator[Hook]:
    with hook() as found:
        yield found


def test_a_webhook(receiver: Hook) -> None:
    sender(webhook(receiver.url, authorization="Bearer s3cret"))(LETTER)
    (told,), (digest,) = receiver.posts, receiver.digests.values()
    name = KEY.replace("/", "_")
    assert (told["webhook-id"], told["idempotency-key"], told["content-type"]) == (name, f'"{name}"', "application/json")
    assert abs(int(told["webhook-timestamp"]) - time.time()) < 60  # the moment of sending, whatever night it is
    assert told["authorization"] == "Bearer s3cret"
    assert digest == {"schema": "sanctions-checker/digest/1", "key": KEY, "night": LETTER.night, "channel": "desk",
                      "subject": LETTER.subject, "counts": LETTER.counts, "link": "https://reports.example/2026-11-24/",
                      "delta": LETTER.delta, "text": LETTER.text, "html": LETTER.html}
    schema = json.loads((rules_dir() / "schema" / "digest.schema.json").read_text())
    jsonschema.validate(digest, schema, jsonschema.Draft202012Validator)


def test_the_signature_is_the_one_that_everybody_checks() -> None:
    """The example of the libraries of Standard Webhooks."""
    told = headers(replace(LETTER, key="msg_p5jXN8AQM9LWM0D4loKWxJek"), b'{"test": 2432232314}', SECRET, 1614265330)
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_with_a_certificate_of_ones_own(tls: ssl.SSLContext, ca: Path) -> None:
    with hook(tls) as receiver:
        assert "CERTIFICATE_VERIFY_FAILED" in str(failure(webhook(receiver.url)))
        assert receiver.posts == []
        sender(webhook(receiver.url, ca=ca))(LETTER)
        assert len(receiver.digests) == 1


@pytest.mark.parametrize(("status", "shut"), [(400, False), (409, False), (404, True), (500, True)])
def test_a_receiver_that_refuses(receiver: Hook, outbox: Store, status: int, shut: bool) -> None:
    receiver.answer = lambda post: post.reply(status, b"no:\n \x1b]0;bad\x07 " + SECRET.encode() + b" " + b"x" * 100_000)
    assert failure(webhook(receiver.url)).shut is shut
    (error,) = errors(outbox, webhook(receiver.url))
    assert error.startswith(f"the receiver refuses it (status {status}): no: ")
    assert error.isprintable()
    assert (len(error) < 400, SECRET in error) == (True, False)
    assert (row(outbox).state, row(outbox).error) == ("pending", error)
    receiver.answer = None
    assert errors(outbox, webhook(receiver.url)) == []  # it is not due yet
    assert errors(outbox, webhook(receiver.url), NOW + dt.timedelta(minutes=5)) == [""]
    assert len(receiver.digests) == 1


@pytest.mark.parametrize(("header", "wait"), [("7200", 7200), ("Wed, 25 Nov 2026 04:00:00 GMT", 10800), ("3", 300), ("soon", 300),
                                            ("Fri, 31 Dec 9999 00:00:00 GMT", 30 * 86400)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_that_wants_time_gets_it(receiver: Hook, outbox: Store, status: int, header: str, wait: int) -> None:
    def busy(post: Any) -> None:
        post.send_response_only(status)
        for name, value in (("Date", "Wed, 25 Nov 2026 01:00:00 GMT"), ("Retry-After", header), ("Content-Length", "0")):
            post.send_header(name, value)
        post.end_headers()

    receiver.answer = busy
    config = webhook(receiver.url)
    errors(outbox, config)
    receiver.answer = None
    assert errors(outbox, config, NOW + dt.timedelta(seconds=wait - 1)) == []
    assert errors(outbox, config, NOW + dt.timedelta(seconds=wait)) == [""]


def test_a_receiver_that_has_moved_is_not_followed(receiver: Hook) -> None:
    receiver.answer = lambda post: post.reply(307, Location="https://elsewhere.example/?token=abc")
    found = failure(webhook(receiver.url))
    assert "leads to 'https://elsewhere.example/?token=***' (status 307)" in str(found)
    assert len(receiver.posts) == 1


def test_a_receiver_that_is_down_slow_or_not_public(receiver: Hook) -> None:
    assert "did not say that it took it" in str(failure(webhook(f"http://127.0.0.1:{free_port()}/")))
    receiver.answer = lambda post: post.server.over.wait(20)
    assert "no answer came within 0.3 seconds" in str(failure(webhook(receiver.url, timeout=0.3)))
    receiver.posts.clear()
    found = failure(webhook(receiver.url, allow_private=False))
    assert "not on the public internet; say allow_private = true" in str(found)
    assert receiver.posts == []


def test_a_receiver_that_dribbles_its_headers() -> None:
    def dribble(one: socket.socket, over: threading.Event) -> None:
        one.recv(100_000)
        one.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not over.wait(0.05):
            one.sendall(b"x")

    with talker(dribble) as port:
        assert "no answer came within 0.4" in str(failure(webhook(f"http://127.0.0.1:{port}/", timeout=0.4)))


def test_a_digest_that_was_taken_without_a_word_is_sent_again_and_counts_once(receiver: Hook, outbox: Store) -> None:
    receiver.answer = lambda post: post.connection.shutdown(socket.SHUT_RDWR)
    config = webhook(receiver.url)
    assert "did not say that it took it" in errors(outbox, config)[0]
    receiver.answer = None
    assert errors(outbox, config, force=True) == [""]
    assert len(receiver.posts) == 2
    assert len(receiver.digests) == 1
    assert row(outbox).attempts == 2


def test_a_channel_that_is_shut_is_asked_once_and_holds_up_no_other(receiver: Hook, outbox: Store) -> None:
    later = [replace(LETTER, key=KEY.replace("24", day).replace("0", "1"), night=f"2026-11-{day}") for day in ("25", "26")]
    other = replace(LETTER, key=KEY.replace("desk", "other"), channel="other")
    put(outbox, *later, other)
    receiver.answer = lambda post: post.reply(503, Retry_After="3600")
    heard: list[str] = []
    senders: Mapping[str, Callable[[Letter], None]] = {"desk": sender(webhook(receiver.url)), "other": lambda one: heard.append(one.key)}
    found = deliver(outbox, senders, NOW)
    assert [(one.letter.channel, bool(one.error), one.attempts) for one in found] == [
        ("desk", True, 1), ("other", False, 1), ("desk", True, 0), ("desk", True, 0)]
    assert len(receiver.posts) == 1
    assert heard == [other.key]
    assert {row(outbox, letter.key).next_at for letter in (LETTER, *later)} == {"2026-11-25T02:02:03+00:00"}
    receiver.answer = lambda post: post.reply(400 if len(receiver.posts) == 2 else 204)
    found = deliver(outbox, senders, NOW + dt.timedelta(hours=1))
    assert [bool(one.error) for one in found] == [True, False, False]  # what is wrong with one letter is not wrong with the next


def test_a_row_of_an_earlier_version_is_sent(receiver: Hook, outbox: Store) -> None:
    with outbox.begin() as connection:
        connection.execute(tables.outbox.update(), {"record": json.dumps({"subject": "s", "text": "t", "html": "h", "delta": "d"})})
    assert errors(outbox, webhook(receiver.url)) == [""]
    (digest,) = receiver.digests.values()
    assert (digest["subject"], digest["counts"]) == ("s", {})


def test_without_the_optional_part_a_webhook_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "checker.night.channels_webhook", None)
    assert "optional part 'feeds': python -m pip install" in str(failure(webhook("https://x.example/")))


def test_where_a_channel_leads_is_said_without_secrets() -> None:
    assert route(mail(0, tls="implicit", user=USER, password=PASSWORD)) == (
        "mail to a@x.example, The Desk <b@x.example> by 127.0.0.1:465, TLS")
    assert route(webhook("https://x.example/hook?token=abc")) == "webhook https://x.example/hook?token=***"


# ---- the verbs -------------------------------------------------------------------------------------------------------

SETTINGS = """\
[state]
store = "var/store.db"
out = "out"
[run]
lists = "none"
catalogue = false
[[sources]]
name = "desk"
kind = "folder"
path = "articles"
"""
FILE = '[[channels]]\nname = "box"\nkind = "file"\npath = "box"\n'
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    for name in ("SANCTIONS_CONFIG", "SANCTIONS_STORE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("North Korea shipped artillery shells to Russia on 10 May 2024, the White House said.")
    return tmp_path


def toml(mail_port: int, url: str) -> str:
    return SETTINGS + FILE + f"""
[[channels]]
name = "post"
kind = "smtp"
host = "127.0.0.1"
port = {mail_port}
tls = "none"
from = "night@x.example"
to = ["desk@x.example"]
[[channels]]
name = "hook"
kind = "webhook"
url = "{url}"
secret = {{env = "HOOK_SECRET"}}
allow_private = true
timeout = 0.5
"""


def test_a_night_whose_channels_fail_is_published_and_sent_later(desk: Path, receiver: Hook, capfd: pytest.CaptureFixture[str]) -> None:
    with mail_server(Mailbox(refused={"desk@x.example": "550 who?"})) as box:
        (desk / "sanctions.toml").write_text(toml(box.port, receiver.url))
        assert main(["config", "check"]) == 0
        receiver.answer = lambda post: post.server.over.wait(20)
        assert main(["night"]) == 5
        out, err = capfd.readouterr()
        assert out.endswith(f"1 new, 0 changed, 0 withdrawn · complete · {TODAY}\n")
        assert f"not sent: post, {TODAY}: the server refuses desk@x.example (550 who?)" in err
        assert f"not sent: hook, {TODAY}: no answer came within 0.5 seconds" in err
        assert (desk / "out" / "latest" / "index.html").is_file()
        assert len(list((desk / "box").iterdir())) == 1
        assert main(["status"]) == 5

        assert main(["send"]) == 0
        assert capfd.readouterr().out.endswith("nothing is due\n")
        assert main(["send", "--dry-run"]) == 0
        out = capfd.readouterr().out
        way = f"mail to desk@x.example by 127.0.0.1:{box.port}, unencrypted"
        assert f"to post: 1 new, 0 changed, 0 withdrawn · complete · {TODAY}\nas {way}\n" in out
        assert f"\nas webhook {receiver.url}\n" in out
        assert SECRET not in out
        box.refused.clear()
        receiver.answer = None
        receiver.digests.clear()
        assert main(["send", "--now"]) == 0
        assert capfd.readouterr().out == f"sent: {TODAY} to hook\nsent: {TODAY} to post\n"
        assert main(["status"]) == 0
    (_, got), (digest,) = box.mails[0], receiver.digests.values()
    assert len(box.mails) == 1
    assert got["Subject"] == digest["subject"] == f"1 new, 0 changed, 0 withdrawn · complete · {TODAY}"
    assert digest["counts"] == {"new": 1, "changed": 0, "withdrawn": 0, "reopened": 0}
    assert "North Korea" in digest["text"]


def test_what_waits_for_a_channel_that_is_no_more_is_let_go_of(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "sanctions.toml").write_text(SETTINGS + FILE)
    store = Store(str(desk / "var" / "store.db"))
    migrate(store)
    put(store, replace(LETTER, channel="gone", served=("a@x.example",)), replace(LETTER, key=KEY.replace("desk", "box"), channel="box"))
    assert main(["send", "--dry-run"]) == 0
    out = capfd.readouterr().out
    assert "as nothing: there is no such channel any more\nbut not to a@x.example, who took it already\n" in out
    assert main(["send"]) == 5
    assert "not sent: 2026-11-24 to gone: there is no channel gone any more" in capfd.readouterr().out
    assert main(["send", "--give-up", "gone", "--night", "2026-11-23"]) == 0
    assert capfd.readouterr().out == ""
    assert main(["send", "--give-up", "gone"]) == 0
    assert capfd.readouterr().out == "given up: 2026-11-24 to gone\n"
    assert main(["send", "--now"]) == 0
    assert capfd.readouterr().out == "nothing is due\n"
    with store.begin() as connection:
        assert not queue(connection, replace(LETTER, channel="gone"))  # nor does the same news come again


def test_killed_while_it_sends(desk: Path, receiver: Hook) -> None:
    """After the receiver took the digest, before that was written down."""
    (desk / "sanctions.toml").write_text(toml(free_port(), receiver.url))
    store = Store(str(desk / "var" / "store.db"))
    migrate(store)
    letter = replace(LETTER, key=KEY.replace("desk", "hook"), channel="hook")
    put(store, letter)
    with subprocess.Popen([sys.executable, "-m", "checker.cli.main", "send"], cwd=desk, text=True, stdout=subprocess.PIPE,
                          env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}) as process:
        receiver.answer = lambda post: os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
    assert row(store, letter.key).state == "sending"
    with store.begin() as connection:
        assert [(one.key, attempts) for one, attempts, _ in waiting(connection)] == [(letter.key, 1)]
    receiver.answer = None
    assert main(["send"]) == 0
    assert row(store, letter.key).state == "sent"
    assert (len(receiver.posts), len(receiver.digests)) == (2, 1)


def test_the_settings_of_the_guide_are_settings(root: Path, tmp_path: Path) -> None:
    guide = (root / "docs" / "guides" / "nights.md").read_text(encoding="utf-8")
    kinds = set()
    for block in re.findall(r"^```toml\n(.*?)^```$", guide, re.M | re.S):
        (tmp_path / "sanctions.toml").write_text(block)
        for name in re.findall(r'\{file = "(.*)"\}', block):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(SECRET)
        reading = read_config(tmp_path / "sanctions.toml", dict.fromkeys(re.findall(r'\{env = "(.*)"\}', block), "secret"))
        assert reading.config is not None, render_all(reading.problems)
        kinds |= {channel.kind for channel in reading.config.channels}
        for channel in reading.config.channels:
            sender(channel)
    assert kinds == set(CHANNEL_KEYS)
    for key in {key for keys in CHANNEL_KEYS.values() for key in keys}:
        assert f"`{key}`" in guide, key
