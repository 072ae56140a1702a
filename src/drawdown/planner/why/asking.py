"""A plan made again under one wish, near to the plan in hand: whether it can be, at what cost, and what is against it.

Two ways are tried: the plan itself with only what it must changed, and plans built afresh from a few guides in the
mission as the wish changes it. Of the lawful plans that keep the wish the one that costs least, its changes weighed
as well, is taken.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.plan.changes import change_cost
from drawdown.plan.diff import describe_changes
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.plan.wishes import LastOutWish, Unkept, Wish, Wishes, check_wishes, unkept, wished_mission
from drawdown.planner.construction.simple import Progress
from drawdown.planner.explain import MustGive, must_give
from drawdown.planner.search.guide import Guide
from drawdown.planner.why.rebuild import Clock, Task, climb, first_guides
from drawdown.planner.wishing.replanning import replan

#: How much sooner than others a site is served that is to be left early: once moderately, once above all.
SOONER = (4.0, 10.0)


class Asked(NamedTuple):
    """A wish and the best plan that keeps it, or the best that does not.

    ``possible`` tells whether the plan is lawful and keeps the wish. ``cost`` is how much more it costs than the plan
    in hand (USD-equivalents; less if below zero), ``like_for_like`` how much more than what the same effort finds
    without the wish, ``changes`` what differs, in words. Where it is not possible, ``broken`` are the rules that a plan
    that keeps the wish would break, ``unkept`` what the best lawful one does instead, and ``faults`` what is wrong
    with the wish itself.
    """

    wish: Wish
    possible: bool
    objective: float
    cost: float
    like_for_like: float
    changes: tuple[str, ...]
    broken: tuple[MustGive, ...]
    unkept: tuple[Unkept, ...]
    faults: tuple[Fault, ...]


class _Tried(NamedTuple):
    plan: Plan
    unmet: tuple[Broken, ...]
    missed: tuple[Unkept, ...]
    objective: float
    weight: float
    compared_with: float


class Asking:
    """Asks for one wish after another of a lawful plan of a sound mission, each with the same effort."""

    def __init__(self, task: Task, plan: Plan, clock: Clock, count: int, progress: Progress | None = None) -> None:
        self.task, self.plan, self.clock, self.progress = task, plan, clock, progress
        self.was, self.count, self.done = task.cost(plan), count, 0
        self.builds = clock.builds(task, count + 1)

    @cached_property
    def control(self) -> float:
        """What the same effort finds without any wish."""
        return climb(self.task, first_guides(self.task.mission), self.builds, seed=self.clock.effort.seed).objective

    def ask(self, wish: Wish) -> Asked:
        """The best plan that keeps a wish. Keeping near to the plan in hand is left out where there is no time."""
        wishes, was = Wishes(wishes=(wish,)), self.was
        near, self.done = self.clock.on_time(self.done, self.count), self.done + 1
        faults = check_wishes(self.task.mission, wishes, self.plan.as_of)
        if faults:
            return Asked(wish, False, was, 0.0, 0.0, (), (), (), faults)
        tried = [self._afresh(wish, wishes), *([self._near(wishes)] if near else [])]
        good = [one for one in tried if not one.unmet and not one.missed]
        if good:
            best = min(good, key=lambda one: one.weight)
            changes = tuple(describe_changes(self.task.mission, self.plan, best.plan))
            like = best.objective - best.compared_with
            return Asked(wish, True, best.objective, best.objective - was, like, changes, (), (), ())
        best = min(tried, key=lambda one: (len(one.unmet), len(one.missed), one.weight))
        against = min((one for one in tried if not one.missed), key=lambda one: len(one.unmet), default=None)
        broken = must_give(self.task.mission, against.unmet) if against else ()
        return Asked(wish, False, best.objective, best.objective - was, 0.0, (), broken, best.missed, ())

    def _near(self, wishes: Wishes) -> _Tried:
        """The plan in hand with only what must be changed; compared with the plan in hand."""
        mission = self.task.mission
        found = replan(mission, self.plan, wishes, as_of=self.plan.as_of, progress=self.progress)
        return self._judged(found.plan, found.unmet, found.unkept, self.was)

    def _afresh(self, wish: Wish, wishes: Wishes) -> _Tried:
        """The best of some plans built afresh in the mission as the wish changes it; compared with the control."""
        mission = self.task.mission
        wished = replace(self.task, mission=wished_mission(mission, wishes))

        def missed(plan: Plan) -> float:
            return sum(max(row.by, 1.0) for row in unkept(mission, plan, wishes))

        guides = _guides(mission, wish)
        built = climb(wished, guides, max(self.builds, len(guides)), seed=self.clock.effort.seed, missed=missed)
        plan = built.plan.model_copy(update={"mission_hash": mission.hash})
        return self._judged(plan, verify_plan(mission, plan), unkept(mission, plan, wishes), self.control)

    def _judged(
        self, plan: Plan, unmet: tuple[Broken, ...], missed: tuple[Unkept, ...], compared_with: float
    ) -> _Tried:
        objective = self.task.cost(plan)
        weight = objective + change_cost(self.task.mission, self.plan, plan)
        return _Tried(plan, unmet, missed, objective, weight, compared_with)


def _guides(mission: Mission, wish: Wish) -> list[Guide]:
    """The first guides, and where a site is to be left on other days, some that see to that."""
    guides = first_guides(mission)
    if not isinstance(wish, LastOutWish):
        return guides
    if wish.not_before:
        later = ((wish.site, float(mission.day(wish.not_before))),)
        return [replace(guide, not_before=later) for guide in guides]
    below = {wish.site} | {s.id for s in mission.sites if s.hub == wish.site}
    ranks = [tuple((name, rank) for name in sorted(below)) for rank in SOONER]
    return [*guides[:2], *(replace(guides[0], rank=rank) for rank in ranks)]


def cost_text(asked: Asked) -> str:
    """What a wish costs, in words: against the plan in hand, and like for like where that is another figure."""
    words = f"{_more(asked.cost)} than this plan"
    if abs(asked.like_for_like - asked.cost) < 1:
        return words
    return f"{words}, {_more(asked.like_for_like)} than the same effort finds without it"


def _more(cost: float) -> str:
    amount = f"${abs(cost) / 1e6:,.2f} million" if abs(cost) >= 1e5 else f"${abs(cost):,.0f}"  # noqa: PLR2004 - readable
    return f"{amount} {'more' if cost > 0 else 'less'}"
