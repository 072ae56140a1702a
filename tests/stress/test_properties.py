"""What holds in every future: nothing vanishes, nothing happens too early, nobody passes a closed gate.

The missions are random, their plans the simple ones, the chances any of the twelve.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawdown.desk import open_mission
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.compile import compile_script
from drawdown.stress.play import driver_names, play, play_one, prepare
from drawdown.stress.script import ALL_CHANCE, ActKind, Chance, Event, Kind, Reason
from kit.random_missions import random_mission
from kit.told_future import ROAD_LOSSES, ToldFuture

SEED = 11
BLOCKED, ASK = 3, 1


@cache
def script_of(name):
    mission = random_mission(name) if isinstance(name, int) else open_mission(name)
    return compile_script(mission, plan_simply(mission).plan)


#: How many futures each property is asked of; one in five is one of MINUSMA, one in ten of the training mission.
FUTURES = 40


def chance_of(rng: Random) -> Chance:
    """All chances, one of them, or any mixture."""
    return rng.choice((ALL_CHANCE, ALL_CHANCE, rng.choice(list(Chance)), Chance(rng.randrange(int(ALL_CHANCE)))))


def some_futures() -> Iterator[ToldFuture]:
    """Random futures under random chances, the same in every run."""
    rng = Random(1)  # noqa: S311 - nothing secret
    for n in range(FUTURES):
        name = "minusma" if n % 5 == 0 else "tiny" if n % 10 == 1 else rng.randrange(100)
        yield ToldFuture(script_of(name), SEED, rng.randrange(1000), chance_of(rng))


@pytest.fixture(scope="module")
def futures():
    return list(some_futures())


def test_people_are_somewhere_or_have_left_the_mission(futures):
    for told in futures:
        assert told.somewhere(Kind.PEOPLE) + told.ended(Event.SEPARATED, Kind.PEOPLE) == told.initial(Kind.PEOPLE)
        remaining = told.block.remaining[0]
        assert (np.diff(remaining) <= 0).all()
        assert remaining[0] == sum(told.initial(Kind.PEOPLE).values())
        at_exits = sum(
            n
            for n, pile in zip(told.chronicle.piles, told.script.piles, strict=False)
            if pile.kind == Kind.PEOPLE and pile.site < 0
        )
        separated = sum(told.ended(Event.SEPARATED, Kind.PEOPLE).values())
        assert remaining[-1] == remaining[0] - at_exits - separated


def test_equipment_is_somewhere_disposed_of_handed_over_or_lost(futures):
    for told in futures:
        there, gone = told.somewhere(Kind.LOT), told.ended(Event.DISPOSED, Kind.LOT)
        destroyed, handed = told.destroyed(), told.handed_lots()
        missing = {n: told.real(lot) - there[n] - gone[n] - destroyed[n] for n, lot in enumerate(told.script.lots)}
        on_the_road = int(told.block.lost_items[0][Reason.ATTACK])
        assert min(missing.values(), default=0) >= 0
        kept = sum(items for n, items in missing.items() if n not in handed)
        assert kept <= on_the_road
        assert handed or kept == on_the_road
        assert sum(missing.values()) >= on_the_road


def test_what_is_lost_is_lost_with_a_site_on_the_day_it_is_left_or_on_the_road(futures):
    for told in futures:
        script, left = told.script, told.days(Event.LAST_OUT)
        for day, pile, items in told.rows[Event.DESTROYED]:
            assert day == left[script.piles[pile].site]
            assert items > 0
        lost, teu, usd = (rows[0] for rows in (told.block.lost_items, told.block.lost_teu, told.block.lost_usd))
        items = told.destroyed()
        assert sum(lost[1:]) == sum(items.values())
        assert sum(teu[1:]) == pytest.approx(sum(script.lots[n].teu * count for n, count in items.items()))
        assert sum(usd[1:]) == pytest.approx(sum(script.lots[n].usd * count for n, count in items.items()))
        given_up = {reason for _, _, reason in told.rows[Event.GAVE_UP]}
        assert not lost[Reason.ATTACK] or told.rows[Event.VEHICLES_LOST]
        assert not lost[Reason.TRANSPORT_REFUSED] or Reason.TRANSPORT_REFUSED in given_up
        assert not lost[Reason.UNSAFE_TO_MOVE] or Reason.UNSAFE_TO_MOVE in given_up
        assert not lost[Reason.HANDOVER_FAILED] or any(not taken for _, _, taken in told.rows[Event.HANDED_OVER])
        behind = sum(count for n, count in items.items() if not script.lots[n].destroy)
        assert lost[Reason.LEFT_BEHIND] <= behind


def test_lift_and_escorts_are_somewhere_lent_or_lost(futures):
    for told in futures:
        vehicles, escorts = told.still_lent()
        lift = told.initial(Kind.LIFT) - told.somewhere(Kind.LIFT)
        assert not told.somewhere(Kind.LIFT) - told.initial(Kind.LIFT)
        assert sum(lift.values()) <= vehicles + told.block.vehicles_lost[0]
        if not told.chance & ROAD_LOSSES:
            assert sum(lift.values()) <= vehicles
        units = told.initial(Kind.DETACHMENT) - told.somewhere(Kind.DETACHMENT)
        assert not told.somewhere(Kind.DETACHMENT) - told.initial(Kind.DETACHMENT)
        assert sum(units.values()) <= escorts


def test_nothing_happens_before_its_planned_day_or_twice(futures):
    for told in futures:
        script = told.script
        for event in (Event.DEPARTED, Event.FLEW_INSTEAD, Event.DISPOSED, Event.SEPARATED):
            assert all(day >= script.acts[act].day for act, day in told.days(event).items())
        assert all(day >= script.runs[run].day for run, day in told.days(Event.STARTED).items())
        departed, arrived = told.days(Event.DEPARTED), told.days(Event.ARRIVED)
        assert arrived.keys() <= departed.keys()
        assert all(day >= departed[act] + script.acts[act].slack for act, day in arrived.items())
        assert not departed.keys() & told.days(Event.CANCELLED).keys()
        left, never = told.days(Event.LAST_OUT), script.days + 1
        assert told.block.last_out[0].tolist() == [left.get(n, never) for n in range(len(script.sites))]
        taken = {site: day for day, site, taken in told.rows[Event.HANDED_OVER] if taken}
        assert told.block.handover[0].tolist() == [taken.get(n, never) for n in range(len(script.sites))]


def test_nothing_happens_at_a_site_after_it_was_left(futures):
    for told in futures:
        left = told.days(Event.LAST_OUT)
        never = told.script.days + 1
        for day, number, act in told.departures():
            if told.brings_something(number):
                assert day <= left.get(act.origin, never)
        for number, day in told.days(Event.ARRIVED).items():
            act = told.script.acts[number]
            if act.destination >= 0 and told.brings_something(number):
                assert day <= left.get(act.destination, never)
        for event in (Event.FLEW_INSTEAD, Event.DISPOSED, Event.SEPARATED):
            for number, day in told.days(event).items():
                assert day <= left.get(told.script.acts[number].origin, never)
        for event in (Event.ATTACKED, Event.HURT):
            assert all(day <= left.get(-1 - a, never) for day, a, _ in told.rows[event] if a < 0)


def test_nobody_moves_without_clearance_or_on_a_road_that_is_shut(futures):
    for told in futures:
        script, blocked, shut = told.script, told.shut(Event.BLOCKED), told.shut(Event.SHUT)
        for day, _, act in told.departures():
            assert act.kind == ActKind.MOVE
            for number in act.way.classes:
                clearance = script.classes[number]
                state = clearance.state[day]
                assert state != BLOCKED
                if state == ASK:
                    assert (number, day) not in blocked
                    assert day >= act.asked + clearance.lead[act.day]
            for passage in act.way.passages:
                leg = script.legs[passage.leg]
                assert leg.open[min(day + passage.offset, script.days)]
                assert leg.hazard < 0 or (leg.hazard, day) not in shut


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 10), st.integers(0, int(ALL_CHANCE)))
def test_a_future_is_the_same_in_whatever_batch(name, first, count, chance):
    script = script_of(name)
    tables = prepare(script)
    whole, part = play(tables, SEED, 0, 40, int(chance)), play(tables, SEED, first, count, int(chance))
    alone = play_one(script, SEED, first, int(chance)).block
    for column in ("out_by", "last_out", "handover", "casualties", "lost_items", "lost_usd", "cost_usd", "remaining",
                   "delay_days", "drivers"):  # fmt: skip
        rows = getattr(whole, column)
        assert np.array_equal(rows[first : first + count], getattr(part, column))
        assert np.array_equal(rows[first], getattr(alone, column)[0])


#: What of `driver_names` a source of chance draws, by the first words.
DRAWN_BY = {
    Chance.REFUSALS: ("refusal", "refusals"),
    Chance.LATENESS: (),
    Chance.BLOCKS: ("block",),
    Chance.CLOSINGS: ("shut",),
    Chance.LIFT: ("lift",),
    Chance.TURN_IN: ("equipment",),
    Chance.DISPUTES: ("refusal", "rate", "shut", "equipment"),
    Chance.ATTACKS: ("rate",),
    Chance.WEATHER: ("rate",),
    Chance.BREAKDOWNS: ("rate",),
    Chance.PACE: ("pace",),
    Chance.HANDOVERS: (),
}
#: What depends on which acts ask at all, and so on everything.
ASKED_FOR = ("refusals", "lift")


@pytest.mark.parametrize("off", list(Chance), ids=lambda chance: chance.name)
def test_a_chance_that_is_switched_off_leaves_the_draws_of_the_others_as_they_were(off):
    for name in ("tiny", 1, 5, 6):
        script = script_of(name)
        every, fewer = (play(prepare(script), SEED, 0, 30, int(chance)) for chance in (ALL_CHANCE, ALL_CHANCE & ~off))
        for column, words in enumerate(driver_names(script)):
            if words.split()[0] not in {*DRAWN_BY[off], *ASKED_FOR}:
                assert np.array_equal(every.drivers[:, column], fewer.drivers[:, column]), words
        for future in range(5):
            logs = [ToldFuture(script, SEED, future, chance) for chance in (ALL_CHANCE, ALL_CHANCE & ~off)]
            for event, source in ((Event.BLOCKED, Chance.BLOCKS), (Event.SHUT, Chance.CLOSINGS | Chance.DISPUTES)):
                if not off & source:
                    assert logs[0].rows[event] == logs[1].rows[event]
