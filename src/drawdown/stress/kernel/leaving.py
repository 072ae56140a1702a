"""An act leaves: it takes from its piles, and what it carries is on its way."""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.kernel.permission import ask, cleared, route_open, was_refused
from drawdown.stress.kernel.piles import free, leave_mission, mark_arrived, open_take, remove, send
from drawdown.stress.kernel.road import QUEUEING, journey, leg_days, lose_vehicles, queue
from drawdown.stress.kernel.state import State, write
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.kernel.trying import circumstances, exit_takes, fields_take, sorties_left
from drawdown.stress.script import ActKind, Cause, Event, Kind, Reason

_MOVE, _DISPOSE = int(ActKind.MOVE), int(ActKind.DISPOSE)
_PEOPLE, _LOT, _LIFT, _GUARD = int(Kind.PEOPLE), int(Kind.LOT), int(Kind.LIFT), int(Kind.GUARD)
_CLEARANCE, _BLOCK, _ROUTE, _FIRE = int(Cause.CLEARANCE), int(Cause.BLOCK), int(Cause.ROUTE), int(Cause.FIRE)
_DEPARTED, _FLEW, _DISPOSED = int(Event.DEPARTED), int(Event.FLEW_INSTEAD), int(Event.DISPOSED)
_SEPARATED, _GAVE_UP, _CANCELLED = int(Event.SEPARATED), int(Event.GAVE_UP), int(Event.CANCELLED)
_REFUSED, _LATE, _UNSAFE = int(Reason.TRANSPORT_REFUSED), int(Reason.NO_LIFT_IN_TIME), int(Reason.UNSAFE_TO_MOVE)
_ROUNDING = 1e-9


@njit(cache=True, nogil=True)
def release(tables: Tables, state: State, act: int) -> None:
    """Note that an act has gone, and come in, if it now has."""
    row = tables.acts[act]
    nothing_more = (row.people == 0 or state.acts[act].flown) and (not row.loads or state.acts[act].off)
    if not state.acts[act].gone and (state.acts[act].left or nothing_more):
        state.acts[act].gone = 1
        for k in range(row.out_from, row.out_to):
            site = tables.pool[k]
            state.outs[site] -= 1
            state.released_by[site] = act
        if row.medical > 0 and row.origin >= 0 and row.out_to > row.out_from:
            state.medics[row.origin] -= 1
    if state.acts[act].gone and not state.acts[act].come_in and not state.acts[act].away:
        state.acts[act].come_in = 1
        for k in range(row.in_from, row.in_to):
            site = tables.pool[k]
            state.ins[site] -= 1
            state.released_by[site] = act


@njit(cache=True, nogil=True)
def _amounts(tables: Tables, state: State, act: int) -> tuple[int, int]:
    """Set what each open take gets of its pile; vehicles planned and taken of its road lift."""
    row, planned, got = tables.acts[act], 0, 0
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LIFT:
            state.takes[n].taken = min(take.count, free(state, take.source))
            planned, got = planned + take.count, got + state.takes[n].taken
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LIFT or not open_take(tables, state, n):
            continue
        if take.source < 0:
            state.takes[n].taken = take.count
            continue
        most = take.count
        if take.kind == _LOT and not take.driven and planned > 0:
            most = take.count * got // planned
        state.takes[n].taken = min(most, free(state, take.source))
    return planned, got


@njit(cache=True, nogil=True)
def _hands_over(tables: Tables, site: int, pile: int) -> bool:
    if site < 0:
        return False
    row = tables.sites[site]
    for k in range(row.hand_from, row.hand_to):
        if tables.pool[k] == pile:
            return True
    return False


@njit(cache=True, nogil=True)
def _take_more(tables: Tables, state: State, act: int) -> None:
    """Fill the room that is left with more of the lots that are carried, where more is there than anybody counts on."""
    row = tables.acts[act]
    teu, tonnes = row.room_teu, row.room_tonnes
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind != _LOT or take.driven:
            continue
        pile = take.source
        lot = tables.lots[tables.piles[pile].owner]
        spare = state.piles[pile].stock - state.takes[n].taken - max(0, state.piles[pile].counted - take.count)
        spare = min(spare, free(state, pile) - state.takes[n].taken)
        if spare <= 0 or _hands_over(tables, row.origin, pile):
            continue
        if lot.teu > 0:
            spare = min(spare, math.floor(teu / lot.teu + _ROUNDING))
        if lot.tonnes > 0:
            spare = min(spare, math.floor(tonnes / lot.tonnes + _ROUNDING))
        if spare > 0:
            state.takes[n].taken += spare
            teu, tonnes = teu - spare * lot.teu, tonnes - spare * lot.tonnes


