"""The canonical form of a rule file, with two safeguards: it says what the file said before, and no comment is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checker.rulebase.fmt.comments import Comments
from checker.rulebase.fmt.order import child, root_shape
from checker.rulebase.fmt.printer import Printer
from checker.rulebase.fmt.scalars import Scalars
from checker.rulebase.loader import YES_NO_UNDER
from checker.strictyaml.loader import Parsed, parse
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Formatted", "format_parsed", "format_text", "is_rule_file"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """``text`` in the canonical form. With ``problems`` the file could not be formatted and the text is as it was."""

    text: str
    problems: tuple[Problem, ...] = ()


def is_rule_file(parsed: Parsed) -> bool:
    """Whether the file holds a rule or a shared exemption, told by its first key lines."""
    return isinstance(parsed.node, MapNode) and ("rule" in parsed.node.entries or "exemption" in parsed.node.entries)


def format_text(text: str, path: str, vocabulary: Vocabulary) -> Formatted:
    """The canonical form of the text of a rule file. Never raises; a text that is not strict YAML is left alone."""
    return format_parsed(parse(text, path, yes_no_under=YES_NO_UNDER), text, vocabulary)


def format_parsed(parsed: Parsed, text: str, vocabulary: Vocabulary) -> Formatted:
    """As ``format_text``, of a text parsed already."""
    if not parsed.ok:
        return Formatted(text, tuple(parsed.problems))
    root = parsed.node
    if not isinstance(root, MapNode) or not is_rule_file(parsed):
        return Formatted(text, (parsed.source.problem_at(1, 1, "not-formatted", "this is not a rule file", "it has no line `rule: id`"),))
    shape = root_shape(root.entries)
    scalars = Scalars(parsed.source, vocabulary)
    new = Printer(parsed.source, scalars).file(root, shape)
    if new == text:
        return Formatted(text)
    again = parse(new, parsed.source.path, yes_no_under=YES_NO_UNDER)
    if not again.ok or again.node is None or _said(again.node, shape, scalars) != _said(root, shape, scalars) \
            or _comments(parsed) != _comments(again):
        message = "this file is written in a way that the canonical form cannot keep; it is left as it is"
        mend = "look for comments inside quoted texts or brackets, and for `---`"
        return Formatted(text, (parsed.source.problem_at(1, 1, "not-formatted", message, mend, "warning"),))
    return Formatted(new)


def _said(node: Node, shape: str, scalars: Scalars) -> object:
    """What a node says, words in the spelling of the vocabulary; the order of keys does not count."""
    if isinstance(node, ScalarNode):
        return scalars.word(node.value, shape) if isinstance(node.value, str) else node.value
    if isinstance(node, ListNode):
        return [_said(item, shape, scalars) for item in node.items]
    return {key: _said(entry.value, child(shape, key), scalars) for key, entry in node.entries.items()}


def _comments(parsed: Parsed) -> Counter[str]:
    return Counter(comment.text for comment in Comments(parsed.source).by_line.values())
