"""A mixed fleet that empties sites by trips: what is given, what a plan of trips is, and how long one takes.

The semantics are those of the isolated community evacuation problem (ICEP, Krutein and Goodchild 2022): a vehicle that
is used at all starts where it stands when it becomes available; a trip is an empty leg to a loading point, loading, a
loaded leg to an exit, and unloading, which takes as long as loading; it serves one site and carries at most the
vehicle's capacity; the next trip starts from that exit. What counts is the end of the last trip of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Vehicle:
    """A vehicle: where it stands, from when (minutes), its capacity (people), speeds (distance an hour) and loading.

    ``loading`` is the minutes that loading takes, and unloading again. It goes only to ``places``.
    """

    name: str
    origin: str
    available: float
    capacity: int
    speed_empty: float
    speed_loaded: float
    loading: float
    places: frozenset[str]


@dataclass(frozen=True)
class Shuttle:
    """People by site, the site of each loading point, exits, the fleet, distances, and trips allowed to a vehicle."""

    people: Mapping[str, int]
    points: Mapping[str, str]
    exits: tuple[str, ...]
    fleet: tuple[Vehicle, ...]
    distance: Mapping[tuple[str, str], float]
    most_trips: int


@dataclass(frozen=True)
class Trip:
    """A vehicle's next trip: to a loading point, from there with so many people to an exit."""

    vehicle: str
    point: str
    exit: str
    people: int


@dataclass(frozen=True)
class Trips:
    """Trips, each vehicle's in its order, the minute at which the last ends, a bound, and what was proven.

    Without trips (``infeasible``, ``unknown``) the makespan is infinite.
    """

    plan: tuple[Trip, ...]
    makespan: float
    bound: float
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    ends: Mapping[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """How far the makespan can be from the least possible, as a share of it."""
        return (self.makespan - self.bound) / self.makespan if self.makespan > self.bound else 0.0


def trip_minutes(problem: Shuttle, vehicle: Vehicle, origin: str, point: str, way_out: str) -> float | None:
    """Minutes of a trip from an origin by a loading point to an exit; None if the vehicle cannot make it."""
    empty, loaded = problem.distance.get((origin, point)), problem.distance.get((point, way_out))
    if empty is None or loaded is None or not {point, way_out} <= vehicle.places:
        return None
    return 60 * empty / vehicle.speed_empty + 60 * loaded / vehicle.speed_loaded + 2 * vehicle.loading


def replay(problem: Shuttle, plan: Sequence[Trip]) -> dict[str, float]:
    """The minute at which each vehicle that is used ends its last trip.

    Raises `ValueError` for a trip that no vehicle can make or that carries too many, for more trips than allowed, and
    for people who are left behind.
    """
    fleet = {vehicle.name: vehicle for vehicle in problem.fleet}
    ends: dict[str, float] = {}
    at: dict[str, str] = {}
    trips: dict[str, int] = {}
    left = dict(problem.people)
    for trip in plan:
        vehicle = fleet[trip.vehicle]
        name, origin = vehicle.name, at.get(vehicle.name, vehicle.origin)
        minutes = trip_minutes(problem, vehicle, origin, trip.point, trip.exit)
        if minutes is None or trip.exit not in problem.exits:
            raise ValueError(f"{name} cannot go from {origin} by {trip.point} to {trip.exit}")
        if not 0 <= trip.people <= vehicle.capacity:
            raise ValueError(f"{name} takes {vehicle.capacity}, not {trip.people}")
        trips[name] = trips.get(name, 0) + 1
        if trips[name] > problem.most_trips:
            raise ValueError(f"{name} makes more than {problem.most_trips} trips")
        left[problem.points[trip.point]] -= trip.people
        ends[name] = ends.get(name, vehicle.available) + minutes
        at[name] = trip.exit
    if behind := {site: count for site, count in left.items() if count > 0}:
        raise ValueError(f"people are left behind: {behind}")
    return ends
