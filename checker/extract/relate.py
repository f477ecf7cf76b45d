"""Relations between sentences: feigned routes, doubts about arrival and denials are attached to the event they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.claims import Attribution
from checker.extract.discourse import Memory
from checker.extract.instance import Instance, Voice
from checker.extract.objects import View
from checker.extract.speakers import voice_of_mention

__all__ = ["relate"]

_FAR = 12


def relate(view: View, found: Sequence[Attribution], memory: Memory) -> None:
    """Resolve the instances of a sentence against those before it, and attach what is said about earlier ones."""
    memory.resolve(view, found)
    for attribution in found:
        if attribution.kind in ("deny", "reject"):
            _deny(view, attribution, memory)
        elif attribution.kind == "of_before" and attribution.voice.by and not view.instances:  # "So X said" of the sentence before
            for instance in memory.recent(view.sentence.index, 1):
                instance.voices = instance.voices or [attribution.voice]
    if not any(a.kind in ("deny", "reject") for a in found):
        _contrary(view, found, memory)
    for instance in view.instances:
        if instance.as_if:
            _feigned(instance, view, memory)
    _doubt(view, found, memory)
    _purpose(view)
    _stopped(view, memory)
    _reported(view, found, memory)


def _deny(view: View, attribution: Attribution, memory: Memory) -> None:
    """A denial without an act of its own speaks of what was told before about the denier; so do the words "or other support"."""
    voice = attribution.voice
    own = [i for i in view.instances if attribution.lo <= i.trigger <= attribution.hi]
    wide = any(view.tokens[j].has("gram", "other_support") for j in range(attribution.at, len(view.tokens)))
    if (own and not wide) or not voice.party:
        return
    for instance in memory.recent(view.sentence.index, _FAR):
        if instance in view.instances or voice.party not in _states(instance) or instance.as_if:
            continue
        if all(v.by != voice.by or v.status != voice.status for v in instance.voices):
            plain = not (instance.voices or instance.negated or instance.doubted)
            instance.voices = [*([Voice("")] if plain else instance.voices), voice]  # the outlet's own words stand beside the denial


def _contrary(view: View, found: Sequence[Attribution], memory: Memory) -> None:
    """A party denies without the verb: it says the contrary ("X insists that it sold nothing"), or what it calls the report is no praise
    ("X spoke of a fairy tale")."""
    tokens = view.tokens
    if any(not i.negated for i in view.instances) or view.sentence.zone == "headline":
        return
    name = next((j for j, t in enumerate(tokens) if t.has("gram", "slander")), -1)
    if name >= 0:
        m = next((m for m in view.mentions if not (m.is_place or m.theatre) and m.modifies < 0), None)
        voice = next((a.voice for a in found if a.voice.party), None)
        if voice is None and m is not None and (not m.marker or m.marker == "for"):
            voice = voice_of_mention(m, tokens, memory.text, "deny", name)
        if voice is not None:
            cue = (tokens[name].start, tokens[name].end)
            _deny(view, Attribution(name, "deny", replace(voice, status="deny", cue=cue), 0, len(tokens) - 1), memory)
        return
    for a in found:
        if a.voice.party and a.kind in ("say", "claim", "admit", "after") and _says_no(view, a, memory):
            _deny(view, replace(a, kind="deny", voice=replace(a.voice, status="deny")), memory)
            return


def _says_no(view: View, a: Attribution, memory: Memory) -> bool:
    """A "not" with a verb of action that the speaker would do, or that needs no doer, among what he says."""
    told = view.tokens[a.lo:a.hi + 1]
    if not any(t.has("cue", "negation") for t in told) or any(t.has("gram", "stop_object") for t in told):
        return False
    frames = [memory.reader.pack.frames[e.value] for t in told for e in t.entries if e.kind == "trigger"]
    sides = {role for i in memory.recent(view.sentence.index, _FAR) for role, held in i.roles.items() if held.value == a.voice.party}
    return any("goods" in f.objects and f.subject in ("", *sides) for f in frames)


def _states(instance: Instance) -> set[str]:
    return {a.value for a in instance.roles.values()}


def _feigned(instance: Instance, view: View, memory: Memory) -> None:
    """ "As if shipped to X": X is a declared destination of the event that the sentence speaks of."""
    sets = {"to": "declared_destination", "from": "declared_origin"}
    for m in view.mentions:
        if m.at < instance.trigger or not m.marker:
            continue
        if m.marker in sets:
            memory.reader.declare(view.tokens, instance, sets[m.marker], m)
    holder = next((m.value for m in reversed(view.mentions) if m.at < instance.trigger and m.free and not m.is_place), "")
    for other in [*memory.recent(view.sentence.index, _FAR), *view.instances]:
        if other is instance or other.as_if or not (other.goods or other.people):
            continue
        if not holder or holder in other.parties:
            for name, values in instance.sets.items():
                kept = other.sets.setdefault(name, [])
                kept += [a for a in values if all(a.value != b.value for b in kept)]
            return
    memory.pending.append((holder, instance))


def _doubt(view: View, found: Sequence[Attribution], memory: Memory) -> None:
    """ "Still monitoring whether it arrived": the receipt of the latest goods is in doubt."""
    tokens = view.tokens
    for j, token in enumerate(tokens if "doubt" in view.cues else ()):
        if not token.has("cue", "doubt"):
            continue
        arrival = [i for i in view.instances if i.trigger > j and "receipt" in memory.reader.pack.frames[i.frame].needs]
        if not arrival and not any(t.has("cue", "receipt") for t in tokens[j + 1:]):
            continue
        for instance in arrival:
            view.instances.remove(instance)
        target = next((i for i in [*reversed(view.instances), *memory.recent(view.sentence.index, _FAR)] if len(i.parties) > 1), None)
        if target is None:
            return
        speaker = next((a.voice for a in found if a.voice.by), None) or next((v for v in target.voices if v.by), Voice("doubt"))
        target.voices = [*target.voices, Voice("doubt", speaker.by, speaker.party, speaker.kind, -1, -1, (token.start, token.end),
                                               speaker.via, None, "receipt")]
        return


def _reported(view: View, found: Sequence[Attribution], memory: Memory) -> None:
    """What nobody is named for, in sentences after one that a panel's report is named for, is told from that report."""
    named = [a.voice for a in found if a.voice.by and a.kind not in ("deny", "reject")]
    if named:
        memory.panel = next((v for v in named if v.kind == "panel"), None)
    elif memory.panel is not None:
        for instance in view.instances:
            if not (instance.voices or instance.negated or instance.doubted):
                instance.voices = [Voice("say", memory.panel.by, memory.panel.party, memory.panel.kind)]


def _stopped(view: View, memory: Memory) -> None:
    """ "A consignment of rifles for X was seized": what is called a consignment has not arrived."""
    for late in [i for i in view.instances if memory.reader.pack.frames[i.frame].stage == "attempted" and i.stage == "attempted"]:
        for early in view.instances:
            noun = any(e.kind == "trigger" and e.form == "noun" for e in view.tokens[early.trigger].entries)
            if noun and {g.start for g in early.goods} & {g.start for g in late.goods}:
                early.stage = "attempted"


def _purpose(view: View) -> None:
    """People sent in order to help: one act, the help, where the people went."""
    for helping in [i for i in view.instances if i.support and i.subject_from >= 0]:
        sent = next((i for i in view.instances if i.trigger == helping.subject_from and i.people is not None), None)
        if sent is None:
            continue
        sent.act, sent.support = helping.act, True
        sent.goods = helping.goods
        for role, argument in helping.roles.items():
            if not argument.basis:
                sent.roles.setdefault(role, argument)
        place = sent.roles.pop("destination", None)
        if place is not None:
            sent.roles["place"] = place
        view.instances.remove(helping)
