"""What is left of a mission on a day is a mission: sound, nobody lost, and its plan is what was left of the plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drawdown.forecast.case import Case, people_to_leave
from drawdown.forecast.outlook import ground, remains
from drawdown.mission.checks import check_mission
from drawdown.mission.faults import MissionError
from drawdown.mission.tables import Actual
from drawdown.plan.matching import match_moves
from drawdown.plan.replay import replay
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from kit.executed import executed
from kit.random_missions import random_mission


@pytest.mark.parametrize("day", [date(2023, 8, 28), date(2023, 9, 20), date(2023, 11, 15)])
def test_a_plan_that_goes_as_planned_is_not_planned_again(on_plan, day):
    left = ground(on_plan(day), day, day)
    pairs = match_moves(left.before.moves, left.today.moves)
    assert (left.unmet, *map(len, pairs)) == (0, 0, 0, 0, 0, 0)


def test_what_is_left_on_plan_breaks_no_rule(on_plan):
    day = date(2023, 9, 20)
    left = remains(on_plan(day), day, day)
    assert verify_plan(left.stands.mission, left.before) == ()


def test_what_is_left_of_minusma_as_it_went_is_sound(past):
    for day in (date(2023, 7, 31), date(2023, 8, 28), date(2023, 9, 27), date(2023, 10, 31), date(2023, 12, 1)):
        left = remains(past, day, day, near=False)
        assert [f for f in check_mission(left.stands.mission) if f.severity == "fault"] == [], day


def test_nobody_is_lost_or_made(past):
    for day in (date(2023, 8, 28), date(2023, 10, 31)):
        left = remains(past, day, day, near=False)
        assert people_to_leave(left.stands.mission) + left.stands.left == people_to_leave(past.mission)
        assert left.stands.left == left.standing.left_total


def test_sites_that_were_left_are_places_on_the_road(past):
    left = remains(past, date(2023, 10, 31), date(2023, 10, 31), near=False)
    mission = left.stands.mission
    assert {site.id for site in mission.sites} == {"ansongo", "mopti", "bamako", "timbuktu", "gao"}
    assert mission.exit["douentza"].kind == "waypoint"
    assert any(leg.from_place == "douentza" for leg in mission.legs)  # still the way from Gao to the south


@pytest.mark.parametrize("seed", range(12))
def test_random_missions_on_plan(seed):
    mission = random_mission(seed, sites=4)
    plan = plan_simply(mission).plan
    for share in (0.2, 0.5, 0.8):
        day = mission.mission.cessation + timedelta(days=round(mission.day(mission.mission.deadline) * share))
        case = Case(mission, plan, executed(mission, plan, day), "record")
        found, by_plan = case.standing(day, day), replay(mission, plan)
        for unit in mission.units:
            for site in mission.sites:
                planned = int(by_plan.evening("people", unit.id, site.id)[mission.day(day)])
                assert found.people.get(unit.id, {}).get(site.id, 0) == planned
        if not found.open_sites:
            with pytest.raises(MissionError, match="every site has been left"):
                remains(case, day, day)
            continue
        left = remains(case, day, day)
        assert [f for f in check_mission(left.stands.mission) if f.severity == "fault"] == []
        assert people_to_leave(left.stands.mission) + left.stands.left == people_to_leave(mission)


def test_people_on_the_road_at_a_place_that_was_left_are_not_lost(past):
    """A mission as it stood has waypoints; people who halt at one are still to leave."""
    first = remains(past, date(2023, 10, 31), date(2023, 10, 31), near=False).stands.mission
    unit = next(row for row in first.units if row.site == "gao" and not row.separates)
    halt = date(2023, 11, 5)
    facts = (
        Actual(id="a", happened=halt, kind="departure", place="gao", to="douentza", unit=unit.id, count=5),
        Actual(id="b", happened=halt, kind="arrival", place="douentza", unit=unit.id, count=5),
    )
    case = Case(first, None, tuple((halt, fact) for fact in facts), "record")
    left = remains(case, date(2023, 11, 6), date(2023, 11, 6), near=False)
    assert left.stands.left == 0
    assert {row.site for row in left.stands.mission.units} <= set(left.stands.mission.site)


def test_lift_that_has_left_does_not_come_back(on_plan):
    day = date(2023, 9, 20)
    case = on_plan(day)
    gone = Actual(id="gone", happened=day, kind="departure", place="mopti", lift="mopti-buses", count=6)
    case = Case(case.mission, case.plan, (*case.pairs, (day, gone)), "record")
    assert "mopti-buses" not in remains(case, day, day).stands.mission.lift_by_id
