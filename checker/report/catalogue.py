"""The catalogue of rules: a static site of files that work from a folder, without network and, but for the search, without script.

Layout, from the folder given::

    index.html  parties.html  goods.html  instruments.html  verify.html
    rules/<rule id>.html              the page of a rule; this address never changes
    exemptions/<id>.html              a shared exemption
    instruments/<resolution>.html     a resolution and its operative paragraphs
    pages.txt                         what was written, so that the next run can take away what is no longer there

Every page carries its style inside, named by hash in its policy; the home page carries the search beside it. Same rules, same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from checker.locator import templates_dir
from checker.model.coverage import LEVELS, RuleCoverage
from checker.model.instrument import Instrument
from checker.model.rule import Rule, SharedExemption
from checker.report.catalogue_lists import (
    STATES,
    cited_by,
    goods_index,
    instrument_page,
    paragraph_addresses,
    party_index,
    search_index,
)
from checker.report.catalogue_rule import Citations, rule_page, rule_row
from checker.report.catalogue_view import RulePage, RuleRow
from checker.report.environment import environment, hash_of, stylesheet
from checker.report.timeline import Timeline
from checker.report.timeline_svg import drawing
from checker.report.words import Words, iso_words

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Catalogue", "render_catalogue", "render_svg", "write_catalogue"]

_MANIFEST = "pages.txt"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the site shows. ``sources`` is the text of the files by rule id, ``coverage`` the coverage by rule id where it is known."""

    rules: tuple[Rule, ...]
    exemptions: tuple[SharedExemption, ...]
    instruments: tuple[Instrument, ...]
    vocabulary: Vocabulary
    law_known_as_of: str
    rulebase_digest: str
    version: str
    sources: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, RuleCoverage] | None = None


def write_catalogue(folder: Path, catalogue: Catalogue) -> tuple[Path, ...]:
    """Write every page into ``folder``, which is made if need be, and take away pages of an earlier run that are no longer there.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    written: dict[str, None] = {}
    before = _earlier(folder)
    for name, text in render_catalogue(catalogue):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written[name] = None
    for name in before:
        if name not in written:
            (folder / name).unlink(missing_ok=True)
    (folder / _MANIFEST).write_text("\n".join(written) + "\n", encoding="utf-8", newline="\n")
    return tuple(folder / name for name in written)


def _earlier(folder: Path) -> list[str]:
    """Pages that an earlier run wrote; only plain names below the folder are believed."""
    try:
        names = (folder / _MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return []
    return [n for n in names if n.endswith(".html") and ".." not in PurePosixPath(n).parts and not PurePosixPath(n).is_absolute()]


def render_svg(timeline: Timeline) -> str:
    """A timeline as an SVG file of its own, with its colours inside."""
    module: Any = environment().get_template("catalogue/timeline.svg").module
    return str(module.svg(drawing(timeline), stylesheet("catalogue/timeline.css"))).strip() + "\n"


def render_catalogue(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every page as its name below the folder and its text."""
    site = _Site(catalogue)
    yield "index.html", site.home()
    yield "parties.html", site.page("index.html", "catalogue/list.html", active="parties", title="By party and State",
                                    lead="States, groups and places that a rule names, with the role in which it names them.",
                                    entries=party_index(catalogue.rules, catalogue.vocabulary))
    yield "goods.html", site.page("index.html", "catalogue/list.html", active="goods", title="By goods",
                                  lead="Goods that a rule names. A wide word covers the narrower ones below it.",
                                  entries=goods_index(catalogue.rules, catalogue.vocabulary))
    yield "instruments.html", site.page("index.html", "catalogue/instruments.html", active="instruments",
                                        pages=site.instruments, states=STATES)
    yield "verify.html", site.page("index.html", "catalogue/verify.html", active="verify", rules=site.rules, instruments=site.instruments)
    for page in (*site.rules, *site.exemptions):
        yield page.row.href, site.page(page.row.href, "catalogue/rule.html", active="", p=page, levels=LEVELS)
    for resolution in site.instruments:
        yield resolution.row.href, site.page(resolution.row.href, "catalogue/instrument.html", active="instruments", p=resolution)


class _Site:
    """The pages built once, and what all of them share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._environment = environment()
        self._style = stylesheet("report.css", "catalogue/catalogue.css", "catalogue/timeline.css")
        self._rows = {rule.id: rule_row(rule) for rule in catalogue.rules}
        self._rows |= {e.id: rule_row(e.rule, shared=True) for e in catalogue.exemptions}
        self._citations = Citations(paragraph_addresses(catalogue.instruments))
        place = {code: number for number, code in enumerate(catalogue.vocabulary.regimes)}
        self._ordered = sorted(catalogue.rules, key=lambda r: (place.get(r.regime, len(place)), r.regime, r.id))
        self.rules = tuple(self._rule(rule) for rule in self._ordered)
        self.exemptions = tuple(self._rule(e.rule, shared=True) for e in catalogue.exemptions)
        exempting = cited_by((*catalogue.rules, *(e.rule for e in catalogue.exemptions)))
        self.instruments = tuple(instrument_page(i, catalogue.vocabulary, self._rows, exempting) for i in catalogue.instruments)

    def _rule(self, rule: Rule, *, shared: bool = False) -> RulePage:
        data = self._catalogue
        found = data.coverage.get(rule.id) if data.coverage else None
        return rule_page(rule, data.vocabulary, self._citations, rows=self._rows, others=data.rules, shared=shared,
                         source=data.sources.get(rule.id, ""), coverage=found)

    def page(self, name: str, template: str, *, active: str, script: str = "", **values: Any) -> str:
        """One page. ``name`` tells how far below the root it stands."""
        data = self._catalogue
        up = "../" * name.count("/")
        text = self._environment.get_template(template).render(
            up=up, active=active, style=self._style, style_hash=hash_of(self._style), script=script, script_hash=hash_of(script),
            law_date=iso_words(data.law_known_as_of), digest=data.rulebase_digest, version=data.version, **values)
        return text.lstrip()

    def home(self) -> str:
        """The home page: how much there is, the rules by regime, the search."""
        from markupsafe import Markup

        data = self._catalogue
        index = search_index(data.rules, data.exemptions, self.instruments, data.vocabulary)
        # No < may stand in the data, so that no text of a rule can end the script.
        written = json.dumps(index, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
        code = (templates_dir() / "catalogue" / "search.js").read_text(encoding="utf-8")
        script = Markup(f"const INDEX = {written};\n{code}")  # noqa: S704
        return self.page("index.html", "catalogue/home.html", active="home", script=script, counts=self._counts(), regimes=self._regimes(),
                         exemptions=[p.row for p in self.exemptions])

    def _counts(self) -> dict[str, int]:
        paragraphs = [p for page in self.instruments for p in page.paragraphs]
        counts = {"rules": len(self.rules), "resolutions": len(self.instruments), "paragraphs": len(paragraphs)}
        counts |= {name: sum(p.state == name for p in paragraphs) for name, _ in STATES}
        return counts | {"verify": sum(len(p.to_verify) for p in self.rules) + sum(len(p.to_verify) for p in self.instruments)}

    def _regimes(self) -> list[tuple[str, str, list[RuleRow]]]:
        """Name, what it is about, and the rules, for each regime that has any."""
        words = Words(self._catalogue.vocabulary)
        found: dict[str, list[RuleRow]] = {}
        for rule in self._ordered:
            found.setdefault(rule.regime, []).append(self._rows[rule.id])
        known = self._catalogue.vocabulary.regimes
        return [(words.regime(code), known[code].says if code in known else code, rows) for code, rows in found.items()]

