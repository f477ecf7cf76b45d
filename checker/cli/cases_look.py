"""``sanctions cases list`` and ``show``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import hint, read_day
from checker.cli.store_option import now, open_store, store_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.cases.browse import Card, Listed
    from checker.cases.settings import CaseSettings
    from checker.model.case import CaseRecord
    from checker.model.dates import DateRange
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["list_cases", "show"]

_QUOTE = 160  # characters of a quotation on the screen; the rest is in --json
_STATES = ("new", "changed", "reopened", "withdrawn", "merged")


@click.command("list")
@click.option("--all", "everything", is_flag=True, help="Also cases that are withdrawn, merged or closed by a verdict.")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="Only cases in this state; repeatable.")
@click.option("--disposition", "dispositions", multiple=True, metavar="WORD",
              help="Only cases with this verdict, or untriaged; repeatable.")
@click.option("--label", "labels", multiple=True, metavar="LABEL", help="Only cases with this label; repeatable.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only cases with a finding of this rule; repeatable.")
@click.option("--party", "party", metavar="WORD", help="Only cases with this State or party at either end: KP, \"North Korea\", houthis.")
@click.option("--since", "since", callback=read_day, metavar="DATE", help="Only cases that a night changed on this day or later.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/cases/1) to stdout.")
def list_cases(everything: bool, states: tuple[str, ...], dispositions: tuple[str, ...], labels: tuple[str, ...], rules: tuple[str, ...],
               party: str | None, since: DateRange | None, store: str, as_json: bool) -> int:
    """List the cases that need somebody, or those asked for.

    Left out, unless they are asked for, are cases that are withdrawn, merged, or closed by a verdict.
    """
    from checker.cases.browse import listed
    from checker.cli.output import write_json

    words, settings = _words()
    _known("--disposition", dispositions, settings.dispositions)
    _known("--label", labels, words.labels.names)
    wanted = _party(words, party) if party else ""
    day = now().date().isoformat()
    with open_store(store).begin() as connection:
        found = listed(connection, day, settings.dispositions)
    asked = everything or states or dispositions
    chosen = [c for c in found if (asked or (c.state not in ("withdrawn", "merged") and c.disposition not in settings.closed))
              and (not states or c.state in states) and (not dispositions or c.disposition in dispositions)
              and (not labels or c.record.label in labels) and (not rules or {f.rule for f in c.record.findings} & set(rules))
              and (not wanted or wanted in (c.record.sender, c.record.receiver))
              and (since is None or c.night >= since.isoformat())]
    if as_json:
        write_json({"schema": "sanctions-checker/cases/1", "day": day, "cases": [c.to_wire() for c in chosen], "known": len(found)})
    else:
        _print_list(chosen, len(found), words)
    return 0


@click.command()
@click.argument("case", metavar="CASE")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/case-card/1) to stdout.")
def show(case: str, store: str, as_json: bool) -> int:
    """Show everything about one case: findings, sources, voices, history and decisions.

    A case that was merged shows the one that it leads to.
    """
    from checker.cases.browse import card
    from checker.cli.output import write_json

    words, settings = _words()
    day = now().date().isoformat()
    with open_store(store).begin() as connection:
        found = card(connection, case, day, settings.dispositions)
    if found.listed.record.id != case:
        click.echo(f"{case} was merged into {found.listed.record.id}", err=True)
    if as_json:
        write_json({"schema": "sanctions-checker/case-card/1", "asked": case, **found.to_wire()})
    else:
        _print_card(found, words, settings)
    return 0


def _words() -> tuple[Vocabulary, CaseSettings]:
    from checker.cases.settings import load_case_settings
    from checker.vocabulary.vocabulary import default_vocabulary

    words = default_vocabulary()
    return words, load_case_settings(words)


def _known(option: str, given: Iterable[str], words: Iterable[str]) -> None:
    words = list(words)
    for word in given:
        if word not in words:
            raise UsageError(f"{option}: there is no '{word}'{hint(word, words)} There are: {', '.join(words)}")


def _party(words: Vocabulary, text: str) -> str:
    """The State code or party id of a person's word; as given where it is a name that the vocabulary does not know."""
    found = words.parties.resolve(text) or words.states.resolve(text) or text
    party = words.parties.get(found)
    return party.state or found if party is not None else found


def _name(words: Vocabulary, value: str) -> str:
    if not value:
        return "?"
    return words.states.name(value) if value in words.states else words.parties.name(value) if value in words.parties else value


