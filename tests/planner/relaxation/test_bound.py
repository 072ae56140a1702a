"""No lawful plan costs less than the bound: on random missions, on tiny ones whose optimum is known, on any grid."""

from datetime import timedelta

import numpy as np
import pytest

from drawdown.mission import tables as t
from drawdown.plan.measures import measure_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.relaxation.bound import lower_bound, relax
from drawdown.planner.relaxation.program import Program, Rows
from drawdown.planner.relaxation.solver import certified, solve
from kit.five_lines import PORT, five_lines, lot
from kit.missions import change, small_mission
from kit.random_missions import random_mission
from kit.tiny_missions import tiny_mission
from kit.tiny_optima import optimum

OTHER = t.Course(id="other", name="Other", time=3_000, risk=200_000, equipment=3, protection=2, cost=0.3)


def below_the_simple_plan(mission):
    outcome = plan_simply(mission)
    if outcome.unmet:
        return True
    measures, courses = measure_plan(mission, outcome.plan), (mission.courses[0], OTHER)
    return all(lower_bound(mission, course).value <= measures.objective(course) for course in courses)


@pytest.mark.parametrize("seed", range(25))
def test_lawful_plans_of_small_random_missions_cost_at_least_the_bound(seed):
    assert below_the_simple_plan(random_mission(seed, sites=2))


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, 300, 20))
def test_lawful_plans_of_random_missions_cost_at_least_the_bound(first):
    assert all(below_the_simple_plan(random_mission(seed)) for seed in range(first, first + 20))


def below_the_optimum(seed):
    mission = tiny_mission(seed)
    return 0 < lower_bound(mission, mission.courses[0]).value <= optimum(seed)


#: Those of which the best plan is found in the twinkling of an eye.
QUICK = (1, 5, 16, 19, 24, 27, 31, 33, 44, 48, 61, 67, 74, 75, 79, 80, 82, 84, 87, 99)


@pytest.mark.parametrize("seed", QUICK)
def test_the_bound_is_at_most_the_brute_force_optimum(seed):
    assert below_the_optimum(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100))
def test_the_bound_is_at_most_the_brute_force_optimum_of_every_tiny_mission(seed):
    assert below_the_optimum(seed)


# ---- the certificate -------------------------------------------------------------------------------------------------


def random_program(seed):
    """A program of a few columns and rows of every kind, made around a point that keeps them all."""
    rng = np.random.default_rng(seed)
    columns, height = int(rng.integers(2, 8)), int(rng.integers(1, 7))
    low = rng.integers(-5, 3, columns).astype(float)
    high = low + rng.integers(0, 9, columns)
    point = rng.uniform(low, high)
    factors = rng.integers(-3, 4, (height, columns)).astype(float)
    slack = rng.choice([0.0, 1.0, np.inf], (2, height))
    program = Program(constant=float(rng.integers(-9, 9)))
    x = program.symbol("x", (columns,), low=low, high=high, cost=rng.integers(-9, 10, columns))
    rows = Rows(height, low=factors @ point - slack[0], high=factors @ point + slack[1])
    program.require("rows", rows.add(np.arange(height)[:, None], x[None, :], factors))
    return program.matrix(), rng


@pytest.mark.parametrize("seed", range(40))
def test_no_prices_prove_more_than_the_optimum_and_the_true_ones_prove_it(seed):
    matrix, rng = random_program(seed)
    answer = solve(matrix, seconds=10)
    assert answer.status == "optimal"
    assert certified(matrix, answer.prices) == pytest.approx(answer.objective, abs=1e-7)
    for scale in (0.1, 1, 10, 100):
        wild = answer.prices + rng.normal(0, scale, len(answer.prices))
        assert certified(matrix, wild) <= answer.objective + 1e-7
        assert certified(matrix, rng.normal(0, scale, len(wild))) <= answer.objective + 1e-7


def test_every_column_of_a_relaxation_has_two_finite_bounds_so_that_any_prices_prove_something():
    mission = random_mission(4)
    matrix = relax(mission, mission.courses[0]).program.matrix()
    assert np.isfinite(matrix.low).all()
    assert np.isfinite(matrix.high).all()
    assert np.isfinite(certified(matrix, np.random.default_rng(1).normal(0, 100, len(matrix.row_low))))


