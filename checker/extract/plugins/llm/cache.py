"""Answers kept in the user's own folder, so that the same question is asked once. A damaged file is asked again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from checker.locator import cache_dir

__all__ = ["AnswerCache"]


class AnswerCache:
    """Answers by the SHA-256 of the whole question: text, prompt, model, schema. ``directory``: ``None`` keeps nothing."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    @classmethod
    def of_user(cls) -> AnswerCache:
        base = cache_dir()
        return cls(base / "llm" if base else None)

    def get(self, body: dict[str, Any]) -> str | None:
        """The answer to this question, if it is kept."""
        if self._directory is None:
            return None
        try:
            return self._path(self._directory, body).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, body: dict[str, Any], content: str) -> None:
        """Keep an answer that could be read. A folder that cannot be written is left alone."""
        if self._directory is None:
            return
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._directory, suffix=".new", delete=False, encoding="utf-8") as stream:
                stream.write(content)
            Path(stream.name).replace(self._path(self._directory, body))

    def _path(self, directory: Path, body: dict[str, Any]) -> Path:
        return directory / f"{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}.json"
