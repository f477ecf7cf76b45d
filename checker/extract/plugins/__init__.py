"""Extractors by name: ``frames`` (the default), ``rows``, ``replay``, ``llm``, and those of other packages."""
