"""MINUSMA forecast as of past days, scored by what then happened."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import scoringrules

from drawdown.forecast.hindcast import Line, hindcast
from drawdown.forecast.saved import would_have_been_saved

DAYS = (date(2023, 8, 28), date(2023, 9, 27), date(2023, 10, 31))


@pytest.fixture(scope="module")
def found(past):
    return hindcast(past, DAYS, futures=150)


def test_the_ninety_per_cent_bands_hold_what_they_say(found):
    assert found.pooled.points == 41
    assert 0.8 <= found.pooled.coverage90 <= 1.0


def test_it_beats_both_naive_forecasters_on_two_days_of_three(found):
    better = [run.people.crps < min(run.people.straight_line, run.people.plan) for run in found.runs]
    assert sum(better) >= 2


def test_where_it_does_worse_it_says_so(found):
    for run in found.runs:
        worse = run.people.straight_line <= run.people.crps
        assert ("People still to leave: WORSE than a straight line" in run.words) == worse


def test_only_what_came_after_the_day_is_scored(found):
    for run in found.runs:
        assert all(row.when > run.as_of for row in (*run.observed_people, *run.observed_sites))
    counts = [len(run.observed_people) for run in found.runs]
    assert counts == [7, 6, 4]  # 27 September, 24 and 31 October, 8, 13 and 18 November, 8 December


def test_the_deadline_was_met_and_is_scored(found):
    for run in found.runs:
        assert run.brier == pytest.approx((1 - run.forecast.deadline.probability) ** 2)


def test_scores_are_means_of_points(found):
    for run in found.runs:
        assert run.people.crps == pytest.approx(np.mean([row.crps for row in run.observed_people]))
        assert run.naive["straight_line"] == pytest.approx(
            np.mean([abs(row.line - row.value) for row in run.observed_people])
        )


def test_a_point_forecast_is_scored_by_its_error():
    assert scoringrules.crps_ensemble(5.0, np.array([9.0])) == pytest.approx(abs(9.0 - 5.0))


def test_the_straight_line_ends_at_the_deadline():
    line = Line(first=59, people=12_775, last=184, stay=836)
    assert (line(59), line(184), line(500)) == (12_775, 836, 836)
    assert line.reaches(line(100)) == pytest.approx(100)


def test_two_hundred_lorries_would_have_saved_something(past):
    saved = would_have_been_saved(past, "cleared-24-september", date(2023, 9, 24), futures=10)
    mean, low, high = saved.usd
    assert 0 < low <= mean <= high < 58.9e6  # all that was there
    assert "Tessalit, Aguelhok and Kidal" in saved.words
