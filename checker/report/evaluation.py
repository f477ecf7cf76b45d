"""An evaluation as one HTML page that needs nothing else: the scores, and every mistake in the text it was made in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from checker.model.document import Document
from checker.report.environment import environment, hash_of, stylesheet
from checker.report.text import direction, lang_tag, safe_url

__all__ = ["render_evaluation"]

# What is counted, by its name in the evaluation, with its title in the table.
_COUNTED = {"roles": "named suppliers and recipients", "events": "events: kind of act and both parties",
            "verdicts": "verdicts: regime and event"}
_SHARES = {"status": "status", "stage": "stage", "report": "report", "claimant": "claimant", "denial": "who denies"}
_KINDS = {
    "false-alarm": ("False alarms", "Nothing in the article is to be flagged, and something was."),
    "false-verdict": ("False verdicts", "An event was flagged under a regime that the labels do not name for it."),
    "missed-verdict": ("Missed verdicts", "A labelled violation that was not flagged, mostly because its event was missed or misread."),
    "misread-event": ("Misread events", "Found, but with another party or as another kind of act: one miss and one false event."),
    "missed-event": ("Missed events", "Labelled, and nothing found that comes near."),
    "false-event": ("False events", "Found, and nothing labelled that comes near."),
    "wrong-status": ("Wrong status", "The event is right; how far it got, or how it is told, is not."),
}
_OPENING = 2  # lines of an article that are shown where a mistake has no place in it


def render_evaluation(evaluation: Mapping[str, Any], documents: Sequence[Document]) -> str:
    """The page on an evaluation (``sanctions-checker/evaluation/1``). ``documents``: the articles, in the order of its ``articles``."""
    style = stylesheet("report.css", "evaluate.css")
    ours, naive = evaluation["checker"], evaluation["naive"]
    cases = [_case(case, article, document) for article, document in zip(evaluation["articles"], documents, strict=True)
             for case in article["cases"]]
    groups = [{"id": kind, "title": title, "says": says, "cases": [c for c in cases if c["kind"] == kind]}
              for kind, (title, says) in _KINDS.items()]
    page = environment().get_template("evaluate.html").render(
        e=evaluation, total=ours["total"], rows=list(_rows(evaluation)), groups=[g for g in groups if g["cases"]], count=len(cases),
        tiers=[_tier(row) for row in evaluation["tiers"]], percent=f"{evaluation['bootstrap']['percent']:g}",
        languages=[_group(name, one, naive["by_language"].get(name)) for name, one in ours["by_language"].items()],
        regimes=[_group(name, ours["by_regime"].get(name), naive["by_regime"].get(name))
                 for name in sorted({*ours["by_regime"], *naive["by_regime"]})],
        style=style, style_hash=hash_of(style))
    return page.lstrip()


def _rows(evaluation: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The rows of the table of scores: one number each, with its interval."""
    ours, naive = evaluation["checker"], evaluation["naive"]

    def row(title: str, part: str, measure: str, told: str) -> dict[str, str]:
        name = f"{part}.{measure}"
        gap = evaluation["difference"].get(name) or {"value": None, "interval": None}
        cells = {key: _number(method["total"][part][measure]) for key, method in (("ours", ours), ("naive", naive))}
        return cells | {"title": title, "told": told, "ours_in": _bounds(ours["intervals"].get(name)),
                        "naive_in": _bounds(naive["intervals"].get(name)),
                        "gap": "" if gap["value"] is None else f"{gap['value']:+.2f}", "gap_in": _bounds(gap["interval"])}

    for part, title in _COUNTED.items():
        counts = ours["total"][part]
        yield row(f"{title}: precision", part, "precision", f"{counts['hit']} of {counts['hit'] + counts['false']} found")
        yield row("recall", part, "recall", f"{counts['hit']} of {counts['hit'] + counts['missed']} labelled")
        yield row("F1", part, "f1", "")
    for part, title in _SHARES.items():
        share = ours["total"][part]
        yield row(f"{title}, of matched events", part, "share", f"{share['part']} of {share['of']}")
    alarms = ours["total"]["alarms"]
    yield row("false alarms", "alarms", "share", f"{alarms['part']} of {alarms['of']} articles with nothing to flag")


