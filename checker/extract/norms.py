"""Sentences that restate the law: what a resolution bans or demands is no event.

Three kinds of cue words in the packs: ``norm`` judges the whole sentence ("would violate"); ``norm_verb`` ("bans", "requires") does
so for what follows it, where a ``norm_source`` ("resolution", "embargo") stands in the sentence; ``norm_passive`` ("is banned") does so
by itself. What stands before, or behind the next comma, is told and stays: "shipped shells despite resolutions that ban it from
exporting arms".
"""

from __future__ import annotations

from checker.extract.objects import View

__all__ = ["drop_norms"]


def drop_norms(view: View) -> bool:
    """Take the instances out that only restate law; whether the sentence then tells of law and of nothing else."""
    tokens = view.tokens
    if any(token.has("cue", "norm") for token in tokens):
        view.instances.clear()
        return True
    source = any(token.has("cue", "norm_source") for token in tokens)
    rules = [j for j, token in enumerate(tokens) if token.has("cue", "norm_passive") or (source and token.has("cue", "norm_verb"))]
    for instance in list(view.instances):
        before = [j for j in rules if j < instance.trigger]
        if before and not any(token.low in (",", ";") for token in tokens[before[-1]:instance.trigger]):
            view.instances.remove(instance)
    return bool(rules) and not view.instances
