"""One unit after the other is moved as well as can be while all others keep their ways; again until nobody gains.

A unit alone is a flow in a network, so that the linear program has whole people in its corners. Each turn starts from a
plan that keeps every row and ends in one, never a dearer one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from drawdown.planner.people_flow.model import PeopleModel
from drawdown.planner.relaxation.program import Index, Matrix
from drawdown.planner.relaxation.solver import solve

#: Rounding of the solver's corners.
EPS = 1e-6

#: Units that are moved together, round by round: more find more exchanges, but take longer and seldom come out whole.
TOGETHER = (1, 2, 4, 8)

#: Share of the cost that a round has to gain for another one.
WORTH_A_ROUND = 1e-4

#: Seconds for one unit: a hundred times what the largest need, so that only a solver that fails gets there.
LONGEST = 10.0


class Turns:
    """The columns of all units, and what they add up to in each row."""

    def __init__(self, model: PeopleModel, matrix: Matrix) -> None:
        self.model, self.matrix = model, matrix
        rows = np.repeat(np.arange(len(matrix.row_low)), np.diff(matrix.starts))
        order = np.argsort(matrix.index, kind="stable")
        self._row, self._value = rows[order], matrix.value[order]
        self._from = np.searchsorted(matrix.index[order], np.arange(len(matrix.cost) + 1))
        self.x = model.start()
        self.vehicles = self._vehicles()
        self.sums = np.bincount(rows, weights=matrix.value * self.x[matrix.index], minlength=len(matrix.row_low))

    @property
    def sound(self) -> bool:
        """Whether the columns keep every row and bound."""
        m = self.matrix
        rows = (self.sums >= m.row_low - EPS) & (self.sums <= m.row_high + EPS)
        return bool(rows.all() and (self.x >= m.low - EPS).all() and (self.x <= m.high + EPS).all())

    def _vehicles(self) -> dict[str, Index]:
        """For each unit the columns of the vehicles that could be added to a ride that it can take."""
        found: dict[str, list[int]] = {unit: [] for unit in self.model.blocks}
        for ride, unit in self.model.aboard:
            found[unit] += [self.model.added[ride, n] for n in range(len(self.model.rides[ride].vehicles))]
        return {unit: np.array(sorted(columns), dtype=np.int64) for unit, columns in found.items()}

    def run(self, rounds: int, stop: Callable[[], bool]) -> None:
        """Round after round in larger groups, those together who cost most; at last until a round gains nothing."""
        for number in range(rounds):
            before = float(self.matrix.cost @ self.x)
            for group in self._groups(number):
                if stop():
                    return
                self.turn(group)
            gain = before - float(self.matrix.cost @ self.x)
            if number >= len(TOGETHER) and gain <= WORTH_A_ROUND * abs(before):
                return

    def _groups(self, number: int) -> list[list[str]]:
        """The groups of a round: every other round the first is half as large, so that the borders move."""
        size = TOGETHER[min(number, len(TOGETHER) - 1)]
        units = sorted(self.model.blocks, key=lambda u: (-self._paid(u), u))
        if size > 1:
            units = [u for u in units if not self.model.replay.mission.unit[u].separates]
        cuts = range(size // 2 if number % 2 else size, len(units) + size, size)
        return [group for cut in cuts if (group := units[max(cut - size, 0) : cut])]

    def _paid(self, unit: str) -> float:
        first, end = self.model.blocks[unit]
        return float(self.matrix.cost[first:end] @ self.x[first:end])

    def turn(self, units: list[str]) -> None:
        """Move some units as well as can be, with new lift or (where that comes to no whole plan) in given seats."""
        people = np.concatenate([np.arange(*self.model.blocks[unit]) for unit in units])
        vehicles = np.unique(np.concatenate([self.vehicles[unit] for unit in units]))
        if not self._try(np.concatenate([people, vehicles]), len(people)):
            self._try(people, len(people))

    def _try(self, columns: Index, people: int) -> bool:
        """Solve for some columns, the first of them people and the others vehicles; whether that gains anything."""
        matrix, old = self.matrix, self.x[columns]
        lengths = self._from[columns + 1] - self._from[columns]
        at = np.repeat(self._from[columns] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        row, value, local = self._row[at], self._value[at], np.repeat(np.arange(len(columns)), lengths)
        used, row = np.unique(row, return_inverse=True)
        others = self.sums[used] - np.bincount(row, weights=value * old[local], minlength=len(used))
        order = np.argsort(row, kind="stable")
        part = Matrix(
            cost=matrix.cost[columns],
            low=matrix.low[columns],
            high=matrix.high[columns],
            row_low=matrix.row_low[used] - others,
            row_high=matrix.row_high[used] - others,
            starts=np.searchsorted(row[order], np.arange(len(used) + 1)).astype(np.int64),
            index=local[order],
            value=value[order],
            constant=0.0,
            whole=np.zeros(0, dtype=np.int64),
        )
        answer = solve(part, seconds=LONGEST)
        if answer.columns is None or answer.status != "optimal":
            return False
        new = np.round(answer.columns)
        new[people:] = np.ceil(answer.columns[people:] - EPS)
        sums = others + np.bincount(row, weights=value * new[local], minlength=len(used))
        keeps = (sums >= matrix.row_low[used] - EPS) & (sums <= matrix.row_high[used] + EPS)
        if not keeps.all() or float(part.cost @ (new - old)) > -EPS:
            return False
        self.x[columns], self.sums[used] = new, sums
        return True
