from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawdown.mission.network import can_land, last_open, leg_open, lift_can_use, open_on, shortest_route
from kit.missions import CESSATION, DEADLINE, add, change, drop, small_mission

MISSION = small_mission()
DRY = date(2025, 11, 1)


def ids(route):
    return None if route is None else [leg.id for leg in route]


def test_a_route_joins_legs_of_one_mode_end_to_end():
    assert ids(shortest_route(MISSION, "post", "port", "road", DRY)) == ["post_camp", "camp_base", "base_port"]
    assert ids(shortest_route(MISSION, "port", "post", "road", DRY)) == ["base_port", "camp_base", "post_camp"]


def test_there_may_be_no_way_and_none_is_needed_to_stay():
    assert shortest_route(MISSION, "post", "port", "river", DRY) is None
    assert shortest_route(MISSION, "post", "nowhere", "road", DRY) is None
    assert shortest_route(MISSION, "post", "post", "road", DRY) == ()


def test_the_quickest_route_wins_even_with_more_legs():
    slow = add(MISSION, "legs", "base_port", id="post_base", from_place="post", to_place="base", nominal_days=20)
    assert ids(shortest_route(slow, "post", "base", "road", DRY)) == ["post_camp", "camp_base"]


def test_of_equal_routes_the_one_with_fewer_legs_and_then_the_first_id_wins():
    twice = add(MISSION, "legs", "post_camp", id="a_post_camp")
    assert ids(shortest_route(twice, "post", "camp", "road", DRY)) == ["a_post_camp"]
    direct = add(MISSION, "legs", "base_port", id="z", from_place="post", to_place="base", nominal_days=6)
    assert ids(shortest_route(direct, "post", "base", "road", DRY)) == ["z"]  # 2 + 4 days by way of the camp


def test_a_route_uses_only_legs_that_are_open_on_the_day():
    closing = change(MISSION, "legs", "camp_base", open_to=DRY)
    assert shortest_route(closing, "camp", "base", "road", DRY) is not None
    assert shortest_route(closing, "camp", "base", "road", DRY + timedelta(days=1)) is None
    rains = change(MISSION, "legs", "post_camp", season_closed=True)
    assert shortest_route(rains, "post", "camp", "road", date(2025, 9, 15)) is None
    assert shortest_route(rains, "post", "camp", "road", date(2025, 9, 16)) is not None


def test_aircraft_need_a_runway_at_both_ends_and_the_range():
    helicopters, aeroplane = MISSION.lift_by_id["helicopters"], MISSION.lift_by_id["aeroplane"]
    short, long = MISSION.leg["post_camp_air"], MISSION.leg["camp_base_air"]
    assert lift_can_use(MISSION, helicopters, short)
    assert not lift_can_use(MISSION, aeroplane, short)
    assert lift_can_use(MISSION, aeroplane, long)
    assert not lift_can_use(MISSION, helicopters.model_copy(update={"range_km": 400}), long)
    assert ids(shortest_route(MISSION, "post", "base", "air", DRY, helicopters)) == ["post_camp_air", "camp_base_air"]
    assert shortest_route(MISSION, "post", "base", "air", DRY, aeroplane) is None


@pytest.mark.parametrize(
    ("lift", "place", "lands"),
    [
        ("helicopters", {"runway_surface": "helipad", "flights_per_day": 1}, True),
        ("helicopters", {"runway_surface": "none", "flights_per_day": 1}, False),
        ("helicopters", {"runway_surface": "paved", "flights_per_day": 0}, False),
        ("aeroplane", {"runway_surface": "unpaved", "runway_m": 1500, "flights_per_day": 1}, True),
        ("aeroplane", {"runway_surface": "unpaved", "runway_m": 1499, "flights_per_day": 1}, False),
        ("aeroplane", {"runway_surface": "helipad", "runway_m": 1500, "flights_per_day": 1}, False),
    ],
)
def test_where_aircraft_can_land(lift, place, lands):
    post = MISSION.site["post"].model_copy(update={"runway_m": 0, **place})
    assert can_land(MISSION.lift_by_id[lift], post) is lands


def test_a_leg_to_nowhere_can_be_used_by_none():
    lost = drop(MISSION, "sites", "post")
    assert not any(lift_can_use(lost, lift, lost.leg["post_camp"]) for lift in lost.lift)


SEASONS = (("06-15", "09-15"), ("11-15", "01-15"), ("01-01", "12-31"))
days = st.dates(CESSATION, date(2026, 6, 30))


@given(days, days, st.none() | days, st.none() | days, st.sampled_from(SEASONS))
def test_the_last_open_day_is_the_last_of_all_open_days(first, last, open_from, open_to, season):
    mission = change(MISSION, "seasons", "rains", from_day=season[0], to_day=season[1])
    leg = mission.leg["post_camp"].model_copy(
        update={"season_closed": True, "open_from": open_from, "open_to": open_to}
    )
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert last_open(mission, leg, first, last) == max((d for d in span if leg_open(mission, leg, d)), default=None)


def test_exits_open_and_close_with_both_days_included():
    way_out = MISSION.exit["port"].model_copy(update={"open_from": CESSATION, "open_to": DEADLINE})
    assert open_on(way_out, CESSATION)
    assert open_on(way_out, DEADLINE)
    assert not open_on(way_out, DEADLINE + timedelta(days=1))