def test_a_solver_that_is_stopped_at_once_proves_less_but_nothing_false():
    mission = small_mission()
    true, hasty = (lower_bound(mission, mission.courses[0], seconds=seconds) for seconds in (60, 0))
    assert not hasty.infeasible
    assert hasty.value <= true.value


# ---- grids, room, impossible missions --------------------------------------------------------------------------------


def value_on(mission, fine):
    matrix = relax(mission, mission.courses[0], fine=fine).program.matrix()
    return certified(matrix, solve(matrix, seconds=60).prices)


def by_the_day_at_most(mission, days):
    """A mission without headways of more than a day, which longer slots know better."""
    for leg in mission.legs:
        mission = change(mission, "legs", leg.id, headway_days=min(leg.headway_days, days))
    return mission


@pytest.mark.parametrize("seed", [0, 2, 3, 13])
def test_coarser_days_never_raise_the_bound(seed):
    mission = by_the_day_at_most(random_mission(seed, sites=2), 1)
    finer, coarser = value_on(mission, mission.days), value_on(mission, 0)
    assert coarser <= finer * (1 + 1e-7)


@pytest.mark.parametrize("seed", QUICK[:6])
def test_the_bound_holds_on_any_grid(seed):
    mission = tiny_mission(seed)
    assert all(value_on(mission, fine) <= optimum(seed) * (1 + 1e-9) for fine in (0, 2, mission.days))


def more_at_exits(mission):
    for x in mission.exits:
        room = {"people_per_day": 2 * x.people_per_day, "teu_per_day": 2 * x.teu_per_day}
        mission = change(mission, "exits", x.id, **room)
    return mission


def more_lift(mission):
    for lift in mission.lift:
        mission = change(mission, "lift", lift.id, count=3 * lift.count)
    return mission


def more_crews(mission):
    for crew in mission.crews:
        mission = change(mission, "crews", crew.id, count=crew.count + 1)
    return mission


@pytest.mark.parametrize("more", [more_at_exits, more_lift, more_crews])
@pytest.mark.parametrize("make", [small_mission, lambda: random_mission(2, sites=2)], ids=["small", "random"])
def test_more_room_never_raises_the_bound(make, more):
    mission = make()
    course = mission.courses[0]
    assert lower_bound(more(mission), course).value <= lower_bound(mission, course).value * (1 + 1e-7)


def days_after(mission, days):
    return mission.mission.cessation + timedelta(days=days)


IMPOSSIBLE = {
    "the steps of closing take longer than there is": lambda m: change(m, "closure_steps", "pack", days=400),
    "too few may leave a day": lambda m: change(m, "exits", "airport", people_per_day=1),
    "the only exit closes at once": lambda m: change(m, "exits", "airport", open_to=days_after(m, 1)),
    "a unit may not go before it must": lambda m: change(
        m, "units", "guards", earliest=days_after(m, 40), latest=days_after(m, 20), stays=0, stays_at=None
    ),
    "one crew cannot do all the work": lambda m: change(m, "closure_steps", "pack", days=100, crews=2),
}


@pytest.mark.parametrize("why", IMPOSSIBLE)
def test_an_impossible_mission_is_said_to_be_so(why):
    mission = IMPOSSIBLE[why](small_mission())
    bound = lower_bound(mission, mission.courses[0])
    assert bound.infeasible
    assert bound.value == np.inf


def test_cargo_that_nobody_takes_in_time_is_impossible_too():
    slow = PORT.model_copy(update={"teu_per_day": 0.1})
    mission = five_lines(exits=(slow,), equipment=(lot("stores"),))
    assert lower_bound(mission, mission.courses[0]).infeasible


def test_the_smallest_mission_costs_what_can_be_reckoned_by_hand():
    # On the only morning four people at 100 and the site at 40 + 50; a container on half a lorry at 50 + 150.
    mission = five_lines(equipment=(lot("stores"),))
    assert lower_bound(mission, mission.courses[0]).value == pytest.approx(400 + 90 + 100, rel=1e-6)


def test_what_waits_for_an_exit_is_paid_for():
    # The port opens on day 3: three mornings of people, who may wait on the road, and one of the site.
    late = PORT.model_copy(update={"open_from": days_after(five_lines(), 3)})
    mission = five_lines(exits=(late,))
    assert lower_bound(mission, mission.courses[0]).value == pytest.approx(3 * 400 + 90, rel=1e-6)
