"""Schedule tasks under few crews: a quick search, CP-SAT on the whole, and neighbourhoods of the best.

    schedule(tasks, crews, objective="makespan", limits=Limits(seconds=15))

Three stages share the limits. A population of justified list schedules gives a good start in a second; CP-SAT, told of
it and of what the crews' work alone implies, proves or improves it; what is left goes to neighbourhoods in which a few
tasks are free. On small problems the first two stages end with a proof and the third never begins.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_bounds import lower_bound
from drawdown.planner.engines.scheduling_effort import Effort
from drawdown.planner.engines.scheduling_model import Model, unit_of
from drawdown.planner.engines.scheduling_modes import choose_modes
from drawdown.planner.engines.scheduling_network import build_network
from drawdown.planner.engines.scheduling_problem import Crew, Limits, Mode, Objective, Schedule, Task
from drawdown.planner.engines.scheduling_repair import Repair
from drawdown.planner.engines.scheduling_search import Draft, Search, drafts_per_work

#: Shares of the limits for the search of orders and for CP-SAT on the whole; neighbourhoods have the rest.
SEARCH, WHOLE = 0.15, 0.25

#: A schedule within this share of the bound is optimal: weights are whole numbers to the solver (see `unit_of`).
SAME = 1e-5


def schedule(
    tasks: Sequence[Task], crews: Sequence[Crew], *, objective: Objective = "makespan", limits: Limits | None = None
) -> Schedule:
    """The best schedule found within limits, with its bound.

    ``makespan`` is the day after the last task's end; ``weighted_ends`` the sum of each task's weight times the day
    after its end. Raises `ValueError` for tasks that wait for each other in a circle or for one that there is not,
    for a task without a mode, and for negative days, needs, releases or weights.
    """
    _refuse_nonsense(tasks, crews)
    limits = limits or Limits()
    doable = _doable(tasks, crews)
    if not all(task.modes for task in doable):
        return Schedule({}, {}, math.inf, math.inf, "infeasible")
    network = build_network(doable, crews)
    bound, effort = lower_bound(network, objective), Effort.of(limits)
    choices: list[tuple[int, ...]] = []
    if objective == "makespan" and any(len(options) > 1 for options in network.days):
        shortest, choices = choose_modes(network, effort, limits.seed)
        bound = max(bound, shortest)
    search = Search(network, objective, limits.seed, choices)
    best = _search(search, bound, effort)
    if best.excess or best.cost > bound:
        best, bound = _solve_whole(search, best, bound, effort, limits)
    if math.isinf(bound) or best.excess:
        return Schedule({}, {}, math.inf, bound, "infeasible" if math.isinf(bound) else "unknown")
    if best.cost > bound * (1 + SAME):
        best = Repair(search, bound).run(best, effort, limits)
    return Schedule(
        starts=dict(zip(network.names, best.starts, strict=True)),
        modes={t.name: t.modes.index(d.modes[m]) for t, d, m in zip(tasks, doable, best.modes, strict=True)},
        objective=best.cost,
        bound=min(bound, best.cost),
        status="optimal" if best.cost <= bound * (1 + SAME) else "feasible",
    )


def _refuse_nonsense(tasks: Sequence[Task], crews: Sequence[Crew]) -> None:
    known, crew_names = {task.name for task in tasks}, {crew.name for crew in crews}
    if len(known) < len(tasks):
        raise ValueError("two tasks have the same name")
    for task in tasks:
        if not task.modes:
            raise ValueError(f"task {task.name!r} has no mode")
        if strangers := [a.task for a in task.after if a.task not in known]:
            raise ValueError(f"task {task.name!r} waits for {strangers[0]!r}, which there is not")
        if task.weight < 0 or task.release < 0:
            raise ValueError(f"task {task.name!r} has a negative weight or release")
        for mode in task.modes:
            if mode.days < 0 or min(mode.needs.values(), default=0) < 0:
                raise ValueError(f"task {task.name!r} has negative days or needs")
            if unknown := sorted(set(mode.needs) - crew_names):
                raise ValueError(f"task {task.name!r} needs {unknown[0]!r}, which there is not")


def _doable(tasks: Sequence[Task], crews: Sequence[Crew]) -> list[Task]:
    """The tasks without the modes that need more of a crew than there is."""
    count = {crew.name: crew.count for crew in crews}

    def fits(mode: Mode) -> bool:
        return all(need <= count[crew] for crew, need in mode.needs.items())

    return [replace(task, modes=tuple(filter(fits, task.modes))) for task in tasks]


def _search(search: Search, bound: float, effort: Effort) -> Draft:
    """The best draft of the first share of the limits."""
    most, until = effort.work * SEARCH * drafts_per_work(search.network), effort.left * (1 - SEARCH)
    if effort.until is None:
        effort.work *= 1 - SEARCH
        return search.run(lambda best, made: best.reaches(bound) or made >= most)
    return search.run(lambda best, _: best.reaches(bound) or effort.left <= until)


def _solve_whole(search: Search, best: Draft, bound: float, effort: Effort, limits: Limits) -> tuple[Draft, float]:
    """CP-SAT on the whole problem: the better draft and the better bound (infinite if nothing is lawful)."""
    network, objective = search.network, search.objective
    lawful = objective == "makespan" and not best.excess
    model = Model(network, objective, int(best.cost) if lawful else network.horizon)
    if not best.excess:
        model.hint(best.starts, best.modes)
    total = limits.seconds if limits.work is None else limits.work
    solver, status = effort.solve(model.cp, total * WHOLE, seed=limits.seed, workers=limits.workers)
    if status == cp_model.INFEASIBLE:
        return best, math.inf
    unit = 1.0 if objective == "makespan" else unit_of(network)
    bound = max(bound, solver.best_objective_bound / unit)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        starts, modes = model.read(solver)
        best = min(
            best, search.finish(search.ordered(starts), modes), search.given(starts, modes), key=lambda d: d.rank
        )
    return best, bound
