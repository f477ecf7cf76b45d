"""All checks of language packs."""

from __future__ import annotations

from checker.extract.packlint import form, frames, keys, sentences, words
from checker.extract.packlint.check import PackCheck

__all__ = ["BY_CODE", "CHECKS"]

CHECKS: tuple[PackCheck, ...] = tuple(sorted((check for module in (form, frames, keys, sentences, words) for check in module.CHECKS),
                                         key=lambda check: check.code))
BY_CODE: dict[str, PackCheck] = {check.code: check for check in CHECKS}
