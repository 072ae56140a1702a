"""The best plan that can be found in the time, and a proof of how far it can be from the best possible.

The constructive planner gives a lawful plan at once. Then three things work side by side: a search over how plans are
made (`search`), a relaxation that no lawful plan can undercut (`relaxation`), and, where the mission is small enough,
the whole mission by the day as one exact model (`monolith`). A plan is never given away unverified; a solver that is
missing or fails costs the proof, not the plan.
"""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.plan.wishes import Unkept, Wishes, unkept, wished_mission
from drawdown.planner.aside import Aside
from drawdown.planner.construction.simple import Outcome, Progress, plan_simply
from drawdown.planner.monolith.build import columns_of
from drawdown.planner.monolith.exact import MOST_COLUMNS, Exact, solve_exactly
from drawdown.planner.people_flow.reflow import reflow
from drawdown.planner.relaxation.bound import Bound, lower_bound
from drawdown.planner.search.improve import improve
from drawdown.planner.wishing.replanning import replan
from drawdown.planner.wishing.wishing import plan_with_wishes

Status = Literal["optimal", "feasible", "infeasible"]

#: Seconds between two looks at the processes that prove bounds, and the share of the time for the last plan's verdict.
LOOK, LAST_WORDS = 0.05, 0.06

#: Seconds in which the people of a plan of MINUSMA's size are moved as well as can be.
FOR_PEOPLE = 12.0

#: A plan within this share of its bound is called optimal: ten times the rounding of the solvers' own tolerances.
PROVEN = 1e-6


@dataclass(frozen=True)
class Effort:
    """How much work a plan is worth.

    ``seconds`` is the time in all, ``gap`` the distance to the bound at which it is good enough (a share), ``rounds``
    a limit of work for the search: where it ends before the time does, the same seed gives the same plan. ``workers``
    are processes (as many as there are cores if 0).
    """

    seconds: float = 60.0
    gap: float = 0.0
    rounds: int = 10**9
    workers: int = 0

    @property
    def processes(self) -> int:
        """Processes for the search."""
        return self.workers or os.cpu_count() or 1


#: The constructive plan alone.
AT_ONCE = Effort(seconds=0)


@dataclass(frozen=True)
class Optimised:
    """A plan and how good it is.

    ``unmet`` are the rules that it breaks (none unless no lawful plan was found), ``start_objective`` what the
    constructive plan costs, ``bound`` what no lawful plan can undercut (None if nothing is proven), ``how`` that was
    obtained, ``impossible`` that it is proven that no plan is lawful; ``trail`` is every improvement: seconds since
    the start and objective.
    """

    plan: Plan
    unmet: tuple[Broken, ...]
    unkept: tuple[Unkept, ...]
    objective: float
    start_objective: float
    bound: float | None
    how: str
    impossible: bool
    seconds: float
    trail: tuple[tuple[float, float], ...]
    warnings: tuple[str, ...] = ()

    @property
    def gap(self) -> float | None:
        """How much cheaper the best possible plan could be, as a share of this one's objective; None if not known."""
        if self.bound is None or self.unmet:
            return None
        return max(0.0, (self.objective - self.bound) / abs(self.objective)) if self.objective else 0.0

    @property
    def status(self) -> Status:
        """Whether the plan is proven best, lawful, or neither."""
        if self.unmet:
            return "infeasible"
        return "optimal" if self.gap is not None and self.gap <= PROVEN else "feasible"


def optimise(  # noqa: PLR0913 - what may be said about any plan
    mission: Mission,
    course: str | None = None,
    *,
    as_of: date | None = None,
    seed: int = 0,
    effort: Effort | None = None,
    wishes: Wishes | None = None,
    before: Plan | None = None,
    progress: Progress | None = None,
) -> Optimised:
    """Plan a sound mission as well as can be in the time.

    ``wishes`` must be sound (`check_wishes`); with ``before`` the plan stays as near to an earlier one as it can.
    Ctrl-C ends the work once there is a plan: the best so far is given.
    """
    chosen = mission.course[course] if course else mission.courses[0]
    when = as_of or (before.as_of if before else mission.mission.cessation)
    run = _Run(mission, chosen, when, seed, effort or Effort(), wishes or Wishes(), before, progress)
    return run.go()


