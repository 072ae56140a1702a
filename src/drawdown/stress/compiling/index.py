"""Numbers for names: everything that a script refers to by index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.network import shortest_route
from drawdown.mission.tables import Hazard, Leg
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, replay

#: Columns whose disputed values a future draws.
DISPUTED = frozenset(
    {
        ("legs", "km"),
        ("legs", "nominal_days"),
        ("legs", "contested_days"),
        ("hazards", "events"),
        ("hazards", "casualties"),
        ("clearances", "refusal"),
        ("equipment", "count"),
    }
)

#: A hazard process: class, kind, exposure unit.
ProcessName = tuple[str, str, str]


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Names with their positions."""
    return {name: i for i, name in enumerate(names)}


class ClassName(NamedTuple):
    """A clearance class holds for one mode."""

    name: str
    mode: str


@dataclass(frozen=True)
class Index:
    """A mission and a plan with the numbers of their things."""

    mission: Mission
    plan: Plan

    @cached_property
    def replay(self) -> Replay:
        """What the plan does day by day."""
        return replay(self.mission, self.plan)

    @cached_property
    def site(self) -> dict[str, int]:
        """Sites by id."""
        return numbered(self.mission.site)

    @cached_property
    def exit(self) -> dict[str, int]:
        """Exits by id."""
        return numbered(self.mission.exit)

    @cached_property
    def unit(self) -> dict[str, int]:
        """Units by id."""
        return numbered(self.mission.unit)

    @cached_property
    def lot(self) -> dict[str, int]:
        """Lots by id."""
        return numbered(self.mission.lot)

    @cached_property
    def leg(self) -> dict[str, int]:
        """Legs by id."""
        return numbered(self.mission.leg)

    @cached_property
    def lift(self) -> dict[str, int]:
        """Lift by id."""
        return numbered(self.mission.lift_by_id)

    @cached_property
    def crew(self) -> dict[str, int]:
        """Kinds of crew by id."""
        return numbered(row.id for row in self.mission.crews)

    @cached_property
    def field(self) -> dict[str, int]:
        """Airfields by the id of their place."""
        return numbered(i for i, place in self.mission.place.items() if place.flights_per_day > 0)

    @cached_property
    def clearance(self) -> dict[ClassName, int]:
        """Clearance classes that legs need, and those of resupply flights (by air)."""
        found = dict.fromkeys(ClassName(x.clearance_class, x.mode) for x in self.mission.legs if x.clearance_class)
        found |= dict.fromkeys(ClassName(x.resupply_class, "air") for x in self.mission.legs if x.resupply_class)
        return {name: i for i, name in enumerate(found)}

    @cached_property
    def hazard_rows(self) -> dict[ProcessName, list[Hazard]]:
        """The rows of each hazard process."""
        found: dict[ProcessName, list[Hazard]] = defaultdict(list)
        for row in self.mission.hazards:
            if row.exposure > 0:
                found[row.hazard_class, row.kind, row.exposure_unit].append(row)
        return dict(found)

    @cached_property
    def process(self) -> dict[ProcessName, int]:
        """Hazard processes."""
        return {name: i for i, name in enumerate(self.hazard_rows)}

    @cached_property
    def hazard(self) -> dict[str, int]:
        """Hazard classes of legs, sites and rows."""
        found = [x.hazard_class for x in self.mission.legs] + [x.hazard_class for x in self.mission.sites]
        return numbered(dict.fromkeys([*filter(None, found), *(row.hazard_class for row in self.mission.hazards)]))

    @cached_property
    def rivals(self) -> dict[tuple[str, str, str], tuple[float, ...]]:
        """Other figures than the adopted one, by table, row and column, where claims state them as numbers."""
        found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for claim in self.mission.claims:
            if not claim.adopted and claim.value and claim.row and (claim.table, claim.column) in DISPUTED:
                try:
                    value = float(claim.value)
                except ValueError:
                    continue  # words such as "about 180" cannot be drawn
                if value >= 0 and value not in found[str(claim.table), claim.row, str(claim.column)]:
                    found[str(claim.table), claim.row, str(claim.column)].append(value)
        return {cell: tuple(values) for cell, values in found.items() if values}

    def figures(self, table: str, row: str, column: str, adopted: float) -> tuple[float, ...]:
        """The adopted figure and its rivals."""
        return (adopted, *(value for value in self.rivals.get((table, row, column), ()) if value != adopted))

    @cached_property
    def flown(self) -> dict[frozenset[str], list[Leg]]:
        """Air legs by their two ends."""
        found: dict[frozenset[str], list[Leg]] = defaultdict(list)
        for leg in self.mission.legs:
            if leg.mode == "air":
                found[frozenset((leg.from_place, leg.to_place))].append(leg)
        return dict(found)

    @cached_property
    def _roads(self) -> dict[tuple[str, str, date], tuple[Leg, ...] | None]:
        return {}

    def road(self, origin: str, destination: str, on: date) -> tuple[Leg, ...] | None:
        """The quickest route by road on a day, or None."""
        key = (origin, destination, on)
        if key not in self._roads:
            self._roads[key] = shortest_route(self.mission, origin, destination, "road", on)
        return self._roads[key]

    def last_out(self, site: str) -> int:
        """The planned last-out of a site (the last day if it is never left)."""
        closure = self.plan.closure.get(site)
        return self.mission.day(closure.last_out) if closure else self.mission.days

    def class_of(self, leg: Leg) -> int:
        """The clearance class of a leg, or -1."""
        return self.clearance[ClassName(leg.clearance_class, leg.mode)] if leg.clearance_class else -1
