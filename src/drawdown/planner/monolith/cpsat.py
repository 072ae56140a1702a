"""OR-Tools CP-SAT on a whole program: the same model for another kind of engine, all its data scaled to integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from drawdown.planner.monolith.highs import Solved
from drawdown.planner.relaxation.program import INF, Matrix, Values

#: Decimal places up to which the numbers of a row are tried as integers; the verifier itself rounds at six.
PLACES = 6

#: Rounding in sums of floating-point numbers.
ROUNDING = 1e-9

#: The greatest weight of the objective in integers: 2^40 times a million of anything stays inside 64 bits.
LARGEST = 2.0**40

#: Stands for no limit: larger than any sum of a row, small enough for 64 bits.
ENDLESS = 2**60


@dataclass(frozen=True)
class Whole:
    """A program in integers, its variables, how many units of its objective are one dollar, and whether it is exact."""

    model: cp_model.CpModel
    variables: list[cp_model.IntVar]
    units: float
    exact: bool


def to_cp_sat(matrix: Matrix) -> Whole:
    """The program in integers: every column is whole in every solution, and none is negative.

    Weights are rounded down, so that a bound stays a bound. Rows without short decimals are rounded so that nothing
    unlawful comes in; something lawful may then be cut off, and the program is not exact.
    """
    model, exact = cp_model.CpModel(), True
    low, high = np.ceil(matrix.low - ROUNDING).astype(int), np.floor(matrix.high + ROUNDING).astype(int)
    variables = [model.new_int_var(a, b, "") for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    for row in range(len(matrix.row_low)):
        part = slice(matrix.starts[row], matrix.starts[row + 1])
        chosen = [variables[c] for c in matrix.index[part].tolist()]
        for factors, most, whole in _at_most(matrix.value[part], matrix.row_low[row], matrix.row_high[row]):
            model.add_linear_constraint(cp_model.LinearExpr.weighted_sum(chosen, factors), -ENDLESS, most)
            exact = exact and whole
    top = float(np.abs(matrix.cost).max(initial=0.0))
    units = LARGEST / top if top else 1.0
    weights = np.floor(matrix.cost * units + ROUNDING).astype(int).tolist()
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, weights))
    return Whole(model, variables, units, exact)


def _at_most(factors: Values, low: float, high: float) -> list[tuple[list[int], int, bool]]:
    """A row as one or two of the form Σ factor · column ≤ most, in integers, and whether these are exact."""
    sides = [(factors, high)] if high < INF else []
    return [_integers(*side) for side in (sides if low == -INF else [*sides, (-factors, -low)])]


def _integers(factors: Values, most: float) -> tuple[list[int], int, bool]:
    numbers = np.append(factors, most)
    for places in range(PLACES + 1):
        scaled = numbers * 10**places
        if np.all(np.abs(scaled - np.rint(scaled)) <= ROUNDING * 10**places):
            whole = np.rint(scaled).astype(int).tolist()
            return whole[:-1], whole[-1], True
    scaled = numbers * 10**PLACES
    return np.ceil(scaled[:-1]).astype(int).tolist(), int(np.floor(scaled[-1])), False


def solve_with_cp_sat(matrix: Matrix, seconds: float, seed: int = 0) -> Solved:
    """Minimise a program by CP-SAT alone, with one worker, for so many seconds at most."""
    whole, solver = to_cp_sat(matrix), cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    status = solver.solve(whole.model)
    if status == cp_model.INFEASIBLE and whole.exact:
        return Solved("infeasible", INF, None)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Solved("stopped", -INF, None)
    columns = np.array([float(solver.value(variable)) for variable in whole.variables])
    bound = solver.best_objective_bound / whole.units + matrix.constant if whole.exact else -INF
    return Solved("optimal" if status == cp_model.OPTIMAL and whole.exact else "stopped", bound, columns)
