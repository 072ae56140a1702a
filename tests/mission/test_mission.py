from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.missions import CESSATION, change, small_mission

MISSION = small_mission()
IN_RAINS, IN_DRY = date(2025, 8, 1), date(2025, 11, 1)
ROAD = MISSION.leg["post_camp"]


def test_day_0_is_the_day_of_cessation():
    assert MISSION.day(CESSATION) == 0
    assert MISSION.date(0) == CESSATION
    assert MISSION.days == 364


@given(st.integers(0, 3660))
def test_days_and_dates_are_each_others_inverse(day):
    assert MISSION.day(MISSION.date(day)) == day


def test_planned_days_lie_between_nominal_and_contested_by_the_pace():
    assert MISSION.leg_days(ROAD, IN_DRY) == 2  # nominal 1, contested 3, pace 0.5
    nominal = small_mission(mission={"pace": 0})
    assert nominal.leg_days(ROAD, IN_DRY) == 1


def test_the_season_multiplies_the_days_of_its_leg_only():
    assert MISSION.leg_days(ROAD, IN_RAINS) == 3  # 2 days times 1.5
    assert MISSION.leg_days(MISSION.leg["camp_base"], IN_RAINS) == MISSION.leg_days(MISSION.leg["camp_base"], IN_DRY)


@pytest.mark.parametrize(("on", "inside"), [("06-15", True), ("09-15", True), ("06-14", False), ("09-16", False)])
def test_a_season_includes_its_first_and_last_day(on, inside):
    assert MISSION.in_season(ROAD, date.fromisoformat(f"2025-{on}")) is inside


@pytest.mark.parametrize(("on", "inside"), [("12-31", True), ("01-15", True), ("11-15", True), ("01-16", False)])
def test_a_season_may_run_over_the_new_year(on, inside):
    winter = change(MISSION, "seasons", "rains", from_day="11-15", to_day="01-15")
    assert winter.in_season(ROAD, date.fromisoformat(f"2025-{on}")) is inside


def test_steps_are_those_of_the_kind_of_site():
    assert [step.id for step in MISSION.steps_for(MISSION.site["base"])] == ["pack", "certify", "hand"]
    assert [step.id for step in MISSION.steps_for(MISSION.site["post"])] == ["pack", "clean", "certify", "hand"]


def test_the_hash_names_the_mission_and_not_the_order_of_its_rows():
    turned = small_mission(units=MISSION.units[::-1], legs=MISSION.legs[::-1])
    assert turned.hash == MISSION.hash
    assert change(MISSION, "units", "company", strength=121).hash != MISSION.hash
