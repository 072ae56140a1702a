"""The constructive planner: sites in order of priority, each emptied and closed as early as the board allows.

No solver: priority-based serial scheduling over days (Kolisch 1996), a few times over. Where an attempt breaks a
rule, the sites and units that it blames come earlier in the next one (squeaky wheel optimisation, Joslin and
Clements 1999). It gives a lawful plan, or one whose broken rules say what cannot be met and by how much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from drawdown import __version__
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.planner.board import Board, numbered
from drawdown.planner.casualties import evacuators
from drawdown.planner.close import SiteClosing
from drawdown.planner.draft import Draft, Settings
from drawdown.planner.ways import WayFinder

Progress = Callable[[str], None]

#: Attempts at a plan that breaks no rule.
ATTEMPTS = 6


class Outcome(NamedTuple):
    """A plan, and the rules that it cannot keep (none if it is lawful)."""

    plan: Plan
    unmet: tuple[Broken, ...]


def plan_simply(
    mission: Mission,
    course: str | None = None,
    *,
    as_of: date | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Outcome:
    """Plan a sound mission. ``as_of`` is the day whose knowledge the plan may use (cessation if not given)."""
    start, finder, settings = as_of or mission.mission.cessation, WayFinder(mission), Settings()
    best: Outcome | None = None
    for attempt in range(ATTEMPTS):
        plan = _attempt(mission, start, finder, settings, progress)
        plan = plan.model_copy(update={"course": course, "seed": seed})
        outcome = Outcome(plan, verify_plan(mission, plan))
        if best is None or _badness(outcome) < _badness(best):
            best = outcome
        if not outcome.unmet:
            break
        settings = _learn(mission, settings, outcome.unmet, attempt)
    assert best is not None
    return best


def _badness(outcome: Outcome) -> tuple[int, float]:
    return len(outcome.unmet), sum(broken.by for broken in outcome.unmet)


def _learn(mission: Mission, settings: Settings, unmet: tuple[Broken, ...], attempt: int) -> Settings:
    """Put the sites that an attempt blames first, and change what it took for granted."""
    names = {site.name: site.id for site in mission.sites}
    blamed = Counter(dict(settings.rank))
    for broken in unmet:
        site = names.get(broken.where)
        if broken.action in mission.unit:
            site = mission.unit[broken.action].site
        if site:
            blamed[site] += 1
    margin = (1.0, 2.0, 0.3)[(attempt + 1) % 3]
    return replace(settings, rank=tuple(sorted(blamed.items())), margin=margin, anywhere=attempt % 2 == 0)


def _attempt(mission: Mission, start: date, finder: WayFinder, settings: Settings, progress: Progress | None) -> Plan:
    board = Board(mission, mission.day(start), finder)
    draft = Draft(mission, board, settings)
    _release_escorts(draft)
    order = closing_order(draft)
    for number, site in enumerate(order, 1):
        if progress:
            progress(f"closing {site.name} ({number} of {len(order)})")
        SiteClosing(draft, site).run()
    return Plan(
        name=f"{mission.mission.id}-simple",
        mission=mission.mission.id,
        mission_hash=mission.hash,
        version=__version__,
        planner="constructive",
        as_of=start,
        moves=numbered(board.moves),
        disposals=tuple(sorted(draft.disposals, key=lambda d: (d.day, d.lot, d.place, d.disposition, d.count))),
        separations=tuple(sorted(draft.separations, key=lambda s: (s.day, s.unit, s.place))),
        steps=tuple(sorted(draft.steps, key=lambda s: (s.start, s.site, s.step))),
        closures=tuple(sorted(draft.closures.values(), key=lambda c: (c.last_out, c.site))),
    )


def closing_order(draft: Draft) -> list[Site]:
    """Sites so that each comes before its hub, and before the base of the only aircraft that evacuates its casualties.

    Among those that could come next: those that an earlier attempt could not close in time, then the earliest phase,
    then the smallest.
    """
    mission = draft.mission
    ends = {phase.id: phase.to_date for phase in mission.phases}
    heads = {s.id: sum(u.strength for u in mission.units if u.site == s.id) for s in mission.sites}
    rank = dict(draft.settings.rank)
    rests_on = {s.id: {lift.base for lift in evacuators(draft, s)} - {s.id} for s in mission.sites}
    left, order = list(mission.sites), []
    while left:
        hubs, bases = {s.hub for s in left}, {base for s in left for base in rests_on[s.id]}
        ready = [s for s in left if s.id not in hubs] or left
        ready.sort(
            key=lambda s: (
                s.id in bases,
                -rank.get(s.id, 0),
                ends.get(s.phase or "", mission.mission.deadline),
                heads[s.id],
                s.id,
            )
        )
        order.append(ready[0])
        left.remove(ready[0])
    return order


def _release_escorts(draft: Draft) -> None:
    """Keep enough days before the deadline for the units that send escorts to leave themselves."""
    mission, board = draft.mission, draft.board
    heads = sum(mission.unit[u].strength for u in board.escorts.until)
    a_day = max(1, sum(int(days.max()) for days in board.people_out.values()))
    for unit in board.escorts.until:
        row = mission.unit[unit]
        last = mission.day(row.latest) if row.latest else board.deadline
        margin = draft.goals.onward[row.site] + 3 + (heads if not row.latest else row.strength) // a_day
        board.escorts.until[unit] = last - int(margin * draft.settings.margin)
