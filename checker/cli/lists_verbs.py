"""``sanctions lists update``, ``show`` and ``diff``."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.lists_option import asked_lists, lists_option, load_list, load_own
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.lists.entry import OwnList, UnList
    from checker.lists.index import Match, NameIndex
    from checker.lists.spans import Span

__all__ = ["diff", "show", "update"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/lists-update/1) to stdout.")
def update(path: Path, as_json: bool) -> int:
    """Read the Consolidated List (XML), check it, and store it as a snapshot of its day.

    The file is the one that the Council publishes. Entries that cannot be read are told of and counted, the others are stored.
    """
    from checker.cli.output import console, inert, write_json
    from checker.lists.store import store

    un_list = load_list(path)
    stored = store(un_list)
    if as_json:
        write_json({"schema": "sanctions-checker/lists-update/1", **_about(un_list), "stored": str(stored)})
        return 0
    out = console()
    out.print(inert(f"The list of {un_list.day}: {_counted(un_list)}."))
    out.print(inert(f"stored: {stored}"))
    return 0


@click.command()
@click.argument("name", metavar="[NAME|REFERENCE]", default="")
@lists_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/lists-show/1) to stdout.")
def show(name: str, lists: tuple[str, ...], as_json: bool) -> int:
    """Show who on the list a name may be, the measures with their days, and why it matched.

    Without NAME: which lists are loaded, and how many entries each has; a list of your own is checked by that. The exit code is 0 also
    where nobody is found.
    """
    from checker.cli.output import write_json

    asked = asked_lists(lists)
    own = load_own(asked.own)
    un_list = _wanted(asked.council, own)
    council = un_list is not None or not own
    wire: dict[str, Any] = {"schema": "sanctions-checker/lists-show/1"}
    if name:
        matches = _council_matches(un_list, name) if council else []
        theirs = [(one, _own_matches(one, name)) for one in own]
        wire |= {**(_about(un_list) if un_list else {"date": ""}), "name": name, "matches": [_match_wire(match) for match in matches]}
        if own:
            wire["own"] = [_about_own(one) | {"matches": [_match_wire(match) for match in found]} for one, found in theirs]
        if not as_json and council:
            _print_matches(name, matches, f"the list of {un_list.day if un_list else 'names taken off'}")
        for one, found in theirs if not as_json else ():
            _print_matches(name, found, f"your list {one.name}", one.name)
    else:
        if council:
            wire |= _list_wire(un_list)
        if own:
            wire["own"] = [_about_own(one) for one in own]
        if not as_json and un_list is not None:
            _print_list(un_list)
        for one in own if not as_json else ():
            _print_own(one)
    if as_json:
        write_json(wire)
    return 0


@click.command()
@click.argument("old", metavar="OLD", type=_FILE)
@click.argument("new", metavar="NEW", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/lists-diff/1) to stdout.")
def diff(old: Path, new: Path, as_json: bool) -> int:
    """Compare two lists: names added, names removed, fields changed.

    OLD and NEW are XML files or stored snapshots. Names that are gone are also proposed as entries of rules/lists/delistings.yaml.
    """
    from checker.cli.output import console, inert, write_json
    from checker.lists.diff import compare_lists, propose_delistings

    found = compare_lists(load_list(old), load_list(new))
    if as_json:
        write_json({"schema": "sanctions-checker/lists-diff/1", **found.to_wire(), "delistings": propose_delistings(found)})
        return 0
    out = console()
    out.print(inert(f"From the list of {found.old.day} ({len(found.old.entries):,} entries) to that of {found.new.day} "
                    f"({len(found.new.entries):,} entries): {len(found.added)} added, {len(found.removed)} removed, "
                    f"{len(found.changed)} changed."))
    for title, entries in (("Added", found.added), ("Removed", found.removed)):
        if entries:
            out.print(f"\n{title}", style="bold")
        for entry in entries:
            out.print(inert(f"  {entry.reference}  {entry.name}  listed {_iso(entry.listed_on) or 'on a day not told'}"))
    if found.changed:
        out.print("\nChanged", style="bold")
    for entry, changes in found.changed:
        out.print(inert(f"  {entry.reference}  {entry.name}"))
        for change in changes:
            for mark, texts in (("-", change.gone), ("+", change.new)):
                for text in texts:
                    out.print(inert(f"    {mark} {change.field}: {text}"))
            if not change.gone and not change.new:
                out.print(inert(f"    {change.field}: in another order"))
    proposal = propose_delistings(found)
    if proposal:
        out.print("\nFor rules/lists/delistings.yaml", style="bold")
        out.print(inert(proposal.rstrip()))
    return 0


def _wanted(council: str, own: list[OwnList]) -> UnList | None:
    """The Council's list of ``--lists``, else the newest stored one; ``None`` for 'none', and beside lists of one's own where none is
    stored."""
    from checker.lists.store import newest

    if council == "none":
        return None
    path = Path(council) if council else newest()
    if path is None and own:
        return None
    if path is None:
        raise UsageError("no list is stored; fetch the Consolidated List (XML) of the Council and give it to 'sanctions lists update FILE'")
    return load_list(path)


def _council_matches(un_list: UnList | None, name: str) -> list[Match]:
    from checker.lists.index import NameIndex
    from checker.lists.knowledge import default_knowledge

    return _found(NameIndex(un_list.entries if un_list else (), default_knowledge(), un_list.date if un_list else 0), name)


def _own_matches(own: OwnList, name: str) -> list[Match]:
    """Who of a list of one's own a name, an id of the list or an IMO number may be."""
    from checker.lists.index import NameIndex
    from checker.lists.knowledge import default_knowledge

    index = NameIndex(own.entries, default_knowledge(), own=True)
    return index.reference(name, f"id {name}") or list(index.find(name))


