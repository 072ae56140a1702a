"""On the road: all that happens to a move is drawn when it leaves."""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.draws import Source, four
from drawdown.stress.kernel.permission import refusal
from drawdown.stress.kernel.state import ATTACKS, CASUALTIES, VEHICLES, State, write
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.kernel.trying import exit_takes, exposure
from drawdown.stress.laws import logit_normal, normal, poisson
from drawdown.stress.script import Chance, Event, Kind, Reason

_PACE, _ATTACKS, _BREAKDOWNS = int(Chance.PACE), int(Chance.ATTACKS), int(Chance.BREAKDOWNS)
_PACE_MOVE, _EVENT, _VEHICLE, _RESUPPLY = (
    int(Source.PACE_MOVE),
    int(Source.EVENT),
    int(Source.VEHICLE),
    int(Source.RESUPPLY),
)
_ATTACKED, _HURT, _VEHICLES_LOST, _RESUPPLIED = (
    int(Event.ATTACKED),
    int(Event.HURT),
    int(Event.VEHICLES_LOST),
    int(Event.RESUPPLIED),
)
_LOT, _LIFT = int(Kind.LOT), int(Kind.LIFT)
_ATTACK_REASON = int(Reason.ATTACK)
_MASK = 0xFFFFFFFF
_BLOCKED, _ASK = 3, 1
_TRIES = 63

# Where the days beyond the plan went, by place in ``State.extra``; the last is the queue at an exit.
SLOWER, ATTACKED, BROKEN, HUNGRY, QUEUEING = range(5)


@njit(cache=True, nogil=True)
def leg_days(tables: Tables, state: State, way: int, k: int, day: int, seed: int, future: int, chance: int) -> float:
    """Days on a passage (``k`` is its place) that is entered on a day."""
    passage, header = tables.passages[k], tables.header[0]
    leg = tables.legs[passage.leg]
    nominal, contested, pace = state.nominal[passage.leg], state.contested[passage.leg], header.pace
    if chance & _PACE and header.spread > 0 and contested != nominal:
        place = leg.hazard if leg.hazard >= 0 else len(tables.hazards) + passage.leg
        row = tables.ways[way]
        u = four(seed, future, _PACE_MOVE, row.key, k - row.from_)
        z = math.sqrt(header.shared) * state.luck[place] + math.sqrt(1.0 - header.shared) * normal(u[0], u[1])
        pace = logit_normal(pace, header.spread, z)
    days = nominal + pace * (contested - nominal)
    if tables.leg_season[passage.leg, min(day, header.days)]:
        days *= leg.factor
    return float(days)


@njit(cache=True, nogil=True)
def risen(tables: Tables, state: State, hazard: int, day: int) -> bool:
    """Whether a site on a leg of a hazard class was left by the day before."""
    row = tables.hazards[hazard]
    for k in range(row.site_from, row.site_to):
        if state.left_day[tables.pool[k]] < day:
            return True
    return False


@njit(cache=True, nogil=True)
def _meet(
    tables: Tables, state: State, act: int, k: int, vehicles: int, day: int, total: float, seed: int, future: int
) -> tuple[float, int, int, int]:
    """What a move meets on a passage: days on the road until then, attacks, casualties, vehicles lost."""
    leg, row = tables.passages[k].leg, tables.acts[act]
    hazard = tables.legs[leg].hazard
    attacks, hurt, vehicles_lost = 0, 0, 0
    if hazard < 0:
        return total, attacks, hurt, vehicles_lost
    way = tables.ways[row.way]
    for i in range(tables.hazards[hazard].proc_from, tables.hazards[hazard].proc_to):
        p = tables.pool[i]
        process = tables.processes[p]
        if state.rates[p] <= 0 or (way.air and not process.attack):
            continue
        mean = state.rates[p] * exposure(tables, state, p, leg, vehicles)
        if process.rise > 1 and risen(tables, state, hazard, day):
            mean *= process.rise
        u = four(seed, future, _EVENT, (row.key + process.key) & _MASK, k - way.from_)
        events = poisson(u[0], mean)
        if not events:
            continue
        hurt += poisson(u[1], events * state.hurts[p])
        if process.attack:
            attacks += events
        if not way.air:
            vehicles_lost += poisson(u[2], events * process.vehicles)
            total += events * process.delay
            state.extra[act, ATTACKED if process.attack else BROKEN] += math.ceil(events * process.delay)
    return total, attacks, hurt, vehicles_lost


