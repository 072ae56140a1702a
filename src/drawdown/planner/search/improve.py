"""Improve a plan: try guides that differ a little from the best so far, and keep what is lawful and costs less.

A round draws a batch of guides, some anew and some changed a little from the best, builds and measures them (side by
side, if there are processes), and goes on from the best of them if it is good enough (late acceptance). The operators
that gained most are drawn most. Nothing depends on the clock, so that seed and rounds name one result, whatever the
number of processes.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import Outcome, Progress
from drawdown.planner.search.build import Ground, build_plan, survey
from drawdown.planner.search.changes import CHANGES, SERIAL_CHANGES, mix
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.polish import polish
from drawdown.planner.search.tuning import TUNING

#: Seconds between two looks at whether the search is to stop while processes work.
LOOK = 0.2


class Worth(NamedTuple):
    """What a plan is worth: the rules that it breaks first, by how many and by how much, then its objective."""

    broken: int
    excess: float
    objective: float


NEVER = Worth(10**9, float("inf"), float("inf"))
Evaluate = Callable[[Sequence[Guide], Worth], Iterator[Worth]]


def improve(  # noqa: PLR0913 - by name, all but the first three
    mission: Mission,
    course: str | None,
    start: Outcome,
    *,
    as_of: date | None = None,
    seed: int = 0,
    rounds: int = 10**9,
    stop: Callable[[], bool] = lambda: False,
    workers: int = 1,
    progress: Progress | None = None,
) -> Outcome:
    """Search for a plan that costs less than ``start`` by a course of action (the mission's first if not given).

    Runs for so many rounds or until ``stop()`` is true, which is asked after every plan. The same seed and rounds
    give the same plan, whatever the number of ``workers`` (processes). Ctrl-C ends the search; the best plan so far
    is returned. It never breaks more rules than ``start``, which is returned if nothing better was found.
    """
    chosen = mission.course[course] if course else mission.courses[0]
    when = as_of or mission.mission.cessation
    ground = survey(mission, chosen, when)
    worth = _worth(mission, chosen, start)
    with _evaluator(ground, workers, stop) as evaluate:
        search = _Search(ground, worth, Random(seed), evaluate, progress)  # noqa: S311 - nothing secret
        try:
            search.run(rounds, stop)
        except KeyboardInterrupt:
            if progress:
                progress("interrupted: the best plan so far is kept")
    if search.guide is None:
        plan = polish(mission, start.plan, worth.broken)
        return start if plan == start.plan else Outcome(plan, verify_plan(mission, plan))
    plan = polish(mission, build_plan(ground, search.guide, seed=seed), search.best.broken)
    return Outcome(plan, verify_plan(mission, plan))


def _worth(mission: Mission, course: Course, outcome: Outcome) -> Worth:
    excess = sum(broken.by for broken in outcome.unmet)
    return Worth(len(outcome.unmet), excess, measure_plan(mission, outcome.plan).objective(course))


class _Search:
    """The state of one search: the guide it is at, the best one, and what the operators have gained."""

    def __init__(
        self, ground: Ground, start: Worth, rng: Random, evaluate: Evaluate, progress: Progress | None
    ) -> None:
        self.ground, self.rng, self.evaluate, self.progress = ground, rng, evaluate, progress
        #: The best guide that is better than the start, if there is one yet, and what the best plan is worth.
        self.guide: Guide | None = None
        self.best = start
        self.here, self.here_worth = Guide(), NEVER
        self.first = contrasting(ground.mission)
        self.past: deque[Worth] = deque(maxlen=TUNING.late)
        self.gains = dict.fromkeys([*CHANGES, *SERIAL_CHANGES], 1.0)

    def run(self, rounds: int, stop: Callable[[], bool]) -> None:
        """Search for so many rounds or until it is to stop."""
        self._round(self.first, [()] * len(self.first), 0)
        for number in range(1, rounds + 1):
            if stop():
                return
            drawn = [self._draw() for _ in range(TUNING.batch)]
            self._round([guide for guide, _ in drawn], [names for _, names in drawn], number)

    def _draw(self) -> tuple[Guide, tuple[str, ...]]:
        """A guide that differs a little from the one that the search is at, and the operators that made it."""
        guide, names = self.here, list[str]()
        if self.rng.random() < TUNING.anew and not guide.serial:
            return mix(self.first[0], self.first[1], self.rng), ()
        changes = SERIAL_CHANGES if guide.serial else CHANGES
        while not names or self.rng.random() < TUNING.another:
            if self.rng.random() < TUNING.chance:
                name = self.rng.choice(list(changes))
            else:
                name = self.rng.choices(list(changes), [self.gains[name] for name in changes])[0]
            guide = changes[name](guide, self.ground.mission, self.rng)
            names.append(name)
        return guide, tuple(names)

    def _round(self, guides: Sequence[Guide], operators: Sequence[tuple[str, ...]], number: int) -> None:
        limit = self._limit()
        found: list[tuple[Worth, int]] = []
        for place, worth in enumerate(self.evaluate(guides, limit)):
            found.append((worth, place))
            self._learn(operators[place], worth)
            if worth < self.best:
                self.best, self.guide = worth, guides[place]
                self._tell(number)
        if found:
            worth, place = min(found)
            if worth <= limit:
                self.here, self.here_worth = guides[place], worth
            self.past.append(self.here_worth)

    def _limit(self) -> Worth:
        """The worst that a guide may be for the search to go on from it."""
        late = self.past[0] if len(self.past) == TUNING.late else NEVER if self.here_worth == NEVER else self.here_worth
        most = self.best._replace(objective=self.best.objective * (1 + TUNING.worst)) if self.guide else late
        return max(min(late, most), self.here_worth if self.here_worth != NEVER else late)

    def _learn(self, names: tuple[str, ...], worth: Worth) -> None:
        """Remember what operators gained, as a share of the objective."""
        same = worth.broken == self.here_worth.broken
        gain = max(0.0, 1 - worth.objective / self.here_worth.objective) if same and self.here_worth.objective else 0.0
        for name in names:
            kept = TUNING.memory * self.gains[name]
            self.gains[name] = max(kept + (1 - TUNING.memory) * 1000 * gain, 0.01)

    def _tell(self, number: int) -> None:
        if self.progress:
            rules = f", {self.best.broken} rules broken" if self.best.broken else ""
            self.progress(f"round {number}: {self.best.objective / 1e6:.2f} million{rules}")


def contrasting(mission: Mission) -> list[Guide]:
    """The guides with which a search begins: one of them suits most missions."""
    stays = frozenset(site.id for site in mission.sites if site.liquidation)
    hasty = Guide(
        upstream=0.9, at_hand=8.0, fill=0.75, fetch=0.8, patience=5.0, worth=0.5, send_home=4.0, queue_gap=0.0
    )
    # Found by this search on one course of MINUSMA; better than the default on its other courses, too.
    lean = Guide(
        upstream=0.908,
        at_hand=11.908,
        fill=0.99,
        fetch=0.731,
        patience=4.753,
        worth=0.474,
        send_home=3.811,
        queue_gap=3.944,
        convoys=7.882,
        platoon_people=159.474,
        drivers=1.949,
        detour=1.477,
        pull=3.772,
    )
    guides = (Guide(), lean, hasty, Guide(liquidate=stays), Guide(serial=True, liquidate=stays))
    return list(dict.fromkeys(guides))


# ---- evaluating guides ---------------------------------------------------------------------------------------------


def judge(ground: Ground, guide: Guide, limit: Worth) -> Worth:
    """What a guide's plan is worth; one that costs too much to be of use is not verified."""
    plan = build_plan(ground, guide)
    objective = measure_plan(ground.mission, plan).objective(ground.course)
    if limit.broken == 0 and objective > limit.objective:
        return Worth(1, 0.0, objective)
    unmet = verify_plan(ground.mission, plan)
    return Worth(len(unmet), sum(broken.by for broken in unmet), objective)


_ground: Ground | None = None


def _prepare(written: str, course: str, as_of: date) -> None:
    """Begin a process: the keyboard's interrupt is for the process that asked."""
    global _ground  # noqa: PLW0603 - the one thing that a process keeps between its tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    mission = Mission.model_validate_json(written)
    _ground = survey(mission, mission.course[course], as_of)
    gc.freeze()  # what lasts as long as the process need not be looked through again and again


def _judge(guide: Guide, limit: Worth) -> Worth:
    if _ground is None:
        raise RuntimeError("the process was not prepared")
    return judge(_ground, guide, limit)


@contextmanager
def _evaluator(ground: Ground, workers: int, stop: Callable[[], bool]) -> Iterator[Evaluate]:
    """Something that judges a batch of guides, in this process or side by side in others."""
    if workers <= 1:
        yield lambda guides, limit: _one_by_one(ground, guides, limit, stop)
        return
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(ground.mission.model_dump_json(), ground.course.id, ground.as_of),
    )
    try:
        yield lambda guides, limit: _side_by_side(pool, guides, limit, stop)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(ground: Ground, guides: Sequence[Guide], limit: Worth, stop: Callable[[], bool]) -> Iterator[Worth]:
    for guide in guides:
        yield judge(ground, guide, limit)
        if stop():
            return


def _side_by_side(
    pool: ProcessPoolExecutor, guides: Sequence[Guide], limit: Worth, stop: Callable[[], bool]
) -> Iterator[Worth]:
    tasks: list[Future[Worth]] = [pool.submit(_judge, guide, limit) for guide in guides]
    for task in tasks:
        while not wait([task], LOOK, FIRST_COMPLETED).done:
            if stop():
                return
        yield task.result()
