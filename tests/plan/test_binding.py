"""What binds a plan: resources that are used up, counted by the day."""

import pytest

from drawdown.plan import binding as b
from kit.lawful import lawful_plan
from kit.missions import change, small_mission


@pytest.fixture(autouse=True)
def _even_one_day_counts(monkeypatch):
    monkeypatch.setattr(b, "FEWEST_DAYS", 1)


def found(mission):
    return {row.what: row for row in b.binding(mission, lawful_plan(mission))}


def test_all_lorries_away_from_their_base_bind_until_their_last_move():
    mission = change(small_mission(), "lift", "trucks", count=6)
    # Six lorries leave the camp on 7 July and are back in the evening of 14 July: seven evenings away.
    assert found(mission)[mission.lift_by_id["trucks"].name].full_days >= 7


def test_lorries_to_spare_do_not_bind():
    mission = change(small_mission(), "lift", "trucks", count=600)
    assert mission.lift_by_id["trucks"].name not in found(mission)


def test_an_exit_that_takes_just_what_leaves_binds_on_that_day():
    mission = small_mission()
    leaving = max(sum(m.people.values()) for m in lawful_plan(mission).moves if m.destination == "airport")
    tight = change(mission, "exits", "airport", people_per_day=leaving)
    row = found(tight)[tight.exit["airport"].name]
    assert 1 <= row.full_days <= row.used_days
    assert f"{leaving} people a day" in row.message


def test_those_that_bind_on_most_days_come_first():
    days = [row.full_days for row in b.binding(small_mission(), lawful_plan(small_mission()))]
    assert days == sorted(days, reverse=True)
