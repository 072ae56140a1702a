"""The search for a better plan: lawful, cheaper, and the same each time."""

from random import Random

import pytest

from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.build import build_plan, survey
from drawdown.planner.changes import CHANGES, SERIAL_CHANGES
from drawdown.planner.guide import Guide
from drawdown.planner.polish import polish
from drawdown.planner.search import NEVER, contrasting, improve, judge
from drawdown.planner.simple import Outcome, plan_simply
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
