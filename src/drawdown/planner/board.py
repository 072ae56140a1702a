"""The planner's board: what lift, escorts, airfields, exits and crews are still free on each day.

Road, river, rail and sea lift makes *round trips* from its base: out empty to load and back, or out loaded and
back empty. Aircraft fly by the day. Everything the board gives away is lawful by the rules of movement, so that
what remains for the planner is what to carry and in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mandate.authority import TO_MOVE, covering
from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open, lift_can_use, open_on, shortest_route
from drawdown.mission.tables import Leg, Lift
from drawdown.plan.model import Move
from drawdown.plan.replay import detachments, travels

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Route:
    """Legs that join two places. Compared by identity, so that it is a quick key."""

    origin: str
    destination: str
    legs: tuple[Leg, ...]


@dataclass(frozen=True, eq=False)
class Way:
    """Lift of one base and mode on one route: from ``route.origin``, where the load is, to ``route.destination``.

    A convoy may mix its kinds of vehicle; each kind of aircraft is a way of its own.
    """

    lifts: tuple[Lift, ...]
    route: Route
    back: Route

    @property
    def mode(self) -> str:
        """How it travels."""
        return self.lifts[0].mode

    @property
    def surface(self) -> bool:
        """Whether it travels in convoy (and not by air)."""
        return travels(self.lifts[0])

    @property
    def from_base(self) -> bool:
        """Whether the lift is at home where the load is."""
        return self.lifts[0].base == self.route.origin

    @property
    def limit(self) -> int:
        """Vehicles in one convoy at most."""
        limits = [leg.convoy_limit for leg in self.route.legs if leg.convoy_limit]
        return min(limits, default=LONGEST_CONVOY)


#: Vehicles in a convoy on a route without a limit: the longest seen was 143 [P28].
LONGEST_CONVOY = 150


class Departure(NamedTuple):
    """A lawful departure on a route: its day of arrival, the legs entered, and the clearance's lead time."""

    arrive: int
    entries: tuple[tuple[str, str, int, int], ...]  # leg, place, day, headway
    lead: int | None


@dataclass(frozen=True)
class Trip:
    """A round trip that fits: the days of its two moves, how many vehicles of each lift can go, and its escorts."""

    way: Way
    out_day: int
    load_day: int
    arrive: int
    end: int
    vehicles: dict[str, int]
    escorts: dict[str, int]


Snapshot = tuple[tuple[dict[Any, Any], ...], int, dict[str, int]]


@dataclass(frozen=True)
class Load:
    """What one move carries, by id."""

    people: dict[str, int]
    lots: dict[str, int]
    driven: dict[str, int]


