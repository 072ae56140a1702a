from datetime import date

from drawdown.mission.checks import legs as c
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import add, change, drop, small_mission

SOUND = small_mission()


def leg(name, **values):
    return change(SOUND, "legs", name, **values)


SLOW = leg("post_camp", convoy_limit=2, headway_days=60)
CASES = (
    Case(
        c.legs_no_shorter_than_straight, leg("post_camp", km=100), "fault legs[0].km", "100 km, but `post` and `camp`"
    ),
    Case(c.legs_no_shorter_than_straight, leg("post_camp", km=600), "warning legs[0].km", "are only 133 km apart"),
    Case(c.legs_no_shorter_than_straight, leg("post_camp_air", km=300), "warning legs[4].km", "300 km by air"),
    Case(c.legs_join_two_places, leg("base_port", to_place="base"), "fault legs[3].to_place", "same place"),
    Case(
        c.legs_join_two_places,
        add(SOUND, "legs", "base_port", id="port_base", from_place="port", to_place="base"),
        "warning legs[7].id",
        "the same leg as `base_port`",
    ),
    Case(c.legs_take_their_time, leg("post_camp", contested_days=0.5), "fault legs[0].contested_days", "quicker under"),
    Case(
        c.legs_take_their_time, leg("base_port", nominal_days=1), "warning legs[3].nominal_days", "1390 km by road in 1"
    ),
    Case(c.legs_and_their_season, leg("base_port", season_closed=True), "fault legs[3].season_closed", "no season"),
    Case(c.legs_and_their_season, leg("base_port", season_factor=2), "fault legs[3].season_factor", "no season"),
    Case(
        c.legs_and_their_season, leg("base_port", season="rains"), "warning legs[3].season", "neither slows nor closes"
    ),
    Case(c.legs_and_their_season, leg("post_camp", season_factor=0.5), "warning legs[0].season_factor", "quicker"),
    Case(
        c.legs_open_some_day,
        leg("post_camp", season_closed=True, open_to=date(2025, 9, 1)),
        "warning legs[0].season_closed",
        "closed by its season on every day",
    ),
    Case(
        c.convoys_are_of_a_size, leg("post_camp", convoy_limit=1), "warning legs[0].convoy_limit", "each with 1 platoon"
    ),
    Case(c.convoys_are_of_a_size, leg("post_camp", headway_days=48), "warning legs[0].headway_days", "48 days between"),
    Case(c.escorts_suffice, leg("post_camp", escort_platoons=5), "fault legs[0].escort_platoons", "the mission has 4"),
    Case(c.escorts_suffice, drop(SOUND, "units", "battalion"), "fault legs[1].escort_platoons", "the mission has 0"),
    Case(c.escorts_suffice, drop(SOUND, "units", "ordnance"), "fault legs[0].eod", "no unit sends an ordnance team"),
    Case(
        c.legs_can_be_travelled,
        change(SOUND, "sites", "post", flights_per_day=0),
        "warning legs[4].mode",
        "nothing can land at `post`",
    ),
    Case(
        c.legs_can_be_travelled,
        change(leg("camp_airport_air", km=900), "lift", "aeroplane", range_km=800),
        "warning legs[6].mode",
        "none has the range (900 km)",
    ),
    Case(c.legs_can_be_travelled, leg("base_port", mode="rail"), "warning legs[3].mode", "there is none for rail"),
    Case(
        c.roads_are_wide_enough,
        change(SLOW, "equipment", "post_stores", dispositions=("repatriate",), count=20),
        "warning sites[2].id",
        "about 10 vehicles must leave, its roads let 8 pass in time",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(c.CHECKS, CASES)


def test_the_coordinate_with_the_wrong_sign_is_named():
    """As in a gazetteer of 2015 that had Menaka at 2.40 degrees west."""
    turned = change(SOUND, "sites", "post", lon=2.95)
    fault = next(f for f in c.legs_no_shorter_than_straight(turned) if f.spot.row == 0)
    assert fault.remedy == "it would fit if the longitude of `post` had the other sign"
