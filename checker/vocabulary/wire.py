"""What an event carries beside its facts, read back from its written form: claims, evidence, assumptions, names, leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

from checker.model.claim import CLAIM_STATUSES, Claim, ClaimStatus
from checker.model.dates import DateRange, parse_date
from checker.model.document import Evidence
from checker.model.event import EVENT_KEYS, Assumed, Lead
from checker.model.facts import FACTS, PARTY_ROLES
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.values import Complaint

if TYPE_CHECKING:
    from checker.vocabulary.parties import Parties

__all__ = ["read_assumed", "read_claims", "read_evidence", "read_leads", "read_names", "read_report"]

Complain = Callable[[Complaint], None]

_CLAIM_KEYS = frozenset(("status", "by", "party", "via", "date", "about", "evidence"))
_EVIDENCE_KEYS = frozenset(("document", "start", "end", "text", "fact", "zone", "how"))
_LEAD_KEYS = frozenset(("party", "list", "entry", "name", "how", "since", "note", "weak"))
_MOST = 10_000


def _near(text: object, options: Iterable[str], other: str) -> str:
    near = did_you_mean(text, options) if isinstance(text, str) else ""
    return f"did you mean `{near}`?" if near else other


def _maps(raw: object, what: str, complain: Complain) -> list[Mapping[str, object]]:
    if raw is None:
        return []
    if not isinstance(raw, list | tuple) or len(raw) > _MOST or not all(isinstance(item, Mapping) for item in raw):
        complain(Complaint("wrong-type", f"{what} is a list of at most {_MOST:,} maps", f"write `{what}: []` or a list of maps"))
        return []
    return list(raw)


def _text(raw: Mapping[str, object], key: str, what: str, complain: Complain, default: str = "") -> str:
    value = raw.get(key, default)
    if isinstance(value, str):
        return value
    complain(Complaint("wrong-type", f"`{key}` of {what} is a text", "write it in quotes"))
    return default


def _closed(raw: Mapping[str, object], keys: frozenset[str], what: str, complain: Complain) -> None:
    for key in raw:
        if key not in keys:
            complain(Complaint("unknown-key", f"`{str(key)[:60]}` is no key of {what}",
                               _near(key, keys, f"the keys are {', '.join(sorted(keys))}")))


def _status(raw: object, complain: Complain) -> ClaimStatus | None:
    if isinstance(raw, str) and raw in CLAIM_STATUSES:
        return cast(ClaimStatus, raw)
    complain(Complaint("unknown-report", f"`{str(raw)[:60]}` is no way to report",
                       _near(raw, CLAIM_STATUSES, f"choose among {', '.join(CLAIM_STATUSES)}")))
    return None


def read_report(raw: object, complain: Complain) -> tuple[Claim, ...]:
    """The shorthand ``report: alleged``: one claim without a claimant."""
    status = _status(raw, complain)
    return (Claim(status),) if status else ()


def read_claims(raw: object, parties: Parties, complain: Complain) -> tuple[Claim, ...]:
    """The list of claims; a wrong one is left out and complained of."""
    claims = []
    for item in _maps(raw, "claims", complain):
        _closed(item, _CLAIM_KEYS, "a claim", complain)
        status = _status(item.get("status"), complain)
        party = _text(item, "party", "a claim", complain)
        known = parties.resolve(party) if party else ""
        if known is None:
            near = parties.suggest(party)
            complain(Complaint("unknown-party", f"`{party[:60]}` is no State and no party of the vocabulary",
                               f"did you mean `{near}`?" if near else "leave `party` out and name the claimant under `by`"))
        via = item.get("via") or ()
        if not isinstance(via, list | tuple) or not all(isinstance(v, str) for v in via):
            complain(Complaint("wrong-type", "`via` of a claim is a list of names", "write `via: [AP]`"))
            via = ()
        if status:
            by, about = _text(item, "by", "a claim", complain), _text(item, "about", "a claim", complain)
            claims.append(Claim(status, by, known or "", tuple(via), _claim_date(item.get("date"), complain), about,
                                read_evidence(item.get("evidence"), complain)))
    return tuple(claims)


def _claim_date(raw: object, complain: Complain) -> DateRange | None:
    if raw is None or raw == "":
        return None
    try:
        return parse_date(str(raw))
    except ValueError:
        complain(Complaint("wrong-date", f"`{str(raw)[:60]}` is no date (claim)", "write 2022-11-02, 2022-11 or 2022"))
        return None


def read_evidence(raw: object, complain: Complain) -> tuple[Evidence, ...]:
    """The quotations; each must be as long as its span says."""
    found = []
    for item in _maps(raw, "evidence", complain):
        _closed(item, _EVIDENCE_KEYS, "evidence", complain)
        start, end, text = item.get("start"), item.get("end"), _text(item, "text", "evidence", complain)
        if type(start) is not int or type(end) is not int or not 0 <= start < end or end - start != len(text):
            complain(Complaint("wrong-span", "a quotation does not have the length of its span",
                               "`end` minus `start` is the number of characters of `text`"))
            continue
        rest = [_text(item, key, "evidence", complain, default)
                for key, default in (("fact", "event"), ("zone", "body"), ("how", "explicit"))]
        found.append(Evidence(_text(item, "document", "evidence", complain), start, end, text, *rest))
    return tuple(found)


def read_assumed(raw: object, complain: Complain) -> tuple[Assumed, ...]:
    """What was assumed, each with its basis."""
    found = []
    for item in _maps(raw, "assumed", complain):
        _closed(item, frozenset(("fact", "basis")), "an assumption", complain)
        fact = _text(item, "fact", "an assumption", complain)
        if fact not in FACTS and fact not in EVENT_KEYS:
            complain(Complaint("unknown-fact", f"`{fact[:60]}` is no fact of an event", _near(fact, FACTS, "see the table of facts")))
            continue
        found.append(Assumed(fact, _text(item, "basis", "an assumption", complain)))
    return tuple(found)


def read_leads(raw: object, complain: Complain) -> tuple[Lead, ...]:
    """Parties on lists of the user's own; a wrong one is left out and complained of."""
    found = []
    for item in _maps(raw, "leads", complain):
        _closed(item, _LEAD_KEYS, "a lead", complain)
        party, *texts = (_text(item, key, "a lead", complain) for key in ("party", "list", "entry", "name", "how", "note"))
        since, weak = item.get("since"), item.get("weak", False)
        if party not in PARTY_ROLES:
            complain(Complaint("unknown-key", f"`{party[:60]}` is no party role (lead)",
                               _near(party, PARTY_ROLES, f"the roles are {', '.join(PARTY_ROLES)}")))
            continue
        if not isinstance(weak, bool):
            complain(Complaint("wrong-type", "`weak` of a lead is true or false", "write true, or leave it out"))
            continue
        try:
            day = dt.date.fromisoformat(str(since)).toordinal() if since else 0
        except ValueError:
            complain(Complaint("wrong-date", f"`{str(since)[:60]}` is no day (lead)", "write it as 2022-11-02"))
            continue
        list_, entry, name, how, note = texts
        found.append(Lead(party, list_, entry, name, how, day, note, weak))
    return tuple(found)


def read_names(raw: object, complain: Complain) -> dict[str, str]:
    """Names to print, by party role."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping) or not all(isinstance(k, str) and isinstance(v, str) for k, v in raw.items()):
        complain(Complaint("wrong-type", "names is a map from party role to name", "write `names: {recipient: ...}`"))
        return {}
    for role in raw:
        if role not in PARTY_ROLES:
            complain(Complaint("unknown-key", f"`{role[:60]}` is no party role",
                               _near(role, PARTY_ROLES, f"the roles are {', '.join(PARTY_ROLES)}")))
    return {role: name for role, name in raw.items() if role in PARTY_ROLES}
