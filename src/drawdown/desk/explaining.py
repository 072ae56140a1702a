"""Why a plan is as it is: what binds, what forced its losses, what more would buy, what else could be, what must go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

from drawdown.desk.plans import open_judged_plan
from drawdown.desk.summary import choose_course
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.wishes import Wish
from drawdown.planner.explain import MustGive, must_give
from drawdown.planner.relaxation.solver import SolverMissing
from drawdown.planner.why.alternatives import Alternative, alternatives, lot_wishes, site_wishes
from drawdown.planner.why.gains import Gains, find_gains
from drawdown.planner.why.impossible import Impossible, why_impossible
from drawdown.planner.why.losses import Loss, losses
from drawdown.planner.why.rebuild import Clock, Effort, Task
from drawdown.planner.why.weeks import BusyWeek, busy_weeks

#: Seconds that an answer may take if nothing else is said.
SECONDS = 60.0


@dataclass(frozen=True)
class WhyResult:
    """What was asked about a plan; parts that were not asked for are None.

    ``must_give`` are the rules that the plan breaks, gathered, and ``proof`` whether nothing lawful exists at all.
    For lawful plans ``weeks`` says what binds and ``losses`` which lots are lost and why; ``gains`` and
    ``alternatives`` answer what was asked. ``objective`` is the plan's, in USD-equivalents.
    """

    name: str
    mission: str
    course: str
    objective: float
    must_give: tuple[MustGive, ...]
    proof: Impossible | None
    weeks: tuple[BusyWeek, ...] | None
    losses: tuple[Loss, ...] | None
    gains: Gains | None
    alternatives: tuple[Alternative, ...] | None
    warnings: tuple[str, ...] = ()


class Question(TypedDict, total=False):
    """What is asked of a plan: ``gains``, alternatives for a ``site`` or a ``lot``; if none of them, what binds.

    ``seconds`` limits the time in all; ``builds`` is how many plans each offer gets instead of what the time allows,
    and ``seed`` what they are drawn from: both given, the plans found are always the same. ``allow_changed`` accepts
    a mission that has changed since.
    """

    gains: bool
    site: str | None
    lot: str | None
    seconds: float
    builds: int
    seed: int
    allow_changed: bool
    progress: Callable[[str], None] | None


def why(path: str | Path, reference: str | Path | None = None, **question: Unpack[Question]) -> WhyResult:
    """Explain a plan; see `open_plan` for how its mission is found and when that is refused.

    Raises `MissionError` as well for a site or lot that there is not, and if gains or alternatives are asked of a plan
    that breaks rules.
    """
    seconds, progress = question.get("seconds", SECONDS), question.get("progress")
    mission, plan, broken = open_judged_plan(path, reference, allow_changed=question.get("allow_changed", False))
    course, wishes = choose_course(mission, plan.course), _wishes(mission, plan, question)
    if broken and (question.get("gains") or wishes is not None):
        raise _refused("plan", plan.name, f"it breaks {len(broken)} rules", "ask `drawdown why` what must give first")
    task, effort = (
        Task(mission, course, plan.as_of),
        Effort(seconds, question.get("builds", 0), question.get("seed", 0)),
    )

    proof, warnings = _proof(task, seconds, progress) if broken else (None, ())
    plain = not question.get("gains") and wishes is None
    return WhyResult(
        name=plan.name,
        mission=mission.mission.name,
        course=course.name,
        objective=task.cost(plan),
        must_give=must_give(mission, broken),
        proof=proof,
        weeks=busy_weeks(mission, plan) if plain else None,
        losses=losses(task, plan, Clock(effort), progress=progress) if plain and not broken else None,
        gains=find_gains(mission, plan, effort=effort, progress=progress) if question.get("gains") else None,
        alternatives=None if wishes is None else alternatives(task, plan, wishes, Clock(effort), progress=progress),
        warnings=warnings,
    )


def _wishes(mission: Mission, plan: Plan, question: Question) -> tuple[Wish, ...] | None:
    """The options to try for the site or lot that was named; None if none was."""
    site, lot = question.get("site"), question.get("lot")
    for noun, name, known in (("site", site, mission.site), ("lot", lot, mission.lot)):
        if name is not None and name not in known:
            raise _refused(noun, name, f"the mission has no {noun} `{name}`", suggest(name, known))
    if site is None and lot is None:
        return None
    return (*(site_wishes(mission, plan, site) if site else ()), *(lot_wishes(mission, plan, lot) if lot else ()))


def _refused(what: str, value: str, message: str, remedy: str) -> MissionError:
    return MissionError([Fault("fault", Spot(what), value, message, remedy, what)])


def _proof(
    task: Task, seconds: float, progress: Callable[[str], None] | None
) -> tuple[Impossible | None, tuple[str, ...]]:
    """Whether it is proven that no plan is lawful; without a solver that is not asked."""
    try:
        found = why_impossible(task.mission, as_of=task.mission.day(task.as_of), seconds=seconds, progress=progress)
    except SolverMissing as error:
        return None, (f"nothing is proven: {error}",)
    return found, found.warnings
