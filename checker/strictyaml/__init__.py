"""Strict YAML with positions: nodes that know where they stand, problems instead of exceptions, messages with a caret.

A file read here means what it shows: no anchors, tags, merge keys or guessed types, and every defect is a ``Problem``.
"""
