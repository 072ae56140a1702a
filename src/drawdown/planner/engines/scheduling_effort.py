"""How much searching is left: an end on the clock or, where the same answer is wanted each time, units of work."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_problem import Limits

#: Units of work that a solve counts at least: building the model and presolve are not in CP-SAT's own count.
LEAST_WORK = 0.02

#: The least limit that a solve gets: with none at all CP-SAT would not even look at its hint.
LEAST_LIMIT = 0.001


@dataclass
class Effort:
    """What is left. With ``until`` (on the monotonic clock) time counts, without it ``work`` does.

    Shared by threads only where time counts, since nothing is written then.
    """

    until: float | None
    work: float

    @classmethod
    def of(cls, limits: Limits) -> Effort:
        """All that the limits allow, from now on."""
        if limits.work is not None:
            return cls(None, limits.work)
        return cls(time.monotonic() + limits.seconds, 0.0)

    @property
    def left(self) -> float:
        """Seconds or units of work."""
        return max(0.0, self.work if self.until is None else self.until - time.monotonic())

    def solve(
        self, cp: cp_model.CpModel, most: float, *, seed: int, workers: int
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """Solve a model with at most so many seconds or units of work of what is left; the solver and its status."""
        solver = cp_model.CpSolver()
        limit = max(min(self.left, most), LEAST_LIMIT)
        solver.parameters.random_seed = seed
        if self.until is None:
            solver.parameters.num_workers = 1
            solver.parameters.max_deterministic_time = limit
        else:
            solver.parameters.num_workers = workers
            solver.parameters.max_time_in_seconds = limit
        status = solver.solve(cp)
        if self.until is None:
            self.work -= max(solver.response_proto.deterministic_time, LEAST_WORK)
        return solver, status
