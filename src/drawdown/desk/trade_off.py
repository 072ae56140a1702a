"""All courses of action in one run: what each buys, what it costs, and the plans between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Unpack

from drawdown.desk.missions import open_mission
from drawdown.desk.planning import Options, PlanResult, make_plans
from drawdown.desk.plans import read_sound_plan
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import Measures, measure_plan
from drawdown.plan.model import Plan
from drawdown.planner.optimise import Effort, optimise

#: Share of a plan's time that each plan between two courses of action gets: there are as many of them as courses.
BETWEEN = 0.25


@dataclass(frozen=True)
class Point:
    """One plan in the trade-off: its measures, the lower the better, and what it costs by each course of action.

    ``uncovered`` are civilian-days that could have been covered and are not. ``best_for`` names the courses of action
    by which no plan found costs less; ``dominated_by`` a plan that is no worse in any measure and better in one.
    """

    name: str
    site_days: int
    casualties: float
    lost_usd: float
    uncovered: int
    cost_usd: float
    objectives: dict[str, float]
    best_for: tuple[str, ...] = ()
    dominated_by: str | None = None

    @property
    def measures(self) -> tuple[float, ...]:
        """The five measures, the lower the better."""
        return self.site_days, self.casualties, self.lost_usd, self.uncovered, self.cost_usd


@dataclass(frozen=True)
class TradeOff:
    """A plan by each course of action, and the trade-off between them and those found between two courses."""

    plans: tuple[PlanResult, ...]
    points: tuple[Point, ...]


def weigh_all(reference: str | Path, out: str | Path | None = None, **options: Unpack[Options]) -> TradeOff:
    """Plan by each course of action (see `make_plans`), and by weights between the first and each other one."""
    mission = open_mission(reference)
    plans = make_plans(reference, out, **options)
    found = [(row.plan.name, read_sound_plan(row.plan)) for row in plans if row.status != "infeasible"]
    found += list(_between(mission, options))
    return TradeOff(plans, compare_points(mission, found))


def _between(mission: Mission, options: Options) -> Iterator[tuple[str, Plan]]:
    """Lawful plans by weights halfway (by their geometric mean) between the first course of action and each other."""
    effort = options.get("effort") or Effort()
    less = replace(effort, seconds=BETWEEN * effort.seconds)
    first = mission.courses[0]
    for other in mission.courses[1:]:
        middle = _middle(first, other)
        weighed = mission.model_copy(update={"courses": (*mission.courses, middle)})
        plan = optimise(
            weighed,
            middle.id,
            as_of=options.get("as_of"),
            seed=options.get("seed", 0),
            effort=less,
            progress=options.get("progress"),
        )
        if not plan.unmet:
            yield middle.name, plan.plan


def _middle(one: Course, other: Course) -> Course:
    weights = {
        name: sqrt(getattr(one, name) * getattr(other, name))
        for name in ("time", "risk", "equipment", "protection", "cost")
    }
    return one.model_copy(
        update={"id": f"{one.id}-{other.id}"[:63], "name": f"between {one.name} and {other.name}", **weights}
    )


def compare_points(mission: Mission, plans: Sequence[tuple[str, Plan]]) -> tuple[Point, ...]:
    """The trade-off between named lawful plans."""
    points = [_point(mission, name, measure_plan(mission, plan)) for name, plan in plans]
    least = {c.id: min((p.objectives[c.id] for p in points), default=0.0) for c in mission.courses}
    return tuple(
        replace(
            point,
            best_for=tuple(c.name for c in mission.courses if point.objectives[c.id] == least[c.id]),
            dominated_by=next((other.name for other in points if _dominates(other, point)), None),
        )
        for point in points
    )


def _point(mission: Mission, name: str, measures: Measures) -> Point:
    return Point(
        name,
        measures.time.site_days,
        measures.risk.casualties,
        measures.equipment.lost_usd,
        measures.protection.possible - measures.protection.covered,
        measures.cost.usd,
        {course.id: measures.objective(course) for course in mission.courses},
    )


def _dominates(one: Point, other: Point) -> bool:
    pairs = list(zip(one.measures, other.measures, strict=True))
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)
