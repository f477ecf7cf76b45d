"""One rule file read again, by itself, while the rest of the rule base stays as it is; and where on the disk a rule stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.errors import RuleBaseError, UsageError
from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.finding import Finding
from checker.model.rule import Expect, Rule
from checker.proof.append import RuleText
from checker.proof.written import NewExample
from checker.rulebase.examples import SHARED_EXPECTS
from checker.rulebase.loader import YES_NO_UNDER, RuleBase, shown_path
from checker.rulebase.rulefile import read_rule, read_shared
from checker.strictyaml.loader import parse
from checker.strictyaml.message import render_all
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Author", "expectable", "expected_by", "file_of", "judge_of", "own_file_of", "reread", "said_of"]


def reread(text: str, path: Path, base: RuleBase) -> tuple[Rule | None, list[Problem]]:
    """The rule that a text would be in the file ``path``, and its problems; for a shared exemption the rule with its examples."""
    parsed = parse(text, shown_path(path), yes_no_under=YES_NO_UNDER)
    if text.startswith("exemption:") or "\nexemption:" in text:
        shared, problems = read_shared(parsed, base.vocabulary, path.stem)
        return (shared.rule if shared else None), problems
    return read_rule(parsed, base.vocabulary, path.stem, {shared.id: shared for shared in base.exemptions})


def judge_of(rule: Rule, base: RuleBase) -> Judge:
    """A judge in which ``rule`` takes the place of the rule of its id. It holds that rule alone and those that it overrides or that
    override it, so it is made at once."""
    kin = tuple(other for other in base.rules if other.id != rule.id and (rule.id in other.overrides or other.id in rule.overrides))
    return Judge(replace(base, rules=(rule, *kin), _by_id={}))


def file_of(rule: Rule) -> Path:
    """The file a rule was read from."""
    ours = rules_dir() / rule.path.removeprefix("rules/")
    return ours if rule.path.startswith("rules/") and ours.is_file() and shown_path(ours) == rule.path else Path(rule.path)


def own_file_of(rule: Rule) -> Path:
    """The file of a rule that the person may change.

    Raises:
        UsageError: the rule belongs to an installed program; the text says what to do instead.
    """
    path = file_of(rule)
    if rules_dir().name.startswith("_") and path.resolve().is_relative_to(rules_dir().resolve()):
        raise UsageError(f"{rule.id} came with the installed program, and its file is not to be changed.\n"
                         "Write a rule of your own, in a folder of your own ('sanctions rules new --rules my-rules'), and name the folder "
                         "with --rules; or work in a checkout of the checker")
    return path


def expectable(rule: Rule, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that an example of the rule may expect: the labels, or those of a shared exemption."""
    return vocabulary.labels.names if rule.flag_when.items else SHARED_EXPECTS


def said_of(rule: Rule, finding: Finding) -> str:
    """What came out, in a word that an example may expect."""
    if rule.flag_when.items:
        return finding.label
    exempt, open_, not_exempt = SHARED_EXPECTS
    return exempt if finding.outcome == "exempt" else open_ if finding.exemptions_not_excluded else not_exempt


def expected_by(rule: Rule, expect: Expect) -> str:
    """The word that an example expects."""
    if rule.flag_when.items:
        return expect.label
    exempt, open_, not_exempt = SHARED_EXPECTS
    return exempt if expect.label else open_ if expect.not_excluded else not_exempt


class Author:
    """A rule and its file, open for changes to its examples. After each change ``rule`` and ``judge`` are those of the new text."""

    def __init__(self, rule: Rule, base: RuleBase) -> None:
        self.base = base
        self.file = RuleText.open(own_file_of(rule))
        read, problems = reread(self.file.text, self.file.path, base)
        if read is None:
            raise RuleBaseError(render_all(problems))
        self.rule, self.judge = read, judge_of(read, base)

    def save(self, text: str, expected: NewExample | None = None) -> None:
        """Replace the file's text. With ``expected``, that must be the last example, and all others as they were.

        Raises:
            UsageError: the new text would not load, or say something else than it should; the file stays as it is.
        """
        found: list[Rule] = []
        self.file.save(text, lambda new: found.append(self._checked(new, expected)))
        self.rule, self.judge = found[0], judge_of(found[0], self.base)

    def _checked(self, text: str, expected: NewExample | None) -> Rule:
        rule, problems = reread(text, self.file.path, self.base)
        if rule is None:
            raise UsageError(f"the example would not load, so nothing was written:\n{render_all(problems)}")
        if expected is not None:
            before, after = self.rule.examples, rule.examples
            if after[-1].name != expected.name or [(e.name, e.event, e.expect) for e in before] != [
                    (e.name, e.event, e.expect) for e in after[:-1]]:
                raise UsageError("the example would not be read back as it was written, so nothing was written")
        return rule
