"""What drives the day of completion: rank correlations, and runs with one source of chance switched off."""

from __future__ import annotations

import math

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.stress.answering import date_quantiles
from drawdown.stress.answers import Driver, KnockOut
from drawdown.stress.block import Real, Whole
from drawdown.stress.comparing import Side, change_of_share, days_earlier
from drawdown.stress.intervals import DEVIATE
from drawdown.stress.play import driver_names
from drawdown.stress.script import Chance
from drawdown.stress.summary import Summary
from drawdown.stress.words import CHANCES, Words

#: How many drivers are told.
STRONGEST = 15

#: Futures below which Fisher's interval does not exist.
FEWEST = 4


def rank_drivers(words: Words, summary: Summary) -> tuple[Driver, ...]:
    """The strongest rank correlations of what is drawn for a whole future with its day of completion."""
    sample = summary.sample
    names, texts = driver_names(words.script), list(words.drivers())
    days, found = _ranks(sample.out_by), []
    for name, text, values in zip(names, texts, sample.drivers.T, strict=True):
        if text and np.ptp(values) > 0 and np.ptp(days) > 0:
            correlation = float(np.corrcoef(_ranks(values), days)[0, 1])
            found.append(Driver(name, text, correlation, *_interval(correlation, len(days))))
    return tuple(sorted(found, key=lambda row: -abs(row.correlation))[:STRONGEST])


def _ranks(values: Real | Whole) -> Real:
    """Ranks, those of equal values being the mean of theirs."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(times)
    middle: Real = ends - (times - 1) / 2
    return middle[place.reshape(-1)]


def _interval(correlation: float, futures: int) -> tuple[float, float]:
    """Fisher's interval with the variance of Bonett and Wright for ranks (Psychometrika 65:23-28, 2000)."""
    if futures < FEWEST:
        return -1.0, 1.0
    inside = min(max(correlation, -1 + 1e-12), 1 - 1e-12)  # Fisher's z has no end at 1
    reach = DEVIATE * math.sqrt((1 + correlation**2 / 2) / (futures - 3))
    middle = math.atanh(inside)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def knock_out(mission: Mission, chance: Chance, with_it: Summary, without: Summary) -> KnockOut:
    """What a source of chance costs: the same futures with and without it."""
    before, after = (Side.of(mission, summary, without.futures) for summary in (with_it, without))
    gain = change_of_share(before.in_time, after.in_time)
    return KnockOut(
        chance=str(chance.name).lower(),
        words=CHANCES[chance],
        probability=float(after.in_time.mean()),
        gained=gain.value,
        low=gain.low,
        high=gain.high,
        days_p80=days_earlier(before, after, 80),
        out_by=date_quantiles(mission, without.tally("out_by")),
    )
