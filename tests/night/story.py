"""A night made by hand, with everything that a report can tell, and one with as many cases as wanted. States, parties and events in them
are invented (XA is Exland, XB is Beland), and so are the two rules of which they speak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.model.casefile import CaseDecision, CaseEvidence, CaseExemption, CaseFile, CaseLaw, CasePosition, CaseStep
from checker.model.excerpt import Excerpt, Part
from checker.model.nightly import (
    Attention,
    CaseChange,
    Count,
    FieldChange,
    Funnel,
    Gap,
    Link,
    Method,
    NearClause,
    NightBar,
    Nightly,
    RuleNote,
    SourceNight,
    Trouble,
)
from checker.report.catalogue import Catalogue, write_catalogue
from checker.report.nightly_html import case_page
from checker.report.nightly_write import render, render_failed
from checker.report.nights_html import NightLink, feed, merged_page, nights_page
from checker.rulebase.loader import load_rulebase
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["NIGHT", "busy", "failed_night", "quiet_night", "story_night", "write_site"]

NIGHT = "2030-05-17"
ARMS, OIL = "xa-arms-export", "xa-oil-import"
TITLES = {ARMS: "Exland may not export arms, and nobody may buy them", OIL: "Nobody may supply more than 10,000 barrels of oil to Exland"}
RULE = """rule: {rule}
title: {title}
summary: {title}.
kind: prohibition
regime: un-1718
severity: high
status: active
owner: desk
reviewed: {{by: desk, date: 2030-01-03, again_by: 2031-01-03}}

in_force:
  - from: 2030-01-02
    authority: UNSCR 9001 (2030) para 1
    force: decides
    says: all arms
    link: "https://docs.example.org/9001"
    verified: {{paragraph: no, dates: no, scope: no, source: "", date: 2030-01-03}}

bound: [all_states]
breach_by: [supplier]

flag_when:
  act: transfer
  supplier: {state}

examples:
  - name: a sale
    event: {{act: sale, supplier: {state}, date: 2030-02-01}}
    expect: reported violation
