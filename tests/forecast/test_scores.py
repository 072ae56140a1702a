"""Scores of forecasts against closed forms and against another implementation of them."""

import math

import numpy as np
import pytest
import scoringrules
from scipy import stats

from drawdown.forecast import scores

RNG = np.random.default_rng(11)


def test_crps_is_that_of_scoringrules_on_samples_with_and_without_repeated_values():
    for sample in (RNG.normal(size=(400, 7)), RNG.integers(0, 5, size=(400, 7)).astype(float)):
        truth = np.array([-4.0, -0.3, 0.0, 0.1, 2.0, 3.0, 9.0])
        theirs = scoringrules.crps_ensemble(truth, sample.T, estimator="nrg", backend="numpy")
        assert scores.crps(sample, truth) == pytest.approx(theirs, abs=1e-12)


def test_crps_of_a_normal_forecast_is_its_closed_form():
    sample = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    for y in (-2.0, 0.0, 0.7):
        closed = y * (2 * stats.norm.cdf(y) - 1) + 2 * stats.norm.pdf(y) - 1 / math.sqrt(math.pi)
        assert scores.crps(sample, y) == pytest.approx(closed, abs=1e-4)


def test_crps_of_a_single_number_is_its_error():
    assert scores.crps([[30.0, 12.0]], [25.0, 12.0]).tolist() == [5.0, 0.0]
    assert scores.absolute_error([30.0, 12.0], [25.0, 12.0]).tolist() == [5.0, 0.0]


def test_a_band_holds_its_share_of_whole_days_or_a_little_more():
    sample = np.arange(1, 101)  # days 1 to 100, once each
    assert [float(end) for end in scores.band(sample, 0.9)] == [5, 95]
    assert [float(end) for end in scores.band(sample, 0.5)] == [25, 75]
    assert scores.covered(np.tile(sample, (3, 1)).T, [5, 96, 40], 0.9).tolist() == [True, False, True]
    with pytest.raises(ValueError, match="between 0 and 1"):
        scores.band(sample, 90)


def test_coverage_has_its_binomial_interval():
    told = scores.coverage([True] * 17 + [False], 0.9)
    assert (told.inside, told.points, told.share) == (17, 18, pytest.approx(17 / 18))
    closed = stats.binomtest(17, 18).proportion_ci(method="wilson")
    assert (told.low, told.high) == (pytest.approx(closed.low), pytest.approx(closed.high))
    assert told.honest
    assert not scores.coverage([True] * 9 + [False] * 9, 0.9).honest
    with pytest.raises(ValueError, match="no points"):
        scores.coverage([], 0.9)


def test_bias_is_above_zero_for_a_forecast_that_says_too_much():
    assert scores.bias([[3.0, 10.0], [5.0, 12.0]], [1.0, 20.0]).tolist() == [3.0, -9.0]


def test_brier_is_nought_for_the_sure_and_right_and_one_for_the_sure_and_wrong():
    assert scores.brier([1.0, 0.0, 0.7], [True, True, True]) == pytest.approx([0.0, 1.0, 0.09])


def test_the_integral_transform_of_honest_forecasts_is_uniform_also_for_whole_days():
    rate = RNG.gamma(3.0, size=2_000)  # each forecast has a mean of its own
    sample, truth = RNG.poisson(rate, size=(500, 2_000)), RNG.poisson(rate)
    assert stats.kstest(scores.pit(sample, truth, RNG.random(2_000)), "uniform").pvalue > 0.01
    assert stats.kstest(scores.pit(sample, truth + 1, RNG.random(2_000)), "uniform").pvalue < 0.01
    assert scores.pit([[1], [2], [2], [9]], [2]).tolist() == [0.5]


def test_forecasts_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="cannot be scored"):
        scores.crps(np.zeros((10, 3)), [1.0, 2.0])
    with pytest.raises(ValueError, match="at least one future"):
        scores.crps(np.zeros((0, 2)), [1.0, 2.0])
