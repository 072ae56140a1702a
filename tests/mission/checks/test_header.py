from drawdown.mission.checks import header as h
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, small_mission

SOUND = small_mission()
FREE = {"usd_per_day": 0, "usd_per_km": 0}
CASES = (
    Case(h.format_is_known, small_mission(mission={"format": 2}), "fault mission[0].format", "reads format 1"),
    Case(h.courses_weigh_something, small_mission(courses=()), "fault courses", "no course of action"),
    Case(
        h.courses_weigh_something,
        change(SOUND, "courses", "fast", **dict.fromkeys(h.MEASURES, 0)),
        "fault courses[1].time",
        "all five weights are 0",
    ),
    Case(
        h.costs_are_given,
        small_mission(
            mission={"person_day_usd": 0},
            sites=[site.model_copy(update={"running_usd_per_day": 0}) for site in SOUND.sites],
            lift=[lift.model_copy(update=FREE) for lift in SOUND.lift],
        ),
        "warning mission[0].person_day_usd",
        "neither people nor sites nor lift",
    ),
    Case(
        h.destruction_has_reasons,
        small_mission(mission={"last_resort_reasons": ()}),
        "warning mission[0].last_resort_reasons",
        "no reason for it",
    ),
    Case(
        h.supplies_can_come,
        small_mission(mission={"supply_days": 2}),
        "warning mission[0].supply_days",
        "no leg has a resupply_class",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(h.CHECKS, CASES)
