"""``sanctions.toml`` and the environment, read together: defaults, then the file, then ``SANCTIONS_...`` variables.

Every problem is collected, with file, line and column or the name of the variable. Paths of the file are from the folder of the file, those
of variables from where the program runs. Secrets stand in neither: ``password = {env = "NAME"}`` or ``{file = "PATH"}`` says where.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from checker.errors import UsageError
from checker.night.config_model import NESTED, PREFIX, ChannelConfig, Config, RunConfig, SourceConfig, StateConfig
from checker.night.config_places import Path as Place
from checker.night.config_places import places
from checker.night.config_secrets import fetch_secrets, telling
from checker.strictyaml.message import render_all
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["CONFIG", "ENVIRONMENT", "FILE", "ChannelConfig", "Config", "Reading", "RunConfig", "SourceConfig", "StateConfig", "load_config",
           "read_config"]

FILE = "sanctions.toml"
CONFIG, STORE = f"{PREFIX}CONFIG", f"{PREFIX}STORE"
ENVIRONMENT = "environment"
_LIMIT = 1_000_000
_OTHERS = ("CACHE", "CONFIG", "DEBUG", "LISTS", "LLM_KEY", "LLM_MODEL", "LLM_TIMEOUT", "LLM_URL", "STORE")
"""Variables of ours that are no settings of nights."""
_SECTIONS: Mapping[str, type[BaseModel]] = {"state": StateConfig, "run": RunConfig, "sources": SourceConfig, "channels": ChannelConfig}
_PATHS: Mapping[str, tuple[str, ...]] = {"state": ("store", "out", "lock", "cache", "metrics"),
                                         "run": ("rules", "languages", "lists", "own_lists"), "sources": ("path", "mapping"),
                                         "channels": ("path", "ca")}
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(slots=True)
class Reading:
    """What was read. ``config`` is ``None`` where there are errors; ``origins``: for each key told, the variable or secret it is from
    (``""``: the file)."""

    source: Source
    config: Config | None = None
    problems: list[Problem] = field(default_factory=list)
    origins: dict[Place, str] = field(default_factory=dict)
    _places: Mapping[Place, tuple[Span, Span]] = field(default_factory=dict)

    def place(self, at: Place, *, key: bool = False) -> Span | None:
        """Where a value stands in the file, or its key; of what does not stand there the place of what holds it."""
        while at and at not in self._places:
            at = at[:-1]
        return self._places[at][0 if key else 1] if at else None

    def origin(self, at: Place) -> str:
        """Where a value is from, as shown to people."""
        for end in range(len(at), 0, -1):
            if at[:end] in self.origins:
                span = self.place(at)
                return self.origins[at[:end]] or f"{self.source.path}:{span.line if span else 0}"
        return "default"

    def problem(self, at: Place, code: str, message: str, mend: str = "", *, key: bool = False) -> Problem:
        """A problem with a setting, at its place in the file or with the name of its variable. Lines with secrets are not shown."""
        variable = next((o for end in range(len(at), 0, -1) if (o := self.origins.get(at[:end], "")).startswith(PREFIX)), "")
        if variable:
            return Problem(ENVIRONMENT, 0, 0, code, f"{variable}: {message}", mend)
        span = self.place(at, key=key)
        if span is None:
            return Problem(self.source.path, 0, 0, code, message, mend)
        line = self.source.line(span.line)
        shown = "" if telling(line) else line
        return Problem(self.source.path, span.line, span.column, code, message, mend, shown, span.width if shown else 1)


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """The settings, from a file (left out: ``SANCTIONS_CONFIG``, or ``sanctions.toml`` where the program runs) and the environment.

    Raises:
        UsageError: something is wrong with them; the text lists everything.
    """
    reading = read_config(path, environ)
    if reading.config is None:
        raise UsageError(render_all([p for p in reading.problems if p.severity == "error"]))
    return reading.config


def read_config(path: Path | None, environ: Mapping[str, str]) -> Reading:
    """The settings with all that is wrong in them, and where each is from."""
    named = path or (Path(environ[CONFIG]) if environ.get(CONFIG) else None)
    told, reading = _file(named, named or Path(FILE))
    if reading.problems:
        return reading
    base = Path(reading.source.path).parent
    reading.origins = dict.fromkeys(_leaves(told), "")
    _anchor(told, base)
    from_environment = dict(_variables(environ, reading))
    _merge(told, from_environment)
    for key in [key for key in told if key not in _SECTIONS]:
        near = did_you_mean(key, _SECTIONS)
        reading.problems.append(reading.problem((key,), "unknown-key", f"'{key}' is no section of the settings",
                                                f"did you mean {near}?" if near else f"sections are {', '.join(_SECTIONS)}", key=True))
        del told[key]
    fetch_secrets(_entries(told), reading, environ, base)
    _defaults(told, base)
    _validate(told, reading)
    reading.problems.sort(key=lambda p: (p.path != reading.source.path, p.path, p.line, p.column))
    return reading


def _file(named: Path | None, path: Path) -> tuple[dict[str, Any], Reading]:
    """The file as data. One that was not asked for by name may be missing."""
    reading = Reading(Source(str(path), ""))
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            reading.problems.append(Problem(str(path), 0, 0, "file-too-large", f"the file is larger than {_LIMIT:,} bytes",
                                            "it holds settings only"))
            return {}, reading
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        reading.source = Source(str(path), text)
        told = tomllib.loads(text)
    except FileNotFoundError:
        if named is not None:
            reading.problems.append(Problem(str(path), 0, 0, "file-unreadable", "there is no such file",
                                            "see docs/guides/nights.md for what it says"))
        return {}, reading
    except OSError as err:
        reading.problems.append(Problem(str(path), 0, 0, "file-unreadable", f"the file cannot be read: {err.strerror}",
                                        "look at its name and permissions"))
        return {}, reading
    except UnicodeDecodeError as err:
        reading.problems.append(Problem(str(path), 0, 0, "file-encoding", f"the file is not UTF-8 (byte {err.start})", "save it as UTF-8"))
        return {}, reading
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        reading.problems.append(_syntax(reading.source, str(err)))
        return {}, reading
    reading._places = places(text)
    return told, reading


def _syntax(source: Source, told: str) -> Problem:
    found = _AT.search(told)
    what = _AT.sub("", told)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (max(1, len(source.lines)), 1)
    problem = source.problem_at(line, column, "toml-syntax", f"this is not TOML: {what[:1].lower()}{what[1:]}",
                                'texts stand in quotes: key = "value"; https://toml.io shows all forms')
    if telling(problem.source):
        return Problem(problem.path, line, column, problem.code, problem.message, problem.mend)
    return problem


# ---- environment -----------------------------------------------------------------------------------------------------


def _variables(environ: Mapping[str, str], reading: Reading) -> Iterator[tuple[str, Any]]:
    """What variables say, by section; ``origins`` gets their names."""
    from pydantic_settings import EnvSettingsSource, SettingsError

    mine = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    reading.problems += [problem for name in sorted(mine) if (problem := _unknown(name)) is not None]
    source = EnvSettingsSource(Config)
    source.env_vars = {name.lower(): value for name, value in mine.items()}
    try:
        told: dict[str, Any] = source()
    except SettingsError as err:
        found = re.search(r'field "(\w+)"', str(err))
        name = found[1].upper() if found else ""
        reading.problems.append(Problem(ENVIRONMENT, 0, 0, "wrong-type", f"{PREFIX}{name}: this is not JSON",
                                        'lists and tables are written as JSON: \'["one", "two"]\''))
        return
    if environ.get(STORE) and not any(name.upper() == f"{PREFIX}STATE{NESTED}STORE" for name in mine):
        told.setdefault("state", {})["store"] = environ[STORE]
    for section, value in told.items():
        for at in _leaves(value, (section,)):
            name = PREFIX + NESTED.join(str(part) for part in at).upper() if isinstance(value, dict) else f"{PREFIX}{section.upper()}"
            reading.origins[at] = STORE if at == ("state", "store") and name not in environ else name
        yield section, value


def _unknown(name: str) -> Problem | None:
    """What is wrong with the name of a variable. One that only looks like ours may be of another program."""
    section, nested, _ = name.upper().removeprefix(PREFIX).partition(NESTED)
    if nested and section.lower() not in _SECTIONS:
        near = did_you_mean(section.lower(), _SECTIONS)
        return Problem(ENVIRONMENT, 0, 0, "unknown-key", f"{name}: there is no section '{section.lower()}'",
                       f"did you mean {PREFIX}{near.upper()}{NESTED}...?" if near else f"sections are {', '.join(_SECTIONS)}")
    if not nested and section not in _OTHERS and section.lower() not in _SECTIONS:
        near = did_you_mean(section, _OTHERS)
        return Problem(ENVIRONMENT, 0, 0, "unknown-key", f"{name} is read by nothing here",
                       f"did you mean {PREFIX}{near}?" if near else "settings are written as SANCTIONS_RUN__PROCESSES", severity="warning")
    return None


def _merge(told: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put what variables say over what the file says; lists take the place of lists."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(told.get(key), dict):
            _merge(told[key], value)
        else:
            told[key] = value


def _leaves(value: Any, at: Place = ()) -> Iterator[Place]:
    """The paths of all values that hold no others."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*at, number))
    elif at:
        yield at


