from datetime import date

from drawdown.mission.checks import check_mission
from drawdown.mission.checks import life_cycle as lc
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import CESSATION, add, change, small_mission

SOUND = small_mission()
JUNE, AUGUST = date(2025, 6, 1), date(2025, 8, 1)


def event(name, **values):
    return change(SOUND, "mandate_events", name, **values)


def more(name, day, **values):
    """The small mission with one event more."""
    return add(SOUND, "mandate_events", "terminated", id=name, kind=name, day=day, **values)


CASES = (
    Case(
        lc.life_cycle_in_order,
        event("withdrawal_by", day=JUNE),
        "fault mandate_events[1].day",
        "before the event `terminated` (2025-07-01)",
    ),
    Case(
        lc.life_cycle_in_order,
        add(SOUND, "mandate_events", "terminated", id="again", day=AUGUST),
        "fault mandate_events[3].kind",
        "is `terminated` on 2025-07-01 already",
    ),
    Case(
        lc.nothing_before_the_mandate,
        more("established", AUGUST),
        "fault mandate_events[0].day",
        "before the mission was established (2025-08-01)",
    ),
    Case(
        lc.nothing_before_the_mandate,
        more("renewed", AUGUST),
        "fault mandate_events[3].day",
        "after the mandate was terminated",
    ),
    Case(
        lc.renewals_leave_no_gap,
        add(more("established", date(2023, 7, 1), until=date(2024, 6, 30)), "mandate_events", "terminated",
            id="renewed", kind="renewed", day=date(2024, 9, 1)),
        "warning mandate_events[4].day",
        "had run out on 2024-06-30",
    ),
    Case(
        lc.life_cycle_agrees_with_the_plan,
        event("terminated", day=JUNE),
        "warning mandate_events[0].day",
        "the mission's file has 2025-07-01 (cessation)",
    ),
    Case(
        lc.events_say_enough,
        more("ceiling", JUNE, number=900),
        "fault mandate_events[3].number",
        "does not say how many of whom",
    ),
    Case(
        lc.events_say_enough,
        event("terminated", number=900),
        "fault mandate_events[0].number",
        "only a ceiling has a number",
    ),
    Case(
        lc.events_say_enough,
        event("terminated", source=None),
        "warning mandate_events[0].source",
        "no document",
    ),
    Case(
        lc.strength_within_ceilings,
        more("ceiling", JUNE, number=500, number_of="military"),
        "warning mandate_events[3].number",
        "the mission's units have 855 military",
    ),
    Case(
        lc.obligations_follow_their_text,
        change(SOUND, "obligations", "transfer_plan", adopted=date(2025, 9, 1)),
        "warning obligations[0].due",
        "before its text was adopted",
    ),
)  # fmt: skip


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(lc.CHECKS, CASES)


def test_a_mandate_that_is_renewed_in_time_has_no_gap():
    renewed = more("renewed", CESSATION, until=date(2026, 6, 30))
    assert not list(lc.renewals_leave_no_gap(renewed))


def test_the_small_mission_is_in_order():
    assert not [fault for fault in check_mission(SOUND) if fault.spot.table in {"mandate_events", "obligations"}]


def test_an_event_does_not_end_before_it_begins():
    found = check_mission(event("liquidation", until=date(2025, 12, 1)))
    assert [(fault.severity, fault.spot.column) for fault in found] == [("fault", "until")]


def test_only_the_latest_ceiling_counts():
    raised = add(more("ceiling", JUNE, number=500, number_of="military"), "mandate_events", "ceiling",
                 id="raised", day=CESSATION, number=900)  # fmt: skip
    assert not list(lc.strength_within_ceilings(raised))
