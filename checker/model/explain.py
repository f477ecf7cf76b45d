"""The explain tree: why a rule came out as it did, built from the very leaves that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from checker.model.truth import Truth

__all__ = ["ExplainNode"]

NodeKind = Literal["rule", "period", "elements", "all", "any", "none", "leaf", "met", "exemption", "override", "duty", "quota",
                   "law", "report", "label"]


@dataclass(frozen=True, slots=True)
class ExplainNode:
    """One step of the judgement.

    ``text`` is one English line ("goods is under heavy_weapons"). For a leaf, ``fact`` is the fact looked at, ``wanted`` the
    written test and ``got`` the event's value ("not stated" where unknown). ``truth`` is ``None`` for steps that are not
    true or false (law, report, label). ``where`` is ``file:line:column`` of the rule line.
    """

    kind: NodeKind
    text: str
    truth: Truth | None = None
    fact: str = ""
    wanted: str = ""
    got: str = ""
    note: str = ""
    where: str = ""
    children: tuple[ExplainNode, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        """JSON-ready form; empty fields are left out."""
        wire: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.truth is not None:
            wire["truth"] = self.truth.word
        for name in ("fact", "wanted", "got", "note", "where"):
            value = getattr(self, name)
            if value:
                wire[name] = value
        if self.children:
            wire["children"] = [c.to_wire() for c in self.children]
        return wire
