"""``sanctions law``: what was in force."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import load_rules, read_day, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.dates import DateRange
    from checker.pipeline.law import Measure
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["law"]


@click.command()
@click.option("--on", "on", callback=read_day, required=True, metavar="DATE", help="The day: 2022-11-02.")
@click.option("--party", default="", metavar="WORD", help="Only measures about this State, group or place: KP, DPRK, houthis.")
@click.option("--goods", default="", metavar="WORD", help="Only measures about these goods: artillery_shell, coal.")
@click.option("--act", default="", metavar="WORD", help="Only measures about this act: shipment, labour_dispatch.")
@click.option("--regime", default="", metavar="ID", help="Only measures of this regime: un-2374, un-1718.")
@click.option("--exemptions", is_flag=True, help="With each measure the exemptions that stand open on that day.")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/law/1) to stdout.")
def law(on: DateRange, party: str, goods: str, act: str, regime: str, exemptions: bool, rules: tuple[Path, ...],
        as_json: bool) -> int:
    """Show which measures were in force on a day, with their authority and force."""
    from checker.cli.output import write_json
    from checker.pipeline.law import Subject, measures_on

    base = load_rules(rules)
    words = base.vocabulary
    subject = Subject(party=_word(words, "supplier", party, "--party"), goods=_word(words, "goods", goods, "--goods"),
                      act=_word(words, "act", act, "--act"), regime=_regime(words, regime))
    found = list(measures_on(base, on.first, subject))
    if as_json:
        write_json({"schema": "sanctions-checker/law/1", "on": on.isoformat(), "party": subject.party, "goods": subject.goods,
                    "act": subject.act, "regime": subject.regime, "law_known_as_of": base.law_known_as_of,
                    "measures": [_wire(m) for m in found]})
    else:
        _show(found, on, base.law_known_as_of, exemptions)
    return 0


def _word(words: Vocabulary, fact: str, text: str, option: str) -> str:
    """The term a person's word means. A party may also be a place (crimea), so the places are asked next."""
    if not text:
        return ""
    for asked in (fact, "place") if fact == "supplier" else (fact,):
        found = words.resolve(asked, text)
        if found:
            return found
    guess = words.suggest(fact, text)
    raise UsageError(f"{option}: the vocabulary has no word '{text}'{f'; did you mean {guess}?' if guess else ''}")


def _regime(words: Vocabulary, text: str) -> str:
    """The regime a person means; its number alone is enough."""
    for known in (text, f"un-{text}"):
        if not text or known in words.regimes:
            return known if text else ""
    from checker.strictyaml.suggest import did_you_mean

    guess = did_you_mean(text, words.regimes)
    raise UsageError(f"--regime: there is no regime '{text}'{f'; did you mean {guess}?' if guess else ''}")


def _wire(measure: Measure) -> dict[str, Any]:
    rule, period = measure.rule, measure.period
    return {"rule": rule.id, "title": rule.title, "regime": rule.regime, "severity": rule.severity, "kind": rule.kind,
            "from": _iso(period.first), "until": _iso(period.last), "known_until": _iso(period.known_until),
            "due": _iso(rule.duty.due) if rule.duty else None,
            "verified": measure.verified, "force": period.force,
            "authority": list(period.authority), "says": period.says, "link": period.link,
            "exemptions": [{"name": e.name, "says": e.says, "authority": list(e.authority), "procedure": e.procedure, "from": _iso(e.first),
                            "until": _iso(e.last)} for e in measure.exemptions],
            "contested": [{"view": p.view, "holders": list(p.holders), "basis": p.basis} for c in measure.contests for p in c.positions]}


def _iso(day: int | None) -> str | None:
    return dt.date.fromordinal(day).isoformat() if day else None


def _show(found: list[Measure], on: DateRange, known: str, exemptions: bool) -> None:
    from checker.cli.output import console

    out = console()
    for regime in dict.fromkeys(m.rule.regime for m in found):
        out.print(regime, style="bold")
        for measure in (m for m in found if m.rule.regime == regime):
            rule, period = measure.rule, measure.period
            marks = [period.force.replace("_", " ")] + ["contested"] * bool(measure.contests)
            marks += [] if measure.verified else ["renewal not verified"]
            out.print(f"  {rule.id}: {rule.title} ({', '.join(marks)})")
            horizon = f" (renewal known until {_iso(period.known_until)})" if period.known_until else ""
            out.print(f"    {_iso(period.first)} to {_iso(period.last) or 'now'}{horizon}: {period.says}")
            if rule.duty:
                out.print(f"    owed by the {rule.duty.owed_by.replace('_', ' ')}; last day in time {_iso(rule.duty.due)}")
            out.print(f"    {'; '.join(period.authority)}")
            for open_one in measure.exemptions if exemptions else ():
                how = f" ({open_one.procedure.replace('_', ' ')})" if open_one.procedure else ""
                out.print(f"    unless {open_one.name}{how}: {open_one.says}; {'; '.join(open_one.authority)}")
    out.print(f"{len(found)} measure{'' if len(found) == 1 else 's'} of the rule base in force on {on.say()}. Law known as of {known}.")
