"""Single values in the canonical form: words in the spelling of the vocabulary, quotes only where they are needed."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import yaml

from checker.model.facts import FACTS
from checker.rulebase.conditions import TERM_TYPES
from checker.strictyaml.loader import parse
from checker.strictyaml.nodes import MapNode, ScalarNode
from checker.strictyaml.source import Source
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Scalars", "needs_quotes"]

_TEXT = r"[A-Za-z](?:[^:#{0}\s\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]|:(?=[\w/])|(?<=\w)#| (?=[^\s#]))*"
_PLAIN_IN_BLOCK = re.compile(_TEXT.replace("{0}", ""))
_PLAIN_IN_BRACKETS = re.compile(_TEXT.replace("{0}", r",\[\]{}"))
_MISREAD_HERE = re.compile("yes|no|true|false|null", re.IGNORECASE)
_MISREAD_ELSEWHERE = re.compile("y|n|on|off", re.IGNORECASE)
_UNKNOWN = "unknown"


@lru_cache(maxsize=4096)
def needs_quotes(text: str, *, brackets: bool, elsewhere: bool = True) -> bool:
    """Whether a text must be quoted to stay this text: on a line of its own, or inside ``brackets``. ``elsewhere``: other readers of
    YAML must not take it for something else either."""
    plain = (_PLAIN_IN_BRACKETS if brackets else _PLAIN_IN_BLOCK).fullmatch(text)
    if plain and not _MISREAD_HERE.fullmatch(text) and not _MISREAD_ELSEWHERE.fullmatch(text):
        return False
    if not text or text != text.strip() or not text.isprintable():
        return True
    written = f"verified: {{a: [{text}], b: {text}}}\n" if brackets else f"verified:\n  a:\n    - {text}\n  b: {text}\n"
    node = parse(written, "", yes_no_under=("verified",)).node
    if not isinstance(node, MapNode) or node.plain() != {"verified": {"a": [text], "b": text}}:
        return True
    try:
        # Numbers in other bases, clock times, `on`: texts to us, not to others.
        return elsewhere and bool(yaml.safe_load(f"a: {text}\n") != {"a": text})
    except yaml.YAMLError:
        return True


class Scalars:
    """Writes the scalars of one file."""

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self._source = source
        self._vocabulary = vocabulary

    def word(self, text: str, shape: str) -> str:
        """The spelling of the vocabulary for a word under a shape of ``order``; the text itself where there is none."""
        kind, _, fact = shape.partition(":")
        if kind == "states":
            return self._vocabulary.states.resolve(text) or text
        if kind == "lists":
            lists = self._vocabulary.taxonomies.get("lists")
            return (lists.resolve(text) if lists else None) or text
        if kind in ("value", "told") and fact in FACTS and FACTS[fact].type in TERM_TYPES and text != _UNKNOWN:
            return self._vocabulary.resolve(fact, text) or text
        return text

    def write(self, node: ScalarNode, shape: str, *, brackets: bool) -> str:
        """The value on one line, inside brackets or not."""
        if not node.quoted and not isinstance(node.value, str):
            return node.text
        word = self.word(node.text, shape)
        of_vocabulary = shape == "states" or ":" in shape  # NO is Norway there, for every reader of rules
        if not needs_quotes(word, brackets=brackets, elsewhere=node.quoted and not of_vocabulary):
            return word
        written = self._source.line(node.line)[node.column - 1:node.column - 1 + node.width]
        if word == node.text and node.quoted and written[:1] in ("'", '"') and _is(written, word):
            return written
        return json.dumps(word, ensure_ascii=False)

    def key(self, node: ScalarNode) -> str:
        """A key, quoted where it must be."""
        return json.dumps(node.text, ensure_ascii=False) if needs_quotes(node.text, brackets=True) else node.text


@lru_cache(maxsize=4096)
def _is(written: str, text: str) -> bool:
    node = parse(f"a: {written}\n", "").node
    return isinstance(node, MapNode) and node.plain() == {"a": text}
