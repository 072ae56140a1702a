"""MINUSMA in a minute: how near to the bound, how much of the way from the constructive plan, and what peers do."""

from __future__ import annotations

import time
from collections.abc import Iterator

from drawdown.bench.registry import Figure, benchmark
from drawdown.desk.missions import open_mission
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.monolith.build import columns_of
from drawdown.planner.monolith.exact import MOST_COLUMNS
from drawdown.planner.optimise import Effort, optimise
from drawdown.planner.relaxation.bound import relax
from drawdown.planner.relaxation.solver import solve

#: The time that the figures are about, for us and for every peer.
SECONDS = 60.0


@benchmark("MINUSMA, balanced, 60 s", group="plan")
def best_plan() -> Iterator[Figure]:
    """Gap, share of the way closed, and the first plan; peers work on the same mission for the same time."""
    mission = open_mission("minusma")
    started = time.perf_counter()
    plan_simply(mission)
    first = time.perf_counter() - started
    found = optimise(mission, effort=Effort(seconds=SECONDS))
    bound = found.bound if found.bound is not None else 0.0
    closed = (found.start_objective - found.objective) / (found.start_objective - bound)
    size = columns_of(mission)
    monolith = f"no plan: {size:,} columns by the day, more than the {MOST_COLUMNS:,} that are built"
    matrix = relax(mission, mission.courses[0]).program.matrix()
    whole = solve(matrix, seconds=SECONDS, whole=True)
    peers: dict[str, float | str] = {
        "HiGHS alone on the whole model": monolith,
        "CP-SAT alone on the whole model": monolith,
        "HiGHS alone on the relaxation, closures and convoys whole": f"no plan; bound {whole.bound / 1e6:.1f} million",
    }
    note = (
        f"from {found.start_objective / 1e6:.1f} to {found.objective / 1e6:.1f} million, bound {bound / 1e6:.1f}"
        f" million, {len(found.unmet)} rules broken, {found.seconds:.0f} s"
    )
    yield Figure("MINUSMA, balanced, 60 s: gap", 100 * (found.gap or 0.0), 15, "%", peers=peers, note=note)
    yield Figure("MINUSMA: share of the way to the bound closed", 100 * closed, 80, "%", at_least=True)
    yield Figure("MINUSMA: first lawful plan", first, 5, "s")
