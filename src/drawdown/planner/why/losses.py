"""Which limits forced a loss: for each lot that a plan destroys or leaves behind, whether it could end otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot
from drawdown.plan.binding import uses_of
from drawdown.plan.model import Plan
from drawdown.plan.replay import replay
from drawdown.plan.wishes import LotWish
from drawdown.planner.construction.simple import Progress
from drawdown.planner.why.asking import Asking, cost_text
from drawdown.planner.why.rebuild import Clock, Task


class Loss(NamedTuple):
    """A lot of which items are destroyed or left: how many, of what value, and for what reasons the plan gives.

    ``could_leave`` tells whether a lawful plan without the loss was found (None: not asked, there was no time), at
    what ``cost`` more. Where none was found, ``forced_by`` names the limits: rules that such a plan breaks, and what
    was full in the weeks in which the lot could have been brought away.
    """

    lot: str
    name: str
    where: str
    items: int
    usd: float
    reasons: tuple[str, ...]
    could_leave: bool | None
    cost: float | None
    forced_by: tuple[str, ...]
    message: str


def losses(task: Task, plan: Plan, clock: Clock, *, progress: Progress | None = None) -> tuple[Loss, ...]:
    """Every lot that is destroyed or left, the dearest first; each is planned again without while there is time."""
    found = sorted(_lost(task.mission, plan), key=lambda row: (-row[1] * row[0].value_each, row[0].id))
    if not found:
        return ()
    asking = Asking(task, plan, clock, len(found), progress)
    return tuple(_loss(asking, lot, items) for lot, items in found)


def _lost(mission: Mission, plan: Plan) -> Iterator[tuple[Lot, int]]:
    result = replay(mission, plan)
    for lot in mission.equipment:
        destroyed = sum(row.count for row in plan.disposals if row.lot == lot.id and row.disposition == "destroy")
        items = destroyed + max(0, int(result.lot_remaining(lot.id)[-1]))
        if items:
            yield lot, items


def _loss(asking: Asking, lot: Lot, items: int) -> Loss:
    mission, plan, usd = asking.task.mission, asking.plan, items * lot.value_each
    reasons = tuple(sorted({row.reason or "" for row in plan.disposals if row.lot == lot.id and row.reason}))
    where = mission.site[lot.site].name
    what = f"{items} of {lot.count} {lot.name} at {where} ({usd / 1e6:,.2f} million USD)"
    known = (lot.id, lot.name, where, items, usd, reasons)
    full = _full_before(mission, plan, lot)
    if asking.clock.late:
        return Loss(*known, None, None, full, f"{what}: not planned again, there was no time")
    if asking.progress:
        asking.progress(f"whether {lot.name} at {where} could end otherwise")
    asked = asking.ask(LotWish(lot=lot.id, excluded=("destroy",)))
    if asked.possible:
        return Loss(*known, True, asked.cost, (), f"{what}: could end otherwise, {cost_text(asked)}")
    limits = [fault.message for fault in asked.faults] + [row.message for row in asked.broken] + list(full)
    forced = tuple(dict.fromkeys(limits))
    text = f"forced by {'; '.join(forced[:3])}" if forced else "no plan without the loss was found"
    return Loss(*known, False, None, forced, f"{what}: {text}")


def _full_before(mission: Mission, plan: Plan, lot: Lot) -> tuple[str, ...]:
    """What was full at the lot's site, its hubs and the exits on at least half of the last days before the loss."""
    days = [row.day for row in plan.disposals if row.lot == lot.id and row.disposition == "destroy"]
    if not days:
        return ()
    window = timedelta(days=mission.mission.last_resort_days)
    first, last = max(1, mission.day(min(days) - window)), mission.day(max(days))
    places, here = {"", *mission.exit}, mission.site.get(lot.site)
    while here and here.id not in places:
        places.add(here.id)
        here = mission.site.get(here.hub or "")
    found = []
    for use in uses_of(mission, plan):
        days_full = int(np.asarray(use.full)[first : last + 1].sum())
        if use.place in places and 2 * days_full > last - first:
            found.append(f"{use.what}: all of {use.size} in use on {days_full} of the {last - first + 1} days before")
    return tuple(found)
