"""The six questions of ``sanctions rules new`` at a terminal. The answers come out as the file that ``--answers`` reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from checker.cli.output import inert
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["interview"]


def interview(rule_id: str, vocabulary: Vocabulary, check_id: Callable[[str], None]) -> str:
    """Ask everything and return the answers as YAML. Nothing is written anywhere; ``click.Abort`` when the person leaves."""
    asked = _Interview(vocabulary, check_id)
    asked.measure(rule_id)
    asked.act()
    asked.goods()
    asked.sides()
    asked.law()
    asked.event()
    return asked.yaml()


class _Interview:
    """The answers so far."""

    def __init__(self, vocabulary: Vocabulary, check_id: Callable[[str], None]) -> None:
        self.vocabulary, self.check_id = vocabulary, check_id
        self.answers: dict[str, object] = {}

    def yaml(self) -> str:
        from checker.proof.written import flow, scalar

        def line(name: str, value: object) -> str:
            return f"{name}: {scalar(value) if isinstance(value, str) else flow(value)}\n"

        return "".join(line(name, value) for name, value in self.answers.items())

    # ---- the questions ------------------------------------------------------------------------------------------

    def measure(self, rule_id: str) -> None:
        _heading(1, "What is forbidden or owed, and to whom?",
                 "One measure of one paragraph: one rule. The title is one sentence; the id names the file.")
        self.answers["title"] = title = _text("Title", "Exland may not export coal")
        self.answers["id"] = rule_id or self._id(title)
        self.answers["kind"] = kind = _choice("Is it a prohibition or a duty?", ("prohibition", "duty"))
        if kind == "duty":
            self.answers["due"] = _date("Last day in time", None)
        self.answers["regime"] = _choice("Which regime?", tuple(self.vocabulary.regimes), self._regime(title))

    def _id(self, title: str) -> str:
        proposed = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:4])
        while True:
            name = _text("Id (small letters, digits, hyphens)", proposed)
            try:
                if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
                    self.check_id(name)
                    return name
                click.echo("Only small letters, digits and hyphens.")
            except UsageError as taken:
                click.echo(inert(str(taken)))

    def _regime(self, title: str) -> str:
        """The first regime whose State or subject the title names, else the first of all."""
        return next((key for key, regime in self.vocabulary.regimes.items() if regime.title.casefold() in title.casefold()),
                    next(iter(self.vocabulary.regimes)))

    def act(self) -> None:
        _heading(2, "Which act?", "A wide word covers all narrower ones: transfer covers sale, shipment, gift ...")
        self.answers["act"] = self._word("act", "Act", "transfer")
        if self.answers["kind"] == "duty" and (met := self._word("act", "Which act fulfils the duty? (- for none)", "-")) != "-":
            self.answers["met_by"] = met

    def goods(self) -> None:
        _heading(3, "Which goods?", "Again the widest word that fits; - where no goods pass.")
        if (goods := self._word("goods", "Goods", "-")) != "-":
            self.answers["goods"] = goods

    def sides(self) -> None:
        from checker.proof.answers import SIDES, default_roles
        from checker.rulebase.periods import ROLES

        _heading(4, "Who is on which side?",
                 f"A State or party, and its part in the act: {', '.join(SIDES)}. XA (Exland) and XB (Beland) are fictitious.")
        side = _choice("Part", SIDES, "supplier")
        self.answers["sides"] = {side: self._word(side, "Who", "XA")}
        roles = default_roles(self.vocabulary, (str(self.answers["act"]),), (side,))
        if self.answers["kind"] == "duty":
            roles = ("host_state",)
        self.answers["breach_by"] = _choice("Whose breach is it?", ROLES, roles[0] if roles else side)

    def law(self) -> None:
        from checker.proof.answers import default_link

        _heading(5, "Since when, and by which paragraph?",
                 "The first day on which the measure binds, and the citation: UNSCR 1718 (2006) para 8(b).")
        self.answers["since"] = _date("First day", None)
        self.answers["authority"] = authority = _text("Paragraph", None)
        self.answers["says"] = _text("What it says, in our own words", str(self.answers["title"]))
        self.answers["link"] = _text("Address of the text", default_link((authority,)) or None)

    def event(self) -> None:
        _heading(6, "One event that should be flagged",
                 "A real one is best: it is the first example, and all others are changes of it. Invent one among XA and XB otherwise.")
        sides = self.answers["sides"]
        event: dict[str, object] = {"act": self._word("act", "Act", str(self.answers["act"]))}
        if "goods" in self.answers:
            event["goods"] = self._word("goods", "Goods", str(self.answers["goods"]))
        event |= sides if isinstance(sides, dict) else {}
        for role in ("supplier", "recipient"):
            if role not in event and (who := self._word(role, f"Who is the {role}? (- for nobody or unknown)", "-")) != "-":
                event[role] = who
        breaker = str(self.answers["breach_by"])
        if breaker not in event:
            event[breaker] = self._word(breaker, f"Who is the {breaker.replace('_', ' ')}?", max(self.vocabulary.states.fictitious))
        since = dt.date.fromisoformat(str(self.answers.get("due") or self.answers["since"]))
        event["date"] = _date("Day", since.replace(year=since.year + 1, day=min(since.day, 28)))
        event["report"] = _choice("How is it told?", ("confirmed", "reported", "alleged"), "reported")
        self.answers["event"] = event
        if name := _text("In a few words (empty: a sentence is made)", ""):
            self.answers["event_name"] = name
        if source := _text("Where was it told? (empty: the event is invented)", ""):
            self.answers["source"] = source

    def _word(self, fact: str, what: str, default: str) -> str:
        """A word of the vocabulary; what is not known is answered with a list to choose from."""
        from checker.proof.lookup import proposals

        offered: Sequence[tuple[str, str]] = ()
        while True:
            text = _text(what, default)
            if text == "-" and default == "-":
                return text
            if text.isdigit() and 0 < int(text) <= len(offered):
                return offered[int(text) - 1][0]
            word = self.vocabulary.resolve(fact, text)
            if word is not None:
                if word != text:
                    click.echo(f"  {word} ({inert(self.vocabulary.title(fact, word))})")
                return word
            offered = proposals(self.vocabulary, fact, text)
            click.echo(f"  {inert(text)} is not in the vocabulary." + (" Did you mean" if offered else " Try another word."))
            for number, (option, title) in enumerate(offered, 1):
                click.echo(f"    {number}) {option}  {inert(title)}")


def _heading(number: int, question: str, explained: str) -> None:
    click.echo(f"\n{click.style(f'{number} of 6  {question}', bold=True)}\n{explained}")


def _text(what: str, default: str | None) -> str:
    answer: str = click.prompt(what, default=default, show_default=bool(default))
    return answer.strip()


def _choice(what: str, options: tuple[str, ...], default: str = "") -> str:
    from checker.strictyaml.suggest import did_you_mean

    while True:
        answer = _text(what, default or options[0])
        if answer in options:
            return answer
        near = did_you_mean(answer, options)
        click.echo(f"  {inert(answer)} is none of {', '.join(options)}." + (f" Did you mean {near}?" if near else ""))


def _date(what: str, default: dt.date | None) -> dt.date:
    from checker.strictyaml.scalars import resolve

    while True:
        answer = _text(f"{what} (year-month-day)", default.isoformat() if default else None)
        day = resolve(answer)
        if isinstance(day, dt.date):
            return day
        click.echo(f"  {inert(answer)} is no day; write 2020-01-31.")
