"""What more would buy: each offer is a changed mission that is planned and bounded again."""

import pytest

from drawdown import desk
from drawdown.plan.binding import uses_of
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.why.changed import offers
from drawdown.planner.why.gains import DRAWS, bounds_of, find_gains
from drawdown.planner.why.rebuild import Effort, Task, climb, first_guides
from drawdown.planner.why.weeks import busy_weeks
from kit.missions import faults_in

EFFORT = Effort(seconds=60, builds=4)


@pytest.fixture(scope="module")
def tiny():
    return desk.open_mission("tiny")


@pytest.fixture(scope="module")
def plan(tiny):
    return plan_simply(tiny).plan


@pytest.fixture(scope="module")
def gains(tiny, plan):
    return find_gains(tiny, plan, effort=EFFORT)


def test_each_offer_is_a_sound_mission_with_one_thing_more(tiny, plan):
    had = offers(tiny, plan)
    assert {"lorries", "aircraft", "crew", "escorts", "clearances", "week"} <= {offer.name for offer in had}
    for offer in had:
        assert offer.mission != tiny
        assert not faults_in(offer.mission, "fault")


def test_what_adds_and_takes_nothing_leaves_the_old_plan_lawful(tiny, plan):
    for offer in offers(tiny, plan):
        if offer.name != "week":
            assert not verify_plan(offer.mission, plan), offer.words


def test_gains_are_ranked_and_never_below_zero(gains):
    shown = [row.gain * row.sure for row in gains.gains]
    assert shown == sorted(shown, reverse=True)
    assert all(row.gain >= -1e-6 for row in gains.gains)


def test_nothing_is_promised_beyond_the_proof(gains):
    assert gains.bound <= gains.rebuilt
    for row in gains.gains:
        assert row.bound <= row.objective
        assert row.at_most == pytest.approx(max(0, gains.objective - row.bound))
        assert row.bound_gain >= 0


def test_a_gain_within_chance_is_not_called_sure(gains):
    assert all(not row.sure or row.gain > gains.chance for row in gains.gains)
    assert DRAWS > 1


def test_the_same_builds_and_seed_find_the_same_gains(tiny, plan, gains):
    again = find_gains(tiny, plan, effort=EFFORT)
    assert [(row.name, row.gain, row.days) for row in again.gains] == [
        (row.name, row.gain, row.days) for row in gains.gains
    ]


def test_a_bound_that_there_is_no_time_for_is_left_open(tiny):
    assert bounds_of([tiny], tiny.courses[0].id, 0, 0.0) == [None]


def test_more_builds_are_never_worse(tiny):
    task = Task(tiny, tiny.courses[0], tiny.mission.cessation)
    few, more = (climb(task, first_guides(tiny), builds) for builds in (4, 8))
    assert more.worth <= few.worth


def test_weeks_add_up_to_the_days_that_bind(tiny, plan):
    rows = busy_weeks(tiny, plan)
    assert rows
    for use in uses_of(tiny, plan):
        days = sum(row.full_days for row in rows if (row.what, row.size) == (use.what, use.size))
        assert days in {0, use.full_days - int(use.full[0])}
    assert all(1 <= row.full_days <= 7 and (row.end - row.start).days <= 6 for row in rows)
