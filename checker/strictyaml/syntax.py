"""The parser's complaints in words of the person who wrote the file, placed where the mistake was made.

The parser notices many mistakes lines after they were made (a bracket that never closes); it keeps the place where the
unfinished thing began, and that is the place shown.
"""

from __future__ import annotations

import re

import yaml

from checker.strictyaml.message import shown
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source

__all__ = ["explain_syntax"]

_TAB_INDENT = re.compile(r"[ ]*\t[ \t]*")


def explain_syntax(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    """One problem for one complaint of the parser, with the place, the cause and the cure."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if line > len(source.lines) or (line > 1 and not source.line(line) and line == len(source.lines)):
        line, column = _last_written(source)
    begin = (error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else (line, column)
    tab = _tab_problem(source, line) or _tab_problem(source, begin[0])
    if tab:
        return tab
    said, doing = str(error.problem or ""), str(error.context or "")
    return (_unclosed(source, said, doing, begin, (line, column))
            or _misplaced(source, said, line, column)
            or _misindented(source, said, doing, begin, line, column)
            or _character(source, said, doing, line, column)
            or source.problem_at(line, column, "yaml-syntax", f"the file cannot be read on from here ({said or 'not YAML'})",
                                 "look at the quotes, brackets and colons of this line and of the one before"))


def _last_written(source: Source) -> tuple[int, int]:
    """The end of the last line that holds anything: where a file that ends too early is shown."""
    for number in range(len(source.lines), 0, -1):
        text = source.line(number).rstrip()
        if text:
            return number, len(text)
    return 1, 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _tab_problem(source: Source, line: int) -> Problem | None:
    found = _TAB_INDENT.match(source.line(line))
    if not found:
        return None
    start = source.line(line).index("\t")
    return source.problem_at(line, start + 1, "yaml-tab", "this line is indented with a tab", "indent with spaces, two for each level",
                             width=found.end() - start)


def _unclosed(source: Source, said: str, doing: str, begin: tuple[int, int], end: tuple[int, int]) -> Problem | None:
    """Brackets and quotes that never close, shown where they open."""
    line, column = end
    noticed = f"; noticed in line {line}" if line != begin[0] else ""
    if "flow node" in doing and end == _last_written(source):  # only the place where the file ends is known
        return source.problem_at(line, column, "yaml-syntax", "the file ends inside a list or map that was opened with `[` or `{`",
                                 "close it with `]` or `}`")
    for what, close in (("sequence", "]"), ("mapping", "}")):
        if f"flow {what}" in doing:
            kind = "list" if close == "]" else "map"
            return source.problem_at(*begin, "yaml-syntax", f"the {kind} that begins here has no closing `{close}`{noticed}",
                                     f"close it with `{close}`, and put a comma between two items")
    if "quoted scalar" in doing and ("end of stream" in said or "document indicator" in said):
        quote = source.line(begin[0])[begin[1] - 1:begin[1]]
        return source.problem_at(*begin, "yaml-syntax", f"the quoted text that begins here has no closing {quote}",
                                 f"close it with {quote}; inside '...' a quote is written twice: 'it''s'")
    return None


def _misplaced(source: Source, said: str, line: int, column: int) -> Problem | None:
    """A second colon on a line, and text after a closing quote."""
    text = source.line(line)
    if "mapping values are not allowed" in said:
        before = text[:column - 1]
        if ": " in before or before.rstrip().endswith(":"):
            return source.problem_at(line, column, "yaml-syntax", "a second colon follows on the same line",
                                     'quote the value if the colon belongs to it: "first: second"')
        above = source.line(line - 1)
        start = _indent(text) + 1
        if above.strip() and _indent(above) + 1 >= start:
            return source.problem_at(line - 1, _indent(above) + 1, "yaml-syntax", f"{shown(above.strip())} is not a `key: value` line",
                                     "write `key: value`, or begin a list item with `- `", width=len(above.strip()))
        return source.problem_at(line, start, "yaml-indent", "this line is indented under a line that already has a value",
                                 "give it the same indentation as its neighbours, or quote the text if it continues the line above",
                                 width=max(1, column - start))
    if ("expected key" in said or "<block end>" in said) and text[:column - 1].rstrip()[-1:] in ("'", '"'):
        return source.problem_at(line, column, "yaml-syntax", "text goes on after the closing quote",
                                 "quote the whole value; inside '...' a quote is written twice: 'it''s'", width=len(text) - column + 1)
    return None


def _misindented(source: Source, said: str, doing: str, begin: tuple[int, int], line: int, column: int) -> Problem | None:
    if "could not find expected ':'" in said:
        text = source.line(begin[0])
        glued = re.match(r"[\w-]+:(?=\S)", text[begin[1] - 1:])
        mend = "put a space after the colon" if glued else "write `key: value`, or begin a list item with `- `"
        return source.problem_at(*begin, "yaml-syntax", f"{shown(text[begin[1] - 1:].rstrip())} is not a `key: value` line", mend,
                                 width=len(text) - begin[1] + 1)
    width = len(source.line(line)) - column + 1
    if source.line(line)[column - 1:].startswith(":"):
        return source.problem_at(line, column, "yaml-key", "a key is missing before the colon", "write `key: value`")
    if "'-' indicator" in said or "block collection" in doing:
        return source.problem_at(line, column, "yaml-indent",
                                 f"this line stands among the items of a list (line {begin[0]}) but is not one",
                                 "begin it with `- `, or indent it as the item it belongs to", width=width)
    if "<document start>" in said:
        return source.problem_at(line, column, "yaml-indent", "this line is indented less than the first line of the file",
                                 "begin the first line of the file without spaces", width=width)
    if "expected key" in said or "<block end>" in said:
        return source.problem_at(line, column, "yaml-indent",
                                 f"the indentation of this line fits no line above it (the map begins in line {begin[0]})",
                                 "give it the same indentation as the lines it belongs to", width=width)
    return None


def _character(source: Source, said: str, doing: str, line: int, column: int) -> Problem | None:
    char = source.line(line)[column - 1:column]
    if "anchor" in doing or "alias" in doing:
        return source.problem_at(line, max(1, column - 1), "yaml-syntax", "`&` and `*` begin anchors and aliases, which are not used here",
                                 'quote the text if it begins with this character: "*x"')
    if "tag" in doing:
        return source.problem_at(line, column, "yaml-tag", "`!` begins a tag, which is not used here",
                                 'quote the text if it begins with `!`: "!x"')
    if "escape" in said:
        return source.problem_at(line, column, "yaml-syntax", "a backslash inside \"...\" begins an escape, and this is not one",
                                 "write the backslash twice, or use '...' in which it means itself")
    if "block scalar" in doing:
        return source.problem_at(line, column, "yaml-syntax", "after `|` or `>` the text begins on the next line",
                                 "break the line here, or quote the value")
    if "cannot start any token" in said or "node content" in said:
        return source.problem_at(line, column, "yaml-syntax", f"a value cannot begin with {shown(char)}", "put the value in quotes")
    return None
