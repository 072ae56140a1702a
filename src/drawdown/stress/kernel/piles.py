"""Piles: what is there, what is kept for others, and what will not come any more."""

from __future__ import annotations

from numba import njit

from drawdown.stress.kernel.state import NEVER, State
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.script import Kind

_PEOPLE, _LOT, _GUARD = int(Kind.PEOPLE), int(Kind.LOT), int(Kind.GUARD)
_LIFT, _DETACHMENT = int(Kind.LIFT), int(Kind.DETACHMENT)


@njit(cache=True, nogil=True, forceinline=True)
def open_take(tables: Tables, state: State, n: int) -> bool:
    """Whether a take of an act that has not left is still to be made."""
    take = tables.takes[n]
    if take.kind == _PEOPLE or take.kind == _GUARD:
        return state.acts[take.act].flown == 0
    return take.kind != _LOT or state.acts[take.act].off == 0


@njit(cache=True, nogil=True, forceinline=True)
def free(state: State, pile: int) -> int:
    """What an act may take of a pile now."""
    kept = state.piles[pile].reserved if state.piles[pile].kept_on == state.today[0] else 0
    return max(0, state.piles[pile].stock - kept - state.piles[pile].promised)


@njit(cache=True, nogil=True, forceinline=True)
def still_to_come(tables: Tables, state: State, n: int) -> int:
    """What the plan has ready in a take's pile before its act and has not arrived, and what is lent."""
    take = tables.takes[n]
    pile = take.source
    if state.piles[pile].missing >= take.before:
        return state.piles[pile].lent
    if state.takes[n].summed_on <= state.piles[pile].arrival:  # something has arrived since it was added up
        state.takes[n].coming = _added_up(tables, state, pile, take.before)
        state.takes[n].summed_on = state.today[0]
    return state.takes[n].coming + state.piles[pile].lent


@njit(cache=True, nogil=True)
def _added_up(tables: Tables, state: State, pile: int, before: int) -> int:
    """What has not arrived of the first takes of a pile's inflow.

    Acts ask in the order of their planned days, so the sum is carried on from one to the next within a day.
    """
    if state.piles[pile].summed_day != state.today[0]:
        state.piles[pile].summed_day, state.piles[pile].late = state.today[0], 0
        state.piles[pile].summed = state.piles[pile].missing
    start = tables.piles[pile].inflow_from
    for k in range(state.piles[pile].summed, before):
        n = tables.pool[start + k]
        if not state.takes[n].arrived:
            state.piles[pile].late += tables.takes[n].count
    state.piles[pile].summed = max(state.piles[pile].summed, before)
    return int(state.piles[pile].late)


@njit(cache=True, nogil=True, forceinline=True)
def complete(state: State, pile: int, before: int) -> bool:
    """Whether nothing more will come to a pile for an act."""
    return state.piles[pile].missing >= before and state.piles[pile].lent == 0


@njit(cache=True, nogil=True)
def mark_arrived(tables: Tables, state: State, n: int) -> None:
    """A take stands in its target, or never will."""
    take = tables.takes[n]
    if state.takes[n].arrived or take.target < 0:
        return
    state.takes[n].arrived = 1
    pile = take.target
    state.piles[pile].moved = state.today[0]
    state.piles[pile].arrival = state.today[0]
    if state.piles[pile].summed_day == state.today[0] and take.position < state.piles[pile].summed:
        state.piles[pile].late -= take.count
    start, length = tables.piles[pile].inflow_from, tables.piles[pile].inflow_to - tables.piles[pile].inflow_from
    while state.piles[pile].missing < length and state.takes[tables.pool[start + state.piles[pile].missing]].arrived:
        state.piles[pile].missing += 1


@njit(cache=True, nogil=True, forceinline=True)
def still_stuck(tables: Tables, state: State, act: int) -> bool:
    """Whether an act waits for a pile in which nothing has moved since it was asked yesterday."""
    n = state.acts[act].stuck
    return bool(n >= 0 and state.acts[act].waits and state.piles[tables.takes[n].source].moved < state.today[0] - 1)


