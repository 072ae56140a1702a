"""The verifier never fails, says what it does not understand, and judges the rest."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Plan, Separation
from drawdown.plan.verify import RULES, verify_plan
from kit.lawful import alter, changed, day, disposal, insert, lawful_plan, move, step
from kit.missions import small_mission
from kit.wild import wild_plans

SMALL = small_mission()
BARE = Mission(mission=SMALL.mission)


@given(wild_plans(SMALL))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_never_fails_whatever_the_plan(plan):
    assert {found.rule for found in verify_plan(SMALL, plan)} <= set(RULES)


@given(wild_plans(SMALL))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_never_fails_on_a_mission_of_which_only_the_header_is_known(plan):
    named = [*plan.moves, *plan.disposals, *plan.separations, *plan.steps, *plan.closures]
    found = verify_plan(BARE, plan)
    assert (not named) == (not found)
    assert {broken.rule for broken in found} <= {"understood"}


def test_a_mission_without_closure_steps_crews_and_groups_needs_none(lawful):
    plain = SMALL.model_copy(update={"closure_steps": (), "crews": (), "disposal_groups": ()})
    assert verify_plan(plain, lawful.model_copy(update={"steps": ()})) == ()


def test_an_empty_plan_leaves_everyone_and_everything_behind(small):
    empty = lawful_plan(small, moves=(), disposals=(), separations=(), steps=(), closures=())
    found = {broken.rule for broken in verify_plan(small, empty)}
    assert found == {
        "nothing_left_behind", "closes_once", "unit_dates", "authority_to_stay",
        "deadline_people", "deadline_equipment", "liquidation_end",
    }  # fmt: skip


def test_every_rule_says_the_same_each_time(small, lawful):
    spoilt = lawful.model_copy(update={"moves": lawful.moves[::2]})
    assert verify_plan(small, spoilt) == verify_plan(small, spoilt) != ()


# ---- What is not understood ----


def understood(mission, plan: Plan):
    return [found.message for found in verify_plan(mission, plan) if found.rule == "understood"]


STRANGERS = {
    "place": {"origin": "atlantis"},
    "leg": {"legs": ("camp_base", "silk_road")},
    "lift": {"lift": {"camels": 3}},
    "unit": {"people": {"legion": 3}},
    "lot": {"lots": {"elephants": 3}},
}


@pytest.mark.parametrize("noun", STRANGERS)
def test_a_move_that_names_something_unknown_is_named(noun, small, lawful):
    plan = alter(lawful, "moves", move(lawful, "camp-convoy-2"), **STRANGERS[noun])
    name = {"place": "atlantis", "leg": "silk_road", "lift": "camels", "unit": "legion", "lot": "elephants"}[noun]
    assert understood(small, plan) == [f"the mission has no {noun} `{name}`"]


def test_so_are_disposals_separations_steps_and_closures(small, lawful):
    plan = alter(lawful, "disposals", disposal(lawful, "camp_water"), lot="elephants")
    plan = alter(plan, "steps", step(plan, "post", "pack"), step="dance")
    plan = insert(plan, "separations", Separation(unit="legion", count=1, place="post", day=day("08-01")))
    plan = insert(plan, "closures", Closure(site="atlantis", last_out=day("08-01")))
    names = [f"the mission has no {name}" for name in ("lot `elephants`", "unit `legion`")]
    assert understood(small, plan) == [
        *names, "the mission has no closure step `dance`", "the mission has no site `atlantis`",
    ]  # fmt: skip


def test_nothing_is_disposed_of_at_an_exit(small, lawful):
    plan = alter(lawful, "disposals", disposal(lawful, "base_stores"), place="port")
    assert understood(small, plan) == ["the mission has no site `port`"]


@pytest.mark.parametrize("when", ["2025-07-01", "2026-07-01"])
def test_nothing_happens_on_the_day_of_cessation_or_after_the_end_of_liquidation(when, small, lawful):
    plan = alter(lawful, "moves", move(lawful, "bus-1"), depart=day(when), arrive=day(when))
    assert understood(small, plan) == [f"{when} is not between the day after cessation and the end of liquidation"]


def test_a_handover_lies_in_the_mission_too(small, lawful):
    plan = alter(lawful, "closures", lawful.closure["camp"], handover=day("2026-12-01"))
    assert understood(small, plan) == ["2026-12-01 is not between the day after cessation and the end of liquidation"]


def test_a_move_does_not_end_before_it_starts(small, lawful):
    bus = move(lawful, "bus-1")
    plan = alter(lawful, "moves", bus, arrive=bus.depart - timedelta(days=1))
    assert understood(small, plan) == ["it ends before it starts"]


def test_an_id_names_one_move_and_both_are_judged(small, lawful):
    bus = move(lawful, "bus-1")
    plan = insert(lawful, "moves", changed(bus, people={"staff": 1}, lift={"hauliers": 1}))
    assert understood(small, plan) == ["another move has the same id"]
    assert ("capacity", "bus-1") in {(found.rule, found.action) for found in verify_plan(small, plan)}


def test_what_is_not_understood_is_left_out_when_the_rest_is_judged(small, lawful):
    plan = alter(lawful, "moves", move(lawful, "last-bus"), lift={"camels": 3})
    found = {(broken.rule, broken.action) for broken in verify_plan(small, plan)}
    assert ("understood", "last-bus") in found
    assert ("liquidation_end", "guards") in found
