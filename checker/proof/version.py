"""Whole versions of the rules beside each other: as they are now, as a git revision has them, as another folder has them."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from checker.errors import RuleBaseError, UsageError
from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.rule import Rule
from checker.rulebase.files import rule_files
from checker.rulebase.loader import YES_NO_UNDER, RuleBase, load_rulebase, shown_path
from checker.strictyaml.loader import parse_file
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import MapNode, ScalarNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary, load_vocabulary

__all__ = ["File", "Version", "version_in_folder", "version_in_git", "version_now"]

_IDS = ("rule", "exemption")
_GIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class File:
    """One file of a version, parsed but not understood. ``path`` as it is shown to people."""

    path: str
    node: MapNode
    data: bytes


@dataclass(frozen=True)
class Version:
    """The rules of one version. ``files``: rule files by id, ``words``: vocabulary files by name; ``problems``: what of it could not be
    used; ``shadow``: rules on trial are judged as well. A path that begins with ``prefix`` stands in a folder made for the purpose, and
    is shown as ``name`` with a colon."""

    name: str
    rulebase: RuleBase
    files: Mapping[str, File]
    words: Mapping[str, File]
    problems: tuple[Problem, ...] = ()
    prefix: str = ""
    shadow: bool = False

    @cached_property
    def judge(self) -> Judge:
        """A judge over these rules."""
        return Judge(self.rulebase, shadow=self.shadow)

    def judges(self, rule: Rule) -> bool:
        """Whether the rule is in use, or on trial where that counts."""
        return rule.status == "active" or (self.shadow and rule.status == "shadow")

    def place(self, where: object) -> str:
        """A mark or path as people should read it: ``HEAD:rules/un/x.yaml:12:3``."""
        return _shown(str(where or ""), self.prefix, self.name)


@dataclass(slots=True)
class _Source:
    """Where a version is read from."""

    name: str
    folders: list[Path]
    vocabulary: Path | None = None
    prefix: str = ""
    problems: list[Problem] = field(default_factory=list)


def version_now(directories: Sequence[Path] = ()) -> Version:
    """Our rules as they are, and those of the folders beside them.

    Raises:
        RuleBaseError: a file has an error; the text lists all of them.
    """
    version = _load(_Source("now", [rules_dir() / "un", *directories]))
    errors = [p for p in version.problems if p.severity == "error"]
    if errors:
        raise RuleBaseError(render_all(errors))
    return version


def version_in_folder(folder: Path, work: Path, *, beside_ours: bool = False) -> Version:
    """The rules of a folder. One that holds ``un`` is a whole rule base (with the words of its ``vocabulary``, where it has one); any
    other is a folder of rule files, ``beside_ours``: to be used beside our own. ``work`` is an empty folder that outlives the version."""
    whole = (folder / "un").is_dir()
    folders = [folder / "un"] if whole else [rules_dir() / "un", folder] if beside_ours else [folder]
    source = _Source(folder.as_posix(), folders)
    if (folder / "vocabulary").is_dir():
        source.prefix = shown_path(work) + "/"
        source.vocabulary = _completed(source, folder / "vocabulary", work / "words" / "vocabulary")
    return _load(source)


def version_in_git(revision: str, work: Path, directories: Sequence[Path] = ()) -> Version:
    """The rules as a git revision has them: ours, and those of ``directories``, each folder in its own repository. A folder that is
    kept in none is taken as it is, and so told.

    Raises:
        UsageError: none of the folders is kept in git, or no repository knows the revision.
    """
    source = _Source(revision, [], prefix=shown_path(work) + "/")
    refused: list[str] = []
    for number, folder in enumerate((rules_dir(), *directories)):
        out = work / str(number)
        out.mkdir()
        try:
            old = _folder_in_git(revision, folder, out)
        except UsageError as error:
            refused.append(str(error))
            old = folder
            source.problems.append(_warning(folder.as_posix(), "not-in-git", "this folder is taken as it is on both sides: "
                                            + str(error).partition("\n")[0]))
        ours = folder == rules_dir()
        if ours and old != folder and (old / "vocabulary").is_dir():
            source.vocabulary = _completed(source, old / "vocabulary", work / "words" / rules_dir().name / "vocabulary")
        if (old / "un" if ours else old).is_dir():  # a folder that the revision does not have holds new rules only
            source.folders.append(old / "un" if ours else old)
    if len(refused) == 1 + len(directories):
        raise UsageError(refused[-1])
    return _load(source)


def _folder_in_git(revision: str, folder: Path, out: Path) -> Path:
    """A folder as of a revision, written below ``out``; it does not exist where the revision does not have it."""
    top = Path(_git(folder, "rev-parse", "--show-toplevel", says=f"{folder.as_posix()} is not kept in git").decode().strip())
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
                  says=f"git knows no revision {revision!r}, and there is no such folder").decode().strip()
    inside = folder.resolve().relative_to(top.resolve())
    if _git(top, "ls-tree", "--name-only", commit, "--", inside.as_posix(), says="git cannot list the revision").strip():
        _unpack(_git(top, "archive", "--format=tar", commit, "--", inside.as_posix(), says="git cannot read the revision"), out)
    return out / inside


def _git(folder: Path, *arguments: str, says: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise UsageError("git is not installed; compare with another folder instead: 'sanctions rules diff DIR'")
    try:
        # Arguments go to git as they are, without a shell; a revision cannot be taken for an option.
        done = subprocess.run([program, "-C", str(folder), *arguments], capture_output=True, check=False,  # noqa: S603
                              timeout=_GIT_SECONDS, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as late:
        raise UsageError(f"git did not answer within {_GIT_SECONDS} seconds") from late
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(says + (f" ({told})" if told else "") + ".\nName a revision such as HEAD~1, or another folder of rules.")
    return done.stdout


def _unpack(data: bytes, out: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(out, filter="data")


def _completed(source: _Source, old: Path, words: Path) -> Path:
    """A copy of a vocabulary in which files that this program needs and the version lacks are those of today."""
    words.mkdir(parents=True)
    for path in sorted(old.glob("*.yaml")):
        shutil.copyfile(path, words / path.name)
    for path in sorted((rules_dir() / "vocabulary").glob("*.yaml")):
        if not (words / path.name).exists():
            shutil.copyfile(path, words / path.name)
            source.problems.append(_warning(f"{source.name}: vocabulary/{path.name}", "word-file-absent",
                                            "this version has no such vocabulary file; today's is used"))
    return words


def _load(source: _Source) -> Version:
    words: Vocabulary | None = None
    if source.vocabulary is not None:
        words, problems = load_vocabulary(source.vocabulary)
        if words is None:
            source.problems += [_warning(f"{source.name}: {Path(p.path).name}", p.code, p.message, p.mend) for p in problems]
            told = "the vocabulary of this version cannot be read; today's is used"
            source.problems.append(_warning(source.name, "words-of-today", told))
    loaded = load_rulebase(source.folders, words or default_vocabulary())
    problems = [_renamed(p, source) for p in loaded.problems]
    rules = {name: file for folder in source.folders for name, file in _files(folder, ids=True)}
    vocabulary = rules_dir() / "vocabulary" if source.vocabulary is None or words is None else source.vocabulary
    return Version(source.name, loaded.rulebase, rules, dict(_files(vocabulary, ids=False)), (*source.problems, *problems), source.prefix)


def _files(folder: Path, *, ids: bool) -> list[tuple[str, File]]:
    """The files that can be parsed, by the id they tell or by their name."""
    found: list[tuple[str, File]] = []
    for path in rule_files([folder]):
        parsed = parse_file(path, yes_no_under=YES_NO_UNDER if ids else ())
        if not isinstance(parsed.node, MapNode):
            continue
        named = [node.text for key in _IDS if isinstance(node := parsed.node.get(key), ScalarNode)] if ids else []
        found.append((named[0] if named else path.stem, File(shown_path(path), parsed.node, path.read_bytes())))
    return found


def _shown(path: str, prefix: str, name: str) -> str:
    """``HEAD:rules/un/x.yaml`` for ``<prefix>0/rules/un/x.yaml``: the folder's number is no part of the name."""
    return f"{name}:{path.removeprefix(prefix).partition('/')[2]}" if prefix and path.startswith(prefix) else path


def _renamed(problem: Problem, source: _Source) -> Problem:
    return replace(problem, path=_shown(problem.path, source.prefix, source.name))


def _warning(path: str, code: str, message: str, mend: str = "") -> Problem:
    return Problem(path, 0, 0, code, message, mend, severity="warning")
