"""HiGHS on a whole program, integers and all: one thread, a fixed seed, proven to the last digit or stopped in time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from drawdown.planner.relaxation.program import INF, Matrix, Values
from drawdown.planner.relaxation.solver import solve

Status = Literal["optimal", "infeasible", "stopped"]

#: Memory of this process at which a search is stopped (bytes): half of a machine with 8 GB.
MOST_MEMORY = 4 * 2**30

#: Where Linux tells how many pages a process holds; elsewhere only the time limits a search.
PAGES = Path("/proc/self/statm")


@dataclass(frozen=True)
class Solved:
    """What a solver says: its status, a lower bound on every solution, and the best solution found (None if none)."""

    status: Status
    bound: float
    columns: Values | None


def memory_held() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not tell."""
    if not PAGES.exists():
        return 0
    return int(PAGES.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def solve_with_highs(matrix: Matrix, seconds: float, seed: int = 0, most_memory: int = MOST_MEMORY) -> Solved:
    """Minimise a program with integers, for so many seconds and with so much memory at most.

    Within these limits the same input gives the same answer. Raises `SolverMissing` where HiGHS is not installed.
    """
    found = solve(matrix, seconds=seconds, seed=seed, whole=True, stop=lambda: memory_held() > most_memory)
    if found.status == "optimal":
        return Solved("optimal", found.bound, found.columns)
    # Every column has two bounds, so that a program that is "infeasible or unbounded" is infeasible.
    if found.status == "infeasible":
        return Solved("infeasible", INF, None)
    return Solved("stopped", found.bound, found.columns)
