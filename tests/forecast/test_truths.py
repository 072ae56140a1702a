"""Is the forecast honest? 500 withdrawals of which the whole course is known, each forecast once, half-way.

Each gives one point (the people remaining on one later day), so points are independent and coverage is binomial.
"""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from drawdown.forecast import scores
from kit.truths import BENT, DEADLINE, PEOPLE, PLAN, bent_truth, draw_truth, forecast_at

TRUTHS, BENT_TRUTHS = 500, 60


@cache
def forecasts(make, count):
    """Of each truth: forecast, what happened, and three naive forecasts (line to the deadline, pace so far, plan)."""
    points = []
    for number in range(count):
        truth, rng = make(number), np.random.default_rng([9, number])
        now = int(rng.integers(36, 130))
        last, gone = truth.counts(now)[-1]
        day = int(rng.integers(last + 7, DEADLINE))
        line = (1 - gone) * (DEADLINE - day) / (DEADLINE - last)
        naive = (line, max(0, 1 - gone / last * day), min(1 - gone, 1 - PLAN[day]))
        sample = forecast_at(truth, now, day, futures=200, seed=number)
        points.append((sample, np.rint(PEOPLE * (1 - truth.gone[day])), PEOPLE * np.array(naive)))
    samples, observed, naive = zip(*points, strict=True)
    return np.array(samples).T, np.array(observed), np.array(naive).T


def test_bands_hold_as_many_truths_of_the_forecasts_own_family_as_they_say():
    sample, observed, _ = forecasts(draw_truth, TRUTHS)
    for level in (0.5, 0.9):
        inside = int(scores.covered(sample, observed, level).sum())
        assert stats.binomtest(inside, TRUTHS, level).pvalue > 0.01, f"{inside} of {TRUTHS} in {level:.0%} bands"


def test_truths_lie_anywhere_in_their_forecasts_equally_often():
    sample, observed, _ = forecasts(draw_truth, TRUTHS)
    where = scores.pit(sample, observed, np.random.default_rng(1).random(TRUTHS))
    assert stats.kstest(where, "uniform").pvalue > 0.01


def test_a_forecast_that_is_too_sure_is_found_out():
    sample, observed, _ = forecasts(draw_truth, TRUTHS)
    middle = np.median(sample, axis=0)
    narrow = middle + 0.6 * (sample - middle)
    assert stats.binomtest(int(scores.covered(narrow, observed, 0.9).sum()), TRUTHS, 0.9).pvalue < 0.001


def test_it_beats_every_naive_forecast_at_home():
    sample, observed, naive = forecasts(draw_truth, TRUTHS)
    ours = scores.crps(sample, observed).mean()
    for theirs in scores.absolute_error(naive, observed).mean(axis=1):
        assert ours < 0.5 * theirs


@pytest.mark.parametrize("kind", BENT)
def test_outside_its_family_it_is_never_the_worst(kind):
    """Bands do not hold what they say there (docs/forecast.md tells), but nothing naive is safe everywhere."""
    sample, observed, naive = forecasts(lambda seed: bent_truth(kind, seed), BENT_TRUTHS)
    ours = scores.crps(sample, observed).mean()
    theirs = scores.absolute_error(naive, observed).mean(axis=1)
    assert ours < 0.6 * theirs.max()
    assert np.sum(ours < theirs) >= 2
    assert scores.covered(sample, observed, 0.9).mean() > 0.5
