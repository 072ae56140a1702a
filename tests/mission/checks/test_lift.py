from drawdown.mission.checks import lift as c
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, drop, small_mission

SOUND = small_mission()


def lift(name, **values):
    return change(SOUND, "lift", name, **values)


CASES = (
    Case(c.lift_travels_its_mode, lift("trucks", mode="rail"), "fault lift[0].mode", "a truck does not travel by rail"),
    Case(c.lift_is_there, lift("trucks", count=0), "warning lift[0].count", "there are none"),
    Case(c.lift_is_there, lift("aeroplane", availability=0.9), "warning lift[4].availability", "1 at 0.9 availability"),
    Case(c.lift_carries_something, lift("buses", seats=0), "warning lift[2].teu", "neither people nor equipment"),
    Case(c.lift_carries_something, lift("hauliers", tonnes=0), "warning lift[1].tonnes", "carries no weight"),
    Case(
        c.aircraft_land_at_their_base, lift("aeroplane", base="post"), "fault lift[4].base", "cannot land at its base"
    ),
    Case(
        c.aircraft_land_at_their_base, lift("aeroplane", runway_m=4000), "fault lift[4].base", "`base` (paved, 3200 m"
    ),
    Case(
        c.aircraft_are_described, lift("aeroplane", sorties_per_day=0), "fault lift[4].sorties_per_day", "never flies"
    ),
    Case(c.aircraft_are_described, lift("aeroplane", range_km=0), "warning lift[4].range_km", "any distance"),
    Case(
        c.aircraft_are_described,
        lift("aeroplane", runway_surfaces=("unpaved",)),
        "warning lift[4].runway_surfaces",
        "not on paved",
    ),
    Case(c.lift_can_set_out, drop(SOUND, "legs", "post_camp", "camp_base"), "warning lift[0].base", "no road leg"),
    Case(
        c.airfields_have_their_unit,
        drop(SOUND, "units", "airfield"),
        "warning sites[0].airfield_unit",
        "none is station",
    ),
    Case(c.hubs_have_lift, drop(SOUND, "lift", "trucks"), "warning sites[1].id", "no road lift is based here"),
    Case(
        c.turnaround_is_plausible,
        change(SOUND, "mission", "small", turnaround_days=48),
        "warning mission[0].turnaround_days",
        "48 days",
    ),
    Case(
        c.lift_that_fails_to_come_comes_later,
        lift("hauliers", no_show=0.1),
        "fault lift[1].no_show_days",
        "does not turn up with chance 0.1",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(c.CHECKS, CASES)