class Board:
    """What is still free, and the moves made so far. Days are numbers since cessation."""

    def __init__(self, mission: Mission, as_of: int) -> None:
        self.mission, self.as_of = mission, as_of
        self.end, self.deadline = mission.days, mission.day(mission.mission.deadline)
        self.moves: list[Move] = []
        self._serial: dict[str, int] = defaultdict(int)
        self._departures: dict[tuple[Route, int], Departure | None] = {}
        self._taken: dict[tuple[str, str], NDArray[np.bool_]] = {}
        self._ways: dict[tuple[str, str], tuple[Way, ...]] = {}
        self.free = {x.id: self._days(mission.in_service(x) * (1 if travels(x) else x.sorties_per_day)) for x in mission.lift}
        for lift in mission.lift:
            self._limit(self.free[lift.id], lift.available_from, lift.available_to)
        self.detachments = {u.id: self._days(detachments(u)) for u in mission.units if detachments(u)}
        self.slots = {i: self._days(place.flights_per_day) for i, place in mission.place.items()}
        self.people_out = {x.id: self._days(x.people_per_day if "people" in x.takes else 0) for x in mission.exits}
        self.teu_out = {
            x.id: np.full(self.end + 2, x.teu_per_day if "equipment" in x.takes else 0.0) for x in mission.exits
        }
        self.crews = {c.id: self._days(c.count) for c in mission.crews}

    def _days(self, value: int) -> Ints:
        return np.full(self.end + 2, value, dtype=np.int64)

    def _limit(self, free: Ints, first: object, last: object) -> None:
        if first is not None:
            free[: max(self.mission.day(first), 0)] = 0  # type: ignore[arg-type]
        if last is not None:
            free[max(self.mission.day(last) + 1, 0) :] = 0  # type: ignore[arg-type]

    # ---- ways -------------------------------------------------------------------------------------------------

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Every lift that can carry from one place to another: by road and the like from a base at either end, by air from anywhere."""
        key = (origin, destination)
        if key not in self._ways:
            self._ways[key] = tuple(self._find_ways(origin, destination))
        return self._ways[key]

    def _find_ways(self, origin: str, destination: str) -> Iterator[Way]:
        mission = self.mission
        dates = [mission.date(day) for day in (1, *range(30, self.end + 1, 30))]
        found: dict[tuple[str, ...], list[Lift]] = defaultdict(list)
        for lift in mission.lift:
            if travels(lift) and lift.base not in (origin, destination):
                continue
            routes = {shortest_route(mission, origin, destination, lift.mode, when, lift) for when in dates}
            for legs in routes:
                if legs and (travels(lift) or len(legs) == 1):
                    fleet = f"{lift.mode}/{lift.base}" if travels(lift) else lift.id
                    found[(fleet, *(leg.id for leg in legs))].append(lift)
        for key in sorted(found):
            legs = tuple(mission.leg[i] for i in key[1:])
            route, back = Route(origin, destination, legs), Route(destination, origin, tuple(reversed(legs)))
            yield Way(tuple(found[key]), route, back)

    # ---- single departures ------------------------------------------------------------------------------------

    def departure(self, route: Route, day: int) -> Departure | None:
        """A departure that seasons, opening days and clearances allow, whatever else is on the road; None if there is none."""
        key = (route, day)
        if key not in self._departures:
            self._departures[key] = self._depart(route, day)
        return self._departures[key]

    def _depart(self, route: Route, day: int) -> Departure | None:
        mission = self.mission
        entries, days = mission.journey(route.legs, route.origin, mission.date(day))
        arrive = day + days - 1
        if day < 1 or arrive > self.end:
            return None
        lead: int | None = None
        for leg, _, when in entries:
            if not leg_open(mission, leg, when):
                return None
            state, needed = self._clearance(leg, mission.day(when))
            if state == "blocked":
                return None
            if state == "ask":
                lead = max(lead or 0, needed)
        ends = ((mission.date(day), route.origin), (mission.date(arrive), route.destination))
        if not all(covering(mission, TO_MOVE, when, place) for when, place in ends):
            return None
        way_out = mission.exit.get(route.destination)
        if way_out and not open_on(way_out, mission.date(arrive)):
            return None
        if lead is not None and day - lead < self.as_of:
            return None
        legs = tuple((leg.id, place, mission.day(when), leg.headway_days) for leg, place, when in entries)
        return Departure(arrive, legs, lead)

    def _clearance(self, leg: Leg, day: int) -> tuple[str, int]:
        when, as_of = self.mission.date(day), self.mission.date(self.as_of)
        states: dict[str, int] = {}
        for row in self.mission.clearances:
            if (
                row.clearance_class == leg.clearance_class
                and row.mode == leg.mode
                and (row.known_on is None or row.known_on <= as_of)
                and (row.from_date is None or row.from_date <= when)
                and (row.to_date is None or when <= row.to_date)
            ):
                states[row.state] = max(states.get(row.state, 0), row.lead_days)
        for state in ("blocked", "open", "ask"):
            if state in states:
                return state, states[state]
        return "open", 0

    def _headway_free(self, departure: Departure) -> bool:
        return not any(h and self._busy(leg, place)[day] for leg, place, day, h in departure.entries)

    def _busy(self, leg: str, place: str) -> NDArray[np.bool_]:
        key = (leg, place)
        if key not in self._taken:
            self._taken[key] = np.zeros(self.end + 2, dtype=np.bool_)
        return self._taken[key]

    def _take_headway(self, departure: Departure) -> None:
        for leg, place, day, headway in departure.entries:
            if headway:
                self._busy(leg, place)[max(day - headway + 1, 0) : day + headway] = True

    # ---- round trips ------------------------------------------------------------------------------------------

    def trip(self, way: Way, load_day: int, least: int = 1) -> Trip | None:
        """A round trip that loads in the morning of a day with at least so many vehicles (0 for escorts alone)."""
        loaded = self.departure(way.route, load_day)
        if loaded is None or not self._headway_free(loaded):
            return None
        wait = self.mission.mission.turnaround_days + 1
        if way.from_base:
            start, found = load_day, self._return(way.back, loaded.arrive + wait)
            if found is None:
                return None
            end = found[1].arrive
        else:
            positioned = self._position(way.back, load_day - wait)
            if positioned is None:
                return None
            start, end = positioned, loaded.arrive
        vehicles = {x.id: int(self.free[x.id][start : end + 1].min()) for x in way.lifts if self._may_go(x, end)}
        if sum(vehicles.values()) < least:
            return None
        escorts = self._escorts(way, start, end)
        return None if escorts is None else Trip(way, start, load_day, loaded.arrive, end, vehicles, escorts)

    def _may_go(self, lift: Lift, end: int) -> bool:
        """After the deadline only commercial lift is on the roads."""
        return end <= self.deadline or lift.commercial or lift.mode != "road"

    def _return(self, route: Route, day: int) -> tuple[int, Departure] | None:
        """The first day from a given one on which lift can go home."""
        for start in range(day, min(day + 60, self.end)):
            found = self.departure(route, start)
            if found and self._headway_free(found):
                return start, found
        return None

    def _position(self, route: Route, by: int) -> int | None:
        """The last day on which empty lift can leave so as to arrive by the evening of a day."""
        for start in range(by, max(by - 60, 0), -1):
            found = self.departure(route, start)
            if found and found.arrive <= by and self._headway_free(found):
                return start
        return None

    def _escorts(self, way: Way, start: int, end: int) -> dict[str, int] | None:
        """Detachments at the lift's base that are free for a whole trip; None if there are not enough."""
        if start > self.deadline or not way.surface:
            return {}
        need = max(leg.escort_platoons for leg in way.route.legs)
        teams = 1 if any(leg.eod for leg in way.route.legs) else 0
        chosen: dict[str, int] = {}
        for unit in self.mission.units:
            if unit.id not in self.detachments or unit.site != way.lifts[0].base:
                continue
            wanted = need if unit.escort_platoons else teams
            count = min(wanted, int(self.detachments[unit.id][start : end + 1].min()))
            if count > 0:
                chosen[unit.id] = count
                need, teams = (need - count, teams) if unit.escort_platoons else (need, teams - count)
        return chosen if need <= 0 and teams <= 0 else None

    def commit(self, trip: Trip, load: Load, vehicles: dict[str, int]) -> None:
        """Write a trip's two moves and take what it uses."""
        way, carried = trip.way, {i: n for i, n in vehicles.items() if n}
        for i, count in carried.items():
            self.free[i][trip.out_day : trip.end + 1] -= count
        for unit, count in trip.escorts.items():
            self.detachments[unit][trip.out_day : trip.end + 1] -= count
        nothing = Load({}, {}, {})
        empty = bool(carried or trip.escorts)
        if not way.from_base and empty:
            self._write(way.back, trip.out_day, way.mode, carried, trip.escorts, nothing)
        self._write(way.route, trip.load_day, way.mode, carried, trip.escorts, load)
        if way.from_base and empty:
            found = self._return(way.back, trip.arrive + self.mission.mission.turnaround_days + 1)
            assert found is not None  # `trip` has found it
            self._write(way.back, found[0], way.mode, carried, trip.escorts, nothing)
        self._take_exit(way.route.destination, trip.arrive, load)

    def _take_exit(self, place: str, day: int, load: Load) -> None:
        if place in self.people_out:
            self.people_out[place][day] -= sum(load.people.values())
            lots = [*load.lots.items(), *load.driven.items()]
            self.teu_out[place][day] -= sum(self.mission.lot[i].teu_each * n for i, n in lots)

    # ---- trying out -------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Everything that committing changes, to be given back to `restore`."""
        tables = (self.free, self.detachments, self.slots, self.people_out, self.teu_out, self.crews, self._taken)
        copies = tuple({key: days.copy() for key, days in table.items()} for table in tables)
        return copies, len(self.moves), dict(self._serial)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot."""
        copies, moves, serial = snapshot
        tables = (self.free, self.detachments, self.slots, self.people_out, self.teu_out, self.crews, self._taken)
        for table, copy in zip(tables, copies, strict=True):
            table.clear()  # type: ignore[attr-defined]
            table.update({key: days.copy() for key, days in copy.items()})  # type: ignore[attr-defined]
        del self.moves[moves:]
        self._serial = defaultdict(int, serial)

    # ---- flights ----------------------------------------------------------------------------------------------

    def flights(self, way: Way, day: int) -> int:
        """Sorties that can still be flown on a way on a day."""
        found = self.departure(way.route, day)
        if found is None or found.arrive > day:
            return 0
        ends = (way.route.origin, way.route.destination)
        return max(0, int(min(self.free[way.lifts[0].id][day], *(self.slots[place][day] for place in ends))))

    def fly(self, way: Way, day: int, load: Load, sorties: int) -> None:
        """Write a day's flights and take what they use."""
        self.free[way.lifts[0].id][day] -= sorties
        for place in (way.route.origin, way.route.destination):
            self.slots[place][day] -= sorties
        self._write(way.route, day, "air", {way.lifts[0].id: sorties}, {}, load)
        self._take_exit(way.route.destination, day, load)

    def _write(self, route: Route, day: int, mode: str, lift: dict[str, int], escorts: dict[str, int], load: Load) -> None:
        found = self.departure(route, day)
        assert found is not None  # only lawful departures are committed
        self._take_headway(found)
        key = f"{route.origin}-{route.destination}"[:56].rstrip("-_")
        self._serial[key] += 1
        when = self.mission.date(day)
        self.moves.append(
            Move(
                id=f"{key}-{self._serial[key]:03d}",
                mode=mode,  # type: ignore[arg-type]
                origin=route.origin,
                destination=route.destination,
                legs=tuple(leg.id for leg in route.legs),
                depart=when,
                arrive=self.mission.date(found.arrive),
                lift=lift,
                escorts=escorts,
                people=load.people,
                lots=load.lots,
                driven=load.driven,
                clearance_asked=None if found.lead is None else when - timedelta(days=found.lead),
            )
        )
