"""Clearances: when requests are granted, and whether a way is open today."""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.draws import Source, four
from drawdown.stress.kernel.state import NEVER, REFUSALS, State
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.laws import exponential, share
from drawdown.stress.script import Cause, Chance

_LATENESS, _REFUSALS = int(Chance.LATENESS), int(Chance.REFUSALS)
_CLEARANCE, _REFUSAL = int(Source.CLEARANCE), int(Source.REFUSAL)
_WAITS, _BLOCK, _ROUTE = int(Cause.CLEARANCE), int(Cause.BLOCK), int(Cause.ROUTE)
_NOTHING, _ASK, _OPEN, _BLOCKED = 0, 1, 2, 3
_MASK = 0xFFFFFFFF

#: After so many refusals nobody asks again.
MOST_REQUESTS = 32


@njit(cache=True, nogil=True)
def refusal(tables: Tables, state: State, c: int, day: int, seed: int, future: int, chance: int) -> float:
    """The chance that a request of a class is refused, as of a day."""
    if not chance & _REFUSALS:
        return 0.0
    asked, refused = float(tables.asked[c, day]), float(tables.refused[c, day])
    if asked <= 0:
        return tables.refusal[c, day, state.claim[c]]
    if state.share[c, 0] != asked or state.share[c, 1] != refused:
        state.share[c, 0], state.share[c, 1] = asked, refused
        state.share[c, 2] = share(seed, future, _REFUSAL, tables.classes[c].key, asked, refused)
    return state.share[c, 2]


@njit(cache=True, nogil=True)
def ask(tables: Tables, state: State, way: int, asked: int, as_of: int, seed: int, future: int, chance: int) -> None:
    """Draw when each class of a way is granted and when it was first refused."""
    row = tables.ways[way]
    as_of = min(as_of, tables.header[0].days)
    for k in range(row.class_from, row.class_to):
        c = tables.pool[k]
        refuse, lead = refusal(tables, state, c, as_of, seed, future, chance), tables.lead[c, as_of]
        late = tables.late[c, as_of] if chance & _LATENESS else 0.0
        key, day = (row.key + tables.classes[c].key) & _MASK, asked
        state.granted[k], state.refused_on[k] = NEVER, NEVER
        for n in range(MOST_REQUESTS):
            day += lead
            if late <= 0 and refuse <= 0:
                state.granted[k] = day
                break
            u = four(seed, future, _CLEARANCE, key, n)
            if u[0] < late:
                day += math.ceil(exponential(u[1], tables.late_days[c, as_of]))
            if u[2] >= refuse:
                state.granted[k] = day
                break
            state.refused_on[k] = min(state.refused_on[k], day)
            state.sums[REFUSALS] += 1


@njit(cache=True, nogil=True)
def cleared(tables: Tables, state: State, way: int, day: int) -> int:
    """0 if a way is cleared on a day, else why not."""
    for k in range(tables.ways[way].class_from, tables.ways[way].class_to):
        c = tables.pool[k]
        now = tables.state[c, day]
        if now == _NOTHING or now == _OPEN:
            continue
        if now == _BLOCKED or state.blocked[c, day]:
            return _BLOCK
        if day < state.granted[k]:
            return _WAITS
    return 0


@njit(cache=True, nogil=True)
def was_refused(tables: Tables, state: State, way: int, day: int) -> bool:
    """Whether a request for a way was refused by a day, of a class that has to be asked today."""
    for k in range(tables.ways[way].class_from, tables.ways[way].class_to):
        if tables.state[tables.pool[k], day] == _ASK and state.refused_on[k] <= day:
            return True
    return False


@njit(cache=True, nogil=True)
def route_open(tables: Tables, state: State, way: int, exit_: int, day: int, days: int) -> bool:
    """Whether every leg is open when the plan's pace would enter it and not shut today, and the exit on arrival."""
    row, last = tables.ways[way], tables.header[0].days
    for k in range(row.from_, row.to):
        passage = tables.passages[k]
        hazard = tables.legs[passage.leg].hazard
        if not tables.leg_open[passage.leg, min(day + passage.offset, last)]:
            return False
        if hazard >= 0 and state.shut[hazard, day]:
            return False
    if exit_ >= 0:
        arrival = day + days - 1
        return bool(tables.exits[exit_].first <= arrival <= tables.exits[exit_].last)
    return True
