"""Readers: files, folders, standard input and records become ``Document`` or ``Event`` values, or a ``Problem`` that says why not."""
