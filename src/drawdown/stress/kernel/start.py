"""The start of a future: what is drawn once for all of it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from drawdown.stress.draws import Source, four
from drawdown.stress.kernel.state import NEVER, State, write
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.laws import exponential, log_normal_count, normal, rate
from drawdown.stress.script import Chance, Event, Kind

_PACE, _BLOCKS, _TURN_IN = int(Chance.PACE), int(Chance.BLOCKS), int(Chance.TURN_IN)
_DISPUTES, _HANDOVERS = int(Chance.DISPUTES), int(Chance.HANDOVERS)
_CLOSINGS = int(Chance.CLOSINGS)
_DISPUTE, _PACE_CLASS, _TURN = int(Source.DISPUTE), int(Source.PACE_CLASS), int(Source.TURN_IN)
_BLOCK, _BLOCK_RATE = int(Source.BLOCK), int(Source.BLOCK_RATE)
_CLOSING, _CLOSING_RATE = int(Source.CLOSING), int(Source.CLOSING_RATE)
_HAZARD_RATE, _HANDOVER, _SITE = int(Source.HAZARD_RATE), int(Source.HANDOVER), int(Source.SITE)
_BLOCKED, _SHUT = int(Event.BLOCKED), int(Event.SHUT)
_PEOPLE, _LOT = int(Kind.PEOPLE), int(Kind.LOT)
_MASK = 0xFFFFFFFF
_SITE_DAYS = 2


@njit(cache=True, nogil=True)
def _claim(seed: int, future: int, key: int, claims: int, chance: int) -> int:
    """Which of so many claims holds in this future."""
    if claims <= 1 or not chance & _DISPUTES:
        return 0
    return min(int(four(seed, future, _DISPUTE, key & _MASK, 0)[0] * claims), claims - 1)


@njit(cache=True, nogil=True)
def _reset(tables: Tables, state: State) -> None:
    state.piles[:] = state.blank_piles
    state.takes[:] = state.blank_takes
    state.acts[:] = state.blank_acts
    for table in (
        state.people,
        state.armed,
        state.medical,
        state.handed,
        state.nobody,
        state.open_days,
        state.slots,
        state.sorties,
        state.gone_people,
        state.unit_gone,
    ):
        table[:] = 0
    for table in (
        state.granted,
        state.released_by,
        state.start,
        state.serviceable,
        state.head_take,
        state.head_act,
        state.head_other,
        state.head_back,
        state.unit_act,
    ):
        table[:] = -1
    for table in (state.left_day, state.empty, state.unit_day):
        table[:] = NEVER
    for square in (state.given, state.extra, state.crew_used, state.exit_people):
        square[:] = 0
    for flags in (state.entered, state.blocked, state.shut):
        flags[:] = 0
    state.today[:] = 0
    state.sums[:] = 0
    state.lost_items[:] = 0
    for real in (state.lost_teu, state.lost_usd, state.lot_teu, state.money):
        real[:] = 0.0
    state.exit_teu[:] = 0.0
    state.share[:] = -1.0
    state.fire[:] = 0
    for n in range(len(tables.acts)):
        if tables.acts[n].people == 0 and not tables.acts[n].loads:  # an empty convoy keeps nobody waiting
            state.acts[n].gone, state.acts[n].come_in = 1, 1
    for n in range(len(tables.sites)):
        state.outs[n], state.ins[n], state.medics[n] = tables.sites[n].outs, tables.sites[n].ins, tables.sites[n].medics


@njit(cache=True, nogil=True)
def _stock(tables: Tables, state: State, seed: int, future: int, chance: int) -> float:
    """Put everything where it is; the real TEU of equipment as a share of the forecast."""
    real, forecast = 0.0, 0.0
    for n in range(len(tables.piles)):
        pile = tables.piles[n]
        count = pile.initial
        if pile.kind == _LOT and count > 0:
            lot = tables.lots[pile.owner]
            forecast += count * lot.teu
            which = _claim(seed, future, lot.key + 1, lot.claims_to - lot.claims_from, chance)
            count = int(tables.figures[lot.claims_from + which])
            if lot.forecast and chance & _TURN_IN and tables.header[0].turn_in > 0:
                u = four(seed, future, _TURN, lot.key, 0)
                count = log_normal_count(count, tables.header[0].turn_in, normal(u[0], u[1]))
            real += count * lot.teu
        if pile.kind == _PEOPLE and pile.site >= 0:
            unit = tables.units[pile.owner]
            state.people[pile.site] += count
            state.armed[pile.site] += count * unit.armed
            state.medical[pile.site] += count * unit.medical
        state.piles[n].stock = count
        state.piles[n].counted = pile.counted
    for n in range(len(tables.sites)):
        site = tables.sites[n]
        for k in range(site.own_from, site.own_to):
            pile_number = tables.pool[k]
            state.lot_teu[n] += state.piles[pile_number].stock * tables.lots[tables.piles[pile_number].owner].teu
    return real / forecast if forecast > 0 else 1.0


@njit(cache=True, nogil=True)
def _figures(tables: Tables, state: State, seed: int, future: int, chance: int) -> None:
    """Choose the disputed figures, and draw rates, the shared pace, and who takes no site over."""
    for n in range(len(tables.legs)):
        leg = tables.legs[n]
        state.km[n] = tables.figures[leg.km_from + _claim(seed, future, leg.key + 1, leg.km_to - leg.km_from, chance)]
        nominal = _claim(seed, future, leg.key + 2, leg.nom_to - leg.nom_from, chance)
        state.nominal[n] = tables.figures[leg.nom_from + nominal]
        worst = _claim(seed, future, leg.key + 3, leg.con_to - leg.con_from, chance)
        state.contested[n] = tables.figures[leg.con_from + worst] if leg.con_to > leg.con_from else state.nominal[n]
    hazards = len(tables.hazards)
    for n in range(hazards + len(tables.legs)):
        key = tables.hazards[n].key if n < hazards else tables.legs[n - hazards].key
        u = four(seed, future, _PACE_CLASS, key, 0)
        state.luck[n] = normal(u[0], u[1])
    for n in range(len(tables.classes)):
        state.claim[n] = _claim(seed, future, tables.classes[n].key + 1, tables.classes[n].claims, chance)
    for n in range(len(tables.processes)):
        process = tables.processes[n]
        which = _claim(seed, future, process.key + 1, process.event_to - process.event_from, chance)
        hurt = _claim(seed, future, process.key + 2, process.hurt_to - process.hurt_from, chance)
        state.hurts[n] = tables.figures[process.hurt_from + hurt] if process.hurt_to > process.hurt_from else 0.0
        state.rates[n] = 0.0
        if process.exposure > 0 and chance & process.chance and not process.chance & _CLOSINGS:
            events = tables.figures[process.event_from + which]
            state.rates[n] = rate(seed, future, _HAZARD_RATE, process.key, events, process.exposure)
    for n in range(len(tables.sites)):
        site = tables.sites[n]
        if chance & _HANDOVERS and site.no_handover > 0:
            state.nobody[n] = four(seed, future, _HANDOVER, site.key, 0)[0] < site.no_handover


@njit(cache=True, nogil=True)
def _windows(
    days: np.ndarray,
    seed: int,
    future: int,
    sources: tuple[int, int],
    key: int,
    events: float,
    over: float,
    length: float,
) -> list[tuple[int, int]]:
    """Mark the days of blocks (or closings) from day 0 on; their first and last days."""
    found = [(0, 0) for _ in range(0)]
    last = len(days) - 2
    mean_gap = 1.0 / rate(seed, future, sources[0], key, events, over)
    t, n = 0.0, 0
    while t <= last:
        u = four(seed, future, sources[1], key, n)
        n += 1
        start = math.ceil(t + exponential(u[0], mean_gap))
        if start > last:
            break
        end = start + max(1, math.ceil(exponential(u[1], length))) - 1
        for day in range(start, min(end, last) + 1):
            days[day] = 1
        found.append((start, min(end, last)))
        t = float(end)
    return found


@njit(cache=True, nogil=True)
def _blocks(tables: Tables, state: State, seed: int, future: int, chance: int) -> None:
    if chance & _BLOCKS:
        for n in range(len(tables.classes)):
            c = tables.classes[n]
            if c.blocks > 0 and c.over > 0:
                both = (_BLOCK_RATE, _BLOCK)
                for first, last in _windows(state.blocked[n], seed, future, both, c.key, c.blocks, c.over, c.length):
                    write(state, first, _BLOCKED, n, last)
    if chance & _CLOSINGS:
        for n in range(len(tables.hazards)):
            if tables.hazards[n].closing >= 0:
                p = tables.processes[tables.hazards[n].closing]
                which = _claim(seed, future, p.key + 1, p.event_to - p.event_from, chance)
                events = tables.figures[p.event_from + which]
                both = (_CLOSING_RATE, _CLOSING)
                if p.delay > 0:
                    for first, last in _windows(state.shut[n], seed, future, both, p.key, events, p.exposure, p.delay):
                        write(state, first, _SHUT, n, last)


@njit(cache=True, nogil=True)
def _first_fire(tables: Tables, state: State, seed: int, future: int) -> None:
    for n in range(len(tables.sites)):
        site = tables.sites[n]
        for k in range(site.proc_from, site.proc_to):
            state.site_next[k] = NEVER
            state.site_count[k] = 0
            next_fire(tables, state, seed, future, n, k, 0.0)


@njit(cache=True, nogil=True)
def next_fire(tables: Tables, state: State, seed: int, future: int, site: int, k: int, now: float) -> None:
    """Draw the day of the next event of a site's process (``k`` is its place in the pool), from a moment on."""
    process = tables.processes[tables.pool[k]]
    mean_rate = state.rates[tables.pool[k]]
    if mean_rate <= 0:
        return
    key = (tables.sites[site].key + process.key) & _MASK
    u = four(seed, future, _SITE, key, state.site_count[k])
    state.site_clock[k] = now + exponential(u[0], 1.0 / mean_rate)
    state.site_next[k] = max(1, math.ceil(min(state.site_clock[k], float(NEVER))))


@njit(cache=True, nogil=True)
def begin(tables: Tables, state: State, seed: int, future: int, chance: int) -> float:
    """Begin a future; the real TEU of equipment as a share of the forecast."""
    _reset(tables, state)
    share = _stock(tables, state, seed, future, chance)
    _figures(tables, state, seed, future, chance)
    _blocks(tables, state, seed, future, chance)
    _first_fire(tables, state, seed, future)
    return share