@njit(cache=True, nogil=True)
def can_take(tables: Tables, state: State, act: int) -> int:
    """A pile that an act has to wait for (the one of yesterday if it still has to), or -1."""
    n = state.acts[act].stuck
    if n >= 0 and open_take(tables, state, n):
        take = tables.takes[n]
        if free(state, take.source) < take.count and not complete(state, take.source, take.before):
            return int(take.source)
    for n in range(tables.acts[act].take_from, tables.acts[act].take_to):
        take = tables.takes[n]
        if take.source < 0 or not open_take(tables, state, n):
            continue
        if free(state, take.source) < take.count and not complete(state, take.source, take.before):
            state.acts[act].stuck = n
            return int(take.source)
    return -1


@njit(cache=True, nogil=True, forceinline=True)
def _scarce(state: State, kind: int, pile: int) -> bool:
    """Whether it matters today who takes from a pile: not if nothing is there, nor if there is enough for all.

    Lift and escorts can be lent as well, to whom nobody counted.
    """
    row = state.piles[pile]
    if row.stock == 0:
        return False
    return bool(kind == _LIFT or kind == _DETACHMENT or row.stock < row.counted)


@njit(cache=True, nogil=True)
def reserve(tables: Tables, state: State, act: int) -> None:
    """Keep for an act that stays what it will need and what is not still to come before it."""
    for n in range(tables.acts[act].take_from, tables.acts[act].take_to):
        take = tables.takes[n]
        if take.source < 0 or take.last or not open_take(tables, state, n):
            continue
        pile = take.source
        if not _scarce(state, take.kind, pile):
            continue
        if state.piles[pile].kept_on != state.today[0]:
            state.piles[pile].kept_on, state.piles[pile].need, state.piles[pile].reserved = state.today[0], 0, 0
        state.piles[pile].need += take.count
        kept = state.piles[pile].need - still_to_come(tables, state, n)
        state.piles[pile].reserved = max(state.piles[pile].reserved, kept)


@njit(cache=True, nogil=True)
def promise(tables: Tables, state: State, act: int, sign: int) -> None:
    """Claim (or let go of) an act's takes while last acts are tried together."""
    for n in range(tables.acts[act].take_from, tables.acts[act].take_to):
        if tables.takes[n].source >= 0 and open_take(tables, state, n):
            state.piles[tables.takes[n].source].promised += sign * tables.takes[n].count


@njit(cache=True, nogil=True)
def remove(tables: Tables, state: State, pile: int, count: int) -> None:
    """Take from a pile, with the heads that are counted at its site."""
    state.piles[pile].stock -= count
    state.piles[pile].moved = state.today[0]
    row = tables.piles[pile]
    if row.kind == _PEOPLE and row.site >= 0:
        unit = tables.units[row.owner]
        state.people[row.site] -= count
        state.armed[row.site] -= count * unit.armed
        state.medical[row.site] -= count * unit.medical


@njit(cache=True, nogil=True)
def bring(tables: Tables, state: State, n: int, day: int) -> None:
    """What a take carries stands in its target in the evening of a day."""
    take = tables.takes[n]
    mark_arrived(tables, state, n)
    pile, count = take.target, state.takes[n].taken
    state.piles[pile].stock += count
    state.piles[pile].moved = state.today[0]
    state.piles[pile].came_by = take.act
    row = tables.piles[pile]
    if row.kind != _PEOPLE:
        return
    if row.site < 0:
        leave_mission(tables, state, row.owner, count, day, take.act)
        return
    unit = tables.units[row.owner]
    state.people[row.site] += count
    state.armed[row.site] += count * unit.armed
    state.medical[row.site] += count * unit.medical


@njit(cache=True, nogil=True)
def leave_mission(tables: Tables, state: State, unit: int, count: int, day: int, act: int) -> None:
    """People of a unit are out of the mission from the evening of a day on."""
    state.gone_people[day] += count
    state.unit_gone[unit] += count
    row = tables.units[unit]
    if state.unit_day[unit] == NEVER and state.unit_gone[unit] >= row.strength - row.may_stay:
        state.unit_day[unit], state.unit_act[unit] = day, act


@njit(cache=True, nogil=True, forceinline=True)
def send(state: State, n: int, day: int) -> None:
    """A take will be ready in the evening of a day."""
    if day < len(state.head_take):
        state.today[1] = max(state.today[1], day)
        state.takes[n].next_take = state.head_take[day]
        state.head_take[day] = n
