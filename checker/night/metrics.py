"""What a night tells the monitoring: a text file in the format of Prometheus, whole at any moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.night import ledger
from checker.night.files import write_whole

if TYPE_CHECKING:
    from checker.night.run import NightResult
    from checker.night.status import Status

__all__ = ["write_metrics"]


def write_metrics(path: Path, result: NightResult, status: Status, success: float) -> None:
    """Write the measures of a night. ``success``: seconds since 1970 at which the last complete or partial night was run.

    Raises:
        OutputError: the file cannot be written.
    """
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()

    def gauge(name: str, says: str, value: float) -> None:
        Gauge(f"sanctions_{name}", says, registry=registry).set(value)

    gauge("night_last_success_timestamp_seconds", "When the last night that published something was run.", success)
    gauge("night_complete", "1 where the last night is complete, else 0.", result.state == ledger.COMPLETE)
    gauge("night_failed", "1 where the last night failed, else 0.", result.state == ledger.FAILED)
    gauge("messages_waiting", "Messages that were not handed over.", len(status.waiting))
    gauge("gaps_open", "Nights, or sources of a night, that were not read and that nothing made up for.",
          sum(not gap.filled for gap in status.gaps))
    gauge("documents", "Documents in the store.", status.documents)
    gauge("cases", "Cases in the store.", status.cases)
    write_whole(path, generate_latest(registry))
