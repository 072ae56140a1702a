"""Plans of trips without a solver: whoever would be back soonest goes next; and sites in a given order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from drawdown.planner.engines.shuttling_problem import Shuttle, Trip, trip_minutes


def first_plan(problem: Shuttle) -> tuple[Trip, ...]:
    """Trips that bring everybody out; empty where this simple way leaves somebody behind.

    Each time the trip is made that ends earliest for the people whom it brings out.
    """
    left = {site: count for site, count in problem.people.items() if count > 0}
    at = {vehicle.name: vehicle.origin for vehicle in problem.fleet}
    free = {vehicle.name: vehicle.available for vehicle in problem.fleet}
    made = dict.fromkeys(at, 0)
    plan: list[Trip] = []
    while left:
        options = []
        for vehicle, (point, site), way_out in product(problem.fleet, problem.points.items(), problem.exits):
            if site in left and made[vehicle.name] < problem.most_trips:
                minutes = trip_minutes(problem, vehicle, at[vehicle.name], point, way_out)
                if minutes is not None:
                    people = min(vehicle.capacity, left[site])
                    options.append((free[vehicle.name] + minutes, -people, vehicle.name, point, way_out))
        if not options:
            return ()
        end, people, name, point, way_out = min(options)
        plan.append(Trip(name, point, way_out, -people))
        free[name], at[name], made[name] = end, way_out, made[name] + 1
        site = problem.points[point]
        left[site] += people
        if not left[site]:
            del left[site]
    return tuple(plan)


def load(problem: Shuttle, legs: Iterable[tuple[str, str, str]]) -> tuple[Trip, ...]:
    """Trips from vehicle, loading point and exit: each takes as many as it can of those who are left."""
    capacity = {vehicle.name: vehicle.capacity for vehicle in problem.fleet}
    left, plan = dict(problem.people), []
    for vehicle, point, way_out in legs:
        people = min(capacity[vehicle], left[problem.points[point]])
        left[problem.points[point]] -= people
        plan.append(Trip(vehicle, point, way_out, people))
    return tuple(plan)


def route(problem: Shuttle, sites: Mapping[str, Sequence[str]]) -> tuple[Trip, ...]:
    """Trips of each vehicle to its sites in the order given, by the quickest loading points and exits."""
    legs: list[tuple[str, str, str]] = []
    for vehicle in problem.fleet:
        ways: dict[str, tuple[float, list[tuple[str, str, str]]]] = {vehicle.origin: (vehicle.available, [])}
        for site in sites.get(vehicle.name, ()):
            after: dict[str, tuple[float, list[tuple[str, str, str]]]] = {}
            for (place, (end, made)), point, way_out in product(ways.items(), problem.points, problem.exits):
                if problem.points[point] == site:
                    minutes = trip_minutes(problem, vehicle, place, point, way_out)
                    if minutes is not None and (way_out not in after or end + minutes < after[way_out][0]):
                        after[way_out] = end + minutes, [*made, (vehicle.name, point, way_out)]
            ways = after
        if not ways:
            return ()
        legs += min(ways.values())[1]
    return load(problem, legs)
