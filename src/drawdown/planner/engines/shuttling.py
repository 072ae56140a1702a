"""Plan the trips of a mixed fleet: CP-SAT on counts of trips, which does not care about their order.

    shuttle(problem, Limits(seconds=10))

How long a vehicle is under way depends only on how often it goes from where by which loading point to where. So the
model counts trips instead of ordering them; a vehicle's counts are a walk if as many trips leave each exit as reach it
(but for the first and the last) and if all hang together, which cuts see to when they are broken. There is nothing
symmetric left, and the model's bound is one for the plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_effort import Effort
from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.shuttling_model import PART, Model, hops
from drawdown.planner.engines.shuttling_problem import Shuttle, Trip, Trips, replay
from drawdown.planner.engines.shuttling_start import first_plan, load, route

#: A plan that ends no later than so many minutes after the bound is the best (rounding makes a difference of parts).
SAME = 0.01


def shuttle(problem: Shuttle, limits: Limits | None = None) -> Trips:
    """The trips that end earliest, as far as can be found within limits, with a bound."""
    limits = limits or Limits(seconds=10)
    if not any(problem.people.values()):
        return Trips((), 0.0, 0.0, "optimal")
    start = first_plan(problem)
    model = Model(problem, hops(problem), max(replay(problem, start).values()) if start else None)
    if start:
        model.hint(start)
    return _solve(problem, model, start, limits)


def _solve(problem: Shuttle, model: Model, best: tuple[Trip, ...], limits: Limits) -> Trips:
    """Solve, cut off walks that do not hang together, and solve again, until the plan is a walk or effort is spent."""
    effort, bound, proven = Effort.of(limits), 0.0, False
    while effort.left > 0:
        solver, status = effort.solve(model.cp, math.inf, seed=limits.seed, workers=limits.workers)
        if status == cp_model.INFEASIBLE and not best:
            return Trips((), math.inf, math.inf, "infeasible")
        bound = max(bound, solver.best_objective_bound * PART)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        counts = model.counts(solver)
        loose = list(model.loose(counts))
        if not loose:
            best = _better(problem, best, load(problem, model.walks(counts)))
            proven = status == cp_model.OPTIMAL
            break
        best = _better(problem, best, route(problem, model.sites(counts)))
        for vehicle, places in loose:
            model.cut(vehicle, places)
    if not best:
        return Trips((), math.inf, bound, "unknown")
    makespan = _end(problem, best)
    done = proven or makespan <= bound + SAME
    return Trips(best, makespan, min(bound, makespan), "optimal" if done else "feasible", replay(problem, best))


def _better(problem: Shuttle, one: tuple[Trip, ...], other: tuple[Trip, ...]) -> tuple[Trip, ...]:
    """The plan that ends earlier, of those that there are."""
    return min((plan for plan in (one, other) if plan), key=lambda plan: _end(problem, plan), default=())


def _end(problem: Shuttle, plan: Iterable[Trip]) -> float:
    return max(replay(problem, tuple(plan)).values())
