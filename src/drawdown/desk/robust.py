"""A plan made for chance: buffers and order are chosen by playing futures, and shown beside the nominal plan.

The nominal plan is what `make_plan` would make. The search tunes on futures of its own; both plans are then judged on
fresh ones that neither was tuned on, and the nominal plan is given unless the other one is better beyond doubt.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from random import Random
from typing import Unpack

from drawdown.desk.missions import open_mission
from drawdown.desk.planning import Options, PlanResult, asked_for, result_of, stamped
from drawdown.desk.robust_futures import Aim, Chances, Differences
from drawdown.desk.robust_recipes import Recipe, as_written
from drawdown.desk.robust_search import FIRST, RACED, Field, RobustSearch, Tried
from drawdown.desk.summary import choose_course, summarise
from drawdown.files import write_plan
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import Measures, measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.wishes import Wishes, unkept
from drawdown.planner.optimise import Effort, Optimised, optimise

#: Share of the time for the nominal plan: its search is nearly done by then, and the futures need the rest.
FOR_NOMINAL = 0.35

#: Share of the time that is kept at most for the race and the fresh futures: a machine that is too slow for both takes
#: longer, rather than search for nothing.
FOR_JUDGING = 0.25

#: What is added to the seed of the futures that a plan is tuned on. The fresh ones have the seed + 1, those of
#: `drawdown stress` with its own seed; so that what is shown can be played again.
TUNED_ON = 2**40

#: Fresh futures unless a caller says how many: the chance of the deadline is then known within 3 points or better.
FUTURES = 1000


@dataclass(frozen=True)
class Comparison:
    """The plan made for chance beside the nominal plan, on ``futures`` fresh futures of seed ``seed``.

    ``kept`` tells whether the plan made for chance is given (otherwise the nominal one is), ``why`` in words; ``words``
    are its buffers, ``tried`` the lawful plans that were tried, ``tuned_on`` the most futures on which one was.
    ``nominal_measures`` are those of the nominal plan as planned, ``made_measures`` those of the other.
    """

    aim: Aim
    kept: bool
    why: str
    words: tuple[str, ...]
    settings: dict[str, str | float]
    tried: int
    tuned_on: int
    futures: int
    seed: int
    nominal: Chances
    made: Chances
    differences: Differences
    nominal_objective: float
    made_objective: float
    nominal_measures: Measures
    made_measures: Measures


@dataclass(frozen=True)
class RobustResult(PlanResult):
    """The plan that is given, and how the two compare; ``robust`` is None if there is no lawful plan to begin with."""

    robust: Comparison | None


class RobustOptions(Options, total=False):
    """What may be said about a plan made for chance, beside what may be said about any (but ``near``).

    ``aim`` is what is to be best, the chance of the deadline or the 95th percentile of loss; ``futures`` are the fresh
    ones on which the two plans are compared. ``effort`` is for the nominal plan and all that follows.
    """

    aim: Aim
    futures: int


def make_robust_plan(
    reference: str | Path, course: str | None = None, out: str | Path | None = None, **options: Unpack[RobustOptions]
) -> RobustResult:
    """Plan a mission for chance by one course of action (its first if none is named), and write the plan to ``out``.

    Raises `MissionError` if the mission, the course or the wishes cannot be used, `FileExistsError` (before any
    planning) if something is there that is not to be replaced, and
    `ValueError` for fewer than 100 futures, from which no 95th percentile can be told, and for an earlier plan to stay
    ``near`` to: a plan made for chance is a new one.
    """
    if options.get("near"):
        raise ValueError("a plan made for chance is a new one: it cannot stay near to another")
    if options.get("futures", FUTURES) < 100:  # noqa: PLR2004 - as the sentence above says
        raise ValueError("a plan made for chance is judged on 100 futures or more")
    mission = open_mission(reference)
    chosen = choose_course(mission, course)
    target = Path(out) if out else Path("out") / f"{mission.mission.id}-{chosen.id}-robust"
    if target.exists() and not options.get("replace", False):
        raise FileExistsError(f"{target} is there already; name another with --out, or --replace it")
    work = _Work(mission, chosen, asked_for(mission, options)[0], options)
    found, comparison, plan = work.go()
    made = {"robust": comparison.aim, **comparison.settings} if comparison and comparison.kept else {}
    plan = stamped(replaced(found, plan=plan), mission, chosen)
    plan = plan.model_copy(update={"name": plan.name + "-robust" * bool(made), "settings": {**plan.settings, **made}})
    write_plan(plan, target, overwrite=options.get("replace", False))
    found = replaced(found, seconds=work.spent)
    result = result_of(mission, summarise(mission, plan, found.unmet), target, found, ())
    return RobustResult(**vars(result), robust=comparison)


class _Work:
    """One run: the nominal plan, the search, the race, and the judgement on fresh futures."""

    def __init__(self, mission: Mission, course: Course, wishes: Wishes, options: RobustOptions) -> None:
        self.mission, self.course, self.wishes = mission, course, wishes
        self.aim: Aim = options.get("aim", "deadline")
        self.futures, self.seed = options.get("futures", FUTURES), options.get("seed", 0)
        self.as_of, self.effort = options.get("as_of"), options.get("effort") or Effort()
        self.progress = options.get("progress")
        self.began = time.perf_counter()

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.began

    def go(self) -> tuple[Optimised, Comparison | None, Plan]:
        """What was found, how the two plans compare, and the plan that is given."""
        nominal = optimise(
            self.mission,
            self.course.id,
            as_of=self.as_of,
            seed=self.seed,
            effort=replaced(self.effort, seconds=FOR_NOMINAL * self.effort.seconds),
            wishes=self.wishes,
            progress=self.progress,
        )
        if nominal.unmet:
            return nominal, None, nominal.plan
        nominal = replaced(nominal, plan=as_written(nominal.plan))
        field = Field(self.mission, self.course.id, nominal.plan, TUNED_ON + self.seed, self.wishes)
        search = RobustSearch(field, self.aim, Random(self.seed), self._keeps_as_many(nominal), self._tell)  # noqa: S311 - a search, no secret
        try:
            search.run(self.effort.rounds, self._stop_in_time(field), self.effort.processes)
        except KeyboardInterrupt:
            self._tell("interrupted: the best so far is judged")
        if not search.tried:
            return nominal, None, nominal.plan
        comparison, winner = self._judged(nominal, search)
        if not comparison.kept:
            return nominal, comparison, nominal.plan
        objective = comparison.made_objective
        given = replaced(
            nominal, plan=winner.plan, objective=objective, unkept=unkept(self.mission, winner.plan, self.wishes)
        )
        return given, comparison, winner.plan

    def _keeps_as_many(self, nominal: Optimised) -> Callable[[Plan], bool]:
        """Whether a plan keeps as many wishes as the nominal one."""
        return lambda plan: len(unkept(self.mission, plan, self.wishes)) <= len(nominal.unkept)

    def _stop_in_time(self, field: Field) -> Callable[[], bool]:
        """Stops the search so that the race and the fresh futures end in time; measured on the nominal plan.

        The first call loads what was compiled, or compiles it, once for an installation; that time is given back.
        """
        start = time.perf_counter()
        field.futures(field.nominal, range(2))
        ready = time.perf_counter()
        field.futures(field.nominal, range(FIRST))
        needed = (time.perf_counter() - ready) * (RACED + 2 * self.futures) / FIRST
        ends = self.effort.seconds + (ready - start) - min(needed, FOR_JUDGING * self.effort.seconds)
        return lambda: self.spent >= ends

    def _judged(self, nominal: Optimised, search: RobustSearch) -> tuple[Comparison, Tried]:
        """The winner beside the nominal plan on fresh futures."""
        winner = search.race()
        self._tell(f"judging the two plans on {self.futures} fresh futures")
        fresh = Field(self.mission, self.course.id, nominal.plan, self.seed + 1)
        one, other = (fresh.futures(plan, range(self.futures)) for plan in (winner.plan, nominal.plan))
        differences = Differences.between(one, other)
        kept, why = verdict(winner.recipe, differences, self.aim)
        measures = measure_plan(self.mission, winner.plan)
        comparison = Comparison(
            aim=self.aim,
            kept=kept,
            why=why,
            words=winner.recipe.words(self.mission),
            settings=winner.recipe.settings,
            tried=len(search.tried),
            tuned_on=len(winner.futures),
            futures=self.futures,
            seed=self.seed + 1,
            nominal=Chances.of(self.mission, other),
            made=Chances.of(self.mission, one),
            differences=differences,
            nominal_objective=nominal.objective,
            made_objective=measures.objective(self.course),
            nominal_measures=measure_plan(self.mission, nominal.plan),
            made_measures=measures,
        )
        return comparison, winner

    def _tell(self, text: str) -> None:
        if self.progress:
            self.progress(f"{self.spent:.0f} s: {text}")


def verdict(recipe: Recipe, differences: Differences, aim: Aim) -> tuple[bool, str]:
    """Whether the plan made for chance is given, and why.

    It is if what was aimed at is better beyond its interval, or no worse as far as can be told at less mean loss,
    again beyond its interval.
    """
    if recipe == Recipe():
        return False, "no other plan that was tried did better than the nominal plan"
    words, gain = (
        ("the chance of the deadline", differences.in_time)
        if aim == "deadline"
        else ("the 95th percentile of loss", differences.loss_p95)
    )
    better, worse = (gain.low > 0, gain.high < 0) if aim == "deadline" else (gain.high < 0, gain.low > 0)
    if better:
        return True, f"{words} is better, beyond its interval"
    if not worse and differences.loss_mean.high < 0:
        return True, f"{words} is the same as far as can be told, and the mean loss is less, beyond its interval"
    return False, f"neither {words} nor the mean loss is better beyond its interval"
