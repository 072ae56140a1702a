"""A plan made again under one wish, near to the plan in hand: whether it can be, at what cost, and what is against it.

Two ways are tried: the plan itself with only what it must changed, and plans built afresh from a few guides in the
mission as the wish changes it. Of the lawful plans that keep the wish the one that costs least, its changes weighed
as well, is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.plan.changes import change_cost
from drawdown.plan.diff import describe_changes
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.plan.wishes import LastOutWish, Unkept, Wish, Wishes, check_wishes, unkept, wished_mission
from drawdown.planner.explain import MustGive, must_give
from drawdown.planner.guide import Guide
from drawdown.planner.replanning import replan
from drawdown.planner.simple import Progress
from drawdown.planner.why.rebuild import Task, build_each, first_guides

#: How much sooner than others a site is served that is to be left early: once moderately, once above all.
SOONER = (4.0, 10.0)


class Asked(NamedTuple):
    """A wish and the best plan that keeps it, or the best that does not.

    ``possible`` tells whether the plan is lawful and keeps the wish. ``cost`` is how much more it costs than the plan
    in hand (USD-equivalents; less if below zero), ``changes`` what differs, in words. Where it is not possible,
    ``broken`` are the rules that a plan that keeps the wish would break, ``unkept`` what the best lawful one does
    instead, and ``faults`` what is wrong with the wish itself.
    """

    wish: Wish
    possible: bool
    objective: float
    cost: float
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


def ask(task: Task, plan: Plan, wish: Wish, *, progress: Progress | None = None) -> Asked:
    """Plan a sound mission again, near to a lawful plan of it, under one wish."""
    wishes, was = Wishes(wishes=(wish,)), task.cost(plan)
    faults = check_wishes(task.mission, wishes, plan.as_of)
    if faults:
        return Asked(wish, False, was, 0.0, (), (), (), faults)
    tried = [_near(task, plan, wishes, progress), *_afresh(task, plan, wishes)]
    good = [one for one in tried if not one.unmet and not one.missed]
    if good:
        best = min(good, key=lambda one: one.weight)
        changes = tuple(describe_changes(task.mission, plan, best.plan))
        return Asked(wish, True, best.objective, best.objective - was, changes, (), (), ())
    best = min(tried, key=lambda one: (len(one.unmet), len(one.missed), one.weight))
    against = min((one for one in tried if not one.missed), key=lambda one: len(one.unmet), default=None)
    broken = must_give(task.mission, against.unmet) if against else ()
    return Asked(wish, False, best.objective, best.objective - was, (), broken, best.missed, ())


def _judged(task: Task, before: Plan, plan: Plan, unmet: tuple[Broken, ...], missed: tuple[Unkept, ...]) -> _Tried:
    objective = task.cost(plan)
    return _Tried(plan, unmet, missed, objective, objective + change_cost(task.mission, before, plan))


def _near(task: Task, plan: Plan, wishes: Wishes, progress: Progress | None) -> _Tried:
    found = replan(task.mission, plan, wishes, as_of=plan.as_of, progress=progress)
    return _judged(task, plan, found.plan, found.unmet, found.unkept)


def _afresh(task: Task, before: Plan, wishes: Wishes) -> list[_Tried]:
    wished = replace(task, mission=wished_mission(task.mission, wishes))
    found = []
    for built in build_each(wished, _guides(task.mission, wishes.wishes[0])):
        plan = built.plan.model_copy(update={"mission_hash": task.mission.hash})
        missed = unkept(task.mission, plan, wishes)
        found.append(_judged(task, before, plan, verify_plan(task.mission, plan), missed))
    return found


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
