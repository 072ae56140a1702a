"""Closure steps under few crews: small missions that a person can follow, and what bounds every plan."""

from datetime import timedelta

import pytest

from drawdown.desk import open_mission
from drawdown.plan.model import Closure, Plan, StepRun
from drawdown.plan.replay import replay
from drawdown.plan.rules import closing
from drawdown.plan.rules.mandate import authority
from drawdown.planner.closing_times import Windows, closing_times, earliest_last_out, site_day_weights
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.engines.scheduling_problem import Limits
from kit.missions import change, small_mission

WORK = Limits(work=3)
RULES = (closing.closure_steps, closing.closure_order, closing.closure_crews, closing.clearance_before_handover)


def as_plan(mission, times):
    """Only the closures of a schedule, as a plan that the rules of closing can judge."""
    runs = tuple(
        StepRun(
            site=site,
            step=step,
            start=mission.date(day),
            end=mission.date(day) + timedelta(days=mission.step[step].days - 1),
        )
        for (site, step), day in times.starts.items()
    )
    handovers = {run.site: run.end for run in runs if mission.step[run.step].role == "handover"}
    closures = tuple(
        Closure(site=site, last_out=mission.date(day), handover=handovers.get(site))
        for site, day in times.last_out.items()
    )
    stamp = {"mission": mission.mission.id, "mission_hash": mission.hash, "version": "1", "planner": "test"}
    return Plan(name="closures", as_of=mission.mission.cessation, steps=runs, closures=closures, **stamp)


@pytest.mark.parametrize("name", ["small", "tiny", "minusma"])
def test_the_rules_of_closing_find_nothing_to_say(name):
    mission = small_mission() if name == "small" else open_mission(name)
    times = closing_times(mission, mission.courses[0], Limits(work=0.3))
    judged = replay(mission, as_plan(mission, times))
    rules = (*RULES, closing.handover_near_last_out, authority)
    assert [broken for rule in rules for broken in rule.check(judged)] == []
    assert all(times.earliest[site] <= day for site, day in times.last_out.items())


def test_last_outs_weigh_what_a_site_day_costs():
    mission = open_mission("tiny")
    course = mission.course["balanced"]
    times, weight = closing_times(mission, course, WORK), site_day_weights(mission, course)
    assert times.status == "optimal"
    assert times.objective == pytest.approx(sum(weight[site] * day for site, day in times.last_out.items()))
    assert times.bound == pytest.approx(times.objective, rel=1e-4)


def test_no_plan_leaves_a_site_before_its_earliest_day():
    mission = open_mission("minusma")
    outcome = plan_simply(mission, "balanced")
    for closure in outcome.plan.closures:
        assert earliest_last_out(mission, mission.site[closure.site]) <= mission.day(closure.last_out)


def test_the_earliest_day_is_the_last_of_the_longest_chain_of_work():
    """In `tiny` an outpost's steps before last-out run one after the other from day 1."""
    mission = open_mission("tiny")
    site = mission.site["acacia"]
    work = [s for s in mission.steps_for(site) if s.moment == "before_last_out" and s.role == "work"]
    assert earliest_last_out(mission, site) == sum(step.days for step in work)


def test_a_longer_step_makes_the_earliest_day_later():
    mission = open_mission("tiny")
    longer = change(mission, "closure_steps", "notify", days=4)
    site = mission.site["acacia"]
    assert earliest_last_out(longer, site) == earliest_last_out(mission, site) + 3


def test_windows_move_steps_and_last_outs():
    mission = open_mission("tiny")
    windows = Windows(emptied={"acacia": 40}, ready={("baobab", "notify"): 20})
    times = closing_times(mission, mission.courses[0], WORK, windows)
    assert (times.last_out["acacia"], times.starts["baobab", "notify"]) == (40, 20)
    assert times.earliest["acacia"] == 40


def test_a_last_out_before_its_steps_can_be_done_is_infeasible():
    mission = open_mission("tiny")
    times = closing_times(mission, mission.courses[0], WORK, Windows(latest={"acacia": 2}))
    assert (times.status, times.starts, times.last_out) == ("infeasible", {}, {})
    assert times.earliest["acacia"] > 2
