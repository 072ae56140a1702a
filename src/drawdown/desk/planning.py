"""Making plans: one course of action, or all of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from drawdown.desk.missions import open_mission
from drawdown.desk.plans import read_sound_plan
from drawdown.desk.summary import Summary, choose_course, summarise
from drawdown.files import wishes_from, write_plan
from drawdown.mission.faults import MissionError
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.diff import describe_changes
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.wishes import Unkept, Wishes
from drawdown.planner.explain import MustGive, must_give
from drawdown.planner.optimise import Effort, Optimised, Status, optimise

Progress = Callable[[str], None]


@dataclass(frozen=True)
class PlanResult(Summary):
    """A plan that has been made and written to ``plan``.

    ``status`` is *optimal* (no lawful plan costs less), *feasible* (it breaks no rule) or *infeasible*: then
    ``must_give`` names the rules that could not be kept, and ``impossible`` tells whether it is proven that no plan
    keeps them all. ``start_objective`` is the constructive plan's. No lawful plan costs less than ``bound`` (``how``
    says why); ``gap`` is how much cheaper the best possible plan could be, as a share of this one's objective; both
    are None where nothing is proven. ``unkept`` are wishes that the plan does not keep, ``changes`` what differs
    from the plan that it was to stay near to, ``trail`` each improvement (seconds, objective).
    """

    plan: Path
    status: Status
    start_objective: float
    bound: float | None
    gap: float | None
    how: str
    impossible: bool
    seconds: float
    unkept: tuple[Unkept, ...]
    changes: tuple[str, ...]
    trail: tuple[tuple[float, float], ...]
    must_give: tuple[MustGive, ...]
    warnings: tuple[str, ...]


class Options(TypedDict, total=False):
    """What may be said about any plan.

    ``as_of`` is the day whose knowledge the plan may use (the day of cessation if not given), ``seed`` makes it the
    same plan each time, ``replace`` lets it take the place of an earlier plan, and ``progress`` is called with what
    is being done. ``effort`` says how much work it is worth, ``wishes`` is a file of wishes, and ``near`` an earlier
    plan that is to be changed as little as can be.
    """

    as_of: date | None
    seed: int
    replace: bool
    progress: Progress | None
    effort: Effort
    wishes: str | Path | None
    near: str | Path | None


def make_plan(
    reference: str | Path, course: str | None = None, out: str | Path | None = None, **options: Unpack[Options]
) -> PlanResult:
    """Plan a mission by one course of action (its first if none is named), and write the plan to ``out``.

    Raises `MissionError` if the mission, the course, the wishes or the earlier plan cannot be used, and
    `FileExistsError` (before any planning) if something is there that is not to be replaced. Where no ``out`` is
    given it is ``out/MISSION-COURSE``.
    """
    mission = open_mission(reference)
    chosen = choose_course(mission, course)
    return make_each(mission, [(chosen, Path(out) if out else _default_target(mission, chosen))], options)[0]


def make_plans(
    reference: str | Path, out: str | Path | None = None, **options: Unpack[Options]
) -> tuple[PlanResult, ...]:
    """Plan a mission by each of its courses of action, into one folder a course in ``out``; see `make_plan`."""
    mission = open_mission(reference)
    targets = [
        (course, Path(out) / course.id if out else _default_target(mission, course)) for course in mission.courses
    ]
    return make_each(mission, targets, options)


def _default_target(mission: Mission, course: Course) -> Path:
    return Path("out") / f"{mission.mission.id}-{course.id}"


def make_each(mission: Mission, targets: Sequence[tuple[Course, Path]], options: Options) -> tuple[PlanResult, ...]:
    """Plan by each course of action and write each plan to its place."""
    replace = options.get("replace", False)
    for _, target in targets:
        if target.exists() and not replace:
            raise FileExistsError(f"{target} is there already; name another with --out, or --replace it")
    wishes, near = asked_for(mission, options)
    found = [
        optimise(
            mission,
            course.id,
            as_of=options.get("as_of"),
            seed=options.get("seed", 0),
            effort=options.get("effort"),
            wishes=wishes,
            before=near,
            progress=options.get("progress"),
        )
        for course, _ in targets
    ]
    results = []
    for (course, target), own in zip(targets, found, strict=True):
        best = _best_of(mission, course, own, found)
        plan = stamped(best, mission, course)
        write_plan(plan, target, overwrite=replace)
        changes = tuple(describe_changes(mission, near, plan)) if near else ()
        results.append(result_of(mission, summarise(mission, plan, best.unmet), target, best, changes))
    return tuple(results)


def _best_of(mission: Mission, course: Course, own: Optimised, found: Sequence[Optimised]) -> Optimised:
    """What was found for a course of action, with the plan of another one where that weighs less by this one."""
    lawful = [other for other in found if not other.unmet and len(other.unkept) <= len(own.unkept)]
    weights = [(measure_plan(mission, other.plan).objective(course), other) for other in lawful]
    least, best = min(weights, key=lambda row: row[0], default=(own.objective, own))
    if best is own or (least >= own.objective and not own.unmet):
        return own
    trail = (*own.trail, (own.seconds, least))
    return replaced(own, plan=best.plan, unmet=(), unkept=best.unkept, objective=least, trail=trail)


def asked_for(mission: Mission, options: Options) -> tuple[Wishes, Plan | None]:
    """The wishes and the earlier plan that were asked for."""
    file, near = options.get("wishes"), options.get("near")
    before = read_sound_plan(Path(near)) if near else None
    if file is None:
        return Wishes(), before
    reading = wishes_from(Path(file), mission, before, options.get("as_of"))
    if reading.wishes is None:
        raise MissionError(reading.faults)
    return reading.wishes, before


def stamped(found: Optimised, mission: Mission, course: Course) -> Plan:
    """The plan with its name, its course of action and its proof."""
    proof: dict[str, str | float] = {"status": found.status, "start_objective": found.start_objective, "how": found.how}
    if found.bound is not None:
        proof["bound"] = found.bound
    settings = {**found.plan.settings, **proof}
    name = f"{mission.mission.id}-{course.id}"
    return found.plan.model_copy(update={"name": name, "course": course.id, "settings": settings})


def result_of(
    mission: Mission, summary: Summary, target: Path, found: Optimised, changes: tuple[str, ...]
) -> PlanResult:
    """What is said of a plan that has been written to ``target``."""
    return PlanResult(
        **vars(summary),
        plan=target,
        status=found.status,
        start_objective=found.start_objective,
        bound=found.bound,
        gap=found.gap,
        how=found.how,
        impossible=found.impossible,
        seconds=round(found.seconds, 3),
        unkept=found.unkept,
        changes=changes,
        trail=tuple((round(when, 1), cost) for when, cost in found.trail),
        must_give=must_give(mission, found.unmet),
        warnings=found.warnings,
    )
