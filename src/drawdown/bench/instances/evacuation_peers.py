"""The published way to write the fleet-trip problem, for solvers alone: which trip is each vehicle's first, second, ...

One binary for each vehicle, ordinal and trip from a place by a loading point to an exit, as in the model whose plans
were published; solved by HiGHS and by CP-SAT from the same rows.
"""

from __future__ import annotations

import math
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ortools.sat.python import cp_model

from drawdown.bench.instances.evacuation_highs import least_end
from drawdown.bench.instances.row import Linear
from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.shuttling_model import PART, hops
from drawdown.planner.engines.shuttling_problem import Shuttle


def plain_rows(problem: Shuttle) -> tuple[int, list[Linear]]:
    """The number of binaries and the rows; the column after the binaries is the end (minutes)."""
    choices, ordinals = hops(problem), range(problem.most_trips)
    column = {(i, k): i * len(ordinals) + k for i in range(len(choices)) for k in ordinals}
    end, rows = len(column), []
    for site, people in ((site, people) for site, people in problem.people.items() if people):
        own = [(c, float(choices[i].vehicle.capacity)) for (i, _), c in column.items() if choices[i].site == site]
        rows.append(Linear(people, math.inf, [c for c, _ in own], [seats for _, seats in own]))
    for vehicle in problem.fleet:
        own_hops = [i for i, hop in enumerate(choices) if hop.vehicle is vehicle]
        for k in ordinals:
            now = [column[i, k] for i in own_hops]
            rows.append(Linear(-math.inf, 1, now, [1.0] * len(now)))
            for place in sorted({choices[i].origin for i in own_hops}):
                leave = [column[i, k] for i in own_hops if choices[i].origin == place]
                came = [column[i, k - 1] for i in own_hops if k and choices[i].exit == place]
                free = 1.0 if not k and place == vehicle.origin else 0.0
                rows.append(Linear(-math.inf, free, leave + came, [1.0] * len(leave) + [-1.0] * len(came)))
        first = [vehicle.available if k == 0 else 0.0 for _ in own_hops for k in ordinals]
        minutes = [choices[i].minutes for i in own_hops for _ in ordinals]
        spent = [-a - b for a, b in zip(first, minutes, strict=True)]
        rows.append(Linear(0, math.inf, [end, *(column[i, k] for i in own_hops for k in ordinals)], [1.0, *spent]))
    return end, rows


def alone(problem: Shuttle, limits: Limits) -> dict[str, float | None]:
    """The makespan that each solver reaches by itself within limits; None if it finds no plan."""
    binaries, rows = plain_rows(problem)
    return {"CP-SAT": _cp_sat(binaries, rows, limits), "HiGHS": _highs(binaries, rows, limits)}


def _cp_sat(binaries: int, rows: list[Linear], limits: Limits) -> float | None:
    cp = cp_model.CpModel()
    taken = [cp.new_bool_var(f"x{i}") for i in range(binaries)]
    latest = sum(-value for row in rows for value in row.values if row.columns[0] == binaries and value < 0)
    columns = [*taken, cp.new_int_var(0, math.ceil(latest / PART), "end")]
    for row in rows:
        scale = 1 / PART if row.columns[0] == binaries else 1.0
        values = [round(v * scale) if c < binaries else 1 for c, v in zip(row.columns, row.values, strict=True)]
        total = sum(value * columns[c] for c, value in zip(row.columns, values, strict=True))
        if row.low > -math.inf:
            cp.add(total >= round(row.low))
        if row.high < math.inf:
            cp.add(total <= round(row.high))
    cp.minimize(columns[-1])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_time_in_seconds = limits.seconds
    status = solver.solve(cp)
    return solver.objective_value * PART if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _highs(binaries: int, rows: list[Linear], limits: Limits) -> float | None:
    """HiGHS in a process of its own: some releases of its wheel cannot be loaded beside OR-Tools, which brings another.

    A process also gives its memory back, whatever the solver did.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(least_end, binaries, rows, limits.seconds, limits.seed).result()
