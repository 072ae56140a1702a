"""The constructive planner on missions that a person can follow."""

from datetime import date, timedelta

import pytest

from drawdown.desk import open_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from kit.missions import add, change, small_mission


def rules(outcome):
    return {broken.rule for broken in outcome.unmet}


@pytest.fixture(scope="module")
def minusma():
    return open_mission("minusma")


@pytest.fixture(scope="module")
def planned(minusma):
    return plan_simply(minusma, "balanced")


@pytest.mark.parametrize("mission", [small_mission(), open_mission("tiny")], ids=lambda m: m.mission.id)
def test_a_small_mission_is_planned_without_a_broken_rule(mission):
    outcome = plan_simply(mission)
    assert outcome.unmet == ()
    assert verify_plan(mission, outcome.plan) == ()
    assert {c.site for c in outcome.plan.closures} == {s.id for s in mission.sites}


def test_minusma_is_planned_by_the_day_without_a_broken_rule(minusma, planned):
    assert planned.unmet == ()
    assert measure_plan(minusma, planned.plan).time.slack_days >= 0


def test_the_outposts_of_phase_one_are_out_by_its_end(minusma, planned):
    end = next(phase.to_date for phase in minusma.phases if phase.id == "phase-1")
    outposts = [site.id for site in minusma.sites if site.phase == "phase-1"]
    assert all(planned.plan.closure[site].last_out <= end for site in outposts)


def test_nobody_is_left_to_guard_timbuktu_so_it_closes_by_the_deadline(minusma, planned):
    assert minusma.site["timbuktu"].liquidation
    assert planned.plan.closure["timbuktu"].last_out <= minusma.mission.deadline


def test_the_same_mission_gives_the_same_bytes(minusma, planned):
    assert plan_simply(minusma, "balanced").plan.canonical == planned.plan.canonical


def test_a_block_binds_only_the_plans_that_know_of_it():
    mission = small_mission()
    leg = mission.leg["post_camp"]
    asked = next(row for row in mission.clearances if row.clearance_class == leg.clearance_class)
    first = mission.mission.cessation
    told = first + timedelta(days=20)
    blocked = add(
        mission, "clearances", asked.id, id="block", state="blocked", lead_days=0,
        from_date=first, to_date=first + timedelta(days=40), known_on=told,
    )  # fmt: skip

    def departures(as_of):
        plan = plan_simply(blocked, as_of=as_of).plan
        return [move.depart for move in plan.moves if "post_camp" in move.legs]

    assert min(departures(first)) < told
    assert all(day > first + timedelta(days=40) for day in departures(told))


def test_people_who_cannot_get_out_in_time_are_counted():
    mission = change(small_mission(), "exits", "airport", people_per_day=1)
    unmet = plan_simply(mission).unmet
    late = [broken for broken in unmet if broken.rule == "deadline_people"]
    assert late
    assert all(broken.by > 0 and broken.start >= mission.mission.deadline for broken in late)


def test_a_deadline_that_is_too_near_is_answered_with_what_is_late():
    mission = change(small_mission(), "mission", "small", deadline=date(2025, 7, 8))
    assert rules(plan_simply(mission)) & {"deadline_people", "deadline_equipment"}


def test_progress_names_the_sites():
    lines = []
    plan_simply(small_mission(), progress=lines.append)
    assert len(lines) >= 3
    assert any("Base" in line for line in lines)
