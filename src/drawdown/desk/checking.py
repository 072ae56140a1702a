"""Is a mission sound, where do its sources disagree, and how much of it is known?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drawdown.desk.missions import inspect
from drawdown.mission.basis import BasisCounts, Conflict, Totals, conflicts, count_basis, totals
from drawdown.mission.faults import Fault


@dataclass(frozen=True)
class CheckResult:
    """What `check` found; ``titles`` names the documents behind the claims.

    ``name``, ``hash``, ``counts`` and ``totals`` are None if the files could not be read as a mission.
    """

    origin: str
    name: str | None
    hash: str | None
    sound: bool
    faults: tuple[Fault, ...]
    conflicts: tuple[Conflict, ...]
    counts: BasisCounts | None
    totals: Totals | None
    titles: dict[str, str]

    @property
    def warnings(self) -> int:
        """How many things a planner would want to know."""
        return sum(fault.severity == "warning" for fault in self.faults)


def check(reference: str | Path) -> CheckResult:
    """Check a mission; raises `MissionError` only if there is nothing at that place."""
    opened = inspect(reference)
    mission = opened.mission
    if mission is None:
        return CheckResult(opened.origin, None, None, False, opened.faults, (), None, None, {})
    return CheckResult(
        origin=opened.origin,
        name=mission.mission.name,
        hash=mission.hash,
        sound=opened.sound,
        faults=opened.faults,
        conflicts=conflicts(mission),
        counts=count_basis(mission),
        totals=totals(mission),
        titles={source.id: source.title for source in mission.sources},
    )
