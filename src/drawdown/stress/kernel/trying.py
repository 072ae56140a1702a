"""What an act asks before it leaves, in the order of `docs/futures.md`."""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.draws import Source, four
from drawdown.stress.kernel.permission import ask, cleared, route_open
from drawdown.stress.kernel.piles import can_take, free, open_take
from drawdown.stress.kernel.state import EPS, NO_SHOWS, State
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.laws import poisson
from drawdown.stress.script import ActKind, Cause, Chance, Kind

_LIFT_CHANCE, _WEATHER, _BREAKDOWNS = int(Chance.LIFT), int(Chance.WEATHER), int(Chance.BREAKDOWNS)
_NO_SHOW, _HOLD, _AIRCRAFT = int(Source.NO_SHOW), int(Source.HOLD), int(Source.AIRCRAFT)
_MOVE = int(ActKind.MOVE)
_LOT, _GUARD = int(Kind.LOT), int(Kind.GUARD)
_LIFT, _AFTER, _LAST_OUT, _FIRE = int(Cause.LIFT), int(Cause.AFTER), int(Cause.LAST_OUT), int(Cause.FIRE)
_CASEVAC, _ROUTE, _HEADWAY, _STOCK = int(Cause.CASEVAC), int(Cause.ROUTE), int(Cause.HEADWAY), int(Cause.STOCK)
_GUARDED, _NO_AIRCRAFT, _AIRFIELD, _EXIT = int(Cause.GUARD), int(Cause.AIRCRAFT), int(Cause.AIRFIELD), int(Cause.EXIT)
_VEHICLE_KM = 1
_MASK = 0xFFFFFFFF
_MOST_AIRCRAFT = 64
_FOUR = 4


@njit(cache=True, nogil=True)
def exposure(tables: Tables, state: State, process: int, leg: int, vehicles: int) -> float:
    """What a passage exposes to a process."""
    return state.km[leg] * (vehicles if tables.processes[process].per == _VEHICLE_KM else 1)


@njit(cache=True, nogil=True)
def draw_hold(tables: Tables, state: State, act: int, seed: int, future: int, chance: int) -> int:
    """Days that an act's lift is late, or its flights are held by weather and breakdowns."""
    row, late = tables.acts[act], 0
    if chance & _LIFT_CHANCE:
        for k in range(row.carrier_from, row.carrier_to):
            lift = tables.lift[tables.carriers[k].lift]
            if lift.no_show > 0 and lift.late > late:
                if four(seed, future, _NO_SHOW, (row.key + lift.key) & _MASK, 0)[0] < lift.no_show:
                    late = lift.late
                    state.sums[NO_SHOWS] += 1
    way = tables.ways[row.way]
    if not way.air:
        return late
    held = 0.0
    for k in range(way.from_, way.to):
        leg = tables.passages[k].leg
        hazard = tables.legs[leg].hazard
        if hazard < 0:
            continue
        for i in range(tables.hazards[hazard].proc_from, tables.hazards[hazard].proc_to):
            p = tables.pool[i]
            process = tables.processes[p]
            if process.chance & (_WEATHER | _BREAKDOWNS) and state.rates[p] > 0:
                u = four(seed, future, _HOLD, (row.key + process.key) & _MASK, k - way.from_)
                held += poisson(u[0], state.rates[p] * exposure(tables, state, p, leg, row.sorties)) * process.delay
    return late + math.ceil(held)


@njit(cache=True, nogil=True)
def covered(tables: Tables, state: State, site: int) -> bool:
    """Whether people are at a base of evacuation aircraft in reach, or there is one at an exit."""
    row = tables.sites[site]
    if row.always:
        return True
    for k in range(row.base_from, row.base_to):
        if state.people[tables.pool[k]] > 0:
            return True
    return False


@njit(cache=True, nogil=True)
def _others_need(tables: Tables, state: State, site: int) -> bool:
    """Whether a site that relies on aircraft based here would be left without casualty evacuation."""
    row = tables.sites[site]
    for k in range(row.dep_from, row.dep_to):
        other = tables.pool[k]
        if state.people[other] <= 0 or state.medical[other] > 0 or tables.sites[other].always:
            continue
        alone = True
        for i in range(tables.sites[other].base_from, tables.sites[other].base_to):
            base = tables.pool[i]
            if base != site and state.people[base] > 0:
                alone = False
        if alone:
            return True
    return False


@njit(cache=True, nogil=True)
def last_out_ready(tables: Tables, state: State, site: int, day: int) -> int:
    """0 if the last people of a site may go, else why not."""
    if state.outs[site] > 0 or state.ins[site] > 0:
        return _LAST_OUT
    for n in range(len(tables.runs)):
        run = tables.runs[n]
        if run.site == site and run.before and not (run.skippable and state.nobody[site]):
            if state.start[n] < 0 or state.start[n] + run.days - 1 > day:
                return _LAST_OUT
    return _CASEVAC if _others_need(tables, state, site) else 0


