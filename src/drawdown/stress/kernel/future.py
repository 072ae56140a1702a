"""A future from its first day to its last, and what it comes to."""

from __future__ import annotations

from numba import njit

from drawdown.stress.kernel.acting import act_today
from drawdown.stress.kernel.leaving import release
from drawdown.stress.kernel.permission import refusal
from drawdown.stress.kernel.piles import bring
from drawdown.stress.kernel.refs import refer
from drawdown.stress.kernel.results import Results
from drawdown.stress.kernel.sites import hand_over, leave_sites, start_steps, under_fire
from drawdown.stress.kernel.start import begin
from drawdown.stress.kernel.state import (
    ATTACKS,
    CASUALTIES,
    NEVER,
    NO_SHOWS,
    REFUSALS,
    UNCOVERED,
    VEHICLES,
    State,
    write,
)
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.script import Cause, Event

_ARRIVED = int(Event.ARRIVED)
_AFTER, _CLEARANCE, _BLOCK, _PACE = int(Cause.AFTER), int(Cause.CLEARANCE), int(Cause.BLOCK), int(Cause.PACE)


@njit(cache=True, nogil=True)
def _evening(tables: Tables, state: State, day: int) -> None:
    """What arrives today, what comes back, handovers, and sites that are left."""
    n = state.head_take[day]
    while n >= 0:
        bring(tables, state, n, day)
        n = state.takes[n].next_take
    act = state.head_act[day]
    while act >= 0:
        write(state, day, _ARRIVED, act, 0)
        state.acts[act].away -= 1
        release(tables, state, act)
        act = state.acts[act].next_act
    act = state.head_other[day]
    while act >= 0:
        state.acts[act].away -= 1
        release(tables, state, act)
        act = state.acts[act].next_other
    act = state.head_back[day]
    while act >= 0:
        other = tables.others[tables.acts[act].other]
        state.piles[other.pile].stock += other.vehicles
        state.piles[other.pile].lent -= other.vehicles
        state.piles[other.pile].moved = day
        if other.escorts > 0:
            state.piles[other.escort_pile].stock += other.escorts
            state.piles[other.escort_pile].lent -= other.escorts
            state.piles[other.escort_pile].moved = day
        act = state.acts[act].next_back
    hand_over(tables, state, day)
    leave_sites(tables, state, day)


@njit(cache=True, nogil=True)
def _protect(tables: Tables, state: State, day: int) -> None:
    if day < 1 or not tables.protecting[day]:
        return
    for n in range(len(tables.towns)):
        town, safe = tables.towns[n], False
        for k in range(town.site_from, town.site_to):
            safe = safe or state.armed[tables.pool[k]] >= tables.header[0].force
        if not safe:
            state.sums[UNCOVERED] += town.population


@njit(cache=True, nogil=True)
def _nothing_more(tables: Tables, state: State, day: int) -> bool:
    """Whether nothing is on its way, everybody is gone, and every step that will start has ended."""
    if day < state.today[1]:
        return False
    for site in range(len(tables.sites)):
        if state.left_day[site] == NEVER:
            return False
    for n in range(len(tables.runs)):
        if state.start[n] < 0 and not state.nobody[tables.runs[n].site]:
            return False
    for later in range(day + 1, len(tables.protecting)):
        if tables.protecting[later]:
            return False
    return True


@njit(cache=True, nogil=True)
def _play(tables: Tables, state: State, seed: int, future: int, chance: int) -> float:
    """Play a future; the real TEU of equipment as a share of the forecast."""
    share = begin(tables, state, seed, future, chance)
    days, due, waiting, acts = tables.header[0].days, 0, 0, len(tables.acts)
    for site in range(len(tables.sites)):
        state.open_days[site] += state.people[site] > 0
    for day in range(1, days + 1):
        state.today[0] = day
        state.slots[:] = 0
        state.sorties[:] = 0
        state.serviceable[:] = -1
        under_fire(tables, state, day, seed, future)
        start_steps(tables, state, day, False)
        while due < acts and tables.acts[due].day <= day:
            state.waiting[waiting] = due
            waiting += 1
            due += 1
        waiting = act_today(tables, state, waiting, day, seed, future, chance)
        start_steps(tables, state, day, True)
        _evening(tables, state, day)
        _protect(tables, state, day)
        if due == acts and waiting == 0 and _nothing_more(tables, state, day):
            break
        if day < days:
            for site in range(len(tables.sites)):
                state.open_days[site] += state.people[site] > 0
    return share


