"""Fetching from a real server on loopback that is slow, endless, lying or hostile."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from checker.night import fetch_net
from checker.night.fetch import Fetched, Fetcher, Request, Unfetched
from checker.night.fetch_net import is_public
from tests.night.server import Handler, Server, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


class Naps(list[int]):
    """How long was slept, without sleeping."""

    def __call__(self, seconds: float) -> None:
        self.append(round(seconds))


def get(url: str, fetcher: Fetcher | None = None, **told: Any) -> Fetched | Unfetched:
    request = Request(url, **{"timeout": 5.0, "limit": 100_000, "allow_private": True, **told})
    return (fetcher or Fetcher(0, Naps())).get(request)


def code(found: Fetched | Unfetched) -> str:
    assert isinstance(found, Unfetched), found
    return found.problem.code


def fetched(found: Fetched | Unfetched) -> Fetched:
    assert isinstance(found, Fetched), found
    return found


def test_a_page_comes_with_its_marks_and_is_asked_for_with_them_the_next_time(server: Server) -> None:
    def page(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"7"' and handler.headers.get("If-Modified-Since"):
            handler.reply(304)
        else:
            handler.reply(200, b"news", ETag='"7"', Last_Modified="Wed, 15 May 2024 10:00:00 GMT", Content_Type="text/plain")

    url = server.put("/feed", page)
    first = fetched(get(url))
    assert (first.data, first.same, first.content_type, first.etag) == (b"news", False, "text/plain", '"7"')
    again = fetched(get(url, etag=first.etag, modified=first.modified))
    assert (again.data, again.same, again.etag, again.modified) == (b"", True, first.etag, first.modified)
    assert code(get(server.put("/odd", lambda h: h.reply(304)))) == "refused"  # nobody asked whether it changed


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (410, 1), (403, 1), (401, 1), (204, 1), (500, 3), (503, 3), (429, 3)])
def test_only_what_may_pass_is_tried_again(server: Server, status: int, asked: int) -> None:
    naps = Naps()
    found = get(server.put("/x", lambda h: h.reply(status)), Fetcher(1, naps))
    assert code(found) in ("refused", "no-answer")
    assert f"status {status}" in found.problem.message  # type: ignore[union-attr]
    assert found.gone is (status in (404, 410))  # type: ignore[union-attr]
    assert len(server.asked) == asked


def test_a_server_that_recovers_is_read(server: Server) -> None:
    url = server.put("/x", lambda h: h.reply(200, b"at last") if len(server.asked) == 3 else h.reply(502))
    assert fetched(get(url)).data == b"at last"


def test_a_server_that_asks_to_wait_is_obeyed_or_left_for_the_next_run(server: Server) -> None:
    naps = Naps()
    soon = server.put("/soon", lambda h: h.reply(200, b"ok") if len(server.asked) == 2 else h.reply(429, Retry_After="7"))
    assert fetched(get(soon, Fetcher(0, naps))).data == b"ok"
    assert naps == [7]
    late = get(server.put("/late", lambda h: h.reply(503, Retry_After="86400")), Fetcher(0, naps))
    assert isinstance(late, Unfetched)
    assert (late.wait, len(naps)) == (86400, 1)
    day = get(server.put("/day", lambda h: h.reply(503, Retry_After="Fri, 31 Dec 2100 00:00:00 GMT")))
    assert isinstance(day, Unfetched)
    assert day.wait > 1_000_000
    for nonsense in ("soon", "-5", "1e9", ""):
        assert code(get(server.put("/x", lambda h, told=nonsense: h.reply(503, Retry_After=told)))) == "no-answer"  # type: ignore[misc]


def test_requests_to_one_host_keep_their_distance(server: Server) -> None:
    naps = Naps()
    fetcher = Fetcher(30, naps)
    for path in ("/a", "/b", "/c"):
        fetched(get(server.serve(path, "x"), fetcher))
    assert naps == [30, 30]


def drip(handler: Handler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b".")
        handler.wfile.flush()


def silent(handler: Handler) -> None:
    handler.server.over.wait(20)


def header_drip(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


@pytest.mark.parametrize(("answer", "asked"), [(drip, 1), (silent, 3), (header_drip, 3)])
def test_a_slow_server_ends_with_its_time(server: Server, answer: Any, asked: int) -> None:
    begun = time.monotonic()
    found = get(server.put("/slow", answer), timeout=0.4)
    assert code(found) == "too-slow"
    assert time.monotonic() - begun < 0.4 * asked + 2
    assert len(server.asked) == asked


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b"x" * 65536)


def lying(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000000000")
    handler.end_headers()


def bomb(handler: Handler) -> None:
    handler.reply(200, gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")


@pytest.mark.parametrize("answer", [endless, lying, bomb])
def test_what_is_too_large_is_not_read(server: Server, answer: Any) -> None:
    assert code(get(server.put("/large", answer))) == "too-large"
    assert len(server.asked) == 1


def test_packed_answers_are_unpacked(server: Server) -> None:
    text = b"".join(b"%d news " % i for i in range(9000))
    packed = gzip.compress(text)
    assert fetched(get(server.serve("/gz", packed, Content_Encoding="gzip"))).data == text
    assert code(get(server.serve("/cut", packed[:-20], Content_Encoding="gzip"))) == "bad-answer"
    assert code(get(server.serve("/no", b"plain", Content_Encoding="gzip"))) == "bad-answer"
    assert code(get(server.serve("/br", b"plain", Content_Encoding="br"))) == "bad-answer"


def test_redirects_are_followed_a_few_times(server: Server) -> None:
    server.serve("/end", "here")
    for number in range(5):
        server.put(f"/{number}", lambda h, n=number: h.reply(301, Location=f"/{n + 1}" if n < 4 else "/end"))  # type: ignore[misc]
    found = fetched(get(server.url("/0")))
    assert (found.data, found.url, found.moved) == (b"here", server.url("/end"), server.url("/end"))
    assert fetched(get(server.put("/now", lambda h: h.reply(302, Location="/end")))).moved == ""
    assert code(get(server.put("/loop", lambda h: h.reply(302, Location="/loop")))) == "redirect-loop"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "", "http://", "data:text/plain,x",
                                      "gopher://x/", "http://[::1", "//"])
def test_redirects_to_what_is_no_page_are_refused(server: Server, location: str) -> None:
    found = get(server.put("/x", lambda h: h.reply(302, Location=location)))
    assert code(found) in ("redirect-refused", "redirect-loop")
    assert b"root:" not in getattr(found, "data", b"")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "192.168.1.1", "[::ffff:127.0.0.1]",
                                  "0.0.0.0", "2130706433", "0x7f.1", "[fe80::1]", "[fd00::1]", "100.64.0.1", "[64:ff9b::7f00:1]"])  # noqa: S104
def test_addresses_of_other_networks_are_not_asked(server: Server, host: str) -> None:
    found = get(f"http://{host}:{server.server_port}/", allow_private=False)
    assert code(found) in ("address-forbidden", "bad-address")
    assert server.asked == []


def test_a_private_source_leads_to_no_other_private_host(server: Server) -> None:
    for host in ("localhost", "169.254.169.254", "10.0.0.1"):
        url = server.put("/x", lambda h, host=host: h.reply(302, Location=f"http://{host}:{server.server_port}/secret"))  # type: ignore[misc]
        assert code(get(url)) == "address-forbidden"
    assert {path for path, _ in server.asked} == {"/x"}


def test_a_name_is_resolved_once_and_the_checked_address_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private when it is used (DNS rebinding) must not lead to the private address."""
    asked: list[str] = []

    def answers(host: str, port: int, **told: Any) -> list[Any]:
        asked.append(host)
        address = "198.51.100.7" if len(asked) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(fetch_net.socket, "getaddrinfo", answers)
    assert code(get(f"http://news.example:{server.server_port}/", allow_private=False)) == "address-forbidden"
    assert asked == ["news.example"]
    both = [(socket.AF_INET, 1, 6, "", ("93.184.215.14", 80)), (socket.AF_INET, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(fetch_net.socket, "getaddrinfo", lambda *_, **__: both)
    assert code(get("http://news.example/", allow_private=False)) == "address-forbidden"
    assert server.asked == []


def test_what_is_public() -> None:
    public = ["93.184.215.14", "2606:4700::6810:84e5", "64:ff9b::5db8:d70e"]
    private = ["127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.1.1", "100.64.0.1", "224.0.0.1",
               "0.0.0.0", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "fc00::1", "ff02::1",  # noqa: S104
               "255.255.255.255", "240.0.0.1"]
    assert [address for address in public if not is_public(address)] == []
    assert [address for address in private if is_public(address)] == []


def test_a_secret_is_sent_to_its_own_server_only(server: Server) -> None:
    with running() as other:
        url = server.put("/x", lambda h: h.reply(302, Location="/y"))
        server.put("/y", lambda h: h.reply(302, Location=other.serve("/end", "x")))
        fetched(get(url, authorization="Bearer s3cret"))
        assert [headers.get("Authorization") for _, headers in server.asked] == ["Bearer s3cret"] * 2
        assert [headers.get("Authorization") for _, headers in other.asked] == [None]


def test_messages_hold_no_secrets() -> None:
    found = get("http://me:pw@127.0.0.1:1/feed?api_key=abc&page=2")
    assert isinstance(found, Unfetched)
    assert found.problem.path == "http://127.0.0.1:1/feed?api_key=***&page=2"
    assert "pw" not in found.problem.message


def test_a_server_that_is_not_there_or_speaks_no_http(server: Server) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert code(get(f"http://127.0.0.1:{nobody.getsockname()[1]}/")) == "no-connection"
    assert code(get(f"https://127.0.0.1:{server.server_port}/")) == "no-connection"
    assert code(get(server.put("/x", lambda h: h.wfile.write(b"\xff\xfe nonsense\r\n\r\n")))) == "bad-answer"
    assert code(get(server.put("/cut", lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")))) == "bad-answer"
    assert code(get("http://name.invalid/")) == "no-connection"
    for address in ("http://", "http://[", "http://a b/", "http://xn--/", "http://" + "a" * 300 + "/"):
        assert code(get(address)) in ("bad-address", "no-connection"), address
