"""Random numbers of a forecast: each future has its own, so that nothing depends on how many others there are.

A future's stream is NumPy's Philox with the seed and the stream as its key and the future as its counter: the same seed
and future give the same luck in every batch, in any order, for one release of NumPy (its laws may change with a new
one).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What is drawn: each has its own stream, so that asking for more of one leaves the others as they were."""

    PATH = 1
    SITES = 2


def luck(seed: int, future: int, stream: Stream) -> np.random.Generator:
    """The random numbers of a future; ``seed`` and ``future`` are from 0 to 2⁶³ - 1."""
    return np.random.Generator(np.random.Philox(key=[seed, int(stream)], counter=[0, 0, 0, future]))
