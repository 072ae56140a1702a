"""What reading gives: the thing itself if it can be used, and everything that was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drawdown.files.findings import Where
from drawdown.mission.faults import Fault, Spot, spot_text
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan


@dataclass(frozen=True)
class Reading:
    """A mission as it was read from files.

    ``mission`` is None exactly if one of ``faults`` is a *fault*; warnings and notes may stand there beside a
    mission. Its tables may still contradict each other: see `drawdown.mission.checks.check_mission`.
    """

    mission: Mission | None
    faults: tuple[Fault, ...]
    places: Mapping[str, Where] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, spot: Spot) -> str:
        """Where a spot stands: ``sites.csv:4``, ``mission.yaml:12`` or ``sites!C5``; in words if in no file."""
        where = self.places.get(spot.table)
        return where(spot.row, spot.column) if where else spot_text(spot)


@dataclass(frozen=True)
class PlanReading:
    """A plan as it was read from files: None exactly if one of ``faults`` is a *fault*."""

    plan: Plan | None
    faults: tuple[Fault, ...]
