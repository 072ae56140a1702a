"""Trips that a person can follow, and trips beside those of a search through every plan."""

import random
from dataclasses import replace
from itertools import product

import pytest

from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.shuttling import shuttle
from drawdown.planner.engines.shuttling_problem import Shuttle, Trip, Vehicle, replay
from drawdown.planner.engines.shuttling_start import first_plan, route

WORK = Limits(work=5)
EVERYWHERE = frozenset({"quay", "pier", "jetty", "beach"})
BOAT = Vehicle("boat", "quay", 10, 50, speed_empty=60, speed_loaded=30, loading=5, places=EVERYWHERE)
SHIP = Vehicle("ship", "pier", 40, 120, speed_empty=30, speed_loaded=30, loading=10, places=EVERYWHERE)
DISTANCE = {
    ("quay", "jetty"): 20.0,
    ("pier", "jetty"): 10.0,
    ("quay", "beach"): 15.0,
    ("pier", "beach"): 30.0,
}
ISLAND = Shuttle(
    people={"village": 100, "farm": 40},
    points={"jetty": "village", "beach": "farm"},
    exits=("quay", "pier"),
    fleet=(BOAT, SHIP),
    distance=DISTANCE | {(b, a): km for (a, b), km in DISTANCE.items()},
    most_trips=3,
)


def least_by_trying(problem):
    """The least makespan over every sequence of trips of every vehicle."""
    options = []
    for vehicle in problem.fleet:
        legs = list(product(problem.points, problem.exits))
        ways = [way for n in range(problem.most_trips + 1) for way in product(legs, repeat=n)]
        seen = {}
        for way in ways:
            served = tuple(sum(problem.points[p] == site for p, _ in way) for site in problem.people)
            free = replace(problem, people=dict.fromkeys(problem.people, 0))
            trips = tuple(Trip(vehicle.name, p, x, 0) for p, x in way)
            end = replay(free, trips).get(vehicle.name, 0.0)
            seen[served] = min(end, seen.get(served, end))
        options.append([(end, [n * vehicle.capacity for n in served]) for served, end in seen.items()])
    ends = [
        max(end for end, _ in choice)
        for choice in product(*options)
        if all(sum(seats[i] for _, seats in choice) >= people for i, people in enumerate(problem.people.values()))
    ]
    return min(ends, default=None)


def random_island(seed):
    chance = random.Random(seed)  # noqa: S311 (no secrets)
    fleet = tuple(
        Vehicle(
            f"v{i}",
            chance.choice(("quay", "pier")),
            chance.uniform(0, 60),
            chance.randint(20, 90),
            chance.uniform(10, 30),
            chance.uniform(8, 20),
            chance.uniform(2, 9),
            EVERYWHERE,
        )
        for i in range(3)
    )
    distance = {(a, b): chance.uniform(2, 30) for a in EVERYWHERE for b in EVERYWHERE}
    people = {"village": chance.randint(1, 200), "farm": chance.randint(0, 120)}
    return replace(ISLAND, people=people, fleet=fleet, distance=distance, most_trips=2)


def test_a_trip_is_an_empty_leg_loading_a_loaded_leg_and_unloading():
    one = replace(ISLAND, people={"village": 50})
    # Available at 10; 20 km at 60; 5 to load; 20 km at 30; 5 to unload.
    assert replay(one, [Trip("boat", "jetty", "quay", 50)]) == {"boat": 10 + 20 + 5 + 40 + 5}


def test_the_next_trip_starts_where_the_last_one_ended():
    two = replace(ISLAND, people={"village": 100})
    plan = [Trip("boat", "jetty", "pier", 50), Trip("boat", "jetty", "pier", 50)]
    assert replay(two, plan) == {"boat": 10 + (20 + 5 + 20 + 5) + (10 + 5 + 20 + 5)}


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ([Trip("boat", "jetty", "quay", 51)], "takes 50, not 51"),
        ([Trip("boat", "jetty", "beach", 50)], "cannot go"),
        ([Trip("boat", "jetty", "quay", 0)] * 4, "more than 3 trips"),
        ([Trip("ship", "jetty", "pier", 100)], "left behind: {'farm': 40}"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan, message):
    with pytest.raises(ValueError, match=message):
        replay(ISLAND, plan)


def test_a_dock_that_is_not_for_a_vehicle_is_not_used():
    small_harbour = replace(ISLAND, fleet=(BOAT, replace(SHIP, places=EVERYWHERE - {"beach"})))
    found = shuttle(small_harbour, WORK)
    assert all(trip.vehicle == "boat" for trip in found.plan if trip.point == "beach")
    assert found.status == "optimal"


def test_the_first_plan_brings_everybody_out():
    assert sum(trip.people for trip in first_plan(ISLAND)) == 140


def test_a_route_in_a_given_order_takes_the_best_exits():
    plan = route(replace(ISLAND, people={"village": 100}), {"boat": ["village", "village"]})
    assert [(trip.point, trip.exit) for trip in plan] == [("jetty", "pier"), ("jetty", "pier")]


@pytest.mark.parametrize("seed", range(8))
def test_small_islands_are_emptied_as_by_trying_everything(seed):
    problem = random_island(seed)
    best, found = least_by_trying(problem), shuttle(problem, WORK)
    if best is None:
        assert found.status == "infeasible"
    else:
        assert found.makespan == pytest.approx(best, abs=0.01)
        assert found.bound <= found.makespan
        assert max(replay(problem, found.plan).values()) == found.makespan


def test_walks_hang_together_though_there_are_many_exits():
    """With seven exits, of which two far ones are close to the site, trips around them have to be reached first."""
    exits = tuple(f"exit{i}" for i in range(7))
    distance = {(x, "jetty"): 50.0 - 8 * i for i, x in enumerate(exits)}
    distance |= {("jetty", x): 50.0 if i < 5 else 1.0 for i, x in enumerate(exits)}
    boat = replace(BOAT, origin="exit0", places=frozenset({*exits, "jetty"}))
    problem = Shuttle({"village": 150}, {"jetty": "village"}, exits, (boat,), distance, 3)
    found = shuttle(problem, WORK)
    assert found.status == "optimal"
    assert [trip.exit for trip in found.plan][:2] == ["exit6", "exit6"]


def test_nobody_to_bring_out_takes_no_time():
    found = shuttle(replace(ISLAND, people={"village": 0}), WORK)
    assert (found.plan, found.makespan, found.status) == ((), 0, "optimal")


def test_too_few_trips_are_infeasible():
    found = shuttle(replace(ISLAND, people={"village": 5000}), WORK)
    assert (found.status, found.plan) == ("infeasible", ())


def test_the_same_work_and_seed_give_the_same_trips():
    assert shuttle(ISLAND, WORK) == shuttle(ISLAND, WORK)
