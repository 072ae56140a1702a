"""Counts of a fleet's trips as a CP-SAT model, and the walks that they make."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, product
from typing import NamedTuple

from ortools.sat.python import cp_model

from drawdown.planner.engines.shuttling_problem import Shuttle, Trip, Vehicle, trip_minutes

#: Minutes are counted in parts of this size, rounded down so that the bound stays a bound.
PART = 1e-4

#: Walks are kept together from the start by one row for each set of places, while there are no more places than this;
#: beyond it by rows for single places, and others when they are broken.
FEW_PLACES = 5


class Hop(NamedTuple):
    """A trip of a vehicle from a place by its quickest loading point at a site to an exit."""

    vehicle: Vehicle
    origin: str
    site: str
    point: str
    exit: str
    minutes: float


def hops(problem: Shuttle) -> list[Hop]:
    """Every trip that can be made, by the quickest loading point."""
    found: dict[tuple[str, str, str, str], Hop] = {}
    for vehicle in problem.fleet:
        origins = sorted({vehicle.origin, *(x for x in problem.exits if x in vehicle.places)})
        for origin, (point, site), way_out in product(origins, problem.points.items(), problem.exits):
            minutes = trip_minutes(problem, vehicle, origin, point, way_out)
            key = vehicle.name, origin, site, way_out
            if minutes is not None and (key not in found or minutes < found[key].minutes):
                found[key] = Hop(vehicle, origin, site, point, way_out, minutes)
    return [hop for hop in found.values() if problem.people.get(hop.site)]


class Model:
    """Counts of hops of each vehicle, covering everybody, the last end least."""

    def __init__(self, problem: Shuttle, choices: list[Hop], horizon: float | None) -> None:
        self.problem, self.hops, self.cp = problem, choices, cp_model.CpModel()
        cp, most = self.cp, problem.most_trips
        longest = max((hop.minutes for hop in choices), default=0.0) * most
        latest = max(vehicle.available for vehicle in problem.fleet) + longest if horizon is None else horizon
        self.count = [cp.new_int_var(0, most, f"hop{i}") for i in range(len(choices))]
        self.end = cp.new_int_var(0, math.ceil(latest / PART) + 1, "end")
        self._of: dict[str, list[int]] = defaultdict(list)
        for i, hop in enumerate(choices):
            self._of[hop.vehicle.name].append(i)
        for site, people in problem.people.items():
            cp.add(
                sum(h.vehicle.capacity * x for h, x in zip(choices, self.count, strict=True) if h.site == site)
                >= people
            )
        for vehicle in problem.fleet:
            self._add_vehicle(vehicle)
            self._keep_together(vehicle)
        cp.minimize(self.end)

    def _add_vehicle(self, vehicle: Vehicle) -> None:
        """A vehicle's hops are few enough, balanced at each place but where it begins and ends, and end by the end."""
        cp, own = self.cp, self._of[vehicle.name]
        used = cp.new_bool_var(f"used {vehicle.name}")
        cp.add(sum(self.count[i] for i in own) <= self.problem.most_trips * used)
        last = {}
        for place in sorted({vehicle.origin, *self.problem.exits}):
            last[place] = cp.new_bool_var(f"last {vehicle.name} {place}")
            into = sum(self.count[i] for i in own if self.hops[i].exit == place)
            out = sum(self.count[i] for i in own if self.hops[i].origin == place)
            cp.add(into + int(place == vehicle.origin) == out + last[place])
        cp.add_exactly_one(last.values())
        minutes = sum(int(self.hops[i].minutes / PART) * self.count[i] for i in own)
        cp.add(int(vehicle.available / PART) * used + minutes <= self.end)

    def _keep_together(self, vehicle: Vehicle) -> None:
        """Places where a vehicle does not begin are left only if they are reached."""
        places = sorted({self.hops[i].origin for i in self._of[vehicle.name]} - {vehicle.origin})
        largest = len(places) if len(places) <= FEW_PLACES else 1
        for size in range(1, largest + 1):
            for chosen in combinations(places, size):
                self.cut(vehicle.name, frozenset(chosen))

    def hint(self, plan: Iterable[Trip]) -> None:
        """Tell the solver of trips to begin with."""
        made: dict[tuple[str, str, str, str], int] = defaultdict(int)
        at = {vehicle.name: vehicle.origin for vehicle in self.problem.fleet}
        for trip in plan:
            made[trip.vehicle, at[trip.vehicle], self.problem.points[trip.point], trip.exit] += 1
            at[trip.vehicle] = trip.exit
        for hop, count in zip(self.hops, self.count, strict=True):
            self.cp.add_hint(count, made[hop.vehicle.name, hop.origin, hop.site, hop.exit])

    # ---- walks ---------------------------------------------------------------------------------------------------

    def counts(self, solver: cp_model.CpSolver) -> list[int]:
        """How often each hop is made."""
        return [solver.value(count) for count in self.count]

    def loose(self, counts: list[int]) -> Iterable[tuple[str, frozenset[str]]]:
        """Vehicles with places that their hops use but that cannot be reached from where they begin."""
        for vehicle in self.problem.fleet:
            made = [self.hops[i] for i in self._of[vehicle.name] if counts[i]]
            reached = {vehicle.origin}
            while new := {hop.exit for hop in made if hop.origin in reached} - reached:
                reached |= new
            if apart := {hop.origin for hop in made} - reached:
                yield vehicle.name, frozenset(apart)

    def cut(self, vehicle: str, places: frozenset[str]) -> None:
        """Hops that leave these places need one that comes to them from elsewhere."""
        own = self._of[vehicle]
        leave = sum(self.count[i] for i in own if self.hops[i].origin in places)
        enter = [i for i in own if self.hops[i].exit in places and self.hops[i].origin not in places]
        self.cp.add(leave <= self.problem.most_trips * sum(self.count[i] for i in enter))

    def sites(self, counts: list[int]) -> dict[str, list[str]]:
        """The sites that each vehicle serves, in no order."""
        return {name: [self.hops[i].site for i in own for _ in range(counts[i])] for name, own in self._of.items()}

    def walks(self, counts: list[int]) -> Iterable[tuple[str, str, str]]:
        """Vehicle, loading point and exit of one trip after the other (Hierholzer's way through the hops of each)."""
        for vehicle in self.problem.fleet:
            onward: dict[str, list[Hop]] = defaultdict(list)
            for i in self._of[vehicle.name]:
                onward[self.hops[i].origin] += [self.hops[i]] * counts[i]
            walk: list[Hop] = []
            stack: list[tuple[str, Hop | None]] = [(vehicle.origin, None)]
            while stack:
                place, hop = stack[-1]
                if onward[place]:
                    following = onward[place].pop()
                    stack.append((following.exit, following))
                else:
                    stack.pop()
                    walk += [hop] if hop else []
            yield from ((hop.vehicle.name, hop.point, hop.exit) for hop in reversed(walk))
