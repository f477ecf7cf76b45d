"""How a sentence was read, step by step: words with their meanings, names, frames with the score of each role, and claims.

For whoever writes a pack and asks why a sentence gives what it gives. ``trace`` has the data, ``lines`` the same for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from checker.extract.lexicon import Entry
from checker.extract.sentences import sentence_document

if TYPE_CHECKING:
    from checker.extract.extractor import FrameExtractor
    from checker.extract.instance import Argument, Instance, Voice
    from checker.extract.objects import View
    from checker.extract.phrases import Mention

__all__ = ["lines", "trace"]

_ASIDE = ("negated", "doubted", "as_if", "hypothetical", "vague")


def trace(extractor: FrameExtractor, text: str, lang: str) -> list[dict[str, Any]]:
    """One map for each sentence, ready for JSON."""
    views = extractor.views(sentence_document(text, lang), lang)
    people = [word.role for word in extractor.packs[lang].people]
    return [_sentence(view, text, people) for view in views]


def _sentence(view: View, text: str, people: Sequence[str]) -> dict[str, Any]:
    sentence = view.sentence
    return {
        "text": text[sentence.start:sentence.end], "zone": sentence.zone,
        "tokens": [{"text": text[t.start:t.end], "means": list(dict.fromkeys(_meaning(e, people) for e in t.entries))}
                   for t in view.tokens],
        "mentions": [_mention(view, m, text) for m in view.mentions],
        "frames": [_frame(i, text) for i in view.instances],
    }


def _meaning(entry: Entry, people: Sequence[str]) -> str:
    value = people[int(entry.value)] if entry.kind == "people" else entry.value
    return " ".join(filter(None, (entry.kind, value, f"({entry.form})" if entry.form else "", entry.case)))


def _mention(view: View, m: Mention, text: str) -> dict[str, Any]:
    tokens = view.tokens
    told = {"marker": m.marker, "case": m.case or " ".join(sorted(m.cases)), "kind": m.kind,
            "of": text[tokens[m.modifies].start:tokens[m.modifies].end] if m.modifies >= 0 else "", "theatre": m.theatre}
    return {"text": text[tokens[m.first].start:tokens[m.last].end], "value": m.value, "form": "place" if m.is_place else m.form,
            **{name: value for name, value in told.items() if value}}


def _frame(i: Instance, text: str) -> dict[str, Any]:
    goods = [{"term": g.term, "text": text[g.start:g.end]} for g in i.goods]
    return {"frame": i.frame, "text": text[i.start:i.end], "act": i.act, "stage": i.stage, "goods": goods,
            "people": i.person_role if i.people else "", "roles": [_role(name, a, text) for name, a in i.roles.items()],
            "not_told": [name for name in _ASIDE if getattr(i, name)], "claims": [_claim(v, text) for v in i.voices]}


def _role(name: str, a: Argument, text: str) -> dict[str, Any]:
    return {"role": name, "value": a.value, "text": text[a.start:a.end], "how": a.basis or a.how, "score": a.score}


def _claim(v: Voice, text: str) -> dict[str, Any]:
    return {"kind": v.status, "by": v.by, "party": v.party, "verb": text[v.cue[0]:v.cue[1]] if v.cue else ""}


def lines(sentence: dict[str, Any], *, words: bool = True) -> Iterator[str]:
    """A traced sentence in lines: names, frames and claims, and with ``words`` every word that means something."""
    if words:
        for token in sentence["tokens"]:
            if token["means"]:
                yield f"word     {token['text']}: {', '.join(token['means'])}"
    for m in sentence["mentions"]:
        more = [f"{name} {m[name]}" for name in ("marker", "case", "kind", "of") if name in m]
        theatre = ["theatre of war"] if "theatre" in m else []
        yield f"name     {m['text']}: {m['value']} ({', '.join([m['form'], *more, *theatre])})"
    for frame in sentence["frames"]:
        things = ", ".join([*(f"{g['term']} ({g['text']})" for g in frame["goods"]), *filter(None, [frame["people"]])]) or "nothing"
        aside = f", but {', '.join(frame['not_told'])}" if frame["not_told"] else ""
        yield f"frame    {frame['text']}: {frame['frame']} tells {frame['act']} of {things}, {frame['stage']}{aside}"
        for role in frame["roles"]:
            yield f"  role   {role['role']} {role['value']} ({role['text']}; {role['how']}; score {role['score']:g})"
        for claim in frame["claims"]:
            yield f"  claim  {claim['kind']} by {claim['by'] or 'nobody named'}" + (f" ({claim['verb']})" if claim["verb"] else "")
    if not sentence["frames"]:
        yield "frame    none: no verb or noun of action with an object it takes"
