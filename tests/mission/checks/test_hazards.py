from drawdown.mission.checks import hazards as h
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import add, change, small_mission

SOUND = small_mission()


def hazard(name, **values):
    return change(SOUND, "hazards", name, **values)


CASES = (
    Case(h.events_have_exposure, hazard("north_ied", exposure=0), "fault hazards[0].exposure", "6 events against"),
    Case(h.events_have_exposure, hazard("calm_fire", exposure=0), "warning hazards[2].exposure", "no rate"),
    Case(
        h.hazards_have_users, hazard("north_ied", hazard_class="x"), "warning hazards[0].hazard_class", "the class `x`"
    ),
    Case(
        h.hazards_have_the_unit_of_their_users,
        hazard("north_ied", exposure_unit="site_days"),
        "warning hazards[0].exposure_unit",
        "only legs have this class",
    ),
    Case(
        h.hazards_have_the_unit_of_their_users,
        hazard("risky_fire", exposure_unit="vehicle_km"),
        "warning hazards[1].exposure_unit",
        "only sites have this class",
    ),
    Case(
        h.closings_are_counted_in_days,
        hazard("north_ied", kind="closing", delay_days=9),
        "fault hazards[0].exposure_unit",
        "kind closing counted by vehicle_km",
    ),
    Case(
        h.closings_are_counted_in_days,
        hazard("north_ied", exposure_unit="days"),
        "fault hazards[0].exposure_unit",
        "kind ied counted by days",
    ),
    Case(
        h.closings_last,
        hazard("north_ied", kind="closing", exposure_unit="days", delay_days=0),
        "fault hazards[0].delay_days",
        "6 closings of no length",
    ),
    Case(h.rises_have_legs, hazard("risky_fire", rise=2), "warning hazards[1].rise", "no leg has the class `risky`"),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(h.CHECKS, CASES)


def test_a_way_that_closes_overnight_is_sound():
    """Once in ten years, for four months: counted against the days of the mission, not against its convoys."""
    closing = {"kind": "closing", "events": 1, "exposure": 3650, "exposure_unit": "days", "delay_days": 120}
    ways = add(SOUND, "hazards", "north_ied", id="border", **closing)
    assert not [fault for check in h.CHECKS for fault in check(ways)]
