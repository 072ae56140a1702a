"""HiGHS alone on rows over binaries and one end: what a benchmark runs in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawdown.bench.instances.row import Linear


def least_end(binaries: int, rows: Sequence[Linear], seconds: float, seed: int) -> float | None:
    """The least value found of the column after so many binaries; None if no solution is found in time."""
    import highspy  # noqa: PLC0415 (only the process that solves may load it: see `evacuation_peers`)

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = binaries + 1, len(rows)
    lp.col_cost_ = np.append(np.zeros(binaries), 1.0)
    lp.col_lower_ = np.zeros(binaries + 1)
    lp.col_upper_ = np.append(np.ones(binaries), np.inf)
    lp.row_lower_, lp.row_upper_ = np.array([r.low for r in rows]), np.array([r.high for r in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(r.columns) for r in rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([c for r in rows for c in r.columns], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([v for r in rows for v in r.values], dtype=np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * binaries + [highspy.HighsVarType.kContinuous]
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", seed), ("time_limit", seconds)):
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return float(info.objective_function_value) if found else None
