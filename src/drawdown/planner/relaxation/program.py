"""A linear program as arrays: named symbols (columns) and constraint families (rows), for HiGHS or any solver."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]
Values = NDArray[np.float64]
INF = math.inf

#: What each axis of columns or rows runs over, by name.
Over = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Family:
    """Rows that one constraint family has added: their numbers run from ``first`` up to ``end``.

    ``over`` names what each axis of the rows runs over, where that is known.
    """

    name: str
    first: int
    end: int
    over: Over = ()


@dataclass(frozen=True)
class Matrix:
    """A finished program: minimise cost · x + constant, low ≤ x ≤ high, row_low ≤ A x ≤ row_high (A by rows)."""

    cost: Values
    low: Values
    high: Values
    row_low: Values
    row_high: Values
    starts: Index
    index: Index
    value: Values
    constant: float
    whole: Index


def grid_of(*shape: int) -> Index:
    """Row numbers in a shape."""
    return np.arange(math.prod(shape)).reshape(shape)


class Rows:
    """Rows of one family in the making: triples of row, column and factor, and two sides a row."""

    def __init__(self, count: int, low: Any = -INF, high: Any = INF) -> None:
        self.low = np.broadcast_to(np.asarray(low, dtype=float), (count,)).copy()
        self.high = np.broadcast_to(np.asarray(high, dtype=float), (count,)).copy()
        self.triples: list[tuple[Index, Index, Values]] = []

    def add(self, rows: Any, columns: Any, factors: Any = 1.0) -> Rows:
        """Add factor times column to rows; the three are broadcast to one shape, columns below zero are left out."""
        r, c, v = np.broadcast_arrays(
            np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64), np.asarray(factors, dtype=float)
        )
        keep = (c.ravel() >= 0) & (v.ravel() != 0)
        self.triples.append((r.ravel()[keep], c.ravel()[keep], v.ravel()[keep]))
        return self


@dataclass
class Program:
    """A program that grows symbol by symbol and family by family."""

    symbols: dict[str, Index] = field(default_factory=dict)
    axes: dict[str, Over] = field(default_factory=dict)
    families: list[Family] = field(default_factory=list)
    constant: float = 0.0
    columns: int = 0
    height: int = 0
    _bounds: list[tuple[Values, Values, Values]] = field(default_factory=list)
    _rows: list[tuple[int, Rows]] = field(default_factory=list)
    _whole: list[Index] = field(default_factory=list)

    def symbol(  # noqa: PLR0913 - a column has bounds, a cost, perhaps a grain and names
        self,
        name: str,
        shape: tuple[int, ...],
        *,
        low: Any = 0.0,
        high: Any = INF,
        cost: Any = 0.0,
        whole: bool = False,
        over: Over = (),
    ) -> Index:
        """Columns of a symbol, as numbers in its shape; bounds and cost are broadcast to that shape.

        ``over`` names what each axis runs over, where that is known.
        """
        size = math.prod(shape)
        low, high, cost = (np.broadcast_to(np.asarray(x, dtype=float), shape).ravel() for x in (low, high, cost))
        self._bounds.append((low, high, cost))
        index = np.arange(self.columns, self.columns + size, dtype=np.int64).reshape(shape)
        self.columns += size
        self.symbols[name], self.axes[name] = index, over
        if whole:
            self._whole.append(index.ravel())
        return index

    def require(self, family: str, rows: Rows, over: Over = ()) -> None:
        """Add the rows of a family; ``over`` names what their axes run over."""
        self.families.append(Family(family, self.height, self.height + len(rows.low), over))
        self._rows.append((self.height, rows))
        self.height += len(rows.low)

    def matrix(self) -> Matrix:
        """The finished program, with its rows compressed."""
        nothing = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
        triples = [(r + first, c, v) for first, rows in self._rows for r, c, v in rows.triples] or [nothing]
        row, col, val = (np.concatenate(part) for part in zip(*triples, strict=True))
        order = np.lexsort((col, row))
        row, col, val = row[order].astype(np.int64), col[order].astype(np.int64), val[order]
        fresh = np.ones(len(row), dtype=bool)
        fresh[1:] = (row[1:] != row[:-1]) | (col[1:] != col[:-1])
        group = np.cumsum(fresh) - 1
        summed = np.bincount(group, weights=val).astype(float)
        row, col = row[fresh], col[fresh]
        starts = np.searchsorted(row, np.arange(self.height + 1))
        low, high, cost = (np.concatenate(part) for part in zip(*self._bounds, strict=True))
        return Matrix(
            cost=cost,
            low=low,
            high=high,
            row_low=np.concatenate([rows.low for _, rows in self._rows]),
            row_high=np.concatenate([rows.high for _, rows in self._rows]),
            starts=starts.astype(np.int64),
            index=col,
            value=summed,
            constant=self.constant,
            whole=np.concatenate(self._whole) if self._whole else np.zeros(0, dtype=np.int64),
        )
