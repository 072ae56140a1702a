"""Futures played plainly, on scripts so small that the result can be computed in the head.

Clearances give the delays: an answer comes exactly `lead` days after the request unless chance has its say.
"""

import math
from dataclasses import replace

import pytest

from drawdown.desk import open_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.replay import replay
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.compile import compile_script
from drawdown.stress.script import (
    ALL_CHANCE,
    NO_CHANCE,
    Alternative,
    Chance,
    Event,
    Kind,
    Passage,
    Reason,
    Way,
)
from kit.plain_futures import play
from kit.plain_futures.toy import PORT, Toy

BLOCKED = 3


def rows(future, event, number=None):
    """Day and last figure of each row of an event, for one act (site, pile, ...) or for all."""
    return [(day, b) for day, kind, a, b in sorted(future.events) if kind == event and number in {None, a}]


def day_of(future, event, number):
    """The only day on which an event happened to something; None if it did not."""
    days = [day for day, _ in rows(future, event, number)]
    assert len(days) <= 1
    return days[0] if days else None


def left(future, *acts):
    return [day_of(future, Event.DEPARTED, act) for act in acts]


def lost(future, reason):
    return future.lost_items[reason]


def garrison(**values):
    """A camp with 50 police, and a road of two days to the port."""
    toy = Toy(**values)
    toy.people("police", 50, "camp")
    toy.road = toy.leg(2)
    return toy


def close(toy, **values):
    """The police leave on day 10, the last to go."""
    return toy.move(10, {"police": 50}, "camp", PORT, leg=toy.road, last=True, **values)


def waiting_for(toy, days):
    """A clearance that is asked on the planned day and granted some days later."""
    return (toy.clearance(lead=days),)


def play_plan(toy):
    return play(toy.script(), seed=1, future=0, chance=NO_CHANCE)


def test_without_chance_it_goes_as_planned():
    toy = garrison()
    close(toy)
    future = play_plan(toy)
    assert sorted(future.events) == [
        (10, Event.DEPARTED, 0, 0),
        (10, Event.LAST_OUT, 0, 0),
        (11, Event.ARRIVED, 0, 0),
    ]
    assert future.last_out == [10]
    assert future.remaining == [50] * 11 + [0] * 10
    assert future.out_by == 11
    assert future.piles == [0, 50]


def test_a_move_waits_for_its_clearance_and_the_last_people_for_the_move():
    toy = garrison()
    toy.lot("tents", 4, "camp")
    toy.lift("trucks", 2, "camp")
    convoy = toy.move(8, {"tents": 4, "trucks": 2}, "camp", PORT, leg=toy.road, classes=waiting_for(toy, 5))
    last = close(toy)
    future = play_plan(toy)
    assert left(future, convoy, last) == [13, 13]


def test_who_waits_keeps_what_it_needs_from_those_who_overtake():
    toy = garrison()
    toy.lift("trucks", 10, "camp")
    toy.people("staff", 3, "camp")
    waits = toy.move(3, {"trucks": 8}, "camp", PORT, leg=toy.road, classes=waiting_for(toy, 4))
    overtakes = toy.move(4, {"trucks": 2, "staff": 3}, "camp", PORT, leg=toy.road)
    assert left(play_plan(toy), waits, overtakes) == [7, 4]


def test_trucks_that_come_back_late_make_the_next_convoy_late():
    toy = garrison(sites=("camp", "post"))
    toy.lift("trucks", 10, "camp")
    street = toy.leg(1)
    out = toy.move(3, {"trucks": 10}, "camp", "post", leg=street, classes=waiting_for(toy, 5))
    back = toy.move(5, {"trucks": 10}, "post", "camp", leg=street)
    again = toy.move(6, {"trucks": 4}, "camp", PORT, leg=street)
    # The trucks stand in the camp on day 6, but the first convoy still needs all of them.
    assert left(play_plan(toy), out, back, again) == [8, 9, 10]


def test_lift_is_ready_when_it_has_turned_round():
    toy = garrison(sites=("camp", "post"))
    toy.lift("trucks", 10, "camp")
    street = toy.leg(1)
    out = toy.move(3, {"trucks": 10}, "camp", "post", leg=street, lag=2, classes=waiting_for(toy, 2))
    back = toy.move(6, {"trucks": 10}, "post", "camp", leg=street)
    assert left(play_plan(toy), out, back) == [5, 8]


