"""The extractor: from a document to its events by zones, sentences, mentions, frames, claims and merging.

Deterministic, offline, exact: every fact has its words in the text, and what no word states is listed under ``assumed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import RuleBaseError
from checker.extract.build import Builder
from checker.extract.carried import Carried
from checker.extract.claims import People, attributions, govern
from checker.extract.dates import find_dates
from checker.extract.discourse import Memory
from checker.extract.fold import fold
from checker.extract.frames import Reader
from checker.extract.instance import Instance
from checker.extract.language import UNKNOWN, detect
from checker.extract.lexicon import Lexicon
from checker.extract.merge import Bundle, merge
from checker.extract.norms import drop_norms
from checker.extract.objects import View
from checker.extract.pack import Pack
from checker.extract.packs import load_languages
from checker.extract.relate import relate
from checker.extract.tokens import Sentence, sentence_spans, tokenize
from checker.extract.watch import Watch
from checker.extract.zones import ZoneWords, find_agency, find_zones
from checker.locator import rules_dir
from checker.model.dates import DateRange
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction, Hint, Zone
from checker.model.names import WatchName
from checker.strictyaml.message import render_all
from checker.vocabulary.events import EventReader

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["FrameExtractor"]

_READ = ("headline", "subheading", "body")
_LONGEST = 400_000
_SENTENCE = 160  # tokens: what is longer is no sentence, and is read in pieces so that time stays linear


@dataclass(frozen=True, slots=True)
class _Tools:
    """What one language needs, compiled once."""

    pack: Pack
    lexicon: Lexicon
    reader: Reader
    abbreviations: frozenset[str]


class FrameExtractor:
    """Extracts events with the language packs of a folder (default: ``rules/languages``).

    Raises:
        RuleBaseError: a pack does not load; the text lists every problem.
    """

    name = "frames"
    deterministic = True

    def __init__(self, vocabulary: Vocabulary, packs_dir: Path | None = None, names: Iterable[WatchName] = (),
                 languages: Sequence[Path] = ()) -> None:
        """``names``: listed names that are parties wherever they stand; ``languages``: folders with further packs."""
        packs, problems = load_languages(packs_dir or rules_dir() / "languages", languages, vocabulary)
        if problems:
            raise RuleBaseError(render_all(problems))
        self.vocabulary = vocabulary
        self.packs = packs
        self.zone_words = ZoneWords.of(tuple(packs.values()))
        self._codes = {code: name for name, pack in packs.items() if name != UNKNOWN
                       for code in (name, *(str(c) for c in pack.options.get("relatives", [])))}
        self._tools: dict[str, _Tools] = {}
        self._watch = Watch(names)
        self._event_reader = EventReader(vocabulary)
        parties = {code: party for code, party in vocabulary.parties.parties.items() if code not in vocabulary.states.codes}
        self._bases = {code: party.state for code, party in parties.items() if party.state}
        self._seats = {code: party.place for code, party in parties.items() if not party.state and party.place}

    def watching(self, names: Iterable[WatchName]) -> FrameExtractor:
        """An extractor with the same packs that looks for other names."""
        other = FrameExtractor.__new__(FrameExtractor)
        other.__dict__ |= {**self.__dict__, "_watch": Watch(names)}
        return other

    def extract(self, document: Document) -> Extraction:
        """All events of a document. Any text is accepted; what lies beyond 400,000 characters is not read, and a note says so."""
        text = document.text[:_LONGEST]
        notes = ["the text was read only to its 400,000th character"] if len(document.text) > _LONGEST else []
        zones = find_zones(text, self.zone_words)
        body = "\n".join(text[z.start:z.end] for z in zones if z.kind in _READ)
        language = detect(body or text, document.lang, self._codes)
        title = next((" ".join(text[z.start:z.end].split()) for z in zones if z.kind == "headline"), "")
        agency = find_agency(text, zones, self.zone_words)
        if language not in self.packs:
            return Extraction(language, (), zones, (), (*notes, "no pack reads this language"), document.published, title, agency)
        if language == UNKNOWN:
            notes.append("no pack for this language: names of States only, every tier capped at weak")
        tools = self._prepare(language)
        if tools.pack.experimental:
            notes.append(f"the {tools.pack.title} pack is experimental, it has not passed its own sentences: every tier capped at weak")
        anchor = document.published or self._published(text, zones, tools)
        views, hints = self._read(document, text, zones, tools, anchor)
        events = self._events(document, views, zones, anchor, tools, agency, language)
        return Extraction(language, tuple(events), zones, tuple(hints), tuple(notes), anchor, title, agency)

    def views(self, document: Document, language: str) -> list[View]:
        """The sentences of a document as the pack of a language reads them, with mentions, frames and claims, for whoever asks why."""
        text = document.text[:_LONGEST]
        zones, tools = find_zones(text, self.zone_words), self._prepare(language)
        return self._read(document, text, zones, tools, document.published or self._published(text, zones, tools))[0]

    def _prepare(self, language: str) -> _Tools:
        if language not in self._tools:
            pack = self.packs[language]
            abbreviations = frozenset(fold(w).rstrip(".") for _, w in pack.table("abbreviations"))
            reader = Reader(pack, self.vocabulary.taxonomies["goods"])
            self._tools[language] = _Tools(pack, Lexicon(pack, self.vocabulary), reader, abbreviations)
        return self._tools[language]

    def _published(self, text: str, zones: tuple[Zone, ...], tools: _Tools) -> DateRange | None:
        """The date of the page where the record gives none: in a byline, dateline or date line, else the newest full date."""
        folded = fold(text)
        full: list[DateRange] = []
        for zone in zones:
            hits = tools.lexicon.find(text[zone.start:zone.end], folded[zone.start:zone.end])
            tokens = tokenize(text[zone.start:zone.end], folded[zone.start:zone.end], 0, zone.end - zone.start, hits,
                              tools.lexicon.affixes)
            for date in find_dates(tokens, folded[zone.start:zone.end], None, tools.pack.option("date_order", "dmy") == "mdy"):
                if date.range.is_day:
                    if zone.kind in ("byline", "dateline"):
                        return date.range
                    full.append(date.range)
        return max(full, default=None)

    def _sentences(self, text: str, folded: str, zones: tuple[Zone, ...], tools: _Tools) -> Iterator[Sentence]:
        hits = self._watch.beside(tools.lexicon.find(text, folded), self._watch.find(text, folded, tools.lexicon.affixes))
        at = index = 0
        for paragraph, zone in enumerate(zones):
            if zone.kind not in _READ:
                continue
            for start, end in sentence_spans(folded, zone.start, zone.end, tools.abbreviations):
                while at < len(hits) and hits[at].start < start:
                    at += 1
                last = at
                while last < len(hits) and hits[last].end <= end:
                    last += 1
                tokens = tokenize(text, folded, start, end, hits[at:last], tools.lexicon.affixes)
                for part in (tokens[k:k + _SENTENCE] for k in range(0, len(tokens), _SENTENCE)):
                    yield Sentence(index, part[0].start, part[-1].end, zone.kind, paragraph, part)
                    index += 1
                at = last

    def _read(self, document: Document, text: str, zones: tuple[Zone, ...], tools: _Tools,
              anchor: DateRange | None) -> tuple[list[View], list[Hint]]:
        folded = fold(text)
        month_first = tools.pack.option("date_order", "dmy") == "mdy"
        memory, people, carried = Memory(tools.reader, text), People(), Carried(tools.reader)
        views: list[View] = []
        hints: list[Hint] = []
        for sentence in map(carried.lend, map(tools.reader.named, self._sentences(text, folded, zones, tools))):
            view = tools.reader.view(sentence, find_dates(sentence.tokens, folded, anchor, month_first))
            carried.trace(view)
            people.learn(view)
            kind = _telling(view)
            if not kind and drop_norms(view, tools.reader.grammar):
                kind = "norm"
            if kind:
                hints.append(Hint(kind, document.quote(*_trim(text, sentence.start, sentence.end), fact="event", zone=sentence.zone)))
            found = attributions(view, people, text, tools.reader.grammar)
            if kind == "history":
                view.instances.clear()
            govern(view, found)
            relate(view, found, memory)
            views.append(view)
        return views, hints

    def _events(self, document: Document, views: list[View], zones: tuple[Zone, ...], anchor: DateRange | None, tools: _Tools,
                agency: str, language: str) -> list[Event]:
        instances = [i for view in views for i in view.instances if _stands(i)]
        for instance in instances:
            actor, in_war = instance.roles.get("actor"), tools.pack.frames[instance.frame].in_war
            if in_war and actor is not None and self._seat(actor.value):
                instance.act = in_war  # an armed group tests nothing
        bundles = merge(instances, self.vocabulary.taxonomies["acts"], self.vocabulary.taxonomies["goods"], self._base,
                        self._seat)
        claimants = dict(tools.pack.options.get("claimant_status", {}))
        builder = Builder(document, self.vocabulary, [(z.start, z.end, z.kind) for z in zones], anchor, claimants,
                          self._event_reader, "weak" if language == UNKNOWN or tools.pack.experimental else "", agency,
                          {view.sentence.index: view.sentence for view in views})
        events = [builder.event(b, self._shipment(document, b)) for b in bundles if _worthy(b)]
        return [e for e in events if any(c.status != "doubted" for c in e.claims)]

    def _base(self, value: str) -> str:
        """The State a party stands for, else the party itself."""
        return self._bases.get(value, value)

    def _seat(self, value: str) -> str:
        """The State an armed group is based in, ``""`` for States and their organs."""
        return self._seats.get(value, "")

    def _shipment(self, document: Document, bundle: Bundle) -> str:
        return f"{document.sha256[:8]}-{bundle.shipment}" if bundle.shipment >= 0 else ""


def _telling(view: View) -> str:
    """What a sentence is if it is no event: it looks back, or tells of talks."""
    if "history" in view.cues:
        return "history"
    if "talks" in view.cues and not view.instances:
        return "talks"
    return ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _stands(instance: Instance) -> bool:
    """Instances that may become or join events: real, and with a party."""
    return not (instance.as_if or instance.hypothetical) and bool(instance.parties)


def _worthy(bundle: Bundle) -> bool:
    """A bundle of which at least one instance is asserted with a party; a bare denial of something nobody claims is kept too."""
    return bool(bundle.instances) and any(not i.vague for i in bundle.instances)
