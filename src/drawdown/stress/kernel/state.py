"""What changes while a future is played."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from drawdown.stress.kernel.tables import Table, Tables

#: A day that never comes.
NEVER = 1_000_000

#: Room for rounding where TEU are added up.
EPS = 1e-6

# What is counted over a future, by place in ``State.sums``.
CASUALTIES, ATTACKS, VEHICLES, UNCOVERED, REFUSALS, NO_SHOWS, LOGGED = range(7)
SUMS = 7


class State(NamedTuple):
    """One future at work: by pile, take, act, site and so on, in the numbering of the tables."""

    # by pile
    stock: Table
    reserved: Table  # kept today for acts that are due earlier
    need: Table
    promised: Table  # claimed today by last acts that are tried together
    lent: Table
    counted: Table  # what acts that are not done still count on
    kept_on: Table  # the day that reserved and need are of
    arrival: Table  # last day on which something of its inflow arrived
    missing: Table  # how far its inflow has arrived without a gap
    moved: Table  # last day on which something came, went, was lent or given up
    came_by: Table  # the act that last brought something
    given: Table  # (pile, reason) items given up
    # by take
    taken: Table
    used: Table  # taken, before losses on the road
    arrived: Table
    next_take: Table
    coming: Table  # what is still to come before it to its pile
    summed_on: Table  # day on which that was added up
    # by act
    done: Table  # nothing more to try
    left: Table  # it has left by its own way
    gone: Table
    come_in: Table
    flown: Table  # its people have left by its alternative
    away: Table  # they have not arrived yet
    off: Table  # its loads are given up
    hold: Table  # first day on which its lift is there; -1 before it is drawn
    asked_other: Table  # day on which its alternative's clearance was asked; -1 before
    leave: Table
    tried: Table  # day on which it was last tried with the other last acts
    claims: Table  # it has claimed what it needs, while the last acts of its site are tried
    claimed_people: Table
    claimed_teu: Table
    verdict: Table  # last acts tried together: 0 stays, 1 its own way, 2 its alternative
    cause: Table  # what it failed by today
    stuck: Table  # the take that it could not make when last asked; -1 if none
    waits: Table  # it waited for that pile when it was last tried
    own_cause: Table
    waited: Table  # last day on which it waited for another
    waited_for: Table
    blocking: Table  # the pile, act or site that it waits for
    extra: Table  # (act, cause on the road) days more than planned
    next_act: Table
    next_other: Table
    next_back: Table
    # by request: a way's class in the pool
    granted: Table  # day; -1 before the first request is drawn
    refused_on: Table  # day of its first refusal
    # by site
    people: Table
    armed: Table
    medical: Table
    outs: Table
    ins: Table
    medics: Table
    released_by: Table
    fire: Table  # last day under fire
    left_day: Table
    empty: Table
    handed: Table
    nobody: Table  # nobody takes it over
    open_days: Table
    lot_teu: Table  # real TEU of its own lots at cessation
    # by run, crew and so on
    start: Table
    crew_used: Table  # (crew, day)
    exit_people: Table  # (exit, day)
    exit_teu: Table
    entered: Table  # (leg and direction, day)
    slots: Table
    sorties: Table
    serviceable: Table
    blocked: Table  # (class, day)
    shut: Table  # (hazard, day)
    # what was drawn
    rates: Table
    hurts: Table
    km: Table
    nominal: Table
    contested: Table
    luck: Table  # (hazards and legs) shared pace
    claim: Table  # by class
    share: Table  # (class, 3): asked, refused, share
    site_next: Table  # by place in the pool
    site_count: Table
    site_clock: Table
    # by day and in all
    head_take: Table
    head_act: Table
    head_other: Table
    head_back: Table
    gone_people: Table
    unit_gone: Table
    unit_day: Table
    unit_act: Table
    lost_items: Table
    lost_teu: Table
    lost_usd: Table
    sums: Table
    money: Table
    waiting: Table
    today: Table  # the day that is being worked out, and the last day on which something will arrive or end
    log: Table


def make_state(tables: Tables, log: int = 0) -> State:
    """Room for one future at a time; ``log`` rows of its events are kept (none by default)."""
    days = int(tables.header["days"][0]) + 2
    piles, takes, acts, sites = len(tables.piles), len(tables.takes), len(tables.acts), len(tables.sites)
    sizes: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(
            (
                "stock",
                "reserved",
                "need",
                "promised",
                "lent",
                "counted",
                "missing",
                "came_by",
                "kept_on",
                "arrival",
                "moved",
            ),
            (piles,),
        ),
        **dict.fromkeys(("taken", "used", "next_take", "coming", "summed_on"), (takes,)),
        **dict.fromkeys(("people", "armed", "medical", "outs", "ins", "medics", "released_by", "fire"), (sites,)),
        **dict.fromkeys(("left_day", "empty", "handed", "nobody", "open_days"), (sites,)),
        "given": (piles, 6),
        "extra": (acts, 5),
        "granted": (len(tables.pool),),
        "refused_on": (len(tables.pool),),
        "start": (len(tables.runs),),
        "crew_used": (len(tables.crews), days),
        "exit_people": (len(tables.exits), days),
        "slots": (len(tables.fields),),
        "sorties": (len(tables.lift),),
        "serviceable": (len(tables.lift),),
        "claim": (len(tables.classes),),
        "site_next": (len(tables.pool),),
        "site_count": (len(tables.pool),),
        **dict.fromkeys(("head_take", "head_act", "head_other", "head_back", "gone_people"), (days,)),
        **dict.fromkeys(("unit_gone", "unit_day", "unit_act"), (len(tables.units),)),
        "lost_items": (6,),
        "sums": (SUMS,),
        "today": (2,),
        "log": (max(log, 1), 4),
    }
    flags: dict[str, tuple[int, ...]] = {
        "arrived": (takes,),
        "entered": (2 * len(tables.legs), days),
        "blocked": (len(tables.classes), days),
        "shut": (len(tables.hazards), days),
    }
    real: dict[str, tuple[int, ...]] = {
        "lot_teu": (sites,),
        "site_clock": (len(tables.pool),),
        "exit_teu": (len(tables.exits), days),
        "rates": (len(tables.processes),),
        "hurts": (len(tables.processes),),
        **dict.fromkeys(("km", "nominal", "contested"), (len(tables.legs),)),
        "luck": (len(tables.hazards) + len(tables.legs),),
        "share": (len(tables.classes), 3),
        "lost_teu": (6,),
        "lost_usd": (6,),
        "money": (1,),
        "claimed_teu": (acts,),
    }
    wide = {"sums", "lost_items", "log"}
    made = {name: np.zeros(size, dtype=np.int64 if name in wide else np.int32) for name, size in sizes.items()}
    made |= {name: np.zeros(size, dtype=np.int8) for name, size in flags.items()}
    made |= {name: np.zeros(size) for name, size in real.items()}
    made |= {name: np.zeros(acts, dtype=np.int32) for name in State._fields if name not in made}
    if not log:
        made["log"] = np.zeros((0, 4), dtype=np.int64)
    return State(**made)


@njit(cache=True, nogil=True)
def write(state: State, day: int, event: int, a: int, b: int) -> None:
    """Write into the log, if one is kept."""
    row = state.sums[LOGGED]
    if row < len(state.log):
        state.log[row, 0], state.log[row, 1], state.log[row, 2], state.log[row, 3] = day, event, a, b
        state.sums[LOGGED] = row + 1
