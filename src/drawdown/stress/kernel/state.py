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


_I, _F = np.int32, np.float64

PILE_STATE = np.dtype(
    [
        ("stock", _I),
        ("reserved", _I),  # kept today for acts that are due earlier
        ("need", _I),
        ("promised", _I),  # claimed today by last acts that are tried together
        ("lent", _I),
        ("counted", _I),  # what acts that are not done still count on
        ("missing", _I),  # how far its inflow has arrived without a gap
        ("came_by", _I),  # the act that last brought something
        ("kept_on", _I),  # the day that reserved and need are of
        ("arrival", _I),  # last day on which something of its inflow arrived
        ("summed", _I),  # how far its inflow has been added up
        ("late", _I),  # what of that has not arrived
        ("summed_day", _I),  # the day that these two are of
        ("moved", _I),  # last day on which something came, went, was lent or given up
    ],
    align=True,
)

TAKE_STATE = np.dtype(
    [
        ("taken", _I),
        ("used", _I),  # taken, before losses on the road
        ("arrived", _I),
        ("next_take", _I),
        ("coming", _I),  # what is still to come before it to its pile
        ("summed_on", _I),  # day on which that was added up
    ],
    align=True,
)

ACT_STATE = np.dtype(
    [
        ("done", _I),  # nothing more to try
        ("left", _I),  # it has left by its own way
        ("gone", _I),
        ("come_in", _I),
        ("flown", _I),  # its people have left by its alternative
        ("away", _I),  # they have not arrived yet
        ("off", _I),  # its loads are given up
        ("hold", _I),  # first day on which its lift is there; -1 before it is drawn
        ("asked_other", _I),  # day on which its alternative's clearance was asked; -1 before
        ("leave", _I),
        ("tried", _I),  # day on which it was last tried with the other last acts
        ("claims", _I),  # it has claimed what it needs, while the last acts of its site are tried
        ("verdict", _I),  # last acts tried together: 0 stays, 1 its own way, 2 its alternative
        ("cause", _I),  # what it failed by today
        ("stuck", _I),  # the take that it could not make when last asked; -1 if none
        ("waits", _I),  # it waited for that pile when it was last tried
        ("look", _I),  # until this day nothing but that pile can help it
        ("own_cause", _I),
        ("waited", _I),  # last day on which it waited for another
        ("waited_for", _I),
        ("blocking", _I),  # the pile, act or site that it waits for
        ("claimed_people", _I),
        ("claimed_teu", _F),
        ("next_act", _I),
        ("next_other", _I),
        ("next_back", _I),
    ],
    align=True,
)


class State(NamedTuple):
    """One future at work: by pile, take, act, site and so on, in the numbering of the tables."""

    piles: Table  # what changes by pile; the blanks are what each future starts from
    takes: Table
    acts: Table
    blank_piles: Table
    blank_takes: Table
    blank_acts: Table
    given: Table  # (pile, reason) items given up
    extra: Table  # (act, cause on the road) days more than planned
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


def _rows(piles: int, takes: int, acts: int) -> dict[str, Table]:
    """What changes by pile, take and act, and the rows that each future starts from: zeros, but for what is named."""
    blank = {
        "piles": np.zeros(piles, dtype=PILE_STATE),
        "takes": np.zeros(takes, dtype=TAKE_STATE),
        "acts": np.zeros(acts, dtype=ACT_STATE),
    }
    blank["piles"]["came_by"] = -1
    blank["takes"]["summed_on"] = -1
    for name in ("hold", "stuck", "tried", "asked_other", "waited", "waited_for", "blocking"):
        blank["acts"][name] = -1
    blank["acts"]["leave"] = NEVER
    return {**{name: rows.copy() for name, rows in blank.items()}, **{f"blank_{k}": v for k, v in blank.items()}}


def make_state(tables: Tables, log: int = 0) -> State:
    """Room for one future at a time; ``log`` rows of its events are kept (none by default)."""
    days = int(tables.header["days"][0]) + 2
    piles, takes, acts, sites = len(tables.piles), len(tables.takes), len(tables.acts), len(tables.sites)
    sizes: dict[str, tuple[int, ...]] = {
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
    }
    wide = {"sums", "lost_items", "log"}
    made = {name: np.zeros(size, dtype=np.int64 if name in wide else np.int32) for name, size in sizes.items()}
    made |= {name: np.zeros(size, dtype=np.int8) for name, size in flags.items()}
    made |= {name: np.zeros(size) for name, size in real.items()}
    made |= _rows(piles, takes, acts)
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