def _tier(row: Mapping[str, Any]) -> dict[str, str]:
    promise = "" if row["promise"] is None else f"at least {row['promise']:.2f}"
    kept = {True: "kept", False: "not kept", None: ""}[row["kept"]]
    return {"tier": row["tier"], "right": f"{row['right']} of {row['found']}", "precision": _number(row["precision"]),
            "interval": _bounds(row["interval"]), "recall": _number(row["recall_down_to"]), "recall_in": _bounds(row["recall_interval"]),
            "promise": promise, "kept": kept}


def _group(name: str, ours: Mapping[str, Any] | None, naive: Mapping[str, Any] | None) -> dict[str, str]:
    """A language or a regime; what one method has nothing of stays empty."""
    def f1(method: Mapping[str, Any] | None, part: str) -> str:
        return _number(method[part]["f1"]) if method and part in method else "–"

    def interval(part: str) -> str:
        return _bounds(ours["intervals"].get(f"{part}.f1")) if ours else ""

    alarms = ours.get("alarms") if ours else None
    return {"name": name, "articles": str(ours["articles"]) if ours else "0", "events": f1(ours, "events"), "events_in": interval("events"),
            "events_naive": f1(naive, "events"), "verdicts": f1(ours, "verdicts"), "verdicts_in": interval("verdicts"),
            "verdicts_naive": f1(naive, "verdicts"), "alarms": f"{alarms['part']} of {alarms['of']}" if alarms else ""}


def _case(case: Mapping[str, Any], article: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """One mistake with what was labelled, what was found, and the lines it stands in."""
    label, found = case["label"], case["found"]
    lines = list(_lines(document.text, [(s["start"], s["end"], s["of"]) for s in case["spans"]]))
    return {"kind": case["kind"], "regime": case["regime"], "id": article["id"], "lang": lang_tag(article["lang"]),
            "published": article["published"] or "", "outlet": article["outlet"], "link": safe_url(article["url"]),
            "label": _event(label, label.get("also_ok", {})) if label else None, "found": _event(found, {}) if found else None,
            "item": (label or {}).get("item") or "", "tier": found["tier"] if found else "", "lines": lines}


def _event(event: Mapping[str, Any], also: Mapping[str, Sequence[str | None]]) -> list[tuple[str, str]]:
    """The fields of a label or of a found event, as (name, words)."""
    def words(name: str) -> str:
        value = event[name]
        text = " / ".join(value) if isinstance(value, list) else value
        others = ", ".join(other or "nobody" for other in also.get(name, ()))
        return (text or "not told") + (f" (or {others})" if others else "")

    shown = [(name.replace("_", " "), words(name)) for name in ("action", "supplier", "recipient", "status", "claimed_by")]
    return shown + ([("denied by", event["denied_by"])] if event.get("denied_by") else [])


def _lines(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[dict[str, Any]]:
    """The lines that spans stand in, cut where marks change; without spans the opening. ``gap``: lines before it are left out."""
    start, last = 0, -1
    for number, line in enumerate(text.splitlines(keepends=True)):
        end = start + len(line.rstrip("\r\n"))
        inside = [(a, b, of) for a, b, of in spans if a < end and b > start]
        if line.strip() and (inside or (not spans and number <= _OPENING)):
            edges = sorted({start, end, *(min(max(p, start), end) for a, b, _ in inside for p in (a, b))})
            parts = [(text[a:b], " ".join(sorted({of for first, stop, of in inside if first <= a and b <= stop})))
                     for a, b in pairwise(edges)]
            yield {"parts": parts, "dir": direction(line), "gap": bool(text[last + 1 if last >= 0 else 0:start].strip())}
            last = end
        start += len(line)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _bounds(interval: Sequence[float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
