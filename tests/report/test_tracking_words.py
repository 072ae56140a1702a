"""Words that texts and pages share: how late, how grave, how fast, how good."""

from dataclasses import replace
from datetime import date

import pytest

from drawdown.forecast import told
from drawdown.forecast.answers import Owed, Pace, Scores, SiteStatus
from kit.some_standings import ALERTS, TODAY, some_forecast, some_hindcast, some_status

SITE = SiteStatus("post-id", "Post", date(2025, 9, 9), None, None, None, 5, 50, 1)


@pytest.mark.parametrize(
    ("number", "words"), [(12, "12 days late"), (-1, "1 day early"), (0, "on the day"), (None, "")]
)
def test_lateness(number, words):
    assert told.lateness(number) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "overdue by 1 day"),
        ({"planned_last_out": TODAY}, "due today"),
        ({"planned_last_out": date(2025, 9, 12)}, "due in 2 days"),
        ({"planned_last_out": None, "days_late": None}, "no day planned"),
        ({"last_out": date(2025, 9, 6), "days_late": -3}, "left, 3 days early"),
        ({"last_out": date(2025, 9, 6), "planned_last_out": None, "days_late": None}, "left"),
    ],
)
def test_where_a_site_stands(changed, words):
    assert told.site_state(replace(SITE, **changed), TODAY) == words


@pytest.mark.parametrize(
    ("due", "met", "late", "words"),
    [
        (date(2025, 9, 1), date(2025, 9, 4), 3, "met 3 days late"),
        (date(2025, 9, 1), date(2025, 8, 4), 0, "met in time"),
        (date(2025, 9, 1), None, 9, "overdue by 9 days"),
        (date(2025, 9, 12), None, 0, "due in 2 days"),
        (TODAY, None, 0, "due today"),
    ],
)
def test_where_an_obligation_stands(due, met, late, words):
    assert told.owed_state(Owed("It", due, met, late, "Text"), TODAY) == words


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (0.99, "almost wholly for the plan: 99 % of the futures"),
        (0.8, "mostly for the plan"),
        (0.5, "for the plan as much as for a pace of its own: 50 %"),
        (0.4, "rather for a pace of its own: 60 %"),
        (0.0003, "almost wholly for a pace of its own: over 99 %"),
    ],
)
def test_the_weight_of_the_plan(weight, words):
    assert words in told.weight_in_words(Pace(weight, "", (1, 1, 1)))


def test_people_beside_the_plan():
    status = some_status()
    assert told.beside_plan(status) == "270 more than planned"
    assert told.beside_plan(replace(status, planned_remaining=661)) == "1 fewer than planned"
    assert told.beside_plan(replace(status, planned_remaining=660)) == "as many as planned"
    assert told.pace_beside_plan(replace(status, days_behind=-1)) == "1 day ahead of the plan"
    assert told.pace_beside_plan(replace(status, days_behind=0)) == "on the day of the plan"


def test_alerts_are_counted_by_how_grave_they_are():
    assert told.tally((*ALERTS, ALERTS[1])) == "1 serious, 2 warnings, 1 note"
    assert told.tally(()) == "none"


def test_the_best_of_three_scores():
    assert told.best(Scores(3, 0.5, 0.9, 5.0, 0.0, 5.0, 7.0)) == ("crps", "straight_line")
    assert told.best(Scores(0, None, None, None, None, None, None)) == ()
    assert told.inside(2 / 3, 3) == "2 of 3"
    assert told.inside(None, 0) == "\N{EN DASH}"


def test_where_a_naive_forecaster_is_better_is_said_and_where_none_is_nothing():
    first, second = some_hindcast().runs
    assert list(told.where_worse(first)) == []
    assert [text.split(",")[0] for text in told.where_worse(second)] == [
        "Of people still to leave", "Of last-outs of sites",
    ]  # fmt: skip


def test_days_of_a_table_are_ends_of_months_and_the_deadline():
    days = [row.date for row in told.days_told(some_forecast())]
    assert days[:2] == [date(2025, 9, 30), date(2025, 10, 31)]
    assert date(2025, 12, 31) in days
    assert days == sorted(set(days))
    assert len(told.days_told(some_forecast(), most=3)) <= 5
