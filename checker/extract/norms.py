"""Sentences that restate the law: what a resolution bans or demands is no event.

Three kinds of cue words in the packs: ``norm`` judges the whole sentence ("would violate"); ``norm_verb`` ("bans", "requires") does
so for what follows it, where a ``norm_source`` ("resolution", "embargo") stands in the sentence; ``norm_passive`` ("is banned") does so
by itself. What stands before, or behind the next comma, is told and stays: "shipped shells despite resolutions that ban it from
exporting arms".
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Grammar
from checker.extract.instance import Instance
from checker.extract.objects import View
from checker.extract.tokens import Token

__all__ = ["drop_norms"]


_NORMS = frozenset({"norm", "norm_verb", "norm_passive"})


def drop_norms(view: View, grammar: Grammar) -> bool:
    """Take the instances out that only restate law; whether the sentence then tells of law and of nothing else. Where verbs come last
    ("bans" after what it bans), the words before it are meant, back to the verb of another clause."""
    tokens = view.tokens
    if not view.cues & _NORMS:
        return False
    if "norm" in view.cues:
        view.instances.clear()
        return True
    source = "norm_source" in view.cues
    rules = [j for j, token in enumerate(tokens) if token.has("cue", "norm_passive") or (source and token.has("cue", "norm_verb"))]
    banned = [j for j, token in enumerate(tokens) if token.has("cue", "norm_passive")]
    for instance in list(view.instances):
        if not grammar.cues_after and _is_subject(tokens, instance, banned):
            view.instances.remove(instance)
            continue
        if grammar.cues_after:
            after = next((j for j in rules if j > instance.trigger), -1)
            if after >= 0 and not _other_clause(tokens, instance.trigger, after):
                view.instances.remove(instance)
                continue
            if not grammar.cues_both:
                continue
        before = [j for j in rules if j < instance.trigger]
        breaks = (";",) if grammar.cues_both else (",", ";")  # "it bans X, arms to export"
        if before and not any(token.low in breaks for token in _unlisted(tokens[before[-1]:instance.trigger])):
            view.instances.remove(instance)
    return bool(rules) and not view.instances


def _unlisted(between: Sequence[Token]) -> Sequence[Token]:
    """Without the verbs joined to the last one: "must not supply, sell or" before "transfer"."""
    while between and (between[-1].low == "," or between[-1].has("gram", "conj") or between[-1].has("trigger")):
        between = between[:-1]
    return between


def _is_subject(tokens: Sequence[Token], instance: Instance, banned: Sequence[int]) -> bool:
    """What is said to be banned is the act itself: "insuring such ships is banned", "exports of X to Y are prohibited"."""
    after = next((j for j in banned if j > instance.trigger), -1)
    if after < 0 or any(a.how == "subject" for a in instance.roles.values()):
        return False
    return not any(t.low in (",", ";", ":") or t.has("say") or t.has("gram", "boundary") or t.has("gram", "relative")
                   for t in tokens[instance.trigger + 1:after])


def _other_clause(tokens: Sequence[Token], trigger: int, rule: int) -> bool:
    """A verb of action that has more actions, a saying or a sign of a break between itself and the ruling verb is told, not ruled."""
    between = tokens[trigger + 1:rule]
    verb = any(e.kind == "trigger" and e.form != "noun" for e in tokens[trigger].entries)
    if any(t.has("say") or t.has("gram", "boundary") or t.low == ";" for t in between):
        return True
    while verb and between and (between[0].has("trigger") or between[0].has("gram", "conj") or between[0].low == ","):
        between = between[1:]  # "sell or supply ... is banned"
    return verb and any(t.has("trigger") or t.low == "," for t in between)
