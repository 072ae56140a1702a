"""A summary is exact, the same in whatever order its parts come, and says how sure it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from drawdown.stress.counts import Counts, add_counts
from drawdown.stress.intervals import ranks, wilson
from drawdown.stress.packing import pack, unpack
from drawdown.stress.sample import KEPT
from drawdown.stress.summary import IN_ALL, Summary, add_up
from drawdown.stress.tally import Quantile, Tally
from kit.fake_futures import DAYS, FRAME, PEOPLE, fake_play

BLOCK = fake_play(None, 1, 0, 200)
WHOLE = Summary.of(BLOCK, FRAME)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 199), max_size=8, unique=True), st.randoms(use_true_random=False))
def test_parts_add_up_to_the_same_bytes_in_any_order(cuts, chance):
    edges = [0, *sorted(cuts), 200]
    parts = [Summary.of(fake_play(None, 1, a, b - a), FRAME) for a, b in pairwise(edges)]
    while len(parts) > 1:
        chance.shuffle(parts)
        some = chance.randint(2, len(parts))
        parts[:some] = [add_up(parts[:some])]
    assert pack(parts[0]) == pack(WHOLE)


def test_bytes_can_be_read_back():
    assert pack(unpack(pack(WHOLE))) == pack(WHOLE)


@pytest.mark.parametrize("site", [0, 1, 2])
@pytest.mark.parametrize("percent", [10, 50, 80, 95])
def test_quantiles_of_days_are_those_of_the_futures_themselves(site, percent):
    days = BLOCK.last_out[:, site]
    expected = int(np.quantile(days, percent / 100, method="inverted_cdf"))
    assert WHOLE.tally("last_out", site).quantile(percent).value == (expected if expected <= DAYS else None)


def test_a_day_after_the_last_is_told_as_none():
    never = Summary.of(replace(BLOCK, out_by=np.full(200, DAYS + 1)), FRAME).tally("out_by")
    assert (never.quantile(10).value, never.quantile(10).high, never.mean()) == (None, None, None)
    assert never.at_most(DAYS).probability == 0


def test_losses_are_counted_by_reason_and_in_all():
    by_reason, in_all = WHOLE.tally("lost_items", 2), WHOLE.tally("lost_items", IN_ALL)
    assert by_reason.mean().value == pytest.approx(BLOCK.lost_items[:, 2].mean())
    assert in_all.mean().value == pytest.approx(BLOCK.lost_items.sum(axis=1).mean())
    assert in_all.mean().error == pytest.approx(stats.sem(BLOCK.lost_items.sum(axis=1)))


def test_money_is_exact_to_a_thousand_dollars_and_room_to_a_tenth_of_a_teu():
    lost = np.sort(BLOCK.lost_usd.sum(axis=1))
    assert WHOLE.tally("lost_usd", IN_ALL).quantile(50).value == pytest.approx(lost[99], abs=500)
    assert WHOLE.tally("lost_teu", 0).quantile(95).value == pytest.approx(np.sort(BLOCK.lost_teu[:, 0])[189], abs=0.05)


def test_the_fan_tells_people_by_day_to_the_width_of_a_bin():
    fan = np.array(WHOLE.fan())
    exact = np.quantile(BLOCK.remaining, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0, method="inverted_cdf").T
    assert fan.shape == (DAYS + 1, 5)
    assert FRAME.bin == 3
    assert ((fan - exact >= 0) & (fan - exact < FRAME.bin)).all()
    assert (fan[0] == PEOPLE).all()


def test_nobody_left_is_told_as_zero_and_one_left_is_not():
    remaining = BLOCK.remaining.copy()
    remaining[:, -1], remaining[:, -2] = 0, 1
    fan = Summary.of(replace(BLOCK, remaining=remaining), FRAME).fan()
    assert (fan[-1][0], fan[-2][0]) == (0, 3)


def test_the_chance_of_the_deadline_has_the_wilson_interval():
    times = int((BLOCK.out_by <= 25).sum())
    share = WHOLE.in_time()
    expected = stats.binomtest(times, 200).proportion_ci(method="wilson")
    assert share.probability == times / 200
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("times", [0, 1, 999, 1000])
def test_wilson_at_the_ends(times):
    expected = stats.binomtest(times, 1000).proportion_ci(method="wilson")
    assert wilson(times, 1000) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("futures", [1, 2, 7, 20, 100, 1000, 10_000, 1_000_000])
@pytest.mark.parametrize("percent", [5, 10, 50, 80, 95])
def test_ranks_are_the_narrowest_of_the_binomial_law(futures, percent):
    low, high = ranks(futures, percent)
    below = stats.binom(futures, percent / 100)
    assert below.cdf(low - 1) <= 0.025 < below.cdf(low)
    assert below.sf(high - 1) <= 0.025 < below.sf(high - 2)


def test_the_interval_holds_the_quantile_as_often_as_it_says():
    draw = np.random.default_rng(3)
    held = 0
    for _ in range(2000):
        numbers, times = np.unique(draw.geometric(0.05, 60), return_counts=True)
        answer = Tally(numbers, times).quantile(80)
        held += answer.low <= stats.geom(0.05).ppf(0.8) <= answer.high
    assert held / 2000 >= 0.94


def test_few_futures_leave_an_upper_side_open():
    few = Tally(np.array([3, 9]), np.array([1, 1]))
    assert few.quantile(95) == Quantile(9, 3, None)
    assert few.quantile(50) == Quantile(3, 0, None)


def test_the_first_futures_are_kept_whichever_batches_they_came_in():
    edge = Summary.of(fake_play(None, 1, KEPT - 10, 30), FRAME)
    beyond = Summary.of(fake_play(None, 1, KEPT + 20, 5), FRAME)
    assert list(add_up([beyond, edge]).sample.number) == list(range(KEPT - 10, KEPT))
    assert (WHOLE.sample.drivers == BLOCK.drivers).all()


def test_sums_are_sums():
    assert (WHOLE.sums["delay_days"] == BLOCK.delay_days.sum(axis=0)).all()
    assert (add_up([WHOLE, WHOLE]).sums["late_acts"] == 2 * BLOCK.late_acts).all()


def test_how_often_an_act_is_late_is_a_share_of_the_futures():
    late = WHOLE.how_often("late_acts", 3)
    assert late.probability == BLOCK.late_acts[3] / 200
    assert late.low < late.probability < late.high


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0,)])
def test_counting_nothing_is_nothing(shape):
    nothing = Counts.of(np.zeros(shape, dtype=np.int64))
    assert len(add_counts([nothing, nothing]).keys) == 0


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="cannot count -1 to 4"):
        Counts.of(np.array([4, -1]))
    with pytest.raises(ValueError, match="9001 people remain of a mission of 9000"):
        Summary.of(replace(BLOCK, remaining=BLOCK.remaining + 1), FRAME)
    with pytest.raises(ValueError, match="different missions"):
        add_up([WHOLE, Summary.of(BLOCK, replace(FRAME, deadline=26))])
