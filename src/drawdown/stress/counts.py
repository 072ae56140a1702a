"""Exact counts of whole numbers, for many groups at once, which can be added up in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from drawdown.stress.block import Whole

#: Bits of a key that hold the number; those above hold its group. 10¹² is more than any mission has of anything
#: (dollars are counted by the thousand), and 2²³ groups are more than it has days or sites.
BITS = 40


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each number was seen in each group: sites, reasons, days, or one group for all.

    Only what was seen takes room, sorted by ``keys`` (the group, then the number), so that the same numbers always make
    the same arrays, whatever the order in which they came.
    """

    keys: Whole
    times: Whole

    @classmethod
    def of(cls, numbers: Whole) -> Counts:
        """Count an array with a row a future and a column a group (or none, for one group).

        Raises `ValueError` if a number is negative or has no room in a key.
        """
        if numbers.size and (numbers.min() < 0 or numbers.max() >= 1 << BITS):
            raise ValueError(
                f"cannot count {numbers.min()} to {numbers.max()}: whole numbers from 0 to 2^{BITS} - 1 can"
            )
        columns = numbers if numbers.ndim > 1 else numbers[:, np.newaxis]
        keys, times = np.unique(columns + (np.arange(columns.shape[1]) << BITS), return_counts=True)
        return cls(keys.astype(np.int64), times.astype(np.int64))

    def group(self, group: int) -> tuple[Whole, Whole]:
        """The numbers seen in a group, ascending, and how often each was."""
        start, end = np.searchsorted(self.keys, (group << BITS, (group + 1) << BITS))
        return self.keys[start:end] - (group << BITS), self.times[start:end]


def add_counts(parts: Sequence[Counts]) -> Counts:
    """All of what was counted in the parts."""
    keys = np.concatenate([part.keys for part in parts])
    times = np.concatenate([part.times for part in parts])
    if not len(keys):
        return Counts(keys, times)
    order = np.argsort(keys, kind="stable")  # it finds the runs that are sorted already
    keys = keys[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return Counts(keys[starts], np.add.reduceat(times[order], starts))
