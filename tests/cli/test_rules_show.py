"""``sanctions rules show`` and ``list``: everything that decides stands in the text, and no title rules the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .authoring import guide_rule, write_rule
from .conftest import Sanctions

QUOTA = """\
quota:
  of: goods
  at_most: [{number: 1000, unit: t}, {number: 50000, unit: usd}]
  whichever: lower
  per: {year_from: 12-22}
  scope: per_state
  conditions: {notified_to: un_1718_committee}

bound:"""
EXEMPTION = """\
unless:
  old_contract:
    says: the contract is older than the measure
    authority: Training resolution para 4
    until: 2022-06-30
    procedure: standing
    when: {contract_date: {before: 2020-01-01}}
    unless: {end_use: military}
    contested:
      - from: 2022-03-01
        positions: [{view: it applies, holders: [XB], basis: the text}, {view: it does not, holders: [XA], basis: the vote}]

examples:"""
SHARED = """\
exemption: xa-panel
title: The panel of Exland may agree
owner: training
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}
says: the panel agreed in advance
authority: Training resolution para 9
from: 2021-01-01
procedure: approve
when: {approved_by: un_1718_committee}
examples:
  - name: agreed
    event: {act: shipment, goods: coal, supplier: XA, recipient: XB, approved_by: un_1718_committee, date: 2022-05-06, report: reported}
    expect: exempt
  - {name: another body agreed, but: {approved_by: iaea}, expect: not exempt}
"""


def test_every_line_that_decides_is_shown(sanctions: Sanctions, tmp_path: Path) -> None:
    text = guide_rule().replace("kind: prohibition", "kind: quota").replace("bound:", QUOTA).replace("examples:", EXEMPTION)
    either = "  any:\n    - goods: coal\n    - {goods: charcoal, recipient: {not: XB, if_unknown: holds}}\n"
    text = text.replace("  goods: coal\n", either, 1)
    write_rule(tmp_path / "own", text)
    done = sanctions("rules", "show", "xa-coal-export", "--rules", tmp_path / "own")
    assert done.code == 0, done.err
    for shown in ("flag when\n  act is transfer\n  any of\n    goods is coal\n    all of\n      goods is charcoal\n"
                  "      recipient is not Beland (or not stated)\n  supplier is Exland\n",
                  "quota\n  at most 1,000 tonnes or 50,000 US dollars, whichever is reached first in a year that begins on 22 December, "
                  "each State for itself\n",
                  "on condition that\n  notified to the 1718 Committee\n",
                  "    until 2022-06-30\n    contract date is before 1 January 2020\n    but not when\n      end use is military",
                  "contested from 2022-03-01: it does not (XA; the vote)"):
        assert shown in done.out


@pytest.mark.parametrize(("rule", "shown"), [
    ("dprk-worker-repatriation", "duty\n  owed by the host state, last day in time 2019-12-22\n"),
    ("dprk-worker-repatriation", "met when\n  act is repatriation of workers\n"),
    ("dprk-arms-export", "    goods: heavy weapons\n"),
    ("dprk-aviation-fuel", "takes the place of\n  dprk-refined-petroleum\n"),
])
def test_our_rules(sanctions: Sanctions, rule: str, shown: str) -> None:
    assert shown in sanctions("rules", "show", rule).out


def test_a_shared_exemption_is_no_rule(sanctions: Sanctions, tmp_path: Path) -> None:
    (tmp_path / "own" / "exemptions").mkdir(parents=True)
    (tmp_path / "own" / "exemptions" / "xa-panel.yaml").write_text(SHARED, encoding="utf-8")
    write_rule(tmp_path / "own", guide_rule().replace("examples:", "unless:\n  panel: {use: xa-panel}\n\nexamples:"))
    out = sanctions("rules", "show", "xa-panel", "--rules", tmp_path / "own").out
    assert "    from 2021-01-01\n    approved by the 1718 Committee\n\nused by\n  xa-coal-export\n" in out
    assert "  not exempt: another body agreed\n" in out
    assert not any(word in out for word in ("severity", "prohibition", "0001"))
    wire = json.loads(sanctions("rules", "show", "xa-panel", "--json", "--rules", tmp_path / "own").out)
    assert (wire["schema"], wire["exemption"], wire["used_by"]) == ("sanctions-checker/rules-show/1", "xa-panel", ["xa-coal-export"])


def test_both_documents_name_their_schema(sanctions: Sanctions) -> None:
    listed = json.loads(sanctions("rules", "list", "--json").out)
    shown = json.loads(sanctions("rules", "show", "dprk-arms-export", "--json").out)
    assert (listed["schema"], shown.pop("schema")) == ("sanctions-checker/rules-list/1", "sanctions-checker/rules-show/1")
    assert shown in listed["rules"]


@pytest.mark.parametrize("words", [("rules", "list"), ("rules", "show", "xa-coal-export"), ("explain", "EVENT"),
                                   ("law", "--on", "2021-05-03")])
def test_a_title_rules_no_terminal(sanctions: Sanctions, tmp_path: Path, words: tuple[str, ...]) -> None:
    hostile = 'title: "Ex\\e]0;x\\aland \u202emay not export coal"'
    write_rule(tmp_path / "own", guide_rule().replace("title: Exland may not export coal", hostile))
    event = "act: shipment\ngoods: coal\nsupplier: XA\nrecipient: XB\ndate: 2021-05-03\nreport: reported\n"
    (tmp_path / "event.yaml").write_text(event)
    done = sanctions(*(str(tmp_path / "event.yaml") if word == "EVENT" else word for word in words), "--rules", tmp_path / "own")
    assert (done.code, "may not export coal" in done.out) == (0, True), done.err
    assert not set(done.out) & set("\x1b\x07\u202e")
