"""A board on which lift and escorts are wherever their last move ended, and every move is one way.

The board of the simple planner sends vehicles on round trips from their base. Here a convoy leaves with the vehicles
and escorts that stand at its origin, and what has arrived may be loaded where it is: trucks from the north carry on
to the port, and nothing goes home empty unless somebody there has a load for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from drawdown.mission.mission import Mission
from drawdown.plan.replay import detachments, travels
from drawdown.planner.construction.board import NOTHING, Board, Load, Trip
from drawdown.planner.construction.escorts import Escorts
from drawdown.planner.construction.journal import Days, Journal, days_of
from drawdown.planner.construction.timetable import Departure
from drawdown.planner.construction.ways import Route, Way, WayFinder

#: Days that a unit's escorts need for a journey, to reckon with.
JOURNEY = 5


class Posts(Escorts):
    """Detachments by unit and by the place where they stand."""

    def __init__(self, mission: Mission, journal: Journal) -> None:
        super().__init__(mission, journal)
        self._days = mission.days + 2
        #: Detachments of a unit that can leave a place in the morning of each day.
        self.posted: dict[tuple[str, str], Days] = {}
        self.at_place: dict[str, list[str]] = defaultdict(list)
        self.per_head = {u: detachments(mission.unit[u]) / max(mission.unit[u].strength, 1) for u in self.at_base}
        for unit in self.at_base:
            row = mission.unit[unit]
            self._post(unit, row.site)[:] = detachments(row)

    def _post(self, unit: str, place: str) -> Days:
        key = unit, place
        if key not in self.posted:
            self.posted[key] = days_of(0, self._days)
            self.at_place[place].append(unit)
        return self.posted[key]

    def _able(self, unit: str, place: str, runs: Sequence[Departure]) -> int:
        """Detachments of a unit that stand at a place and have people enough on the road of some moves."""
        first, last = runs[0].day, runs[-1].arrive
        free = int(self.posted[unit, place][first:].min())
        if free <= 0 or last > self.until[unit]:
            return 0
        row = self.mission.unit[unit]
        mornings, road = self.left[unit][first - 1 : last], self.on_road[unit][first : last + 1]
        return min(free, int((detachments(row) * mornings // max(row.strength, 1) - road).min()))

    def choose(self, base: str, runs: Sequence[Departure], first: int, last: int) -> dict[str, int] | None:  # noqa: ARG002 - they do not come back
        """Detachments at a place that go along on some moves; those with most people behind them go first."""
        if not all(run.escortable for run in runs):
            return None
        platoons = max(run.route.platoons for run in runs)
        teams = 1 if any(run.route.mined for run in runs) else 0
        chosen: dict[str, int] = {}
        for unit in sorted(self.at_place[base], key=lambda u: (self.mission.unit[u].site == base, u)):
            sends = bool(self.mission.unit[unit].escort_platoons)
            wanted = platoons if sends else teams
            count = min(wanted, self._able(unit, base, runs)) if wanted > 0 else 0
            if count > 0:
                chosen[unit] = count
                platoons, teams = (platoons - count, teams) if sends else (platoons, teams - count)
        return chosen if platoons <= 0 and teams <= 0 else None

    def take(self, chosen: dict[str, int], runs: Sequence[Departure], first: int, last: int) -> None:  # noqa: ARG002 - nor here
        """Send detachments along; they stand where the last move ends from the morning after."""
        for unit, count in chosen.items():
            self._journal.add(self._post(unit, runs[0].route.origin), -count, runs[0].day)
            self._journal.add(self._post(unit, runs[-1].route.destination), count, runs[-1].arrive + 1)
            for run in runs:
                self._journal.add(self.on_road[unit], count, run.day, run.arrive)

    def companions(self, place: str, run: Departure, chosen: dict[str, int], own: int) -> dict[str, int]:
        """Detachments that go along beside those chosen: all of others that stand there, and so many of the place's."""
        found = dict(chosen)
        own -= sum(n for u, n in chosen.items() if self.mission.unit[u].site == place)
        for unit in self.at_place[place]:
            count = self._able(unit, place, (run,)) - found.get(unit, 0)
            if self.mission.unit[unit].site == place:
                count = min(count, own)
                own -= max(count, 0)
            if count > 0:
                found[unit] = found.get(unit, 0) + count
        return found

    def free(self, place: str, day: int) -> int:
        """Escort platoons that could set out from a place on a day."""
        units = (u for u in self.at_place[place] if self.mission.unit[u].escort_platoons)
        return sum(self.able(u, place, day) for u in units)

    def able(self, unit: str, place: str, day: int) -> int:
        """Detachments of a unit that stand at a place on a day and have people enough in the mission."""
        row = self.mission.unit[unit]
        if day + JOURNEY > self.until[unit]:
            return 0
        return min(
            int(self.posted[unit, place][day:].min()), detachments(row) * int(self.left[unit][-1]) // row.strength
        )

    def standing(self, place: str, day: int) -> tuple[int, int]:
        """Escort platoons and ordnance teams at a place or on their way to it, in time for a journey from there."""
        platoons = teams = 0
        for unit in self.at_place[place]:
            row = self.mission.unit[unit]
            if day + JOURNEY > self.until[unit]:
                continue
            count = min(int(self.posted[unit, place][-1]), detachments(row) * int(self.left[unit][-1]) // row.strength)
            platoons, teams = (platoons + count, teams) if row.escort_platoons else (platoons, teams + count)
        return platoons, teams


class OneWays:
    """Ways that take whatever lift of their mode stands at their origin. Remembers what it has found."""

    def __init__(self, finder: WayFinder) -> None:
        self.finder = finder
        self._ways: dict[tuple[str, str], tuple[Way, ...]] = {}
        self._fleet = {
            mode: tuple(
                x for x in finder.mission.lift if x.mode == mode and travels(x) and finder.mission.in_service(x)
            )
            for mode in {leg.mode for leg in finder.mission.legs}
        }

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Every way from one place to another."""
        key = origin, destination
        if key not in self._ways:
            surface = [
                Way(mode, origin, self._fleet[mode], Route(origin, destination, legs))
                for mode in dict.fromkeys(leg.mode for leg in self.finder.mission.legs)
                if mode != "air"
                for legs in self.finder.routes(origin, destination, mode)
            ]
            self._ways[key] = (*surface, *(w for w in self.finder.ways(origin, destination) if not w.surface))
        return self._ways[key]


class FleetBoard(Board):
    """What is still free, with lift and escorts by place."""

    escorts: Posts

    def __init__(self, mission: Mission, as_of: int, one_ways: OneWays) -> None:
        super().__init__(mission, as_of, one_ways.finder)
        self.one_ways = one_ways
        self.escorts = Posts(mission, self.journal)
        self.surface_lift = {x.id: x for x in mission.lift if travels(x) and mission.in_service(x)}
        #: Vehicles of a lift that can leave a place in the morning of each day.
        self.standing: dict[tuple[str, str], Days] = {}
        for lift in self.surface_lift.values():
            self._stand(lift.id, lift.base)[:] = mission.in_service(lift)

    def _stand(self, lift: str, place: str) -> Days:
        key = lift, place
        if key not in self.standing:
            self.standing[key] = days_of(0, self.end + 2)
        return self.standing[key]

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Every way from one place to another."""
        return self.one_ways.ways(origin, destination)

    def idle(self, lift: str, place: str, day: int) -> int:
        """Vehicles of a lift that can leave a place on a day."""
        days = self.standing.get((lift, place))
        return int(days[day:].min()) if days is not None else 0

    def bound(self, lift: str, place: str) -> int:
        """Vehicles of a lift that stand at a place or are on their way to it."""
        days = self.standing.get((lift, place))
        return int(days[-1]) if days is not None else 0

    def trip(self, way: Way, day: int, least: int = 1, *, stay: bool = False) -> Trip | None:  # noqa: ARG002
        """A convoy that leaves in the morning of a day, with at least so many vehicles."""
        run = self._clear(self.timetable.departure(way.route, day))
        if run is None:
            return None
        vehicles = {}
        for lift in way.lifts:
            count = self.idle(lift.id, way.route.origin, day)
            if count and self._may_go(lift, (run,)):
                vehicles[lift.id] = count
        if sum(vehicles.values()) < least:
            return None
        guarded = run.day <= self.deadline and (way.route.platoons or way.route.mined)
        secured = (run,) if guarded else ()
        escorts = self.escorts.choose(way.route.origin, secured, day, run.arrive) if guarded else {}
        return None if escorts is None else Trip(way, (run,), run, secured, day, run.arrive, vehicles, escorts)

    def commit(self, trip: Trip, load: Load, vehicles: dict[str, int]) -> None:
        """Write a trip's move; its lift and escorts stand at its end afterwards."""
        route, wait = trip.way.route, self.mission.mission.turnaround_days
        carried = {i: n for i, n in vehicles.items() if n}
        for i, count in carried.items():
            ready = trip.arrive + 1 + (0 if self.surface_lift[i].base == route.destination else wait)
            self.journal.add(self._stand(i, route.origin), -count, trip.day)
            self.journal.add(self._stand(i, route.destination), count, ready)
        self.escorts.take(trip.escorts, trip.secured, trip.day, trip.arrive)
        if carried or trip.escorts or load is not NOTHING:
            self._write(trip.loaded, trip.way.mode, carried, trip.escorts, load)
        self._take_exit(route.destination, trip.arrive, load)

    def count(self, lifts: Iterable[str], place: str) -> int:
        """Vehicles of some lifts at a place or on their way to it."""
        return sum(self.bound(i, place) for i in lifts)

    def waiting(self, place: str, day: int) -> dict[str, int]:
        """Idle vehicles at a place on a day, by lift."""
        found = {i: self.idle(i, place, day) for i in self.surface_lift if (i, place) in self.standing}
        return {i: n for i, n in found.items() if n > 0}
