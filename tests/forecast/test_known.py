"""Only what was known on a day: leaving out what came later changes nothing of a forecast as of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from drawdown.desk.tracking_keys import tracking_keys
from drawdown.forecast.case import Case
from drawdown.forecast.forecasting import forecast
from drawdown.forecast.known import known_mission, last_known
from kit.missions import small_mission

DAY = date(2023, 9, 27)


def test_nothing_in_it_is_younger_than_the_day(minusma):
    known = known_mission(minusma, DAY)
    assert known.actuals == ()
    assert all(row.known_on is None or row.known_on <= DAY for row in known.clearances)
    assert all(row.to_date <= DAY or not row.source for row in known.hazards)
    assert all(claim.as_of is None or claim.as_of <= DAY for claim in known.claims)
    assert known.exit["labbezanga"].open_to is None  # the border post was used to November; nobody knew


def test_a_block_that_holds_is_not_known_to_end(minusma):
    (block,) = (row for row in known_mission(minusma, DAY).clearances if row.id == "block-road-kidal-2023-09")
    (filed,) = (row for row in minusma.clearances if row.id == block.id)
    assert filed.to_date == date(2023, 10, 20)
    assert block.to_date == date(2023, 10, 24)  # 27 days, the mean of blocks of its class, from that day on


def test_what_is_known_once_is_known_ever_after(minusma):
    early, late = known_mission(minusma, date(2023, 8, 28)), known_mission(minusma, date(2023, 12, 1))
    for table in ("hazards", "claims"):
        assert set(early.rows(table)) <= set(late.rows(table))


def test_a_forecast_does_not_see_the_future(past):
    """The same forecast from a record that ends on the day, and from a mission whose files end on it."""
    day = date(2023, 8, 28)
    seen = tuple(row for row in past.pairs if row[0] <= day and row[1].happened <= day)
    blind = Case(past.mission.model_copy(update={"actuals": ()}), past.plan, seen, past.digest)
    answers = [forecast(case, day, day, futures=50, near=False) for case in (past, blind)]
    one, other = (tracking_keys(replace(answer, stamp=answers[0].stamp)) for answer in answers)
    assert one == other


def test_files_that_know_nothing_younger_are_what_is_known(minusma):
    """While a drawdown runs, a border that is announced to shut next month is known to."""
    announced = minusma.exit["labbezanga"].model_copy(update={"open_to": date(2023, 11, 18)})
    live = small_mission().model_copy(update={"exits": (announced,), "actuals": ()})
    assert known_mission(live, last_known(live)).exit["labbezanga"].open_to == date(2023, 11, 18)
    assert last_known(minusma) > DAY
