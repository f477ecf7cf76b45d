"""What every line of the rule language means, in one sentence each: the one table that editors show and the reference page prints.

Which lines there are is for the readers to say; a test compares. An example is a piece of a rule file, written with the fictitious
States XA and XB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["SECTIONS", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """One map of the grammar. ``where`` tells where it stands, ``title`` is what editors call it, ``says`` what it is for, ``keys`` its
    lines in reading order with their meaning, ``example`` YAML that shows them."""

    where: str
    title: str
    says: str
    keys: Mapping[str, str]
    example: str


SECTIONS: Mapping[str, Section] = {
    "rule": Section(
        "at the top of a rule file", "a rule", "One measure of one paragraph: who may not do what, or who must do what by when.",
        {
            "rule": "the id of the rule, in small letters, digits and hyphens; the file is named after it",
            "title": "the measure as one sentence that a reader of reports understands",
            "summary": "what the rule flags, in one or two sentences",
            "kind": "what sort of measure it is",
            "regime": "the sanctions regime it belongs to",
            "severity": "how grave a breach is",
            "status": "whether the rule is used",
            "owner": "the desk that answers for the rule",
            "reviewed": "who compared the rule with the law, when, and when it is due again",
            "breach_class": "whether the breach is one of substance or of reporting; left out, of substance",
            "replaced_by": "the rules that took over from a retired one",
            "overrides": "lex specialis: where the elements of this rule hold, the rules named here come out clear for that event",
            "in_force": "the law by date: one entry for each wording, in the order of their dates",
            "contested": "spans in which States dispute that the measure applies; both readings are printed",
            "bound": "who must comply: States, or all_states; the target State of the regime only where it is named",
            "breach_by": "which roles of the event are in breach; the finding names who filled them, with the State",
            "duty": "of a duty: who owes it, and its last day in time",
            "quota": "of a quota: how much is allowed, in which window of time, and for whom",
            "flag_when": "the elements of the breach: all lines must hold",
            "met_when": "of a duty: the act that fulfils it",
            "unless": "exemptions, each under a name of its own",
            "not_encoded": "what a machine cannot judge; printed in reports and in the catalogue",
            "examples": "events and what the rule must say to each; every line needs one that would come out otherwise without it",
        },
        """\
rule: xa-coal-export
title: Exland may not export coal
summary: Flags coal sold or shipped out of Exland.
kind: prohibition
regime: un-1718
severity: high
status: draft
owner: training
""",
    ),
    "reviewed": Section(
        "under `reviewed`", "a review", "How fresh the rule is.",
        {
            "by": "who reviewed the rule",
            "date": "the day of the review",
            "again_by": "the day by which it is due again",
        },
        "reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}\n",
    ),
    "period": Section(
        "in the list `in_force`", "a period of in_force",
        "The law from one day on. A period runs to the day before the next one, or to its `until`.",
        {
            "from": "the first day on which this wording is in force",
            "until": "its last day; left out, it runs to the day before the next period, or still",
            "known_until": "the last day for which a renewal is known; after it the law is unverified, never taken as ended",
            "ended": "how it came to its end",
            "authority": "the resolution and paragraph it rests on, or a list of them",
            "force": "how strongly the Council speaks",
            "says": "our own short summary of the wording; nothing verbatim",
            "link": "where the text can be read",
            "verified": "what of this period was checked against a source",
        },
        """\
