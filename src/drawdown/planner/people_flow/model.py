"""The people of a plan as flows over places and days: one program, its columns in blocks of one unit each.

For every unit: how many are at each place in the evening of each day, how many board each ride, how many separate, and
how many have left the mission. Units share seats, exits, and what sites need of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from drawdown.mission.network import open_on
from drawdown.mission.tables import Unit
from drawdown.plan.replay import Replay
from drawdown.planner.construction.goals import accepted
from drawdown.planner.people_flow.needs import Presence, gone_between
from drawdown.planner.people_flow.seats import Ride, given_up
from drawdown.planner.relaxation.program import INF, Program, Rows, Values

#: A row of the program: what it counts, by name.
Key = tuple[object, ...]


class Untold(LookupError):  # noqa: N818 - a state of the plan rather than an error of ours
    """A plan does something that the model has no column for."""


@dataclass
class PeopleModel:
    """The program in the making: columns with bounds and cost, rows by key with two sides, and factors."""

    replay: Replay
    rides: list[Ride]
    needs: list[Presence]
    room: dict[tuple[str, str, int], int]
    person_day: float
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: dict[Key, int] = field(default_factory=dict)
    sides: list[tuple[float, float]] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    aboard: dict[tuple[int, str], int] = field(default_factory=dict)
    leaving: dict[tuple[str, str, int], int] = field(default_factory=dict)
    added: dict[tuple[int, int], int] = field(default_factory=dict)
    blocks: dict[str, tuple[int, int]] = field(default_factory=dict)
    here: dict[tuple[str, str, int], int] = field(default_factory=dict)
    away: dict[tuple[str, int], int] = field(default_factory=dict)

    def build(self) -> Program:
        """All units, then what they share, as a program."""
        self._share()
        for unit in self.replay.mission.units:
            first = len(self.cost)
            self._unit(unit)
            self.blocks[unit.id] = first, len(self.cost)
        for number, ride in enumerate(self.rides):
            for which, vehicle in enumerate(ride.vehicles):
                self.added[number, which] = column = self._column(vehicle.usd, high=vehicle.most)
                self.entries.append((self.rows["seats", number], column, -float(vehicle.lift.seats)))
                self.entries += [(self.rows[limit], column, 1.0) for limit in vehicle.limits]
        program = Program()
        program.symbol("people", (len(self.cost),), low=self.low, high=self.high, cost=self.cost)
        sides, entries = (np.array(rows, dtype=float) for rows in (self.sides, self.entries))
        low, high = sides.reshape(-1, 2).T
        at, where, factor = entries.reshape(-1, 3).T
        program.require("people", Rows(len(low), low, high).add(at, where, factor))
        return program

    def _column(self, cost: float = 0.0, low: float = 0.0, high: float = INF) -> int:
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)
        return len(self.cost) - 1

    def _row(self, key: Key, low: float, high: float) -> int:
        if key not in self.rows:
            self.rows[key] = len(self.sides)
            self.sides.append((low, high))
        return self.rows[key]

    def _share(self) -> None:
        """The rows that units share: seats, vehicles, exits, presence."""
        mission = self.replay.mission
        for number, ride in enumerate(self.rides):
            self._row(("seats", number), ride.low if ride.move else -INF, ride.seats)
            if ride.destination in mission.exit:
                most = mission.exit[ride.destination].people_per_day
                self._row(("exit", ride.destination, ride.arrive), -INF, most)
        for limit, most in self.room.items():
            self._row(limit, -INF, most)
        self.asked: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for number, need in enumerate(self.needs):
            row = self._row(("need", number), need.low or -INF, need.high)
            for unit in need.units:
                self.asked[unit, need.site, need.day].append(row)

    def start(self) -> Values:
        """The columns of the plan as it is. Raises `Untold` if it does something that has no column."""
        x, mission, day = np.array(self.low), self.replay.mission, self.replay.day
        for column, count in self._loads():
            if column is None:
                raise Untold
            x[column] += count
        for (unit, place, on), column in self.here.items():
            x[column] = self.replay.evening("people", unit, place)[on]
        for (unit, on), column in self.away.items():
            x[column] = mission.unit[unit].strength - self.replay.unit_remaining(unit)[on]
        for row in self.replay.plan.separations:
            x[self.leaving[row.unit, row.place, day(row.day)]] += row.count
        return x

    def _loads(self) -> Iterator[tuple[int | None, int]]:
        """What is aboard the moves of the plan, and the aircraft of those that are given up: columns and counts."""
        day = self.replay.day
        kept = {ride.move.id: n for n, ride in enumerate(self.rides) if ride.move}
        flown = {(r.origin, r.destination, r.depart): n for n, r in enumerate(self.rides) if r.trip and not r.back}
        for move in self.replay.plan.moves:
            anew = flown.get((move.origin, move.destination, day(move.depart)), -1)
            number = anew if given_up(move) else kept.get(move.id, -1)
            for lift, count in move.lift.items() if given_up(move) else ():
                which = {v.lift.id: n for n, v in enumerate(self.rides[number].vehicles)} if number >= 0 else {}
                yield self.added.get((number, which.get(lift, -1))), count
            for unit, count in move.people.items():
                yield self.aboard.get((number, unit)), count

    # ---- one unit ------------------------------------------------------------------------------------------------

    def _unit(self, unit: Unit) -> None:
        last, boards = self._boards(unit)
        here: dict[tuple[str, int], int] = {}
        for place, first in last.items():
            for day in range(first, self.closes[place]):
                start = unit.strength if day == 0 else 0.0
                here[place, day] = self.here[unit.id, place, day] = column = self._column(low=start, high=unit.strength)
                self.entries += [(row, column, 1.0) for row in self.asked.get((unit.id, place, day), ())]
        out: dict[int, list[int]] = defaultdict(list)
        departs, arrives = self._board(unit, boards, out)
        self._separate(unit, last, departs, out)
        for place, first in last.items():
            self._balance(unit, place, first, here, (departs, arrives))
        self._gone(unit, out)

    def _board(
        self, unit: Unit, boards: list[int], out: dict[int, list[int]]
    ) -> tuple[dict[tuple[str, int], list[int]], dict[tuple[str, int], list[int]]]:
        """A column for each ride; by place and day, those that leave and those that come."""
        departs: dict[tuple[str, int], list[int]] = defaultdict(list)
        arrives: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number in boards:
            ride = self.rides[number]
            home = ride.destination in self.replay.mission.exit
            column = self._column(self.person_day * ride.arrive if home else 0.0, high=unit.strength)
            self.aboard[number, unit.id] = column
            self.entries.append((self.rows["seats", number], column, 1.0))
            departs[ride.origin, ride.depart].append(column)
            if home:
                out[ride.arrive].append(column)
                self.entries.append((self.rows["exit", ride.destination, ride.arrive], column, 1.0))
            else:
                arrives[ride.destination, ride.arrive].append(column)
        return departs, arrives

    def _separate(
        self,
        unit: Unit,
        last: dict[str, int],
        departs: dict[tuple[str, int], list[int]],
        out: dict[int, list[int]],
    ) -> None:
        if not unit.separates:
            return
        for place, first in last.items():
            for day in range(first + 1, self.closes[place] + 1):
                column = self._column(self.person_day * day, high=unit.strength)
                self.leaving[unit.id, place, day] = column
                departs[place, day].append(column)
                out[day].append(column)

    def _balance(
        self,
        unit: Unit,
        place: str,
        first: int,
        here: dict[tuple[str, int], int],
        flows: tuple[dict[tuple[str, int], list[int]], dict[tuple[str, int], list[int]]],
    ) -> None:
        """Whoever is there was there the evening before or has come, and leaves only from there."""
        departs, arrives = flows
        for day in range(max(first, 1), self.closes[place] + 1):
            row, before, now = (
                self._row(("here", unit.id, place, day), 0, 0),
                here.get((place, day - 1)),
                here.get((place, day)),
            )
            gone, come = departs.get((place, day), ()), arrives.get((place, day), ())
            self.entries += [(row, column, 1.0) for column in gone] + [(row, column, -1.0) for column in come]
            self.entries += [(row, now, 1.0)] if now is not None else []
            self.entries += [(row, before, -1.0)] if before is not None else []
            if gone and come and before is not None:
                late = self._row(("leave", unit.id, place, day), -INF, 0)
                self.entries += [(late, column, 1.0) for column in gone] + [(late, before, -1.0)]

    def _gone(self, unit: Unit, out: dict[int, list[int]]) -> None:
        """Those who leave are added up from one day to the next on which a bound binds.

        A bound on the most who may have left binds in the last evening before it rises, one on the fewest in the
        first evening after.
        """
        least, most = gone_between(self.replay, unit)
        turns = {*np.flatnonzero(np.diff(most)).tolist(), *(np.flatnonzero(np.diff(least)) + 1).tolist()}
        before, since = -1, 0
        for turn in sorted(turns | {self.replay.days}):
            row = self._row(("gone", unit.id, turn), 0, 0)
            column = self._column(low=float(least[turn]), high=float(most[turn]))
            self.away[unit.id, turn] = column
            self.entries.append((row, column, -1.0))
            self.entries += [(row, before, 1.0)] if before >= 0 else []
            self.entries += [(row, x, 1.0) for day in range(since, turn + 1) for x in out.get(day, ())]
            before, since = column, turn + 1

    # ---- where a unit can be -------------------------------------------------------------------------------------

    def __post_init__(self) -> None:
        mission, day = self.replay.mission, self.replay.day
        self.closes = {site.id: day(self.replay.plan.closure[site.id].last_out) for site in mission.sites}
        self._doors = {(r.origin, r.destination) for r in self.rides if r.destination in mission.exit and not r.move}
        airports = {site for site, _ in self._doors}
        ahead = {site.id: set(self._chain(site.id)) for site in mission.sites}
        self._usable = [
            (number, ride, ride.destination in airports or ride.origin not in ahead[ride.destination])
            if ride.destination in mission.site
            else (number, ride, self._leaves(ride))
            for number, ride in enumerate(self.rides)
            if ride.origin in mission.site
            and ride.depart <= self.closes[ride.origin]
            and ride.arrive < self.closes.get(ride.destination, ride.arrive + 1)
        ]

    def _chain(self, site: str) -> tuple[str, ...]:
        """A site, its hub, the hub's hub, up to the root."""
        hub = self.replay.mission.site[site].hub
        return (site, *self._chain(hub)) if hub else (site,)

    def _leaves(self, ride: Ride) -> bool:
        """Whether people may leave by an exit on the day on which a ride arrives."""
        way_out = self.replay.mission.exit[ride.destination]
        return "people" in way_out.takes and open_on(way_out, self.replay.mission.date(ride.arrive))

    def _boards(self, unit: Unit) -> tuple[dict[str, int], list[int]]:
        """The first evening at each place that a unit can come to, and the rides that it can take.

        Between sites those of the plan, and those that lead to its hubs or to a site with an exit of its own.
        """
        boards: list[int] = []
        seen, allowed, home = (
            {unit.site: 0} if self.closes[unit.site] > 0 else {},
            self._allowed(unit),
            self._home(unit),
        )
        for number, ride, good in self._usable:
            if seen.get(ride.origin, ride.depart) >= ride.depart:
                continue
            if ride.destination in home:
                boards += [number] if good else []
            elif (good and ride.destination in allowed) or (ride.move and unit.id in ride.move.people):
                boards.append(number)
                seen[ride.destination] = min(seen.get(ride.destination, ride.arrive), ride.arrive)
        return seen, boards

    def _home(self, unit: Unit) -> set[str]:
        """The exits by which a unit may leave."""
        if unit.separates:
            return set()
        return {
            x.id
            for x in self.replay.mission.exits
            if accepted(x, unit.contributor) and (not unit.exits or x.id in unit.exits)
        }

    def _allowed(self, unit: Unit) -> set[str]:
        """Sites on a unit's way to the root of the hubs, those with an exit of its own, and where the plan has it."""
        found = {place for place in self.replay.places_of[("people", unit.id)] if place in self.closes}
        found |= set(self._chain(unit.site))
        home = self._home(unit)
        return found | {site for site, way_out in self._doors if way_out in home}