def test_what_nobody_takes_away_in_time_is_given_up_and_lost_with_the_site():
    toy = garrison()
    toy.lot("tents", 5, "camp", teu=2.0, usd=300.0)
    toy.lift("trucks", 2, "camp")
    blocked = (toy.clearance(BLOCKED),)
    convoy = toy.move(3, {"tents": 5, "trucks": 2}, "camp", PORT, leg=toy.road, classes=blocked, give_up=7)
    last = close(toy)
    future = play_plan(toy)
    assert rows(future, Event.GAVE_UP, convoy) == [(7, Reason.TRANSPORT_REFUSED)]
    assert rows(future, Event.DESTROYED) == [(10, 5)]
    assert lost(future, Reason.TRANSPORT_REFUSED) == 5
    assert future.lost_teu[Reason.TRANSPORT_REFUSED] == 10
    assert future.lost_usd[Reason.TRANSPORT_REFUSED] == 1500
    assert left(future, convoy, last) == [None, 10]


def test_what_may_not_be_destroyed_is_left_behind():
    toy = garrison()
    toy.lot("weapons", 5, "camp", destroy=False)
    toy.lift("trucks", 2, "camp")
    shut = toy.leg(1, open=(False,) * 21)
    toy.move(3, {"weapons": 5, "trucks": 2}, "camp", PORT, leg=shut, give_up=7)
    close(toy)
    assert lost(play_plan(toy), Reason.LEFT_BEHIND) == 5


def test_a_flight_that_gave_up_its_only_load_is_cancelled():
    toy = garrison()
    toy.lot("tents", 5, "camp")
    toy.lift("plane", 1, "camp", air=True)
    air = toy.leg(1, air=True, open=(False,) * 21)
    flight = toy.move(3, {"tents": 5}, "camp", PORT, leg=air, flies=("plane", 1), give_up=4)
    close(toy)
    future = play_plan(toy)
    assert day_of(future, Event.CANCELLED, flight) == 4
    assert lost(future, Reason.UNSAFE_TO_MOVE) == 5


def by_air(toy, leg, sorties):
    return alternative(toy, leg, lift="plane", sorties=sorties)


def alternative(toy, leg, *, lift, **values):
    row = toy.rows["legs"][leg]
    way = Way(row.air, (Passage(leg, 0, 0),), (), math.ceil(row.nominal[0]), row.nominal[0])
    facts = {"exit": 0, "origin_field": -1, "destination_field": -1, "sorties": 0}
    facts |= {"pile": -1, "vehicles": 0, "escort_pile": -1, "escorts": 0}
    return Alternative(way, lift=toy.things[lift][1], **{**facts, **values})


def test_people_fly_when_the_road_is_blocked():
    toy = garrison()
    toy.lift("plane", 1, "camp", air=True, sorties=2)
    air = toy.leg(1, air=True)
    last = close(toy, classes=(toy.clearance(BLOCKED),), alternative=by_air(toy, air, sorties=2))
    future = play_plan(toy)
    assert rows(future, Event.FLEW_INSTEAD, last) == [(10, 50)]
    assert left(future, last) == [None]
    assert future.last_out == [10]
    assert future.remaining[9:11] == [50, 0]


def test_people_do_not_fly_because_an_answer_is_late_but_because_it_is_no():
    toy = garrison()
    toy.lift("plane", 1, "camp", air=True, sorties=2)
    air = toy.leg(1, air=True)
    refused = toy.clearance(lead=3, refusal=((1.0,),) * 21)
    last = close(toy, classes=(refused,), alternative=by_air(toy, air, sorties=2))
    script = toy.script()
    assert left(play(script, 1, 0, NO_CHANCE), last) == [13]
    assert rows(play(script, 1, 0, Chance.REFUSALS), Event.FLEW_INSTEAD) == [(13, 50)]


def test_borrowed_trucks_are_away_for_twice_the_journey():
    toy = Toy(sites=("camp", "post"))
    toy.people("police", 50, "camp")
    toy.lift("plane", 1, "camp", air=True)
    toy.lift("buses", 2, "camp")
    air, road = toy.leg(1, air=True, open=(False,) * 21), toy.leg(2)
    flight = toy.move(3, {"police": 50}, "camp", PORT, leg=air, flies=("plane", 1))
    buses = toy.move(4, {"buses": 2}, "camp", "post", leg=road)
    toy.change(flight, alternative=alternative(toy, road, lift="buses", pile=toy.pile("buses", "camp"), vehicles=2))
    future = play_plan(toy)
    # Out on days 3 and 4, back on 5 and 6, there for others on 7.
    assert rows(future, Event.FLEW_INSTEAD, flight) == [(3, 50)]
    assert left(future, flight, buses) == [None, 7]
    assert future.remaining[3:5] == [50, 0]


def test_soldiers_above_the_guard_leave_when_others_have_come():
    toy = Toy(sites=("camp", "post"))
    toy.people("infantry", 100, "camp", "armed")
    toy.people("relief", 30, "post", "armed")
    toy.guard("spare", 20, "camp")  # the guard is 80
    road = toy.leg(1)
    into = toy.move(3, {"relief": 30}, "post", "camp", leg=road, classes=waiting_for(toy, 4))
    toy.rows["takes"].append(
        replace(toy.rows["takes"][0], kind=Kind.GUARD, source=-1, target=toy.pile("spare", "camp"))
    )
    toy.change(into, takes=(0, 1))
    some = toy.move(4, {"infantry": 15, "spare": 15}, "camp", PORT, leg=road)
    more = toy.move(5, {"infantry": 30, "spare": 30}, "camp", PORT, leg=road)
    assert left(play_plan(toy), into, some, more) == [7, 4, 8]


