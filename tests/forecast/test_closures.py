"""The reference cases that ship: dated, sourced, and used only from the day on which their outcome was known."""

from datetime import date

import pytest

from drawdown.forecast.closures import LATE_DAYS, Closure, closures, precedent


def test_every_case_has_a_source_and_was_not_known_before_it_ended():
    cases = closures()
    assert len({case.case for case in cases}) == len(cases) >= 12
    assert all(case.source and case.known_on >= (case.ended or case.deadline) for case in cases)
    assert list(cases) == sorted(cases, key=lambda case: case.deadline)


def test_a_forecast_of_2023_does_not_know_how_2023_ended():
    then, later = precedent(date(2023, 8, 28)), precedent(date(2024, 12, 31))
    assert (then.met, then.missed, then.late_days) == (12, 1, 48)
    assert (later.met, later.missed) == (13, 3)  # Mali 2023 met its own; Somalia and South Kivu missed theirs
    assert later.late_days == (48 + 33) / 2  # South Kivu had not ended


def test_the_chance_never_is_certainty():
    assert precedent(date(2023, 8, 28)).chance == pytest.approx(12.5 / 14)
    assert (precedent(date(1990, 1, 1)).chance, precedent(date(1990, 1, 1)).late_days) == (0.5, LATE_DAYS)


def test_cases_of_ones_own_take_their_place():
    late = Closure("late", date(2020, 1, 1), date(2020, 1, 11), date(2020, 2, 1), "a report")
    never = Closure("never", date(2020, 1, 1), None, date(2020, 2, 1), "a report")
    early = Closure("early", date(2020, 1, 1), date(2019, 12, 1), date(2020, 2, 1), "a report")
    found = precedent(date(2020, 3, 1), [late, never, early])
    assert (found.met, found.missed, found.late_days) == (1, 2, 10)
    assert precedent(date(2020, 1, 31), [late, never, early]).met == 0
