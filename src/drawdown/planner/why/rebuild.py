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
from drawdown.planner.search.build import build_plan, survey
from drawdown.planner.search.changes import CHANGES
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.improve import contrasting

#: Plans that are made for each question at least: with fewer, next to nothing would be tried.
FEWEST_BUILDS = 4

#: Share of the time that is given away by count, since some plans take longer than others.
SAFE = 0.8

#: Chance of one more change to a guide, and so on: most trials are one small step, some are longer.
ANOTHER = 0.4


class Built(NamedTuple):
    """A plan, the rules that it breaks, its objective, its guide, and by how much it misses what was asked."""

    plan: Plan
    unmet: tuple[Broken, ...]
    objective: float
    guide: Guide
    missed: float = 0.0

    @property
    def worth(self) -> tuple[int, float, float]:
        """Lawful plans first, then those that miss least of what was asked, then by cost."""
        return len(self.unmet), self.missed, self.objective


@dataclass(frozen=True)
class Task:
    """What plans are made for: a mission, the course of action that weighs them, and the day whose knowledge counts."""

    mission: Mission
    course: Course
    as_of: date

    def cost(self, plan: Plan) -> float:
        """The objective of a plan by the course of action."""
        return measure_plan(self.mission, plan).objective(self.course)


def build_each(task: Task, guides: Sequence[Guide]) -> Iterator[Built]:
    """The plan of each guide, judged."""
    ground = survey(task.mission, task.course, task.as_of)
    for guide in guides:
        plan = build_plan(ground, guide)
        yield Built(plan, verify_plan(task.mission, plan), task.cost(plan), guide)


def first_guides(mission: Mission) -> list[Guide]:
    """The guides with which every search begins."""
    return contrasting(mission)


def climb(
    task: Task, start: Sequence[Guide], builds: int, *, seed: int = 0, missed: Callable[[Plan], float] = lambda _: 0.0
) -> Built:
    """The best of so many plans: those of the first guides, then of guides that differ a little from the best so far.

    ``missed`` says by how much a plan misses what is asked of it besides the rules. The same seed draws the same
    changes, so that what differs between two missions is the missions.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret
    ground, best = survey(task.mission, task.course, task.as_of), None
    for number in range(max(builds, 1)):
        guide = start[number] if number < len(start) or best is None else _changed(best.guide, task.mission, rng)
        plan = build_plan(ground, guide)
        objective, by = task.cost(plan), missed(plan)
        if best is None or best.unmet or (by, objective) < (best.missed, best.objective):
            found = Built(plan, verify_plan(task.mission, plan), objective, guide, by)
            best = found if best is None or found.worth < best.worth else best
    assert best is not None  # noqa: S101 - at least one was built
    return best


def _changed(guide: Guide, mission: Mission, rng: Random) -> Guide:
    while True:
        guide = CHANGES[rng.choice(list(CHANGES))](guide, mission, rng)
        if rng.random() >= ANOTHER:
            return guide


@dataclass(frozen=True)
class Effort:
    """How much work an answer is worth: seconds in all, and plans a question (as many as the time allows if 0).

    With a number of plans the answer depends on it and on the seed alone, not on the time.
    """

    seconds: float = 60.0
    builds: int = 0
    seed: int = 0


class Clock:
    """Shares the time of an effort among questions."""

    def __init__(self, effort: Effort) -> None:
        self.effort, self._end = effort, time.perf_counter() + effort.seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._end - time.perf_counter())

    @property
    def late(self) -> bool:
        """Whether no further question is to be begun."""
        return not self.effort.builds and self.left <= 0

    def on_time(self, done: int, count: int) -> bool:
        """Whether no more of the time is spent than of the questions is answered."""
        return bool(self.effort.builds) or self.left >= self.effort.seconds * (1 - done / count)

    def builds(self, task: Task, count: int) -> int:
        """Plans for each of so many questions."""
        if self.effort.builds:
            return self.effort.builds
        start = time.perf_counter()
        next(build_each(task, [Guide()]))
        each = time.perf_counter() - start
        return max(FEWEST_BUILDS, int(SAFE * self.left / each / max(count, 1)))
