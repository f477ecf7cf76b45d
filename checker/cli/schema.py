"""``sanctions schema``: the formats, for editors and other programs."""

from __future__ import annotations

import click

from checker.cli.setup import hint
from checker.errors import UsageError

__all__ = ["schema"]

_ENDING = ".schema.json"


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
def schema(name: str | None) -> int:
    """Print the JSON Schema of a format; without NAME, list the formats."""
    from checker.locator import rules_dir

    files = {path.name.removesuffix(_ENDING): path for path in sorted((rules_dir() / "schema").glob(f"*{_ENDING}"))}
    if name is None:
        for known in files:
            click.echo(known)
        return 0
    if name not in files:
        raise UsageError(f"there is no format '{name}'{hint(name, files)} The formats are: {', '.join(files)}")
    click.echo(files[name].read_text(encoding="utf-8"), nl=False)
    return 0
