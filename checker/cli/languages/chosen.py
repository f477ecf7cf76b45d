"""Which packs a verb speaks of: ours and those of ``--languages``, all or some of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.extract.extractor import FrameExtractor
    from checker.extract.pack import Pack

__all__ = ["chosen", "folder_packs", "make_extractor", "ours"]


def ours() -> Path:
    """The folder of the packs that come with the program."""
    from checker.locator import rules_dir

    return rules_dir() / "languages"


def make_extractor(folders: Sequence[Path]) -> FrameExtractor:
    """The frame engine with our packs and those of the folders.

    Raises:
        RuleBaseError: a pack has errors; the text lists all of them with their lines.
    """
    from checker.extract.extractor import FrameExtractor
    from checker.vocabulary.vocabulary import default_vocabulary

    return FrameExtractor(default_vocabulary(), languages=folders)


def chosen(packs: dict[str, Pack], wanted: Sequence[str]) -> list[Pack]:
    """The packs of these languages; all, where none is named.

    Raises:
        UsageError: there is no pack of a language.
    """
    from checker.cli.setup import hint

    for lang in wanted:
        if lang not in packs:
            raise UsageError(f"there is no pack {lang!r}{hint(lang, packs)} The packs are: {', '.join(sorted(packs))}")
    return [packs[lang] for lang in (wanted or sorted(packs))]


def folder_packs(folder: Path) -> set[str]:
    """The digests of the packs of one folder."""
    from checker.extract.pack import load_packs

    return {pack.digest for pack in load_packs(folder)[0].values()}
