"""All checks."""

from __future__ import annotations

from checker.rulebase.lint import allow, conditions, examples, exemptions, form, head, law, parties, whole, words
from checker.rulebase.lint.check import BaseCheck, FileCheck
from checker.strictyaml.checks import Check

__all__ = ["BY_CODE", "CHECKS"]

_MODULES = (head, law, conditions, exemptions, parties, examples, form, whole, words)
_FOUND: list[FileCheck | BaseCheck] = [check for module in _MODULES for check in module.CHECKS]

CHECKS: tuple[Check, ...] = tuple(sorted([*_FOUND, *allow.CHECKS], key=lambda check: check.code))
BY_CODE: dict[str, Check] = {check.code: check for check in CHECKS}
