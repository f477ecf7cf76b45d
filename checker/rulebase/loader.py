"""Folders of rule files to a rule base. Files with errors are left out and reported, all others load."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import RuleBaseError, UnknownRule
from checker.locator import rules_dir
from checker.model.rule import Rule, SharedExemption
from checker.rulebase.cache import RuleCache, cache_dir
from checker.rulebase.exemptions import Shared
from checker.rulebase.files import rule_files
from checker.rulebase.rulefile import read_rule, read_shared
from checker.strictyaml.loader import Parsed, parse_bytes, read_bytes
from checker.strictyaml.message import render_all
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["YES_NO_UNDER", "Loaded", "RuleBase", "load_rulebase", "require_rulebase", "shown_path"]

YES_NO_UNDER = ("verified",)
"""The only key of a rule file under which ``yes`` and ``no`` are truth values."""

_ID = re.compile(r"^(rule|exemption):[ \t]*([^\r\n#]*)", re.MULTILINE)
_REFERENCES = ("replaced_by", "overrides")


@dataclass(frozen=True, slots=True)
class RuleBase:
    """All rules that loaded, and the exemptions they share, by id. ``digest`` is the SHA-256 over their digests and the vocabulary's,
    ``law_known_as_of`` the newest review (ISO)."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    digest: str
    law_known_as_of: str
    exemptions: tuple[SharedExemption, ...] = ()
    _by_id: dict[str, Rule] = field(default_factory=dict, repr=False, compare=False)

    def get(self, rule_id: str) -> Rule:
        """The rule of this id; for a shared exemption, the rule that carries its examples.

        Raises:
            UnknownRule: there is none; the message names the nearest.
        """
        if not self._by_id:
            self._by_id.update((shared.id, shared.rule) for shared in self.exemptions)
            self._by_id.update((rule.id, rule) for rule in self.rules)
        if rule_id not in self._by_id:
            near = did_you_mean(rule_id, self._by_id)
            raise UnknownRule(f"there is no rule {rule_id!r}" + (f"; did you mean {near}?" if near else ""))
        return self._by_id[rule_id]

    def around(self, rule: Rule) -> RuleBase:
        """The smallest base in which a rule (perhaps a changed one) is judged as in this one: with the rules that override it."""
        special = (other for other in self.rules if rule.id in other.overrides and other.id != rule.id)
        return RuleBase((rule, *special), self.vocabulary, self.digest, self.law_known_as_of, self.exemptions)

    @property
    def tested(self) -> tuple[Rule, ...]:
        """All that has examples of its own: the shared exemptions first, then the rules."""
        return (*(shared.rule for shared in self.exemptions), *self.rules)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule base and everything that was wrong in its files, by path and line."""

    rulebase: RuleBase
    problems: list[Problem]


@dataclass(slots=True)
class _File:
    """One rule file as read: a rule or a shared exemption, unless it has errors."""

    path: str
    stem: str
    data: bytes
    problems: list[Problem] = field(default_factory=list)
    rule: Rule | None = None
    shared: SharedExemption | None = None

    @property
    def source(self) -> Source:
        return Source(self.path, self.data.decode("utf-8-sig", "replace"))

    @property
    def is_shared(self) -> bool:
        return self.data.startswith(b"exemption:") or b"\nexemption:" in self.data

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def id(self) -> str:
        """The id as written, also where the file has errors; empty where it has none."""
        found = _ID.search(self.data.decode("utf-8-sig", "replace"))
        return found[2].strip().strip("'\"") if found else ""

    def at(self, key: str, value: str = "") -> Span:
        """The place of a key at the margin or, where it stands in that line, of a value of it."""
        for number, line in enumerate(self.source.lines, 1):
            if line.startswith(f"{key}:"):
                column = line.find(value, len(key) + 1) if value else -1
                return Span(number, column + 1, len(value)) if column >= 0 else Span(number, 1, len(key))
        return Span(1, 1)

    def error(self, at: Span, code: str, message: str, mend: str) -> None:
        self.problems.append(self.source.problem(at, code, message, mend))
        self.rule = self.shared = None


def load_rulebase(directories: Sequence[Path] | None = None, vocabulary: Vocabulary | None = None, *,
                  cache: Path | None = None) -> Loaded:
    """Read every rule file below the folders (default: the UN rules that come with the program). ``cache``: a folder to keep what was
    read in, and to take it from where the file is the same.

    Raises:
        RuleBaseError: no vocabulary was given and the one that comes with the program does not load.
    """
    words = vocabulary or default_vocabulary()
    folders = [rules_dir() / "un"] if directories is None else [Path(d) for d in directories]
    problems: list[Problem] = []
    files = [_open(path, name) for name, path in _rule_files(folders, problems).items()]
    for file in files:
        if file.is_shared and not file.problems:
            file.shared, file.problems = read_shared(_parse(file), words, file.stem)
    _drop_duplicates(files)
    shared = {file.id: file.shared for file in files if file.is_shared}
    _read_rules([file for file in files if not file.is_shared and not file.problems], words, shared, cache)
    _check_references(files)
    for file in files:
        problems += file.problems
    rules = tuple(sorted((f.rule for f in files if f.rule), key=lambda rule: rule.id))
    problems.sort(key=lambda p: (p.path, p.line, p.column, p.code, p.message))
    reviewed = max((rule.reviewed.date for rule in rules), default="")
    exemptions = tuple(found for _, found in sorted(shared.items()) if found)
    return Loaded(RuleBase(rules, words, _digest(rules, exemptions, words), reviewed, exemptions), problems)


def require_rulebase(directories: Sequence[Path] | None = None, vocabulary: Vocabulary | None = None) -> RuleBase:
    """As ``load_rulebase`` with the user's cache, for those who cannot work with a part of the rules.

    Raises:
        RuleBaseError: a file has an error; the text shows every one.
    """
    loaded = load_rulebase(directories, vocabulary, cache=cache_dir())
    errors = [p for p in loaded.problems if p.severity == "error"]
    if errors:
        raise RuleBaseError(render_all(errors))
    return loaded.rulebase


def shown_path(path: Path) -> str:
    """How a rule file is called in messages and receipts: the same on every machine for the rules that come with the program."""
    for root, name in ((rules_dir(), "rules/"), (Path.cwd(), "")):
        try:
            return name + path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            continue
    return path.as_posix()


def _rule_files(folders: Iterable[Path], problems: list[Problem]) -> dict[str, Path]:
    """All rule files by the path shown, sorted, each once."""
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(shown_path(folder), 0, 0, "rules-folder", "there is no such folder of rules", "check the path"))
            continue
        files, misnamed = rule_files([folder]), rule_files([folder], ".yml")
        found |= {shown_path(path): path for path in files}
        problems += [Problem(shown_path(path), 0, 0, "rules-ending", "rule files end in .yaml; this file was not read",
                             f"rename it to {path.stem}.yaml") for path in misnamed]
        if not files and not misnamed:
            problems.append(Problem(shown_path(folder), 0, 0, "rules-none", "this folder holds no rule file", "check the path"))
    return dict(sorted(found.items()))


def _open(path: Path, name: str) -> _File:
    data = read_bytes(path, name)
    return _File(name, path.stem, b"", [data]) if isinstance(data, Problem) else _File(name, path.stem, data)


def _parse(file: _File) -> Parsed:
    return parse_bytes(file.data, file.path, yes_no_under=YES_NO_UNDER)


def _read_rules(files: list[_File], words: Vocabulary, shared: Shared, cache: Path | None) -> None:
    """Read the rules, those that are the same as last time from the cache."""
    kept = RuleCache(cache, "\n".join([words.digest, *(f"{e.id} {e.digest}" for e in shared.values() if e)]))
    for file in files:
        file.rule = kept.get(file.path, file.digest)
        if file.rule is None:
            file.rule, file.problems = read_rule(_parse(file), words, file.stem, shared)
    kept.keep([(file.path, file.digest, file.rule) for file in files if file.rule and not file.problems])


def _drop_duplicates(files: list[_File]) -> None:
    """Rules of the same id: each place is told of the other, and none of them loads."""
    places: dict[str, list[_File]] = {}
    for file in files:
        if file.id:
            places.setdefault(file.id, []).append(file)
    for same in places.values():
        for index, file in enumerate(same if len(same) > 1 else ()):
            other, key = same[0 if index else -1], "exemption" if file.is_shared else "rule"
            theirs = other.at("exemption" if other.is_shared else "rule")
            file.error(file.at(key, file.id), "duplicate-rule",
                       f"the {key} {file.id!r} stands also in {other.path}:{theirs.line}; neither is loaded",
                       "delete one, or give one of them its own id")


def _check_references(files: list[_File]) -> None:
    """``replaced_by`` and ``overrides`` name rules that there are (loaded or not)."""
    known = {file.id for file in files if file.id and not file.is_shared}
    for file in files:
        for key in _REFERENCES:
            for name in getattr(file.rule, key) if file.rule else ():
                if name not in known or name == file.id:
                    near = did_you_mean(name, known - {file.id})
                    said = f"there is no rule {name!r}" if name not in known else f"`{key}` names the rule itself"
                    mend = f"did you mean {near}?" if near else "name the rule by the id in its file"
                    file.error(file.at(key), "unknown-rule", said, mend)
                    break


def _digest(rules: tuple[Rule, ...], exemptions: tuple[SharedExemption, ...], vocabulary: Vocabulary) -> str:
    text = "\n".join([vocabulary.digest, *(f"{e.id} {e.digest}" for e in exemptions), *(f"{rule.id} {rule.digest}" for rule in rules)])
    return hashlib.sha256(text.encode()).hexdigest()
