"""Sites: fire, closure steps, handover, and what is lost when the last people leave."""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.draws import Source, four
from drawdown.stress.kernel.road import lose
from drawdown.stress.kernel.start import next_fire
from drawdown.stress.kernel.state import ATTACKS, CASUALTIES, EPS, NEVER, State, write
from drawdown.stress.kernel.tables import Tables
from drawdown.stress.laws import poisson
from drawdown.stress.script import Event, Reason

_SITE = int(Source.SITE)
_ATTACKED, _HURT, _STARTED = int(Event.ATTACKED), int(Event.HURT), int(Event.STARTED)
_DESTROYED, _LAST_OUT, _HANDED_OVER = int(Event.DESTROYED), int(Event.LAST_OUT), int(Event.HANDED_OVER)
_TRANSPORT_REFUSED, _NO_LIFT = int(Reason.TRANSPORT_REFUSED), int(Reason.NO_LIFT_IN_TIME)
_UNSAFE, _FAILED, _LEFT_BEHIND = int(Reason.UNSAFE_TO_MOVE), int(Reason.HANDOVER_FAILED), int(Reason.LEFT_BEHIND)
_MASK = 0xFFFFFFFF


@njit(cache=True, nogil=True)
def under_fire(tables: Tables, state: State, day: int, seed: int, future: int) -> None:
    """Attacks on sites today."""
    for site in range(len(tables.sites)):
        row = tables.sites[site]
        for k in range(row.proc_from, row.proc_to):
            p = tables.pool[k]
            while state.site_next[k] <= day:
                key = (row.key + tables.processes[p].key) & _MASK
                if state.people[site] > 0:
                    u = four(seed, future, _SITE, key, state.site_count[k])
                    hurt = poisson(u[1], state.hurts[p])
                    if tables.processes[p].attack:
                        state.sums[ATTACKS] += 1
                        write(state, day, _ATTACKED, -1 - site, 1)
                    if hurt:
                        state.sums[CASUALTIES] += hurt
                        write(state, day, _HURT, -1 - site, hurt)
                    shut = math.ceil(tables.processes[p].delay)
                    state.fire[site] = max(state.fire[site], day + shut - 1)
                state.site_count[k] += 1
                state.site_next[k] = NEVER
                next_fire(tables, state, seed, future, site, k, state.site_clock[k])


@njit(cache=True, nogil=True)
def _emptied(tables: Tables, state: State, site: int, share: float) -> bool:
    """Whether little enough of a site's own equipment is still there (the evening before)."""
    if share >= 1:
        return True
    row, teu = tables.sites[site], 0.0
    for k in range(row.own_from, row.own_to):
        pile = tables.pool[k]
        given = 0
        for reason in range(6):
            given += state.given[pile, reason]
        teu += max(0, state.piles[pile].stock - given) * tables.lots[tables.piles[pile].owner].teu
    return bool(teu <= share * state.lot_teu[site] + EPS)


@njit(cache=True, nogil=True)
def start_steps(tables: Tables, state: State, day: int, later: bool) -> None:
    """Start the closure steps that can start today: those that wait for last-out (``later``), or the others."""
    last = state.crew_used.shape[1] - 1
    for n in range(len(tables.runs)):
        run = tables.runs[n]
        if day < run.day:
            return  # they stand by planned day
        if state.start[n] >= 0 or run.days == 0 or (run.later != 0) != later:
            continue
        if (run.skippable or run.handover) and state.nobody[run.site]:
            continue
        if later and not last_people_gone(tables, state, run.site):
            continue
        ready = True
        for k in range(run.after_from, run.after_to):
            before = tables.runs[tables.pool[k]]
            if before.skippable and state.nobody[run.site]:
                continue
            started = state.start[tables.pool[k]]
            ready = ready and started >= 0 and started + before.days - 1 < day
        if run.crew >= 0 and ready:
            for at in range(day, min(day + run.days - 1, last) + 1):
                ready = ready and state.crew_used[run.crew, at] + run.crews <= tables.crews[run.crew]
        if ready and _emptied(tables, state, run.site, run.share):
            state.start[n] = day
            state.today[1] = max(state.today[1], day + run.days - 1)
            write(state, day, _STARTED, n, 0)
            if run.crew >= 0:
                for at in range(day, min(day + run.days - 1, last) + 1):
                    state.crew_used[run.crew, at] += run.crews


@njit(cache=True, nogil=True)
def last_people_gone(tables: Tables, state: State, site: int) -> bool:
    """Whether a site has nobody, and its last acts have all gone."""
    row = tables.sites[site]
    if state.people[site] > 0 or row.group_from == row.group_to:
        return False
    for k in range(row.group_from, row.group_to):
        if not state.acts[tables.pool[k]].gone:
            return False
    return True


@njit(cache=True, nogil=True)
def _planned_handover(tables: Tables, site: int) -> bool:
    for n in range(len(tables.runs)):
        if tables.runs[n].site == site and tables.runs[n].handover:
            return True
    return False


@njit(cache=True, nogil=True)
def hand_over(tables: Tables, state: State, day: int) -> None:
    """Handover steps that end today: the site and what goes with it is signed over."""
    for n in range(len(tables.runs)):
        run = tables.runs[n]
        if not run.handover or state.start[n] < 0 or state.start[n] + run.days - 1 != day:
            continue
        row = tables.sites[run.site]
        state.handed[run.site] = day
        write(state, day, _HANDED_OVER, run.site, 1)
        for k in range(row.hand_from, row.hand_to):
            if state.piles[tables.pool[k]].stock > 0:
                state.piles[tables.pool[k]].stock = 0
                state.empty[run.site] = day


@njit(cache=True, nogil=True)
def leave_sites(tables: Tables, state: State, day: int) -> None:
    """Sites that nobody is at any more and that nothing holds: what is still there is lost."""
    for site in range(len(tables.sites)):
        if state.left_day[site] != NEVER or state.outs[site] > 0 or state.ins[site] > 0:
            continue
        if not last_people_gone(tables, state, site):
            continue
        state.left_day[site] = day
        write(state, day, _LAST_OUT, site, 0)
        hands = _planned_handover(tables, site)
        if hands and state.nobody[site]:
            write(state, day, _HANDED_OVER, site, 0)
        waits = hands and not state.nobody[site] and state.handed[site] == 0
        if not _lose_all(tables, state, site, day, waits):
            state.empty[site] = day


@njit(cache=True, nogil=True)
def _lose_all(tables: Tables, state: State, site: int, day: int, waits: bool) -> bool:
    """Lose what is at a site; whether something stays to be handed over with it."""
    row, stays = tables.sites[site], False
    for k in range(row.lot_from, row.lot_to):
        pile = tables.pool[k]
        count = state.piles[pile].stock
        if count <= 0:
            continue
        handed = False
        for i in range(row.hand_from, row.hand_to):
            handed = handed or tables.pool[i] == pile
        if handed and waits:
            stays = True
            continue
        lot = tables.piles[pile].owner
        rest = count
        if handed:
            lose(tables, state, lot, rest, _FAILED)
        elif not tables.lots[lot].destroy:
            lose(tables, state, lot, rest, _LEFT_BEHIND)
        else:
            for reason in range(_TRANSPORT_REFUSED, _UNSAFE + 1):
                part = min(rest, state.given[pile, reason])
                if part > 0:
                    lose(tables, state, lot, part, reason)
                    rest -= part
            if rest > 0:
                lose(tables, state, lot, rest, _NO_LIFT)
        state.piles[pile].stock = 0
        write(state, day, _DESTROYED, pile, count)
    return stays
