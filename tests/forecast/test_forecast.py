"""A forecast: reproducible, honest about what it learnt from, and with its moves explained to the last point."""

from __future__ import annotations

from datetime import date

import pytest

from drawdown.desk.tracking_keys import tracking_keys
from drawdown.forecast.case import stayers
from drawdown.forecast.forecasting import forecast
from drawdown.forecast.status import status

DAY = date(2023, 8, 28)


@pytest.fixture(scope="module")
def found(past):
    return forecast(past, DAY, DAY, futures=200, since=date(2023, 8, 4), near=False)


def test_same_seed_same_forecast(past, found):
    again = forecast(past, DAY, DAY, futures=200, since=date(2023, 8, 4), near=False)
    assert tracking_keys(again) == tracking_keys(found)


def test_people_leave_and_none_come_back(found, past):
    for percent in ("p5", "p50", "p95"):
        fan = [getattr(row.band, percent) for row in found.fan]
        assert fan == sorted(fan, reverse=True)
        assert fan[0] <= found.people_remaining == 13_871 - 1_096
    assert found.fan[-1].band.p5 >= stayers(past.mission)


def test_bands_are_in_order(found):
    for row in found.sites:
        days = [day or date.max for day in vars(row.last_out).values()]
        assert days == sorted(days)
        assert days[0] > DAY


def test_why_it_moved_adds_up(found):
    points = 100 * (found.deadline.probability - found.since.probability)
    assert sum(part.points for part in found.since.moved) == pytest.approx(points)


def test_a_plan_that_nobody_follows_weighs_nothing(found):
    assert found.pace.plan_weight < 0.05


def test_a_plan_that_is_followed_weighs_nearly_all(on_plan):
    answer = forecast(on_plan(DAY), DAY, DAY, futures=50)
    assert answer.pace.plan_weight > 0.95
    assert answer.caveats[0].endswith("moves that are under way are taken to come in as planned")


def test_status_on_plan_is_the_plan(on_plan):
    found = status(on_plan(DAY), DAY, DAY)
    left_by_plan = {row.site for row in found.sites if row.planned_last_out and row.planned_last_out <= DAY}
    assert {row.site for row in found.sites if row.last_out} == left_by_plan
    assert all(row.days_late == 0 for row in found.sites if row.last_out)
    assert [row for row in found.alerts if row.severity == "serious"] == []


def test_status_of_minusma_as_it_went(past):
    found = status(past, date(2023, 10, 31), date(2023, 10, 31))
    assert (found.people_left, found.people_remaining) == (6_000, 7_871)
    assert sum(row.last_out is not None for row in found.sites) == 8
    (plan,) = (row for row in found.obligations if row.name == "Plan for the transfer of tasks")
    assert plan.days_late == 3


def test_what_was_not_met_by_a_day_is_overdue_on_it(past):
    found = status(past, date(2023, 8, 17), date(2023, 8, 17))
    assert any("Plan for the transfer of tasks was due on 15 August 2023" in row.message for row in found.alerts)


def test_an_old_count_is_told(past):
    answer = forecast(past, date(2023, 9, 20), date(2023, 9, 20), futures=20, near=False)
    assert "nobody who left was counted since 28 August 2023" in answer.caveats[0]