@dataclass
class _Run:
    """One run: what was asked for, the clock, and what has been found and proven so far."""

    mission: Mission
    course: Course
    as_of: date
    seed: int
    effort: Effort
    wishes: Wishes
    before: Plan | None
    progress: Progress | None
    began: float = field(default_factory=time.perf_counter)
    trail: list[tuple[float, float]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bound: Bound | None = None
    exact: Exact | None = None

    def go(self) -> Optimised:
        start = self._start()
        start_objective = self._note(start.plan)
        self._tell(f"a first plan for {start_objective / 1e6:.2f} million" + ", not lawful" * bool(start.unmet))
        best = start
        if self._left > 0:
            best = self._improved(start)
        else:
            self.warnings.append("the time was too short for more than the constructive plan")
        return Optimised(
            plan=best.plan,
            unmet=best.unmet,
            unkept=unkept(self.mission, best.plan, self.wishes),
            objective=self._cost(best.plan),
            start_objective=start_objective,
            bound=self._proven,
            how=self._how(),
            impossible=self._impossible,
            seconds=self._spent,
            trail=tuple(self.trail),
            warnings=tuple(self.warnings),
        )

    def _start(self) -> Outcome:
        """The plan to begin with: near to an earlier one, under wishes, or the constructive one."""
        if self.before is not None:
            again = replan(self.mission, self.before, self.wishes, as_of=self.as_of, progress=self.progress)
            return Outcome(again.plan, again.unmet)
        if self.wishes.wishes:
            return Outcome(
                *plan_with_wishes(
                    self.mission,
                    self.wishes,
                    self.course.id,
                    as_of=self.as_of,
                    seed=self.seed,
                    progress=self.progress,
                )[:2]
            )
        return plan_simply(self.mission, self.course.id, as_of=self.as_of, seed=self.seed, progress=self.progress)

    def _improved(self, start: Outcome) -> Outcome:
        """Search while bounds are proven beside it; the best of all plans. Nothing that fails here costs the start."""
        best, target = start, wished_mission(self.mission, self.wishes) if self.wishes.wishes else self.mission
        with self._proofs() as look, _keyboard() as interrupted:

            def stop() -> bool:
                look()
                return interrupted() or self._left <= 0 or self._solved or self._enough(self.trail[-1][1])

            if self.before is None:  # a re-plan is judged by how little it changes, not by what it costs
                best = self._searched(target, start, lambda: stop() or self._left <= self._kept_for_people)
                if not interrupted() and not self._solved:
                    best = self._reflowed(best)
            while look() and not stop():
                time.sleep(LOOK)
            if interrupted():
                self.warnings.append("interrupted: this is the best plan so far")
        if self.exact and self.exact.plan and not self.wishes.wishes and self.before is None:
            exact = Outcome(self.exact.plan.model_copy(update={"seed": self.seed}), ())
            best = min(best, exact, key=lambda one: (len(one.unmet), self._cost(one.plan)))
            self._note(best.plan)
        return best

    def _searched(self, target: Mission, start: Outcome, stop: Callable[[], bool]) -> Outcome:
        """What the search finds, if it keeps as many wishes as the plan to begin with."""
        found = improve(
            target,
            self.course.id,
            start,
            as_of=self.as_of,
            seed=self.seed,
            rounds=self.effort.rounds,
            stop=stop,
            workers=self.effort.processes,
            progress=self._tell,
        )
        plan = found.plan.model_copy(update={"mission_hash": self.mission.hash})
        if len(unkept(self.mission, plan, self.wishes)) > len(unkept(self.mission, start.plan, self.wishes)):
            return start
        self._note(plan)
        return Outcome(plan, verify_plan(self.mission, plan))

    def _reflowed(self, outcome: Outcome) -> Outcome:
        """The plan with its people moved as well as can be, if that keeps as many wishes."""
        if outcome.unmet or self._left <= 0:
            return outcome
        self._tell("moving the people of the best plan once more")
        plan = reflow(self.mission, self.course, outcome.plan, seconds=self._left)
        if len(unkept(self.mission, plan, self.wishes)) > len(unkept(self.mission, outcome.plan, self.wishes)):
            return outcome
        self._note(plan)
        return Outcome(plan, verify_plan(self.mission, plan))

    @contextmanager
    def _proofs(self) -> Iterator[Callable[[], bool]]:
        """Prove bounds in other processes; the function given takes what is ready, and tells whether more may come.

        They are bounds of the mission itself: a plan that could not keep every wish has them as well.
        """
        mission, left = self.mission, max(self._left, 0.0)
        tasks: dict[str, Aside[Bound] | Aside[Exact]] = {
            "bound": Aside(partial(lower_bound, mission, self.course, as_of=mission.day(self.as_of), seconds=left))
        }
        if columns_of(mission) <= MOST_COLUMNS:
            tasks["exact"] = Aside(partial(solve_exactly, mission, self.course, as_of=self.as_of, seconds=left))

        def look() -> bool:
            for name in [name for name, task in tasks.items() if task.ready]:
                task = tasks.pop(name)
                try:
                    setattr(self, name, task.result())
                except RuntimeError as error:
                    self.warnings.append(f"no proof ({name}): {error}")
                task.end()
            return bool(tasks)

        try:
            yield look
            look()
        finally:
            for task in tasks.values():
                task.end()

    # ---- the clock, and what is known ----------------------------------------------------------------------------

    @property
    def _spent(self) -> float:
        return time.perf_counter() - self.began

    @property
    def _left(self) -> float:
        return self.effort.seconds * (1 - LAST_WORDS) - self._spent

    @property
    def _kept_for_people(self) -> float:
        """Seconds kept for the people of the best plan: a fifth of the time, and no more than they need."""
        return min(FOR_PEOPLE, 0.2 * self.effort.seconds)

    @property
    def _proven(self) -> float | None:
        """The best bound so far."""
        bounds = [self.bound.value] if self.bound and not self.bound.infeasible else []
        bounds += [self.exact.bound] if self.exact and not self.exact.left_out else []
        return max(filter(math.isfinite, bounds), default=None)

    @property
    def _impossible(self) -> bool:
        """Whether it is proven that no plan is lawful."""
        by_model = self.exact is not None and self.exact.status == "infeasible" and not self.exact.left_out
        return by_model or (self.bound is not None and self.bound.infeasible)

    def _how(self) -> str:
        if self.exact and not self.exact.left_out and self.exact.bound == self._proven:
            return "the whole mission by the day as one model, HiGHS"
        return self.bound.how if self.bound else "nothing is proven"

    def _cost(self, plan: Plan) -> float:
        return measure_plan(self.mission, plan).objective(self.course)

    @property
    def _solved(self) -> bool:
        """Whether the exact model has the best plan already, and nothing else was asked for."""
        exact = self.exact is not None and self.exact.status == "optimal" and not self.exact.left_out
        return exact and not self.wishes.wishes and self.before is None

    def _enough(self, objective: float) -> bool:
        """Whether a plan is as good as was asked for."""
        return self._proven is not None and objective - self._proven <= max(self.effort.gap, PROVEN) * abs(objective)

    def _note(self, plan: Plan) -> float:
        """Write down what a plan costs, if it is the first or less than those before."""
        cost = self._cost(plan)
        if not self.trail or cost < self.trail[-1][1]:
            self.trail.append((self._spent, cost))
        return cost

    def _tell(self, text: str) -> None:
        if self.progress:
            known = f"; no plan costs less than {self._proven / 1e6:.2f} million" if self._proven else ""
            self.progress(f"{self._spent:.0f} s: {text}{known}")


@contextmanager
def _keyboard() -> Iterator[Callable[[], bool]]:
    """While it lasts the first Ctrl-C is only noted; the second one is as sharp as ever."""
    noted = False

    def note(_: int, __: object) -> None:
        nonlocal noted
        noted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: noted
    finally:
        signal.signal(signal.SIGINT, before)