@njit(cache=True, nogil=True)
def journey(
    tables: Tables, state: State, act: int, vehicles: int, day: int, seed: int, future: int, chance: int
) -> tuple[int, int]:
    """Draw a move's journey: the day of its arrival before any queue at the exit, and the vehicles that it loses."""
    row = tables.acts[act]
    way = tables.ways[row.way]
    total, attacks, hurt, vehicles_lost = 0.0, 0, 0, 0
    for k in range(way.from_, way.to):
        passage = tables.passages[k]
        enter = day + int(total)
        if tables.legs[passage.leg].headway > 0 and enter < state.entered.shape[1]:
            state.entered[2 * passage.leg + passage.direction, enter] = 1
        if not way.air:
            total += leg_days(tables, state, row.way, k, enter, seed, future, chance)
        total, more, wounded, gone = _meet(tables, state, act, k, vehicles, day, total, seed, future)
        attacks, hurt, vehicles_lost = attacks + more, hurt + wounded, vehicles_lost + gone
    if attacks:
        state.sums[ATTACKS] += attacks
        write(state, day, _ATTACKED, act, attacks)
    if hurt:
        state.sums[CASUALTIES] += hurt
        write(state, day, _HURT, act, hurt)
    if way.air:
        return day + way.days + row.slack - 1, 0
    total = _resupplied(tables, state, act, day, total, seed, future, chance)
    days_taken = max(1, math.ceil(total - 1e-9))
    more_days = days_taken - way.days - state.extra[act, ATTACKED] - state.extra[act, BROKEN] - state.extra[act, HUNGRY]
    state.extra[act, SLOWER] = max(0, more_days)
    return day + days_taken + row.slack - 1, vehicles_lost


@njit(cache=True, nogil=True)
def _resupplied(
    tables: Tables, state: State, act: int, day: int, total: float, seed: int, future: int, chance: int
) -> float:
    """The days of a journey with the waits for supplies when its own run out."""
    way, c = tables.ways[tables.acts[act].way], -1
    supply, last = tables.header[0].supply, tables.header[0].days
    for k in range(way.from_, way.to):
        if c < 0:
            c = tables.legs[tables.passages[k].leg].resupply
    limit = way.exact + supply
    if supply <= 0 or c < 0 or total <= limit:
        return total
    times = math.ceil((total - limit) / supply - 1e-9)
    for i in range(times):
        waited = 0
        while waited < _TRIES:
            at = min(day + int(total), last)
            closed = tables.state[c, at] == _BLOCKED or (tables.state[c, at] == _ASK and state.blocked[c, at])
            no = refusal(tables, state, c, at, seed, future, chance) if tables.state[c, at] == _ASK else 0.0
            u = four(seed, future, _RESUPPLY, tables.acts[act].key, 64 * i + waited)
            if not closed and u[0] >= no:
                break
            waited += 1
            total += 1.0
        state.extra[act, HUNGRY] += waited
    write(state, day, _RESUPPLIED, act, times)
    return total


@njit(cache=True, nogil=True)
def lose(tables: Tables, state: State, lot: int, count: int, reason: int) -> None:
    """Items of a lot are lost."""
    row = tables.lots[lot]
    state.lost_items[reason] += count
    state.lost_teu[reason] += count * row.teu
    state.lost_usd[reason] += count * row.usd


@njit(cache=True, nogil=True)
def _lose_driven(tables: Tables, state: State, act: int, place: int) -> None:
    """The vehicle at a place among the driven items that are left is lost."""
    row = tables.acts[act]
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LOT and take.driven:
            if place < state.takes[n].taken:
                state.takes[n].taken -= 1
                lose(tables, state, tables.piles[take.source].owner, 1, _ATTACK_REASON)
                return
            place -= state.takes[n].taken


@njit(cache=True, nogil=True)
def lose_vehicles(
    tables: Tables, state: State, act: int, lost: int, vehicles: int, day: int, seed: int, future: int
) -> None:
    """Take so many of a convoy's vehicles away, with their share of what is carried."""
    row = tables.acts[act]
    lost = min(lost, vehicles)
    if not lost:
        return
    lift = 0
    for n in range(row.take_from, row.take_to):
        if tables.takes[n].kind == _LIFT:
            lift += state.takes[n].taken
    left_lift = lift
    for i in range(lost):
        u = four(seed, future, _VEHICLE, row.key, i)
        place = min(int(u[0] * (vehicles - i)), vehicles - i - 1)
        if place >= left_lift:
            _lose_driven(tables, state, act, place - left_lift)
            continue
        left_lift -= 1
        for n in range(row.take_from, row.take_to):
            if tables.takes[n].kind == _LIFT:
                if place < state.takes[n].taken:
                    state.takes[n].taken -= 1
                    break
                place -= state.takes[n].taken
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LOT and not take.driven and lift > 0:
            gone = state.takes[n].taken * (lift - left_lift) // lift
            if gone:
                state.takes[n].taken -= gone
                lose(tables, state, tables.piles[take.source].owner, gone, _ATTACK_REASON)
    state.sums[VEHICLES] += lost
    write(state, day, _VEHICLES_LOST, act, lost)


@njit(cache=True, nogil=True)
def queue(tables: Tables, state: State, exit_: int, arrive: int, people: int, teu: float) -> int:
    """The day from ``arrive`` on on which an exit takes people and TEU; they are given their places."""
    day, last = arrive, tables.header[0].days
    while day <= last and not exit_takes(tables, state, exit_, day, people, teu):
        day += 1
    if day <= last:
        state.exit_people[exit_, day] += people
        state.exit_teu[exit_, day] += teu
    return day
