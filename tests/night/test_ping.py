"""A sign of life after each night, which never changes the night."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.cli.main import main
from checker.night.ping import address, ping
from tests.night.server import Handler, Server, running
from tests.night.test_night_verbs import SETTINGS, desk

__all__ = ["desk"]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        found.serve("/key", "OK")
        found.serve("/key/fail", "OK")
        yield found


@pytest.mark.parametrize(("url", "failed"), [
    ("https://life.example/key", "https://life.example/key/fail"), ("https://life.example/key/", "https://life.example/key/fail"),
    ("https://life.example/key?a=b", "https://life.example/key/fail?a=b"),
], ids=["plain", "a stroke at the end", "a query"])
def test_the_address_of_a_failure(url: str, failed: str) -> None:
    assert address(url, failed=False) == url
    assert address(url, failed=True) == failed


def slow(handler: Handler) -> None:
    for _ in range(40):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def away(handler: Handler) -> None:
    handler.reply(302, location="http://127.0.0.1/elsewhere")


def test_what_goes_wrong_is_told(server: Server) -> None:
    server.put("/slow", slow)
    server.put("/away", away)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/"
    told = [ping(url, failed=False, private=True, seconds=0.5) for url in (
        server.url("/key"), server.url("/none"), server.url("/away"), server.url("/slow"), nobody, "ftp://127.0.0.1/", "http://[::")]
    assert told[:3] == ["", "the answer is 404", "the answer is 302"]
    assert all(told[3:])
    asked = len(server.asked)
    assert "say ping_private = true" in ping(server.url("/key"), failed=False)
    assert len(server.asked) == asked


def settings(url: str, more: str = "") -> str:
    return SETTINGS.replace("[run]\n", f'[run]\nping = "{url}"\nping_private = true\n') + more


def test_nights_give_a_sign_of_life(desk: Path, server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "sanctions.toml").write_text(settings(server.url("/key")))
    assert main(["night"]) == 0
    assert [path for path, _ in server.asked] == ["/key"]
    gone = '[[sources]]\nname = "gone"\nkind = "folder"\npath = "nowhere"\n'
    (desk / "sanctions.toml").write_text(settings(server.url("/key"), gone))
    assert main(["night"]) == 4
    (desk / "sanctions.toml").write_text(settings(server.url("/key"), f"{gone}required = true\n"))
    assert main(["night", "--night", "2099-01-01"]) == 4
    (desk / "rules").mkdir()
    (desk / "rules" / "mine.yaml").write_text("rule: [")
    (desk / "sanctions.toml").write_text(settings(server.url("/key")).replace('lists = "none"', 'lists = "none"\nrules = ["rules"]'))
    assert main(["night", "--night", "2099-01-02"]) == 3
    assert [path for path, _ in server.asked] == ["/key", "/key", "/key/fail", "/key/fail"]
    (desk / "sanctions.toml").write_text(settings(server.url("/none")))
    capfd.readouterr()
    assert main(["night", "--night", "2099-01-03"]) == 0
    assert "no sign of life was given: the answer is 404" in capfd.readouterr().err


def test_the_address_is_checked_and_not_shown(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "sanctions.toml").write_text(settings("https://life.example/0f5c-secret?a=secret"))
    assert main(["config", "show"]) == 0
    out = capfd.readouterr().out
    assert "https://life.example/***" in out
    assert "secret" not in out
    (desk / "sanctions.toml").write_text(settings("life.example"))
    assert main(["config", "check"]) == 1
    assert "sanctions.toml:9:8" in capfd.readouterr().err
