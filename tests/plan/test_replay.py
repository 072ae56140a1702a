"""The replay against a naive recount day by day, and what it says at the edges of days and of the mission."""

from collections import Counter

import numpy as np
from hypothesis import HealthCheck, given, settings

from drawdown.plan.replay import detachments, replay, travels
from kit.lawful import alter, day, lawful_plan, move
from kit.missions import small_mission
from kit.wild import wild_plans

SMALL = small_mission()


def start(mission):
    """Where everything is on the day of cessation."""
    there = Counter()
    for unit in mission.units:
        there["people", unit.id, unit.site] = unit.strength
        there["detachment", unit.id, unit.site] = detachments(unit)
    for lot in mission.equipment:
        there["lot", lot.id, lot.site] = lot.count
    for lift in mission.lift:
        if travels(lift):
            there["lift", lift.id, lift.base] = mission.in_service(lift)
    return there


def cargo(mission, move):
    """What a move takes along, and how much of it."""
    yield from (("people", unit, count) for unit, count in move.people.items())
    yield from (("detachment", unit, count) for unit, count in move.escorts.items())
    yield from (("lot", lot, count) for lot, count in (*move.lots.items(), *move.driven.items()))
    yield from (("lift", i, count) for i, count in move.lift.items() if travels(mission.lift_by_id[i]))


def evenings(mission, plan):
    """Where everything is each evening, counted as a clerk would."""
    there = start(mission)
    for today in map(mission.date, range(mission.days + 1)):
        for trip in plan.moves:
            for kind, what, count in cargo(mission, trip):
                if trip.depart == today:
                    there[kind, what, trip.origin] -= count
                if trip.arrive == today:
                    there[kind, what, trip.destination] += count
        for row in plan.disposals:
            there["lot", row.lot, row.place] -= row.count if row.day == today else 0
        for row in plan.separations:
            there["people", row.unit, row.place] -= row.count if row.day == today else 0
        yield there


@given(wild_plans(SMALL, strangers=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_replay_counts_as_a_clerk_would(plan):
    result = replay(SMALL, plan)
    for number, there in enumerate(evenings(SMALL, plan)):
        for key, count in there.items():
            assert result.evening(*key)[number] == count
    assert set(result.stocks) <= set(there)


@given(wild_plans(SMALL, strangers=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_appears_and_nothing_vanishes(plan):
    """What is at a place, on the road or gone adds up to what there was, every evening."""
    result = replay(SMALL, plan)
    for unit in SMALL.units:
        total = sum(result.evening("people", unit.id, place) for place in SMALL.place) + np.zeros(SMALL.days + 1)
        for trip in plan.moves:
            total[SMALL.day(trip.depart) : SMALL.day(trip.arrive)] += trip.people.get(unit.id, 0)
        for row in plan.separations:
            total[SMALL.day(row.day) :] += row.count if row.unit == unit.id else 0
        assert (total == unit.strength).all()


def test_a_move_takes_in_the_morning_and_gives_in_the_evening(small, lawful):
    """The convoy of 12 to 14 July: gone from the post on the 12th, at the camp from the evening of the 14th."""
    stores = {place: replay(small, lawful).evening("lot", "post_stores", place) for place in ("post", "camp")}
    assert [int(stores["post"][number]) for number in (10, 11)] == [8, 0]
    assert [int(stores["camp"][number]) for number in (12, 13)] == [0, 8]


def test_what_arrives_in_the_evening_does_not_leave_that_morning(small, lawful):
    """Twenty people of the company arrive on the 19th; an aeroplane cannot have taken them that morning."""
    early = alter(lawful, "moves", move(lawful, "company-home"), depart=day("07-19"), arrive=day("07-19"))
    stock = replay(small, early).stocks["people", "company", "camp"]
    assert int(stock.least[18]) == -20
    assert int(replay(small, lawful).stocks["people", "company", "camp"].least.min()) == 0


def test_day_0_is_as_the_tables_say_and_the_last_day_is_the_end_of_liquidation(small, lawful):
    result = replay(small, lawful_plan(small, moves=(), disposals=(), separations=()))
    assert {site: int(people[0]) for site, people in result.people_at.items()} == {
        "base": 365,
        "camp": 510,
        "post": 120,
    }
    assert {site: int(armed[-1]) for site, armed in result.armed_at.items()} == {"base": 150, "camp": 400, "post": 120}
    assert int(result.items_at["post"][0]) == 16
    last = alter(lawful, "moves", move(lawful, "last-bus"), depart=day("2026-06-30"), arrive=day("2026-06-30"))
    assert int(replay(small, last).people_remaining[-2]) == 105
    assert int(replay(small, last).people_remaining[-1]) == 0


def test_people_remain_until_they_reach_an_exit_or_separate(small, lawful):
    result = replay(small, lawful)
    national = result.unit_remaining("national")
    assert [int(national[small.day(day(on))]) for on in ("12-14", "12-15")] == [60, 0]
    assert int(result.people_remaining[0]) == sum(unit.strength for unit in small.units)


def test_equipment_on_its_way_out_is_no_longer_in_care_but_still_remains(small, lawful):
    """The weapons leave for the port on 1 September and arrive on the 6th."""
    result, days = replay(small, lawful), [small.day(day(on)) for on in ("08-31", "09-01", "09-05", "09-06")]
    assert result.in_care["camp_weapons"][days].tolist() == [4, 0, 0, 0]
    assert result.lot_remaining("camp_weapons")[days].tolist() == [4, 4, 4, 0]


def test_aircraft_are_not_followed_they_are_at_their_base_every_night(small, lawful):
    assert {what for kind, what, _ in replay(small, lawful).stocks if kind == "lift"} == {"trucks", "hauliers", "buses"}
