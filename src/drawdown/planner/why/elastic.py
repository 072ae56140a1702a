"""The relaxation with a named slack in every limit: which limits can give, which hold, and by how much they give.

One program is built and only the costs and bounds of its slacks are changed: a limit that holds has none, one that
gives pays for each unit, one that is dropped has it for nothing. Costs of the mission play no part. If even the
least sum of slacks is above zero, the limits that hold or give cannot all be kept, and the row prices prove it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.planner.relaxation.bound import relax
from drawdown.planner.relaxation.model import Model
from drawdown.planner.relaxation.program import Index, Matrix, Values
from drawdown.planner.relaxation.solver import certified, solve
from drawdown.planner.why.limits import LIMITS
from drawdown.planner.why.rows import Bounds, Limited, limited_rows

#: A sum of slacks up to this is nothing: people, TEU and days are whole, and solvers are exact to some 1e-7 a row.
TRACE = 1e-3

#: No limit gives by more than this, in people, TEU, days or crews; a bound keeps the proof free of rounding.
MOST = 1e7

#: Prices up to this are none: the solver's own tolerance on them is a hundred times as large.
ZERO = 1e-9

#: A limit and the place (an id, or "" for the whole mission) at which it is set.
Group = tuple[str, str]


class TimeIsUpError(RuntimeError):
    """The solver had no answer in the time."""


@dataclass(frozen=True)
class Given:
    """How a limit gives at a place: from which day to which, by how much (see `Limit.count`), in the limit's unit."""

    group: Group
    first: int
    last: int
    by: float


@dataclass(frozen=True)
class Answer:
    """The least sum of slacks (0 if the limits can be kept), how each gives, and the groups that prove it."""

    total: float
    proven: float
    given: tuple[Given, ...]
    support: frozenset[Group]


class Elastic:
    """A mission's relaxation in which every limit can give. Raises `SolverMissing` and `TimeIsUpError` when asked."""

    def __init__(self, mission: Mission, *, as_of: int = 0, fine: int | None = None) -> None:
        course = mission.courses[0]  # costs play no part
        self.model: Model = relax(mission, course, as_of=as_of, fine=fine)
        bounds = Bounds(self.model)
        matrix = self.model.program.matrix()
        self.limited: tuple[Limited, ...] = (*limited_rows(self.model, matrix), *bounds.found)
        low, high = matrix.low.copy(), matrix.high.copy()
        bounds.loose(low, high)
        self.columns = len(low)
        self.groups: dict[Group, Index] = _grouped(self.limited)
        self._slacks = _slacks_for(self.limited, self.groups)
        self._matrix = _with_slacks(replace(matrix, low=low, high=high), self.limited, self._slacks)

    def ask(self, gives: Collection[Group], dropped: Collection[Group] = (), *, seconds: float) -> Answer:
        """The least by which some limits must give, while those that are dropped do not count and all others hold."""
        cost, most = np.zeros(self._slacks.count), np.zeros(self._slacks.count)
        for group in gives:
            cost[self._slacks.of[group]], most[self._slacks.of[group]] = 1.0, MOST
        for group in dropped:
            cost[self._slacks.of[group]], most[self._slacks.of[group]] = 0.0, MOST
        matrix = replace(
            self._matrix,
            cost=np.concatenate([np.zeros(self.columns), cost]),
            high=np.concatenate([self._matrix.high[: self.columns], most]),
        )
        found = solve(matrix, seconds=seconds)
        if found.status == "infeasible":
            return Answer(math.inf, math.inf, (), frozenset(set(self.groups) - set(dropped)))
        if found.status != "optimal" or found.columns is None or found.prices is None:
            raise TimeIsUpError("the solver had no answer in the time")
        priced = np.abs(found.prices[[row.row for row in self.limited]]) > ZERO
        support = frozenset(g for g, rows in self.groups.items() if priced[rows].any() and g not in set(dropped))
        given = (self._sum(g, found.columns[self.columns :], priced) for g in gives)
        known = sorted((g for g in given if g), key=lambda g: (list(LIMITS).index(g.group[0]), g.group[1]))
        return Answer(found.objective, certified(matrix, found.prices), tuple(known), support)

    def _sum(self, group: Group, slacks: Values, priced: np.ndarray) -> Given | None:
        """How a limit gives; where it is by so much a day, its days are those that count."""
        rows = [(self.limited[i], float(slacks[self._slacks.at[i]].sum()), bool(priced[i])) for i in self.groups[group]]
        shared = LIMITS[group[0]].count == "a_day"
        used = [(row, by) for row, by, counts in rows if by > TRACE and (counts or not shared)]
        if not used:
            return None
        first, last = min(row.first for row, _ in used), max(row.last for row, _ in used)
        by_day: dict[int, float] = defaultdict(float)  # rows of one evening are of classes of people at one place
        for row, by in used:
            by_day[row.last] += by
        match LIMITS[group[0]].count:
            case "most":
                total = max(by_day.values())
            case "a_day":
                total = used[0][1]
            case "days":
                total = sum(by * (row.last - row.first + 1) for row, by in used)
        return Given(group, first, last, total)


def _grouped(limited: tuple[Limited, ...]) -> dict[Group, Index]:
    found: dict[Group, list[int]] = defaultdict(list)
    for number, row in enumerate(limited):
        found[row.limit, row.place].append(number)
    return {group: np.array(numbers, dtype=np.int64) for group, numbers in found.items()}


@dataclass(frozen=True)
class _Slacks:
    """The slack columns: two for each limited row (short of its low side, over its high), or one shared by a group.

    ``at`` are the numbers of a row's slacks, ``of`` those of a group, ``factor`` what one unit gives to a row.
    """

    count: int
    at: Index
    of: dict[Group, Index]
    factor: Values


def _slacks_for(limited: tuple[Limited, ...], groups: dict[Group, Index]) -> _Slacks:
    at, of, count = np.zeros((len(limited), 2), dtype=np.int64), {}, 0
    factor = np.ones(len(limited))
    for group, rows in groups.items():
        if LIMITS[group[0]].count == "a_day":
            at[rows] = count, count + 1  # of the two only the side that the rows have will be of use
            factor[rows] = [limited[i].factor for i in rows.tolist()]
            size = 2
        else:
            at[rows] = count + np.arange(2 * len(rows)).reshape(-1, 2)
            size = 2 * len(rows)
        of[group] = np.arange(count, count + size)
        count += size
    return _Slacks(count, at, of, factor)


def _with_slacks(matrix: Matrix, limited: tuple[Limited, ...], slacks: _Slacks) -> Matrix:
    """The program with its slack columns, all of them zero."""
    columns, rows = len(matrix.cost), np.array([row.row for row in limited], dtype=np.int64)
    old = np.repeat(np.arange(len(matrix.row_low)), np.diff(matrix.starts))
    row = np.concatenate([old, rows, rows])
    index = np.concatenate([matrix.index, columns + slacks.at[:, 0], columns + slacks.at[:, 1]])
    value = np.concatenate([matrix.value, slacks.factor, -slacks.factor])
    order = np.argsort(row, kind="stable")
    nothing = np.zeros(slacks.count)
    return replace(
        matrix,
        cost=np.concatenate([matrix.cost, nothing]),
        low=np.concatenate([matrix.low, nothing]),
        high=np.concatenate([matrix.high, nothing]),
        starts=np.searchsorted(row[order], np.arange(len(matrix.row_low) + 1)),
        index=index[order],
        value=value[order],
        constant=0.0,
    )
