"""Every code of a problem that this room can report, with its meaning. The reference page is written from this table."""

from __future__ import annotations

__all__ = ["CODES"]

CODES: dict[str, str] = {
    "file-unreadable": "The file does not exist, is a folder, or may not be read.",
    "file-too-large": "The file is larger than any file of rules, vocabulary or examples may be.",
    "file-binary": "The file holds bytes that no text file holds.",
    "file-encoding": "The file is text, but not in UTF-8.",
    "yaml-empty": "The file holds nothing, or only comments.",
    "yaml-character": "A control character, or half of a surrogate pair, stands in the text.",
    "yaml-syntax": "The file is not YAML: a bracket, quote, colon or dash is missing or stands in the wrong place.",
    "yaml-indent": "A line is indented so that it belongs to nothing.",
    "yaml-tab": "A tab is used to indent; YAML wants spaces.",
    "yaml-depth": "Lists and maps are nested deeper than any file here needs.",
    "yaml-duplicate-key": "The same key stands twice in one map; YAML would silently keep one of them.",
    "yaml-key": "A key is not a single word or text.",
    "yaml-no-value": "A key or list item has no value.",
    "yaml-null": "A value is written null or ~; here what is not known is left out.",
    "yaml-truth": "A truth value is written with capitals.",
    "yaml-number": "A number has more digits than programs keep.",
    "yaml-date": "A date names a day that does not exist, or a year before 1000 or after 8999.",
    "yaml-anchor": "An anchor (&name): what a file says must stand where it is read.",
    "yaml-alias": "An alias (*name): what a file says must stand where it is read.",
    "yaml-merge-key": "A merge key (<<): what a file says must stand where it is read.",
    "yaml-tag": "A tag (!name): values have no other types here than the ones they show.",
    "yaml-directive": "A directive (%YAML, %TAG), which nothing here needs.",
    "yaml-documents": "A second document after `---`; one file is one document.",
    "yaml-many": "There are more problems in the file than are shown.",
}
