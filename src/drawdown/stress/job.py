"""What an ensemble asks of whoever plays it: all that is needed to make any batch of its futures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from drawdown.stress.block import Block
from drawdown.stress.summary import Frame, Summary

#: Futures in a batch: some tenths of a second of work on the largest missions, so that little is lost with a worker
#: and little time goes into sending, and enough batches in ten thousand futures to keep all workers busy to the end.
BATCH = 500


class EnsembleError(RuntimeError):
    """The futures cannot be played to the end; the message says which, and why."""


@dataclass(frozen=True)
class Done:
    """A batch that was played; ``rows`` are its futures one by one (without people by day) if they were wanted."""

    summary: Summary
    rows: Block | None


@dataclass(frozen=True)
class Job:
    """An ensemble: ``play(arrays, seed, first, count, chance)`` makes futures, any of them at any time.

    It is sent once to each worker, which from then on needs only the numbers of batches. Batches are cut by the numbers
    of the futures alone, so they are the same whoever plays them.
    """

    play: Callable[[Any, int, int, int, int], Block]
    arrays: Any
    seed: int
    chance: int
    frame: Frame
    futures: int
    batch: int = BATCH
    rows: bool = False

    @property
    def batches(self) -> int:
        """How many batches there are."""
        return -(-self.futures // self.batch)

    def span(self, number: int) -> str:
        """The futures of a batch, for messages."""
        return f"futures {number * self.batch} to {min((number + 1) * self.batch, self.futures) - 1}"

    def do(self, number: int) -> Done:
        """Play a batch."""
        first = number * self.batch
        block = self.play(self.arrays, self.seed, first, min(self.batch, self.futures - first), self.chance)
        rows = replace(block, remaining=block.remaining[:, :0]) if self.rows else None
        return Done(Summary.of(block, self.frame), rows)
