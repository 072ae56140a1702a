"""The constructive planner: sites in order of priority, each emptied and closed as early as the board allows.

No solver: priority-based serial scheduling over days (Kolisch 1996), a few times over. Where an attempt breaks a
rule, the sites that it blames come earlier in the next one (squeaky wheel optimisation, Joslin and Clements 1999).
It gives a lawful plan, or the best that it found with the rules that it breaks: what cannot be met, and by how much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from drawdown import __version__
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.planner.construction.board import Board, numbered
from drawdown.planner.construction.casualties import evacuators
from drawdown.planner.construction.close import SiteClosing
from drawdown.planner.construction.draft import Draft, Settings
from drawdown.planner.construction.ways import WayFinder

Progress = Callable[[str], None]

#: Attempts at a plan that breaks no rule, and how far the escorts' time to go home is stretched in each of them.
MARGINS = (1.0, 2.0, 0.3, 1.0, 2.0, 0.3)

#: Days that an escort unit keeps for itself beside its way home and its place in the queue at the exits.
ESCORTS_KEEP = 3


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
    start, finder, blamed = as_of or mission.mission.cessation, WayFinder(mission), Counter[str]()
    outcomes: list[Outcome] = []
    for attempt, margin in enumerate(MARGINS):
        if progress and attempt:
            progress(f"attempt {attempt + 1}: the one before breaks {len(outcomes[-1].unmet)} rules")
        settings = Settings(tuple(sorted(blamed.items())), margin, anywhere=attempt % 2 == 1)
        draft = Draft(mission, Board(mission, mission.day(start), finder), settings)
        close_all(draft, progress)
        plan = plan_of(draft, start).model_copy(update={"course": course, "seed": seed})
        outcomes.append(Outcome(plan, verify_plan(mission, plan)))
        if not outcomes[-1].unmet:
            return outcomes[-1]
        blamed.update(_blame(mission, outcomes[-1].unmet))
    return min(outcomes, key=lambda outcome: (len(outcome.unmet), sum(broken.by for broken in outcome.unmet)))


def close_all(draft: Draft, progress: Progress | None) -> None:
    """Empty and close every site, one after the other."""
    release_escorts(draft)
    order = closing_order(draft)
    for number, site in enumerate(order, 1):
        if progress:
            progress(f"closing {site.name} ({number} of {len(order)})")
        SiteClosing(draft, site).run()


def plan_of(draft: Draft, start: date) -> Plan:
    """The plan that a draft has come to, as of a day."""
    mission = draft.mission
    return Plan(
        name=f"{mission.mission.id}-simple",
        mission=mission.mission.id,
        mission_hash=mission.hash,
        version=__version__,
        planner="constructive",
        as_of=start,
        moves=numbered(draft.board.moves),
        disposals=tuple(sorted(draft.disposals, key=lambda d: (d.day, d.lot, d.place, d.disposition, d.count))),
        separations=tuple(sorted(draft.separations, key=lambda s: (s.day, s.unit, s.place))),
        steps=tuple(sorted(draft.steps, key=lambda s: (s.start, s.site, s.step))),
        closures=tuple(sorted(draft.closures.values(), key=lambda c: (c.last_out, c.site))),
    )


def _blame(mission: Mission, unmet: tuple[Broken, ...]) -> set[str]:
    """The sites at which rules are broken, or whose units break them."""
    names = {site.name: site.id for site in mission.sites}
    sites = {names.get(broken.where) for broken in unmet}
    sites |= {mission.unit[broken.action].site for broken in unmet if broken.action in mission.unit}
    return {site for site in sites if site}


def closing_order(draft: Draft) -> list[Site]:
    """Sites so that each comes before its hub, and before the base of the only aircraft that evacuates its casualties.

    Among those that could come next: those that an earlier attempt could not close in time, then the earliest phase,
    then the smallest.
    """
    mission, rank = draft.mission, dict(draft.settings.rank)
    ends = {phase.id: phase.to_date for phase in mission.phases}
    heads = {s.id: sum(u.strength for u in mission.units if u.site == s.id) for s in mission.sites}
    rests_on = {s.id: {lift.base for lift in evacuators(draft, s)} - {s.id} for s in mission.sites}
    left, order = list(mission.sites), list[Site]()

    def priority(site: Site, bases: set[str]) -> tuple[bool, int, date, int, str]:
        end = ends.get(site.phase or "", mission.mission.deadline)
        return site.id in bases, -rank.get(site.id, 0), end, heads[site.id], site.id

    while left:
        hubs, bases = {s.hub for s in left}, {base for s in left for base in rests_on[s.id]}
        ready = [s for s in left if s.id not in hubs]
        order.append(min(ready, key=lambda s: priority(s, bases)))
        left.remove(order[-1])
    return order


def release_escorts(draft: Draft) -> None:
    """Keep days enough for the units that send escorts to leave themselves, by the deadline or by their own day."""
    mission, board = draft.mission, draft.board
    heads = sum(mission.unit[u].strength for u in board.escorts.until)
    a_day = max(1, sum(int(days.max()) for days in board.people_out.values()))
    for unit in board.escorts.until:
        row = mission.unit[unit]
        last, queue = (mission.day(row.latest), row.strength) if row.latest else (board.deadline, heads)
        margin = draft.goals.onward[row.site] + ESCORTS_KEEP + queue // a_day
        board.escorts.until[unit] = last - int(margin * draft.settings.margin)
