"""Extractors by name. Ours are listed here; other packages bring theirs by the entry-point group ``sanctions_checker.extractors``::

    [project.entry-points."sanctions_checker.extractors"]
    my-reader = "my_package.reader:create"

``create`` is given a ``Setting`` and returns the extractor (``contract.Plugin``).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from checker.errors import CheckerError, UsageError
from checker.extract.plugins.contract import Plugin, Setting
from checker.extract.plugins.guard import Guarded
from checker.strictyaml.suggest import did_you_mean

__all__ = ["BUILT_IN", "GROUP", "make", "names"]

GROUP = "sanctions_checker.extractors"
_HERE = "checker.extract.plugins"

BUILT_IN: dict[str, str] = {
    "frames": f"{_HERE}.frames:create",
    "rows": f"{_HERE}.rows:create",
    "replay": f"{_HERE}.replay:create",
    "llm": f"{_HERE}.llm.extractor:create",
}
"""Ours need no installed metadata: a checkout that was installed before one was added finds it. Nobody else can take their names."""


def names() -> tuple[str, ...]:
    """All extractors there are, ours first."""
    return (*BUILT_IN, *sorted({point.name for point in entry_points(group=GROUP)} - BUILT_IN.keys()))


def make(wanted: Sequence[str], setting: Setting) -> Plugin:
    """The extractor of a run: the one that is named, or an ensemble of all that are.

    Raises:
        UsageError: there is none of that name, two have it, it does not load, or something is missing that it needs.
    """
    if not wanted:
        raise UsageError("no extractor is named; there are " + ", ".join(names()))
    twice = next((name for name in wanted if wanted.count(name) > 1), "")
    if twice:
        raise UsageError(f"the extractor '{twice}' is named twice")
    made = [_make(name, setting) for name in wanted]
    if len(made) == 1:
        return made[0]
    from checker.extract.plugins.ensemble import Ensemble

    return Ensemble(made, setting.vocabulary)


def _make(name: str, setting: Setting) -> Plugin:
    if name in BUILT_IN:
        ours: Plugin = EntryPoint(name, BUILT_IN[name], GROUP).load()(setting)
        return ours
    found = {point.value: point for point in entry_points(group=GROUP) if point.name == name}
    if not found:
        near = did_you_mean(name, names())
        raise UsageError(f"there is no extractor '{name}'{f'; did you mean {near}?' if near else ''} There are {', '.join(names())}.")
    if len(found) > 1:
        raise UsageError(f"two packages bring an extractor '{name}' ({', '.join(sorted(found))}); uninstall one")
    (point,) = found.values()
    try:
        return Guarded(point.load()(setting))
    except CheckerError:
        raise
    except (Exception, SystemExit) as err:
        raise UsageError(f"the extractor '{name}' ({point.value}) does not start: {type(err).__name__}: {err}") from err
