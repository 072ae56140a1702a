"""Close a site: its steps, the departure of the last group, and the handover."""

from __future__ import annotations

from datetime import date

from drawdown.mission.tables import ClosureStep, Site
from drawdown.plan.model import Closure, StepRun
from drawdown.planner.dispose import end_on_last_day, goes_with_site, offer_day
from drawdown.planner.draft import Draft
from drawdown.planner.haul import Offer, accepted, compose, fly_items, haul
from drawdown.planner.people import hold_enablers, move_people
from drawdown.planner.stock import Group, Parcel


def thin_life_support(draft: Draft, site: Site, limit: int) -> None:
    """Move what life support the last group does not need, once everyone else has left."""
    heads, start = int(draft.people[site.id][-1]), int(draft.people[site.id][0])
    surplus: dict[int, int] = {}
    for parcel in list(draft.stock.parcels[site.id]):
        if not parcel.lot.life_support or parcel.lot.site != site.id or goes_with_site(draft, site, parcel):
            continue
        needed = -(-parcel.lot.count * min(heads, start) // start) if start else 0
        extra = parcel.count - needed
        if extra > 0:
            parcel.count -= extra
            spare = Parcel(parcel.lot, max(parcel.day, draft.busy[site.id] - 1), extra)
            draft.stock.parcels[site.id].append(spare)
            surplus[id(spare)] = extra
            if parcel.count == 0:
                draft.stock.parcels[site.id].remove(parcel)
    haul(draft, site.id, lambda p: id(p) in surplus, ride=False, limit=limit)


def plan_steps(draft: Draft, site: Site, last_out: int | None) -> int:
    """Place the closure steps that can run before last-out (or, once it is known, all others but the handover).

    Returns the last day of the steps that last-out has to wait for.
    """
    done = {run.step: draft.mission.day(run.end) for run in draft.steps if run.site == site.id}
    for step in _in_order(draft.mission.steps_for(site)):
        if step.id in done or step.role == "handover" or any(before not in done for before in step.after):
            continue
        if last_out is None and step.moment == "after_last_out":
            continue
        earliest = max([done[before] + 1 for before in step.after], default=1)
        if last_out is not None and (step.moment == "after_last_out" or step.max_stock_share < 1):
            earliest = max(earliest, last_out + (step.moment != "after_last_out"))
        else:
            emptied = _emptied(draft, site, step)
            if emptied is None:
                continue
            earliest = max(earliest, emptied)
        done[step.id] = _place_step(draft, site, step, earliest)
    return max(done.values(), default=0)


def _in_order(steps: tuple[ClosureStep, ...]) -> list[ClosureStep]:
    """Steps so that each comes after those it waits for."""
    names, left = {s.id for s in steps}, list(steps)
    ordered: list[ClosureStep] = []
    while left:
        ready = [s for s in left if not (set(s.after) & names) - {o.id for o in ordered}] or left[:1]
        ordered.append(ready[0])
        left.remove(ready[0])
    return ordered


def _emptied(draft: Draft, site: Site, step: ClosureStep) -> int | None:
    """First day on whose morning little enough of the site's own equipment is left; None if that day does not come."""
    teu = draft.own_teu[site.id]
    if step.max_stock_share >= 1:
        return 1
    enough = teu[:-1] <= step.max_stock_share * teu[0] + 1e-9 if teu[0] else teu[:-1] <= 0
    return int(enough.argmax()) + 1 if enough.any() else None


def _place_step(draft: Draft, site: Site, step: ClosureStep, earliest: int) -> int:
    """Put a step on the first days from ``earliest`` on which its crews are free; its last day."""
    free = draft.board.crews.get(step.crew or "")
    start = earliest
    while free is not None and start + step.days - 1 <= draft.board.end:
        busy = (free[start : start + step.days] < step.crews).nonzero()[0]
        if not len(busy):
            free[start : start + step.days] -= step.crews
            break
        start += int(busy[-1]) + 1
    end = start + step.days - 1
    draft.steps.append(StepRun(site=site.id, step=step.id, start=_date(draft, start), end=_date(draft, end)))
    if step.needs:
        hold_enablers(draft, site, step.needs, end)
    return end


def _date(draft: Draft, day: int) -> date:
    return draft.mission.date(day)


def ready_to_leave(draft: Draft, site: Site) -> int:
    """First day on which nobody else needs the last group, and what goes with the site has been offered to others."""
    held = [draft.hold[g.unit] for g in draft.stock.groups[site.id]]
    offered = [offer_day(draft, p.lot) for p in draft.stock.parcels[site.id] if goes_with_site(draft, site, p)]
    return max([1, *held, *offered])


def leave(draft: Draft, site: Site, earliest: int, limit: int) -> int:
    """Let the last group and what is left with it leave on one day; that day.

    Where no day up to ``limit`` takes everything, what can be disposed of is, and the rest leaves as it can.
    """
    for forced in (False, True):
        for day in range(max(1, earliest), limit + 1):
            before, board = draft.snapshot(), draft.board.snapshot()
            if _leave_on(draft, site, day, forced):
                return day
            draft.restore(before)
            draft.board.restore(board)
    return limit


def _leave_on(draft: Draft, site: Site, day: int, forced: bool) -> bool:
    """Try to send everything that is left on one day; whether nothing but what goes with the site remains."""
    stock = draft.stock
    _final_convoy(draft, site, day)
    for parcel in _to_move(draft, site):
        may_end = forced or parcel.lot.life_support
        if parcel.day >= day or not may_end or not end_on_last_day(draft, site, parcel, day):
            return False
    while stock.groups[site.id]:
        groups = list(stock.groups[site.id])
        separating = [g for g in groups if draft.mission.unit[g.unit].separates and g.day < day]
        for group in separating:
            draft.separate(site.id, group, day)
        others = [g for g in groups if g not in separating and g.day < day]
        if not separating and not move_people(draft, site.id, others, day):
            return False
    return True


def _final_convoy(draft: Draft, site: Site, day: int) -> None:
    """Carry what is left, and as many of the last group as have seats, to the next place on one day.

    A convoy that brings its escorts back to a site that is closed by then is no use.
    """
    for goal in draft.cargo_goals(site.id):
        for way in draft.ways(site.id, goal):
            left = [p for p in _to_move(draft, site) if p.day < day and accepted(draft, p.lot, goal)]
            if left and not way.surface:
                fly_items(draft, way, day, left)
            elif left and (trip := draft.board.trip(way, day, 0)) and not (way.from_base and trip.escorts):
                hold, vehicles = compose(draft, trip, Offer(left, _bound_for(draft, site, goal, day)), everyone=True)
                if not hold.empty:
                    draft.send(trip, hold, vehicles)


def _to_move(draft: Draft, site: Site) -> list[Parcel]:
    return [p for p in draft.stock.parcels[site.id] if not goes_with_site(draft, site, p)]


def _bound_for(draft: Draft, site: Site, goal: str, day: int) -> list[Group]:
    if goal not in draft.mission.site:
        return []
    groups = draft.stock.groups[site.id]
    return [g for g in groups if g.day < day and goal in draft.people_goals(site.id, g)]


def hand_over(draft: Draft, site: Site, last_out: int) -> None:
    """Place the handover step as near to last-out as its crew and the steps before it allow, and sign the site over."""
    runs = {run.step: draft.mission.day(run.end) for run in draft.steps if run.site == site.id}
    steps = [s for s in draft.mission.steps_for(site) if s.role == "handover"]
    day: int | None = last_out if not draft.mission.steps_for(site) else None
    for step in steps:
        if all(before in runs for before in step.after):
            earliest = max([runs[before] + 1 for before in step.after], default=1)
            day = _place_step(draft, site, step, max(earliest, last_out - step.days + 1))
    handed = day if day is not None and day <= draft.board.end else None
    for parcel in list(draft.stock.parcels[site.id]):
        if goes_with_site(draft, site, parcel) and handed is not None:
            draft.dispose(site.id, parcel, "hand_over", handed)
    draft.closures[site.id] = Closure(
        site=site.id,
        last_out=_date(draft, last_out),
        handover=None if handed is None else _date(draft, handed),
        handed_to=None if handed is None or site.becomes == "closed" else site.becomes,
    )
