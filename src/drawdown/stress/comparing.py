"""Futures compared with themselves: the same luck, one thing changed. Both sides have futures 0, 1, ... in order."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.stress.block import Real, Whole
from drawdown.stress.intervals import DEVIATE
from drawdown.stress.summary import Summary


@dataclass(frozen=True)
class Change:
    """By how much something has changed, and the paired 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Side:
    """What futures came to: the day of completion (an ordinal, `NEVER` if not by the end), and whether in time."""

    out_by: Whole
    in_time: Whole
    casualties: Whole
    lost_usd: Real

    @classmethod
    def of(cls, mission: Mission, summary: Summary, futures: int) -> Side:
        """The first so many futures of a mission."""
        sample, frame, cessation = summary.sample, summary.frame, mission.mission.cessation.toordinal()
        days = sample.out_by[:futures]
        return cls(
            np.where(days > frame.days, NEVER, days + cessation),
            (days <= frame.deadline).astype(np.int64),
            sample.casualties[:futures],
            sample.lost_usd[:futures],
        )

    @property
    def futures(self) -> int:
        """How many futures these are."""
        return len(self.out_by)

    def same_as(self, other: Side) -> bool:
        """Whether no future came out differently."""
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in vars(self))

    def quantile(self, percent: int) -> int | None:
        """The day (an ordinal) by which so many per cent are complete."""
        day = int(np.sort(self.out_by)[-(-self.futures * percent // 100) - 1])
        return None if day == NEVER else day


#: An ordinal after every day of every mission.
NEVER = np.iinfo(np.int64).max


def change_of_share(before: Whole, after: Whole) -> Change:
    """The change of a probability, from pairs of 0 and 1: Wald's interval with half a pair more in each of four cells.

    Agresti and Min, Simple improved confidence intervals for comparing matched proportions, Statistics in Medicine
    24:729-740 (2005). Unlike McNemar's it has a width also where no future differs.
    """
    pairs = len(before)
    more, less = int((after > before).sum()) + 0.5, int((after < before).sum()) + 0.5
    total = pairs + 2
    middle = (more - less) / total
    reach = DEVIATE * math.sqrt(more + less - (more - less) ** 2 / total) / total
    return Change((more - less) / pairs, max(-1.0, middle - reach), min(1.0, middle + reach))


def change_of_mean(before: Real | Whole, after: Real | Whole) -> Change:
    """The change of a mean, with the interval of a paired t-test (without end for a single pair)."""
    differences = np.asarray(after, dtype=np.float64) - before
    pairs, mean = len(differences), float(np.mean(differences))
    if pairs == 1:
        return Change(mean, -math.inf, math.inf)
    reach = deviate(pairs - 1) * float(np.std(differences, ddof=1)) / math.sqrt(pairs)
    return Change(mean, mean - reach, mean + reach)


def deviate(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, by its expansion around the normal one.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5; within 0.1 % from 4 degrees of freedom on.
    """
    z = DEVIATE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum([z, *(term / float(freedom) ** power for power, term in enumerate(terms, start=1))])


def days_earlier(before: Side, after: Side, percent: int) -> int | None:
    """By how many days completion is earlier at a percentile; None where either is not by the end."""
    was, now = before.quantile(percent), after.quantile(percent)
    return None if was is None or now is None else was - now
