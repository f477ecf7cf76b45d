"""Attribution: who says a clause, with which verb, and when; and what status that gives the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checker.extract.dates import DateMention
from checker.extract.grammar import Grammar
from checker.extract.instance import Voice
from checker.extract.objects import View
from checker.extract.speakers import People, claimant, voice_of_mention
from checker.extract.tokens import Token

__all__ = ["Attribution", "People", "attributions", "govern"]

_NEAR = 12
_SOURCE = 5
_AFTER = 6
_BESIDE = 2
_NOT = 4
_NOT_FAR = 12


@dataclass(slots=True)
class Attribution:
    """A predicate of saying at token ``at``: its kind, who says it, and the tokens it governs (``lo`` to ``hi``)."""

    at: int
    kind: str
    voice: Voice
    lo: int
    hi: int


_SAYING = ("say", "after", "of_before", "according", "claim")
_QUOTES = ('"', "'", "「", "『")


def attributions(view: View, people: People, text: str, grammar: Grammar) -> list[Attribution]:
    """All predicates of saying in a sentence with claimant, scope and date."""
    found: list[Attribution] = []
    people.least = 2 if grammar.nouns_capital else 1
    says = [i for i, token in enumerate(view.tokens) if token.has("say") and not _mere_refusal(view.tokens, i)
            and not (grammar.relative_before and i and view.tokens[i - 1].has("gram", "owner"))]  # "the report that ..."
    for n, at in enumerate(says):
        kind = view.tokens[at].values("say")[0]
        if kind == "accuse" and at and view.tokens[at - 1].has("gram", "be"):
            kind = "passive_accuse"  # "X has been charged with selling ..."
        before = says[n - 1] + 1 if n else 0
        if grammar.topic_first:  # "citing ...", "according to ..." stand between the speaker and his verb
            before = next((i + 1 for i in reversed(says[:n]) if view.tokens[i].values("say")[0] not in ("according", "reportive")), 0)
        after = says[n + 1] - 1 if n + 1 < len(says) else len(view.tokens) - 1
        earlier = found[-1].voice if found else None
        found.append(_attribution(view, people, text, at, kind, before, after, len(view.tokens) - 1, earlier, grammar))
    found = _untrue(found)
    if not grammar.topic_first:  # what is said, and its "not", stands before the verb there
        found = _unconfirmed(view.tokens, found, grammar)
    if any(a.kind in ("deny", "reject") for a in found):  # "rejected reports that ...": nobody else is named who reports it
        found = [a for a in found if a.voice.by or a.kind != "say" or not view.tokens[a.at].has("gram", "accusation")]
    named = next((a.voice for a in reversed(found) if a.voice.by and a.voice.party and a.kind not in ("deny", "reject")), None)
    if named is not None or says:
        people.last = named
    if not says and view.sentence.zone in ("headline", "subheading"):
        headline = _headline(view, text, grammar)
        if headline is not None:
            found.append(headline)
    return found


def _untrue(found: list[Attribution]) -> list[Attribution]:
    """"That X sent shells is untrue, Y said": what is called untrue is denied by whoever says so."""
    for n, attribution in enumerate(found):
        if attribution.kind == "untrue":
            speaker = next((a for a in (*found[n + 1:n + 2], *found[max(0, n - 2):n][::-1]) if a.voice.by and a.kind in _SAYING), None)
            voice = speaker.voice if speaker is not None else Voice("")
            attribution.kind, attribution.voice = "deny", replace(voice, status="deny", cue=attribution.voice.cue)
            return [a for a in found if a is not speaker]
    return found


def _unconfirmed(tokens: Sequence[Token], found: list[Attribution], grammar: Grammar) -> list[Attribution]:
    """ "X has not confirmed the supply": neither a claim nor a denial; "X did not deny it" says nothing at all."""
    kept: list[Attribution] = []
    for a in found:
        kinds, before = tokens[a.at].values("say"), tokens[max(0, a.at - (_NOT_FAR if grammar.cues_both else _NOT)):a.at]
        far = next((i for i in range(len(before), 0, -1) if before[i - 1].low == "," or before[i - 1].has("say")), 0)
        behind = next((j for j in range(a.at + 1, len(tokens)) if tokens[j].low == "," or j > a.at + _NOT_FAR), len(tokens))
        words = [*before[far:], *(tokens[a.at + 1:behind] if grammar.cues_both else ())]
        negated = any(u.has("cue", "negation") for u in words)
        if (negated and "admit" in kinds) or "comment" in kinds:
            a.kind = "unconfirmed"
        if not (negated and "deny" in kinds):
            kept.append(a)
    return kept


def _mere_refusal(tokens: Sequence[Token], at: int) -> bool:
    """ "Rejected" denies something only where accusations or reports are what is rejected."""
    near = tokens[max(0, at - _AFTER):at + _AFTER + 1]
    return all(kind == "reject" for kind in tokens[at].values("say")) and not any(t.has("gram", "accusation") for t in near)


def _headline(view: View, text: str, grammar: Grammar) -> Attribution | None:
    """"White House: North Korea ships shells", and "..., Seoul says" without the verb: a claimant before a colon, or
    behind a dash."""
    tokens = view.tokens
    for j, token in enumerate(tokens[:10]):
        if token.low == ":" or (grammar.topic_first and token.low in _QUOTES):
            for m in view.mentions:
                if m.last == j - 1 and not m.is_place and not m.marker:
                    return Attribution(j, "state", voice_of_mention(m, tokens, text, "state", j), j + 1, len(tokens) - 1)
            return None
    last = next((m for m in reversed(view.mentions) if not m.is_place and not m.marker and m.last >= len(tokens) - 2), None)
    j = last.first - 1 if last is not None else 0
    if last is not None and j > 0 and tokens[j].low == "-" and tokens[j - 1].end < tokens[j].start:
        return Attribution(j, "state", voice_of_mention(last, tokens, text, "state", j), 0, j - 1)
    return None


def _attribution(view: View, people: People, text: str, at: int, kind: str, before: int, after: int, end: int,
                 earlier: Voice | None, grammar: Grammar) -> Attribution:
    tokens = view.tokens
    if grammar.topic_first and kind != "after":
        return _final(view, people, text, at, kind, before, after, grammar)
    behind = kind == "according_behind"
    if behind:  # "X according to" in languages where the word follows
        kind = "according"
    left = claimant(view, people, text, before, at + behind, at + behind, kind, nearest_last=not grammar.topic_first)
    stop = min(after, at + _NEAR) + 1
    if kind == "according" and grammar.place_speaks:  # "in the words of X, Y ..."
        stop = next((j for j in range(at + 1, stop) if tokens[j].low == ","), stop)
    if grammar.subject_after and grammar.head == "first":  # "said officials that X ...": what is said begins there
        stop = next((j for j in range(at + 1, stop) if tokens[j].has("gram", "boundary")), stop)
    stop = next((j for j in range(at + 1, stop) if tokens[j].low == ";"), stop)
    right = claimant(view, people, text, at + 1, stop, at, kind, nearest_last=False)
    if grammar.speaker_first:
        comma = next((j + 1 for j in range(at - 1, before - 1, -1) if tokens[j].low == ","), before)
        left = claimant(view, people, text, comma, at, at, kind, nearest_last=True, leading=True) or left
        if kind == "according":
            close = next((token.start for token in tokens[at:] if token.low == ","), tokens[-1].end)
            right = right if right is not None and right.start < close else None
    if grammar.place_speaks:
        left, right = left or _in_capital(view, text, at, kind, -1), _in_capital(view, text, at, kind, 1) or right
    triggers_right = any(at < i.trigger <= end for i in view.instances)
    triggers_left = any(i.trigger < at for i in view.instances)
    if kind == "according":
        voice = left if behind else right
        if voice is right and voice is not None and _does(view, voice) and any(
                t.low == "," and t.start < voice.start for t in tokens[at + 1:stop]):
            voice = None  # "according to somebody unknown, X sent shells": X does not say it
        lo, hi = (0, end)
    elif kind in ("after", "of_before"):
        voice, lo, hi = right, 0, at - 1
    elif grammar.subject_after and triggers_right and right is not None and _next_to(tokens, at, right) and (
            left is None or any(t.low == "," for t in tokens[before:at] if t.start >= left.end)):
        voice, lo, hi = right, at + 1, end
    elif triggers_right and not (triggers_left and left is None and right is not None):
        voice, lo, hi = left, at + 1, end
    elif triggers_left:
        near = left is not None and all(t.low != "," or t.start < left.start for t in tokens[before:at])
        voice, lo, hi = (left if near else right), 0, at - 1
    else:
        voice, lo, hi = left or right, at + 1, end
    if kind in ("passive_accuse", "reportive"):
        accused = left if triggers_right and left is not None and left.party else None
        by = next((m for m in view.mentions if m.marker == "by" and at < m.at <= at + _AFTER), None)
        voice = voice_of_mention(by, tokens, text, kind, at) if by is not None and triggers_right else None
        voice = voice or Voice(kind)
        voice.accused = accused
    if at and tokens[at - 1].has("gram", "conj") and earlier is not None and earlier.start >= 0 and voice is not right:
        voice = replace(earlier)  # "Tehran said ..., and denied the transfer": one subject for both
    if voice is None and people.last is not None and people.last.start < tokens[0].start:
        pronoun = next((t for t in tokens[max(before, at - 3):at + 2] if t.has("gram", "pronoun")), None)
        if pronoun is not None and kind not in ("deny", "reject", "passive_accuse", "reportive"):
            last = people.last  # "He added that ...": he who spoke before
            voice = Voice(kind, last.by, last.party, last.kind, pronoun.start, pronoun.end)
    return _governing(view, voice, at, kind, (before, after), lo, hi)


def _governing(view: View, voice: Voice | None, at: int, kind: str, reach: tuple[int, int], lo: int, hi: int) -> Attribution:
    cue = (view.tokens[at].start, view.tokens[at].end)
    voice = voice or Voice(kind, cue=cue)
    voice.status, voice.cue = kind, cue
    voice.date = _claim_date(view, at, *reach)
    return Attribution(at, kind, voice, lo, hi)


def _does(view: View, voice: Voice) -> bool:
    """Whether the name of the speaker is a role of an act."""
    return any(a.start == voice.start for i in view.instances for a in i.roles.values())


def _in_capital(view: View, text: str, at: int, kind: str, side: int) -> Voice | None:
    """ "In Kyiv they said": a place right beside the verb of saying speaks for its State."""
    for m in view.mentions:
        gap = at - m.last if side < 0 else m.marker_at - at
        if m.marker == "in" and not m.is_place and not m.theatre and 0 < gap <= _BESIDE and m.marker_at >= 0:
            return voice_of_mention(m, view.tokens, text, kind, at)
    return None


def _final(view: View, people: People, text: str, at: int, kind: str, before: int, after: int, grammar: Grammar) -> Attribution:
    """A verb of saying that ends what is said: its speaker stands right before it, else first; "according to" has him at its left."""
    tokens = view.tokens
    homes = people.organs, grammar.home
    heads = _speakers(view, text, before, at, kind, homes)
    reach = (before, after)
    if kind == "according":
        near = [v for j, v, _ in heads if at - j <= _SOURCE and not any(t.low == "," for t in tokens[j:at])]
        return _governing(view, near[-1] if near else None, at, kind, reach, 0, len(tokens) - 1)
    actions = [i for i in view.instances if before <= i.trigger < at]
    last = max((i.trigger for i in actions), default=at)
    named = [c for c in heads if c[2] in ("subject", "topic", "")]
    behind = [v for j, v, case in named if case and j > last]
    if kind in ("deny", "reject") and after + 1 < len(tokens):  # "is untrue, X said"
        behind = behind or [v for _, v, case in _speakers(view, text, at + 1, after + 1, kind, homes) if case in ("subject", "topic")]
    if at and tokens[at - 1].low in (",", '"', "'") and all(i.trigger < at for i in view.instances):
        # "X arms sends, said a Y official": the speaker stands behind
        behind = behind or [v for _, v, _ in _speakers(view, text, at + 1, min(after, len(tokens) - 2) + 1, kind, homes)][:1]
    voice: Voice | None = None
    if behind:
        voice, kind = behind[-1], "say" if kind == "reportive" else kind  # somebody found it out
    elif named and kind == "passive_accuse":
        voice = Voice(kind, accused=named[0][1])  # "X is accused of ...": X does not say it
    elif named and kind != "reportive":
        doers = {a.start for i in actions for a in i.roles.values()}
        bare = [v for j, v, case in named if j > last and not case and last < at and named[0][1].start in doers]
        if bare:
            return _governing(view, bare[-1], at, kind, reach, before, at - 1)  # "that X sent shells, a Y colonel said"
        told = named[0][1].start in doers and named[0][2] != "topic" and kind not in ("deny", "reject", "admit")
        told = told and not grammar.genitive_subject
        voice = None if told else named[0][1]  # "that X sent shells is known": X does not say it
        media = next((v for _, v, _ in named if v.kind == "media" and v is not voice), None)
        if voice is not None and media is not None:
            voice.via = (media.by,)
    return _governing(view, voice, at, kind, reach, before, at - 1 if actions else len(tokens) - 1)


def _speakers(view: View, text: str, lo: int, hi: int, kind: str, homes: tuple[Mapping[str, str], str]) -> list[tuple[int, Voice, str]]:
    """Whoever may be a speaker among tokens ``lo`` to ``hi`` - 1: where, the voice, and the particle behind the name. "The government"
    alone is of the State it was named with before, else of the State where the language is at home (``homes``)."""
    tokens = view.tokens
    found: list[tuple[int, Voice, str]] = []
    for m in view.mentions:
        aside = m.marker and not (kind == "according" and m.marker_at >= hi - 2) and kind != "passive_accuse"
        if lo <= m.at < hi and not (m.theatre or m.is_place or aside) and m.modifies < 0 and (m.form != "adjective" or m.kind):
            found.append((m.last, voice_of_mention(m, tokens, text, kind, hi), m.case))
    for i in range(lo, hi):
        token = tokens[i]
        case = next(iter(tokens[i + 1].values("particle")), "")
        if token.has("claimant") and (kind == "according" or case in ("subject", "topic", "")):
            voice = Voice(kind, text[token.start:token.end], "", token.values("claimant")[0], token.start, token.end)
            owner = next((c for c in found if i - 2 <= c[0] < i and c[1].party), None)
            if owner is not None and voice.kind not in ("media", "record") and not owner[2]:
                found.remove(owner)
                voice = Voice(kind, text[owner[1].start:token.end], owner[1].party, voice.kind, owner[1].start, token.end)
            elif owner is not None and voice.kind == "media" and owner[0] == i - 1 and not owner[2]:
                found.remove(owner)  # a newspaper of X is not X
            found.append((i, voice, case))
        elif token.has("gram", "home") and case in ("subject", "topic") and not any(m.first <= i <= m.last for m in view.mentions):
            party = homes[0].get(token.low, homes[1])
            found.append((i, Voice(kind, text[token.start:token.end], party, "state", token.start, token.end), case))
        elif token.has("gram", "we"):
            found.append((i, Voice(kind, text[token.start:token.end], "", "we", token.start, token.end), case))
    return sorted(found, key=lambda c: c[0])


def _next_to(tokens: Sequence[Token], at: int, voice: Voice) -> bool:
    """The speaker follows the verb of saying before anything else begins."""
    return not any(t.has("gram", "boundary") or t.has("trigger") or t.low in (",", ":") for t in tokens[at + 1:] if t.start < voice.start)


def _claim_date(view: View, at: int, before: int, after: int) -> DateMention | None:
    """A date between claimant and predicate, or right after the predicate."""
    dates = [d for d in view.dates if before <= d.first < at and at - d.last <= 8 and not any(i.lo <= d.first <= i.hi and i.trigger < at
             for i in view.instances)]
    dates += [d for d in view.dates if at < d.first <= min(after, at + 3)]
    return dates[-1] if dates else None


def govern(view: View, found: Sequence[Attribution]) -> None:
    """Give each instance of the sentence the voices that govern it, innermost first."""
    for instance in view.instances:
        governing = [a for a in found if a.lo <= instance.trigger <= a.hi]
        # "X says Y sent arms, Y denies it": what X says is inside, whoever stands nearer.
        governing.sort(key=lambda a: (a.kind in ("deny", "reject") and a.at > instance.trigger, abs(a.at - instance.trigger)))
        instance.voices = [a.voice for a in governing if a.kind != "unconfirmed"]
        if governing and not instance.voices:  # nobody has confirmed it, and nobody else tells it
            instance.doubted, instance.negated = True, False


def claim_status(voice: Voice, parties: set[str], kinds: Mapping[str, str]) -> str:
    """The status of a claim: an admission by a party confirms, an accuser alleges, a panel or newspaper reports."""
    kind = voice.status
    if kind in ("deny", "reject"):
        return "denied"
    if kind == "doubt":
        return "doubted"
    if kind == "reportive":
        return "reported"
    if voice.party and voice.party in parties and kind not in ("accuse", "passive_accuse"):
        return "confirmed"
    if kind == "admit" or voice.kind == "record":
        return "confirmed"
    if kind in ("accuse", "passive_accuse", "believe"):
        return "alleged"
    if voice.kind in kinds:
        return kinds[voice.kind]
    return "alleged" if voice.party else "reported"
