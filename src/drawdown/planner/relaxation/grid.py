"""The days of a mission cut into slots: single days at first, longer later, with no slot across a day that matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from drawdown.planner.relaxation.program import Index


@dataclass(frozen=True)
class Grid:
    """Slots of days. State τ is the evening before slot τ; state 0 is the evening of day 0, the last that of the end.

    ``first`` and ``last`` are the first and last day of each slot.
    """

    first: Index
    last: Index

    @cached_property
    def count(self) -> int:
        """Slots; there is one state more."""
        return len(self.first)

    @cached_property
    def length(self) -> Index:
        """Days of each slot."""
        return self.last - self.first + 1

    @cached_property
    def evening(self) -> Index:
        """The day of each state."""
        return np.concatenate([self.first - 1, self.last[-1:]])

    def state_by(self, day: int) -> int:
        """The last state whose evening is on or before a day."""
        return int(np.searchsorted(self.evening, day, side="right")) - 1


def make_grid(days: int, cuts: Iterable[int], *, fine: int, growth: float = 0.06) -> Grid:
    """Slots of one day up to ``fine``, then growing by a share of the days since; a slot ends on each cut."""
    stops = sorted({day for day in cuts if 0 < day < days} | {days})
    ends: list[int] = [0]
    while ends[-1] < days:
        day = ends[-1]
        length = 1 if day < fine else 1 + int(growth * (day - fine))
        ends.append(min(day + length, next(stop for stop in stops if stop > day)))
    last = np.array(ends[1:], dtype=np.int64)
    return Grid(np.array(ends[:-1], dtype=np.int64) + 1, last)
