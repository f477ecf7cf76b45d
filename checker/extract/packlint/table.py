"""All checks of language packs, and choosing among them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import UsageError
from checker.extract.packlint import form, frames, keys, sentences, words
from checker.extract.packlint.check import Check
from checker.strictyaml.suggest import did_you_mean

__all__ = ["BY_CODE", "CHECKS", "select"]

CHECKS: tuple[Check, ...] = tuple(sorted((check for module in (form, frames, keys, sentences, words) for check in module.CHECKS),
                                         key=lambda check: check.code))
BY_CODE: dict[str, Check] = {check.code: check for check in CHECKS}


def select(wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[Check, ...]:
    """The checks whose code begins with one of the ``wanted`` (all, if none is named) and with none of the ``unwanted``; a name of a
    check stands for its code.

    Raises:
        UsageError: something is the beginning of no code.
    """
    names = {check.name: check.code for check in CHECKS}
    chosen, left_out = [names.get(text, text).upper() for text in wanted], [names.get(text, text).upper() for text in unwanted]
    for text in (*chosen, *left_out):
        if not any(code.startswith(text) for code in BY_CODE):
            near = did_you_mean(text, [*BY_CODE, *names])
            raise UsageError(f"no check begins with {text!r}" + (f"; did you mean {near}?" if near else ""))
    return tuple(check for check in CHECKS if (not chosen or check.code.startswith(tuple(chosen)))
                 and not (left_out and check.code.startswith(tuple(left_out))))
