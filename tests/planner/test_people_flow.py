"""People in a finished plan, moved again: earlier where seats are free, and never against a rule."""

import pytest

from drawdown.plan.measures import measure_plan
from drawdown.plan.replay import replay
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.people_flow.reflow import reflow
from kit.lawful import alter, lawful_plan, move
from kit.missions import add, change, small_mission
from kit.random_missions import random_mission

CAMP_LEFT, BASE_LEFT = 38, 199  # days from cessation to the lawful plan's last-outs on 8 August and 16 January


def moved(mission, plan=None):
    return replay(mission, reflow(mission, mission.courses[0], plan or lawful_plan(mission), seconds=60))


def cost(mission, plan):
    return measure_plan(mission, plan).cost


@pytest.fixture(scope="module")
def mission():
    return small_mission()


@pytest.fixture(scope="module")
def after(mission):
    return moved(mission)


def test_people_who_wait_for_nothing_leave_in_buses_that_stand_idle(mission, after):
    """By hand staff and hospital leave in October; but six buses with 240 seats stand idle, 18 km from the airport."""
    assert not verify_plan(mission, after.plan)
    before = replay(mission, lawful_plan(mission))
    assert (before.unit_remaining("staff")[1], before.unit_remaining("hospital")[1]) == (80, 40)
    assert after.unit_remaining("staff")[1] == 0


def test_a_doctor_stays_with_the_last_people_where_no_aircraft_evacuates(after):
    assert after.unit_remaining("hospital")[1] == 1
    assert after.evening("people", "hospital", "base")[BASE_LEFT - 1] == 1


def test_everything_but_people_and_flights_for_them_stays_as_it_is(mission, after):
    def kept(plan):
        loaded = (m for m in plan.moves if m.lots or m.driven or m.escorts)
        return sorted((m.depart, m.origin, m.destination, m.lots, m.driven, m.escorts) for m in loaded)

    by_hand = lawful_plan(mission)
    assert [str(row) for row in kept(after.plan)] == [str(row) for row in kept(by_hand)]
    assert (after.plan.disposals, after.plan.steps) == (by_hand.disposals, by_hand.steps)
    assert after.plan.closures == by_hand.closures
    assert cost(mission, after.plan).sites_usd == cost(mission, by_hand).sites_usd
    assert cost(mission, after.plan).people_usd < cost(mission, by_hand).people_usd


def test_the_guard_stays_to_the_last_day(mission, after):
    assert (after.armed_at["camp"][:CAMP_LEFT] >= mission.site["camp"].guard).all()
    assert (after.armed_at["base"][:BASE_LEFT] >= mission.site["base"].guard).all()
    assert after.armed_at["base"][BASE_LEFT] == 0


def test_a_rear_party_stays_while_its_equipment_does(mission, after):
    """The last stores of the battalion leave the base on 12 January."""
    out = (move(lawful_plan(mission), "port-3").depart - mission.mission.cessation).days
    assert (after.unit_remaining("battalion")[:out] >= mission.unit["battalion"].rear_party).all()
    assert after.unit_remaining("battalion")[BASE_LEFT] == 0


def test_drivers_are_aboard_whatever_else_happens(after):
    assert all(sum(m.people.values()) >= sum(m.driven.values()) for m in after.plan.moves)


def test_nobody_leaves_before_the_day_agreed_with_the_contributor():
    mission = change(small_mission(), "units", "hospital", earliest="2025-09-15")
    after = moved(mission)
    assert not verify_plan(mission, after.plan)
    early = mission.day(mission.unit["hospital"].earliest)
    assert (after.unit_remaining("hospital")[:early] == mission.unit["hospital"].strength).all()


def test_a_plan_that_breaks_a_rule_is_given_back_as_it_is(mission):
    plan = lawful_plan(mission)
    broken = alter(plan, "moves", move(plan, "bus-2"), lift={})
    assert reflow(mission, mission.courses[0], broken) is broken


def test_a_flight_with_an_aircraft_that_has_no_seats_cannot_be_told_and_stays(mission):
    """Such a plan is given back as it is, although its people could leave earlier."""
    freighter = add(mission, "lift", "aeroplane", id="freighter", name="Freighter", seats=0)
    plan = lawful_plan(freighter)
    odd = alter(plan, "moves", move(plan, "camp-3"), lift={"aeroplane": 1, "freighter": 1})
    assert not verify_plan(freighter, odd)
    assert reflow(freighter, freighter.courses[0], odd, seconds=60) is odd


def test_without_a_turn_nobody_moves(mission):
    plan = lawful_plan(mission)
    assert (
        cost(mission, reflow(mission, mission.courses[0], plan, rounds=0)).people_usd == cost(mission, plan).people_usd
    )


def test_the_same_plan_twice_gives_the_same_result(mission, after):
    assert moved(mission).plan == after.plan


@pytest.mark.parametrize("seed", [0, 1, 3, 7, 11, 12])
def test_random_plans_stay_lawful_and_get_no_dearer(seed):
    mission = random_mission(seed)
    start, course = plan_simply(mission), mission.courses[0]
    result = reflow(mission, course, start.plan, seconds=60, rounds=1)
    assert verify_plan(mission, result) == start.unmet
    assert measure_plan(mission, result).objective(course) <= measure_plan(mission, start.plan).objective(course)
