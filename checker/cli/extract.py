"""``sanctions extract``: events without law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.extractor_option import Choice, extractor_options
from checker.cli.lists_option import lists_option, load_screener
from checker.cli.mapping_option import load_table_mapping, mapping_option
from checker.cli.setup import event_reader, min_tier_option, nothing_read, paths_argument, published_option

if TYPE_CHECKING:
    from checker.model.dates import DateRange
    from checker.model.event import Tier

__all__ = ["extract"]


@click.command()
@paths_argument
@published_option
@click.option("--explain", is_flag=True, help="Show the words behind every fact and claim.")
@click.option("--json", "as_json", is_flag=True, help="Write the events as JSON Lines (sanctions-checker/event/1) to stdout.")
@min_tier_option
@lists_option
@mapping_option
@extractor_options
def extract(paths: tuple[str, ...], published: DateRange | None, explain: bool, as_json: bool, min_tier: Tier | None,
            lists: tuple[str, ...], mapping: Path | None, extractor: Choice) -> int:
    """Show the events found in articles, without judging them."""
    from checker.cli.output import console, inert, write_json_line, write_problems
    from checker.cli.show import show_events
    from checker.pipeline.check import read_documents
    from checker.pipeline.tiers import AtLeast
    from checker.sources.readers import read_inputs
    from checker.vocabulary.vocabulary import default_vocabulary

    vocabulary = default_vocabulary()
    reader = event_reader()
    screener = load_screener(lists)
    chosen = AtLeast(extractor.make(vocabulary, screener.names() if screener else ()), min_tier or "external")
    items = read_inputs(paths, reader, published=published, mapping=load_table_mapping(mapping))
    documents, problems = read_documents(items, chosen, reader, screener=screener)
    write_problems(problems)
    if as_json:
        for read in documents:
            for event in read.events:
                # The digest of the text is what finds the events again, however the document is called then.
                digest = {"sha256": read.document.sha256} if read.document.text else {}
                write_json_line(event.to_wire() | digest)
    else:
        out = console()
        for read in documents:
            language = f", language {read.language}" if read.language else ""
            out.print(inert(f"{read.document.id}  {read.status}{language}"), style="underline")
            for note in read.notes:
                out.print(inert(f"  note: {note}"))
            show_events(read.events, vocabulary, explain=explain)
    if documents and all(d.status == "unreadable" for d in documents):
        raise nothing_read()
    return 0
