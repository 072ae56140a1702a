"""The constructive planner: sites in order of priority, each emptied and closed as early as the board allows.

No solver: priority-based serial scheduling over days (Kolisch 1996). It gives a lawful plan, or one whose broken
rules say what cannot be met and by how much; issue by issue it stays the optimiser's start and its fallback.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from drawdown import __version__
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.planner.board import Board
from drawdown.planner.close import hand_over, leave, plan_steps, ready_to_leave, thin_life_support
from drawdown.planner.dispose import dispose_locally, moves_on
from drawdown.planner.draft import Draft
from drawdown.planner.haul import haul
from drawdown.planner.people import choose_last, send_people
from drawdown.planner.stock import Parcel, Stock

Progress = Callable[[str], None]


class Outcome(NamedTuple):
    """A plan, and the rules that it cannot keep (none if it is lawful)."""

    plan: Plan
    unmet: tuple[Broken, ...]


def plan_simply(
    mission: Mission, course: str | None = None, *, as_of: date | None = None, seed: int = 0, progress: Progress | None = None
) -> Outcome:
    """Plan a sound mission. ``as_of`` is the day whose knowledge the plan may use (the day of cessation if not given)."""
    start = as_of or mission.mission.cessation
    board = Board(mission, mission.day(start))
    draft = Draft(mission, board, Stock(mission))
    _release_escorts(draft)
    order = closing_order(mission)
    for number, site in enumerate(order, 1):
        if progress:
            progress(f"closing {site.name} ({number} of {len(order)})")
        _close(draft, site)
    plan = Plan(
        name=f"{mission.mission.id}-simple",
        mission=mission.mission.id,
        mission_hash=mission.hash,
        version=__version__,
        planner="constructive",
        course=course,
        seed=seed,
        as_of=start,
        moves=tuple(sorted(board.moves, key=lambda m: (m.depart, m.id))),
        disposals=tuple(sorted(draft.disposals, key=lambda d: (d.day, d.lot, d.disposition))),
        separations=tuple(sorted(draft.separations, key=lambda s: (s.day, s.unit, s.place))),
        steps=tuple(sorted(draft.steps, key=lambda s: (s.start, s.site, s.step))),
        closures=tuple(sorted(draft.closures.values(), key=lambda c: (c.last_out, c.site))),
    )
    return Outcome(plan, verify_plan(mission, plan))


def closing_order(mission: Mission) -> list[Site]:
    """Sites so that each comes before its hub; among those that could come next, earliest phase first, then the smallest."""
    ends = {phase.id: phase.to_date for phase in mission.phases}
    heads = {s.id: sum(u.strength for u in mission.units if u.site == s.id) for s in mission.sites}
    left, order = list(mission.sites), []
    while left:
        waiting = {s.hub for s in left}
        ready = [s for s in left if s.id not in waiting] or left
        ready.sort(key=lambda s: (ends.get(s.phase or "", mission.mission.deadline), heads[s.id], s.id))
        order.append(ready[0])
        left.remove(ready[0])
    return order


def _release_escorts(draft: Draft) -> None:
    """Keep enough days before the deadline for the units that send escorts to leave themselves."""
    mission, board = draft.mission, draft.board
    heads = sum(mission.unit[u].strength for u in board.detachments)
    a_day = max(1, sum(int(days.max()) for days in board.people_out.values()))
    last = board.deadline - 10 - heads // a_day
    for unit, free in board.detachments.items():
        until = mission.unit[unit].latest
        free[max(1, min(last, mission.day(until) - 10 if until else last)) :] = 0


def _close(draft: Draft, site: Site) -> None:
    """Empty a site and close it."""
    limit = draft.last_day(site)
    choose_last(draft, site)
    dispose_locally(draft, site)
    haul(draft, site.id, lambda p: moves_on(draft, site, p) and not _lived_by(p, site), ride=True, limit=limit)
    send_people(draft, site.id, limit)
    thin_life_support(draft, site, limit)
    done = plan_steps(draft, site, None)
    earliest = max(done, draft.busy[site.id], draft.needed[site.id], ready_to_leave(draft, site))
    last_out = leave(draft, site, earliest, limit)
    plan_steps(draft, site, last_out)
    hand_over(draft, site, last_out)


def _lived_by(parcel: Parcel, site: Site) -> bool:
    """Whether people on a site live by a parcel, so that it stays until they leave."""
    return parcel.lot.life_support and parcel.lot.site == site.id
