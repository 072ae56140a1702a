"""Draws: uniform numbers that depend on nothing but what they are drawn for.

A draw is a pure function of the seed, the future, the source of chance, the key of the thing and a running number.
So a future is the same whatever was drawn before it, on however many workers, in batches of any size; and two variants
of a plan that are played in one future meet the same chance wherever they do the same thing.

The function is Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC11,
2011): ten rounds that mix a counter of four 32-bit words under a key of two.

Compiled functions are cached by the time stamp of the file that they stand in. After a change here the caches of
compiled functions elsewhere that call `four` are stale, and have to be deleted.
"""

from __future__ import annotations

from enum import IntEnum
from hashlib import blake2b

import numpy as np
from numba import njit

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

# The constants of the paper: two multipliers, and two steps of the key (the golden ratio, and the root of 3 less 1).
_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_2 = np.uint64(0xCD9E8D57)
_STEP_0 = np.uint64(0x9E3779B9)
_STEP_1 = np.uint64(0xBB67AE85)
_ROUNDS = 10

# Words of 32 bits are held in 64 so that no product overflows: plain Python and compiled code then agree to the bit.
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)
_WORD = 2.0**-32


class Source(IntEnum):
    """The sources of chance. Each has its own stream, so that switching one off leaves the others as they were."""

    PACE_CLASS = 1
    PACE_MOVE = 2
    CLEARANCE = 3
    REFUSAL = 4
    BLOCK_RATE = 5
    BLOCK = 6
    HAZARD_RATE = 7
    EVENT = 8
    VEHICLE = 10
    HOLD = 11  # weather, or a breakdown on the day of a flight
    SITE = 12
    AIRCRAFT = 13
    NO_SHOW = 14
    CLOSING_RATE = 15
    CLOSING = 16
    TURN_IN = 17
    DISPUTE = 18
    HANDOVER = 19
    RESUPPLY = 20


def key_of(*words: str) -> int:
    """The 32-bit key of a thing from its names, from 0 to 2**32 - 1, the same in every run and on every machine.

    BLAKE2b of the names with NUL between them. Two of 1,000 keys are equal with a chance of 1 in 8,600; such things
    would share their chance within a source, and nothing worse.
    """
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=4).digest(), "little")


@njit(cache=True, nogil=True)
def philox(counter: Words, key: tuple[np.uint64, np.uint64]) -> Words:
    """Philox4x32-10: four words of 32 bits from a counter of four and a key of two, all held as uint64."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLY_0 * c0
        product_2 = _MULTIPLY_2 * c2
        c0, c1, c2, c3 = (
            (product_2 >> _HIGH) ^ c1 ^ k0,
            product_2 & _LOW,
            (product_0 >> _HIGH) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _STEP_0) & _LOW
        k1 = (k1 + _STEP_1) & _LOW
    return c0, c1, c2, c3


@njit(cache=True, nogil=True)
def four(seed: int, future: int, source: int, key: int, n: int) -> tuple[float, float, float, float]:
    """Four independent uniform numbers strictly between 0 and 1, each (word + 1/2) / 2**32.

    The n-th draw of `source` for the thing with `key` in `future`. The counter is (n, source, key, future) and the key
    of Philox is the low and the high word of `seed`. None may be negative; all but the seed are below 2**32, and the
    seed is below 2**63 (2**64 as a `numpy.uint64`). From Python, `int(source)` is called 80 times faster than a member
    of `Source`; compiled code may name the member.
    """
    w0, w1, w2, w3 = philox(
        (np.uint64(n) & _LOW, np.uint64(source) & _LOW, np.uint64(key) & _LOW, np.uint64(future) & _LOW),
        (np.uint64(seed) & _LOW, np.uint64(seed) >> _HIGH),
    )
    return (
        (float(w0) + 0.5) * _WORD,
        (float(w1) + 0.5) * _WORD,
        (float(w2) + 0.5) * _WORD,
        (float(w3) + 0.5) * _WORD,
    )