in_force:
  - from: 2020-01-01
    until: 2021-12-31
    ended: lapsed
    authority: UNSCR 1718 (2006) para 8(a)
    force: decides
    says: no coal may leave Exland
    link: https://example.org/
    verified: {paragraph: no, dates: no, scope: no, source: https://example.org/, date: 2026-11-22}
    covered_goods: coal
  - from: 2023-01-01
    known_until: 2024-12-31
    authority: [UNSCR 1718 (2006) para 8(a), UNSCR 1874 (2009) para 9]
    force: decides
    says: neither coal nor iron ore may leave Exland
    link: https://example.org/
    verified: {paragraph: no, dates: no, scope: no, source: https://example.org/, date: 2026-11-22}
    covered_goods: [coal, iron_ore]
""",
    ),
    "verified": Section(
        "under `verified`", "what was verified",
        "What was checked, against which source, on which day. Only here `yes` and `no` are truth values.",
        {
            "paragraph": "yes if the number of the paragraph was checked",
            "dates": "yes if the dates were checked",
            "scope": "yes if what is covered was checked",
            "source": "the source it was checked against; empty if none was",
            "date": "the day of the check",
        },
        "verified: {paragraph: yes, dates: yes, scope: no, source: https://example.org/, date: 2026-11-22}\n",
    ),
    "contest": Section(
        "in a list `contested`", "a dispute", "A span in which States dispute that the measure, or an exemption, applies.",
        {
            "from": "the first day of the dispute",
            "until": "its last day; left out, it lasts",
            "positions": "the readings, each with who holds it and why",
        },
        """\
contested:
  - from: 2025-01-01
    positions:
      - {view: the measure is in force again, holders: [XA], basis: notice to the Council}
      - {view: it ended for good, holders: [XB], basis: the notice was void}
""",
    ),
    "position": Section(
        "in a list `positions`", "a position", "One reading of a disputed matter.",
        {
            "view": "what these States hold",
            "holders": "who holds it",
            "basis": "what they rest it on",
        },
        "- {view: the measure is in force again, holders: [XA], basis: notice to the Council}\n",
    ),
    "duty": Section(
        "under `duty`", "a duty", "What must be done by a day. Until that day a rule comes out pending; silence is never a finding.",
        {
            "owed_by": "the role of the event that owes the duty",
            "due": "the last day in time",
        },
        "duty: {owed_by: host_state, due: 2019-12-22}\n",
    ),
    "quota": Section(
        "under `quota`", "a quota", "How much is allowed. Amounts of one window are added up; each event counts once.",
        {
            "of": "what is counted",
            "at_most": "the limit: one, a list of two in different units, covered_quantity, or the level on a day",
            "whichever": "of two limits: the one that is reached first counts",
            "per": "the window of time",
            "scope": "whose amounts are added up",
            "conditions": "lines that each delivery must meet; where one is false, any amount is a breach",
            "alerts": "percentages of the limit at which a warning is given, each above the one before",
        },
        """\
quota:
  of: goods
  at_most: [{number: 500000, unit: bbl}, {number: 65000, unit: t}]
  whichever: lower
  per: {year_from: 12-22}
  scope: all_states
  conditions: {notified_to: un_1718_committee}
  alerts: [75, 90, 95]
""",
    ),
    "limit": Section(
        "under `at_most` and `covered_quantity`", "a limit", "A number with its unit.",
        {
            "number": "how much; zero or more",
            "unit": "a unit of the vocabulary",
        },
        "covered_quantity: {number: 500000, unit: bbl}\n",
    ),
    "level": Section(
        "under `at_most`", "a frozen level", "The limit is what there was on a day.",
        {
            "level_on": "the day whose level must not be exceeded",
        },
        "at_most: {level_on: 2017-08-05}\n",
    ),
    "window": Section(
        "under `per`", "a year of its own", "Years that begin on another day than 1 January.",
        {
            "year_from": "month and day on which each year begins, two digits each",
        },
        "per: {year_from: 12-22}\n",
    ),
    "exemption": Section(
        "under a name of its own in `unless`", "an exemption",
        "What excuses the breach. Who relies on one must show it: what is not told does not excuse, and the finding says \"not excluded\".",
        {
            "says": "the exemption in our own words",
            "authority": "the resolution and paragraph it rests on, or a list of them",
            "when": "the lines that show it; all must hold",
            "from": "its first day; left out, as long as the rule",
            "until": "its last day; left out, it still stands",
            "procedure": "what must be done to rely on it",
            "if_unknown": "`review` where the State need not show anything: what is not told then makes the outcome possible",
            "unless": "lines that take the exemption away again; all must hold",
            "contested": "spans in which States dispute the exemption",
        },
        """\
unless:
  committee_approval:
    says: the Committee approved it in advance
    authority: UNSCR 1718 (2006) para 9
    from: 2020-06-01
    until: 2021-06-30
    procedure: approve
    if_unknown: review
    when: {approved_by: un_1718_committee}
    unless: {end_use: military}
""",
    ),
    "use": Section(
        "under a name of its own in `unless`", "a shared exemption, used",
        "An exemption that several rules know alike; its lines stand in its own file.",
        {
            "use": "the id of the shared exemption",
        },
        "unless:\n  humanitarian: {use: un-2664}\n",
    ),
    "shared": Section(
        "at the top of a file of `exemptions/`", "a shared exemption",
        "An exemption written and tested once. Its other lines are those of an exemption.",
        {
            "exemption": "the id of the exemption, in small letters, digits and hyphens; the file is named after it",
            "title": "the exemption as one sentence",
            "owner": "the desk that answers for it",
            "reviewed": "who compared it with the law, when, and when it is due again",
            "not_encoded": "what of it a machine cannot judge",
            "examples": "events that are exempt, not excluded, or not exempt",
        },
        """\
exemption: xa-relief
title: Relief goods for Exland are not affected
owner: training
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}
says: relief goods sent by the United Nations
authority: UNSCR 2664 (2022) para 1
when: {supplier_kind: un_body}
examples:
  - name: sent by the United Nations
    event: {act: shipment, goods: coal, supplier: {name: A fund, kind: un_body}, date: 2023-01-01, report: reported}
    expect: exempt
  - {name: nobody says who sent it, but: {supplier: unknown}, expect: not excluded}
  - {name: sent by a company, but: {supplier: {name: A firm, kind: company}}, expect: not exempt}
""",
    ),
    "not_encoded": Section(
        "in the list `not_encoded`", "something not encoded", "A part of the measure that this rule does not judge.",
        {
            "text": "what is left out",
            "why": "why, or which rule has it",
        },
        "not_encoded:\n  - {text: items of the lists, why: encoded by another rule}\n",
    ),
    "lines": Section(
        "in `flag_when`, `met_when`, `when`, `unless` of an exemption and `conditions`", "lines",
        "Each line is a fact with the value it must have; a map means that all its lines hold. Groups may nest once.",
        {
            "any": "a list of maps of which at least one must hold",
            "none": "a list of maps of which none may hold",
        },
        """\
flag_when:
  act: transfer
  goods: coal
  any:
    - supplier: XA
    - shipped_from: XA
  none:
    - {destination: XA}
""",
    ),
    "example": Section(
        "in the list `examples`", "an example", "One event, and what the rule must say to it.",
        {
            "name": "what is special about this event; no two examples share a name",
            "event": "the event, written out",
            "but": "what differs from the first example, or from the one that `like` names",
            "like": "the name of an earlier example that `but` changes",
            "expect": "the label the rule must give, or a map that says more",
            "source": "marks a real case: where it was told",
            "confirmed": "false while nobody has agreed to what is expected; such an example counts for nothing",
        },
        """\
examples:
  - name: a cargo of coal goes abroad
    event: {act: shipment, goods: coal, supplier: XA, recipient: XB, date: 2021-05-03, report: reported}
    expect: reported violation
  - {name: the cargo was ore, but: {goods: iron_ore}, expect: clear}
  - {name: ore the day before, like: the cargo was ore, but: {date: 2019-12-31}, expect: not in force}
""",
    ),
    "expect": Section(
        "under `expect`", "what is expected", "More than the label.",
        {
            "label": "the label",
            "breach_by": "who is in breach; [] for nobody",
            "because": "the exemption that excuses it",
            "missing": "the facts whose knowledge would decide; [] for none",
            "authority": "the paragraphs applied on that day, all of them",
            "not_excluded": "the exemptions that could still excuse it; [] for none",
        },
        "expect: {label: review, missing: [goods], breach_by: [XA], not_excluded: [committee_approval]}\n",
    ),
    "instrument": Section(
        "at the top of a file of `instruments/`", "a resolution",
        "One resolution, and for each operative paragraph the rules that encode it or why none does.",
        {
            "instrument": "its id: unscr- and the number; the file is named after it",
            "title": "what it is about, in our own words",
            "number": "the number of the resolution",
            "year": "the year in brackets behind the number",
            "adopted": "the day of its adoption",
            "regime": "the regime it belongs to, a list of them, or all_regimes",
            "link": "where the text can be read",
            "verified": "whether the date of adoption was checked",
            "paragraphs": "its operative paragraphs by number, as printed: 8(a)(i), or Annex B para 4",
        },
        """\
instrument: unscr-1718
title: First measures after the nuclear test of 9 October 2006
number: 1718
year: 2006
adopted: 2006-10-14
regime: un-1718
""",
    ),
    "paragraph": Section(
        "under its number in `paragraphs`", "a paragraph",
        "One operative paragraph. It says one thing; only `open` may stand beside `rules`.",
        {
            "says": "the paragraph in our own words",
            "rules": "the rules that encode it",
            "exempts": "true if it holds nothing but an exemption",
            "none": "why no rule encodes it",
            "open": "what is still to be encoded",
            "verified": "what of it was checked against a source",
        },
        """\
paragraphs:
  8(b):
    says: no export of arms by Exland
    rules: [xa-arms-export]
    verified: {paragraph: yes, dates: yes, scope: yes, source: https://example.org/, date: 2026-11-22}
""",
    ),
}
"""The maps of the grammar in reading order, by a name of ours."""
