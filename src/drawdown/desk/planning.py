"""Making plans: one course of action, or all of them side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from drawdown.desk.missions import open_mission
from drawdown.files import write_plan
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.binding import Binding, what_binds
from drawdown.plan.measures import Measures, measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan
from drawdown.planner.simple import plan_simply

Progress = Callable[[str], None]


def _silent(_doing: str) -> None:
    pass


@dataclass(frozen=True)
class PlanResult:
    """A plan and what it is worth.

    ``status`` is *feasible* if the plan breaks no rule; otherwise it is *infeasible*, and ``must_give`` names the
    rules that could not be kept, where, from when to when, and by how much. ``objective`` is the weighted sum of
    the measures in USD-equivalents, the smaller the better; ``start_objective`` is the simple plan's. There is no
    ``bound`` on how good a plan could be, and so no ``gap``, until a solver has given one.
    """

    plan: Path
    name: str
    course: str
    status: Literal["optimal", "feasible", "infeasible"]
    objective: float
    start_objective: float
    bound: float | None
    gap: float | None
    seconds: float
    measures: Measures
    last_out: dict[str, date]
    binding: tuple[Binding, ...]
    must_give: tuple[Broken, ...]
    summary: Summary


def choose_course(mission: Mission, name: str | None) -> Course:
    """A course of action by id, or the mission's first; raises `MissionError` if there is none of that name."""
    if name is None and mission.courses:
        return mission.courses[0]
    if name not in mission.course:
        remedy = suggest(name or "", mission.course)
        raise MissionError([Fault("fault", Spot("courses"), name or "", "no such course of action", remedy, "--coa")])
    return mission.course[name]
