"""The best plan of a small mission: as good as the best of all plans tried one by one, and proven so."""

from __future__ import annotations

from datetime import timedelta
from math import inf

import pytest

from drawdown.desk import open_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.monolith.build import build, columns_of
from drawdown.planner.monolith.decode import Decoder
from drawdown.planner.monolith.exact import MismatchError, checked, left_out, solve_exactly
from drawdown.planner.monolith.highs import solve_with_highs
from kit.brute_force import brute_force
from kit.missions import small_mission
from kit.tiny_missions import tiny_mission
from planner.monolith.rich import rich_mission

QUICK = (1, 4, 5, 10, 13, 16, 20, 22, 29, 30)


def assert_as_good_as_any(seed: int) -> None:
    mission = tiny_mission(seed)
    found = solve_exactly(mission, mission.courses[0], seconds=300)
    assert found.status == "optimal"
    assert found.objective == pytest.approx(brute_force(mission), rel=1e-6)
    assert found.bound == pytest.approx(found.objective, rel=1e-6)
    assert found.left_out == ()


@pytest.mark.parametrize("seed", QUICK)
def test_as_good_as_the_best_of_all_plans(seed: int):
    assert_as_good_as_any(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100))
def test_as_good_as_the_best_of_all_plans_a_hundred_times(seed: int):
    assert_as_good_as_any(seed)


@pytest.mark.parametrize("seed", QUICK)
def test_cp_sat_finds_the_same_optimum(seed: int):
    mission = tiny_mission(seed)
    by_highs = solve_exactly(mission, mission.courses[0])
    by_cp_sat = solve_exactly(mission, mission.courses[0], engine="cp-sat")
    assert by_cp_sat.status == "optimal"
    assert by_cp_sat.objective == pytest.approx(by_highs.objective, rel=1e-6)


def test_the_plan_is_lawful_and_says_where_it_comes_from():
    mission = tiny_mission(7)
    found = solve_exactly(mission, mission.courses[0])
    assert found.plan is not None
    assert not verify_plan(mission, found.plan)
    assert found.plan.planner == "exact (highs)"
    assert found.plan.course == mission.courses[0].id
    assert measure_plan(mission, found.plan).objective(mission.courses[0]) == pytest.approx(found.objective)
    assert found.gap == pytest.approx(0, abs=1e-6)


def test_the_same_mission_gives_the_same_plan_twice():
    mission = tiny_mission(16)
    one, two = (solve_exactly(mission, mission.courses[0]) for _ in range(2))
    assert one.plan is not None
    assert one == two


def test_where_nobody_can_leave_there_is_no_lawful_plan():
    mission = tiny_mission(5)
    shut = tuple(x.model_copy(update={"people_per_day": 0}) for x in mission.exits)
    found = solve_exactly(mission.model_copy(update={"exits": shut}), mission.courses[0])
    assert (found.plan, found.status, found.bound) == (None, "infeasible", inf)


def test_a_plan_made_later_asks_for_clearances_no_earlier():
    mission = next(m for m in map(tiny_mission, range(100)) if any(leg.clearance_class for leg in m.legs))
    start = mission.mission.cessation
    early = solve_exactly(mission, mission.courses[0], as_of=start)
    late = solve_exactly(mission, mission.courses[0], as_of=start + timedelta(days=1))
    assert late.objective >= early.objective - 1e-6


def test_a_mission_that_is_too_big_is_told_its_size_and_not_tried():
    found = solve_exactly(small_mission(), small_mission().courses[0])
    assert (found.plan, found.status) == (None, "too_big")
    assert found.columns > 60_000
    assert columns_of(open_mission("minusma")) > 1_000_000


def test_the_size_told_beforehand_is_near_the_size_in_the_end():
    for seed in range(10):
        mission = tiny_mission(seed)
        model = build(mission, mission.courses[0])
        assert 0.2 < columns_of(mission) / model.program.columns < 5


def test_what_the_model_does_not_try_is_named():
    mission = next(m for m in map(rich_mission, range(20)) if any(leg.mode == "air" for leg in m.legs))
    second = mission.lift_by_id["plane"].model_copy(update={"id": "second"})
    hand = mission.step["hand"].model_copy(update={"max_stock_share": 0.5})
    more = mission.model_copy(update={"lift": (*mission.lift, second), "closure_steps": (hand,)})
    assert left_out(build(mission, mission.courses[0])) == ()
    assert len(left_out(build(more, more.courses[0]))) == 2


def test_a_search_is_stopped_by_time_and_by_memory():
    mission = tiny_mission(3)
    matrix = build(mission, mission.courses[0]).program.matrix()
    stopped = solve_with_highs(matrix, seconds=0)
    assert (stopped.status, stopped.columns) == ("stopped", None)
    assert solve_with_highs(matrix, seconds=60, most_memory=1).status == "stopped"


def test_a_plan_that_the_verifier_sees_otherwise_is_never_returned():
    mission = tiny_mission(5)
    model = build(mission, mission.courses[0])
    matrix = model.program.matrix()
    solved = solve_with_highs(matrix, seconds=60)
    assert solved.columns is not None
    plan = Decoder(model, solved.columns).plan("exact", 0)
    with pytest.raises(MismatchError, match="breaks rules"):
        checked(model, plan.model_copy(update={"moves": ()}), matrix, solved)
    dearer = model.program.matrix()
    dearer.cost[:] = 2 * matrix.cost
    with pytest.raises(MismatchError, match="the measures"):
        checked(model, plan, dearer, solved)
