"""All checks, and choosing among them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import UsageError
from checker.rulebase.lint import allow, conditions, examples, exemptions, form, head, law, parties, whole, words
from checker.rulebase.lint.check import BaseCheck, Check, FileCheck
from checker.strictyaml.suggest import did_you_mean

__all__ = ["BY_CODE", "CHECKS", "select"]

_MODULES = (head, law, conditions, exemptions, parties, examples, form, whole, words)
_FOUND: list[FileCheck | BaseCheck] = [check for module in _MODULES for check in module.CHECKS]

CHECKS: tuple[Check, ...] = tuple(sorted([*_FOUND, *allow.CHECKS], key=lambda check: check.code))
BY_CODE: dict[str, Check] = {check.code: check for check in CHECKS}


def select(wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[Check, ...]:
    """The checks whose code begins with one of the ``wanted`` (all, if none is named) and with none of the ``unwanted``; a name of a
    check stands for its code.

    Raises:
        UsageError: something is the beginning of no code.
    """
    names = {check.name: check.code for check in CHECKS}
    chosen = [names.get(text, text).upper() for text in wanted]
    left_out = [names.get(text, text).upper() for text in unwanted]
    for text in (*chosen, *left_out):
        if not any(code.startswith(text) for code in BY_CODE):
            near = did_you_mean(text, [*BY_CODE, *names])
            raise UsageError(f"no check begins with {text!r}" + (f"; did you mean {near}?" if near else ""))
    return tuple(check for check in CHECKS if (not chosen or check.code.startswith(tuple(chosen)))
                 and not (left_out and check.code.startswith(tuple(left_out))))
