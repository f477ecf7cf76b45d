"""Where the keys and values of a TOML file stand. The library that reads TOML tells only values; problems need line and column.

The scanner follows TOML 1.0 and trusts that the file was read without errors before.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping

from checker.strictyaml.source import Span

__all__ = ["Path", "places"]

Path = tuple[str | int, ...]
"""Keys and numbers from the top of the file: ``("sources", 0, "url")``."""

_BLANK = " \t"
_SPACE = " \t\r\n"
_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def places(text: str) -> Mapping[Path, tuple[Span, Span]]:
    """The place of each key and of its value (of a table that of its header, twice); items of lists have the place of the item twice."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks over a text that is TOML. ``at``: the character looked at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, tuple[Span, Span]] = {}
        self._tables: dict[Path, int] = {}
        self._lines = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def scan(self) -> dict[Path, tuple[Span, Span]]:
        here: Path = ()
        while self._skip():
            if self._next("["):
                here = self._header()
            else:
                self._pair(here)
        return self.found

    def _header(self) -> Path:
        """``[table]`` or ``[[table]]``: the path of what follows."""
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys, span = self._key()
        self.at += 2 if many else 1
        path: Path = ()
        for i, key in enumerate(keys):
            path = (*path, key)
            if many and i == len(keys) - 1:
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, self._tables[path])
        self.found.setdefault(path, (span, span))
        return path

    def _pair(self, here: Path) -> None:
        keys, span = self._key()
        self.at += 1  # the sign of equality
        path = (*here, *keys)
        self._value(path, span)

    def _key(self) -> tuple[list[str], Span]:
        """A key with its dots; the walk ends at what follows it, without the blanks."""
        self._blanks()
        start, end, keys = self.at, self.at, list[str]()
        while True:
            begun = self.at
            if self.text[self.at] in "\"'":
                self._string()
                keys.append(next(iter(tomllib.loads(f"{self.text[begun:self.at]}=1"))))
            else:
                while self.at < len(self.text) and self.text[self.at] in _BARE:
                    self.at += 1
                keys.append(self.text[begun:self.at])
            end = self.at
            self._blanks()
            if not self._next("."):
                return keys, self._span(start, end)
            self.at += 1
            self._blanks()

    def _value(self, path: Path, key: Span | None) -> None:
        """Walk over one value and note its place; ``key``: that of its key, where it has one."""
        self._blanks()
        start = self.at
        if self._next("["):
            self._list(path)
        elif self._next("{"):
            self._table(path)
        elif self._next('"') or self._next("'"):
            self._string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\r\n":
                self.at += 1
        end = start + len(self.text[start:self.at].rstrip())
        span = self._span(start, end)
        self.found[path] = (key or span, span)

    def _list(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self._skip() and not self._next("]"):
            self._value((*path, number), None)
            number += 1
            self._skip()
            self.at += self._next(",")
        self.at += 1

    def _table(self, path: Path) -> None:
        self.at += 1
        while self._skip() and not self._next("}"):
            self._pair(path)
            self._skip()
            self.at += self._next(",")
        self.at += 1

    def _string(self) -> None:
        sign = self.text[self.at]
        end = sign * 3 if self.text.startswith(sign * 3, self.at) else sign
        self.at += len(end)
        while not self.text.startswith(end, self.at):
            self.at += 2 if sign == '"' and self._next("\\") else 1
        self.at += len(end)
        while len(end) == 3 and self._next(sign):  # a quote or two may stand before the three that close
            self.at += 1

    def _skip(self) -> bool:
        """Over spaces, lines and comments; whether anything is left."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.text[self.at] in _SPACE:
                self.at += 1
            else:
                return True
        return False

    def _blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _BLANK:
            self.at += 1

    def _next(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _span(self, start: int, end: int) -> Span:
        line = bisect_right(self._lines, start)
        stop = self.text.find("\n", start, end)
        return Span(line, start - self._lines[line - 1] + 1, max(1, (stop if stop >= 0 else end) - start))
