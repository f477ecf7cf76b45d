"""``sanctions judge``, ``explain`` and ``replay``: events that a person describes, and findings looked at again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.lists_option import lists_option, load_screener
from checker.cli.mapping_option import load_table_mapping, mapping_option
from checker.cli.results import read_results
from checker.cli.setup import event_reader, load_judge, load_rules, nothing_read, rules_option, shadow_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.judge.judge import Judge
    from checker.model.event import Event
    from checker.sources.mapping import TableMapping
    from checker.strictyaml.problem import Problem
    from checker.vocabulary.events import EventReader

__all__ = ["events_of", "explain", "judge", "replay"]

_TEMPLATE = """\
# An event: one act. Leave out what is not known; write 'unknown' to say so. All facts: docs/reference/events.md
act: shipment                 # what was done: sale, shipment, military_training, labour_dispatch ...
goods: artillery_shell        # the item, where there is one
supplier: XA                  # a State (KP, DPRK, "North Korea"), a known group, or {name: ..., state: ..., kind: company}
recipient: XB
date: 2022-11-02              # a day, a month (2022-11), a year, or 2022-11-02..2022-11-30
report: alleged               # confirmed, reported, alleged, denied
"""


@click.command()
@click.argument("paths", nargs=-1, metavar="EVENT...", type=click.Path(exists=True, allow_dash=True))
@rules_option
@click.option("--all", "everything", is_flag=True, help="Show every rule for every event, also where it excuses or does not apply.")
@shadow_option
@click.option("--template", is_flag=True, help="Print an event to fill in, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/findings/1) to stdout.")
@lists_option
@mapping_option
def judge(paths: tuple[str, ...], rules: tuple[Path, ...], everything: bool, shadow: bool, template: bool, as_json: bool,
          lists: tuple[str, ...], mapping: Path | None) -> int:
    """Judge events that you describe: YAML files, JSON Lines, or - for standard input."""
    if template:
        click.echo(_TEMPLATE, nl=False)
        return 0
    if not paths:
        raise click.UsageError("Name a file with an event; 'sanctions judge --template' prints one to fill in.")
    from checker.cli.output import write_json, write_problems
    from checker.cli.show import show_run
    from checker.extract.extractor import FrameExtractor
    from checker.pipeline.check import check as run_check

    compiled = load_judge(rules, shadow)
    vocabulary = compiled.rulebase.vocabulary
    items = _events_only(paths, load_table_mapping(mapping))
    run = run_check(items, compiled, FrameExtractor(vocabulary), everything=everything, screener=load_screener(lists))
    write_problems(run.problems)
    if as_json:
        write_json(run.to_wire())
    else:
        show_run(run, vocabulary)
    if any(d.status == "unreadable" for d in run.documents) and not any(d.events for d in run.documents):
        raise nothing_read()
    return 0


def _events_only(paths: tuple[str, ...], mapping: TableMapping | None) -> Any:
    from checker.model.document import Document
    from checker.sources.readers import read_inputs
    from checker.strictyaml.problem import Problem

    for item in read_inputs(paths, event_reader(), mapping=mapping):
        if isinstance(item, Document):
            yield Problem(item.id, 0, 0, "not-an-event", "this is an article, not an event", "use 'sanctions check' on articles")
        else:
            yield item


@click.command()
@click.argument("path", metavar="EVENT|FINDINGS", type=click.Path(exists=True, dir_okay=False))
@click.option("--rule", "rule_id", metavar="ID", help="Explain this rule alone, in full; 'sanctions rules list' names them.")
@click.option("--why-not", "why_not", metavar="ID", help="As --rule, and first say how near the rule is to flagging the event.")
@click.option("--all", "everything", is_flag=True, help="List every rule that does not flag the event, not only the nearest.")
@click.option("--near", "limit", metavar="N", type=click.IntRange(min=0), default=10, show_default=True,
              help="Show at most so many near misses of an event; the others are counted.")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout: sanctions-checker/explain/1; with --rule a list of findings.")
@lists_option
def explain(path: str, rule_id: str | None, why_not: str | None, everything: bool, limit: int, rules: tuple[Path, ...],
            as_json: bool, lists: tuple[str, ...]) -> int:
    """Show, line by line, why a rule matches an event or does not.

    Without --rule: every rule that flags the event, and then the near misses: the rules that would flag it if one or two things
    were otherwise, the nearest first. The file is an event (YAML, JSON Lines) or a findings document, whose events are all explained.
    """
    if sum(map(bool, (rule_id, why_not, everything))) > 1:
        raise click.UsageError("Give one of --rule, --why-not and --all.")
    from checker.cli.output import write_problems

    compiled = load_judge(rules)
    if rule_id or why_not:
        compiled.rulebase.get(rule_id or why_not or "")  # an unknown rule is told of before the file is looked at
    events, problems = events_of(path, event_reader())
    write_problems(problems)
    if not events:
        raise UsageError(f"{path} holds no event that could be explained")
    if read_results(path) is None:  # events of results were screened, or not, when they were judged
        screener = load_screener(lists)
        events = [screener.screen(event) if screener else event for event in events]
    if rule_id:
        _explain_one(compiled, events, rule_id, as_json)
    else:
        _explain_near(compiled, events, why_not, None if everything else limit, as_json)
    return 0


def _explain_one(judge: Judge, events: list[Event], rule_id: str, as_json: bool) -> None:
    from checker.cli.output import write_json
    from checker.cli.show import show_finding_tree

    findings = [judge.explain(event, rule_id) for event in events]
    if as_json:
        write_json([f.to_wire() for f in findings])
        return
    for finding in findings:
        show_finding_tree(finding)


def _explain_near(judge: Judge, events: list[Event], why_not: str | None, limit: int | None, as_json: bool) -> None:
    """Rules that flag, then those that nearly do. ``limit`` ``None``: all that do not, however far."""
    from checker.cli.output import write_json
    from checker.cli.show import show_explained
    from checker.proof.near import near_miss, near_misses

    told: list[dict[str, Any]] = []
    for event in events:
        if why_not:
            flagged, one = [judge.explain(event, why_not)], near_miss(judge, event, why_not)
            misses = [one] if one else []
        else:
            flagged = [judge.explain(event, verdict.rule.id) for verdict in judge.verdicts(event) if verdict.flagged]
            misses = list(near_misses(judge, event, far=limit is None))
        shown = misses if limit is None or why_not else misses[:limit]
        if as_json:
            told.append({"event": event.to_wire(), "flagged": [f.to_wire() for f in flagged if f.flagged],
                         "near_misses": [miss.to_wire() for miss in shown], "not_shown": len(misses) - len(shown)})
        else:
            show_explained(event, flagged, shown, len(misses) - len(shown), judge.vocabulary, why_not=bool(why_not))
    if as_json:
        write_json({"schema": "sanctions-checker/explain/1", "events": told})


def events_of(path: str, reader: EventReader) -> tuple[list[Event], list[Problem]]:
    """The events of a file of events or of results, and what could not be read of it."""
    from checker.model.event import Event
    from checker.sources.readers import read_inputs
    from checker.strictyaml.problem import Problem

    wire = read_results(path)
    if wire is None:
        items = list(read_inputs([path], reader))
        return [item for item in items if isinstance(item, Event)], [item for item in items if isinstance(item, Problem)]
    found: list[Event] = []
    problems: list[Problem] = []
    for one in _event_wires(wire):
        if isinstance(one, dict):
            event, told = reader.read(one, locate=None, path=path, source=None)
            problems += told
            found += [event] if event is not None else []
        else:
            problems.append(Problem(path, 0, 0, "not-an-event", "an event of this document is damaged and was not read",
                                    "write the document again with --json"))
    return found, problems


def _event_wires(wire: dict[str, Any]) -> list[Any]:
    if "documents" not in wire:
        return [wire.get("event")]
    documents = wire["documents"] if isinstance(wire["documents"], list) else [None]
    lists = [document.get("events") if isinstance(document, dict) else None for document in documents]
    return [event for events in lists for event in (events if isinstance(events, list) else [None])]


@click.command()
@click.argument("path", metavar="RECEIPT", type=click.Path(exists=True, dir_okay=False))
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/replay/1) to stdout.")
def replay(path: str, rules: tuple[Path, ...], as_json: bool) -> int:
    """Reproduce findings from their receipts, and say what differs.

    RECEIPT is a receipt, a finding or a findings document as --json wrote it. Exit code 1 means that something differs: the rule,
    the vocabulary or the checker has changed since.
    """
    from checker.cli.output import console, inert, write_json
    from checker.judge.replay import replay as again

    wire = read_results(path)
    if wire is None:
        raise UsageError(f"{path} is no receipt, finding or findings document; give what 'sanctions check --json' wrote")
    receipts = _receipts(wire)
    base = load_rules(rules)
    results = [(receipt, again(receipt, base, event_reader())) for receipt in receipts]
    same = all(result.same for _, result in results)
    if as_json:
        write_json({"schema": "sanctions-checker/replay/1", "same": same, "receipts": [
            {"id": receipt.get("id", ""), "rule": receipt.get("rule", ""), "same": result.same, "differences": list(result.differences)}
            for receipt, result in results]})
        return 0 if same else 1
    out = console()
    for receipt, result in results:
        says = "same" if result.same else "DIFFERS"
        out.print(inert(f"{says}  {receipt.get('id', '')}  {receipt.get('rule', '')}  {receipt.get('label', '')}"))
        for difference in result.differences:
            out.print(inert(f"  {difference}"))
    out.print(f"{len(results)} receipt{'' if len(results) == 1 else 's'}, {sum(r.same for _, r in results)} reproduced exactly.")
    return 0 if same else 1


def _receipts(wire: dict[str, Any]) -> list[dict[str, Any]]:
    if "findings" in wire:
        return [finding["receipt"] for finding in wire["findings"]]
    return [wire.get("receipt", wire)]
