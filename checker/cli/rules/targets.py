"""Which rule files a verb works on: paths and ids as people give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UsageError
from checker.locator import rules_dir

__all__ = ["Targets", "find_targets"]


@dataclass(frozen=True, slots=True)
class Targets:
    """``folders``: those of which the base consists. ``chosen``: files and folders to speak about, resolved; empty: all."""

    folders: tuple[Path, ...]
    chosen: tuple[Path, ...] = ()

    @property
    def only(self) -> Callable[[Path], bool] | None:
        """Whether a file is one of those chosen; ``None`` where all are."""
        if not self.chosen:
            return None
        return lambda path: any(path.resolve() == one or one in path.resolve().parents for one in self.chosen)


def find_targets(named: Sequence[str], rules: Sequence[Path]) -> Targets:
    """Paths, or ids of rules. A folder or file outside the rule folders joins the base.

    Raises:
        UsageError: something is neither a path nor an id.
    """
    folders = [rules_dir() / "un", *rules]
    chosen: list[Path] = []
    for name in named:
        path = Path(name)
        if path.exists():
            chosen.append(path.resolve())
            home = path if path.is_dir() else path.parent
            if not any(home.resolve() == f.resolve() or f.resolve() in home.resolve().parents for f in folders):
                folders.append(home)
        else:
            chosen.append(_by_id(name, folders))
    return Targets(tuple(_outermost(folders)), tuple(chosen))


def _outermost(folders: Sequence[Path]) -> list[Path]:
    """Without folders that lie in another one, so that no file is read twice."""
    resolved = [folder.resolve() for folder in folders]
    return [folder for number, folder in enumerate(folders) if resolved[number] not in resolved[:number]
            and not any(other in resolved[number].parents for other in resolved)]


def _by_id(name: str, folders: Sequence[Path]) -> Path:
    from checker.rulebase.files import rule_files

    files = {path.stem: path for path in rule_files(folder for folder in folders if folder.is_dir())}
    if name not in files:
        from checker.cli.setup import hint

        what = "there is no file" if "/" in name or "." in name else "there is no rule or file"
        raise UsageError(f"{what} {name!r}{hint(name, files)}")
    return files[name].resolve()
