"""How fast people leave: what is learnt from counts, and the futures that follow."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from drawdown.forecast.closures import Precedent
from drawdown.forecast.progress import learn_progress
from drawdown.forecast.shapes import CONCENTRATIONS, SHAPE_PRIOR, SHAPES, log_likelihood, pace_curve, plan_curve
from drawdown.forecast.special import log_gamma

DEADLINE, PEOPLE = 184, 13_871
PLAN = np.clip(np.arange(DEADLINE + 1) / 100, 0, 1)  # all out by day 100
SURE = Precedent(met=12, missed=0, late_days=91)


def learn(counts, plan=PLAN, precedent=SURE, **changes):
    return learn_progress(counts, plan, people=PEOPLE, deadline=DEADLINE, precedent=precedent, **changes)


def straight_down(days, now, futures, end):
    """Futures of a plan that empties the mission evenly by a day."""
    return np.tile(np.clip(1 - (np.asarray(days) - now) / (end - now), 0, 1), (futures, 1))


def test_before_anything_is_counted_plan_and_pace_weigh_the_same():
    told = learn([])
    assert told.plan == pytest.approx(0.5)
    assert told.in_time == pytest.approx(SURE.chance)
    assert told.shape.median == pytest.approx(1.0)
    assert "Nothing was counted" in told.why[0]


def test_counts_on_the_plan_speak_for_the_plan():
    assert learn([(day, PLAN[day]) for day in (20, 40, 60)]).plan > 0.9


def test_counts_that_lag_behind_the_plan_speak_for_a_pace_of_their_own():
    told = learn([(day, (day / DEADLINE) ** 2) for day in (30, 60, 90)])
    assert told.plan < 0.1
    assert told.shape.low < 2 < told.shape.high
    assert "the plan had 90 %" in told.why[0]


@pytest.mark.parametrize("exponent", [1.0, 2.2, 0.5])
def test_the_pace_is_told_from_weekly_counts(exponent):
    told = learn([(day, (day / DEADLINE) ** exponent) for day in range(7, 120, 7)])
    assert told.shape.median == pytest.approx(exponent, rel=0.15)
    assert told.why[2].startswith(f"At that pace {100 * 0.5**told.shape.median:.0f} % (")


def test_a_later_count_corrects_those_before_it():
    wrong = learn([(30, 0.2), (60, 0.1), (90, 0.3)])
    assert wrong.cells == pytest.approx(learn([(30, 0.1), (60, 0.1), (90, 0.3)]).cells)


def test_weights_are_those_of_bayes_theorem_summed_by_hand():
    counts = [(40, 0.1), (95, 0.4)]
    left = np.rint(PEOPLE * np.array([0.1, 0.3, 0.6])).astype(int)
    shares = [x / left.sum() for x in left]
    told = learn_progress(
        [(40, shares[0]), (95, shares[0] + shares[1])], PLAN, people=int(left.sum()), deadline=DEADLINE, precedent=SURE
    )

    def chance(curve, c):
        increments = np.diff([0.0, *curve, 1.0])
        return float(np.exp(stats.dirichlet_multinomial.logpmf(left, c * increments, left.sum())))

    days = np.array([day for day, _ in counts])
    plan = np.mean([chance(plan_curve(PLAN, days, 0, DEADLINE), c) for c in CONCENTRATIONS])
    late = [DEADLINE + math.ceil(-91 * math.log(1 - (span + 0.5) / 8)) for span in range(8)]
    ends = [(DEADLINE, SURE.chance), *((end, (1 - SURE.chance) / 8) for end in late)]
    pace = sum(
        prior * weight * np.mean([chance((days / end) ** k, c) for c in CONCENTRATIONS])
        for k, prior in zip(SHAPES, SHAPE_PRIOR, strict=True)
        for end, weight in ends
    )
    assert told.plan == pytest.approx(plan / (plan + pace), rel=1e-9)


def test_one_person_on_a_day_without_plans_does_not_rule_the_plan_out():
    plan = np.clip((np.arange(DEADLINE + 1) - 40) / 60, 0, 1)  # nobody before day 40
    assert learn([(30, 1 / PEOPLE), (60, plan[60]), (80, plan[80])], plan).plan > 0.5


def test_nobody_leaving_at_all_is_no_impossibility():
    told = learn([(30, 0.0), (60, 0.0)])
    assert 0 < told.plan < 0.05
    assert told.shape.median > 1.5


def test_the_logarithm_of_gamma_and_the_likelihood_are_those_of_scipy():
    x = np.geomspace(1e-12, 1e6, 500)
    assert log_gamma(x) == pytest.approx(special.gammaln(x), rel=1e-12, abs=1e-11)
    left, curve = np.array([3.0, 0.0, 7.0]), np.array([0.2, 0.3, 0.5])
    ours = log_likelihood(left, curve[:, np.newaxis], np.array([5.0, 50.0]))
    theirs = [stats.dirichlet_multinomial.logpmf(left.astype(int), c * curve, 10) for c in (5.0, 50.0)]
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0])


shares = st.lists(st.tuples(st.integers(1, 150), st.floats(0, 1)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(counts=shares, later=st.integers(0, 300), seed=st.integers(0, 2**32))
def test_futures_fall_from_todays_number_to_nobody(counts, later, seed):
    now = max((day for day, _ in counts), default=0) + later
    told = learn(counts, now=now)
    days = list(range(now + 1, now + 1200))
    drawn = told.paths(seed, range(20), days, straight_down(days, now, 20, now + 50))
    remaining = np.column_stack([np.full(20, drawn.today), drawn.remaining])
    assert np.all(np.diff(remaining, axis=1) <= 0)
    assert remaining.min() >= 0
    assert drawn.today == 1 - told.gone
    for path, end, planned in zip(drawn.remaining, drawn.end, drawn.planned, strict=True):
        assert planned or (end > now and path[end - now - 1 :].max(initial=0) == 0)


def test_a_future_is_the_same_in_every_batch_and_for_every_choice_of_days():
    told, days = learn([(60, 0.1)]), list(range(61, 400))
    many = told.paths(7, range(50), days, straight_down(days, 60, 50, 200))
    few = told.paths(7, [31, 4], days[::10], straight_down(days, 60, 2, 200)[:, ::10])
    assert np.array_equal(few.remaining, many.remaining[[31, 4], ::10])
    assert np.array_equal(few.end, many.end[[31, 4]])
    assert not np.array_equal(told.paths(8, range(50), days, straight_down(days, 60, 50, 200)).end, many.end)


def test_futures_on_plan_are_those_of_the_plan():
    told, days = learn([(day, PLAN[day]) for day in (20, 40, 60)]), list(range(61, 200))
    curves = straight_down(days, 60, 400, 100) * np.linspace(0.5, 1, 400)[:, np.newaxis]
    drawn = told.paths(3, range(400), days, curves)
    assert abs(drawn.planned.mean() - told.plan) < 0.05
    assert np.array_equal(drawn.remaining[drawn.planned], (0.4 * curves)[drawn.planned])
    assert not drawn.end[drawn.planned].any()


def test_a_pace_spreads_those_who_remain_by_the_beta_law_of_its_process():
    shape, concentration = 32, 8  # k = 2.5
    cells = np.zeros_like(learn([(60, 0.1)]).cells)
    cells[shape, concentration, 0] = 1  # one shape, one concentration, the deadline
    told = replace(learn([(60, 0.1)]), plan=0.0, cells=cells)
    drawn = told.paths(5, range(3000), [120], np.zeros((3000, 1)))
    before, rest = np.diff(pace_curve([60, 120, DEADLINE], 0, DEADLINE, SHAPES[shape])) * CONCENTRATIONS[concentration]
    assert stats.kstest(drawn.remaining[:, 0] / 0.9, stats.beta(rest, before).cdf).pvalue > 0.01


def test_the_end_is_the_deadline_or_later_by_an_exponential_time():
    told = replace(learn([], precedent=Precedent(met=5, missed=5, late_days=40)), plan=0.0)
    end = told.paths(9, range(4000), [1], np.zeros((4000, 1))).end
    assert abs(np.mean(end == DEADLINE) - 0.5) < 0.03
    late = end[end > DEADLINE] - DEADLINE
    assert late.mean() == pytest.approx(40.5, rel=0.06)  # whole days: half a day more
    assert np.median(late) == pytest.approx(40 * math.log(2), abs=2)


def test_after_the_deadline_being_late_starts_anew():
    told = replace(learn([], now=250), plan=0.0)
    end = told.paths(9, range(3000), [251], np.zeros((3000, 1))).end
    assert told.in_time == 0
    assert end.min() > 250
    assert (end - 250).mean() == pytest.approx(91.5, rel=0.07)


def test_all_gone_is_all_gone():
    told = learn([(100, 1.0)])
    assert not told.paths(1, range(10), [101, 300], np.ones((10, 2))).remaining.any()


@pytest.mark.parametrize(
    ("counts", "changes", "says"),
    [
        ([(0, 0.1)], {}, "days from 1"),
        ([(50, 0.1)], {"now": 40}, "to 40"),
        ([(50, 1.1)], {}, "from 0 to 1"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, changes, says):
    with pytest.raises(ValueError, match=says):
        learn(counts, **changes)


def test_days_and_curves_that_do_not_fit_are_refused():
    told = learn([(60, 0.1)])
    with pytest.raises(ValueError, match="after day 60"):
        told.paths(1, range(2), [60, 61], np.ones((2, 2)))
    with pytest.raises(ValueError, match="2 futures and 2 days"):
        told.paths(1, range(2), [61, 62], np.ones((3, 2)))
