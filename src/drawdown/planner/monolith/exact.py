"""The best plan of a mission that is small enough, with the proof; or what stood in its way."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from math import inf, isclose
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.monolith.build import build, columns_of
from drawdown.planner.monolith.decode import Decoder
from drawdown.planner.monolith.highs import Solved, solve_with_highs
from drawdown.planner.monolith.model import Model
from drawdown.planner.monolith.ways import TooManyWaysError, mixed_flights
from drawdown.planner.relaxation.program import Matrix

#: Columns up to which a model of every day is worth its building.
MOST_COLUMNS = 60_000

#: How far a plan's measured objective may be from the model's: rounding in sums of floating-point numbers (share, USD).
ROUNDING, CENT = 1e-6, 1e-6

Engine = Literal["highs", "cp-sat"]


@dataclass(frozen=True)
class Exact:
    """An answer: the plan (None without one), its objective, a bound on every lawful plan, and how it ended.

    ``status`` is ``optimal`` (no lawful plan is better), ``infeasible`` (there is no lawful plan), ``stopped`` (time
    ran out) or ``too_big`` (not tried). ``left_out`` names what the model does not try and a plan might gain by;
    where it is not empty, bound and status speak of the plans that the model tries.
    """

    plan: Plan | None
    objective: float
    bound: float
    status: Literal["optimal", "infeasible", "stopped", "too_big"]
    columns: int
    left_out: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """How far the plan can be from the best, as a share of its objective (infinite without a plan)."""
        return (self.objective - self.bound) / max(abs(self.objective), CENT) if self.plan else inf


class MismatchError(AssertionError):
    """A plan of the model that the verifier or the measures see otherwise: a defect of the model."""


def solve_exactly(  # noqa: PLR0913 - what, how weighed, known when; for how long, with what, and up to which size
    mission: Mission,
    course: Course,
    *,
    as_of: date | None = None,
    seconds: float = 60,
    seed: int = 0,
    engine: Engine = "highs",
    most_columns: int = MOST_COLUMNS,
) -> Exact:
    """Solve the whole mission by the day, in so many seconds with the building of the model.

    A plan is returned only if `verify_plan` finds nothing broken in it.
    Raises `MismatchError` where the verifier or the measures disagree with the model.
    """
    began, size = time.perf_counter(), columns_of(mission)
    if size > most_columns:
        return Exact(None, inf, -inf, "too_big", size)
    try:
        model = build(mission, course, as_of)
    except TooManyWaysError:
        return Exact(None, inf, -inf, "too_big", size)
    matrix = model.program.matrix()
    if len(matrix.cost) > most_columns:
        return Exact(None, inf, -inf, "too_big", len(matrix.cost))
    solved = _solve(matrix, engine, max(0.0, seconds - (time.perf_counter() - began)), seed)
    missing = left_out(model)
    if solved.columns is None:
        return Exact(None, inf, solved.bound, solved.status, model.program.columns, missing)
    plan = Decoder(model, solved.columns).plan(f"exact ({engine})", seed)
    value = checked(model, plan, matrix, solved)
    return Exact(plan, value, min(solved.bound, value), solved.status, model.program.columns, missing)


def left_out(model: Model) -> tuple[str, ...]:
    """What the model does not try, though a plan of this mission might gain by it; mostly nothing."""
    mission, found = model.mission, []
    if mixed_flights(mission, model.ways):
        # Room on two aircraft is added up by the rule on capacity, and one move runs the risk of one convoy.
        found.append("flights shared by aircraft of two kinds")
    if any(step.role == "handover" and step.max_stock_share < 1 for step in mission.closure_steps):
        # It might start while its site is emptier than it is later on.
        found.append("handover steps longer than they must be")
    return tuple(found)


def _solve(matrix: Matrix, engine: Engine, seconds: float, seed: int) -> Solved:
    if engine == "highs":
        return solve_with_highs(matrix, seconds, seed)
    # OR-Tools takes seconds to import: only those wait for it who ask for it.
    from drawdown.planner.monolith.cpsat import solve_with_cp_sat  # noqa: PLC0415

    return solve_with_cp_sat(matrix, seconds, seed)


def checked(model: Model, plan: Plan, matrix: Matrix, solved: Solved) -> float:
    """A plan's objective by the measures, if it is lawful and that is what the model says; else `MismatchError`."""
    broken = verify_plan(model.mission, plan)
    if broken:
        raise MismatchError(f"{model.mission.mission.id}: the model's plan breaks rules: {broken[:5]}")
    value = measure_plan(model.mission, plan).objective(model.course)
    said = float(matrix.cost @ solved.columns.round() + matrix.constant) if solved.columns is not None else inf
    if not isclose(value, said, rel_tol=ROUNDING, abs_tol=CENT):
        raise MismatchError(f"{model.mission.mission.id}: the model says {said!r}, the measures {value!r}")
    return value
