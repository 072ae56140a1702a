"""The acts of a day, one after the other, and the last acts of a site together."""

from __future__ import annotations

from numba import njit

from drawdown.stress.kernel.leaving import depart, give_up, leave_by_other, other_way
from drawdown.stress.kernel.piles import promise, reserve, still_stuck
from drawdown.stress.kernel.state import NEVER, State
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.kernel.trying import heads_and_teu, missing
from drawdown.stress.script import ActKind, Cause, Kind

_MOVE = int(ActKind.MOVE)
_PEOPLE, _GUARD_KIND = int(Kind.PEOPLE), int(Kind.GUARD)
_AFTER, _LAST_OUT, _STOCK, _GUARD = int(Cause.AFTER), int(Cause.LAST_OUT), int(Cause.STOCK), int(Cause.GUARD)
_STAYS, _OWN, _OTHER = 0, 1, 2

# While an act waits, a pile is noted as it is and a site from here downward; -1 is nobody.
_FIRST_SITE = -2


@njit(cache=True, nogil=True)
def _note(state: State, act: int, cause: int, day: int) -> None:
    """Remember why an act stays: for itself, or for another that it waits for."""
    state.acts[act].cause = cause
    if cause == _AFTER or cause == _LAST_OUT or cause == _STOCK or cause == _GUARD:
        state.acts[act].waited = day
        at = state.acts[act].blocking
        if cause == _AFTER:
            state.acts[act].waited_for = at
        elif at >= 0:
            state.acts[act].waited_for = (
                _FIRST_SITE - at if cause == _LAST_OUT else at
            )  # a site or a pile, for `_settle`
    else:
        state.acts[act].own_cause = cause


@njit(cache=True, nogil=True)
def _try_one(tables: Tables, state: State, act: int, day: int, seed: int, future: int, chance: int) -> None:
    cause = state.acts[act].cause
    if still_stuck(tables, state, act):
        if day < state.acts[act].look:
            state.acts[act].waited = day
            reserve(tables, state, act)
            return
    else:
        cause = missing(tables, state, act, day, seed, future, chance)
    if not cause:
        _settle(state, act)
        depart(tables, state, act, day, seed, future, chance)
        return
    _note(state, act, cause, day)
    _or_else(tables, state, act, day)
    if not state.acts[act].done and other_way(tables, state, act, day, seed, future, chance):
        leave_by_other(tables, state, act, day, seed, future, chance)
    if not state.acts[act].done:
        state.acts[act].look = _next_look(tables, state, act)
        reserve(tables, state, act)


@njit(cache=True, nogil=True)
def _next_look(tables: Tables, state: State, act: int) -> int:
    """The day until which nothing but its piles can help an act: it may give up its loads, or has another way."""
    row = tables.acts[act]
    if row.other >= 0 and row.people > 0 and not state.acts[act].flown and not (row.driven and not state.acts[act].off):
        return 0
    return int(row.give_up) if row.loads and not state.acts[act].off else NEVER


@njit(cache=True, nogil=True)
def _or_else(tables: Tables, state: State, act: int, day: int) -> None:
    """An act that stays gives up its loads when it is time."""
    if tables.acts[act].loads and not state.acts[act].off and day >= tables.acts[act].give_up:
        give_up(tables, state, act, day)


@njit(cache=True, nogil=True)
def _settle(state: State, act: int) -> None:
    """Find out which act it was that an act has waited for: the last that came to the pile, or let the site go."""
    at = state.acts[act].waited_for
    if state.acts[act].waited < 0:
        return
    cause = state.acts[act].cause
    if cause == _STOCK or cause == _GUARD:
        state.acts[act].waited_for = state.piles[at].came_by if at >= 0 else -1
    elif at <= _FIRST_SITE:
        state.acts[act].waited_for = state.released_by[_FIRST_SITE - at]