def test_medical_people_stay_while_others_do_and_no_helicopter_is_near():
    toy = garrison()
    toy.people("medics", 8, "camp", "medical")
    toy.people("staff", 20, "camp")
    staff = toy.move(4, {"staff": 20}, "camp", PORT, leg=toy.road, classes=waiting_for(toy, 2))
    medics = toy.move(5, {"medics": 8}, "camp", PORT, leg=toy.road)
    assert left(play_plan(toy), staff, medics) == [6, 6]
    toy.site_values["camp"]["always"] = True
    assert left(play_plan(toy), staff, medics) == [6, 5]


def test_the_last_acts_of_a_site_leave_together():
    toy = garrison()
    toy.people("medics", 8, "camp", "medical")
    last = close(toy)
    late = toy.move(10, {"medics": 8}, "camp", PORT, leg=toy.road, last=True, classes=waiting_for(toy, 4))
    future = play_plan(toy)
    assert left(future, last, late) == [14, 14]
    assert future.last_out == [14]


def test_convoys_keep_their_distance():
    toy = garrison()
    toy.lift("trucks", 4, "camp")
    road = toy.leg(1, headway=3)
    first = toy.move(3, {"trucks": 2}, "camp", PORT, leg=road, classes=waiting_for(toy, 3))
    second = toy.move(6, {"trucks": 2}, "camp", PORT, leg=road)
    close(toy)
    assert left(play_plan(toy), first, second) == [6, 9]


def test_the_port_has_places_for_so_many_a_day():
    toy = Toy()
    toy.port = (PORT, 60, 1000.0, 0, 100)
    toy.people("police", 100, "camp")
    road = toy.leg(2)
    first = toy.move(3, {"police": 50}, "camp", PORT, leg=road, classes=waiting_for(toy, 1))
    second = toy.move(4, {"police": 50}, "camp", PORT, leg=road)
    future = play_plan(toy)
    assert left(future, first, second) == [4, 4]
    assert [day_of(future, Event.ARRIVED, act) for act in (first, second)] == [5, 6]


def test_flights_find_the_sorties_and_slots_of_the_day():
    toy = Toy(fields=(2,))
    toy.people("police", 90, "camp")
    toy.lift("plane", 1, "camp", air=True, sorties=3)
    air = toy.leg(1, air=True)
    flights = [toy.move(3, {"police": 30}, "camp", PORT, leg=air, flies=("plane", 1), origin_field=0) for _ in range(3)]
    assert left(play_plan(toy), *flights) == [3, 3, 4]
    toy.rows["lift"][0] = replace(toy.rows["lift"][0], sorties=1)
    assert left(play_plan(toy), *flights) == [3, 4, 5]


def test_more_is_loaded_where_more_is_found():
    toy = garrison(turn_in_spread=0.5)
    toy.lot("tents", 10, "camp", forecast=True)
    toy.lift("trucks", 2, "camp")
    toy.move(3, {"tents": 10, "trucks": 2}, "camp", PORT, leg=toy.road, room_teu=3.0, room_tonnes=99.0)
    close(toy)
    script = toy.script()
    for number in range(10):
        future = play(script, 1, number, Chance.TURN_IN)
        landed, left_there = future.piles[toy.pile("tents", PORT)], sum(future.lost_items)
        assert landed <= 13
        assert left_there == 0 or landed == 13


def test_steps_wait_for_crews_and_the_handover_for_the_steps():
    toy = garrison(crews=(1,))
    toy.lot("huts", 7, "camp")
    work = [toy.run(day, 2, crew=0, crews=1, before_last_out=True) for day in (7, 8)]
    over = toy.run(10, after=tuple(work), after_last_out=True, handover=True, skippable=True)
    toy.site_values["camp"] = {"handed": (toy.pile("huts", "camp"),), "handover": 10, "no_handover": 1.0}
    last = close(toy)
    script = toy.script()
    future = play(script, 1, 0, NO_CHANCE)
    assert [day_of(future, Event.STARTED, step) for step in (*work, over)] == [7, 9, 11]
    assert left(future, last) == [10]
    assert future.handover == [11]
    assert sum(future.lost_items) == 0
    alone = play(script, 1, 0, Chance.HANDOVERS)
    assert rows(alone, Event.HANDED_OVER) == [(10, 0)]
    assert lost(alone, Reason.HANDOVER_FAILED) == 7
    assert alone.handover == [21]