@njit(cache=True, nogil=True)
def _load(tables: Tables, state: State, act: int) -> int:
    """Take from the piles; the vehicles that leave."""
    row, vehicles = tables.acts[act], 0
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if not open_take(tables, state, n):
            continue
        if take.source >= 0:
            remove(tables, state, take.source, state.takes[n].taken)
            state.piles[take.source].counted -= take.count
        state.takes[n].used = state.takes[n].taken
        if take.kind == _LIFT or (take.kind == _LOT and take.driven):
            vehicles += state.takes[n].taken
    return vehicles


@njit(cache=True, nogil=True)
def depart(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> None:
    """An act leaves by its own way."""
    row = tables.acts[act]
    planned, got = _amounts(tables, state, act)
    if row.kind != _MOVE:
        _end_here(tables, state, act, day)
        return
    air = tables.ways[row.way].air
    if not air and got == planned and row.loads and not state.acts[act].off:
        _take_more(tables, state, act)
    vehicles = _load(tables, state, act)
    write(state, day, _DEPARTED, act, 0)
    arrive, lost = journey(tables, state, act, row.sorties if air else vehicles, day, seed, future, chance)
    if lost:
        lose_vehicles(tables, state, act, lost, vehicles, day, seed, future)
    if row.exit >= 0:
        people, teu = _aboard(tables, state, act)
        at_gate = arrive
        arrive = queue(tables, state, row.exit, arrive, people, teu)
        state.extra[act, QUEUEING] = arrive - at_gate
    for n in range(row.take_from, row.take_to):
        if open_take(tables, state, n) and tables.takes[n].target >= 0:
            send(state, n, arrive + tables.takes[n].lag)
    for k in range(row.carrier_from, row.carrier_to):
        if tables.lift[tables.carriers[k].lift].air:
            state.sorties[tables.carriers[k].lift] += tables.carriers[k].count
    if row.start_field >= 0:
        state.slots[row.start_field] += row.sorties
    if row.end_field >= 0:
        state.slots[row.end_field] += row.sorties
    state.money[0] += _lift_cost(tables, state, act, arrive - day + 1)
    state.acts[act].left, state.acts[act].done, state.acts[act].leave, state.acts[act].away = 1, 1, day, 1
    if arrive < len(state.head_act):
        state.today[1] = max(state.today[1], arrive)
        state.acts[act].next_act = state.head_act[arrive]
        state.head_act[arrive] = act
    release(tables, state, act)


@njit(cache=True, nogil=True)
def _end_here(tables: Tables, state: State, act: int, day: int) -> None:
    """A disposal or a separation."""
    row, total = tables.acts[act], 0
    _load(tables, state, act)
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _PEOPLE:
            leave_mission(tables, state, tables.piles[take.source].owner, state.takes[n].taken, day, act)
        if take.kind != _GUARD:
            total += state.takes[n].taken
    write(state, day, _DISPOSED if row.kind == _DISPOSE else _SEPARATED, act, total)
    state.acts[act].left, state.acts[act].done, state.acts[act].leave = 1, 1, day
    release(tables, state, act)


@njit(cache=True, nogil=True)
def _aboard(tables: Tables, state: State, act: int) -> tuple[int, float]:
    row, people, teu = tables.acts[act], 0, 0.0
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if not open_take(tables, state, n):
            continue
        if take.kind == _PEOPLE:
            people += state.takes[n].taken
        elif take.kind == _LOT:
            teu += state.takes[n].taken * tables.lots[tables.piles[take.source].owner].teu
    return people, teu


@njit(cache=True, nogil=True)
def _km(tables: Tables, state: State, way: int) -> float:
    km = 0.0
    for k in range(tables.ways[way].from_, tables.ways[way].to):
        km += state.km[tables.passages[k].leg]
    return km


@njit(cache=True, nogil=True)
def _lift_cost(tables: Tables, state: State, act: int, days: int) -> float:
    """What an act's lift costs (USD): vehicles by days and km, sorties by their share of a day, there and back."""
    row, cost = tables.acts[act], 0.0
    km = _km(tables, state, row.way)
    for k in range(row.carrier_from, row.carrier_to):
        lift = tables.lift[tables.carriers[k].lift]
        if lift.air:
            cost += tables.carriers[k].count * (lift.day / max(lift.sorties, 1) + 2 * km * lift.km)
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LIFT:
            lift = tables.lift[tables.piles[take.source].owner]
            cost += state.takes[n].used * (lift.day * days + lift.km * km)
    return cost


@njit(cache=True, nogil=True)
def give_up(tables: Tables, state: State, act: int, day: int) -> None:
    """An act that stays gives up its loads."""
    row, cause = tables.acts[act], state.acts[act].cause
    reason = _LATE
    if cause == _CLEARANCE or cause == _BLOCK:
        reason = _REFUSED
    elif cause == _ROUTE or cause == _FIRE:
        reason = _UNSAFE
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LOT:
            state.given[take.source, reason] += take.count
            state.piles[take.source].counted -= take.count
            state.piles[take.source].moved = day
            mark_arrived(tables, state, n)
    state.acts[act].off = 1
    write(state, day, _GAVE_UP, act, reason)
    release(tables, state, act)
    if row.way >= 0 and tables.ways[row.way].air and not _anything_left(tables, state, act):
        state.acts[act].done = 1
        write(state, day, _CANCELLED, act, 0)


@njit(cache=True, nogil=True)
def _anything_left(tables: Tables, state: State, act: int) -> bool:
    """Whether an act still has people, loads, lift or escorts to move."""
    for n in range(tables.acts[act].take_from, tables.acts[act].take_to):
        if tables.takes[n].kind != _GUARD and open_take(tables, state, n):
            return True
    return False


@njit(cache=True, nogil=True)
def other_way(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> bool:
    """Whether the people of an act that stays can leave by its alternative today."""
    row, cause = tables.acts[act], state.acts[act].cause
    if row.other < 0 or state.acts[act].flown or row.people == 0 or (row.driven and not state.acts[act].off):
        return False
    shut = cause == _BLOCK or cause == _ROUTE or state.acts[act].off == 1
    if not shut and not was_refused(tables, state, row.way, day):
        return False
    other = tables.others[row.other]
    if state.acts[act].asked_other < 0:
        state.acts[act].asked_other = day
        ask(tables, state, other.way, day, day, seed, future, chance)
    kept = state.acts[act].blocking
    blocked = circumstances(tables, state, act, day)
    state.acts[act].blocking = kept
    if blocked or cleared(tables, state, other.way, day):
        return False
    if not route_open(tables, state, other.way, other.exit, day, tables.ways[other.way].days):
        return False
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if (take.kind == _PEOPLE or take.kind == _GUARD) and take.source >= 0 and free(state, take.source) < take.count:
            return False
    if other.sorties > 0:
        if sorties_left(tables, state, other.lift, day, seed, future, chance) < other.sorties:
            return False
        if not fields_take(tables, state, other.start_field, other.end_field, other.sorties):
            return False
        return other.exit < 0 or exit_takes(tables, state, other.exit, day, row.people, 0.0)
    if free(state, other.pile) < other.vehicles:
        return False
    return other.escorts == 0 or free(state, other.escort_pile) >= other.escorts


@njit(cache=True, nogil=True)
def leave_by_other(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> None:
    """The people of an act leave by its alternative."""
    row, other = tables.acts[act], tables.others[tables.acts[act].other]
    way, total = tables.ways[other.way], 0.0
    for k in range(way.from_, way.to):
        if not way.air:
            total += leg_days(tables, state, other.way, k, day + int(total), seed, future, chance)
    days = way.days if way.air else max(1, math.ceil(total - _ROUNDING))
    arrive, lift, km = day + days - 1, tables.lift[other.lift], _km(tables, state, other.way)
    if other.exit >= 0:
        arrive = queue(tables, state, other.exit, arrive, row.people, 0.0)
    if way.air:
        state.sorties[other.lift] += other.sorties
        if other.start_field >= 0:
            state.slots[other.start_field] += other.sorties
        if other.end_field >= 0:
            state.slots[other.end_field] += other.sorties
        state.money[0] += other.sorties * (lift.day / max(lift.sorties, 1) + 2 * km * lift.km)
    else:
        _lend(state, act, other.pile, other.vehicles, other.escort_pile, other.escorts, day, day + 2 * days - 1)
        state.money[0] += other.vehicles * 2 * (lift.day * days + lift.km * km)
    people = 0
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind != _PEOPLE and take.kind != _GUARD:
            continue
        state.takes[n].taken = take.count
        people += take.count if take.kind == _PEOPLE else 0
        if take.source >= 0:
            remove(tables, state, take.source, take.count)
            state.piles[take.source].counted -= take.count
        if take.target >= 0:
            send(state, n, arrive)
    write(state, day, _FLEW, act, people)
    state.acts[act].flown, state.acts[act].away, state.acts[act].leave = 1, 1, day
    if arrive < len(state.head_other):
        state.today[1] = max(state.today[1], arrive)
        state.acts[act].next_other = state.head_other[arrive]
        state.head_other[arrive] = act
    if not _anything_left(tables, state, act):
        state.acts[act].done = 1
    release(tables, state, act)


@njit(cache=True, nogil=True)
def _lend(
    state: State, act: int, pile: int, vehicles: int, escort_pile: int, escorts: int, day: int, back: int
) -> None:
    state.piles[pile].stock -= vehicles
    state.piles[pile].lent += vehicles
    state.piles[pile].moved = day
    if escorts:
        state.piles[escort_pile].stock -= escorts
        state.piles[escort_pile].lent += escorts
        state.piles[escort_pile].moved = day
    if back < len(state.head_back):
        state.today[1] = max(state.today[1], back)
        state.acts[act].next_back = state.head_back[back]
        state.head_back[back] = act
