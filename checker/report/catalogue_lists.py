"""The lists of the catalogue: by party, by goods, by resolution, to be verified; and the index that the search looks through."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from checker.model.dates import say_day
from checker.model.facts import FACTS
from checker.model.instrument import Instrument, OperativeParagraph
from checker.model.rule import Leaf, NamedTest, Rule, SharedExemption, TermTest, asked
from checker.report.catalogue_rule import marks, rule_row, source_of, unverified_parts
from checker.report.catalogue_view import IndexEntry, InstrumentPage, InstrumentRow, ParagraphRow, RuleRow, ToVerify
from checker.report.text import safe_url, visible
from checker.report.words import Words, and_list, as_sentence, iso_words
from checker.vocabulary.authority import Paragraph, parse_authority
from checker.vocabulary.conditions import say_fact

if TYPE_CHECKING:
    from checker.vocabulary.taxonomy import Taxonomy
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["STATES", "cited_by", "goods_index", "instrument_page", "paragraph_addresses", "party_index", "search_index"]

STATES = (("encoded", "low"), ("in part", "medium"), ("open", "high"), ("not encodable", "quiet"))
"""States of paragraphs in the order shown, with their tokens of the stylesheet."""

_PLACES = ("party", "state", "place", "places")
_MOST_NARROWER = 40
"""Narrower words named beside a wide one; more are counted."""


def paragraph_addresses(instruments: Iterable[Instrument]) -> dict[Paragraph, str]:
    """Where each paragraph is, from the root of the catalogue."""
    return {_cited(instrument, paragraph.key): f"instruments/{instrument.id}.html#{anchor(paragraph.key)}"
            for instrument in instruments for paragraph in instrument.paragraphs}


def _cited(instrument: Instrument, key: str) -> Paragraph:
    annex = re.match(r"Annex (\w+) para (.+)", key)
    return Paragraph(instrument.id, instrument.year, annex[1] if annex else "", annex[2] if annex else key)


def anchor(text: str) -> str:
    """An anchor for a heading: ``p-8-a-i``."""
    return "p-" + re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def cited_by(rules: Iterable[Rule]) -> dict[Paragraph, list[str]]:
    """For each paragraph the rules that cite it under an exemption."""
    found: dict[Paragraph, list[str]] = {}
    for rule in rules:
        for text in dict.fromkeys(a for e in rule.exemptions for a in e.authority):
            try:
                cited = parse_authority(text)
            except ValueError:
                continue
            for paragraph in cited:
                found.setdefault(paragraph, []).append(rule.id)
    return found


def instrument_page(instrument: Instrument, vocabulary: Vocabulary, rows: Mapping[str, RuleRow],
                    exempting: Mapping[Paragraph, list[str]]) -> InstrumentPage:
    """The page of a resolution."""
    words = Words(vocabulary)
    href = f"instruments/{instrument.id}.html"
    states = [p.state for p in instrument.paragraphs]
    counts = tuple((name, tone, states.count(name)) for name, tone in STATES if name in states)
    regimes = and_list(list(dict.fromkeys(words.regime(r) for r in instrument.regimes))) or "all regimes"
    adopted = say_day(dt.date.fromordinal(instrument.adopted))
    row = InstrumentRow(instrument.id, instrument.name, instrument.title, href, adopted, regimes, counts, len(states))
    checked = instrument.verified
    verified = f"The date was checked on {iso_words(checked.date)}." if checked.dates else "The date has not been checked at the source."
    paragraphs = tuple(_paragraph(p, rows, exempting.get(_cited(instrument, p.key), [])) for p in instrument.paragraphs)
    link = safe_url(instrument.link)
    to_verify = tuple(ToVerify(f"{instrument.name} {p.key if p.key.startswith('Annex') else f'para {p.key}'}", unverified_parts(p.verified),
                               f"{href}#{anchor(p.key)}", link) for p in instrument.paragraphs if not p.verified.whole)
    if not checked.dates:
        to_verify = (ToVerify(f"{instrument.name}, date of adoption", "dates", href, link), *to_verify)
    return InstrumentPage(row, link, verified, paragraphs, to_verify)


def _paragraph(paragraph: OperativeParagraph, rows: Mapping[str, RuleRow], exempting: list[str]) -> ParagraphRow:
    tone = dict(STATES)[paragraph.state]
    source, link = source_of(paragraph.verified)
    return ParagraphRow(
        anchor=anchor(paragraph.key),
        key=paragraph.key,
        says=as_sentence(paragraph.says),
        state=paragraph.state,
        tone=tone,
        reason=as_sentence(paragraph.none or paragraph.open),
        rules=tuple(rows[name] for name in paragraph.rules if name in rows),
        exempting=tuple(rows[name] for name in dict.fromkeys(exempting) if name in rows) if paragraph.exempts else (),
        marks=marks(paragraph.verified),
        source=source,
        source_link=link,
    )


def party_index(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[IndexEntry, ...]:
    """Every State, group and place that a rule is about, with its rules and the roles it stands in."""
    words = Words(vocabulary)
    known = {rule.id: rule for rule in rules}
    found: dict[str, dict[str, list[str]]] = {}
    for rule in known.values():
        for leaf in _asking(rule):
            if FACTS[leaf.fact].type in _PLACES and isinstance(leaf.test, TermTest):
                for term in leaf.test.any_of:
                    roles = found.setdefault(term, {}).setdefault(rule.id, [])
                    roles += [say_fact(leaf.fact)] * (say_fact(leaf.fact) not in roles)
    titled = sorted(((_place(term, words, vocabulary), term) for term in found), key=lambda pair: (_sorting(pair[0]), pair[1]))
    return tuple(IndexEntry(anchor(term), title, "", _rows(known, found[term])) for title, term in titled)


def _rows(known: Mapping[str, Rule], roles: Mapping[str, list[str]]) -> tuple[RuleRow, ...]:
    return tuple(rule_row(known[name], roles=and_list(said)) for name, said in roles.items())


def _place(term: str, words: Words, vocabulary: Vocabulary) -> str:
    name = words.party(term)
    return vocabulary.title("place", term) if name == term else name


def _sorting(title: str) -> str:
    return title.removeprefix("the ").casefold()


def goods_index(rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[IndexEntry, ...]:
    """Every word of goods that a rule names, with its rules and the narrower words it covers."""
    goods = vocabulary.taxonomies["goods"]
    known = {rule.id: rule for rule in rules}
    found: dict[str, dict[str, list[str]]] = {}
    for rule in known.values():
        for leaf in _asking(rule):
            if leaf.fact == "goods" and isinstance(leaf.test, TermTest):
                for term in leaf.test.any_of:
                    found.setdefault(term, {})[rule.id] = []
    terms = sorted(found, key=lambda t: (goods.title(t).casefold(), t))
    return tuple(IndexEntry(anchor(t), goods.title(t), _narrower(goods, t), _rows(known, found[t])) for t in terms)


def _narrower(goods: Taxonomy, term: str) -> str:
    titles = sorted((goods.title(t) for t in goods.descendants(term) if t != term), key=str.casefold)
    more = len(titles) - _MOST_NARROWER
    return ", ".join(titles[:_MOST_NARROWER]) + (f" and {more} more" if more > 0 else "")


def _asking(rule: Rule) -> Iterator[Leaf]:
    """The lines that say what a rule is about; named values stand for what each period covers."""
    for leaf in asked(rule.flag_when):
        if isinstance(leaf.test, NamedTest):
            yield from dict.fromkeys(p.covered[leaf.test.name] for p in rule.periods if leaf.test.name in p.covered)
        else:
            yield leaf


def search_index(rules: Iterable[Rule], exemptions: Iterable[SharedExemption], instruments: Iterable[InstrumentPage],
                 vocabulary: Vocabulary) -> list[dict[str, str]]:
    """What the search looks through: address, title, kind, one line, and further words that find the entry."""
    words = Words(vocabulary)
    found = [_entry(f"rules/{rule.id}.html", rule.title, f"rule · {words.regime(rule.regime)}", rule.summary, _words(rule, vocabulary))
             for rule in rules]
    found += [_entry(f"exemptions/{e.id}.html", e.title, "shared exemption", e.exemption.says, [e.id, *e.exemption.authority])
              for e in exemptions]
    for page in instruments:
        found.append(_entry(page.row.href, page.row.name, f"resolution · {page.row.regimes}", page.row.title, [page.row.id]))
        found += [_entry(f"{page.row.href}#{p.anchor}", f"{page.row.name} {p.key if p.key.startswith('Annex') else f'para {p.key}'}",
                         f"paragraph · {p.state}", p.says, [r.title for r in p.rules]) for p in page.paragraphs]
    return found


def _entry(href: str, title: str, kind: str, line: str, further: Iterable[str]) -> dict[str, str]:
    return {"h": href, "t": visible(title), "k": visible(kind), "s": visible(line), "w": visible(" ".join(dict.fromkeys(further)))}


def _words(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    """Other words under which a reader may look for a rule: its id, what it cites, every word of its lines with the narrower ones."""
    words = Words(vocabulary)
    yield rule.id
    for period in rule.periods:
        yield from (*period.authority, period.says)
    for leaf in _asking(rule):
        if not isinstance(leaf.test, TermTest):
            continue
        taxonomy = vocabulary.taxonomies.get(FACTS[leaf.fact].taxonomy)
        for term in leaf.test.any_of:
            if taxonomy is None:
                yield words.party(term)
            else:
                yield from (taxonomy.title(t) for t in sorted(taxonomy.descendants(term)))
