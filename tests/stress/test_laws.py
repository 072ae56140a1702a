"""The laws of chance against their closed forms, on 20,000 draws with a fixed seed."""

import math
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy import stats

from drawdown.stress import laws
from drawdown.stress.draws import Source, four, key_of

SEED = 20231231
FUTURES = 20_000
KEY = key_of("gao")
SMALLEST, LARGEST = 2.0**-33, 1 - 2.0**-33


HOLD, HAZARD = int(Source.HOLD), int(Source.HAZARD_RATE)  # calls from Python are quick with plain numbers


@cache
def uniforms(count=FUTURES):
    return [four(SEED, future, HOLD, KEY, 0) for future in range(count)]


def drawn(law, *arguments):
    return np.array([law(SEED, future, HAZARD, KEY, *arguments) for future in range(FUTURES)])


def follows(values, law):
    """Mean and variance within 4 standard errors of the law's, and the whole of it by Kolmogorov and Smirnov."""
    mean, variance, kurtosis = law.stats(moments="mvk")
    return (
        abs(np.mean(values) - mean) < 4 * math.sqrt(variance / len(values))
        and abs(np.var(values) - variance) < 4 * variance * math.sqrt((kurtosis + 2) / len(values))
        and stats.kstest(values, law.cdf).pvalue > 0.001
    )


def test_normal():
    assert follows([laws.normal(u, v) for u, v, _, _ in uniforms()], stats.norm())
    assert follows([laws.normal(u, v) for _, _, u, v in uniforms()], stats.norm())


def test_exponential():
    assert follows([laws.exponential(u, 3.5) for u, *_ in uniforms()], stats.expon(scale=3.5))
    assert laws.exponential(0.5, 0.0) == 0


@pytest.mark.parametrize("mean", [0.01, 0.7, 4, 30, 150, 199.9])
def test_poisson_of_a_small_mean_is_the_exact_quantile(mean):
    u = [SMALLEST, *(u for u, *_ in uniforms(5000)), LARGEST]
    assert np.array_equal([laws.poisson(x, mean) for x in u], stats.poisson.ppf(u, mean))


@pytest.mark.parametrize("mean", [200, 1000, 50_000, 1_000_000])
def test_poisson_of_a_large_mean_is_the_quantile_but_for_one_in_thousands(mean):
    u = [SMALLEST, *(u for u, *_ in uniforms()), LARGEST]
    off = np.array([laws.poisson(x, mean) for x in u]) - stats.poisson.ppf(u, mean)
    assert np.max(np.abs(off)) <= 1
    assert np.count_nonzero(off) <= FUTURES / 2000


@pytest.mark.parametrize("mean", [0.7, 30, 500])
def test_poisson_has_its_mean_and_its_variance(mean):
    counts = [laws.poisson(u, mean) for u, *_ in uniforms()]
    assert np.mean(counts) == pytest.approx(mean, abs=4 * math.sqrt(mean / FUTURES))
    assert np.var(counts) == pytest.approx(mean, abs=4 * mean * math.sqrt((2 + 1 / mean) / FUTURES))


def test_poisson_of_mean_0_is_0_and_a_mean_below_0_or_none_is_refused():
    assert laws.poisson(LARGEST, 0.0) == 0
    for mean in (-1.0, math.nan):
        with pytest.raises(ValueError, match="the mean has to be 0 or more"):
            laws.poisson(0.5, mean)


def test_logit_normal():
    shares = [laws.logit_normal(0.2, 0.8, laws.normal(u, v)) for u, v, _, _ in uniforms()]
    assert (
        stats.kstest(np.log(shares) - np.log1p(-np.array(shares)), stats.norm(math.log(0.25), 0.8).cdf).pvalue > 0.001
    )
    assert np.median(shares) == pytest.approx(0.2, abs=0.005)
    assert all(0 < share < 1 for share in shares)


def test_logit_normal_without_spread_or_doubt_is_its_median():
    medians = [percent / 100 for percent in range(101)]
    assert [laws.logit_normal(median, 0.0, 2.5) for median in medians] == medians
    assert [laws.logit_normal(median, 0.9, 2.5) for median in (0.0, 1.0)] == [0.0, 1.0]
    assert laws.logit_normal(0.3, 1000.0, 6.0) == 1.0
    assert laws.logit_normal(0.3, 1000.0, -6.0) == 0.0
    for median in (-0.1, 1.1, math.nan):
        with pytest.raises(ValueError, match="the median has to be from 0 to 1"):
            laws.logit_normal(median, 0.5, 0.0)


