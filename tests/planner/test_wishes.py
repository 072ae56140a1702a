"""The constructive planner under wishes, and plans that are made again with as few changes as can be."""

from datetime import timedelta

import pytest

from drawdown.plan.changes import change_cost
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
    unkept,
)
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.wishing.replanning import replan
from drawdown.planner.wishing.wishing import plan_with_wishes
from kit.lawful import changed, day
from kit.missions import add, change, small_mission
from kit.random_missions import random_mission

SMALL = small_mission()
TWO_PORTS = add(SMALL, "exits", "port", id="harbour", name="Harbour")
TWO_PORTS = add(TWO_PORTS, "legs", "base_port", id="base_harbour", to_place="harbour", km=900, nominal_days=4)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def simple():
    return plan_simply(SMALL).plan


def planned(mission, *wishes):
    """A plan that breaks no rule of the mission itself and keeps every wish."""
    wanted = Wishes(wishes=wishes)
    assert check_wishes(mission, wanted) == ()
    outcome = plan_with_wishes(mission, wanted)
    assert outcome.unmet == verify_plan(mission, outcome.plan) == ()
    assert outcome.unkept == unkept(mission, outcome.plan, wanted) == ()
    assert outcome.plan.mission_hash == mission.hash
    return outcome.plan


WISHES = {
    "later": LastOutWish(site="camp", not_before=day("10-01")),
    "on a day": LastOutWish(site="post", not_before=day("09-12"), not_after=day("09-12")),
    "people later": LeaveWish(unit="engineers", not_before=day("10-10")),
    "people sooner": LeaveWish(unit="staff", not_after=day("09-15")),
    "scrap": LotWish(lot="plant", disposition="scrap"),
    "not scrap": LotWish(lot="base_stores", excluded=("scrap",)),
    "leg": LegWish(leg="camp_base", from_date=day("07-10"), to_date=day("08-20")),
    "leg to a day": LegWish(leg="post_camp", to_date=day("08-10")),
    "exit": ExitWish(exit="airport", from_date=day("07-20"), to_date=day("08-31")),
    "nothing destroyed": DispositionWish(disposition="destroy"),
    "no aeroplane": LiftWish(lift="aeroplane"),
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_a_wish_is_kept_and_no_rule_is_broken(wish):
    planned(SMALL, wish)


def test_a_lot_goes_by_its_own_exit_and_the_others_by_the_nearest():
    plan = planned(TWO_PORTS, LotWish(lot="camp_stores", exits=("port",)))
    ways = {(lot, m.destination) for m in plan.moves if m.destination in {"port", "harbour"} for lot in m.lots}
    assert ("camp_stores", "port") in ways
    assert any(way_out == "harbour" for _, way_out in ways)


def test_wishes_of_every_kind_together():
    planned(
        TWO_PORTS,
        LastOutWish(site="camp", not_before=day("09-20")),
        WayHomeWish(unit="company", exits=("airport",)),
        LotWish(lot="plant", exits=("harbour",)),
        LegWish(leg="camp_base", from_date=day("07-10"), to_date=day("07-20")),
        ExitWish(exit="port", from_date=day("09-01"), to_date=day("09-30")),
        DispositionWish(disposition="destroy"),
    )


# ---- Moves ----


def test_moves_of_a_plan_are_kept(simple):
    kept = [MoveWish(move=move) for move in simple.moves if move.people or move.lots or move.driven]
    planned(SMALL, *kept[: len(kept) // 2])


def test_the_trucks_of_a_fixed_convoy_are_brought_and_taken_home():
    convoy = changed(
        next(m for m in plan_simply(SMALL).plan.moves if (m.origin, m.destination) == ("post", "camp") and m.lots),
        depart=day("07-21"), arrive=day("07-23"), clearance_asked=day("07-14"), driven={}, lift={"trucks": 5},
        people={"company": 6}, lots={"post_stores": 8}, escorts={"battalion": 1, "ordnance": 1},
    )  # fmt: skip
    plan = planned(SMALL, MoveWish(move=convoy))
    out = [m for m in plan.moves if (m.origin, m.destination) == ("camp", "post") and m.arrive < convoy.depart]
    assert any(m.lift.get("trucks", 0) >= 5 for m in out)


def test_what_cannot_be_kept_without_breaking_a_rule_is_said():
    """Camp and base share an only engineer unit and two crews, so nobody can be out of everything in a week."""
    wish = LastOutWish(site="camp", not_after=day("07-09"))
    outcome = plan_with_wishes(SMALL, Wishes(wishes=(wish,)))
    assert outcome.unmet == ()
    (row,) = outcome.unkept
    assert row.where == "Camp"
    assert row.by > 0


def test_the_same_wishes_give_the_same_bytes():
    wishes = Wishes(wishes=tuple(WISHES[name] for name in ("later", "leg", "nothing destroyed")))
    assert plan_with_wishes(SMALL, wishes).plan.canonical == plan_with_wishes(SMALL, wishes).plan.canonical


@pytest.mark.parametrize("seed", [2, 20, 39])
def test_on_random_missions_wishes_never_cost_a_rule(seed):
    mission = random_mission(seed)
    simple = plan_simply(mission)
    site, lot = mission.sites[-1], next(x for x in mission.equipment if len(x.dispositions) > 1)
    last_out = simple.plan.closure[site.id].last_out
    wishes = Wishes(
        wishes=(
            LastOutWish(site=site.id, not_before=last_out - 10 * DAY, not_after=last_out),
            LotWish(lot=lot.id, excluded=lot.dispositions[:1]),
        )
    )
    assert len(plan_with_wishes(mission, wishes).unmet) <= len(simple.unmet)
    assert len(replan(mission, simple.plan, wishes).unmet) <= len(simple.unmet)


# ---- Again, with few changes ----


def test_nothing_new_changes_nothing(simple):
    again = replan(SMALL, simple)
    assert again.unmet == ()
    assert again.changes.none
    assert again.cost == 0


def test_plans_made_again_keep_the_wish_and_differ_less_than_plans_made_afresh(simple):
    again, afresh = 0.0, 0.0
    for wish in WISHES.values():
        wishes = Wishes(wishes=(wish,))
        made = replan(SMALL, simple, wishes)
        assert made.unmet == made.unkept == ()
        again += made.cost
        afresh += change_cost(SMALL, simple, plan_with_wishes(SMALL, wishes).plan)
    assert again < afresh


def test_after_a_disturbance_only_what_it_must_changes(simple):
    first = min(m.depart for m in simple.moves if "base_port" in m.legs)
    shut = change(SMALL, "legs", "base_port", open_from=first + 3 * DAY)
    again = replan(shut, simple)
    assert again.unmet == ()
    untouched = {m.model_copy(update={"id": ""}).model_dump_json() for m in simple.moves if "base_port" not in m.legs}
    now = {m.model_copy(update={"id": ""}).model_dump_json() for m in again.plan.moves}
    assert len(untouched & now) >= 0.9 * len(untouched)


def test_progress_says_what_was_tried():
    lines: list[str] = []
    plan_with_wishes(SMALL, Wishes(wishes=(LastOutWish(site="camp", not_after=day("07-09")),)), progress=lines.append)
    assert any("does not keep" in line for line in lines)


def test_a_block_that_becomes_known_changes_the_moves_that_it_stops(simple):
    """The host stops all flights for two weeks, and said so on the day of cessation."""
    row = next(row for row in SMALL.clearances if row.clearance_class == "flights")
    blocked = add(
        SMALL, "clearances", row.id, id="block", state="blocked", lead_days=0, from_date=day("07-15"),
        to_date=day("07-28"), known_on=SMALL.mission.cessation,
    )  # fmt: skip
    stopped = {m.id for m in simple.moves if m.mode == "air" and day("07-15") <= m.depart <= day("07-28")}
    again = replan(blocked, simple)
    assert stopped
    assert again.unmet == ()
    assert not any(m.mode == "air" and day("07-15") <= m.depart <= day("07-28") for m in again.plan.moves)
