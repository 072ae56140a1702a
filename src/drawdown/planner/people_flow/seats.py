"""Where people can sit: on the moves of a plan that are kept, and on flights and bus trips that could be added.

Flights that carry people only are given up and flown anew. Buses that stand idle at their base may go out to an exit
and come back empty. Days are numbers, counted from cessation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from drawdown.mission.tables import Course, Lift
from drawdown.plan.measures import rates
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay
from drawdown.planner.construction.timetable import Departure, Timetable
from drawdown.planner.construction.ways import Route, Way, WayFinder


class Vehicle(NamedTuple):
    """Lift that could be added to a ride: sorties of an aircraft, or buses that come back on another day."""

    lift: Lift
    most: int
    usd: float
    limits: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, eq=False)
class Ride:
    """Seats from one place to another: of a kept move, or (without one) of vehicles that could be added.

    ``low`` people have to be aboard to drive; ``back`` is the empty way home of what goes by road.
    """

    origin: str
    destination: str
    depart: int
    arrive: int
    move: Move | None = None
    low: int = 0
    seats: int = 0
    trip: Departure | None = None
    back: Departure | None = None
    vehicles: tuple[Vehicle, ...] = ()


def given_up(move: Move) -> bool:
    """Whether a move is decided anew: a flight over one leg that carries nothing but people."""
    return move.mode == "air" and len(move.legs) == 1 and bool(move.people) and not (move.lots or move.escorts)


@dataclass
class Seats:
    """The rides of a plan, and what its vehicles and airfields still have to give.

    ``room`` is keyed by what is limited (``sorties``, ``flights``, ``idle``), by whose it is, and by the day.
    """

    replay: Replay
    finder: WayFinder
    timetable: Timetable
    course: Course
    room: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def rides(self) -> list[Ride]:
        """Every ride, by the day of departure."""
        self.hurt = rates(self.replay.mission)
        self.kept = [move for move in self.replay.plan.moves if not given_up(move)]
        self._count_flights()
        found = [*self._on_kept(), *self._flights(), *self._bus_trips()]
        return sorted(found, key=lambda r: (r.depart, r.origin, r.destination, r.arrive))

    def _on_kept(self) -> Iterator[Ride]:
        """Seats on kept moves; on a flight with cargo what the cargo leaves of the cabin."""
        mission, day = self.replay.mission, self.replay.day
        for move in self.kept:
            lift = [(mission.lift_by_id[i], n) for i, n in move.lift.items()]
            seats = sum(x.seats * n for x, n in lift) + sum(
                mission.lot[i].seats_each * n for i, n in move.driven.items()
            )
            room = sum(x.teu * n for x, n in lift)
            if move.mode == "air" and move.lots and room:
                taken = sum(mission.lot[i].teu_each * n for i, n in move.lots.items()) / room
                seats = int(seats * max(0.0, 1 - taken) + 1e-9)  # a whole number that rounding made a little less
            if seats:
                low = sum(move.driven.values())
                yield Ride(move.origin, move.destination, day(move.depart), day(move.arrive), move, low, seats)

    # ---- in the air ----------------------------------------------------------------------------------------------

    def _count_flights(self) -> None:
        """What kept flights leave of sorties and of places on airfields."""
        mission, day = self.replay.mission, self.replay.day
        self.flown: dict[tuple[str, str, int], int] = defaultdict(int)
        self.served: set[tuple[str, int]] = set()
        for move in self.replay.plan.moves:
            if move.mode != "air":
                continue
            if any(mission.lift_by_id[i].kind == "aeroplane" for i in move.lift):
                self.served |= {(place, day(move.depart)) for place in (move.origin, move.destination)}
            for lift, count in () if given_up(move) else move.lift.items():
                for key in (("sorties", lift), ("flights", move.origin), ("flights", move.destination)):
                    self.flown[(*key, day(move.depart))] += count
        self.flying = [x for x in mission.lift if x.mode == "air" and x.seats and mission.in_service(x)]

    def _flights(self) -> Iterator[Ride]:
        mission = self.replay.mission
        for leg in mission.legs:
            ends = (leg.from_place, leg.to_place)
            for origin, destination in (ends, ends[::-1]) if leg.mode == "air" else ():
                ways = [w for w in self.finder.ways(origin, destination) if not w.surface and w.seats]
                if origin in mission.site and ways:
                    for day in range(1, self._last_out(origin) + 1):
                        yield from self._flight(ways, day)

    def _flight(self, ways: list[Way], day: int) -> Iterator[Ride]:
        trip = self.timetable.departure(ways[0].route, day)
        if trip is None:
            return
        route = trip.route
        vehicles = [v for v in (self._aircraft(way, day) for way in ways) if v]
        if vehicles:
            yield Ride(route.origin, route.destination, day, trip.arrive, trip=trip, vehicles=tuple(vehicles))

    def _aircraft(self, way: Way, day: int) -> Vehicle | None:
        mission, lift = self.replay.mission, way.lifts[0]
        route, when = way.route, mission.date(day)
        off = (lift.available_from and when < lift.available_from) or (lift.available_to and when > lift.available_to)
        if off or day > self._last_out(lift.base):
            return None
        ends = (route.origin, route.destination)
        if lift.kind == "aeroplane" and any(
            p in mission.site and mission.site[p].airfield_unit and (p, day) not in self.served for p in ends
        ):
            return None
        caps = {("sorties", lift.id): mission.in_service(lift) * lift.sorties_per_day}
        caps |= {("flights", place): mission.place[place].flights_per_day for place in ends}
        limits = tuple((*key, day) for key in caps)
        for key, most in caps.items():
            self.room[(*key, day)] = most - self.flown[(*key, day)]
        most = min(self.room[limit] for limit in limits)
        km = sum(leg.km for leg in route.legs)
        usd = lift.usd_per_day / max(lift.sorties_per_day, 1) + lift.usd_per_km * 2 * km
        return Vehicle(lift, most, self.course.cost * usd + self._risk(route), limits) if most > 0 else None

    # ---- by bus --------------------------------------------------------------------------------------------------

    def _bus_trips(self) -> Iterator[Ride]:
        mission = self.replay.mission
        for site in mission.sites:
            for way_out in mission.exits:
                for way in self.finder.ways(site.id, way_out.id) if "people" in way_out.takes else ():
                    free = all(not leg.headway_days for leg in way.route.legs) and not way.escorted
                    if way.surface and way.base == site.id and way.seats and way.home and free:
                        for day in range(1, self._last_out(site.id) + 1):
                            yield from self._bus_trip(way, day)

    def _bus_trip(self, way: Way, day: int) -> Iterator[Ride]:
        """There with people and back empty after the turnaround."""
        mission, there = self.replay.mission, self.timetable.departure(way.route, day)
        if there is None or way.home is None:
            return
        back = self.timetable.departure(way.home, there.arrive + 1 + mission.mission.turnaround_days)
        if back is None:
            return
        days = there.arrive - there.day + back.arrive - back.day + 2
        km = sum(leg.km for leg in (*way.route.legs, *way.home.legs))
        vehicles = []
        for lift in way.lifts:
            late = mission.date(back.arrive) > mission.mission.deadline and not lift.commercial
            off = lift.available_to and mission.date(back.arrive) > lift.available_to
            if late or off or not lift.seats or (lift.available_from and mission.date(day) < lift.available_from):
                continue
            limits = tuple(("idle", lift.id, on) for on in range(day, back.arrive + 1))
            least = self.replay.stock("lift", lift.id, way.base).least
            for limit in limits:
                self.room[limit] = int(least[limit[2]])
            most = min(way.limit, *(self.room[limit] for limit in limits))
            usd = self.course.cost * (lift.usd_per_day * days + lift.usd_per_km * km)
            if most > 0:
                vehicles.append(Vehicle(lift, most, usd + self._risk(way.route) + self._risk(way.home), limits))
        if vehicles:
            route = way.route
            yield Ride(
                route.origin, route.destination, day, there.arrive, trip=there, back=back, vehicles=tuple(vehicles)
            )

    # ---- both ----------------------------------------------------------------------------------------------------

    def _risk(self, route: Route) -> float:
        """What the casualties to be expected of one vehicle more weigh (USD)."""
        legs = [leg for leg in route.legs if leg.hazard_class]
        hurt = sum(self.hurt[str(leg.hazard_class), "vehicle_km"][1] * leg.km for leg in legs)
        return float(self.course.risk * hurt)

    def _last_out(self, place: str) -> int:
        closure = self.replay.plan.closure.get(place)
        return self.replay.day(closure.last_out) if closure else self.replay.days
