"""Windows are the days of verdicts; an authority more never takes anything away."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drawdown.mandate.authority import covering
from drawdown.mandate.place import place_of
from drawdown.mandate.verdict import judge
from drawdown.mandate.windows import Coverage, Window, windows
from drawdown.mission.tables import Authority
from kit.missions import small_mission

FIRST = date(2025, 7, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(30)]
FUNCTIONS, PLACES = ("withdraw", "liquidate", "protect_un"), ("base", "post", "airport", "port")
RANK = {"not_allowed": 0, "conditional": 1, "allowed": 2}


@st.composite
def authorities(draw):
    """A few authorities with dates in July, any area, some limited to places, roles or conditions."""
    rows = []
    for number in range(draw(st.integers(0, 5))):
        first, last = sorted((draw(st.sampled_from(DAYS[1:-1])), draw(st.sampled_from(DAYS[1:-1]))))
        rows.append(
            Authority(
                id=f"a{number}",
                function=draw(st.sampled_from(FUNCTIONS)),
                from_date=first,
                to_date=last,
                area=draw(st.sampled_from(("everywhere", "immediate_vicinity", "along_routes", "sites"))),
                places=tuple(draw(st.sets(st.sampled_from(PLACES), max_size=2))),
                who=draw(st.sampled_from((None, "Guard unit"))),
                conditions=draw(st.sampled_from((None, "In daylight"))),
                reference="Resolution 1",
            )
        )
    return tuple(rows)


def verdicts(mission, functions, on, place):
    return [judge(mission, function, on, place_of(mission, place)).verdict for function in functions]


@given(authorities(), st.sampled_from(PLACES), st.sets(st.sampled_from(FUNCTIONS), min_size=1))
def test_windows_are_the_days_on_which_a_verdict_is_not_no(rows, place, functions):
    mission = small_mission(authorities=rows)
    found = windows(mission, functions, place)
    for on in DAYS:
        holds = any(verdict != "not_allowed" for verdict in verdicts(mission, functions, on, place))
        assert any(window.start <= on <= window.end for window in found) == holds
        assert (covering(mission, functions, on, place) is not None) == holds
    for one, other in pairwise(found):
        assert other.start > one.end + timedelta(days=1)  # apart, or they would be one window


@given(authorities(), st.sampled_from(PLACES), st.integers(0, 29), st.integers(0, 29))
def test_what_is_covered_and_what_is_bare_make_up_all_days(rows, place, one, other):
    start, end = DAYS[min(one, other)], DAYS[max(one, other)]
    coverage = Coverage(small_mission(authorities=rows))
    bare = {
        day
        for window in coverage.bare(FUNCTIONS, start, end, place)
        for day in DAYS
        if window.start <= day <= window.end
    }
    held = {day for window in coverage.windows(FUNCTIONS, place) for day in DAYS if window.start <= day <= window.end}
    asked = {day for day in DAYS if start <= day <= end}
    assert bare == asked - held
    assert coverage.covers(FUNCTIONS, start, end, place) == (not bare)


@given(authorities(), authorities(), st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from(FUNCTIONS))
def test_more_authorities_never_allow_less(rows, more, place, on, function):
    few, many = (small_mission(authorities=some) for some in (rows, (*rows, *more)))
    before, after = (verdicts(mission, [function], on, place)[0] for mission in (few, many))
    assert RANK[after] >= RANK[before]


def test_windows_that_touch_are_one():
    assert windows(small_mission(), ("withdraw", "liquidate"), "base") == (Window(date(2025, 7, 1), date(2026, 6, 30)),)
    assert windows(small_mission(), ("withdraw", "liquidate"), "camp") == (
        Window(date(2025, 7, 1), date(2025, 12, 31)),
    )
    assert windows(small_mission(), (), "camp") == ()


def test_a_window_counts_its_days():
    assert Window(date(2025, 7, 1), date(2025, 7, 1)).days == 1
