"""What really happened in Mali, as it was known on the days of the hindcast."""

from __future__ import annotations

from datetime import date

import pytest

from drawdown.desk.missions import open_mission
from drawdown.ledger.facts import Facts, recorded_facts
from drawdown.ledger.standing import standing

AUGUST, SEPTEMBER, OCTOBER, DECEMBER = date(2023, 8, 28), date(2023, 9, 27), date(2023, 10, 31), date(2023, 12, 31)


@pytest.fixture(scope="module")
def mission():
    return open_mission("minusma")


@pytest.fixture(scope="module")
def facts(mission):
    return Facts.of(recorded_facts(mission))


def test_three_outposts_were_left_by_28_august(mission, facts):
    found = standing(mission, facts, AUGUST, AUGUST)
    assert found.last_out == {"ogossagou": date(2023, 8, 4), "ber": date(2023, 8, 13), "goundam": date(2023, 8, 15)}
    assert found.left_reported == (AUGUST, 1096, "uniformed")
    # 460 Egyptians of Gao and 125 Bangladeshi police of Goundam.
    assert found.left_on_record == 585
    assert found.left_total == 1096


def test_menakas_last_out_of_31_august_was_told_on_7_september(mission, facts):
    day = date(2023, 9, 5)
    assert "menaka" not in standing(mission, facts, day, day).last_out
    assert "menaka" in standing(mission, facts, day, day).open_sites
    assert standing(mission, facts, day).last_out["menaka"] == date(2023, 8, 31)
    # So was its handover, which came before it: for a week it would have stood there with no last-out.
    between = standing(mission, facts, date(2023, 8, 28))
    assert between.handed_over["menaka"] == date(2023, 8, 25)
    assert ("handed_over", "menaka") in {(alert.kind, alert.where) for alert in between.alerts}


def test_by_27_september_more_had_left_than_departures_account_for(mission, facts):
    found = standing(mission, facts, SEPTEMBER, SEPTEMBER)
    assert set(found.last_out) == {"ogossagou", "ber", "goundam", "menaka"}
    assert found.left == {"gao-egypt-bn": 460, "goundam-bangladesh-fpu": 125, "": 116}
    worst = found.alerts[0]
    assert (worst.kind, worst.people) == ("left_total", 3367 - 701)
    assert "3,367 people are reported to have left" in worst.message
    assert "account for 701" in worst.message


def test_on_31_october_kidal_is_left_and_its_people_are_on_the_road(mission, facts):
    found = standing(mission, facts, OCTOBER, OCTOBER)
    assert found.open_sites == ("ansongo", "mopti", "bamako", "timbuktu", "gao")
    assert found.last_out["kidal"] == OCTOBER
    assert {"kidal", "aguelhok"}.isdisjoint(found.handed_over)
    assert found.left_total == 6000
    # 848 troops were in the convoy; nobody told which unit went where.
    alert = next(one for one in found.alerts if (one.kind, one.where) == ("after_last_out", "kidal"))
    assert alert.people == found.people_at("") - standing(mission, facts, date(2023, 10, 30), OCTOBER).people_at("")
    assert found.people_at("kidal") == 0


def test_at_the_end_of_2023_two_sites_are_open(mission, facts):
    found = standing(mission, facts, DECEMBER, DECEMBER)
    assert found.open_sites == ("bamako", "gao")
    assert found.left_reported == (date(2023, 12, 8), 10_500, "people")
    # The last Germans left after that report; the 1,867 of Timbuktu are those since July, and name no unit.
    assert found.left_total == 10_642
    assert found.left["gao-germany-logistics"] == 142
    assert found.left["douentza-togo-bn"] == 650


def test_in_the_end_every_site_is_left(mission, facts):
    found = standing(mission, facts, date(2024, 12, 31))
    assert found.open_sites == ()
    assert set(mission.site) - set(found.handed_over) == {"kidal", "aguelhok"}


def test_nothing_is_known_before_it_was_told(mission, facts):
    before = standing(mission, facts, DECEMBER, mission.mission.cessation)
    assert before.people_remaining == sum(unit.strength for unit in mission.units)
    assert before.alerts == ()
