"""Reading many documents in several processes; each makes its own extractor once, and what comes back is in the order of the documents."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model.run import ReadDocument
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.cases.documents import Stored
    from checker.night.work import NightWork

__all__ = ["Shared"]

_FROM = 400
"""Documents from which on it is worth while: each process loads rules and language packs first."""

_work: NightWork | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A reading over several processes. ``make``: makes the work of a night in each of them; it must be importable by name."""

    processes: int
    make: Callable[[], NightWork]

    def __call__(self, work: NightWork, lots: Sequence[Sequence[Stored]]) -> Iterator[tuple[list[ReadDocument], list[Problem]]]:
        """What was read of each lot, in order."""
        if self.processes < 2 or sum(map(len, lots)) < _FROM:
            yield from (work.read(lot) for lot in lots)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.processes, mp_context=context, initializer=_begin, initargs=(self.make,)) as pool:
            yield from pool.map(_read, lots)


def _begin(make: Callable[[], NightWork]) -> None:
    global _work
    _work = make()


def _read(lot: Sequence[Stored]) -> tuple[list[ReadDocument], list[Problem]]:
    if _work is None:
        raise RuntimeError("the process was not prepared")
    return _work.read(lot)