@njit(cache=True, nogil=True)
def circumstances(tables: Tables, state: State, act: int, day: int) -> int:
    """Conditions 3 to 5: who goes before, the last people of a site, casualty evacuation, fire."""
    row = tables.acts[act]
    if row.kind == _MOVE:
        for k in range(row.after_from, row.after_to):
            if not state.acts[tables.pool[k]].gone and not state.acts[tables.pool[k]].claims:
                state.acts[act].blocking = tables.pool[k]
                return _AFTER
        for k in range(row.run_from, row.run_to):
            n = tables.pool[k]
            run = tables.runs[n]
            if run.skippable and state.nobody[run.site]:
                continue
            if state.start[n] < 0 or state.start[n] + run.days - 1 >= day:
                state.acts[act].blocking = -1
                return _AFTER
    if row.final >= 0:
        state.acts[act].blocking = row.final
        cause = last_out_ready(tables, state, row.final, day)
        if cause:
            return cause
    elif row.medical > 0 and row.origin >= 0 and row.kind == _MOVE and not state.acts[act].flown:
        site = row.origin
        rest = state.outs[site] > state.medics[site]
        if state.medical[site] <= row.medical and rest and not covered(tables, state, site):
            return _CASEVAC
    if row.kind == _MOVE and row.origin >= 0 and day <= state.fire[row.origin]:
        return _FIRE
    return 0


@njit(cache=True, nogil=True)
def _headway(tables: Tables, state: State, way: int, day: int) -> bool:
    row, last = tables.ways[way], state.entered.shape[1] - 1
    for k in range(row.from_, row.to):
        passage = tables.passages[k]
        apart = tables.legs[passage.leg].headway
        at = day + passage.offset
        for other in range(max(0, at - apart + 1), min(last, at + apart - 1) + 1):
            if state.entered[2 * passage.leg + passage.direction, other]:
                return False
    return True


@njit(cache=True, nogil=True)
def sorties_left(tables: Tables, state: State, lift: int, day: int, seed: int, future: int, chance: int) -> int:
    """Sorties of a lift that can still be flown today."""
    row = tables.lift[lift]
    if state.serviceable[lift] < 0:
        number = row.in_service
        if chance & _LIFT_CHANCE and row.availability < 1:
            number = 0
            for i in range(min(row.count, _MOST_AIRCRAFT)):
                u = four(seed, future, _AIRCRAFT, row.key, day * 16 + i // _FOUR)
                number += u[i % _FOUR] < row.availability
        state.serviceable[lift] = number
    return int(state.serviceable[lift] * row.sorties - state.sorties[lift])


@njit(cache=True, nogil=True)
def exit_takes(tables: Tables, state: State, exit_: int, day: int, people: int, teu: float) -> bool:
    """Whether people and TEU fit into what an exit takes in a day (always if nobody else has used it)."""
    if day > tables.header[0].days or (state.exit_people[exit_, day] == 0 and state.exit_teu[exit_, day] <= EPS):
        return True
    row = tables.exits[exit_]
    return bool(
        state.exit_people[exit_, day] + people <= row.people and state.exit_teu[exit_, day] + teu <= row.teu + EPS
    )


@njit(cache=True, nogil=True)
def fields_take(tables: Tables, state: State, start: int, end: int, flights: int) -> bool:
    """Whether two airfields take so many more flights today."""
    at_start = start < 0 or state.slots[start] + flights <= tables.fields[start]
    at_end = end < 0 or state.slots[end] + flights <= tables.fields[end]
    return bool(at_start and at_end)


@njit(cache=True, nogil=True)
def heads_and_teu(tables: Tables, state: State, act: int) -> tuple[int, float]:
    """People and TEU that an act would bring to its exit."""
    row, teu = tables.acts[act], 0.0
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if take.kind == _LOT and open_take(tables, state, n):
            teu += min(take.count, free(state, take.source)) * tables.lots[tables.piles[take.source].owner].teu
    return (0 if state.acts[act].flown else int(row.people)), teu


@njit(cache=True, nogil=True)
def _room_in_the_air(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> int:
    row = tables.acts[act]
    for k in range(row.carrier_from, row.carrier_to):
        carrier = tables.carriers[k]
        if tables.lift[carrier.lift].air:
            if sorties_left(tables, state, carrier.lift, day, seed, future, chance) < carrier.count:
                return _NO_AIRCRAFT
    if not fields_take(tables, state, row.start_field, row.end_field, row.sorties):
        return _AIRFIELD
    if row.exit >= 0:
        people, teu = heads_and_teu(tables, state, act)
        if not exit_takes(tables, state, row.exit, day, people, teu):
            return _EXIT
    return 0


@njit(cache=True, nogil=True)
def missing(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> int:
    """0 if an act can leave today by its own way, else the first thing that is missing."""
    row = tables.acts[act]
    move = row.kind == _MOVE
    state.acts[act].waits = 0
    if move:
        if state.acts[act].hold < 0:
            state.acts[act].hold = row.day + draw_hold(tables, state, act, seed, future, chance)
            ask(tables, state, row.way, row.asked, row.day, seed, future, chance)
        if day < state.acts[act].hold:
            return _LIFT
    pile = can_take(tables, state, act)
    state.acts[act].waits = pile >= 0
    if pile >= 0:
        state.acts[act].blocking = pile
        return _GUARDED if tables.piles[pile].kind == _GUARD else _STOCK
    cause = circumstances(tables, state, act, day)
    if cause:
        return cause
    if move:
        cause = cleared(tables, state, row.way, day)
        if cause:
            return cause
        way = tables.ways[row.way]
        if not route_open(tables, state, row.way, row.exit, day, way.days + row.slack):
            return _ROUTE
        if not way.air and not _headway(tables, state, row.way, day):
            return _HEADWAY
    if move and tables.ways[row.way].air:
        return _room_in_the_air(tables, state, act, day, seed, future, chance)
    return 0