def _matter(record: CaseRecord, words: Vocabulary) -> str:
    goods = words.taxonomies["goods"]
    ends = f"{_name(words, record.sender)} → {_name(words, record.receiver)}" if record.receiver else _name(words, record.sender)
    days = record.first_day if record.first_day == record.last_day else f"{record.first_day} to {record.last_day}"
    return ", ".join(filter(None, (ends, goods.title(record.goods) if record.goods in goods else record.goods, days)))


def _print_list(found: Iterable[Listed], known: int, words: Vocabulary) -> None:
    from checker.cli.output import console, inert
    from checker.cli.show import tone_style

    out = console()
    shown = 0
    for case in found:
        shown += 1
        record = case.record
        label = record.label or "nothing flagged"
        out.print(inert(f"{record.id}  {label}  ({case.state} {case.night}; {_disposition(case)})"),
                  style=tone_style(words, record.label) if record.label else "dim")
        sources = sum(not s.copy_of for s in record.sources)
        out.print(inert(f"  {_matter(record, words)}; confidence {record.confidence.level}, {sources} source{'' if sources == 1 else 's'}"))
        if record.sentence:
            out.print(inert(f"  {record.sentence}"))
    rest = known - shown
    out.print(f"{shown} case{'' if shown == 1 else 's'} shown" + (f", {rest} not asked for (--all shows every case)" if rest else ""))


def _disposition(case: Listed) -> str:
    return f"{case.disposition} until {case.until}" if case.until else case.disposition


def _print_card(card: Card, words: Vocabulary, settings: CaseSettings) -> None:
    from checker.cli.output import console, inert
    from checker.cli.show import tone_style

    out = console()
    case = card.listed
    record = case.record
    out.print(inert(f"{record.id}  {record.label or 'nothing flagged'}"), style=tone_style(words, record.label) if record.label else "bold")
    for line in (record.sentence, _matter(record, words), f"{case.state} {case.night}, opened {record.opened}; {_disposition(case)}"):
        if line:
            out.print(inert(line))
    if card.merged:
        out.print(f"holds {', '.join(card.merged)}")
    for title, lines in _parts(card, settings):
        out.print(f"\n{title}", style="bold")
        for line in lines:
            out.print(inert(f"  {line}"))


def _parts(card: Card, settings: CaseSettings) -> Iterator[tuple[str, list[str]]]:
    """The parts of a card with their lines; a part without any is left out."""
    record = card.listed.record
    trust = record.confidence
    yield "Findings", list(_findings(record)) or ["no rule flags it any more"]
    yield f"Confidence: {trust.level}", [f"{trust.independent} independent, {trust.first_hand} of them saw it, weight {trust.weight}"]
    told = {s.document: s for s in record.sources}
    claims = [f"{c.status} by {c.by or 'nobody named'} ({settings.classes[c.kind].title}){f', about the {c.about}' if c.about else ''}: "
              f"\"{_short(c.quote)}\"" for c in record.claims]
    if claims:
        yield "Who says what", claims
    yield "Sources", [f"{s.document[:8]}  {s.outlet or 'no outlet told'}, {s.published or 'no day told'}  {s.title or s.address}"
                      + (f"  (same text as {s.copy_of[:8]}{'' if s.copy_of in told else ', elsewhere'})" if s.copy_of else "")
                      for s in record.sources]
    yield "History", [line for v in card.versions for line in
                      (f"{v.night}  {v.op}  {', '.join(v.causes)}", *(f"    {line}" for line in _changes(v.op, v.fields)))]
    if card.decisions:
        yield "Decisions", [f"{d.night}  {d.verdict}{f' until {d.until}' if d.until else ''} by {d.by}: {d.reason}" for d in card.decisions]


def _findings(record: CaseRecord) -> Iterator[str]:
    for finding in record.findings:
        yield f"{finding.label}, {finding.match}: {finding.title} ({finding.rule}; {'; '.join(finding.authority)})"
        if finding.breach_by:
            yield f"    in breach: {', '.join(finding.breach_by)}"
        if finding.missing:
            yield f"    not known: {', '.join(finding.missing)}"


def _changes(op: str, fields: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What differs, in a line each; of a new case nothing, because all of it is new."""
    for field in fields if op != "ADD" else ():
        before, after = field["before"], field["after"]
        if isinstance(before, list) or isinstance(after, list):
            gone, new = ([x for x in one or [] if x not in (other or [])] for one, other in ((before, after), (after, before)))
            counted = [f"{len(rows)} {word}" for rows, word in ((new, "new"), (gone, "gone")) if rows]
            yield f"{field['field']}: {', '.join(counted)}"
        else:
            yield f"{field['field']}: {before or 'none'} → {after or 'none'}"


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTE else f"{words[:_QUOTE]}..."