@pytest.mark.parametrize("shape", [0.1, 0.5, 1, 2.5, 40, 1000])
def test_gamma(shape):
    assert follows(drawn(laws.gamma, shape), stats.gamma(shape))


@pytest.mark.parametrize("shape", [0.0, -0.5, math.nan])
def test_gamma_refuses_a_shape_of_0_or_less(shape):
    with pytest.raises(ValueError, match="the shape has to be more than 0"):
        laws.gamma(SEED, 0, 1, 0, shape)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (0.5, 40.5), (2, 3), (100, 10)])
def test_beta(a, b):
    assert follows(drawn(laws.beta, a, b), stats.beta(a, b))


@pytest.mark.parametrize(("events", "exposure"), [(0, 2000), (6, 184_000), (120, 30)])
def test_a_rate_is_gamma_under_the_prior_of_jeffreys(events, exposure):
    assert follows(drawn(laws.rate, events, exposure), stats.gamma(events + 0.5, scale=1 / exposure))


@pytest.mark.parametrize("exposure", [0.0, -1.0, math.nan])
def test_a_rate_without_exposure_is_refused(exposure):
    with pytest.raises(ValueError, match="the exposure has to be more than 0"):
        laws.rate(SEED, 0, 1, 0, 3.0, exposure)


@pytest.mark.parametrize(("asked", "refused"), [(0, 0), (12, 0), (12, 12), (40, 6)])
def test_a_share_is_beta_under_the_prior_of_jeffreys(asked, refused):
    assert follows(drawn(laws.share, asked, refused), stats.beta(refused + 0.5, asked - refused + 0.5))


@pytest.mark.parametrize(("asked", "refused"), [(3, 4), (3, -1)])
def test_a_share_of_more_than_all_or_less_than_none_is_refused(asked, refused):
    with pytest.raises(ValueError, match="the shape has to be more than 0"):
        laws.share(SEED, 0, 1, 0, asked, refused)


def test_log_normal_count():
    counts = [laws.log_normal_count(10_000, 0.3, laws.normal(u, v)) for u, v, _, _ in uniforms()]
    assert stats.kstest(np.log(counts), stats.norm(math.log(10_000), 0.3).cdf).pvalue > 0.001
    assert all(isinstance(count, int) for count in counts)


def test_log_normal_count_rounds_to_the_nearest_and_is_the_count_without_spread():
    assert [laws.log_normal_count(count, 0.0, 3.0) for count in (0, 1, 12_345)] == [0, 1, 12_345]
    assert laws.log_normal_count(10, 1.0, math.log(0.149)) == 1
    assert laws.log_normal_count(10, 1.0, math.log(0.151)) == 2
    assert laws.log_normal_count(1, 1.0, -3.0) == 0


def sample(future):
    """Every law once, in bits."""
    u, v, w, x = four(SEED, future, HOLD, KEY, 0)
    z = laws.normal(u, v)
    place = (SEED, future, HAZARD, KEY)
    values = [
        z,
        laws.exponential(w, 12.5),
        laws.poisson(x, 3.0),
        laws.poisson(x, 150.0),
        laws.poisson(x, 2000.0),
        laws.logit_normal(0.35, 1.5, z),
        laws.gamma(*place, 0.5),
        laws.gamma(*place, 6.5),
        laws.beta(*place, 0.5, 12.5),
        laws.rate(*place, 6, 184_000.0),
        laws.share(*place, 40, 6),
        laws.log_normal_count(870, 0.4, z),
    ]
    return [float(value).hex() for value in values]


def test_compiled_code_and_plain_python_give_the_same_bits():
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import test_laws as t; print([t.sample(f) for f in range(300)])"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(Path(__file__).parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == str([sample(future) for future in range(300)])


def test_each_function_by_itself_gives_the_same_bits_compiled_and_plain():
    def plain(law):
        return getattr(law, "py_func", law)

    for u, v, z, x in uniforms(500):
        for law, arguments in [
            (laws.normal, (u, v)),
            (laws.exponential, (u, 2.0)),
            (laws.poisson, (u, 20.0 * x)),
            (laws.poisson, (u, 200.0 + 900.0 * x)),
            (laws.logit_normal, (x, 0.7, z - 0.5)),
            (laws.logit_normal, (x, 5000.0, z - 0.5)),
            (laws.log_normal_count, (1000, 0.7, z - 0.5)),
        ]:
            assert plain(law)(*arguments) == law(*arguments)


def test_the_laws_do_not_depend_on_the_order_of_the_calls():
    futures = list(range(200))
    in_order = {future: sample(future) for future in futures}
    Random(1).shuffle(futures)  # noqa: S311 - not for secrets
    assert {future: sample(future) for future in futures} == in_order
