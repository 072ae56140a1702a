"""The planner's board: what lift, escorts, airfields, exits and crews are still free on each day, and the moves made.

Road, river, rail and sea lift makes *round trips* from its base; aircraft fly by the day. Everything the board gives
away is lawful by the rules of movement, so that what remains for the planner is what to carry and in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.network import open_on
from drawdown.mission.tables import Lift
from drawdown.plan.model import Move
from drawdown.plan.replay import travels
from drawdown.planner.construction.escorts import Escorts
from drawdown.planner.construction.journal import Days, Journal, days_of
from drawdown.planner.construction.timetable import Departure, Timetable
from drawdown.planner.construction.ways import Route, Way, WayFinder

#: Days that lift waits at most for a road to be free.
LONGEST_WAIT = 60


@dataclass(frozen=True)
class Trip:
    """A trip that fits: its moves, when its vehicles are away, how many of each lift can go, and its escorts.

    ``loaded`` is the move with the load; before it comes the empty move out to it, after it the one home, if there
    are any; ``secured`` are those that need escorts. Vehicles that do not come home are away to the end.
    """

    way: Way
    runs: tuple[Departure, ...]
    loaded: Departure
    secured: tuple[Departure, ...]
    first: int
    last: int
    vehicles: dict[str, int]
    escorts: dict[str, int]

    @property
    def day(self) -> int:
        """The day on whose morning the load leaves."""
        return self.loaded.day

    @property
    def arrive(self) -> int:
        """The day in whose evening the load arrives."""
        return self.loaded.arrive


@dataclass(frozen=True)
class Load:
    """What one move carries, by id."""

    people: dict[str, int]
    lots: dict[str, int]
    driven: dict[str, int]


NOTHING = Load({}, {}, {})


class Board:
    """What is still free, and the moves made so far. Days are numbers since cessation."""

    def __init__(self, mission: Mission, as_of: int, finder: WayFinder | None = None) -> None:
        self.mission, self.as_of = mission, as_of
        self.end, self.deadline = mission.days, mission.day(mission.mission.deadline)
        self.journal = Journal()
        self.finder = finder or WayFinder(mission)
        self.timetable = Timetable(mission, as_of)
        self.escorts = Escorts(mission, self.journal)
        self.moves: list[Move] = []
        days = self.end + 2
        self.free = {x.id: days_of(_fleet(mission, x), days) for x in mission.lift}
        self.slots = {i: days_of(place.flights_per_day, days) for i, place in mission.place.items()}
        self.crews = {c.id: days_of(c.count, days) for c in mission.crews}
        self.people_out = {x.id: days_of(x.people_per_day if "people" in x.takes else 0, days) for x in mission.exits}
        self.teu_out = {x.id: np.full(days, x.teu_per_day if "equipment" in x.takes else 0.0) for x in mission.exits}
        for way_out in mission.exits:
            shut = [day for day in range(days) if not open_on(way_out, mission.date(day))]
            self.people_out[way_out.id][shut] = 0
            self.teu_out[way_out.id][shut] = 0
        #: Last day on which aircraft based at a site fly: that of its last-out, once it is known.
        self.base_left = {site.id: self.end if site.liquidation else self.deadline for site in mission.sites}
        self._taken: dict[tuple[str, str], NDArray[np.int64]] = {}

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Every way from one place to another."""
        return self.finder.ways(origin, destination)

    # ---- roads -------------------------------------------------------------------------------------------------

    def _clear(self, found: Departure | None) -> Departure | None:
        """A departure, if no other convoy is within its headway."""
        if found is None or any(e.headway and self._busy(e.leg, e.place)[e.day] for e in found.entries):
            return None
        return found

    def _busy(self, leg: str, place: str) -> Days:
        key = (leg, place)
        if key not in self._taken:
            self._taken[key] = days_of(0, self.end + 2)
        return self._taken[key]

    def _latest(self, route: Route, by: int) -> Departure | None:
        """The last departure that arrives by the evening of a day."""
        for day in range(by, max(by - LONGEST_WAIT, 0), -1):
            found = self._clear(self.timetable.departure(route, day))
            if found and found.arrive <= by:
                return found
        return None

    def _soonest(self, route: Route, day: int) -> Departure | None:
        """The first departure from a day on."""
        for start in range(day, min(day + LONGEST_WAIT, self.end) + 1):
            found = self._clear(self.timetable.departure(route, start))
            if found:
                return found
        return None

    def trip(self, way: Way, day: int, least: int = 1, *, stay: bool = False) -> Trip | None:
        """A trip that loads in the morning of a day, with at least so many vehicles (0 for escorts or drivers alone).

        With ``stay`` its vehicles and escorts do not go back to a base that they came from with the load.
        """
        runs = self._runs(way, day, stay=stay)
        if runs is None:
            return None
        loaded = next(run for run in runs if run.route is way.route)
        first, last = runs[0].day, self.end if way.home and stay else runs[-1].arrive
        vehicles = {x.id: int(self.free[x.id][first : last + 1].min()) for x in way.lifts if self._may_go(x, runs)}
        if sum(vehicles.values()) < least:
            return None
        secured = tuple(run for run in runs if run.day <= self.deadline)  # after it the host secures movements
        if not any(run.route.platoons or run.route.mined for run in secured):
            return Trip(way, runs, loaded, (), first, last, vehicles, {})
        back = last if len(secured) == len(runs) else self.end
        escorts = self.escorts.choose(way.base, secured, first, back)
        return None if escorts is None else Trip(way, runs, loaded, secured, first, last, vehicles, escorts)

    def _runs(self, way: Way, day: int, *, stay: bool) -> tuple[Departure, ...] | None:
        """The moves of a trip: out to the load, with the load, and home; None if one of them cannot be made."""
        runs: list[Departure | None] = [self._clear(self.timetable.departure(way.route, day))]
        wait = self.mission.mission.turnaround_days + 1
        alone = not way.lifts and not way.escorted  # vehicles that drive themselves, and nobody to bring along
        if runs[0] and way.out and not alone:
            runs.insert(0, self._latest(way.out, day - wait))
        if runs[-1] and way.home and not alone and not stay:
            runs.append(self._soonest(way.home, runs[-1].arrive + wait))
        made = tuple(run for run in runs if run)
        return made if len(made) == len(runs) else None

    def _may_go(self, lift: Lift, runs: Sequence[Departure]) -> bool:
        """Whether a lift is in service for some moves; after the deadline only commercial lift goes by road."""
        if lift.mode == "road" and not lift.commercial and runs[-1].day > self.deadline:
            return False
        return self._serves(lift, runs[0].day, runs[-1].arrive)

    def _serves(self, lift: Lift, first: int, last: int) -> bool:
        begins, ends, day = lift.available_from, lift.available_to, self.mission.day
        return (begins is None or day(begins) <= first) and (ends is None or last <= day(ends))

    def commit(self, trip: Trip, load: Load, vehicles: dict[str, int]) -> None:
        """Write a trip's moves and take what it uses."""
        carried = {i: n for i, n in vehicles.items() if n}
        for i, count in carried.items():
            self.journal.add(self.free[i], -count, trip.first, trip.last)
        back = trip.last if len(trip.secured) == len(trip.runs) else self.end
        self.escorts.take(trip.escorts, trip.secured, trip.first, back)
        for run in trip.runs:
            along = trip.escorts if run in trip.secured else {}
            if run is trip.loaded or carried or along:
                self._write(run, trip.way.mode, carried, along, load if run is trip.loaded else NOTHING)
        self._take_exit(trip.way.route.destination, trip.arrive, load)

    def _take_exit(self, place: str, day: int, load: Load) -> None:
        if place in self.people_out:
            self.journal.add(self.people_out[place], -sum(load.people.values()), day, day)
            lots = [*load.lots.items(), *load.driven.items()]
            self.journal.add(self.teu_out[place], -sum(self.mission.lot[i].teu_each * n for i, n in lots), day, day)

    def goes(self, way: Way, day: int) -> bool:
        """Whether anything may set out on a way on a day, whatever else is on the road."""
        return self.timetable.departure(way.route, day) is not None and (way.surface or self.flights(way, day) > 0)

    # ---- flights -----------------------------------------------------------------------------------------------

    def flights(self, way: Way, day: int) -> int:
        """Sorties that can still be flown on a way on a day."""
        lift, ends = way.lifts[0], (way.route.origin, way.route.destination)
        if not self._serves(lift, day, day) or day > self.base_left.get(lift.base, self.end):
            return 0
        if self.timetable.departure(way.route, day) is None:
            return 0
        return max(0, int(min(self.free[lift.id][day], *(self.slots[place][day] for place in ends))))

    def fly(self, way: Way, day: int, load: Load, sorties: int) -> None:
        """Write a day's flights and take what they use."""
        found = self.timetable.departure(way.route, day)
        if found is None:
            raise ValueError(f"nothing can fly from {way.route.origin} to {way.route.destination} on day {day}")
        self.journal.add(self.free[way.lifts[0].id], -sorties, day, day)
        for place in (way.route.origin, way.route.destination):
            self.journal.add(self.slots[place], -sorties, day, day)
        self._write(found, "air", {way.lifts[0].id: sorties}, {}, load)
        self._take_exit(way.route.destination, day, load)

    def _write(self, run: Departure, mode: str, lift: dict[str, int], escorts: dict[str, int], load: Load) -> None:
        for leg, place, day, headway in run.entries:
            if headway:
                self.journal.add(self._busy(leg, place), 1, day - headway + 1, day + headway - 1)
        when = self.mission.date(run.day)
        move = Move(
            id=f"move-{len(self.moves) + 1}",  # `numbered` gives it the name that readers see
            mode=mode,  # type: ignore[arg-type]
            origin=run.route.origin,
            destination=run.route.destination,
            legs=tuple(leg.id for leg in run.route.legs),
            depart=when,
            arrive=self.mission.date(run.arrive),
            lift=lift,
            escorts=escorts,
            people=load.people,
            lots=load.lots,
            driven=load.driven,
            clearance_asked=None if run.lead is None else when - timedelta(days=run.lead),
        )
        self.journal.append(self.moves, move)


def _fleet(mission: Mission, lift: Lift) -> int:
    """Vehicles of a lift, or sorties that its aircraft fly in a day."""
    return mission.in_service(lift) * (1 if travels(lift) else lift.sorties_per_day)


def numbered(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Moves in the order of their departure, each named by its route and a number."""
    serial: dict[str, int] = defaultdict(int)
    named = []
    for move in sorted(moves, key=lambda m: (m.depart, m.origin, m.destination, m.mode, m.arrive)):
        key = f"{move.origin}-{move.destination}"[:56].rstrip("-_")
        serial[key] += 1
        named.append(move.model_copy(update={"id": f"{key}-{serial[key]:03d}"}))
    return tuple(named)