def _found(index: NameIndex, name: str) -> list[Match]:
    """Who a name, a reference number or a party of the vocabulary may be."""
    from checker.lists.knowledge import REFERENCE, default_knowledge
    from checker.vocabulary.vocabulary import default_vocabulary

    if REFERENCE.fullmatch(name):
        return index.reference(name, f"reference number {name}")
    party = default_vocabulary().parties.resolve(name) or ""
    references = default_knowledge().parties.get(party, ())
    found = [match for reference in references for match in index.reference(reference, f"the party {party}")]
    known = {match.listed.entry.reference for match in found}
    return found + [match for match in index.find(name) if match.listed.entry.reference not in known]


def _list_wire(un_list: UnList | None) -> dict[str, Any]:
    from checker.lists.knowledge import default_knowledge

    if un_list is None:
        raise UsageError("'none' is no list that could be shown")
    committees = default_knowledge().committees
    return {**_about(un_list), "committees": [
        {"committee": prefix, "title": committees[prefix].title if prefix in committees else "", "persons": persons, "entities": entities}
        for prefix, (persons, entities) in _counts(un_list).items()]}


def _print_list(un_list: UnList) -> None:
    from checker.cli.output import console, inert
    from checker.lists.knowledge import default_knowledge

    committees = default_knowledge().committees
    out = console()
    out.print(inert(f"The list of {un_list.day}, made {un_list.generated or 'at a time not told'}: {_counted(un_list)}."))
    out.print(inert(f"SHA-256 of the file: {un_list.digest}"))
    for prefix, (persons, entities) in _counts(un_list).items():
        title = committees[prefix].title if prefix in committees else "not in rules/lists/committees.yaml: its names are under no measure"
        out.print(inert(f"  {prefix}  {persons:>4} persons  {entities:>4} entities  {title}"))


def _print_own(own: OwnList) -> None:
    from checker.cli.output import console, inert

    out = console()
    out.print(inert(f"Your list {own.name} ({own.path}): {own.counted()}."))
    out.print(inert(f"SHA-256 of the file: {own.digest}"))
    for kind, number in sorted(Counter(entry.party_kind for entry in own.entries).items()):
        out.print(inert(f"  {number:>4} of the kind {kind}"))


def _print_matches(name: str, matches: Iterable[Match], where: str, own: str = "") -> None:
    """``where``: which list was asked; ``own``: its name where it is no list of the Council."""
    from checker.cli.output import console, inert

    out = console()
    matches = list(matches)
    if not matches:
        out.print(inert(f"{name}: nobody of this name is on {where}."))
        return
    for number, match in enumerate(matches):
        entry = match.listed.entry
        if number:
            out.print("")
        out.print(inert(f"{entry.reference}  {entry.name}  ({entry.party_kind or entry.kind})"), style="bold")
        if own:
            out.print(inert(f"  your list  {own}"))
        out.print(inert(f"  matched    {'' if match.sure else 'weakly, '}by {match.how}"))
        out.print(inert(f"  listed     {_iso(entry.listed_on) or 'on a day not told'}"))
        if match.listed.taken_off:
            out.print(inert(f"  taken off  {match.listed.taken_off}"))
        for span in match.listed.spans:
            out.print(inert(f"  measure    {span.list}  {_days(span)}" + (f"  unsure: {span.why}" if span.weak else "")))
        for label, texts in _facts(match):
            out.print(inert(f"  {label:<9}  {'; '.join(texts)}"))


def _facts(match: Match) -> list[tuple[str, list[str]]]:
    entry = match.listed.entry
    aliases = [f"{name.text}{'' if name.quality in ('primary', 'good') else f' ({name.quality})'}" for name in entry.names[1:]]
    documents = [" ".join(filter(None, (one.type, one.number, one.country))) for one in entry.documents]
    rows = [("also", aliases), ("born", [birth.say() for birth in entry.births]), ("of", list(entry.nationalities)),
            ("documents", documents), ("regime", [entry.list_type] if entry.party_kind and entry.list_type else []),
            ("comments", [entry.comments] if entry.comments else [])]
    return [row for row in rows if row[1]]


def _match_wire(match: Match) -> dict[str, Any]:
    return {"sure": match.sure, "how": match.how, "taken_off": match.listed.taken_off,
            "measures": [{"list": span.list, "from": _iso(span.first), "until": _iso(span.last or 0), "weak": span.weak, "why": span.why}
                         for span in match.listed.spans],
            "entry": match.listed.entry.to_wire()}


def _about(un_list: UnList) -> dict[str, Any]:
    return {"date": un_list.day, "generated": un_list.generated, "digest": un_list.digest, "entries": len(un_list.entries),
            "left_out": un_list.left_out}


def _about_own(own: OwnList) -> dict[str, Any]:
    return {"list": own.name, "path": own.path, "digest": own.digest, "entries": len(own.entries), "left_out": own.left_out}


def _counted(un_list: UnList) -> str:
    kinds = Counter(entry.kind for entry in un_list.entries)
    left_out = f", {un_list.left_out} left out" if un_list.left_out else ""
    return f"{kinds['person']:,} persons, {kinds['entity']:,} entities{left_out}"


def _counts(un_list: UnList) -> dict[str, tuple[int, int]]:
    found: Counter[tuple[str, str]] = Counter((entry.committee, entry.kind) for entry in un_list.entries)
    return {prefix: (found[(prefix, "person")], found[(prefix, "entity")]) for prefix in sorted({committee for committee, _ in found})}


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat() if day else ""


def _days(span: Span) -> str:
    return f"{_iso(span.first)} to {_iso(span.last)}" if span.last else f"since {_iso(span.first)}"
