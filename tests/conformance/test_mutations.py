"""One thing in a good file is changed: the loader and the schema still agree, or the change is of a class that only the loader knows."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.facts import FACT_NAMES
from checker.rulebase.grammar import SECTIONS
from checker.rulebase.loader import YES_NO_UNDER
from checker.strictyaml.loader import parse

from .reading import HERE, problems, seen

ONLY_LOADER = {
    r"wrong-name: ": "ids agree with each other and with the file name",
    r"wrong-date: .* must be a calendar day, not '\d{4}-\d\d-\d\d'": "a day in quotes is a text",
    r"wrong-date: the year is ": "the year of a resolution is that of its adoption",
    r"period-order: ": "dates are compared",
    r"period-overlap: ": "dates are compared",
    r"named-value: ": "named values are a matter of the whole file",
    r"unknown-shared: ": "shared exemptions are other files",
    r"unknown-exemption: ": "exemptions are named elsewhere in the file",
    r"example-name: ": "examples are named elsewhere in the file",
    r"example-form: `but` changes the first example": "what stands above is a matter of the whole list",
    r"quota-form: both limits ": "values are compared",
    r"quota-form: alerts are ": "values are compared",
    r"wrong-form: no (day|number) lies between": "values are compared",
    r"contradiction: ": "what follows from one fact is not in the schema",
    r"wrong-span: ": "a span is compared with its text",
    r"wrong-date: .*ends before it begins": "dates are compared",
    r"wrong-form: `(paragraph|dates|scope)` must be yes or no": "yes in quotes is a text",
}
"""What only the loader refuses: its message, and why a schema cannot."""

ONLY_LOADER_TAKES = {
    r".*[.](supplier|recipient|actor|end_user|broker|carrier|owner): .* is not valid": "a name, if `names` has it too",
    r".*: \[\[.* is not valid": "a list of one in a list, for that one",
}
"""What only the schema refuses: what it says, and what the loader takes it for."""

WORDS = [
    "zzz", "", "covered_goods", "XA", "coal", "all_states", "review", "2020-01-01", "yes", "12-22", "https://example.org/", "unknown",
]
SCALARS = [
    *WORDS, 7, 0, -1, 2.5, 2016, True, False, dt.date(2020, 1, 1),
    ["coal"], ["XA", "XB"], [], {}, {"is": "coal"}, {"number": 5, "unit": "t"}, [[1]],
]
KEYS = sorted(
    {key for section in SECTIONS.values() for key in section.keys} | {*FACT_NAMES, "zzz", "covered_goods", "is", "not", "except"}
)


class Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def good() -> list[Any]:
    found = []
    for path in sorted((HERE / "good").glob("*.yaml")):
        node = parse(path.read_text(encoding="utf-8"), path.name, yes_no_under=YES_NO_UNDER).node
        assert node is not None
        found.append(node.plain())
    return found


FILES = good()


def spots(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value below the top."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        yield (*here, key)
        yield from spots(item, (*here, key))


@st.composite
def mutants(draw: st.DrawFn) -> str:
    data = copy.deepcopy(draw(st.sampled_from(FILES)))
    *way, last = draw(st.sampled_from(list(spots(data))))
    parent = data
    for key in way:
        parent = parent[key]
    change = draw(st.sampled_from(["delete", "rename", "add", "replace", "replace", "replace"]))
    if change == "delete":
        del parent[last]
    elif change == "replace" or isinstance(parent, list):
        parent[last] = draw(st.sampled_from(SCALARS))
    elif change == "rename":
        parent[draw(st.sampled_from(KEYS))] = parent.pop(last)
    else:
        parent[draw(st.sampled_from(KEYS))] = draw(st.sampled_from(SCALARS))
    return yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True, width=10_000)


def known(message: str) -> bool:
    return any(re.match(form, message) for form in ONLY_LOADER)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(mutants())
def test_a_change_is_refused_by_both_or_by_none(text: str) -> None:
    refused = [f"{p.code}: {p.message}" for p in problems(text)]
    underlined = seen(text)
    if not refused:
        wrong = [one for found in underlined.values() for one in found]
        assert [one for one in wrong if not any(re.match(form, one) for form in ONLY_LOADER_TAKES)] == [], text
    elif not all(map(known, refused)):
        assert all(underlined.values()), f"{refused}\n{text}"


def test_each_class_that_only_the_loader_knows_is_shown_by_a_file() -> None:
    files = sorted((HERE / "bad/only-loader").glob("*.yaml"))
    said = [f"{p.code}: {p.message}" for path in files for p in problems(path.read_text(encoding="utf-8"))]
    assert [form for form in ONLY_LOADER if not any(re.match(form, message) for message in said)] == []
    assert [message for message in said if not known(message) and not message.startswith("yaml-")] == []
