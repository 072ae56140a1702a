"""Missions made impossible on purpose: which limits are in conflict, and which would have to give by how much."""

from datetime import date
from functools import cache

import pytest

from drawdown.planner.relaxation.bound import lower_bound, relax
from drawdown.planner.relaxation.solver import solve
from drawdown.planner.why import impossible
from drawdown.planner.why.changed import later_deadline
from drawdown.planner.why.elastic import TRACE, Elastic, TimeIsUpError
from kit.missions import change, faults_in, small_mission

SMALL = small_mission()

#: 995 people are to leave by an airport that takes four a day.
NARROW = change(SMALL, "exits", "airport", people_per_day=4)

#: 190 days of packing and 4 of cleaning, of which there are 183 before the deadline.
SLOW = change(SMALL, "closure_steps", "pack", days=190)

#: One crew has 123 days of work at the camp, as many at the post, and 3 at the base.
FEW_CREWS = change(change(SMALL, "crews", "closing", count=1), "closure_steps", "clean", days=120)

#: The contributor BGD is not let through the only exit for people.
SHUT_OUT = change(SMALL, "exits", "airport", contributors=("TGO", "NPL", "KHM", "NGA", "SEN", "UN"))


@cache
def why(mission):
    return impossible.why_impossible(mission)


def limits(found):
    return [set(conflict.limits) for conflict in found.conflicts]


def remedies(found):
    return {remedy.what: remedy.lacks for remedy in found.remedies}


def test_a_mission_that_can_be_planned_is_not_proven_impossible():
    found = why(SMALL)
    assert not found.proven
    assert not found.conflicts
    assert not found.remedies


def test_an_exit_too_small_for_everyone_by_the_deadline():
    found = why(NARROW)
    assert found.proven
    assert limits(found) == [
        {"the people of Base, Camp and Post are out by the deadline", "Airport takes 4 people a day"}
    ]
    room = remedies(found)["exit_capacity"][0]
    assert (room.where, room.by, room.unit) == ("Airport", 1, "people")
    assert "short of room for 1 person a day" in room.message


def test_one_person_a_day_more_is_enough_and_what_is_asked_less_is_not():
    def room(a_day):
        mission = change(SMALL, "exits", "airport", people_per_day=a_day)
        return lower_bound(mission, mission.courses[0]).infeasible

    assert room(4)
    assert not room(5)


def test_the_days_that_the_deadline_would_have_to_move_are_the_fewest():
    found = why(NARROW)
    days = next(remedy.days for remedy in found.remedies if remedy.what == "deadline")
    assert not lower_bound(later_deadline(NARROW, days), NARROW.courses[0]).infeasible
    assert lower_bound(later_deadline(NARROW, days - 1), NARROW.courses[0]).infeasible
    assert remedies(found)["deadline"][0].end == date(2026, 1, 25)


def test_steps_that_take_longer_than_there_is_time():
    found = why(SLOW)
    assert limits(found) == [
        {"Post is left by 31 December 2025", "the steps of closing Post take 194 days one after the other"},
        {"Camp is left by 31 December 2025", "the steps of closing Camp take 194 days one after the other"},
    ]
    assert [(remedy.what, remedy.days) for remedy in found.remedies] == [("deadline", 11)]


def test_a_crew_too_few():
    found = why(FEW_CREWS)
    assert limits(found) == [{"Camp and Post are left by the deadline", "Closing crew: 1 at work at one time"}]
    assert remedies(found)["closure_crews"][0].message.startswith("Closing crew is short of 1 crew")


def test_a_contributor_without_an_exit():
    found = why(SHUT_OUT)
    assert [conflict.excess for conflict in found.conflicts] == pytest.approx([380, 35])
    assert {row.where: row.by for row in remedies(found)["way_home"]} == {"Camp": 400, "Base": 35}


@pytest.mark.parametrize("mission", [NARROW, SLOW, FEW_CREWS, SHUT_OUT], ids=["exit", "steps", "crews", "ways home"])
def test_a_conflict_is_minimal_and_certified(mission):
    found = why(mission)
    assert all(conflict.minimal and conflict.excess > TRACE for conflict in found.conflicts)


def test_without_any_one_of_its_limits_a_conflict_could_be_solved():
    elastic = Elastic(FEW_CREWS, fine=0)
    conflict = {("deadline_sites", "camp"), ("deadline_sites", "post"), ("closure_crews", "closing")}
    others = set(elastic.groups) - conflict
    assert elastic.ask(conflict, others, seconds=30).proven > TRACE
    for left_out in conflict:
        fewer = conflict - {left_out}
        assert elastic.ask(fewer, others | {left_out}, seconds=30).total <= TRACE


def test_limits_that_hold_make_a_program_without_a_point():
    elastic = Elastic(NARROW, fine=0)
    assert elastic.ask((), seconds=30).total == float("inf")


def test_loosened_and_stated_again_the_limits_are_those_of_the_relaxation():
    for mission in (SMALL, NARROW, SLOW, FEW_CREWS, SHUT_OUT):
        elastic = Elastic(mission, fine=20)
        can = elastic.ask(elastic.groups, seconds=30).total <= TRACE
        assert can == (mission is SMALL)


def test_with_every_limit_holding_the_least_cost_is_that_of_the_relaxation():
    for mission in (SMALL, change(SMALL, "mission", "small", deadline=date(2025, 10, 31))):
        model = relax(mission, mission.courses[0], fine=20)
        bound = solve(model.program.matrix(), seconds=30).objective
        held = Elastic(mission, fine=20)
        assert solve(held._matrix, seconds=30).objective + model.program.constant == pytest.approx(bound)


def test_where_the_time_runs_out_what_is_found_is_given_and_said(monkeypatch):
    calls, ask = iter(range(100)), Elastic.ask

    def twice(self, *args, seconds):
        if next(calls) > 2:
            raise TimeIsUpError("the solver had no answer in the time")
        return ask(self, *args, seconds=seconds)

    monkeypatch.setattr(Elastic, "ask", twice)
    found = impossible.why_impossible(NARROW)
    assert found.proven
    assert not found.conflicts[0].minimal
    assert TRACE < found.conflicts[0].excess < float("inf")
    assert any("the time ran out" in text for text in found.warnings)


def test_a_later_deadline_is_a_sound_mission():
    for days in (1, 7, 60):
        assert not faults_in(later_deadline(SMALL, days), "fault")
