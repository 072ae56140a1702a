"""Every link of a mission as an arc with the price of a service and of a load, over the whole drawdown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open, lift_can_use, open_on
from drawdown.mission.tables import Course, Leg, Lift
from drawdown.plan.measures import rates
from drawdown.plan.replay import travels
from drawdown.planner.construction.ways import LONGEST_CONVOY
from drawdown.planner.engines.shipping import Arc

#: People in an escort platoon: an infantry platoon of UN missions has about so many.
PLATOON = 30

#: Lift and escorts come back: what a kilometre or a day costs is paid on the way home, too.
THERE_AND_BACK = 2

#: What is added to an exit's name for the far side of it, where equipment is out of the mission.
LEAVES_BY = ", out"


@dataclass(frozen=True)
class Link:
    """An arc, how it is travelled (blank for the way through an exit) and by which lift."""

    arc: Arc
    mode: str
    lifts: tuple[Lift, ...]

    @property
    def per_teu(self) -> float:
        """The cost of one TEU when every service is full."""
        return self.arc.unit + (self.arc.fixed / self.arc.capacity if self.arc.capacity else 0.0)


def links(mission: Mission, course: Course, total: float) -> list[Link]:
    """Legs both ways by mode, and the way through each exit; ``total`` is all the equipment there is (TEU)."""
    hurt = {key: casualties for key, (_, casualties) in rates(mission).items()}
    found: list[Link] = []
    for leg in mission.legs:
        lifts = tuple(x for x in mission.lift if x.teu and mission.in_service(x) and lift_can_use(mission, x, leg))
        days = _days_open(mission, leg)
        if lifts and days:
            make = _convoys if travels(lifts[0]) else _flights
            arcs = list(make(mission, course, leg, lifts, days, hurt))
            found += [Link(arc, leg.mode, lifts) for arc in arcs if arc.origin in mission.site]
    return [*found, *_ways_out(mission, total)]


def _days_open(mission: Mission, leg: Leg) -> int:
    """Days to the end of liquidation on which a leg can be entered, as far as was known at cessation."""
    blocks = [
        row
        for row in mission.clearances
        if row.state == "blocked"
        and (row.clearance_class, row.mode) == (leg.clearance_class, leg.mode)
        and (row.known_on is None or row.known_on <= mission.mission.cessation)
    ]
    days = [mission.date(day) for day in range(1, mission.days + 1)]
    blocked = [(row.from_date or days[0], row.to_date or days[-1]) for row in blocks]
    return sum(leg_open(mission, leg, day) and not any(a <= day <= b for a, b in blocked) for day in days)


def _convoys(  # noqa: PLR0913, PLR0917 - what a convoy's price is made of
    mission: Mission, course: Course, leg: Leg, lifts: tuple[Lift, ...], days: int, hurt: dict[tuple[str, str], float]
) -> Iterator[Arc]:
    per_convoy = hurt.get((leg.hazard_class or "", "convoy_km"), 0.0) * leg.km * course.risk
    per_vehicle = hurt.get((leg.hazard_class or "", "vehicle_km"), 0.0) * leg.km * course.risk
    worst = leg.nominal_days if leg.contested_days is None else leg.contested_days
    time = THERE_AND_BACK * (leg.nominal_days + mission.mission.pace * (worst - leg.nominal_days))
    escort = leg.escort_platoons * PLATOON * time * mission.mission.person_day_usd * course.cost
    room = (leg.convoy_limit or LONGEST_CONVOY) * max(lift.teu for lift in lifts)
    load = min(
        (course.cost * (x.usd_per_day * time + x.usd_per_km * THERE_AND_BACK * leg.km) + per_vehicle) / x.teu
        for x in lifts
    )
    most = math.ceil(days / max(leg.headway_days, 1))
    for origin, destination in ((leg.from_place, leg.to_place), (leg.to_place, leg.from_place)):
        yield Arc(origin, destination, per_convoy + escort, room, load, most)


def _flights(  # noqa: PLR0913, PLR0917 - what a flight's price is made of
    mission: Mission, course: Course, leg: Leg, lifts: tuple[Lift, ...], days: int, hurt: dict[tuple[str, str], float]
) -> Iterator[Arc]:
    """One service with the room of all flights: there are hundreds, so that their price is as good as one of loads."""
    room = sum(mission.in_service(x) * max(x.sorties_per_day, 1) * x.teu for x in lifts) * days
    per_flight = hurt.get((leg.hazard_class or "", "vehicle_km"), 0.0) + hurt.get(
        (leg.hazard_class or "", "convoy_km"), 0.0
    )
    load = min(
        course.cost * (x.usd_per_day / max(x.sorties_per_day, 1) + x.usd_per_km * THERE_AND_BACK * leg.km) / x.teu
        + course.risk * per_flight * leg.km / x.teu
        for x in lifts
    )
    for origin, destination in ((leg.from_place, leg.to_place), (leg.to_place, leg.from_place)):
        yield Arc(origin, destination, 0.0, room, load)


def _ways_out(mission: Mission, total: float) -> Iterator[Link]:
    for row in mission.exits:
        days = sum(open_on(row, mission.date(day)) for day in range(1, mission.days + 1))
        room = min(row.teu_per_day * days, total) if "equipment" in row.takes else 0.0
        yield Link(Arc(row.id, row.id + LEAVES_BY, 0.0, room, 0.0), "", ())
