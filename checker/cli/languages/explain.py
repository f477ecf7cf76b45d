"""``sanctions languages explain``."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.extractor_option import languages_option

__all__ = ["explain"]


@click.command()
@click.argument("lang", metavar="LANG")
@click.argument("text", metavar="SENTENCE")
@languages_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/languages-explain/1) to stdout.")
def explain(lang: str, text: str, languages: tuple[Path, ...], as_json: bool) -> int:
    """Show how a sentence is read: words, names, frames with the score of each role, claims.

    SENTENCE may be several sentences. What comes out stands at the end, in the form in which packs write it under `events`.
    """
    from checker.cli.languages.chosen import chosen, make_extractor
    from checker.cli.output import console, inert, write_json
    from checker.extract.sentences import in_line, sentence_document
    from checker.extract.trace import lines, trace

    extractor = make_extractor(languages)
    (pack,) = chosen(extractor.packs, [lang])
    read = extractor.extract(sentence_document(text, lang))
    events = [in_line(event) for event in read.events]
    sentences = trace(extractor, text, lang)
    if as_json:
        write_json({"schema": "sanctions-checker/languages-explain/1", "language": pack.lang, "sentences": sentences, "events": events,
                    "hints": [hint.kind for hint in read.hints], "notes": list(read.notes)})
        return 0
    out = console()
    for sentence in sentences:
        out.print(inert(sentence["text"]), style="bold")
        for line in lines(sentence):
            out.print(inert(f"  {line}"))
    for event in events or ["none"]:
        out.print(inert(f"event  {event}"), style="bold")
    for hint in read.hints:
        out.print(inert(f"hint   {hint.kind}"))
    for note in read.notes:
        out.print(inert(f"note   {note}"), style="dim")
    return 0
