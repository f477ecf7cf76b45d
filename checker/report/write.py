"""Writing a report's four files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.model.run import Run
from checker.report.csv import render_csv
from checker.report.html import render_html
from checker.report.json import render_json
from checker.report.markdown import render_markdown

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["write_report"]


def write_report(run: Run, vocabulary: Vocabulary, folder: Path | str, name: str = "report",
                 catalogue: str = "") -> dict[str, Path]:
    """Write ``name.html``, ``.md``, ``.json`` and ``.csv`` into ``folder``, which is made if need be.

    ``catalogue``: an address of the catalogue of rules to link to. Returns the paths by kind. The CSV begins with a byte order mark,
    without which common spreadsheets misread UTF-8.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    target = Path(folder)
    texts = {"html": render_html(run, vocabulary, catalogue), "md": render_markdown(run, vocabulary, catalogue),
             "json": render_json(run, vocabulary), "csv": "\ufeff" + render_csv(run, vocabulary)}
    target.mkdir(parents=True, exist_ok=True)
    paths = {kind: target / f"{name}.{kind}" for kind in texts}
    for kind, text in texts.items():
        paths[kind].write_bytes(text.encode("utf-8"))
    return paths
