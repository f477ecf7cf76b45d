"""All lists together: that of the Council, and the user's own beside it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.lists.leads import OwnScreener
from checker.lists.screen import Screener
from checker.model.event import Event
from checker.model.names import WatchName
from checker.strictyaml.problem import Problem

__all__ = ["Screening"]


class Screening:
    """Screens events. ``council`` is ``None`` where only the user's own lists are asked: then nobody is screened for listings."""

    def __init__(self, council: Screener | None, own: Sequence[OwnScreener] = ()) -> None:
        self.council = council
        self.own = tuple(own)

    def names(self) -> list[WatchName]:
        """The names to look for in texts; one on several lists bears the name that the Council, else the first list, gives it."""
        lists: list[Screener | OwnScreener] = [*([self.council] if self.council else ()), *self.own]
        return [name for one in lists for name in one.names()]

    @property
    def problems(self) -> list[Problem]:
        """Where the list of the Council and what is known about it contradict each other."""
        return self.council.problems if self.council else []

    def screen(self, event: Event) -> Event:
        """The event with its parties screened: listings and waivers by the Council's list, leads by the user's own."""
        screened = event if self.council is None else self.council.screen(event)
        for own in self.own:
            screened = own.screen(screened)
        return screened
