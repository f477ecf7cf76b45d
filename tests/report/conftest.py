"""Runs built by hand. Every State, party and event in them is invented (XA, XB); the words of the articles are ours."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from checker.model.claim import Claim
from checker.model.dates import DateRange, parse_date
from checker.model.document import Document, Evidence
from checker.model.event import Amount, Assumed, Event
from checker.model.explain import ExplainNode
from checker.model.extraction import Hint, Zone
from checker.model.finding import Breach, Finding, LawOnDate, OpenExemption, Receipt, RuleRef
from checker.model.rule import NotEncoded, Position, Verified
from checker.model.run import ReadDocument, Run
from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary
from tests.browsing import browser

__all__ = ["browser"]

DIGEST = "3f" * 32
BASE = "a7" * 32

INDONESIAN = """Wartawan: Exland Diam-Diam Pasok Peluru ke Beland

KOTA PELABUHAN, 3 November 2022 -- Kantor Presiden Zedland pada Rabu (2/11/2022) menuduh Exland memasok peluru artileri dan roket \
kepada Beland secara diam-diam. Juru bicara kantor itu mengatakan muatan dikirim lewat pelabuhan di negara ketiga.

Pihaknya masih memantau apakah kiriman itu sudah tiba. Pejabat Exland membantah telah mengirim senjata apa pun.

Exland juga berencana mengirim pekerja bangunan ke Beland pada tahun depan. Resolusi PBB mewajibkan semua negara memulangkan pekerja itu.
"""

ENGLISH = """Beland received attack drones from Exland, panel reports

HARBOUR CITY (Invented News Agency) - A panel of experts reported on Monday that Exland had delivered hundreds of attack drones \
to the Beland armed forces in August. "We do not consider these aircraft to be covered," the Exland mission said. \
Two other delegations said the resolution plainly applies.

Exland also returned 120 labourers last year. The two foreign ministers met in May and praised their friendship.
"""

ARABIC = """وصول شحنة من إكسلاند إلى ميناء في وايلاند

