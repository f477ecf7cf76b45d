"""The option ``--mapping FILE``, shared by the verbs that read tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.sources.mapping import TableMapping

__all__ = ["load_table_mapping", "mapping_option"]

F = TypeVar("F", bound=Callable[..., Any])


def mapping_option(verb: F) -> F:
    """The option ``--mapping FILE``."""
    return click.option("--mapping", "mapping", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                        help="What the columns of your own tables (CSV, TSV) mean: see docs/guides/inputs.md.")(verb)


def load_table_mapping(path: Path | None) -> TableMapping | None:
    """The mapping that was asked for.

    Raises:
        UsageError: the file has errors; the text lists all of them.
    """
    if path is None:
        return None
    from checker.sources.mapping import load_mapping
    from checker.strictyaml.message import render_all
    from checker.vocabulary.vocabulary import default_vocabulary

    mapping, problems = load_mapping(path, default_vocabulary())
    if mapping is None:
        raise UsageError(render_all(problems))
    return mapping
