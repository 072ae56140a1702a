"""HiGHS with the program passed as arrays; and a bound recomputed from its prices, so that no solver is trusted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from drawdown.planner.relaxation.program import Matrix, Values

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


class SolverMissing(RuntimeError):  # noqa: N818 - a state of the machine rather than an error of ours
    """No solver is installed."""


@dataclass(frozen=True)
class Answer:
    """What the solver found: ``columns`` is a point that keeps all rows (None if it has none), ``prices`` one a row."""

    status: Status
    objective: float
    bound: float
    columns: Values | None
    prices: Values | None
    seconds: float


def highs() -> Any:
    """The HiGHS module; raises `SolverMissing` where it is not installed."""
    try:
        import highspy  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SolverMissing("HiGHS is not installed: pip install 'drawdown[solver]'") from error
    return highspy


def solve(
    matrix: Matrix, *, seconds: float, seed: int = 0, whole: bool = False, stop: Callable[[], bool] | None = None
) -> Answer:
    """Solve a program with one thread; with ``whole``, its whole columns are kept whole.

    ``stop`` is asked every now and then whether to end with what has been found.
    Raises `SolverMissing`. One thread and a seed: the same program gives the same answer (unless time runs out).
    """
    module, start = highs(), time.perf_counter()
    solver = module.Highs()
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": seed,
        "time_limit": float(seconds),
        "mip_rel_gap": 0.0,
    }.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(module, matrix, whole=whole))
    if stop:
        for event in (solver.cbMipInterrupt, solver.cbSimplexInterrupt):
            event.subscribe(lambda asked: asked.interrupt(stop()))
    solver.run()
    info, solution, said = solver.getInfo(), solver.getSolution(), solver.getModelStatus()
    found = info.primal_solution_status == module.SolutionStatus.kSolutionStatusFeasible
    mixed = whole and len(matrix.whole) > 0
    return Answer(
        _status(module, said, found=found),
        float(info.objective_function_value) if found else np.inf,
        float(info.mip_dual_bound) if mixed else -np.inf,
        np.array(solution.col_value) if found else None,
        None if mixed or not solution.dual_valid else np.array(solution.row_dual),
        time.perf_counter() - start,
    )


def _status(module: Any, said: Any, *, found: bool) -> Status:
    kinds = module.HighsModelStatus
    if said == kinds.kOptimal:
        return "optimal"
    if said in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return "infeasible"
    return "feasible" if found else "unknown"


def _program(module: Any, matrix: Matrix, *, whole: bool) -> Any:
    lp = module.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.cost), len(matrix.row_low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = matrix.cost, matrix.low, matrix.high
    lp.row_lower_, lp.row_upper_, lp.offset_ = matrix.row_low, matrix.row_high, matrix.constant
    lp.a_matrix_.format_ = module.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.starts.astype(np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.index.astype(np.int32), matrix.value
    if whole and len(matrix.whole):
        kinds = [module.HighsVarType.kContinuous] * len(matrix.cost)
        for column in matrix.whole.tolist():
            kinds[column] = module.HighsVarType.kInteger
        lp.integrality_ = kinds
    return lp


def certified(matrix: Matrix, prices: Values) -> float:
    """The bound that prices of rows prove by weak duality, whoever found them.

    For any prices y: every point that keeps the rows costs at least Σ y·(the row's side) + Σ min over the column's
    bounds of (cost - Aᵀy)·x. A price that would need a side that a row does not have counts as zero.
    """
    usable = np.where(prices > 0, np.isfinite(matrix.row_low), np.isfinite(matrix.row_high))
    y = np.where(usable, prices, 0.0)
    rows = np.repeat(np.arange(len(y)), np.diff(matrix.starts))
    reduced = matrix.cost - np.bincount(matrix.index, weights=matrix.value * y[rows], minlength=len(matrix.cost))
    sides = np.where(y > 0, matrix.row_low, matrix.row_high)
    ends = np.where(reduced > 0, matrix.low, matrix.high)
    paid = np.multiply(y, sides, out=np.zeros_like(y), where=y != 0)
    least = np.multiply(reduced, ends, out=np.zeros_like(reduced), where=reduced != 0)
    return float(matrix.constant + paid.sum() + least.sum())