# ---- paths -----------------------------------------------------------------------------------------------------------


def _entries(told: Mapping[str, Any]) -> Iterator[tuple[Place, str, dict[str, Any]]]:
    """Every section that is a table, with its path and name; what has another form is for the validation to tell."""
    for section in _SECTIONS:
        found = told.get(section)
        for number, entry in enumerate(found) if isinstance(found, list) else [(-1, found)]:
            if isinstance(entry, dict):
                yield ((section,) if number < 0 else (section, number)), section, entry


def _anchor(told: Mapping[str, Any], base: Path) -> None:
    """Make paths of the file start at its folder."""
    for _, section, entry in _entries(told):
        for key in _PATHS[section]:
            value = entry.get(key)
            if isinstance(value, list):
                entry[key] = [_from(base, item) for item in value]
            elif key in entry and not (key == "lists" and value == "none"):
                entry[key] = _from(base, value)


def _from(base: Path, value: Any) -> Any:
    if not isinstance(value, str) or not value or "://" in value or value == ":memory:":
        return value
    return str(base / Path(value).expanduser())


def _defaults(told: dict[str, Any], base: Path) -> None:
    """Defaults that are paths start at the folder of the file, too; a source takes what ``[run]`` says of lateness."""
    state = told.setdefault("state", {})
    if isinstance(state, dict):
        for key, info in StateConfig.model_fields.items():
            if info.default is not None:
                state.setdefault(key, _from(base, str(info.default)))
    run = told.get("run")
    days = run.get("lateness_days") if isinstance(run, dict) else None
    for _, section, entry in _entries(told):
        if section == "sources":
            entry.setdefault("lateness_days", days if isinstance(days, int) else RunConfig().lateness_days)


