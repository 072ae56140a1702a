"""What rules say in cases that their limits do not show."""

from datetime import timedelta

import pytest

from drawdown.mission import tables as t
from drawdown.plan.model import Closure, Disposal
from drawdown.plan.verify import verify_plan
from kit.lawful import alter, changed, day, disposal, insert, lawful_plan, move, remove, step
from kit.missions import add, change


def broken(mission, plan, rule):
    return [(found.action, found.message) for found in verify_plan(mission, plan) if found.rule == rule]


# ---- Lift ----


def test_room_is_counted_by_vehicle_an_item_of_two_teu_does_not_fit_on_two_vehicles_of_one(small, lawful):
    vans = change(small, "lift", "trucks", teu=1.9)
    assert broken(vans, lawful, "capacity") == [
        ("camp-convoy-1", "needs 32 TEU, has 30.4"),
        ("camp-convoy-2", "an item of Engineering plant is too large or heavy for its lift"),
    ]


@pytest.mark.parametrize("room", [{"seats": 0}, {"teu": 0}, {"seats": 0, "teu": 0, "tonnes": 0}])
def test_lift_without_seats_or_without_room_carries_none_of_what_it_has_no_place_for(room, small, lawful):
    found = broken(change(small, "lift", "helicopters", **room), lawful, "capacity")
    assert ("post-flight-2", "needs 16 seats, has 0") in found or "seats" not in room
    assert ("post-flight-2", "needs 0.5 TEU, has 0") in found or "teu" not in room


def test_an_aircraft_is_back_at_its_base_the_same_night(small, lawful):
    last = move(lawful, "camp-last")
    plan = alter(lawful, "moves", last, arrive=last.depart + timedelta(days=1))
    assert broken(small, plan, "travel_time") == [("camp-last", "a flight of 2 days; aircraft are back the same night")]


def test_an_aircraft_flies_only_between_places_in_reach_of_its_base(small, lawful):
    far = change(small, "lift", "helicopters", base="base", range_km=500)
    found = broken(far, lawful, "runway")
    assert {action for action, _ in found} == {"post-flight-1", "post-flight-2", "post-flight-3", "post-last"}
    assert found[0] == ("post-flight-1", "605 km is beyond the range of Helicopters")


def test_an_aircraft_flies_until_its_base_is_left_and_not_after(small, lawful):
    leaver = changed(move(lawful, "camp-last"), id="late", depart=day("08-09"), arrive=day("08-09"))
    plan = insert(lawful, "moves", changed(leaver, lift={"helicopters": 1}))
    assert broken(small, plan, "lift_in_service") == [("late", "the base of Helicopters was left 1 day before")]


def test_nobody_walks(small, lawful):
    plan = alter(lawful, "moves", move(lawful, "bus-1"), lift={})
    assert broken(small, plan, "lift_in_service") == [("bus-1", "nothing carries the load")]


def test_at_its_base_lift_is_ready_the_next_morning(small, lawful):
    returns = move(lawful, "trucks-back").arrive
    early = alter(lawful, "moves", move(lawful, "camp-convoy-2"), depart=returns + timedelta(days=1))
    assert broken(small, early, "turnaround") == []
    assert broken(small, early, "lift_where_used") == []


def test_an_escort_is_never_on_two_roads(small, lawful):
    second = changed(move(lawful, "camp-convoy-2"), id="second", escorts={"battalion": 4}, depart=day("08-05"))
    found = broken(small, insert(lawful, "moves", second), "lift_where_used")
    assert ("battalion", "1 detachment of Battalion too many leave: they are not there") in found


def test_a_unit_that_sends_no_escorts_escorts_nobody(small, lawful):
    plan = alter(lawful, "moves", move(lawful, "camp-convoy-2"), escorts={"engineers": 1})
    assert [action for action, _ in broken(small, plan, "escort")] == ["camp-convoy-2"]
    assert [action for action, _ in broken(small, plan, "lift_where_used")] == ["engineers"]


def test_after_the_deadline_a_convoy_needs_no_escort_but_commercial_lift(small, lawful):
    escorted = change(small, "legs", "base_port", escort_platoons=1)
    late = {"port-3"} & {action for action, _ in broken(escorted, lawful, "escort")}
    own = change(escorted, "lift", "hauliers", commercial=False)
    message = "after the deadline only commercial lift moves, in the host's care"
    assert late == set()
    assert ("port-3", message) in broken(own, lawful, "escort")


