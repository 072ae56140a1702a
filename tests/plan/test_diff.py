"""What differs between two plans, in words."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from drawdown.plan.diff import describe_changes
from drawdown.plan.matching import match_moves
from drawdown.plan.model import Disposal
from kit.lawful import alter, changed, day, disposal, insert, lawful_plan, move, remove, step
from kit.missions import change, small_mission
from kit.wild import wild_plans

SMALL = small_mission()
DAY = timedelta(days=1)


def later(plan, table, row, days):
    """The plan with a row some days later."""
    dated = {name: value + days * DAY for name, value in row if name in {"depart", "arrive", "day", "start", "end"}}
    return alter(plan, table, row, **dated)


def test_equal_plans_do_not_differ(small, lawful):
    assert describe_changes(small, lawful, lawful_plan(small)) == []


def test_names_of_plans_and_moves_do_not_count(small, lawful):
    renamed = tuple(changed(m, id=f"m{number}") for number, m in enumerate(lawful.moves))
    other = lawful_plan(small, name="By machine", seed=7, moves=renamed[::-1], disposals=lawful.disposals[::-1])
    assert describe_changes(small, lawful, other) == []


def test_a_site_that_closes_later(small, lawful):
    plan = later(lawful, "moves", move(lawful, "camp-last"), 3)
    plan = alter(plan, "closures", plan.closure["camp"], last_out=day("08-11"), handover=day("08-11"))
    plan = later(plan, "disposals", disposal(plan, "camp_water"), 3)
    plan = later(plan, "steps", step(plan, "camp", "hand"), 3)
    assert describe_changes(small, lawful, plan) == [
        "Camp closes 3 days later (8 to 11 August)",
        "Camp: 70 fewer people leave by 8 August",
        "1 flight moved",
        "1 closure step on other days",
        "1 lot disposed of on other days, at other places or for other reasons",
    ]


def test_the_most_important_comes_first_and_closures_by_how_far_they_move(small, lawful):
    plan = alter(lawful, "closures", lawful.closure["camp"], last_out=day("08-09"))
    plan = alter(plan, "closures", plan.closure["base"], last_out=day("2025-12-28"))
    plan = alter(plan, "closures", plan.closure["post"], last_out=day("09-01"))
    plan = later(plan, "separations", plan.separations[0], -40)
    lines = describe_changes(small, lawful, plan)
    assert (
        lines[0]
        == "Everyone and everything is out 40 days earlier (15 December to 5 November), 56 days before the deadline"
    )
    assert [line for line in lines if "closes" in line] == [
        "Post closes 44 days later (19 July to 1 September)",
        "Base closes 19 days earlier (16 January 2026 to 28 December 2025)",
        "Camp closes 1 day later (8 to 9 August)",
    ]
    assert lines[-1] == "National Staff separate on other days, at other places or in other numbers"


def test_a_plan_that_is_late_says_so(small, lawful):
    tight = change(small, "mission", "small", deadline=day("12-20"))
    plan = later(lawful, "separations", lawful.separations[0], 6)
    words = "Everyone and everything is out 6 days later (15 to 21 December), 1 day too late"
    assert describe_changes(tight, lawful, plan)[0] == words


def test_closures_and_handovers_that_come_and_go(small, lawful):
    none = remove(lawful, "closures", [lawful.closure["post"]])
    kept = alter(lawful, "closures", lawful.closure["post"], handover=None, handed_to=None)
    assert "Post is no longer closed" in describe_changes(small, lawful, none)
    assert "Post closes on 19 July; before it was not closed" in describe_changes(small, none, lawful)
    assert describe_changes(small, lawful, kept) == ["Post is no longer handed over"]
    assert describe_changes(small, kept, lawful) == ["Post is handed over on 19 July to landowner; before it was not"]


def test_handovers_that_move_by_themselves_or_go_to_another(small, lawful):
    plan = alter(lawful, "closures", lawful.closure["post"], handover=day("07-22"), handed_to="civilian_authority")
    assert describe_changes(small, lawful, plan) == [
        "Post is handed over 3 days later (19 to 22 July)",
        "Post is handed over to civilian authority instead of to landowner",
    ]


def test_a_handover_that_moves_with_its_last_out_or_not_at_all_is_not_told_twice(small, lawful):
    with_it = alter(lawful, "closures", lawful.closure["post"], last_out=day("07-20"), handover=day("07-20"))
    without = alter(lawful, "closures", lawful.closure["post"], last_out=day("07-20"))
    words = ["Post closes 1 day later (19 to 20 July)"]
    assert describe_changes(small, lawful, with_it) == describe_changes(small, lawful, without) == words


def test_people_who_leave_earlier(small, lawful):
    plan = later(lawful, "moves", move(lawful, "bus-2"), -9)
    assert describe_changes(small, lawful, plan) == [
        "Cost, million USD: 11.4 instead of 11.6",
        "Base: 185 more people leave by 6 October",
        "1 convoy moved",
    ]


def test_equipment_that_ends_in_another_way_the_dearest_first(small, lawful):
    plan = alter(lawful, "disposals", disposal(lawful, "base_stores"), disposition="destroy", reason="no_lift_in_time")
    kitchen = disposal(plan, "post_kitchen")
    plan = alter(plan, "disposals", kitchen, disposition="scrap", reason=None)
    assert describe_changes(small, lawful, plan) == [
        "Equipment lost, million USD: 0.75 instead of 0.01",
        "30 items of Stores are destroyed instead of scrapped",
        "1 item of Kitchen is scrapped instead of destroyed",
    ]


def test_equipment_that_is_left_behind(small, lawful):
    plan = remove(lawful, "moves", [move(lawful, "port-2")])
    assert "20 items of Unit trucks are left behind instead of repatriated" in describe_changes(small, lawful, plan)


def test_many_lots_are_counted_not_listed(small, lawful):
    plan = lawful.model_copy(update={"moves": (), "disposals": ()})
    lines = [line for line in describe_changes(small, lawful, plan) if "left behind" in line]
    assert len(lines) == 8
    assert "5 lots more, of less value, end in another way" in describe_changes(small, lawful, plan)


def test_convoys_moved_reloaded_dropped_and_new(small, lawful):
    plan = later(lawful, "moves", move(lawful, "port-2"), 20)
    plan = later(plan, "moves", move(plan, "hauliers-back"), 20)
    plan = alter(plan, "moves", move(plan, "camp-convoy-2"), people={"engineers": 25}, id="other")
    plan = alter(plan, "moves", move(plan, "post-convoy"), escorts={"battalion": 2, "ordnance": 1})
    plan = remove(plan, "moves", [move(plan, "buses-back-2")])
    plan = insert(plan, "moves", changed(move(plan, "trucks-back"), id="again", origin="camp", destination="base"))
    words = "2 convoys moved, 1 with another load, 1 with other lift, escorts or clearance, 1 dropped, 1 new"
    assert describe_changes(small, lawful, plan)[-1] == words


def test_moves_are_the_same_by_what_they_carry_whatever_they_are_called(lawful):
    """Two flights swap their names: nothing has moved."""
    first, second = move(lawful, "post-flight-1"), move(lawful, "post-flight-3")
    swapped = [changed(first, id=second.id), changed(second, id=first.id)]
    assert match_moves([first, second], swapped) == ((), (), (), (), ())


def test_of_moves_that_are_alike_the_earlier_is_the_earlier(lawful):
    flights = [move(lawful, "camp-3"), move(lawful, "camp-last")]
    next_day = [changed(flight, depart=flight.depart + DAY, arrive=flight.arrive + DAY) for flight in flights]
    pairs = match_moves(flights, next_day)
    assert [(old.id, new.depart) for old, new in pairs.moved] == [("camp-3", day("08-09"))], "8 August is in both"


def test_measures_that_change_notably(small, lawful):
    """Four lorries fewer on a bad road, and a flight that waits while it covers a village."""
    plan = alter(lawful, "moves", move(lawful, "camp-convoy-2"), lift={"trucks": 12})
    assert describe_changes(small, lawful, plan) == [
        "Casualties expected: 2.7 instead of 2.8",
        "1 convoy with other lift, escorts or clearance",
    ]
    plan = later(lawful, "moves", move(lawful, "post-flight-1"), 5)
    assert describe_changes(small, lawful, plan)[0] == "Civilian-days covered: 120,000 instead of 88,000"


def test_what_the_mission_does_not_know_is_left_out(small, lawful):
    row = Disposal(lot="elephants", disposition="sell", count=1, place="post", day=day("08-01"))
    assert describe_changes(small, lawful, insert(lawful, "disposals", row)) == []


@given(wild_plans(SMALL), wild_plans(SMALL))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_two_plans_can_be_compared_and_each_is_like_itself(old, new):
    assert describe_changes(SMALL, old, old) == []
    assert describe_changes(SMALL, old, new) == describe_changes(SMALL, old, new)