@njit(cache=True, nogil=True)
def _finish(tables: Tables, state: State) -> tuple[int, int]:
    """The day by which the drawdown is complete, and the act that it waited for (-1 if none)."""
    never = tables.header[0].days + 1
    day, act = 0, -1
    for n in range(len(tables.units)):
        unit = tables.units[n]
        if unit.strength > unit.may_stay and min(state.unit_day[n], never) > day:
            day, act = min(state.unit_day[n], never), state.unit_act[n]
    for n in range(len(tables.sites)):
        if not tables.sites[n].liquidation and min(state.empty[n], never) > day:
            day, act = min(state.empty[n], never), state.released_by[n]
    if day == never:
        act = -1
        for n in range(len(tables.acts)):
            if not state.acts[n].done and act < 0:
                act = n
    return day, act


@njit(cache=True, nogil=True)
def _trace(tables: Tables, state: State, act: int, row: int, results: Results) -> None:
    """Walk the critical chain back from its last act, and note where the days of delay came from."""
    never = tables.header[0].days + 1
    for _ in range(len(tables.acts)):
        if act < 0:
            return
        results.critical_acts[act] += 1
        acted = tables.acts[act]
        if state.acts[act].left:
            for k in range(5):
                results.delay_days[row, _PACE + k] += state.extra[act, k]
        leave = min(state.acts[act].leave, never)
        since = max(acted.day, state.acts[act].waited + 1)
        if leave > since:
            cause = state.acts[act].own_cause
            results.delay_days[row, cause] += leave - since
            if (cause == _CLEARANCE or cause == _BLOCK) and acted.way >= 0:
                way = tables.ways[acted.way]
                for k in range(way.class_from, way.class_to):
                    results.critical_classes[tables.pool[k]] += 1
        before = state.acts[act].waited_for
        if state.acts[act].waited < 0 or before < 0 or before >= act:
            return
        act = before


@njit(cache=True, nogil=True)
def _drivers(
    tables: Tables, state: State, share: float, row: int, seed: int, future: int, chance: int, results: Results
) -> None:
    """What was drawn for the whole future, in the order of `driver_names`."""
    k = 0
    for n in range(len(tables.hazards)):
        results.drivers[row, k] = state.luck[n]
        k += 1
    for n in range(len(tables.classes)):
        results.drivers[row, k] = refusal(tables, state, n, min(1, tables.header[0].days), seed, future, chance)
        results.drivers[row, k + 1] = state.blocked[n].sum()
        k += 2
    for n in range(len(tables.hazards)):
        results.drivers[row, k] = state.shut[n].sum()
        k += 1
    for n in range(len(tables.processes)):
        results.drivers[row, k] = state.rates[n]
        k += 1
    results.drivers[row, k] = share
    results.drivers[row, k + 1] = state.sums[REFUSALS]
    results.drivers[row, k + 2] = state.sums[NO_SHOWS]


@njit(cache=True, nogil=True)
def _tell(tables: Tables, state: State, row: int, results: Results) -> None:
    """Write down what a future came to."""
    days, people, cost = tables.header[0].days, 0, state.money[0]
    never = days + 1
    for n in range(len(tables.units)):
        people += tables.units[n].strength
    for day in range(days + 1):
        people -= state.gone_people[day]
        results.remaining[row, day] = people
        if day < days:
            cost += people * tables.header[0].person_day
    for n in range(len(tables.sites)):
        results.last_out[row, n] = min(state.left_day[n], never)
        results.handover[row, n] = state.handed[n] if state.handed[n] > 0 else never
        cost += state.open_days[n] * tables.sites[n].running
    results.casualties[row] = state.sums[CASUALTIES]
    results.attacks[row] = state.sums[ATTACKS]
    results.vehicles_lost[row] = state.sums[VEHICLES]
    results.uncovered[row] = state.sums[UNCOVERED]
    results.lost_items[row] = state.lost_items
    results.lost_teu[row] = state.lost_teu
    results.lost_usd[row] = state.lost_usd
    results.cost_usd[row] = cost
    for n in range(len(tables.acts)):
        if min(state.acts[n].leave, never) > tables.acts[n].day:
            results.late_acts[n] += 1


@njit(cache=True, nogil=True)
def _play_rows(tables: Tables, state: State, results: Results, seed: int, first: int, chance: int) -> None:
    for row in range(len(results.out_by)):
        share = _play(tables, state, seed, first + row, chance)
        _tell(tables, state, row, results)
        day, act = _finish(tables, state)
        results.out_by[row] = day
        _trace(tables, state, act, row, results)
        _drivers(tables, state, share, row, seed, first + row, chance, results)


@njit(cache=True, nogil=True)
def play_many(tables: Tables, state: State, results: Results, seed: int, first: int, chance: int) -> None:
    """Play as many futures as ``results`` has rows, from ``first`` on."""
    # refer is numba's to call, which adds its first argument.
    _play_rows(refer(tables), refer(state), refer(results), seed, first, chance)  # type: ignore[call-arg]