# ---- The host and the mandate ----


def blocked(small, **values):
    row = {"id": "block", "state": "blocked", "lead_days": 0, "refusal": 0, **values}
    return add(small, "clearances", "north_road_ask", **row)


def test_a_block_that_is_known_binds_a_plan_and_one_that_is_not_does_not(small, lawful):
    window = {"from_date": day("07-12"), "to_date": day("07-12")}
    known, unknown = blocked(small, **window), blocked(small, **window, known_on=day("07-12"))
    message = "the host gives no clearance for north_road on 2025-07-12"
    assert broken(known, lawful, "clearance") == [("post-convoy", message)]
    assert broken(unknown, lawful, "clearance") == []
    assert ("post-convoy", message) in broken(unknown, lawful_plan(small, as_of=day("07-12")), "clearance")


def test_where_nothing_need_be_asked_nothing_is(small, lawful):
    opened = blocked(small, state="open")
    silent = lawful.model_copy(update={"moves": tuple(changed(m, clearance_asked=None) for m in lawful.moves)})
    assert {action for action, _ in broken(opened, silent, "clearance")} == {
        m.id for m in lawful.moves if m.mode == "air"
    }


def test_nothing_is_asked_before_the_plan_is_made(small, lawful):
    late = lawful.model_copy(update={"as_of": day("07-10")})
    assert ("trucks-out", "asked on 2025-07-02, before the plan was made") in broken(small, late, "clearance")


def test_an_authority_covers_every_day_of_a_step(small, lawful):
    gap = change(small, "authorities", "withdraw", to_date=day("07-13"))
    gap = add(gap, "authorities", "withdraw", id="again", from_date=day("07-16"), to_date=day("12-31"))
    found = [b for b in verify_plan(gap, lawful) if b.rule == "authority" and b.action == "post/clean"]
    assert [(b.start, b.end, b.by) for b in found] == [(day("07-14"), day("07-15"), 2)]


def test_escorts_need_an_authority_of_their_own(small, lawful):
    none = small.model_copy(
        update={
            "authorities": tuple(a for a in small.authorities if a.function not in {"secure_movements", "protect_un"})
        }
    )
    words = {message for _, message in broken(none, lawful, "authority")}
    assert words
    assert all(text.startswith("no authority to escort convoys") for text in words)


# ---- Sites ----


def test_a_site_is_left_once_and_for_all(small, lawful):
    back = changed(move(lawful, "post-last"), id="back", origin="camp", destination="post", people={"battalion": 5})
    again = changed(back, id="again", origin="post", destination="camp", depart=day("07-27"), arrive=day("07-27"))
    plan = insert(lawful, "moves", changed(back, depart=day("07-22"), arrive=day("07-22")), again)
    plan = alter(plan, "closures", plan.closure["post"], last_out=day("07-27"))
    assert broken(small, plan, "closes_once") == [("post", "nobody is there, and later people come back")]


def test_a_site_closes_exactly_once(small, lawful):
    twice = insert(lawful, "closures", lawful.closure["post"])
    never = remove(lawful, "closures", [lawful.closure["post"]])
    assert broken(small, twice, "closes_once") == [("post", "it is closed 2 times")]
    assert broken(small, never, "closes_once") == [("post", "it has no closure")]


def test_a_site_that_is_never_left_does_not_close(small, lawful):
    plan = remove(lawful, "moves", [move(lawful, "last-bus")])
    message = "last-out is planned for 2026-01-16, but people are there to the end"
    assert ("base", message) in broken(small, plan, "closes_once")


def test_a_site_that_had_nobody_may_close_on_any_day(small, lawful):
    store = add(small, "sites", "post", id="store", name="Store", guard=0)
    plan = insert(lawful, "closures", Closure(site="store", last_out=day("09-01")))
    assert broken(store, plan, "closes_once") == []


def test_the_last_guards_guard_themselves(small, lawful):
    """With nothing and nobody else there, fewer than the guard may be left."""
    plan = alter(lawful, "disposals", disposal(lawful, "post_kitchen"), day=day("07-18"))
    plan = alter(plan, "moves", move(plan, "post-flight-3"), people={"company": 20})
    assert broken(small, plan, "guard") == []


