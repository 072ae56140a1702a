"""Plans made again from guides with a counted effort, so that two missions can be compared like for like."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.planner.build import build_plan, survey
from drawdown.planner.changes import CHANGES
from drawdown.planner.guide import Guide
from drawdown.planner.search import contrasting

#: Chance of one more change to a guide, and so on: most trials are one small step, some are longer.
ANOTHER = 0.4


class Built(NamedTuple):
    """A plan, the rules that it breaks, its objective, and the guide that it was made from."""

    plan: Plan
    unmet: tuple[Broken, ...]
    objective: float
    guide: Guide

    @property
    def worth(self) -> tuple[int, float]:
        """Lawful plans first, then by cost."""
        return len(self.unmet), self.objective


@dataclass(frozen=True)
class Task:
    """What plans are made for: a mission, the course of action that weighs them, and the day whose knowledge counts."""

    mission: Mission
    course: Course
    as_of: date

    def cost(self, plan: Plan) -> float:
        """The objective of a plan by the course of action."""
        return measure_plan(self.mission, plan).objective(self.course)


def build_each(task: Task, guides: Sequence[Guide], stop: Callable[[], bool] = lambda: False) -> Iterator[Built]:
    """The plan of each guide, judged; the first in any case, the others while there is time."""
    ground = survey(task.mission, task.course, task.as_of)
    for number, guide in enumerate(guides):
        if number and stop():
            return
        plan = build_plan(ground, guide)
        yield Built(plan, verify_plan(task.mission, plan), task.cost(plan), guide)


def first_guides(mission: Mission) -> list[Guide]:
    """The guides with which every search begins."""
    return contrasting(mission)


def climb(
    task: Task, start: Sequence[Guide], builds: int, *, seed: int = 0, stop: Callable[[], bool] = lambda: False
) -> Built:
    """The best of so many plans: those of the first guides, then of guides that differ a little from the best so far.

    The same seed draws the same changes, so that what differs between two missions is the missions.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret
    ground, best, done = survey(task.mission, task.course, task.as_of), None, 0
    while best is None or (done < builds and not stop()):
        guide = start[done] if done < len(start) or best is None else _changed(best.guide, task.mission, rng)
        plan = build_plan(ground, guide)
        objective = task.cost(plan)
        done += 1
        if best is None or best.unmet or objective < best.objective:
            found = Built(plan, verify_plan(task.mission, plan), objective, guide)
            best = found if best is None or found.worth < best.worth else best
    return best


def _changed(guide: Guide, mission: Mission, rng: Random) -> Guide:
    while True:
        guide = CHANGES[rng.choice(list(CHANGES))](guide, mission, rng)
        if rng.random() >= ANOTHER:
            return guide


def seconds_a_build(task: Task) -> float:
    """How long a plan of a mission takes to build and judge on this machine, about."""
    start = time.perf_counter()
    next(build_each(task, [Guide()]))
    return time.perf_counter() - start
