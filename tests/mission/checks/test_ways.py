from datetime import date

from drawdown.mission.checks import ways as w
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import DEADLINE, change, drop, small_mission

SOUND = small_mission()
FAR = SOUND.exit["airport"].model_copy(update={"id": "far"})
NARROW = change(SOUND, "exits", "port", teu_per_day=0.1)
NO_FLIGHTS = drop(SOUND, "lift", "helicopters", "aeroplane")


def leg(mission, name, **values):
    return change(mission, "legs", name, **values)


CASES = (
    Case(w.sites_can_be_left, drop(NO_FLIGHTS, "legs", "post_camp"), "fault sites[2].id", "cut off: people cannot get"),
    Case(w.sites_can_be_left, drop(SOUND, "legs", "base_port"), "warning sites[0].id", "cargo cannot get from `base`"),
    Case(
        w.sites_can_be_left,
        leg(NO_FLIGHTS, "camp_base", open_to=date(2025, 6, 30)),
        "fault sites[1].id",
        "from `camp` to its hub `base`",
    ),
    Case(
        w.sites_can_be_left,
        leg(NO_FLIGHTS, "camp_base", season="rains", season_closed=True, open_to=date(2025, 9, 15)),
        "fault sites[1].id",
        "cut off: people",
    ),
    Case(
        w.sites_can_be_left,
        change(drop(SOUND, "legs", "post_camp"), "lift", "helicopters", range_km=100),
        "fault sites[2].id",
        "cut off: people",
    ),
    Case(
        w.ways_out_stay_open,
        leg(NO_FLIGHTS, "post_camp", open_to=date(2025, 10, 31)),
        "warning sites[2].id",
        "the last way out for people closes on 2025-10-31",
    ),
    Case(
        w.ways_out_stay_open,
        leg(
            change(NO_FLIGHTS, "seasons", "rains", from_day="11-15", to_day="01-15"),
            "camp_base",
            season="rains",
            season_closed=True,
        ),
        "warning sites[2].id",
        "closes on 2025-11-14",
    ),
    Case(
        w.ways_out_stay_open,
        change(SOUND, "exits", "port", open_to=date(2026, 2, 28)),
        "warning sites[0].id",
        "for cargo closes on 2026-02-28, the site may be open to 2026-06-30",
    ),
    Case(
        w.ways_home_can_be_reached,
        change(small_mission(exits=(*SOUND.exits, FAR)), "units", "company", exits=("far",)),
        "fault units[0].exits",
        "none of `far` can be reached from `post`",
    ),
    Case(
        w.exits_are_wide_enough,
        change(SOUND, "exits", "airport", people_per_day=4),
        "fault exits.people_per_day",
        "830 people must be out by 2025-12-31, the exits take 732 until then",
    ),
    Case(
        w.exits_are_wide_enough,
        change(NARROW, "equipment", "camp_stores", dispositions=("repatriate",), count=60),
        "fault exits.teu_per_day",
        "60 TEU must leave by 2026-06-30, the exits take 36.4",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(w.CHECKS, CASES)


def test_the_place_that_is_cut_off_is_named_once_for_all_that_lie_beyond_it():
    cut = drop(NO_FLIGHTS, "legs", "camp_base")
    assert {fault.spot.row for fault in w.sites_can_be_left(cut)} == {1}


def test_a_closed_road_does_not_matter_while_aircraft_fly_from_the_hub():
    assert not [f for f in w.sites_can_be_left(drop(SOUND, "legs", "camp_base")) if "people" in f.message]


def test_national_staff_who_separate_need_no_way_out():
    stay_behind = small_mission(units=[SOUND.unit["national"]], equipment=(), legs=())
    assert not list(w.sites_can_be_left(stay_behind))


def test_vehicles_need_no_lift_on_roads_but_cargo_does():
    no_lift = small_mission(lift=())
    loads = {fault.message.split()[2] for fault in w.sites_can_be_left(no_lift) if fault.spot.row == 2}
    assert loads == {"cargo"}


def test_who_drives_to_an_exit_leaves_there_too():
    """The port takes no people, so vehicles must go there on hauliers; after it takes people they can drive."""
    no_lift = small_mission(lift=())
    assert "port" not in w.Ways(no_lift, "vehicles", DEADLINE).exits_of(no_lift.site["base"])
    both = change(no_lift, "exits", "port", takes=("people", "equipment"), people_per_day=50)
    assert "port" in w.Ways(both, "vehicles", DEADLINE).exits_of(both.site["base"])
