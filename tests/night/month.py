"""A month of articles made by dice, with what every night must say of it.

Twelve matters are told by outlets in seven languages, copied, denied, corrected, taken back and told late, among many articles about
nothing; people decide on some, and rules are added, changed and retired. An agency cannot be read for two weeks and comes back with all
it had meanwhile; one night nobody runs, and one fails. What has to come out follows from what was planted, by a model that knows nothing
of how cases are made.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.night.tongues import TONGUES

__all__ = ["ADDED", "BACK", "CHANGED", "DEAD", "DECISIONS", "ENDED", "FAILED", "MATTERS", "MISSED", "NIGHTS", "RETIRED", "RULES", "TOUCHED",
           "TOUCHED_ON", "Article", "Decision", "Expected", "Month"]

MATTERS: Mapping[str, tuple[str, str, str]] = {
    "shells": ("KP", "RU", "shells"), "missiles": ("IR", "houthis", "missiles"), "coal": ("KP", "CN", "coal"),
    "vehicles": ("TR", "LY", "vehicles"), "mortars": ("RW", "m23", "mortars"), "ammunition": ("SD", "SS", "ammunition"),
    "seafood": ("KP", "CN", "seafood"), "machinery": ("CN", "KP", "machinery"), "rifles": ("IR", "hezbollah", "rifles"),
    "launchers": ("KP", "SY", "launchers"), "textiles": ("KP", "CN", "textiles"), "copper": ("KP", "RU", "copper"),
}
NIGHTS = tuple((dt.date(2024, 3, 9) + dt.timedelta(days=day)).isoformat() for day in range(30))
"""Clocks are put forward on the second night in America, on the 23rd in Europe."""
ADDED, ENDED, RETIRED, CHANGED, TOUCHED = ("drc-arms-supply", "dprk-textile-export", "dprk-seafood-export",
                                           "dprk-machinery-vehicles-metals", "dprk-copper-nickel-export")
"""A rule that comes in the month, one whose law is other from a night on, one that goes, one that asks for other things, one that only
reads otherwise."""
RULES = {11: ("mortars", ADDED), 17: ("textiles", ENDED), 21: ("seafood", RETIRED), 23: ("machinery", CHANGED)}
"""From which night on the rule of a matter is there, other, or gone."""
_CAUSE = {ADDED: "rule-added", ENDED: "law-date", RETIRED: "rule-retired", CHANGED: "rule-changed"}
TOUCHED_ON = 8
MISSED, FAILED = 6, 27
"""A night that nobody runs, and one on which the source that is required cannot be read."""
DEAD, BACK = 8, 24
"""From which night on the agency cannot be read, and when it is back."""
_LATE_DAYS = 14
_FIRST = {"shells": 0, "rifles": 2, "mortars": 3, "vehicles": 4, "ammunition": 5, "launchers": 8}
_PLANNED: Mapping[str, Mapping[int, str]] = {"launchers": {8: "told", 9: "told"}, "ammunition": {5: "told", 7: "taken back", 15: "told"}}
"""Matters of which nothing else is told before the agency is back: one that only the agency tells, when nobody hears it, and one of which
one outlet tells, takes it back, and the agency tells again."""
_QUIET = {"missiles": (9, 13), "rifles": (7, 12), "coal": (19,), "copper": (19,), "mortars": (11,), "textiles": (17,), "seafood": (21,),
          "machinery": (15, 23)}
"""Nights on which nothing else happens to a matter, because something is decided or a rule changes."""
_STEADY = ("missiles", "rifles", "coal", "copper", "mortars", "textiles", "seafood", "machinery")
"""Matters of which nothing is taken back."""
_MERGED_ON = 19
_LATE = dt.timedelta(days=30)
_COPIED_WITHIN = 5
_NOISE = 30

Expected = tuple[str, tuple[str, ...]]
"""What a night does to a case, and why."""


@dataclass(frozen=True)
class Article:
    outlet: str
    address: str
    lang: str
    text: str
    published: str


@dataclass(frozen=True)
class Decision:
    """What somebody decides at an hour of a day. ``verdict`` as in ``sanctions cases decide``, or ``merge`` into another matter; ``told``:
    the night that tells of it."""

    matter: str
    verdict: str
    day: int
    told: int
    hour: int = 9
    until: str = ""
    into: str = ""


DECISIONS = (
    Decision("rifles", "plausible", MISSED, MISSED + 1), Decision("missiles", "waived", 9, 9, until=NIGHTS[12]),
    Decision("rifles", "false positive", 12, 12), Decision("machinery", "plausible", 14, 15, hour=23),
    Decision("copper", "merge", _MERGED_ON, _MERGED_ON, into="coal"))
"""Also one on the day of a night that nobody ran, and one made after the night of its day."""


@dataclass
class Print:
    """A text that stands at an address and tells of a matter; ``copies``: the addresses that repeat it."""

    address: str
    outlet: str
    night: int
    text: str
    denier: str = ""
    copies: list[str] = field(default_factory=list)
    published: str = ""


@dataclass
class _Case:
    """What the model knows of a matter."""

    name: str
    prints: list[Print] = field(default_factory=list)
    known: bool = False
    shown: bool = False
    flagged: bool = True

    @property
    def deniers(self) -> set[str]:
        return {p.denier for p in self.prints} - {""}


class Month:
    """``articles`` of the wire and ``agency`` by the night on which they come out, ``expected`` by that on which they are read. The same
    ``seed`` gives the same month."""

    def __init__(self, seed: int) -> None:
        self.articles: dict[str, list[Article]] = {}
        self.agency: dict[str, list[Article]] = {night: [] for night in NIGHTS}
        self.expected: dict[str, dict[str, Expected]] = {}
        self._dice = random.Random(seed)  # noqa: S311 - the same dice every time
        self._number = 0
        self._used: dict[str, list[tuple[str, int]]] = {}
        self._unread: dict[str, list[Print]] = {}
        self._cases = {name: _Case(name, flagged=name != "mortars") for name in MATTERS}
        begins = {name: self._dice.choice((1, 2, 3, 4, 5, 7, 8)) for name in MATTERS}
        self._begins = begins | _FIRST
        for night in range(len(NIGHTS)):
            self._night(night)

    @property
    def everything(self) -> list[Article]:
        return [a for by_night in (self.articles, self.agency) for articles in by_night.values() for a in articles]

    # ---- what is printed -------------------------------------------------------------------------------------------

    def _night(self, night: int) -> None:
        articles: list[Article] = []
        told: dict[str, Expected] = {}
        for name in MATTERS if night not in (MISSED, FAILED) else ():
            if night == _MERGED_ON and name in ("coal", "copper"):
                continue
            expected = self._matter(name, night, articles)
            if expected is not None:
                told[self._leads_to(name, night)] = self._both(told.get(self._leads_to(name, night)), expected)
        if night == _MERGED_ON:
            told |= self._merge()
        for _ in range(_NOISE + self._dice.randint(0, 6)):
            (self.agency[NIGHTS[night]] if self._dice.random() < 0.15 else articles).append(self._noise(night))
        self._dice.shuffle(articles)
        # A copy comes after what it copies, copies in the order of their making, and what corrects a text after all others.
        order = {article.address: i for i, article in enumerate(articles)}
        self.articles[NIGHTS[night]] = sorted(articles, key=lambda a: (1, _number(a.address)) if a.address.startswith("https://copy")
                                              else (0, order[a.address]))
        self.expected[NIGHTS[night]] = told

    def _matter(self, name: str, night: int, articles: list[Article]) -> Expected | None:
        """What happens to a matter on a night, and what must be said of it."""
        case, dice = self._cases[name], self._dice
        if night in _QUIET.get(name, ()) or night < self._begins[name]:
            return self._quiet(case, name, night)
        joint = self._cases[self._leads_to(name, night)]
        before, deniers = joint, joint.deniers
        fresh = self._come_back(case, night)
        planned = _PLANNED[name].get(night, "quiet") if name in _PLANNED and night <= BACK else ""
        begins = night == self._begins[name]
        if planned == "told" or (not planned and (begins or dice.random() < 0.45)):
            for _ in range(1 if planned else dice.choice((1, 1, 2))):
                late = not planned and (dice.random() < 0.15 if not begins else name == "vehicles")
                by_agency = night >= DEAD if planned else not begins and dice.random() < 0.3
                one = self._told(name, night, self.agency[NIGHTS[night]] if by_agency else articles, late)
                if by_agency and DEAD <= night < BACK:
                    self._unread.setdefault(name, []).append(one)
                else:
                    case.prints.append(one)
                    fresh.append(late)
        corrected = self._corrected(case, night, articles, planned)
        for one in case.prints if not planned else ():
            if one.night <= night <= one.night + _COPIED_WITHIN and not corrected and dice.random() < 0.35:
                self._copied(one, night, articles)
        if joint is not case:
            joint.prints += [p for p in case.prints if p not in joint.prints]
        return self._say(before, deniers, fresh, corrected, night)

    def _come_back(self, case: _Case, night: int) -> list[bool]:
        """What the agency told while nobody could read it; of each text whether it is late."""
        late = []
        for one in self._unread.pop(case.name, ()) if night == BACK else ():
            late.append((dt.date.fromisoformat(NIGHTS[night]) - dt.date.fromisoformat(one.published)).days > _LATE_DAYS)
            one.night = night
            case.prints.append(one)
        return late

    def _corrected(self, case: _Case, night: int, articles: list[Article], planned: str) -> bool:
        """Whether a text of an earlier night is corrected or taken back."""
        older = [p for p in case.prints if p.night < night]
        if not older or case.name in _STEADY or not (planned == "taken back" if planned else self._dice.random() < 0.18):
            return False
        self._correct(case, self._dice.choice(older), night, articles, again=not planned and self._dice.random() < 0.5)
        return True

    def _told(self, name: str, night: int, articles: list[Article], late: bool) -> Print:
        """A text of its own: no two of one matter have language and template in common within a while."""
        matter, dice = MATTERS[name], self._dice
        used = self._used.setdefault(name, [])
        choices = [(lang, i) for lang, tongue in TONGUES.items() if tongue.can(matter) for i in range(len(tongue.tells))]
        lang, template = dice.choice([c for c in choices if c not in used[-8:]])
        used.append((lang, template))
        tongue = TONGUES[lang]
        denies = tongue.denies.get(matter[0], "") if dice.random() < 0.25 and not late else ""
        told = tongue.tell(matter, "earlier" if late else "now", dice.choice(sorted(tongue.claimants)), template)
        text = tongue.joint.join(filter(None, (told, denies, tongue.filler(dice, 5))))
        published = dt.date.fromisoformat(NIGHTS[night]) - (_LATE if late else dt.timedelta(days=dice.randint(0, 1)))
        outlet = f"Outlet {dice.randint(1, 60)}"
        one = Print(self._address("news"), outlet, night, text, matter[0] if denies else "", published=published.isoformat())
        articles.append(Article(outlet, one.address, lang, text, one.published))
        return one

    def _copied(self, one: Print, night: int, articles: list[Article]) -> None:
        """The same words elsewhere, with the name of who copied them."""
        for _ in range(self._dice.randint(1, 2)):
            outlet = f"Mirror {self._dice.randint(1, 300)}"
            address = self._address("copy")
            one.copies.append(address)
            articles.append(Article(outlet, address, "", f"{one.text} {outlet}.", NIGHTS[night]))

    def _correct(self, case: _Case, one: Print, night: int, articles: list[Article], again: bool) -> None:
        """Another text takes the place of one: it tells of the matter ``again``, or of nothing. Who copied the old words prints them."""
        case.prints.remove(one)
        if one.copies:
            first, *others = one.copies
            case.prints.append(Print(first, "", -_COPIED_WITHIN * 2, one.text, one.denier, others))
        if again:
            anew = self._told(case.name, night, articles, False)
            articles[-1] = Article(one.outlet, one.address, articles[-1].lang, articles[-1].text, NIGHTS[night])
            anew.address, anew.outlet = one.address, one.outlet
            case.prints.append(anew)
        else:
            lang = self._dice.choice(sorted(TONGUES))
            articles.append(Article(one.outlet, one.address, lang, TONGUES[lang].filler(self._dice, 5), NIGHTS[night]))

    def _noise(self, night: int) -> Article:
        lang = self._dice.choice(sorted(TONGUES))
        return Article(f"Outlet {self._dice.randint(1, 60)}", self._address("noise"), lang,
                       TONGUES[lang].filler(self._dice, self._dice.randint(3, 6)), NIGHTS[night])

    def _address(self, sort: str) -> str:
        self._number += 1
        return f"https://{sort}.example/{self._number}"

    # ---- what must be said -----------------------------------------------------------------------------------------

    def _leads_to(self, name: str, night: int) -> str:
        return "coal" if name == "copper" and night > _MERGED_ON else name

    def _say(self, case: _Case, deniers: set[str], fresh: list[bool], corrected: bool, night: int) -> Expected | None:
        if not case.flagged:
            return None
        late = "late-data" if fresh and (all(fresh) or night == 0) else "event"
        if not case.shown:
            if not fresh:
                return None
            op = "REO" if case.known else "ADD"
            case.known = case.shown = True
            return op, (late,)
        if not case.prints:
            case.shown = False
            return "DEL", ("retracted",)
        found = (("correction", corrected), ("reply", bool(case.deniers - deniers)), ("new-source", bool(fresh)))
        causes = [cause for cause, holds in found if holds]
        return ("MOD", tuple(causes)) if fresh or corrected else None

    def _quiet(self, case: _Case, name: str, night: int) -> Expected | None:
        """What a decision, the end of a waiver, or another rule base does to a matter of which nothing is printed that night."""
        if night in RULES and RULES[night][0] == name:
            case.flagged = case.shown = name == "mortars"
            case.known = True
            return ("ADD" if case.flagged else "DEL"), (_CAUSE[RULES[night][1]],)
        if any(d.matter == name and d.verdict != "merge" and d.told == night for d in DECISIONS):
            return "MOD", ("decision",)
        return ("REO", ("waiver-expired",)) if (name, night) == ("missiles", 13) else None

    def _merge(self) -> dict[str, Expected]:
        coal, copper = self._cases["coal"], self._cases["copper"]
        coal.prints += copper.prints
        return {"copper": ("DEL", ("merged-into",)), "coal": ("MOD", ("decision",))}

    @staticmethod
    def _both(one: Expected | None, other: Expected) -> Expected:
        """What is said of a case of which two matters have news."""
        if one is None:
            return other
        order = ("correction", "reply", "new-source")
        return "MOD", tuple(cause for cause in order if cause in one[1] + other[1])


def _number(address: str) -> int:
    """The number at the end of an address."""
    return int("".join(c for c in address.rpartition("/")[2] if c.isdigit()) or 0)
