"""The nightly run: lock, sources, steps that can be taken up again, files, messages."""
