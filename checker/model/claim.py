"""Claims: who says that an event happened, and how. Claims are kept as a set and never collapsed into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from checker.model.dates import DateRange
from checker.model.document import Evidence

__all__ = ["CLAIM_STATUSES", "Claim", "ClaimStatus", "Report", "strongest_report"]

ClaimStatus = Literal["confirmed", "reported", "alleged", "denied", "negated", "doubted"]
CLAIM_STATUSES: tuple[str, ...] = get_args(ClaimStatus)
Report = Literal["confirmed", "reported", "alleged", "denied", "negated"]

_ASSERTIONS: tuple[Report, ...] = ("confirmed", "reported", "alleged", "denied", "negated")


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice on one event.

    ``status``: ``confirmed`` (a party admits it, or the State or body concerned finds it), ``reported`` (the outlet, a panel,
    an NGO), ``alleged`` (somebody accuses), ``denied`` (somebody says it is not so), ``negated`` (the text itself says it did
    not happen), ``doubted`` (somebody cannot say, or finds no evidence; never a denial and never counted as an assertion).
    ``by`` is the claimant as named, ``party`` its State or vocabulary party, ``via`` the chain of outlets and agencies that
    carried it, ``about`` the part of the event it speaks of (empty: all of it; ``receipt``: that the goods arrived).
    """

    status: ClaimStatus
    by: str = ""
    party: str = ""
    via: tuple[str, ...] = ()
    date: DateRange | None = None
    about: str = ""
    evidence: tuple[Evidence, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        return {"status": self.status, "by": self.by, "party": self.party, "via": list(self.via),
                "date": self.date.isoformat() if self.date else None, "about": self.about,
                "evidence": [e.to_wire() for e in self.evidence]}


def strongest_report(claims: Iterable[Claim]) -> Report:
    """The report axis of a set of claims: the strongest assertion about the event as a whole.

    Denials never lower an assertion; ``denied`` and ``negated`` only come out when nobody asserts the event. Without any
    claim an event is ``reported``: the record itself states it.
    """
    found = {c.status for c in claims if not c.about}
    for status in _ASSERTIONS:
        if status in found:
            return status
    return "reported"
