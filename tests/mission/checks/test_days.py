from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from drawdown.mission.checks import days as d
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, small_mission

SOUND = small_mission()
JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 15), date(2025, 8, 15)
NEXT_YEAR = date(2026, 7, 15)


def header(**values):
    return change(SOUND, "mission", "small", **values)


CASES = (
    Case(d.mission_days_in_order, header(deadline=JUNE), "fault mission[0].deadline", "not after the cessation day"),
    Case(
        d.mission_days_in_order, header(liquidation_end=AUGUST), "fault mission[0].liquidation_end", "before the dead"
    ),
    Case(
        d.mission_days_in_order,
        header(liquidation_end=date(2055, 12, 31)),
        "fault mission[0].liquidation_end",
        "at most 3660",
    ),
    Case(
        d.periods_in_order, change(SOUND, "phases", "one", to_date=JUNE), "fault phases[0].to_date", "before from_date"
    ),
    Case(
        d.periods_in_order,
        change(SOUND, "legs", "base_port", open_from=AUGUST, open_to=JULY),
        "fault legs[3].open_to",
        "before open_from (2025-08-15)",
    ),
    Case(
        d.periods_in_order,
        change(SOUND, "units", "staff", earliest=AUGUST, latest=JULY),
        "fault units[7].latest",
        "before earliest",
    ),
    Case(
        d.periods_in_order,
        change(SOUND, "actuals", "first_convoy", recorded=JUNE),
        "fault actuals[0].recorded",
        "before happened",
    ),
    Case(d.windows_meet_the_plan, change(SOUND, "legs", "base_port", open_to=JUNE), "warning legs[3].open_to", "never"),
    Case(
        d.windows_meet_the_plan,
        change(SOUND, "lift", "buses", available_from=NEXT_YEAR),
        "warning lift[2].available_from",
        "begins after the plan ends",
    ),
    Case(
        d.unit_dates_meet_the_plan, change(SOUND, "units", "staff", latest=JUNE), "fault units[7].latest", "must have"
    ),
    Case(
        d.unit_dates_meet_the_plan,
        change(SOUND, "units", "staff", earliest=NEXT_YEAR),
        "fault units[7].earliest",
        "only after the deadline",
    ),
    Case(
        d.phases_inside_the_plan,
        change(SOUND, "phases", "two", to_date=NEXT_YEAR),
        "fault phases[1].to_date",
        "outside",
    ),
    Case(
        d.phases_inside_the_plan,
        change(SOUND, "phases", "one", from_date=JUNE),
        "warning phases[0].from_date",
        "before",
    ),
    Case(
        d.obligations_still_ahead,
        change(SOUND, "obligations", "transfer_plan", due=JUNE),
        "warning obligations[0].due",
        "before the plan begins",
    ),
    Case(
        d.obligations_still_ahead,
        change(SOUND, "obligations", "transfer_plan", due=NEXT_YEAR),
        "warning obligations[0].due",
        "after the plan ends",
    ),
    Case(
        d.obligations_still_ahead,
        change(SOUND, "obligations", "transfer_plan", met_on=date(2025, 8, 18)),
        "note obligations[0].met_on",
        "met 3 days late",
    ),
    Case(
        d.actuals_say_enough,
        change(SOUND, "actuals", "first_convoy", kind="last_out", place=None),
        "fault actuals[0].place",
        "happens at a place",
    ),
    Case(
        d.actuals_say_enough,
        change(SOUND, "actuals", "first_convoy", count_of=None),
        "warning actuals[0].count_of",
        "go together",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(d.CHECKS, CASES)


FIRST, LAST = date(2025, 1, 1), date(2025, 1, 20)
within = st.dates(date(2024, 12, 28), date(2025, 1, 24))


@given(st.lists(st.tuples(st.none() | within, st.none() | within), max_size=5))
def test_uncovered_days_are_exactly_those_in_no_period(periods):
    periods = [(a, b) for a, b in periods if a is None or b is None or a <= b]
    gaps = list(d.uncovered(periods, FIRST, LAST))
    for number in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(number)
        covered = any((a or day) <= day <= (b or day) for a, b in periods)
        assert covered != any(begins <= day <= ends for begins, ends in gaps)
    assert all(FIRST <= begins <= ends <= LAST for begins, ends in gaps)
