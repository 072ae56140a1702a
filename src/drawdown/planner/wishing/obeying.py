"""Wishes in the form in which the constructive planner obeys them, and one attempt at a plan under them.

Most wishes are rows of the mission that it plans from (`wished_mission`). The rest is asked here: fixed moves are
made first, sites are left within their days, and single lots go by their own exits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot, Site
from drawdown.plan.model import Move, Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.plan.wishes import LastOutWish, LotWish, MoveWish, Wishes, shut_between, wished_mission
from drawdown.planner.construction.close import SiteClosing
from drawdown.planner.construction.draft import Settings
from drawdown.planner.construction.goals import Goals
from drawdown.planner.construction.simple import closing_order, plan_of, release_escorts
from drawdown.planner.construction.stock import Group
from drawdown.planner.construction.ways import WayFinder
from drawdown.planner.wishing.fixing import Shut, WishedBoard
from drawdown.planner.wishing.loading import WishedDraft

#: From this margin on people use every exit, however far.
ANYWHERE = 2.0


class Attempt(NamedTuple):
    """What is tried: wishes to obey, whether last-outs bind, and how far the escorts' time to go home is stretched."""

    wishes: Wishes
    windows: bool
    margin: float


@dataclass(frozen=True)
class Wished:
    """Wishes in the form in which planners obey them: a mission to plan from, and what its rows cannot say.

    Days are numbers since cessation. The wishes are known to be sound.
    """

    original: Mission
    wishes: Wishes

    @cached_property
    def mission(self) -> Mission:
        """The mission to plan from."""
        return wished_mission(self.original, self.wishes)

    @cached_property
    def shut(self) -> Shut:
        """Times in which nobody may arrive at an exit."""
        return shut_between(self.original, self.wishes)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Moves that are to be made, the earliest first."""
        found = (wish.move for wish in self.wishes.wishes if isinstance(wish, MoveWish))
        return tuple(sorted(found, key=lambda move: (move.depart, move.id)))

    @cached_property
    def lot_exits(self) -> dict[str, frozenset[str]]:
        """The only exits for single lots."""
        found: dict[str, frozenset[str]] = {}
        for wish in self.wishes.wishes:
            if isinstance(wish, LotWish) and wish.exits:
                found[wish.lot] = found.get(wish.lot, frozenset(wish.exits)) & frozenset(wish.exits)
        return found

    @cached_property
    def leave(self) -> dict[str, tuple[int, int]]:
        """First and last day on which a site may be left."""
        day, end = self.original.day, self.original.days
        found: dict[str, tuple[int, int]] = {}
        for wish in self.wishes.wishes:
            if isinstance(wish, LastOutWish):
                first, last = found.get(wish.site, (1, end))
                first = max(first, day(wish.not_before) if wish.not_before else 1)
                found[wish.site] = first, min(last, day(wish.not_after) if wish.not_after else end)
        return found


class WishedGoals(Goals):
    """Goals by which single lots have exits of their own, and nobody is drawn in to where no way home is left."""

    lot_exits: dict[str, frozenset[str]]

    def _group_goals(self, place: str, group: Group) -> tuple[str, ...]:
        found, unit = super()._group_goals(place, group), self.mission.unit[group.unit]
        out = self.home(place, unit)
        if group.role == "stay" or unit.separates or not out or any(self.home(hub, unit) for hub in self.hubs(place)):
            return found
        return out

    def _lot_goals(self, place: str, lot: Lot) -> tuple[str, ...]:
        found, only = super()._lot_goals(place, lot), self.lot_exits.get(lot.id)
        return found if only is None else tuple(x for x in found if x in only or x in self.mission.site)


class WishedClosing(SiteClosing):
    """A site that is left within the days that were wished for, and loads its fixed moves before anything else."""

    draft: WishedDraft

    def __init__(self, draft: WishedDraft, site: Site) -> None:
        super().__init__(draft, site)
        self.limit = min([self.limit, *_ends(draft, site)])
        first, _ = draft.leave.get(site.id, (1, 0))
        draft.need(site.id, min(first, max(self.limit, 1)))

    def run(self) -> None:
        """Empty the site and close it."""
        draft, site = self.draft, self.site
        draft.load(site.id)
        unit, groups = draft.mission.unit, draft.stock.groups(site.id)
        moves_on = any(draft.policy.moves_on(site, p.lot) for p in draft.stock.parcels(site.id))
        if moves_on or not all(unit[g.unit].separates for g in groups):
            draft.board.send_home()
        draft.latest = self.limit
        super().run()

    def _leave_on(self, day: int, resort: int) -> bool:
        self.draft.latest = day
        return super()._leave_on(day, resort)


def _ends(draft: WishedDraft, site: Site) -> Iterator[int]:
    """Last days to leave a site: its own, and those of its hubs less the days to get there."""
    if site.id in draft.leave:
        yield max(1, draft.leave[site.id][1])
    days, here = 0, site.id
    for hub in draft.goals.hubs(site.id):
        days += draft.goals.days_home(here, hub) - draft.goals.onward[hub]
        if hub in draft.leave:
            yield max(1, draft.leave[hub][1] - days)
        here = hub


@dataclass(frozen=True)
class Earlier:
    """What is kept of an earlier plan: moves that are made again if they can be, and days on which people separate."""

    moves: tuple[Move, ...] = ()
    separated: Mapping[tuple[str, str], int] = field(default_factory=dict)


NOTHING_EARLIER = Earlier()


class Ground(NamedTuple):
    """What attempts stand on: wishes, the day (number) on which the plan is made, and ways in the wished mission."""

    wished: Wished
    start: int
    finder: WayFinder


def drafted_plan(
    ground: Ground, attempt: Attempt, blamed: Counter[str], earlier: Earlier = NOTHING_EARLIER
) -> tuple[Plan, tuple[Broken, ...]]:
    """The plan of one attempt, stamped for the mission itself, and the rules of that which it breaks.

    Vehicles that were taken home, in case they would be needed there, stay where they are if nobody used them.
    """
    mission, draft = ground.wished.original, _draft_under(ground, attempt, blamed, earlier)
    start, stamp = mission.date(ground.start), {"mission_hash": mission.hash}
    plan = plan_of(draft, start).model_copy(update=stamp)
    broken, homeward = verify_plan(mission, plan), {id(move) for move in draft.board.homeward}
    if homeward:
        draft.board.moves = [move for move in draft.board.moves if id(move) not in homeward]
        fewer = plan_of(draft, start).model_copy(update=stamp)
        broken_by_fewer = verify_plan(mission, fewer)
        if len(broken_by_fewer) <= len(broken):
            return fewer, broken_by_fewer
    return plan, broken


def _draft_under(
    ground: Ground, attempt: Attempt, blamed: Counter[str], earlier: Earlier = NOTHING_EARLIER
) -> WishedDraft:
    """One attempt: fixed moves first, then those of an earlier plan, then site after site."""
    wished, start, finder = ground
    board = WishedBoard(wished.mission, start, finder, wished.shut)
    leave = {site: (first, last if attempt.windows else board.end) for site, (first, last) in wished.leave.items()}
    draft = WishedDraft(
        board, Settings(tuple(sorted(blamed.items())), attempt.margin, anywhere=attempt.margin >= ANYWHERE), leave
    )
    draft.goals = WishedGoals(wished.mission, board)
    draft.goals.lot_exits = wished.lot_exits
    draft.separated.update(earlier.separated)
    release_escorts(draft)
    for move in (*wished.moves, *earlier.moves):
        index = board.fix(move)
        if index is not None:
            draft.fix(index, move)
    draft.load()
    for site in closing_order(draft):
        WishedClosing(draft, site).run()
    draft.settle()
    return draft
