from drawdown.mission.checks import hazards as h
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, small_mission

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
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(h.CHECKS, CASES)
