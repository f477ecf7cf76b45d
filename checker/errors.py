"""Every exception this project raises on purpose.

CheckerError
├── UsageError            what was asked cannot be done as asked (exit code 2)
│   └── UnknownRule       a rule id that the loaded base does not hold
├── RuleBaseError         the rule base or the vocabulary does not load (exit code 3)
├── StoreError            the store of cases cannot be used (exit code 3)
│   └── StoreBusy         somebody else is writing to it (exit code 75)
└── EvidenceError         a quotation that is not, character for character, in its document

Bad *input* is not an exception: readers return ``Problem`` values and go on (see ``checker.strictyaml.problem``).
"""

from __future__ import annotations

__all__ = ["CheckerError", "EvidenceError", "RuleBaseError", "StoreBusy", "StoreError", "UnknownRule", "UsageError"]


class CheckerError(Exception):
    """Base of all errors of the project; its text is one or more sentences meant for the person at the keyboard."""

    exit_code = 70


class UsageError(CheckerError):
    """The request itself is wrong: an option, a path, a date, a name."""

    exit_code = 2


class UnknownRule(UsageError):
    """A rule id that is not in the loaded rule base."""


class RuleBaseError(CheckerError):
    """The rule base, vocabulary or a language pack has errors and cannot be used; the text lists every one of them."""

    exit_code = 3


class StoreError(CheckerError):
    """The store of cases cannot be opened, read or written; the text says why and how to mend it."""

    exit_code = 3


class StoreBusy(StoreError):
    """Another process writes to the store, or runs a night."""

    exit_code = 75


class EvidenceError(CheckerError):
    """A span whose text differs from the document it claims to quote. Always a bug of an extractor."""
