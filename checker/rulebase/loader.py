"""Folders of rule files to a rule base. Files with errors are left out and reported, all others load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import RuleBaseError, UnknownRule
from checker.locator import rules_dir
from checker.model.rule import Rule
from checker.rulebase.rulefile import read_rule
from checker.strictyaml.loader import parse_file
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import MapNode, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["YES_NO_UNDER", "Loaded", "RuleBase", "load_rulebase", "require_rulebase", "shown_path"]

YES_NO_UNDER = ("verified",)
"""The only key of a rule file under which ``yes`` and ``no`` are truth values."""


@dataclass(frozen=True, slots=True)
class RuleBase:
    """All rules that loaded, by id. ``digest`` is the SHA-256 over their digests and the vocabulary's, ``law_known_as_of``
    the newest review (ISO)."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    digest: str
    law_known_as_of: str
    _by_id: dict[str, Rule] = field(default_factory=dict, repr=False, compare=False)

    def get(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            UnknownRule: there is none; the message names the nearest.
        """
        if not self._by_id:
            self._by_id.update((rule.id, rule) for rule in self.rules)
        if rule_id not in self._by_id:
            near = did_you_mean(rule_id, self._by_id)
            raise UnknownRule(f"there is no rule {rule_id!r}" + (f"; did you mean {near}?" if near else ""))
        return self._by_id[rule_id]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule base and everything that was wrong in its files, by path and line."""

    rulebase: RuleBase
    problems: list[Problem]


@dataclass(slots=True)
class _File:
    """One rule file as read."""

    path: str
    source: Source
    id: ScalarNode | None
    rule: Rule | None
    problems: list[Problem]


def load_rulebase(directories: Sequence[Path] | None = None, vocabulary: Vocabulary | None = None) -> Loaded:
    """Read every rule file below the folders (default: the UN rules that come with the program).

    Raises:
        RuleBaseError: no vocabulary was given and the one that comes with the program does not load.
    """
    words = vocabulary or default_vocabulary()
    folders = [rules_dir() / "un"] if directories is None else [Path(d) for d in directories]
    problems: list[Problem] = []
    files = [_read(path, words) for path in _rule_files(folders, problems)]
    _drop_duplicates(files)
    _check_references(files)
    for file in files:
        problems += file.problems
    rules = tuple(sorted((f.rule for f in files if f.rule), key=lambda rule: rule.id))
    problems.sort(key=lambda p: (p.path, p.line, p.column, p.code, p.message))
    reviewed = max((rule.reviewed.date for rule in rules), default="")
    return Loaded(RuleBase(rules, words, _digest(rules, words), reviewed), problems)


def require_rulebase(directories: Sequence[Path] | None = None, vocabulary: Vocabulary | None = None) -> RuleBase:
    """As ``load_rulebase``, for those who cannot work with a part of the rules.

    Raises:
        RuleBaseError: a file has an error; the text shows every one.
    """
    loaded = load_rulebase(directories, vocabulary)
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


def _rule_files(folders: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """All rule files, sorted by the path shown, each once."""
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(shown_path(folder), 0, 0, "rules-folder", "there is no such folder of rules", "check the path"))
            continue
        files = [p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file() and not p.name.startswith(".")]
        for path in files:
            if path.suffix == ".yml":
                problems.append(
                    Problem(
                        shown_path(path),
                        0,
                        0,
                        "rules-ending",
                        "rule files end in .yaml; this file was not read",
                        f"rename it to {path.stem}.yaml",
                    )
                )
            else:
                found[shown_path(path)] = path
        if not files:
            problems.append(Problem(shown_path(folder), 0, 0, "rules-none", "this folder holds no rule file", "check the path"))
    return [found[name] for name in sorted(found)]


def _read(path: Path, vocabulary: Vocabulary) -> _File:
    parsed = parse_file(path, shown_as=shown_path(path), yes_no_under=YES_NO_UNDER)
    rule, problems = read_rule(parsed, vocabulary, path.stem)
    node = parsed.node.get("rule") if isinstance(parsed.node, MapNode) else None
    return _File(parsed.source.path, parsed.source, node if isinstance(node, ScalarNode) else None, rule, problems)


def _drop_duplicates(files: list[_File]) -> None:
    """Rules of the same id: each place is told of the other, and none of them loads."""
    places: dict[str, list[_File]] = {}
    for file in files:
        if file.id is not None:
            places.setdefault(file.id.text, []).append(file)
    for same in places.values():
        for index, file in enumerate(same):
            other = same[0 if index else -1]
            if len(same) > 1 and file.id and other.id:
                file.rule = None
                message = f"the rule {file.id.text!r} stands also in {other.path}:{other.id.line}; neither is loaded"
                file.problems.append(file.source.problem(file.id, "duplicate-rule", message, "delete one, or give one of them its own id"))


def _check_references(files: list[_File]) -> None:
    """``replaced_by`` names rules that there are (loaded or not)."""
    known = {file.id.text for file in files if file.id is not None}
    for file in files:
        unknown = [name for name in (file.rule.replaced_by if file.rule else ()) if name not in known]
        for name in unknown:
            near = did_you_mean(name, known)
            mend = f"did you mean {near}?" if near else "name the rule by the id in its file"
            at = Span(next((i for i, line in enumerate(file.source.lines, 1) if line.startswith("replaced_by:")), 1), 1, len("replaced_by"))
            file.problems.append(file.source.problem(at, "unknown-rule", f"there is no rule {name!r}", mend))
            file.rule = None


def _digest(rules: tuple[Rule, ...], vocabulary: Vocabulary) -> str:
    text = "\n".join([vocabulary.digest, *(f"{rule.id} {rule.digest}" for rule in rules)])
    return hashlib.sha256(text.encode()).hexdigest()