def test_supplies_are_flown_in_when_the_sky_is_open():
    toy = Toy(supply_days=2.0)
    toy.lift("trucks", 2, "camp")
    sky = toy.clearance(state=2)
    toy.rows["classes"][sky] = replace(toy.rows["classes"][sky], state=(BLOCKED,) * 10 + (2,) * 11)
    slow = toy.move(3, {"trucks": 2}, "camp", PORT, leg=toy.leg(5, resupply=sky))
    toy.change(slow, way=replace(toy.rows["acts"][slow].way, exact=1.0))
    future = play_plan(toy)
    # Five days instead of one, with supplies for three: one flight, blocked on days 8 and 9.
    assert rows(future, Event.RESUPPLIED, slow) == [(3, 1)]
    assert day_of(future, Event.ARRIVED, slow) == 9


@pytest.mark.parametrize("future", range(5))
def test_nobody_leaves_during_a_block(future):
    toy = garrison(days=60)
    often = toy.clearance(blocks=20.0, blocks_over=60.0, block_days=4.0)
    acts = [toy.move(day, {}, "camp", PORT, leg=toy.road, classes=(often,)) for day in range(11, 40)]
    played = play(toy.script(), 1, future, Chance.BLOCKS)
    shut = {day for first, last in rows(played, Event.BLOCKED) for day in range(first, last + 1)}
    expected = [min(set(range(day, 90)) - shut) for day in range(11, 40)]
    assert shut
    assert left(played, *acts) == expected


@pytest.mark.parametrize("future", range(5))
def test_nobody_leaves_a_site_under_fire(future):
    toy = garrison(days=60)
    fire = toy.process(per=2, events=6.0, exposure=60.0, delay=3.0, casualties=(2.0,))
    toy.site_values["camp"]["processes"] = (fire,)
    last = close(toy)
    played = play(toy.script(), 1, future, Chance.ATTACKS)
    shut = {day + n for day, _ in rows(played, Event.ATTACKED) for n in range(3)}
    assert left(played, last) == [min(set(range(10, 60)) - shut)]
    assert all(day <= played.last_out[0] for day, _ in rows(played, Event.ATTACKED))
    assert played.casualties == sum(n for _, n in rows(played, Event.HURT))


@pytest.mark.parametrize("future", range(5))
def test_what_is_lost_on_the_road_does_not_arrive(future):
    toy = Toy()
    toy.lot("tents", 40, "camp")
    toy.lot("cars", 5, "camp")
    toy.lift("trucks", 10, "camp")
    mines = toy.process(per=1, events=30.0, exposure=40_000.0, vehicles=1.0)
    road = toy.leg(2, hazard=mines)
    convoy = toy.move(3, {"tents": 40, "cars": 5, "trucks": 10}, "camp", PORT, leg=road, driven=("cars",))
    played = play(toy.script(), 1, future, Chance.ATTACKS)
    landed = {thing: played.piles[toy.pile(thing, PORT)] for thing in ("tents", "cars", "trucks")}
    assert (10 - landed["trucks"]) + (5 - landed["cars"]) == played.vehicles_lost
    assert 40 - landed["tents"] == 40 * (10 - landed["trucks"]) // 10
    assert lost(played, Reason.ATTACK) == (40 - landed["tents"]) + (5 - landed["cars"])
    assert sum(n for _, n in rows(played, Event.ATTACKED, convoy)) == played.attacks


# A whole mission


@pytest.fixture(scope="module")
def tiny():
    mission = open_mission("tiny")
    plan = plan_simply(mission).plan
    return mission, plan, compile_script(mission, plan)


def test_a_mission_without_chance_goes_as_planned(tiny):
    mission, plan, script = tiny
    future, measures = play(script, 1, 0, NO_CHANCE), measure_plan(mission, plan)
    assert future.remaining == replay(mission, plan).people_remaining.tolist()
    assert future.out_by == mission.day(measures.time.out_by)
    assert dict(zip((site.name for site in script.sites), future.last_out, strict=True)) == {
        site: mission.day(day) for site, day in measures.time.last_out.items()
    }
    assert future.cost_usd == pytest.approx(measures.cost.usd)
    assert future.uncovered == measures.protection.possible - measures.protection.covered
    assert sum(future.lost_items) == 0
    assert sorted(day for day, event, *_ in future.events if event == Event.DEPARTED) == sorted(
        mission.day(move.depart) for move in plan.moves
    )


@pytest.mark.parametrize("future", range(10))
def test_nothing_vanishes_whatever_happens(tiny, future):
    _, _, script = tiny
    played = play(script, 1, future, ALL_CHANCE)
    assert min(played.piles) >= 0
    assert played.remaining == sorted(played.remaining, reverse=True)
    assert min(played.remaining) >= 0
    assert played == play(script, 1, future, ALL_CHANCE)