قال مصدر ملاحي يوم الثلاثاء إن سفينة ترفع علم إكسلاند أفرغت 40 حاوية في ميناء وايلاند. ولم يذكر المصدر ما في الحاويات. \
وقالت صحيفة محلية إن الشحنة وصلت ليلا.
"""


def words(document: Document, text: str, *, fact: str = "event", how: str = "explicit") -> Evidence:
    """Evidence for the first place where ``text`` stands in ``document``."""
    start = document.text.index(text)
    return document.quote(start, start + len(text), fact=fact, how=how)


def day(text: str) -> DateRange:
    return parse_date(text)


VERIFIED = Verified(True, True, True, "https://docs.example.org/res/1", "2026-11-22")
PARTLY = Verified(True, False, True, "", "2026-11-22")
ARMS = LawOnDate(
    "2009-06-12",
    "",
    "decides",
    "all arms and related materiel, with related finance, training and services",
    "https://docs.example.org/res/1874",
    VERIFIED,
)
LABOUR = LawOnDate(
    "2017-12-22", "", "decides", "no work permits; nationals who earn income abroad go home", "https://docs.example.org/res/2397", VERIFIED
)
DRONES = LawOnDate(
    "2015-10-18", "2023-10-18", "decides", "systems that can fly 300 km or more need the Council's approval in advance", "", PARTLY
)
OPEN_LAW = LawOnDate("2016-03-02", "", "calls_upon", "inspect cargo to and from Exland", "javascript:alert(1)", Verified())

TREE = ExplainNode(
    "rule",
    "Exland may not export arms",
    TRUE,
    where="rules/un/test/test-arms-export.yaml:1:1",
    children=(
        ExplainNode("period", "in force from 12 June 2009", TRUE),
        ExplainNode(
            "all",
            "all lines of flag_when hold",
            TRUE,
            children=(
                ExplainNode(
                    "leaf", "act is under transfer", TRUE, "act", "transfer", "shipment", where="rules/un/test/test-arms-export.yaml:20:3"
                ),
                ExplainNode("leaf", "goods is under arms", TRUE, "goods", "arms", "artillery_shell"),
                ExplainNode(
                    "any",
                    "at least one line holds",
                    TRUE,
                    children=(
                        ExplainNode("leaf", "shipped_from is Exland", UNKNOWN, "shipped_from", "XA", "not stated"),
                        ExplainNode("leaf", "supplier is Exland", TRUE, "supplier", "XA", "XA"),
                    ),
                ),
            ),
        ),
        ExplainNode("exemption", "committee_exemption is not shown", FALSE, note="unknown does not excuse"),
        ExplainNode("label", "alleged violation"),
    ),
)


def finding(event: Event, label: str, sentence: str, **change: object) -> Finding:
    """A finding of an invented rule; ``change`` sets whatever else the case is about."""
    outcome = "possible" if label == "review" else "breach"
    number = str(change.get("id", f"F-{event.id}"))
    receipt = Receipt(f"R-{event.id}", "test-arms-export", DIGEST, BASE, 1, outcome, label, event, TREE, "0.1.0")
    whole = Finding(
        id=number,
        rule="test-arms-export",
        title="Exland may not export arms, and nobody may buy them",
        regime="un-1718",
        severity="critical",
        label=label,
        flagged=True,
        outcome=outcome,
        law="settled",
        report=event.report,
        stage="done",
        authority=("UNSCR 1718 (2006) para 8(b)", "UNSCR 1874 (2009) para 9"),
        law_on_date=ARMS,
        breach_by=(),
        event=event,
        missing=(),
        exemptions_not_excluded=(),
        because="",
        denied_by=(),
        positions=(),
        notes=(),
        not_encoded=(),
        sentence=sentence,
        receipt=receipt,
    )
    return dataclasses.replace(whole, **change)  # type: ignore[arg-type]


def _indonesian() -> tuple[ReadDocument, list[Finding]]:
    doc = Document(
        "articles/peluru.txt",
        INDONESIAN,
        day("2022-11-03"),
        "https://kabar.example.org/2022/11/03/peluru",
        "Kabar Contoh",
        "id",
        "Wartawan: Exland Diam-Diam Pasok Peluru ke Beland",
        "Kantor Berita Contoh",
    )
    accuse = words(doc, "Kantor Presiden Zedland pada Rabu (2/11/2022) menuduh Exland memasok peluru artileri dan roket kepada Beland")
    denial = words(doc, "Pejabat Exland membantah telah mengirim senjata apa pun", fact="claim")
    doubt = words(doc, "masih memantau apakah kiriman itu sudah tiba", fact="claim")
    claims = (
        Claim(
            "alleged",
            "Office of the President of Zedland",
            "",
            ("Kantor Berita Contoh", "Kabar Contoh"),
            day("2022-11-02"),
            "",
            (dataclasses.replace(accuse, fact="claim"),),
        ),
        Claim("denied", "officials of Exland", "XA", (), None, "", (denial,)),
        Claim("doubted", "Office of the President of Zedland", "", (), None, "receipt", (doubt,)),
    )
    assumed = (Assumed("date", "the day of the accusation"),)

    def shipment(goods: str, said: str, number: str) -> Event:
        facts = {
            "act": "shipment",
            "stage": "done",
            "date": day("2022-11-02"),
            "shipment": "s1",
            "supplier": "XA",
            "supplier_state": "XA",
            "recipient": "XB",
            "recipient_state": "XB",
            "goods": goods,
            "lethal": True,
        }
        evidence = (
            accuse,
            words(doc, "Exland memasok", fact="supplier"),
            words(doc, said, fact="goods"),
            words(doc, "Beland secara", fact="recipient"),
        )
        return Event(facts, number, claims, evidence, assumed, "strong", doc.id)

    shells, rockets = shipment("artillery_shell", "peluru artileri", "e1"), shipment("rocket", "roket", "e2")
    plan = words(doc, "Exland juga berencana mengirim pekerja bangunan ke Beland pada tahun depan")
    labour = Event(
        {
            "act": "labour_dispatch",
            "stage": "planned",
            "date": day("2023"),
            "supplier": "XA",
            "supplier_state": "XA",
            "host_state": "XB",
            "person_nationality": "XA",
            "quantity": Amount(300, "person", True),
        },
        "e3",
        (Claim("reported", evidence=(dataclasses.replace(plan, fact="claim"),)),),
        (plan,),
        (),
        "fair",
        doc.id,
    )
    breach = (Breach("supplier", "XA", "XA"), Breach("recipient", "Ministry of Defence of Beland", "XB"))
    exemption = OpenExemption(
        "committee_exemption",
        "the Committee exempted this activity in advance, case by case",
        ("UNSCR 2321 (2016) para 46",),
        ("approved_by",),
    )
    both = {
        "breach_by": breach,
        "exemptions_not_excluded": (exemption,),
        "denied_by": ("officials of Exland",),
        "not_encoded": (NotEncoded("items of the WMD-related lists", "encoded by a rule of their own"),),
    }
    found = [
        finding(
            shells,
            "alleged violation",
            "Exland is alleged to have supplied artillery shells to Beland (about 2 November 2022), the Office of the "
            "President of Zedland says; Exland denies it.",
            **both,
        ),
        finding(
            rockets,
            "alleged violation",
            "Exland is alleged to have supplied rockets to Beland (about 2 November 2022), the Office of the "
            "President of Zedland says; Exland denies it.",
            **both,
        ),
        finding(
            labour,
            "warning",
            "Exland is reported to plan to send about 300 workers to Beland (2023).",
            rule="test-labour",
            stage="planned",
            title="No workers of Exland abroad",
            severity="high",
            authority=("UNSCR 2397 (2017) para 8",),
            law_on_date=LABOUR,
            breach_by=(Breach("host_state", "XB", "XB"),),
            notes=("The event is within one day of a boundary of the law.",),
        ),
    ]
    norm = Hint("norm", words(doc, "Resolusi PBB mewajibkan semua negara memulangkan pekerja itu"))
    return ReadDocument(
        doc, "id", "read", (shells, rockets, labour), (Zone("headline", 0, 50), Zone("body", 52, len(doc.text))), (norm,)
    ), found


def _english() -> tuple[ReadDocument, list[Finding]]:
    doc = Document(
        "articles/drones.txt",
        ENGLISH,
        day("2022-11"),
        "https://news.example.org/a?b=1&c=2",
        "The Invented Courier",
        "en",
        "Beland received attack drones from Exland, panel reports",
        "Invented News Agency",
    )
    told = words(doc, "Exland had delivered hundreds of attack drones to the Beland armed forces in August")
    claims = (
        Claim(
            "reported",
            "a panel of experts",
            "",
            (),
            day("2022-10-31"),
            "",
            (words(doc, "A panel of experts reported on Monday", fact="claim"),),
        ),
        Claim(
            "denied",
            "the Exland mission",
            "XA",
            (),
            None,
            "",
            (words(doc, "We do not consider these aircraft to be covered", fact="claim"),),
        ),
    )
    drones = Event(
        {
            "act": "transfer",
            "stage": "done",
            "date": day("2022-08"),
            "supplier": "XA",
            "supplier_state": "XA",
            "recipient": "XB",
            "recipient_state": "XB",
            "recipient_kind": "armed_forces",
            "goods": "armed_uav",
            "quantity": Amount(200, "piece", True),
        },
        "e4",
        claims,
        (told, words(doc, "attack drones to", fact="goods")),
        (),
        "strong",
        doc.id,
        {"recipient": "Beland armed forces"},
    )
    back = words(doc, "Exland also returned 120 labourers last year")
    returned = Event(
        {"act": "repatriation", "date": day("2021"), "person_nationality": "XA", "host_state": "XB"},
        "e5",
        (Claim("reported", evidence=(back,)),),
        (back,),
        (),
        "strong",
        doc.id,
    )
    meeting = Event(
        {"act": "meeting", "date": day("2022-05"), "actor": "XA"},
        "e6",
        (),
        (words(doc, "The two foreign ministers met in May"),),
        (),
        "strong",
        doc.id,
    )
    found = [
        finding(
            drones,
            "contested",
            "Exland is reported to have supplied attack drones to the Beland armed forces (August 2022); Exland denies it.",
            rule="test-drones",
            title="No missile-capable systems from Exland",
            regime="un-2231",
            severity="high",
            law="contested",
            authority=("UNSCR 2231 (2015) Annex B para 4",),
            law_on_date=DRONES,
            breach_by=(Breach("supplier", "XA", "XA"), Breach("broker", "", "")),
            positions=(
                Position("the drones can fly 300 km and fall under the measure", ("XB",), "the manufacturer's data"),
                Position("the measure names missiles only", ("XA",), "its reading of the annex"),
            ),
        ),
        finding(
            returned,
            "met",
            "Exland is reported to have taken back 120 workers (2021).",
            rule="test-labour",
            flagged=False,
            outcome="met",
            title="No workers of Exland abroad",
            authority=("UNSCR 2397 (2017) para 8",),
        ),
    ]
    hint = Hint("talks", words(doc, "The two foreign ministers met in May and praised their friendship"))
    return ReadDocument(doc, "en", "read", (drones, returned, meeting), (), (hint,), ("the date line gives no year",)), found


def _arabic() -> tuple[ReadDocument, list[Finding]]:
    doc = Document("articles/shipment-ar.txt", ARABIC, None, "", "صحيفة الميناء", "ar", "وصول شحنة من إكسلاند إلى ميناء في وايلاند")
    told = words(doc, "سفينة ترفع علم إكسلاند أفرغت 40 حاوية في ميناء وايلاند")
    claims = (Claim("reported", "مصدر ملاحي", evidence=(words(doc, "قال مصدر ملاحي", fact="claim"),)),)
    unloaded = Event(
        {"act": "shipment", "date": day("2024-01-09"), "flag_state": "XA", "port_state": "XB", "destination": "XB"},
        "e7",
        claims,
        (told, words(doc, "علم إكسلاند", fact="flag_state")),
        (Assumed("date", "Tuesday before the publication"),),
        "weak",
        doc.id,
    )
    found = [
        finding(
            unloaded,
            "review",
            "An unnamed supplier is reported to have shipped unnamed goods to Beland (about 9 January 2024).",
            severity="medium",
            law="hortatory",
            law_on_date=OPEN_LAW,
            missing=("goods", "supplier"),
            also=(RuleRef("test-oil", "No oil to Exland", ("UNSCR 2397 (2017) para 5",)),),
        )
    ]
    return ReadDocument(doc, "ar", "read", (unloaded,)), found


def make_run(documents: tuple[ReadDocument, ...] = (), findings: tuple[Finding, ...] = (), problems: tuple[Problem, ...] = ()) -> Run:
    return Run(documents, findings, problems, 10, BASE, "2026-11-22", "0.1.0")


BROKEN = Problem(
    "articles/scan.txt",
    0,
    0,
    "not-text",
    "this file is no text: it holds bytes that are neither UTF-8 nor a known code page",
    "save it as UTF-8 text, or give the HTML page",
)
MISSPELT = Problem(
    "events/two.yaml", 3, 1, "unknown-fact", "'suplier' is no fact of an event", "did you mean 'supplier'?", "suplier: XA", 7
)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@pytest.fixture(scope="session")
def story() -> Run:
    """Four documents, one of them unreadable; five findings that make four cards; two events that are not flagged."""
    parts = [_indonesian(), _english(), _arabic()]
    broken = ReadDocument(Document(BROKEN.path, ""), "", "unreadable", notes=(BROKEN.message,))
    return make_run((*(p[0] for p in parts), broken), tuple(f for p in parts for f in p[1]), (BROKEN, MISSPELT))


@pytest.fixture(scope="session")
def empty() -> Run:
    return make_run()


@pytest.fixture(scope="session")
def only_problems() -> Run:
    return make_run((ReadDocument(Document(BROKEN.path, ""), "", "unreadable", notes=(BROKEN.message,)),), (), (BROKEN,))


@pytest.fixture(scope="session")
def one_finding() -> Callable[..., Run]:
    """A run of one document and one finding whose texts a test chooses."""

    def build(text: str = "Exland supplied shells.", quoted: str = "", **change: object) -> Run:
        document = Document(
            "d1", text, day("2022-11-03"), **{k: change.pop(k) for k in ("url", "outlet", "title", "agency", "lang") if k in change}
        )  # type: ignore[arg-type]
        told = words(document, quoted or text)
        event = Event(
            {"act": "shipment", "date": day("2022-11-02"), "supplier": "XA", "goods": "artillery_shell"},
            "e1",
            (Claim("alleged", str(change.pop("by", "a spokesman")), evidence=(told,)),),
            (told,),
            (),
            "strong",
            "d1",
        )
        sentence = str(change.pop("sentence", "Exland is alleged to have supplied shells."))
        return make_run(
            (ReadDocument(document, document.lang, "read", (event,)),), (finding(event, "alleged violation", sentence, **change),)
        )

    return build
