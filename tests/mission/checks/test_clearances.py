from datetime import date

from drawdown.mission.checks import clearances as c
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import CESSATION, DEADLINE, add, change, drop, small_mission

SOUND = small_mission()
BLOCK = {"id": "block", "state": "blocked", "lead_days": 0, "refusal": 0}


def row(name, **values):
    return change(SOUND, "clearances", name, **values)


CASES = (
    Case(
        c.clearance_classes_exist, drop(SOUND, "clearances", "flights_ask"), "fault legs[4].clearance_class", "has the"
    ),
    Case(c.clearance_classes_exist, row("flights_ask", mode="road"), "fault legs[4].clearance_class", "how air moves"),
    Case(c.clearance_classes_exist, row("flights_ask", state="blocked"), "fault legs[4].clearance_class", "how air"),
    Case(
        c.clearances_cover_the_plan,
        row("flights_ask", from_date=date(2025, 8, 1)),
        "warning legs[4].clearance_class",
        "what holds from 2025-07-01 to 2025-07-31",
    ),
    Case(
        c.some_day_is_not_blocked,
        add(SOUND, "clearances", "flights_ask", **BLOCK),
        "warning legs[4].clearance_class",
        "blocked on every day",
    ),
    Case(
        c.one_rule_a_day,
        add(SOUND, "clearances", "flights_ask", id="more", lead_days=9, from_date=DEADLINE),
        "warning clearances[2].lead_days",
        "`flights_ask` says 2",
    ),
    Case(c.chances_of_refusal, row("flights_ask", refusal=1), "warning clearances[1].refusal", "nothing of this class"),
    Case(c.chances_of_refusal, row("flights_ask", asked=3, refused=4), "fault clearances[1].refused", "than asked (3)"),
    Case(c.chances_of_refusal, row("flights_ask", asked=1231, refused=297), "warning clearances[1].refusal", "0.24"),
    Case(c.late_answers_have_a_length, row("flights_ask", late=0.2), "fault clearances[1].late_days", "0.2 of the"),
    Case(
        c.blocks_have_a_rate,
        row("flights_ask", blocks=2, block_days=5),
        "fault clearances[1].blocks_over_days",
        "2 blocks counted, and blocks_over_days is 0",
    ),
    Case(
        c.blocks_have_a_rate,
        row("flights_ask", blocks=2, blocks_over_days=900),
        "fault clearances[1].block_days",
        "is 0",
    ),
    Case(
        c.blocks_have_a_rate,
        row("flights_ask", blocks=2, blocks_over_days=900, block_days=500),
        "fault clearances[1].block_days",
        "2 blocks of 500 days do not fit into 900 days",
    ),
    Case(
        c.resupply_classes_exist,
        change(SOUND, "legs", "post_camp", resupply_class="flihgts"),
        "fault legs[0].resupply_class",
        "no clearance of mode air has the class `flihgts`",
    ),
    Case(
        c.resupply_classes_exist,
        change(SOUND, "legs", "post_camp", resupply_class="north_road"),
        "fault legs[0].resupply_class",
        "no clearance of mode air",
    ),
    Case(c.lead_times_leave_time, row("flights_ask", lead_days=183), "warning clearances[1].lead_days", "is day 183"),
    Case(
        c.clearances_are_used,
        add(SOUND, "clearances", "flights_ask", id="drones", clearance_class="drones"),
        "note clearances[2].clearance_class",
        "no air leg has the class `drones`",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(c.CHECKS, CASES)


def test_a_block_that_was_known_only_later_is_no_reason_to_warn():
    later = add(SOUND, "clearances", "flights_ask", **BLOCK, known_on=date(2025, 9, 24))
    assert not list(c.some_day_is_not_blocked(later))


def test_a_class_is_used_by_the_convoys_that_its_flights_resupply():
    air = add(SOUND, "clearances", "flights_ask", id="drops", clearance_class="drops")
    assert list(c.clearances_are_used(air))
    assert not list(c.clearances_are_used(change(air, "legs", "post_camp", resupply_class="drops")))


def test_a_block_with_an_end_leaves_days_to_move():
    ends = add(SOUND, "clearances", "flights_ask", **BLOCK, from_date=CESSATION, to_date=date(2025, 9, 1))
    assert not list(c.some_day_is_not_blocked(ends))
