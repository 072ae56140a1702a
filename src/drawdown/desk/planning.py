"""Making plans: one course of action, or all of them side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from drawdown.desk.missions import open_mission
from drawdown.desk.summary import Summary, choose_course, summarise
from drawdown.files import write_plan
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.planner.simple import plan_simply

Progress = Callable[[str], None]


@dataclass(frozen=True)
class PlanResult(Summary):
    """A plan that has been made and written to ``plan``.

    ``status`` is *feasible* if it breaks no rule; otherwise it is *infeasible*, and ``must_give`` names the rules
    that could not be kept, where, from when to when, and by how much. ``start_objective`` is the simple plan's.
    There is no ``bound`` on how good a plan could be, and so no ``gap``, until a solver has given one.
    """

    plan: Path
    status: Literal["optimal", "feasible", "infeasible"]
    start_objective: float
    bound: float | None
    gap: float | None
    seconds: float


class Options(TypedDict, total=False):
    """What may be said about any plan.

    ``as_of`` is the day whose knowledge the plan may use (the day of cessation if not given), ``seed`` makes it the
    same plan each time, ``replace`` lets it take the place of an earlier plan, and ``progress`` is called with what
    is being done.
    """

    as_of: date | None
    seed: int
    replace: bool
    progress: Progress | None


def make_plan(
    reference: str | Path, course: str | None = None, out: str | Path | None = None, **options: Unpack[Options]
) -> PlanResult:
    """Plan a mission by one course of action (its first if none is named), and write the plan to ``out``.

    Raises `MissionError` if the mission or the course cannot be used, and `FileExistsError` (before any planning) if
    something is there that is not to be replaced. Where no ``out`` is given it is ``out/MISSION-COURSE``.
    """
    mission = open_mission(reference)
    chosen = choose_course(mission, course)
    return _make_plans(mission, [(chosen, Path(out) if out else _default_target(mission, chosen))], options)[0]


def make_plans(
    reference: str | Path, out: str | Path | None = None, **options: Unpack[Options]
) -> tuple[PlanResult, ...]:
    """Plan a mission by each of its courses of action, into one folder a course in ``out``; see `make_plan`."""
    mission = open_mission(reference)
    targets = [
        (course, Path(out) / course.id if out else _default_target(mission, course)) for course in mission.courses
    ]
    return _make_plans(mission, targets, options)


def _default_target(mission: Mission, course: Course) -> Path:
    return Path("out") / f"{mission.mission.id}-{course.id}"


def _make_plans(mission: Mission, targets: Sequence[tuple[Course, Path]], options: Options) -> tuple[PlanResult, ...]:
    replace = options.get("replace", False)
    for _, target in targets:
        if target.exists() and not replace:
            raise FileExistsError(f"{target} is there already; name another with --out, or --replace it")
    results = []
    for course, target in targets:
        start = time.perf_counter()
        plan, unmet = plan_simply(
            mission,
            course.id,
            as_of=options.get("as_of"),
            seed=options.get("seed", 0),
            progress=options.get("progress"),
        )
        seconds = time.perf_counter() - start
        write_plan(plan, target, overwrite=replace)
        results.append(_result(summarise(mission, plan, unmet), target, seconds))
    return tuple(results)


def _result(summary: Summary, target: Path, seconds: float) -> PlanResult:
    return PlanResult(
        **vars(summary),
        plan=target,
        status="infeasible" if summary.must_give else "feasible",
        start_objective=summary.objective,
        bound=None,
        gap=None,
        seconds=round(seconds, 3),
    )
