"""Wishes: what is wrong with them, the mission that they make, and which of them a plan keeps."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from drawdown.mission.checks import check_mission
from drawdown.plan.verify import verify_plan
from drawdown.plan.wishes import (
    DispositionWish,
    ExitWish,
    LastOutWish,
    LeaveWish,
    LegWish,
    LiftWish,
    LotWish,
    MoveWish,
    WayHomeWish,
    Wishes,
    check_wishes,
    in_words,
    shut_between,
    unkept,
    wished_mission,
)
from drawdown.plan.wishes.earliest import earliest_last_out
from kit.lawful import alter, changed, day, lawful_plan, move
from kit.missions import add, change, drop, small_mission
from kit.wild import wild_plans

SMALL = small_mission()
PLAN = lawful_plan(SMALL)
CONVOY = move(PLAN, "camp-convoy-1")
DAY = timedelta(days=1)

AUGUST = {"from_date": day("08-01"), "to_date": day("08-31")}
EVERY_KIND = (
    LastOutWish(site="camp", not_after=day("08-01")),
    WayHomeWish(unit="battalion", exits=("airport",)),
    LeaveWish(unit="engineers", not_before=day("09-01")),
    LotWish(lot="camp_stores", excluded=("scrap",)),
    MoveWish(move=CONVOY),
    LegWish(leg="camp_base", **AUGUST),
    ExitWish(exit="airport", **AUGUST),
    DispositionWish(disposition="destroy"),
    LiftWish(lift="helicopters"),
)


def told(mission, *wishes):
    return [fault.message for fault in check_wishes(mission, Wishes(wishes=wishes))]


def breaches(plan, *wishes, mission=SMALL):
    return [(row.where, row.message, row.by) for row in unkept(mission, plan, Wishes(wishes=wishes))]


# ---- What wishes are ----


def test_wishes_are_the_same_whatever_their_order_reasons_and_the_names_of_moves():
    renamed = MoveWish(move=changed(CONVOY, id="other"), reason="It is loaded already.", where="wishes.yaml:4")
    assert Wishes(wishes=(*EVERY_KIND[:4], renamed, *EVERY_KIND[5:])).hash == Wishes(wishes=EVERY_KIND[::-1]).hash
    assert Wishes(wishes=EVERY_KIND[1:]).hash != Wishes(wishes=EVERY_KIND).hash


def test_every_wish_has_its_words():
    assert [in_words(wish) for wish in EVERY_KIND] == [
        "last-out of camp not after 2025-08-01",
        "battalion leaves by airport",
        "engineers leaves not before 2025-09-01",
        "camp_stores not to scrap",
        "convoy camp - base of 2025-07-22",
        "leg camp_base forbidden from 2025-08-01 to 2025-08-31",
        "exit airport forbidden from 2025-08-01 to 2025-08-31",
        "nothing to destroy",
        "lift helicopters excluded",
    ]


# ---- What the mission itself does not let come true: every message names its fact ----

AGAINST_THE_MISSION = {
    "unknown": (LiftWish(lift="helicopter"), "the mission has no lift `helicopter`"),
    "outside": (LastOutWish(site="camp", not_after=day("2024-08-01")), "2024-08-01 is no day of a plan"),
    "too soon": (
        LastOutWish(site="camp", not_after=day("07-05")),
        "Camp cannot be left before 2025-07-08: the steps before last-out take 7 days (closure_steps)",
    ),
    "no liquidation": (
        LastOutWish(site="camp", not_before=day("2026-02-01")),
        "Camp is not named for liquidation, it is left by the deadline, 2025-12-31",
    ),
    "no day": (
        LastOutWish(site="camp", not_before=day("09-02"), not_after=day("09-01")),
        "not before 2025-09-02 and not after 2025-09-01 leaves no day",
    ),
    "cargo only": (WayHomeWish(unit="company", exits=("port",)), "Port does not take people (exits.takes)"),
    "separates": (
        WayHomeWish(unit="national", exits=("airport",)),
        "National Staff separates where it serves (units.separates)",
    ),
    "too late": (
        LeaveWish(unit="company", not_before=day("2026-01-15")),
        "Company has to be out by 2025-12-31 (deadline)",
    ),
    "before earliest": (
        LeaveWish(unit="national", not_after=day("08-01")),
        "nobody of National Staff may leave before 2025-09-01 (units.earliest)",
    ),
    "owner": (
        LotWish(lot="camp_stores", disposition="sell"),
        "Stores is not to sell: its owner allows `repatriate`, `scrap`, `destroy` (equipment.dispositions)",
    ),
    "nothing left": (
        LotWish(lot="camp_water", excluded=("hand_over", "scrap")),
        "leaves nothing that may become of Water plant; lawful is to `hand_over`, `scrap` (equipment.dispositions)",
    ),
    "people only": (LotWish(lot="plant", exits=("airport",)), "Airport does not take equipment (exits.takes)"),
    "backwards": (
        LegWish(leg="camp_base", from_date=day("08-02"), to_date=day("08-01")),
        "ends before it starts (2025-08-02)",
    ),
    "convoy too large": (
        MoveWish(move=changed(CONVOY, driven={"camp_trucks": 20}, lift={"trucks": 16, "hauliers": 45})),
        "the convoy camp - base of 2025-07-22 cannot be made: 81 vehicles, at most 60 may go (rule convoy_size)",
    ),
    "bare convoy": (
        MoveWish(move=changed(CONVOY, escorts={})),
        "the convoy camp - base of 2025-07-22 cannot be made: 1 escort platoon missing (rule escort)",
    ),
    "more than there is": (
        MoveWish(move=changed(CONVOY, lots={"camp_stores": 31})),
        "the convoy camp - base of 2025-07-22 cannot be made: takes 31 of camp_stores, the mission has 30",
    ),
}


@pytest.mark.parametrize(("wish", "message"), AGAINST_THE_MISSION.values(), ids=AGAINST_THE_MISSION)
def test_a_wish_against_the_mission_names_the_missions_own_fact(wish, message):
    assert message in told(SMALL, wish)


def test_an_exit_that_a_contributor_does_not_accept_or_that_is_kept_for_another():
    two = add(SMALL, "exits", "airport", id="strip", name="Strip", contributors=("SEN",))
    assert told(two, WayHomeWish(unit="company", exits=("strip",))) == ["Strip is kept for `SEN` (exits.contributors)"]
    assert told(two, WayHomeWish(unit="hospital", exits=("strip",))) == [
        "the contributor of Hospital accepts only `airport` (units.exits)"
    ]


def test_a_convoy_on_a_leg_that_is_closed():
    closed = change(SMALL, "legs", "camp_base", open_to=day("07-10"))
    assert any("leg camp_base is not open on 2025-07-22" in text for text in told(closed, MoveWish(move=CONVOY)))


def test_a_disposition_that_is_all_that_some_lots_have():
    bare = change(SMALL, "equipment", "camp_water", dispositions=("hand_over",))
    assert told(bare, DispositionWish(disposition="hand_over")) == [
        "leaves nothing that may become of 1 lot: `camp_water`"
    ]
    assert told(SMALL, DispositionWish(disposition="destroy")) == []


def test_a_wish_that_cuts_a_site_off_is_found_by_its_consequence():
    lines = told(drop(SMALL, "legs", "camp_airport_air"), LegWish(leg="base_airport"))
    assert lines
    assert all("then the mission cannot be planned" in text for text in lines)
    assert any("cut off: people cannot get from `base`" in text for text in lines)


def test_two_wishes_that_cut_a_site_off_together_are_both_named():
    wishes = LegWish(leg="base_airport", where="w.yaml:2"), LegWish(leg="camp_airport_air", where="w.yaml:3")
    assert told(SMALL, wishes[1]) == []
    faults = check_wishes(SMALL, Wishes(wishes=wishes))
    assert {fault.spot.row for fault in faults} <= {0, 1}
    assert faults


# ---- What two wishes do to each other: both are named ----

AGAINST_EACH_OTHER = {
    "last-outs": (LastOutWish(site="camp", not_after=day("08-01")), LastOutWish(site="camp", not_before=day("08-05"))),
    "leaves": (LeaveWish(unit="company", not_before=day("09-01")), LeaveWish(unit="company", not_after=day("08-01"))),
    "dispositions": (LotWish(lot="plant", disposition="scrap"), LotWish(lot="plant", disposition="repatriate")),
    "way and not": (LotWish(lot="plant", exits=("port",)), LotWish(lot="plant", excluded=("repatriate",))),
    "way and none": (LotWish(lot="plant", disposition="scrap"), DispositionWish(disposition="scrap")),
    "move on leg": (MoveWish(move=CONVOY), LegWish(leg="camp_base", to_date=day("07-31"))),
    "move to exit": (MoveWish(move=move(PLAN, "camp-1")), ExitWish(exit="airport", **AUGUST)),
    "move with lift": (MoveWish(move=CONVOY), LiftWish(lift="trucks")),
    "move of a lot": (MoveWish(move=move(PLAN, "port-3")), LotWish(lot="camp_stores", disposition="scrap")),
    "move of people": (MoveWish(move=move(PLAN, "camp-1")), LeaveWish(unit="engineers", not_before=day("09-01"))),
    "move after last-out": (MoveWish(move=move(PLAN, "camp-1")), LastOutWish(site="camp", not_after=day("08-01"))),
    "the same trucks": (MoveWish(move=CONVOY), MoveWish(move=changed(CONVOY, id="b", depart=CONVOY.depart + DAY,
        arrive=CONVOY.arrive + DAY, clearance_asked=CONVOY.clearance_asked + DAY))),
    "headway": (MoveWish(move=changed(CONVOY, lift={"trucks": 8}, driven={}, lots={"plant": 5}, people={})), MoveWish(
        move=changed(CONVOY, id="b", lift={"trucks": 8}, driven={}, lots={"camp_stores": 9}, people={}))),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), AGAINST_EACH_OTHER.values(), ids=AGAINST_EACH_OTHER)
def test_wishes_that_contradict_each_other_are_both_named(one, other):
    assert told(SMALL, one) == told(SMALL, other) == []
    for first, second in ((one, other), (other, one)):
        placed = first.model_copy(update={"where": "w.yaml:2"}), second.model_copy(update={"where": "w.yaml:3"})
        faults = check_wishes(SMALL, Wishes(wishes=placed))
        assert faults
        assert all(fault.spot.row == 1 for fault in faults)
        assert f"contradicts w.yaml:2 ({in_words(first)})" in faults[0].message


def test_the_only_exit_of_a_unit_is_shut():
    two = add(SMALL, "exits", "airport", id="strip", name="Strip")
    two = add(two, "legs", "base_airport", id="base_strip", to_place="strip")
    wishes = WayHomeWish(unit="company", exits=("strip",)), ExitWish(exit="strip", where="w.yaml:9")
    assert told(two, *wishes) == [
        "contradicts wishes[0] (company leaves by strip): its exit is then closed on every day"
    ]
    assert told(two, wishes[1]) == []


def test_sound_wishes_have_no_faults():
    assert told(SMALL, *EVERY_KIND[1:4], EVERY_KIND[7], LastOutWish(site="camp", not_after=day("08-10"))) == []


def test_everything_is_told_at_once():
    faults = check_wishes(SMALL, Wishes(wishes=tuple(wish for wish, _ in AGAINST_THE_MISSION.values())))
    assert {fault.spot.row for fault in faults} == set(range(len(AGAINST_THE_MISSION)))


def test_no_lawful_plan_leaves_a_site_before_its_earliest_last_out():
    assert verify_plan(SMALL, PLAN) == ()
    assert all(earliest_last_out(SMALL, site)[0] <= PLAN.closure[site.id].last_out for site in SMALL.sites)


# ---- The mission that they make ----


def test_rows_say_what_they_can():
    made = wished_mission(SMALL, Wishes(wishes=EVERY_KIND))
    assert made.unit["battalion"].exits == ("airport",)
    assert made.unit["engineers"].earliest == day("09-01")
    assert made.lot["camp_stores"].dispositions == ("repatriate",)
    assert (made.lift_by_id["helicopters"].seats, made.lift_by_id["helicopters"].casevac) == (0, True)
    assert made.sites == SMALL.sites
    assert wished_mission(SMALL, Wishes()) is SMALL


def test_a_leg_is_blocked_between_two_days_and_asked_for_as_before_on_others():
    made = wished_mission(SMALL, [LegWish(leg="camp_base", **AUGUST)])
    days = [day("07-31"), day("08-01"), day("08-31"), day("09-01")]

    def leaving(when):
        return alter(PLAN, "moves", CONVOY, depart=when, arrive=when + 3 * DAY, clearance_asked=when - 5 * DAY)

    def blocked(plan):
        return any(b.rule == "clearance" and b.action == CONVOY.id for b in verify_plan(made, plan))

    assert [blocked(leaving(when)) for when in days] == [False, True, True, False]
    late = alter(PLAN, "moves", CONVOY, clearance_asked=CONVOY.depart - 4 * DAY)
    assert blocked(late)
    assert not [fault for fault in check_mission(made) if fault.severity == "fault"]


def test_what_is_forbidden_to_one_side_has_other_open_dates():
    made = wished_mission(
        SMALL, [LegWish(leg="base_port", to_date=day("08-31")), ExitWish(exit="airport", from_date=day("2026-02-01"))]
    )
    assert made.leg["base_port"].open_from == day("09-01")
    assert made.exit["airport"].open_to == day("2026-01-31")
    assert shut_between(SMALL, Wishes(wishes=(ExitWish(exit="airport", **AUGUST),))) == {"airport": ((31, 61),)}


# ---- Whether a plan keeps them ----

UNKEPT = {
    "too late": (
        LastOutWish(site="camp", not_after=day("08-01")),
        [("Camp", "last-out on 2025-08-08, 7 days too late", 7)],
    ),
    "too early": (
        LastOutWish(site="camp", not_before=day("08-10")),
        [("Camp", "last-out on 2025-08-08, 2 days too early", 2)],
    ),
    "kept": (LastOutWish(site="camp", not_before=day("08-08"), not_after=day("08-08")), []),
    "leave early": (
        LeaveWish(unit="engineers", not_before=day("08-07")),
        [("Engineers", "60 people gone before 2025-08-07", 60)],
    ),
    "leave late": (
        LeaveWish(unit="staff", not_after=day("09-30")),
        [("International Staff", "60 people too many still there after 2025-09-30", 60)],
    ),
    "way": (LotWish(lot="camp_stores", disposition="scrap"), [("Stores", "30 items leave by Port", 30)]),
    "not": (LotWish(lot="post_kitchen", excluded=("destroy",)), [("Kitchen", "1 item destroyed", 1)]),
    "none": (
        DispositionWish(disposition="hand_over"),
        [("Water plant", "2 items handed over", 2), ("Power station", "4 items handed over", 4)],
    ),
    "move": (MoveWish(move=CONVOY), []),
    "move later": (
        MoveWish(move=changed(CONVOY, id="x", depart=day("07-20"), arrive=day("07-23"))),
        [("Camp - Base", "camp-convoy-1 leaves on 2025-07-22, 2 days later", 2)],
    ),
    "move less": (
        MoveWish(move=changed(CONVOY, lots={"camp_weapons": 4, "camp_stores": 30})),
        [("Camp - Base", "camp-convoy-1 takes 28 of camp_stores instead of 30", 2)],
    ),
    "no move": (
        MoveWish(move=changed(CONVOY, depart=day("10-20"), arrive=day("10-23"))),
        [("Camp - Base", "it is not made", 1)],
    ),
    "leg": (
        LegWish(leg="post_camp", to_date=day("07-10")),
        [("post_camp", "move trucks-out enters it on 2025-07-07", 1)],
    ),
    "exit": (ExitWish(exit="port", from_date=day("2026-01-01")), [("Port", "move port-3 arrives on 2026-01-17", 1)]),
    "lift": (LiftWish(lift="hauliers"), [("Hauliers", "4 moves use it", 4)]),
}


@pytest.mark.parametrize(("wish", "rows"), UNKEPT.values(), ids=UNKEPT)
def test_a_plan_is_judged_by_what_it_does(wish, rows):
    assert breaches(PLAN, wish) == rows


def test_people_who_leave_by_another_exit():
    two = add(SMALL, "exits", "airport", id="strip", name="Strip")
    found = breaches(PLAN, WayHomeWish(unit="company", exits=("strip",)), mission=two)
    assert found == [("Company", "120 people leave by Airport", 120)]


def test_what_is_not_kept_says_where_it_was_written():
    wish = LastOutWish(site="camp", not_after=day("08-01"), where="wishes.yaml:7")
    (row,) = unkept(SMALL, PLAN, Wishes(wishes=(wish,)))
    assert (row.written, in_words(row.wish)) == ("wishes.yaml:7", "last-out of camp not after 2025-08-01")
    assert (row.start, row.end) == (date(2025, 8, 1), date(2025, 8, 8))


@given(wild_plans(SMALL))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_never_fails_whatever_the_plan(plan):
    rows = unkept(SMALL, plan, Wishes(wishes=EVERY_KIND))
    assert all(row.message and row.start <= row.end for row in rows)