"""


def night(ago: int) -> str:
    """The night so many nights before tonight."""
    return (dt.date.fromisoformat(NIGHT) - dt.timedelta(days=ago)).isoformat()


def excerpt(*parts: str, dir: str = "ltr", zone: str = "") -> Excerpt:  # noqa: A002
    """Words, every second of them marked: the event by itself, and facts where they begin with ``!``."""
    marks = [("" if i % 2 == 0 else "fact" if p.startswith("!") else "event", p.removeprefix("!")) for i, p in enumerate(parts)]
    return Excerpt(tuple(Part(text, mark) for mark, text in marks), dir, zone, False, False)


INDONESIAN = excerpt("", "Kantor Presiden Zedland menuduh ", "", "!Exland", "", " memasok ", "", "!peluru artileri", " kepada Beland.")
ARABIC = excerpt("قالت ", "صحيفة محلية إن ", "", "!إكسلاند", "", " أرسلت أسلحة", " إلى بيلاند.", dir="rtl")


def evidence(number: int, words: Excerpt, language: str, outlet: str, address: str, copies: tuple[str, ...] = ()) -> CaseEvidence:
    return CaseEvidence(f"d{number}", outlet, "A headline", "", address, night(number), f"{night(number)}T01:00:00Z", language,
                        f"{number:02x}" * 32, copies, (words,))


def law(rule: str = ARMS, label: str = "alleged violation", **other: Any) -> CaseLaw:
    told: dict[str, Any] = {
        "rule": rule, "title": TITLES[rule], "regime": "Exland", "label": label, "authority": ("UNSCR 9001 (2030) para 1",),
        "says": "all arms and related materiel", "force": "decides", "since": "2030-01-02", "until": "", "verified": False,
        "link": "https://docs.example.org/9001", "state": "settled", "match": "direct", "sentence": "", "missing": (),
        "breach_by": (("Ministry of Exland", "Exland", "supplier"),), "notes": ("The measure names missiles only.",)}
    return CaseLaw(**told | other)


def finding(rule: str, label: str, match: str) -> dict[str, Any]:
    return {"rule": rule, "title": TITLES[rule], "regime": "un-1718", "label": label, "match": match, "flagged": True, "severity": "high",
            "authority": ["UNSCR 9001 (2030) para 1"], "breach_by": ["Exland"], "missing": [], "sentence": "", "rule_digest": "3f" * 32,
            "document": "d1", "event": "e1"}


def claim(by: str, status: str, quote: str = "", party: str = "", about: str = "") -> dict[str, Any]:
    return {"by": by, "status": status, "quote": quote, "party": party, "about": about, "kind": "state", "documents": ["d1"]}


def case(number: int, label: str, sentence: str, **other: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"C-2030-{number:06d}", "label": label, "sentence": sentence, "disposition": "untriaged", "digest": f"{number:02x}" * 16,
        "claims": [claim("Kantor Presiden Zedland", "alleged", "menuduh Exland memasok peluru artileri", "XB")],
        "confidence": {"level": "low", "independent": 1, "first_hand": 0, "weight": 1},
        "findings": [finding(ARMS, label, "direct")] if label else [], "first_day": "2030-05-02", "last_day": "2030-05-02",
        "goods": "artillery_shell", "sender": "XA", "receiver": "XB", "opened": NIGHT, "state": "open", "family": "arms_transfer",
        "facts": {"act": "shipment", "supplier": "XA", "recipient": "XB"},
        "sources": [{"document": "d1", "outlet": "Kabar Contoh", "address": "https://kabar.example.org/1", "published": NIGHT,
                     "first_seen": f"{NIGHT}T01:00:00Z", "language": "id", "copy_of": "", "agency": "", "sha256": "", "title": ""}]}
    return told | other


def file(tone: str, history: Sequence[CaseStep], shown: Sequence[CaseEvidence] = (), laws: Sequence[CaseLaw] = (),
         **other: Any) -> CaseFile:
    told: dict[str, Any] = {
        "tone": tone, "label_says": "The facts as somebody alleges them meet every element of a measure in force.", "regime": "Exland",
        "sender": "Exland", "receiver": "Beland", "goods": "artillery shells", "evidence": tuple(shown), "more": 0, "law": tuple(laws),
        "exemptions": (), "positions": (), "assumed": (), "missing": (), "history": tuple(history), "decisions": ()}
    return CaseFile(**told | other)


def step(ago: int, op: str, *causes: str) -> CaseStep:
    return CaseStep(night(ago), op, causes, "alleged violation", ())


def _changes() -> tuple[CaseChange, ...]:
    committee = "The Committee exempted this activity in advance, case by case."
    new = CaseChange(
        "ADD", ("event",),
        case(12, "alleged violation", "Exland is alleged to have shipped artillery shells to Beland (2 May 2030), according to Zedland; "
             "denied by Exland.", claims=[claim("Kantor Presiden Zedland", "alleged", "menuduh Exland memasok peluru artileri", "XB"),
                                          claim("officials of Exland", "denied", "Pejabat Exland membantah", "XA"),
                                          claim("two delegations", "doubted", about="receipt")]), (),
        file("high", [step(0, "ADD", "event")],
             [evidence(1, INDONESIAN, "id", "Kabar Contoh", "https://kabar.example.org/1", ("Sama News",))], [
                 law(), law(OIL, "contested", state="contested", verified=True, link="", until="2031-01-01")],
             missing=("goods (the item)",),
             exemptions=(CaseExemption(ARMS, committee, ("UNSCR 9001 (2030) para 3",), ("approved by (who approved it)",)),
                         CaseExemption(OIL, committee, ("UNSCR 9001 (2030) para 4",), ("approved by (who approved it)",))),
             positions=(CasePosition("The measure ended in 2029.", ("Exland",), "a letter"),),
             assumed=("No words state the date; it was taken to be 2 May 2030.",)))
    weak = CaseChange(
        "ADD", ("late-data",), case(13, "review", "Exland is reported to have supplied arms to an unnamed recipient (about May 2030).",
                                    claims=[claim("", "reported", "أرسلت أسلحة")], findings=[finding(OIL, "review", "possible")]), (),
        file("medium", [step(0, "ADD", "late-data")], [evidence(2, ARABIC, "ar", "صحيفة", "javascript:alert(1)")], [law(OIL, "review")],
             missing=("recipient (who gets the goods)",), label_says="A fact is missing."))
    changed = CaseChange(
        "MOD", ("new-source", "reply"), case(
            4, "reported violation", "Exland is reported to have shipped rockets to Beland (between 1 September 2027 and 2 May 2030).",
            first_day="2027-09-01", disposition="in review",
            confidence={"level": "moderate", "independent": 3, "first_hand": 2, "weight": 3},
            sources=[{"document": d, "outlet": "Kabar Contoh", "address": "", "published": night(ago), "first_seen": night(ago),
                      "language": "id", "copy_of": "", "agency": "", "sha256": "", "title": ""} for d, ago in (("d7", 41), ("d1", 1))]),
        (FieldChange("label", "alleged violation", "reported violation"), FieldChange("last_day", "2030-04-30", "2030-05-02"),
         FieldChange("sources", ["d7"], ["d1", "d7"]), FieldChange("claims", [], [["denied", "officials of Exland", "XA", ""]])),
        file("high", [step(40, "ADD", "event"), *(step(i, "MOD", "new-source") for i in (30, 22, 15, 9, 4)),
                      step(0, "MOD", "new-source", "reply", "rule-changed")],
             [evidence(1, INDONESIAN, "id", "Kabar Contoh", "https://kabar.example.org/1")], [law(label="reported violation")], more=3,
             decisions=(CaseDecision(night(3), f"{night(3)}T09:00:00Z", "Desk", "in review", "two outlets", ""),)))
    merged = CaseChange("DEL", ("merged-into",), case(2, "", "", claims=[], sources=[]), (),
                        file("quiet", [step(20, "ADD", "event"), step(0, "DEL", "merged-into")], merged_into="C-2030-000004"))
    back = CaseChange(
        "REO", ("waiver-expired",),
        case(1, "alleged violation", "Exland is alleged to have shipped shells to Beland (2 January 2030)."), (),
        file("high", [step(90, "ADD", "event"), step(0, "REO", "waiver-expired")],
             [evidence(1, INDONESIAN, "id", "Kabar Contoh", "https://kabar.example.org/1")], [law()],
             decisions=(CaseDecision(night(60), f"{night(60)}T09:00:00Z", "Desk", "waived", "a licence of the Committee", night(1)),)))
    return new, weak, changed, merged, back


def _sources() -> tuple[SourceNight, ...]:
    def source(name: str, state: str, read: int, note: str = "", **other: Any) -> SourceNight:
        told: dict[str, Any] = {"copies": 0, "undated": 0, "late": 0, "unreadable": 0, "expected": None, "languages": {}, "new": read}
        history = tuple("" if i == 12 else "failed" if i in (20, 21) and name == "wire" else "ok" for i in range(29))
        return SourceNight(name=name, state=state, read=read, note=note, history=(*history, state), **told | other)

    return (source("wire", "failed", 0, "the server does not answer"),
            source("regional papers of four countries by the sea", "ok", 1240, expected=(800, 1500), copies=31,
                   languages={"id": 700, "ar": 540}),
            source("records", "empty", 0), source("ministry", "late", 3, undated=1, late=2, unreadable=1, languages={"en": 3}))


def story_night() -> Nightly:
    """A partial night with every section of the report."""
    bars = tuple(NightBar(night(29 - i), "" if i == 17 else "failed" if i == 21 else "partial" if i == 8 else "complete",
                          0 if i in (17, 21) else i % 5, i % 7 // 6, i % 11 // 10, i % 13 // 12, 0 if i == 17 else 40 + i)
                 for i in range(29))
    bars = (*bars, NightBar(NIGHT, "partial", 2, 1, 1, 1, 1243))
    notes = (RuleNote(ARMS, TITLES[ARMS], "changed", 2), RuleNote(OIL, TITLES[OIL], "added", 1),
             RuleNote("xa-old", "An old rule", "retired", 0),
             RuleNote("xa-late", "A rule to look at", "review", 3, "2030-04-01"), RuleNote("xa-trial", "A rule on trial", "shadow", 0),
             RuleNote("xa-still", "A rule without cases", "silent", 120))
    return Nightly(
        NIGHT, "partial", False, _changes(), (
            Attention("untriaged", 7, usual=40.0),
            Attention("waiting", 40, "C-2030-000003", title="Exland is alleged to have shipped shells."),
            Attention("waiver", 9, "C-2030-000005"), Attention("noise", 31, rule=ARMS, title=TITLES[ARMS]),
            Attention("unusual", 2, usual=11.5)),
        (NearClause("d9", "e9", "Kabar Contoh", "https://kabar.example.org/9", ARMS, TITLES[ARMS], "un-1718", "supplier is Exland",
                    "Zedland", "supplier is Zedland, the rule asks for Exland"),),
        Funnel(1243, 1212, 318, 24, 9, 2), bars,
        (Count("un-1718", "Exland", 9, 2), Count("un-1970", "Beland", 3, 0)),
        (Count(ARMS, TITLES[ARMS], 9, 1, (0, 2, 0, 1, 3, 1, 0, 1)), Count(OIL, TITLES[OIL], 3, 1, (0, 0, 0, 1, 0, 0, 0, 1))),
        tuple(Count(f"X{i}", f"State number {i}" if i else "Exland", 14 - i, 2 if not i else 0) for i in range(14)),
        (Link("Exland", "Beland", 9, 2), Link("Exland", "the People's Front for the Unity of the Northern Provinces", 2, 0),
         Link("Zedland", "Exland", 3, 0)),
        notes, {ARMS: 4, OIL: 1}, _sources(),
        (Trouble("ministry", "warning", "undated", "an item has no date", 1),
         Trouble("", "error", "bad-text", "<b>line 7</b> is no text", 12)),
        (Gap(night(9), "wire", "failed", night(8)), Gap(night(12), "", "", "")),
        Method("1.0", "a7" * 32, 2, "2030-05-01", "", "", f"sanctions night --night {NIGHT}"))


def _plain(of: Nightly, state: str, **other: Any) -> Nightly:
    told: dict[str, Any] = {name: getattr(of, name) for name in Nightly.__slots__}
    return Nightly(**told | {"state": state, "changes": (), "attention": (), "near": (), "funnel": Funnel(0, 0, 0, 0, 0, 0), "rules": (),
                             "fired": {}, "troubles": (), "gaps": ()} | other)


def quiet_night() -> Nightly:
    """The night before: all was read, nothing changed."""
    return _plain(story_night(), "complete", night=night(1), sources=story_night().sources[1:3])


def failed_night() -> Nightly:
    """The night after: nothing could be read."""
    return _plain(story_night(), "failed", night=night(-1), sources=story_night().sources[:1])


LONG = ("两国之间的军火运输持续不断" * 40)[:420]
"""As many characters as a card quotes, of a script whose letters take three bytes each."""


def busy(number: int) -> Nightly:
    """A night with so many cases, each told at length in a script of three bytes a letter, and with the sources of a large desk."""
    marked = (Part(LONG[200 + 10 * i:210 + 10 * i], ("event", "fact")[i % 2]) for i in range(22))
    words = Excerpt((Part(LONG[:200], ""), *marked), "ltr", "", True, True)
    ops = ("ADD",) * 7 + ("MOD", "MOD", "DEL", "REO")
    changes = []
    for i in range(1, number + 1):
        op = ops[i % len(ops)]
        told = case(i, "reported violation", f"Exland is reported to have shipped {i} pieces of artillery to the armed forces of Beland "
                    f"(between 1 and {1 + i % 27} May 2030), according to {LONG[:40]}; denied by {LONG[40:60]}.",
                    claims=[claim(LONG[:24], "reported", LONG[:160]), claim(LONG[24:44], "denied", LONG[160:260], "XA")])
        fields = (FieldChange("label", "alleged violation", "reported violation"), FieldChange("last_day", "2030-05-01", "2030-05-02"))
        address = f"https://news.example.org/2030/05/{i:06d}/a-rather-long-address-of-an-article"
        proof = CaseEvidence("d1", LONG[:12], LONG[:40], "", address,
                             NIGHT, f"{NIGHT}T01:00:00Z", "zh", f"{i:064x}", (), (words,))
        changes.append(CaseChange(op, ("event",), told, fields if op == "MOD" else (), file(
            "high", [step(0, op, "event")], [proof], [law(label="reported violation")], missing=("goods (the item)",))))
    changes.sort(key=lambda c: ("ADD", "MOD", "DEL", "REO").index(c.op))
    sources = tuple(SourceNight(f"source number {i}", "ok", 500, 400, 3, 2, 1, 0, (100, 900), {"zh": 300, "ko": 100}, "",
                                tuple(("ok", "failed", "late", "empty")[(i * j) % 17 % 4] for j in range(30))) for i in range(41))
    told: dict[str, Any] = {name: getattr(story_night(), name) for name in Nightly.__slots__}
    return Nightly(**told | {"state": "complete", "changes": tuple(changes), "sources": sources})


RULES: Mapping[str, str] = {rule: RULE.format(rule=rule, title=TITLES[rule], state="XA") for rule in (ARMS, OIL)}


def write_site(out: Path, vocabulary: Vocabulary) -> Path:
    """A folder as nights leave it: a quiet night, the story, a night that failed; cases at their addresses, the index, a catalogue."""
    def put(name: str, text: str | bytes) -> None:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    story = story_night()
    for nightly in (quiet_night(), story):
        for name, data in render(nightly, vocabulary).items():
            put(f"{nightly.night}/1/{name}", data)
    for name, data in render_failed(failed_night()).items():
        put(f"{night(-1)}/1/{name}", data)
    for change in story.changes:
        into = change.file.merged_into
        page = merged_page(str(change.case["id"]), into) if into else case_page(change, story, vocabulary, permanent=True,
                                                                                folder=f"{NIGHT}/1/")
        put(f"cases/{change.case['id']}/index.html", page)
    for waiting in ("C-2030-000003", "C-2030-000005"):
        put(f"cases/{waiting}/index.html", merged_page(waiting, "C-2030-000004"))
    links = [NightLink(night(8), 0, "failed", 0, 0, 0, 0, ("the rules do not load",)), NightLink(night(1), 1, "complete", 0, 0, 0, 0),
             NightLink(NIGHT, 1, "partial", 2, 1, 1, 1),
             NightLink(night(-1), 1, "failed", 0, 0, 0, 0, ("wire: the server does not answer",))]
    put("index.html", nights_page(links))
    put("feed.xml", feed(links))
    for rule, text in RULES.items():
        put(f"rules/{rule}.yaml", text)
    loaded = load_rulebase([out / "rules"])
    assert not loaded.problems, loaded.problems
    base = loaded.rulebase
    write_catalogue(out / "catalogue", Catalogue(base.rules, base.exemptions, (), base.vocabulary, "", base.digest, "1.0", dict(RULES)))
    return out
