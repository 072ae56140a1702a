"""Published evacuation instances (ICEP, data set D1): the fleet-trip engine beside the published plans.

A folder holds ``values.csv`` (instance, max_trips, published_makespan_minutes) and one folder an instance with the
tables of the data set. The published makespan is a whole number of minutes, sometimes rounded up; where the published
plan is there too, its own end is the best known.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from drawdown.bench.instances.evacuation_peers import alone
from drawdown.bench.instances.row import Row
from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.shuttling import shuttle
from drawdown.planner.engines.shuttling_problem import Shuttle, Trip, Vehicle, replay

#: The published plan of an instance.
PLAN = "route_plan_scenario_gurobi_iteration_0.csv"


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_instance(folder: Path, most_trips: int) -> Shuttle:
    """An instance from its folder; the limit on trips stands in ``values.csv``, not in ``roundtrips.csv``."""
    distance = {
        (row["Origin"], row["Destination"]): float(row["Distance"])
        for name in ("zeta", "delta", "gamma")
        for row in _table(folder / f"{name}.csv")
    }
    goes = {
        (row["Resource"], row["Dock"])
        for row in _table(folder / "vessel-compatibility.csv")
        if float(row["Compatibility"]) > 0
    }
    return Shuttle(
        people={row["Location"]: int(float(row["Demand_0"])) for row in _table(folder / "scenarios.csv")},
        points={row["Island dock"]: row["Island location"] for row in _table(folder / "beta.csv")},
        exits=tuple(row["Dock"] for row in _table(folder / "mainland-docks.csv")),
        fleet=_fleet(folder, goes),
        distance=distance,
        most_trips=most_trips,
    )


def _fleet(folder: Path, goes: set[tuple[str, str]]) -> tuple[Vehicle, ...]:
    origin = {row["Vessel"]: row["Dock"] for row in _table(folder / "initial-vessel-docks.csv")}
    return tuple(
        Vehicle(
            name=row["Vessel_name"],
            origin=origin[row["Vessel_name"]],
            available=float(row["time to availability"]),
            capacity=int(float(row["max_cap"])),
            speed_empty=float(row["vmax"]),
            speed_loaded=float(row["v_loaded"]),
            loading=float(row["loading time"]),
            places=frozenset(dock for vessel, dock in goes if vessel == row["Vessel_name"]),
        )
        for row in _table(folder / "vessels.csv")
    )


def read_plan(folder: Path) -> tuple[Trip, ...]:
    """The published plan: its rows are legs, the loaded ones of which make trips."""
    return tuple(
        Trip(row["resource_id"], row["origin"], row["destination"], int(float(row["evacuees"])))
        for row in _table(folder / PLAN)
        if row["evacuated_location"] not in {"", "None"}
    )


def instances(folder: Path) -> Iterator[tuple[str, Shuttle, float]]:
    """Name, problem and best known makespan (minutes) of each instance."""
    for row in _table(folder / "values.csv"):
        name = row["instance"]
        problem = read_instance(folder / name, int(row["max_trips"]))
        best = float(row["published_makespan_minutes"])
        if (folder / name / PLAN).is_file():
            best = max(replay(problem, read_plan(folder / name)).values())
        yield name, problem, best


def replayed(folder: Path) -> int:
    """How many published plans end, when they are replayed, within the minute that is published."""
    good = 0
    for row in _table(folder / "values.csv"):
        problem = read_instance(folder / row["instance"], int(row["max_trips"]))
        end = max(replay(problem, read_plan(folder / row["instance"])).values())
        good += abs(end - float(row["published_makespan_minutes"])) < 1  # whole minutes, rounded one way or the other
    return good


def measure(folder: Path, limits: Limits, only: Sequence[str] = (), *, peers: bool = True) -> Iterator[Row]:
    """Each instance solved within limits, beside CP-SAT and HiGHS alone on plain models within the same."""
    for name, problem, best in instances(folder):
        if not only or name in only:
            began = time.perf_counter()
            found = shuttle(problem, limits)
            seconds = time.perf_counter() - began
            others = alone(problem, limits) if peers else {}
            yield Row(name, best, found.makespan, found.bound, seconds, others)
