"""The search for a better plan: lawful, cheaper, and the same each time."""

from random import Random

import pytest

from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import Outcome, plan_simply
from drawdown.planner.search.build import build_plan, survey
from drawdown.planner.search.changes import CHANGES, SERIAL_CHANGES, mix
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.improve import NEVER, contrasting, improve, judge
from drawdown.planner.search.polish import polish
from drawdown.planner.search.tuning import TUNING
from kit.missions import change, small_mission
from kit.random_missions import random_mission


def objective(mission, outcome):
    return measure_plan(mission, outcome.plan).objective(mission.courses[0])


@pytest.fixture(scope="module")
def mission():
    return random_mission(0)


@pytest.fixture(scope="module")
def start(mission):
    return plan_simply(mission, mission.courses[0].id)


@pytest.fixture(scope="module")
def better(mission, start):
    return improve(mission, None, start, seed=3, rounds=2)


def test_a_better_plan_is_lawful_and_costs_less(mission, start, better):
    assert better.unmet == verify_plan(mission, better.plan) == ()
    assert objective(mission, better) < objective(mission, start)


def test_seed_and_rounds_name_one_plan_whatever_the_number_of_processes(mission, start, better):
    assert improve(mission, None, start, seed=3, rounds=2).plan.canonical == better.plan.canonical
    assert improve(mission, None, start, seed=3, rounds=2, workers=2).plan.canonical == better.plan.canonical


@pytest.mark.parametrize("seed", [2, 14, 26])
def test_no_plan_comes_back_that_breaks_more_rules_than_its_start(seed):
    mission = random_mission(seed)
    start = plan_simply(mission)
    found = improve(mission, None, start, seed=seed, rounds=1)
    assert len(found.unmet) <= len(start.unmet)
    assert objective(mission, found) <= objective(mission, start)


def test_a_search_that_is_stopped_at_once_gives_its_start_or_better(mission, start):
    found = improve(mission, None, start, stop=lambda: True)
    assert found.unmet == ()
    assert objective(mission, found) <= objective(mission, start)


def test_ctrl_c_keeps_the_best_so_far(mission, start):
    def interrupt():
        raise KeyboardInterrupt

    lines = []
    found = improve(mission, None, start, stop=interrupt, progress=lines.append)
    assert found.unmet == ()
    assert any("interrupted" in line for line in lines)


@pytest.mark.parametrize("name", [*CHANGES, *SERIAL_CHANGES])
def test_every_change_gives_a_guide_from_which_a_plan_is_built(name):
    mission, rng = small_mission(), Random(5)  # noqa: S311 - nothing secret
    ground = survey(mission, mission.courses[0], mission.mission.cessation)
    guide = Guide(serial=name in SERIAL_CHANGES and name not in CHANGES)
    for _ in range(4):
        guide = {**CHANGES, **SERIAL_CHANGES}[name](guide, mission, rng)
    assert {c.site for c in build_plan(ground, guide).closures} == {s.id for s in mission.sites}


def test_the_contrasting_guides_differ(mission):
    guides = contrasting(mission)
    assert len(set(guides)) == len(guides)


def test_a_site_is_not_left_before_the_day_that_a_guide_names():
    mission = small_mission()
    site = next(s for s in mission.sites if s.hub)
    ground = survey(mission, mission.courses[0], mission.mission.cessation)
    plan = build_plan(ground, Guide(not_before=((site.id, 40.0),)))
    assert mission.day(plan.closure[site.id].last_out) >= 40


def test_people_whose_contracts_end_where_they_serve_do_not_wait():
    mission = small_mission()
    unit = next((u for u in mission.units if u.separates), None) or mission.units[-1]
    mission = change(mission, "units", unit.id, separates=True, armed=False)
    start = plan_simply(mission)
    polished = polish(mission, start.plan, len(start.unmet))
    assert len(verify_plan(mission, polished)) <= len(start.unmet)
    before, after = Outcome(start.plan, ()), Outcome(polished, ())
    assert objective(mission, after) <= objective(mission, before)


def test_a_plan_that_costs_too_much_is_not_verified(mission):
    ground = survey(mission, mission.courses[0], mission.mission.cessation)
    full = judge(ground, Guide(serial=True), NEVER)
    cheap = NEVER._replace(broken=0, objective=1.0)
    assert judge(ground, Guide(serial=True), cheap).objective == full.objective


@pytest.mark.parametrize("seed", range(3))
def test_numbers_drawn_anew_stay_within_their_bounds(mission, seed):
    one, other = contrasting(mission)[:2]
    drawn = mix(one, other, Random(seed))  # noqa: S311
    assert all(low <= getattr(drawn, name) <= high for name, (low, high) in TUNING.bounds.items() if name != "rank")


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_no_change_makes_a_plan_that_is_taken_for_lawful_when_it_is_not(name):
    mission = small_mission()
    ground = survey(mission, mission.courses[0], mission.mission.cessation)
    guide = CHANGES[name](Guide(), mission, Random(5))  # noqa: S311
    worth = judge(ground, guide, NEVER)
    assert worth.broken == len(verify_plan(mission, build_plan(ground, guide)))


def test_lorries_that_a_site_needs_no_more_leave_with_its_last_convoys():
    mission = small_mission()
    ground = survey(mission, mission.courses[0], mission.mission.cessation)
    plan = build_plan(ground, Guide())
    left = dict.fromkeys((site.id for site in mission.sites if site.hub), 0)
    for move in plan.moves:
        for place, sign in ((move.origin, -1), (move.destination, 1)):
            if place in left and move.mode == "road":
                left[place] += sign * sum(move.lift.values())
    based = sum(lift.count for lift in mission.lift if lift.base in left and lift.mode == "road")
    assert sum(left.values()) + based <= sum(lift.count for lift in mission.lift if lift.mode == "road") / 4