@njit(cache=True, nogil=True)
def _claim(tables: Tables, state: State, act: int, day: int, how: int, sign: int) -> None:
    """Claim (or let go of) what a last act would use today."""
    row = tables.acts[act]
    state.acts[act].claims = sign > 0
    if how == _OWN:
        promise(tables, state, act, sign)
        if row.kind == _MOVE and tables.ways[row.way].air:
            for k in range(row.carrier_from, row.carrier_to):
                state.sorties[tables.carriers[k].lift] += sign * tables.carriers[k].count
            _slots(state, row.start_field, row.end_field, sign * row.sorties)
            if row.exit >= 0:
                people, teu = state.acts[act].claimed_people, state.acts[act].claimed_teu
                if sign > 0:
                    people, teu = heads_and_teu(tables, state, act)
                    state.acts[act].claimed_people, state.acts[act].claimed_teu = people, teu
                state.exit_people[row.exit, day] += sign * people
                state.exit_teu[row.exit, day] += sign * teu
        return
    other = tables.others[row.other]
    for n in range(row.take_from, row.take_to):
        take = tables.takes[n]
        if (take.kind == _PEOPLE or take.kind == _GUARD_KIND) and take.source >= 0:
            state.piles[take.source].promised += sign * take.count
    if other.sorties > 0:
        state.sorties[other.lift] += sign * other.sorties
        _slots(state, other.start_field, other.end_field, sign * other.sorties)
        if other.exit >= 0:
            state.exit_people[other.exit, day] += sign * row.people
    else:
        state.piles[other.pile].promised += sign * other.vehicles
        if other.escorts > 0:
            state.piles[other.escort_pile].promised += sign * other.escorts


@njit(cache=True, nogil=True)
def _slots(state: State, start: int, end: int, flights: int) -> None:
    if start >= 0:
        state.slots[start] += flights
    if end >= 0:
        state.slots[end] += flights


@njit(cache=True, nogil=True)
def _try_group(tables: Tables, state: State, first: int, day: int, seed: int, future: int, chance: int) -> None:
    """Try the last acts of a site (that of ``first``) together: all leave, or none."""
    site, together = tables.acts[first].final, True
    group_from, group_to = tables.sites[site].group_from, tables.sites[site].group_to
    for k in range(group_from, group_to):
        act = tables.pool[k]
        if state.acts[act].done or state.acts[act].flown:
            continue
        cause = missing(tables, state, act, day, seed, future, chance)
        state.acts[act].verdict = _OWN
        if cause:
            _note(state, act, cause, day)
            _or_else(tables, state, act, day)
            other = not state.acts[act].done and other_way(tables, state, act, day, seed, future, chance)
            state.acts[act].verdict = _OTHER if other else _STAYS
            together = together and other
        if state.acts[act].verdict:
            _claim(tables, state, act, day, state.acts[act].verdict, 1)
    for k in range(group_to - 1, group_from - 1, -1):
        act = tables.pool[k]
        if not state.acts[act].done and not state.acts[act].flown and state.acts[act].verdict:
            _claim(tables, state, act, day, state.acts[act].verdict, -1)
    for k in range(group_from, group_to):
        act = tables.pool[k]
        if state.acts[act].done or state.acts[act].flown:
            continue
        state.acts[act].tried = day
        if together and state.acts[act].verdict == _OWN:
            _settle(state, act)
            depart(tables, state, act, day, seed, future, chance)
        elif together:
            leave_by_other(tables, state, act, day, seed, future, chance)
        elif state.acts[act].verdict:
            state.acts[act].blocking = -1
            _note(state, act, _LAST_OUT, day)
        if not state.acts[act].done:
            reserve(tables, state, act)


@njit(cache=True, nogil=True)
def act_today(tables: Tables, state: State, waiting: int, day: int, seed: int, future: int, chance: int) -> int:
    """Let everything that is due try, in order; how many still wait (they are the first of ``state.waiting``)."""
    for n in range(waiting):
        act = state.waiting[n]
        if state.acts[act].done or state.acts[act].tried == day:
            continue
        if tables.acts[act].final >= 0 and not state.acts[act].flown:
            _try_group(tables, state, act, day, seed, future, chance)
        else:
            _try_one(tables, state, act, day, seed, future, chance)
    still = 0
    for n in range(waiting):
        act = state.waiting[n]
        if not state.acts[act].done:
            state.waiting[still] = act
            still += 1
    return still
