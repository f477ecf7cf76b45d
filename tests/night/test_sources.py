"""Sources: what is new since the last run, by which address it is known again, how much came, and what goes wrong with them."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from checker.cases import tables
from checker.cases.documents import Incoming, of_night, put
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.night.config_model import SourceConfig
from checker.night.feeds import read_feed
from checker.night.fetch import Fetcher
from checker.night.sources import SourceResult, SourceState, keep_state, load_state, read_source
from checker.night.sources_address import addresses, canonical, masked
from checker.night.work import NightWork
from checker.strictyaml.problem import Problem
from tests.night.server import Server, running

NIGHT = dt.date(2024, 5, 15)
NOW = dt.datetime(2024, 5, 16, 1, tzinfo=dt.UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def source(kind: str, **told: Any) -> SourceConfig:
    return SourceConfig(**{"name": "mine", "kind": kind, "timeout": 5, "allow_private": True, "lateness_days": 3, **told})


class Reader:
    """Reads a source night after night, as a run does."""

    def __init__(self, config: SourceConfig) -> None:
        self.config = config
        self.state = SourceState()

    def __call__(self, night: dt.date = NIGHT, now: dt.datetime = NOW) -> SourceResult:
        found = read_source(self.config, night, self.state, now, fetcher=Fetcher(0, lambda _: None))
        self.state = found.state
        return found


def incoming(found: SourceResult) -> list[Incoming]:
    return [item for item in found.items if isinstance(item, Incoming)]


def texts(found: SourceResult) -> list[str]:
    return [item.document.text for item in incoming(found)]


def codes(found: SourceResult) -> list[str]:
    return [item.code for item in found.items if isinstance(item, Problem)]


def item(title: str, link: str = "", guid: str = "", day: str = "Tue, 14 May 2024 10:00:00 GMT", body: str = "Body of it.") -> str:
    parts = {"title": title, "link": link, "guid": guid, "pubDate": day, "description": body}
    told = "".join(f"<{k}>{v}</{k}>" for k, v in parts.items() if v)
    return f"<item>{told}</item>".replace("<guid>", '<guid isPermaLink="false">')


def rss(*items: str, head: str = "<title>The Post</title><language>en-GB</language>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


# ---- files -----------------------------------------------------------------------------------------------------------


def test_a_folder_gives_what_is_new_or_changed_since_the_last_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("Second.")
    read = Reader(source("folder", path=tmp_path, outlet="Desk", lang="en"))
    first = read()
    assert (first.status, texts(first), first.again) == ("ok", ["First.", "Second."], False)
    assert [(i.guid, i.document.outlet, i.document.lang, i.first_seen) for i in incoming(first)] == [
        ("mine:a.txt", "Desk", "en", "2024-05-16T01:00:00Z"), ("mine:sub/b.txt", "Desk", "en", "2024-05-16T01:00:00Z")]
    second = read()
    assert (second.status, second.items, second.again, second.note) == ("empty", (), True, "nothing new")
    (tmp_path / "a.txt").write_text("First, corrected.")
    (tmp_path / "c.txt").write_text("Third.")
    third = read()
    assert (texts(third), third.again) == (["First, corrected.", "Third."], False)
    assert incoming(third)[0].guid == "mine:a.txt"  # the same address: a correction


def test_a_folder_that_moves_as_a_whole_brings_nothing_new(tmp_path: Path, store: Store) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.txt").write_text("First.")
    before = Reader(source("folder", path=tmp_path / "old"))()
    (tmp_path / "old").rename(tmp_path / "new")
    after = Reader(source("folder", path=tmp_path / "new"))()
    with store.begin() as connection:
        assert len(put(connection, "2024-05-15", incoming(before), like=0.6, nights=7)) == 1
        assert put(connection, "2024-05-16", incoming(after), like=0.6, nights=7) == []


def test_other_lines_in_a_file_correct_nothing(tmp_path: Path, store: Store) -> None:
    """Records without id and address are known by their content: one more line at the top must not make the others corrections."""
    path = tmp_path / "news.jsonl"
    lines = [json.dumps({"text": f"{word} ships sailed to the port of Exland."}) for word in ("Two", "Three", "Four")]
    path.write_text("\n".join(lines[1:]) + "\n")
    read = Reader(source("jsonl", path=path))
    with store.begin() as connection:
        put(connection, "2024-05-15", incoming(read()), like=1.0, nights=7)
        path.write_text("\n".join(lines) + "\n")
        assert len(put(connection, "2024-05-16", incoming(read()), like=1.0, nights=7)) == 1
        assert {told.revises for told in of_night(connection, "2024-05-16")} == {""}


def test_a_record_in_a_file_of_its_own_is_corrected_by_the_file(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "shells.yaml"
    event = "act: shipment\ngoods: artillery_shell\nsupplier: DPRK\nrecipient: Russia\ndate: {0}\n"
    read = Reader(source("folder", path=tmp_path))
    with store.begin() as connection:
        for night, day in (("2024-05-15", "2024-05-10"), ("2024-05-16", "2024-05-11")):
            path.write_text(event.format(day))
            [id_] = put(connection, night, incoming(read()), like=0.6, nights=7)
            [stored] = of_night(connection, night)
            assert (stored.document.id, stored.event and stored.event["date"]) == (id_, day)
        assert stored.revises == of_night(connection, "2024-05-15")[0].document.id


def test_ids_of_two_sources_are_two_things_and_pages_are_one(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "7", "text": "One."}\n'
                    '{"text": "Two.", "url": "HTTPS://Post.example:443/2?utm_source=x#top", "outlet": "Post"}\n')
    one, two = (incoming(Reader(source("jsonl", path=path, name=name, outlet="Desk"))()) for name in ("one", "two"))
    assert [i.guid for i in one] == ["one:7", ""]
    assert [i.guid for i in two] == ["two:7", ""]
    assert {i.document.url for i in (one[1], two[1])} == {"https://post.example/2"}
    assert [i.document.outlet for i in one] == ["Desk", "Post"]


def test_a_bad_line_stops_nothing_and_a_file_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\nnonsense\n{"text": "Two."}\n')
    broken = tmp_path / "b.txt"
    broken.symlink_to(tmp_path / "nowhere")
    read = Reader(source("folder", path=tmp_path))
    found = read()
    assert texts(found) == ["One.", "Two."]
    assert [(p.path, p.line, p.code) for p in found.items if isinstance(p, Problem)][:1] == [("a.jsonl", 2, "bad-json")]
    broken.unlink()
    broken.write_text("At last.")
    assert texts(read()) == ["At last."]


@pytest.mark.parametrize("kind", ["folder", "jsonl", "csv", "mail", "gdelt", "feed"])
def test_a_path_that_is_not_there_is_a_failure(tmp_path: Path, kind: str) -> None:
    found = Reader(source(kind, path=tmp_path / "gone"))()
    assert (found.status, codes(found)) == ("failed", ["source-failed"])
    assert "gone" in found.error


def test_an_unmounted_folder_is_empty_and_says_so(tmp_path: Path) -> None:
    found = Reader(source("folder", path=tmp_path))()
    assert (found.status, codes(found)) == ("empty", ["empty-folder"])


MAIL = ("From: Desk <d@x.example>\nSubject: {0}\nDate: Tue, 14 May 2024 10:00:00 +0000\n"
        "Content-Type: text/plain; charset=utf-8\n\nWords of {0}.\n")


def test_a_mail_folder_keeps_the_names_of_mails_that_were_read(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "17.host").write_text(MAIL.format("one"))
    (tmp_path / "cur" / "16.host:2,S").write_text(MAIL.format("two"))
    read = Reader(source("mail", path=tmp_path))
    assert [(i.guid, i.document.title, i.document.outlet) for i in incoming(read())] == [
        ("mine:16.host", "two", "Desk"), ("mine:17.host", "one", "Desk")]
    (tmp_path / "new" / "17.host").rename(tmp_path / "cur" / "17.host:2,S")
    again = read()
    assert {i.guid for i in incoming(again)} <= {"mine:17.host"}


def test_a_mail_taken_out_of_a_mailbox_corrects_no_other(tmp_path: Path, store: Store) -> None:
    box = tmp_path / "in.mbox"
    mails = [f"From d@x Tue May 14 10:00:00 2024\n{MAIL.format(word)}\n" for word in ("one", "two", "three")]
    box.write_text("".join(mails))
    read = Reader(source("mail", path=box))
    with store.begin() as connection:
        assert len(put(connection, "2024-05-15", incoming(read()), like=1.0, nights=7)) == 3
        box.write_text("".join(mails[1:]))
        assert put(connection, "2024-05-16", incoming(read()), like=1.0, nights=7) == []


# ---- rows ------------------------------------------------------------------------------------------------------------


def gdelt(*ids: int, page: str = "https://post.example/a") -> str:
    """Rows of GDELT 2.0 in which a government gives military aid to another."""
    from checker.sources.formats import default_formats

    form = next(f for f in default_formats().formats if f.name == "gdelt")
    lines = []
    for number in ids:
        cells = dict.fromkeys(form.columns, "") | dict.fromkeys(form.digits, "1") | {
            "GLOBALEVENTID": str(number), "SQLDATE": "20240514", "Actor1CountryCode": "PRK", "Actor2CountryCode": "RUS",
            "Actor1Name": "NORTH KOREA", "Actor2Name": "RUSSIA", "Actor1Type1Code": "GOV", "Actor2Type1Code": "GOV", "EventCode": "072",
            "EventBaseCode": "072", "EventRootCode": "07", "SOURCEURL": page}
        lines.append("\t".join(cells[name] for name in form.columns))
    return "\n".join(lines) + "\n"


def test_rows_are_records_that_become_events_and_cases(tmp_path: Path, store: Store, judge: Judge, extractor: FrameExtractor,
                                                       settings: CaseSettings) -> None:
    path = tmp_path / "20240514.export.CSV"
    path.write_text(gdelt(101, 102))
    found = Reader(source("gdelt", path=path))()
    assert [(i.guid, i.document.text, i.document.outlet) for i in incoming(found)] == [
        ("https://post.example/a#gdelt-101", "", "post.example"), ("https://post.example/a#gdelt-102", "", "post.example")]
    work = NightWork("2024-05-15", judge, extractor, None, settings, {})
    with store.begin() as connection:
        fresh = put(connection, "2024-05-15", incoming(found), like=settings.likeness, nights=settings.nights)
    assert len(fresh) == 2
    for _ in range(2):  # a night that is run again
        with store.begin() as connection:
            for batch in list(work.batches(connection)):
                assert work.extract(connection, batch) == []
            work.group(connection)
            outcome = work.compare(connection, {rule.id: rule.digest for rule in judge.rulebase.rules})
        [(case, record)] = outcome.records.items()
        assert [d.op for d in outcome.differences] == ["ADD"]
        assert record.label == "review"
        assert {s.address.partition("#")[0] for s in record.sources} == {"https://post.example/a"}
        assert record.confidence.independent == 1  # one article, coded twice
    with store.begin() as connection:
        assert set(connection.execute(select(tables.event.c.document)).scalars()) == set(fresh)
        assert put(connection, "2024-05-16", incoming(found), like=settings.likeness, nights=settings.nights) == []
    assert case == "C-2024-000001"


def test_a_table_with_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("columns: {Ware: goods, Land: supplier, Ziel: recipient, Tag: date}\n"
                                     "constants: {act: sale, claim.status: reported, claim.by: Port authority}\n")
    path = tmp_path / "deals.csv"
    path.write_text("Ware,Land,Ziel,Tag\nartillery_shell,DPRK,Russia,2024-05-10\nnonsense,DPRK,Russia,2024-05-10\n")
    read = Reader(source("csv", path=path, mapping=tmp_path / "m.yaml", outlet="Customs"))
    [record] = incoming(found := read())
    assert record.event is not None
    assert (record.event.facts["supplier"], record.document.outlet) == ("KP", "Customs")
    assert "unknown-term" in codes(found)
    path.write_text("Ware,Land,Ziel,Tag\ncoal,DPRK,Russia,2024-05-10\nartillery_shell,DPRK,Russia,2024-05-10\n")
    assert incoming(read())[1].guid == record.guid  # the row is the same, whatever its line
    (tmp_path / "m.yaml").write_text("columns: {Ware: gods}\n")
    assert (read().status, codes(read())[0]) == ("failed", "source-failed")


def test_gdelt_by_address_takes_the_files_of_the_night_once(server: Server) -> None:
    def packed(text: str, *more: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, content in enumerate((text, *more)):
                archive.writestr(f"../../{number}.CSV", content)
        return out.getvalue()

    for quarter in range(0, 96, 2):
        clock = f"{quarter // 4:02}{quarter % 4 * 15:02}00"
        server.serve(f"/20240515{clock}.zip", packed(gdelt(1000 + quarter)))
    read = Reader(source("gdelt", url=server.url("/{date}{quarter}.zip")))
    first = read()
    assert (first.status, first.read, first.note) == ("late", 48, "48 of 96 files were there")
    assert (first.window_from, first.window_to) == (NIGHT, None)
    server.serve("/20240515001500.zip", packed(gdelt(5000)))
    asked = len(server.asked)
    second = read()
    assert [i.document.id for i in incoming(second)] == ["gdelt-5000"]
    assert len(server.asked) - asked == 48
    server.put("/20240516000000.zip", lambda h: h.reply(500))
    for number, data in enumerate([packed("x", "y"), packed("\0" * 90_000_000), b"PK\x03\x04 nonsense", packed(gdelt(1))[:-30]]):
        server.serve(f"/20240516{number + 1:02}0000.zip", data)
    read.config = source("gdelt", url=server.url("/{date}{quarter}.zip"), max_bytes=1_000_000)
    third = read(dt.date(2024, 5, 16))
    assert third.status == "failed"
    assert "4 of 96 files were read" in third.error
    assert codes(third).count("bad-archive") == 4


# ---- feeds -----------------------------------------------------------------------------------------------------------


def test_a_feed_gives_new_and_changed_entries(server: Server) -> None:
    first = item("One", "https://post.example/1")
    second = item("Two", "https://post.example/2", body="&lt;p&gt;Some &lt;b&gt;bold&lt;/b&gt; words.")
    url = server.serve("/feed", rss(first, second), Content_Type="application/rss+xml")
    read = Reader(source("feed", url=url))
    found = read()
    assert found.status == "ok"
    assert texts(found) == ["One\n\nBody of it.", "Two\n\nSome bold words."]
    document = incoming(found)[0].document
    assert (document.url, document.outlet, document.lang, document.title) == ("https://post.example/1", "The Post", "en", "One")
    assert document.published is not None
    assert {document.published.first_day, found.window_from, found.window_to} == {dt.date(2024, 5, 14)}
    assert (read().items, read().again, read().status) == ((), True, "empty")
    server.serve("/feed", rss(item("Three", "https://post.example/3"), first.replace("Body of", "Correction of")))
    assert texts(read()) == ["Three\n\nBody of it.", "One\n\nCorrection of it."]


def test_a_feed_that_did_not_change_is_not_sent_again(server: Server) -> None:
    body = rss(item("One", "https://post.example/1")).encode()
    url = server.put("/feed", lambda h: h.reply(304) if h.headers["If-None-Match"] == '"1"' else h.reply(200, body, ETag='"1"'))
    read = Reader(source("feed", url=url))
    assert read().read == 1
    again = read()
    assert (again.status, again.again, again.window_from, again.note) == ("empty", True, None, "nothing new")
    assert read().again
    assert len(server.asked) == 3


def test_entries_that_share_a_link_or_have_none_are_told_apart(server: Server) -> None:
    url = server.serve("/feed", rss(item("One", "https://post.example/", "a-1"), item("Two", "https://post.example/", "a-2"),
                                    item("Three", guid="a-3"), item("Four"), item("Five", "javascript:alert(1)", "a-5")))
    found = incoming(Reader(source("feed", url=url))())
    assert [i.guid for i in found[:3]] == ["https://post.example/#a-1", "https://post.example/#a-2", "mine:a-3"]
    assert found[3].guid.startswith("mine:")
    assert len({i.guid for i in found}) == 5
    assert [i.document.url for i in found[2:]] == ["", "", ""]


def test_a_feed_that_ran_on_tells_that_some_may_be_missed(server: Server) -> None:
    read = Reader(source("feed", url=server.serve("/feed", rss(item("One", "https://post.example/1")))))
    assert codes(read()) == []
    server.serve("/feed", rss(item("Nine", "https://post.example/9")))
    assert codes(read()) == ["feed-gap"]


def test_other_kinds_of_feeds_and_charsets(server: Server) -> None:
    atom = ('<?xml version="1.0" encoding="windows-1251"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Газета</title>'
            '<entry><title>Корабль</title><id>urn:1</id><link href="/1"/><updated>2024-05-14T23:30:00-05:00</updated>'
            '<content type="html">&lt;p&gt;Корабль вышел.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content></entry></feed>')
    [entry] = incoming(Reader(source("feed", url=server.serve("/atom", atom.encode("cp1251"))))())
    assert entry.document.text == "Корабль\n\nКорабль вышел."
    assert entry.document.url == server.url("/1")
    assert entry.document.published is not None
    assert entry.document.published.isoformat() == "2024-05-15"
    utf16 = rss(item("船", "https://post.example/1")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert texts(Reader(source("feed", url=server.serve("/utf16", utf16)))()) == ["船\n\nBody of it."]
    head = rss(item("Öl", "https://post.example/1")).replace('encoding="UTF-8"', "").encode("latin-1")
    assert texts(Reader(source("feed", url=server.serve("/latin", head, Content_Type="text/xml; charset=iso-8859-1")))()) == [
        "Öl\n\nBody of it."]


def test_a_damaged_feed_gives_what_can_be_read(server: Server) -> None:
    url = server.serve("/feed", rss(item("One & two", "https://post.example/1"), item("Three", "https://post.example/3"))[:-40])
    found = Reader(source("feed", url=url))()
    assert texts(found)[0].startswith("One & two")
    assert "feed-damaged" in codes(found)


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize("body", [
    "<html><body>Sign in</body></html>", "", "{}", "\0\0\0", "<rss", '<rss version="2.0"><channel><item><title>',
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><rss version="2.0"><channel>{item("&l9;")}</channel></rss>',
    f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>{item("&f;")}</channel></rss>',
], ids=["html", "nothing", "json", "binary", "cut", "cut inside", "entity bomb", "entity of a file"])
def test_what_is_no_feed_fails_and_is_asked_anew(server: Server, body: str) -> None:
    url = server.put("/feed", lambda h: h.reply(200, body.encode(), ETag='"1"'))
    read = Reader(source("feed", url=url))
    found = read()
    assert found.status == "failed"
    assert found.error
    assert incoming(found) == []
    read()
    assert "If-None-Match" not in server.asked[-1][1]


def test_hostile_entries_are_inert_text(server: Server) -> None:
    bad = item("<![CDATA[<script>alert(1)</script>News]]>", "https://post.example/1", day="Thu, 1 Jan 2099 00:00:00 GMT",
               body="<![CDATA[<img src=x onerror=alert(1)>Words <iframe src=//evil></iframe>of it.]]>")
    far = item("Far", "https://post.example/3", day="Fri, 1 Jan 9999 00:00:00 GMT")
    url = server.serve("/feed", rss(bad, item("", body=""), item("Old", "https://post.example/2", day="nonsense"), far))
    found = Reader(source("feed", url=url))()
    first = incoming(found)[0].document
    assert first.text == "News\n\nWords of it."
    assert first.published is None
    assert incoming(found)[1].document.published is None
    assert {"future-date", "empty-document"} <= set(codes(found))


def test_an_entry_that_would_take_minutes_is_left_at_its_title(server: Server) -> None:
    entry = item("Long", "https://post.example/1", body="&lt;p&gt;word" * 100_000)
    found = Reader(source("feed", url=server.serve("/feed", rss(entry, item("Short", "https://post.example/2")))))()
    assert texts(found) == ["Long", "Short\n\nBody of it."]
    assert codes(found) == ["too-large"]


PARTS = [b"<![CDATA[", b"]]>", b"&#0;", b"&#xD800;", b"<!--", b"\xff\xfe", b"<item>", b"\0", b"</channel>", b"&bogus;", b'encoding="utf-7"',
         b'<link href="http://[::1">', b"<pubDate>9999999999</pubDate>", b'<base xml:base="http://[">', b"<content/>",
         b'<?xml encoding="\x84"?>']


@given(st.lists(st.tuples(st.integers(0, 600), st.one_of(st.sampled_from(PARTS), st.binary(max_size=4)), st.integers(0, 20)), max_size=8),
       st.sampled_from(["", "text/xml; charset=utf-8", "text/xml; charset=bogus", "application/rss+xml; charset=utf-16"]))
@settings(deadline=None, max_examples=150)
def test_no_damage_to_a_feed_raises_anything(damages: list[tuple[int, bytes, int]], content_type: str) -> None:
    data = rss(item("One", "https://post.example/1"), item("Två &amp; tre", body="&lt;p&gt;hej&lt;/p&gt;")).encode()
    for at, put_in, left_out in damages:
        data = data[:at] + put_in + data[at + left_out:]
    feed = read_feed(data, "https://post.example/feed", content_type)
    assert not (feed.error and feed.entries)
    for document, _ in feed.entries:
        assert document.text.encode("utf-8")


@given(st.text(max_size=20), st.from_regex(r"[A-Za-z0-9%]{6,20}", fullmatch=True))
def test_secrets_in_addresses_are_never_shown(path: str, secret: str) -> None:
    for url in (f"https://me:{secret}@x.example/a", f"https://{secret}@x.example/a", f"https://x.example/{path}?q=1&api_key={secret}",
                f"https://x.example/?Token={secret}&page=2#end"):
        assert secret not in masked(url).replace(path, "")
        assert secret not in canonical(url.partition("?")[0])


# ---- how much came ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "expected", "day", "status", "code"), [
    (3, None, "2024-05-14", "ok", []), (3, [2, 5], "2024-05-14", "ok", []), (3, [5, 9], "2024-05-14", "late", ["unusual-count"]),
    (3, [0, 2], "2024-05-14", "ok", ["unusual-count"]), (3, [1, 5], "2024-05-01", "late", ["unusual-count"]),
    (0, [0, 5], "", "ok", []), (0, [1, 5], "", "empty", ["nothing-new"]), (0, None, "", "empty", ["nothing-new"]), (3, None, "", "ok", []),
])
def test_how_much_is_usual(tmp_path: Path, count: int, expected: list[int] | None, day: str, status: str, code: list[str]) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": f"Text {n}.", "published": day}) for n in range(count)) + "\n")
    found = Reader(source("jsonl", path=path, expected=expected))()
    assert (found.status, codes(found), found.read) == (status, code, count)
    assert bool(found.note) == bool(code)


def test_one_bad_source_raises_nothing_and_is_told_by_name(server: Server, tmp_path: Path) -> None:
    bad = [source("feed", url="http://127.0.0.1:1/"), source("feed", url=server.url("/gone")), source("jsonl", url="http://"),
           source("gdelt", url=server.url("/{date}.zip")), source("folder", path=Path("/dev/null/x")),
           source("jsonl", path=Path("/dev/null"))]
    for config in bad:
        found = Reader(config)()
        assert found.read == 0
        assert found.status in ("failed", "empty")
        assert (found.status == "failed") == bool(found.error)
        assert found.status == "empty" or isinstance(found.items[0], Problem)


@pytest.mark.parametrize("missing", ["feedparser", "httpx"])
def test_without_the_optional_part_sources_say_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    for name in ("feeds", "fetch", "fetch_net", "sources_web"):
        monkeypatch.delitem(sys.modules, f"checker.night.{name}", raising=False)
    with running() as server:
        found = read_source(source("feed", url=server.serve("/f", rss())), NIGHT, SourceState(), NOW)
    assert found.status == "failed"
    assert 'pip install "sanctions-checker[feeds]"' in found.error


def test_a_server_that_asked_to_wait_is_left_alone_by_the_next_run(server: Server) -> None:
    url = server.put("/feed", lambda h: h.reply(503, Retry_After="7200"))
    read = Reader(source("feed", url=url))
    assert read().status == "failed"
    soon = read(now=NOW + dt.timedelta(hours=1))
    assert "not to be asked before 2024-05-16T03:00:00" in soon.error
    assert len(server.asked) == 1
    server.serve("/feed", rss(item("One", "https://post.example/1")))
    assert read(now=NOW + dt.timedelta(hours=3)).read == 1


def test_files_that_are_fetched(server: Server) -> None:
    url = server.serve("/news", '{"text": "One."}\n{"id": "x", "text": "Two."}\nbad\n')
    read = Reader(source("jsonl", url=url))
    found = read()
    assert texts(found) == ["One.", "Two."]
    [problem] = [p for p in found.items if isinstance(p, Problem)]
    assert (problem.path, problem.line) == (url, 3)
    assert not any("tmp" in i.guid or "fetched" in i.guid for i in incoming(found))
    assert read().again


# ---- state -----------------------------------------------------------------------------------------------------------


def test_the_state_of_a_source_is_kept_and_begins_anew_where_it_is_of_no_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    config = source("folder", path=tmp_path / "a.txt")
    found = read_source(config, NIGHT, load_state(tmp_path / "cache", config), NOW)
    keep_state(tmp_path / "cache", config, found.state)
    assert load_state(tmp_path / "cache", config) == found.state
    assert read_source(config, NIGHT, load_state(tmp_path / "cache", config), NOW).again
    other = source("folder", path=tmp_path)
    assert load_state(tmp_path / "cache", other).seen == {}
    kept = tmp_path / "cache" / "sources" / "mine.json"
    for damage in (b"", b"{", b'{"seen": 7}', b"\xff\xfe"):
        kept.write_bytes(damage)
        assert load_state(tmp_path / "cache", config).seen == {}
    assert os.listdir(kept.parent) == ["mine.json"]


@pytest.mark.parametrize(("url", "wanted"), [
    ("HTTP://Example.ORG:80/a?b=1#c", "http://example.org/a?b=1"), ("https://x.example", "https://x.example/"),
    ("https://x.example/?utm_source=a&id=7&fbclid=z", "https://x.example/?id=7"), ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
    ("https://me:pw@x.example/a", "https://x.example/a"), ("javascript:alert(1)", ""), ("ftp://x.example/", ""), ("nonsense", ""),
    ("http://[::1", ""), ("http://x:99999/", ""), ("", ""),
])
def test_the_one_form_of_an_address(url: str, wanted: str) -> None:
    assert canonical(url) == wanted
    assert canonical(canonical(url)) == wanted


def test_addresses_of_a_night() -> None:
    assert addresses("https://x.example/{date}.zip", NIGHT) == ["https://x.example/20240515.zip"]
    quarters = addresses("https://x.example/{date}{quarter}.zip", NIGHT)
    assert (len(quarters), quarters[0], quarters[-1]) == (96, "https://x.example/20240515000000.zip", "https://x.example/20240515234500.zip")
