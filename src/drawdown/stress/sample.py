"""The first futures as they were, one row each: what correlations are worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from drawdown.stress.block import Block, Real, Whole

#: A rank correlation from so many futures is known to about 0.007; they fill some MB, however many futures there are.
KEPT = 20_000


@dataclass(frozen=True, eq=False)
class Sample:
    """Futures of number below `KEPT`, by their number: whole drivers, and what they came to."""

    number: Whole  # (n,) of the future
    drivers: Real  # (n, X)
    out_by: Whole  # (n,)
    lost_usd: Real  # (n,) in all
    casualties: Whole  # (n,)

    @classmethod
    def of(cls, block: Block) -> Sample:
        """Those of a block's futures that are kept."""
        kept = max(0, min(block.count, KEPT - block.first))
        return cls(
            np.arange(block.first, block.first + kept, dtype=np.int64),
            block.drivers[:kept],
            block.out_by[:kept],
            in_all(block.lost_usd)[:kept],
            block.casualties[:kept],
        )


def in_all(by_reason: Real) -> Real:
    """The sum of the columns, added from the first to the last so that every batch rounds alike."""
    total = np.zeros(len(by_reason))
    for column in by_reason.T:
        total += column
    return total


def add_samples(parts: Sequence[Sample]) -> Sample:
    """The futures of all parts, in order."""
    number = np.concatenate([part.number for part in parts])
    order = np.argsort(number, kind="stable")
    return Sample(
        number[order],
        np.concatenate([part.drivers for part in parts])[order],
        np.concatenate([part.out_by for part in parts])[order],
        np.concatenate([part.lost_usd for part in parts])[order],
        np.concatenate([part.casualties for part in parts])[order],
    )
