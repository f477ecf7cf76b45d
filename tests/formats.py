"""What verbs write with ``--json`` keeps to the schema that is published for it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema

from checker.locator import rules_dir

__all__ = ["UNPUBLISHED", "keeping_to_its_schema"]

UNPUBLISHED = frozenset({"evaluation", "explain", "languages-explain", "languages-test", "lists-diff", "lists-show", "lists-update",
                         "rules-cover", "rules-diff", "rules-example", "rules-health", "rules-suggest"})
"""Formats of documents for which no schema is published yet."""


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    file = rules_dir() / "schema" / f"{name}.schema.json"
    return jsonschema.Draft202012Validator(json.loads(file.read_text()), format_checker=jsonschema.FormatChecker())


def keeping_to_its_schema(out: str) -> Any:
    """The document on standard output, once it is seen to keep to the schema it names, if that is published."""
    told = json.loads(out)
    if told["schema"].split("/")[1] not in UNPUBLISHED:
        _validator(told["schema"].split("/")[1]).validate(told)
    return told
