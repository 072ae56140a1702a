"""The optimiser: no worse than the constructive plan, never below its bound, nothing lost when a solver fails."""

import json
from dataclasses import replace

import pytest

from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner import optimise as module
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.optimise import AT_ONCE, Effort, optimise
from kit.missions import small_mission
from kit.tiny_missions import tiny_mission
from kit.tiny_optima import optimum

LITTLE = Effort(seconds=30, rounds=1, workers=1)


@pytest.fixture(scope="module")
def found():
    return optimise(small_mission(), effort=LITTLE)


def test_a_plan_is_lawful_and_weighs_what_is_said(found):
    mission = small_mission()
    assert verify_plan(mission, found.plan) == () == found.unmet
    assert measure_plan(mission, found.plan).objective(mission.courses[0]) == found.objective


def test_it_lies_between_the_bound_and_the_constructive_plan(found):
    assert found.bound is not None
    assert found.bound <= found.objective <= found.start_objective


def test_the_trail_only_falls(found):
    costs = [cost for _, cost in found.trail]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == found.objective


@pytest.mark.parametrize("seed", range(6))
def test_a_tiny_mission_is_planned_as_well_as_can_be_and_proven_so(seed):
    best = optimise(tiny_mission(seed), effort=replace(LITTLE, rounds=0))
    assert best.status == "optimal"
    assert best.objective == pytest.approx(optimum(seed), rel=1e-6)


def test_no_time_leaves_the_constructive_plan_and_says_so():
    mission = small_mission()
    found = optimise(mission, effort=AT_ONCE)
    assert found.plan.moves == plan_simply(mission).plan.moves
    assert found.bound is None
    assert found.warnings == ("the time was too short for more than the constructive plan",)


def test_a_solver_that_fails_costs_the_proof_and_not_the_plan(monkeypatch):
    monkeypatch.setattr(module, "lower_bound", json.loads)  # fails on whatever it is given, in its own process
    found = optimise(small_mission(), effort=LITTLE)
    assert found.unmet == ()
    assert found.bound is None
    assert any(text.startswith("no proof (bound)") for text in found.warnings)


def test_the_course_of_action_decides_what_is_best():
    mission = small_mission()
    names = [course.id for course in mission.courses]
    plans = {name: optimise(mission, name, effort=LITTLE) for name in names}
    for name in names:
        assert plans[name].objective == measure_plan(mission, plans[name].plan).objective(mission.course[name])
