"""Two days of the list compared: who was added, who was removed, what changed; and entries for ``delistings.yaml`` to paste."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from checker.lists.entry import Entry, UnList

__all__ = ["Change", "ListDiff", "compare_lists", "propose_delistings"]

_FIELDS = ("kind", "names", "listed_on", "list_type", "titles", "designations", "nationalities", "births", "birth_places", "addresses",
           "documents", "comments", "updated")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry: what is there no longer, and what is new."""

    field: str
    gone: tuple[str, ...]
    new: tuple[str, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"field": self.field, "gone": list(self.gone), "new": list(self.new)}


@dataclass(frozen=True, slots=True)
class ListDiff:
    """What is different, by reference number."""

    old: UnList
    new: UnList
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[tuple[Entry, tuple[Change, ...]], ...]

    def to_wire(self) -> dict[str, Any]:
        """The JSON-ready form."""
        return {"old": _about(self.old), "new": _about(self.new),
                "added": [entry.to_wire() for entry in self.added], "removed": [entry.to_wire() for entry in self.removed],
                "changed": [{"reference": entry.reference, "name": entry.name, "changes": [change.to_wire() for change in changes]}
                            for entry, changes in self.changed]}


def _about(un_list: UnList) -> dict[str, Any]:
    return {"date": un_list.day, "digest": un_list.digest, "entries": len(un_list.entries)}


def compare_lists(old: UnList, new: UnList) -> ListDiff:
    """What the new list says otherwise than the old one."""
    before = {entry.reference: entry for entry in old.entries}
    after = {entry.reference: entry for entry in new.entries}
    changed = [(after[key], changes) for key in sorted(before.keys() & after.keys()) if (changes := _changes(before[key], after[key]))]
    return ListDiff(old, new, tuple(after[key] for key in sorted(after.keys() - before.keys())),
                    tuple(before[key] for key in sorted(before.keys() - after.keys())), tuple(changed))


def _changes(old: Entry, new: Entry) -> tuple[Change, ...]:
    found = []
    for field in _FIELDS:
        was, now = _said(field, getattr(old, field)), _said(field, getattr(new, field))
        if was != now:
            found.append(Change(field.replace("_", " "), tuple(x for x in was if x not in now), tuple(x for x in now if x not in was)))
    return tuple(found)


def _said(field: str, value: object) -> tuple[str, ...]:
    """The values of a field as texts that a reader can compare."""
    if field == "listed_on":
        return (dt.date.fromordinal(value).isoformat(),) if isinstance(value, int) and value else ()
    if isinstance(value, tuple):
        return tuple(_one(item) for item in value)
    return (str(value),) if value else ()


def _one(item: Any) -> str:
    if isinstance(item, str):
        return item
    if hasattr(item, "say"):
        return str(item.say())
    if hasattr(item, "quality"):
        return f"{item.text} ({'f.k.a., ' if item.former else ''}{item.quality})"
    return " ".join(part for part in (item.type, item.number, item.country, item.note) if part)


def propose_delistings(diff: ListDiff) -> str:
    """The removed names in the form of ``delistings.yaml``, to be completed: a list only shows between which days a name left it."""
    if not diff.removed:
        return ""
    lines = [f"# gone between the list of {diff.old.day} and that of {diff.new.day}; put in the last day under the measures, by what it",
             "# ended and where that was read"]
    for entry in diff.removed:
        names = list(dict.fromkeys(name.text for name in entry.names if name.quality in ("primary", "good")))
        lines += [f"  - reference: {entry.reference}", f"    kind: {entry.kind}",
                  f"    names: {json.dumps(names, ensure_ascii=False)}"]
        lines += [f"    from: {dt.date.fromordinal(entry.listed_on).isoformat()}"] if entry.listed_on else []
        last = dt.date.fromordinal(diff.new.date - 1).isoformat()
        lines += [f"    until: {last}", "    day: same_day_ambiguous", "    by: not read yet",
                  f"    source: list of {diff.old.day} still names it, list of {diff.new.day} does not"]
    return "\n".join(lines) + "\n"