# ---- validation ------------------------------------------------------------------------------------------------------


def _validate(told: Mapping[str, Any], reading: Reading) -> None:
    from checker.night.config_check import consistent

    try:
        config = Config(**told)
    except ValidationError as err:
        reading.problems += [_told(reading, error) for error in err.errors(include_url=False)]
        return
    reading.problems += consistent(config, reading)
    if not any(p.severity == "error" for p in reading.problems):
        reading.config = config


def _told(reading: Reading, error: ErrorDetails) -> Problem:
    """An error of pydantic in the form of all problems."""
    at = tuple(error["loc"])
    kind, name = error["type"], str(at[-1]) if at else ""
    if kind == "extra_forbidden":
        known = [info.alias or key for key, info in _SECTIONS[str(at[0])].model_fields.items()]
        near = did_you_mean(name, known)
        return reading.problem(at, "unknown-key", f"'{name}' is no key of [{at[0]}]",
                               f"did you mean {near}?" if near else f"known are {', '.join(known)}", key=True)
    if kind == "missing":
        return reading.problem(at, "missing-key", f"`{name}` is missing", f"add a line `{name} = ...`")
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        near = did_you_mean(str(error["input"]), known)
        return reading.problem(at, "unknown-term", f"'{str(error['input'])[:60]}' is no value of `{name}`",
                               f"did you mean {near}?" if near else f"choose among {', '.join(known)}")
    told = error["msg"].removeprefix("Input ").removeprefix("String ").replace("dictionary", "table").replace("tuple", "list")
    message = f"`{name}` {told[:1].lower()}{told[1:]}" if told.startswith("should") else f"`{name}`: {told}"
    return reading.problem(at, "wrong-value", message, "see docs/guides/nights.md")