def test_a_site_that_is_just_closed_is_handed_to_nobody(small, lawful):
    closed = change(small, "sites", "camp", becomes="closed")
    message = "is handed to civilian authority; it goes to nobody: it is closed"
    assert broken(closed, lawful, "handover_to_civilians") == [("camp", message)]


def test_a_site_that_is_not_handed_over_needs_no_certificate(small, lawful):
    plan = remove(lawful, "steps", [step(lawful, "post", "certify"), step(lawful, "post", "hand")])
    plan = alter(plan, "closures", plan.closure["post"], handover=None, handed_to=None)
    assert verify_plan(small, plan) == ()


def test_but_it_is_cleaned_up(small, lawful):
    plan = remove(lawful, "steps", [step(lawful, "post", "clean")])
    assert broken(small, plan, "closure_steps") == [("post/clean", "step 'Clean up' is planned 0 times")]


# ---- Equipment and people ----


def test_what_is_repatriated_leaves_by_a_move_not_by_a_disposal(small, lawful):
    row = Disposal(lot="base_stores", disposition="repatriate", count=1, place="base", day=day("10-01"))
    found = broken(small, insert(lawful, "disposals", row), "owner_allows")
    assert found == [("base_stores/repatriate", "to repatriate Stores a move must bring it to an exit")]


def test_what_may_not_leave_the_country_goes_through_no_exit(small, lawful):
    local = change(small, "equipment", "base_cars", dispositions=("scrap",))
    assert broken(local, lawful, "owner_allows") == [("port-1", "Cars may not leave the country")]


def test_a_lot_is_handed_over_never_if_its_site_is_not(small, lawful):
    plan = alter(lawful, "closures", lawful.closure["camp"], handover=None, handed_to=None)
    message = "Water plant is handed over on 2025-08-08, the site never"
    assert ("camp_water/hand_over", message) in broken(small, plan, "handed_over_with_site")


def test_an_exit_kept_for_some_contributors_takes_no_un_equipment(small, lawful):
    kept = change(small, "exits", "port", contributors=("BGD", "KHM", "TGO"))
    assert broken(kept, lawful, "exit_for") == [("port-1", "UN may not use Port"), ("port-3", "UN may not use Port")]


def test_a_contractors_lot_counts_as_the_uns_where_contributors_are_asked(small, lawful):
    lot = t.Lot(
        id="cranes", name="Cranes", owner="contractor", site="base", kind="heavy_vehicle", count=1, teu_each=2,
        tonnes_each=9, dispositions=("repatriate",),
    )  # fmt: skip
    kept = change(small, "exits", "port", contributors=("BGD",))
    kept = kept.model_copy(update={"equipment": (*kept.equipment, lot)})
    plan = alter(lawful, "moves", move(lawful, "port-2"), lots={"cranes": 1})
    assert ("port-2", "UN may not use Port") in broken(kept, plan, "exit_for")


def test_nobody_leaves_before_the_earliest_day_of_a_unit(small, lawful):
    late = change(small, "units", "ordnance", earliest=day("08-06"))
    assert broken(late, lawful, "unit_dates") == [("ordnance", "30 people gone before 2025-08-06")]
    assert broken(change(small, "units", "ordnance", earliest=day("08-05")), lawful, "unit_dates") == []


def test_nobody_waits_on_the_road(small, lawful):
    convoy = move(lawful, "post-convoy")
    plan = alter(lawful, "moves", convoy, arrive=convoy.arrive + timedelta(days=30))
    assert [action for action, _ in broken(small, plan, "travel_time")] == ["post-convoy"]


def test_a_route_passes_no_place_twice(small, lawful):
    there_and_back = changed(
        move(lawful, "camp-convoy-2"), id="loop", destination="airport", legs=("camp_base", "camp_base", "camp_base")
    )
    texts = [text for action, text in broken(small, insert(lawful, "moves", there_and_back), "route_joins")]
    assert any("twice" in text for text in texts)


def test_escorts_do_not_fly(small, lawful):
    flight = move(lawful, "camp-last")
    plan = alter(lawful, "moves", flight, escorts={"company": 1})
    assert ("camp-last", "escorts go with convoys, they do not fly") in broken(small, plan, "escort")
