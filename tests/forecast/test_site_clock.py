"""When sites are left: in the plan's order, as firmly as orders have been kept so far."""

import numpy as np
import pytest
from scipy import stats

from drawdown.forecast.closures import Precedent
from drawdown.forecast.progress import Paths, learn_progress
from drawdown.forecast.site_clock import FIRMNESSES, Order, Today, learn_order, site_days

DEADLINE, LIQUIDATION_END, NOW = 184, 500, 60
DAYS = range(NOW + 1, LIQUIDATION_END + 1)
FIRM = Order(np.eye(len(FIRMNESSES))[-1])
SITES = np.array([70, 100, 130, 160])  # planned last-outs


def even_plan(futures, sites=SITES, stays=(False,) * 4):
    """Today's plan without chance: people leave evenly from today to day 160."""
    remaining = np.clip(1 - (np.array(DAYS) - NOW) / 100, 0, 1)
    return Today(np.tile(sites, (futures, 1)), np.tile(remaining, (futures, 1)), DAYS, stays, DEADLINE, LIQUIDATION_END)


def paces(futures, now=NOW):
    """Futures in which people leave at a pace of their own."""
    told = learn_progress(
        [(now, 0.1)], [0.0, *[0.99] * now], people=10_000, deadline=DEADLINE, precedent=Precedent(12, 0, 91)
    )
    assert told.plan < 0.01
    return told.paths(4, range(futures), DAYS, np.ones((futures, len(DAYS))))


def steady(futures, end=160):
    """Futures off the plan in which people happen to leave just as evenly, by a day."""
    remaining = np.clip(1 - (np.array(DAYS) - NOW) / (end - NOW), 0, 1)
    none = np.zeros(futures)
    return Paths(1.0, np.tile(remaining, (futures, 1)), none > 0, np.full(futures, end), none)


def test_on_plan_sites_keep_the_days_of_their_plan():
    plan, paths = even_plan(30), steady(30)
    paths.planned[:10] = True
    days = site_days(1, range(30), plan, paths, learn_order([]))
    assert np.array_equal(days[:10], plan.last_out[:10])
    assert not np.array_equal(days[10:], plan.last_out[10:])


def test_off_plan_a_site_is_left_in_the_mean_when_its_share_has_gone():
    days = site_days(1, range(2000), even_plan(2000), steady(2000, end=260), FIRM)  # half as fast as planned
    assert days.mean(axis=0)[:3] == pytest.approx([80.5, 140.5, 200.5], abs=1)
    assert (days[:, 3] == 260).all()  # the last site is left when the last people go
    assert (days > NOW).all()


def test_an_order_is_kept_as_firmly_as_its_m_says():
    loose = Order(np.eye(len(FIRMNESSES))[0])
    spread = [site_days(1, range(2000), even_plan(2000), steady(2000), order)[:, 1].std() for order in (FIRM, loose)]
    law = [100 * stats.beta(m * 0.4, m * 0.6).std() for m in (FIRMNESSES[-1], FIRMNESSES[0])]
    assert spread == pytest.approx(law, rel=0.06)


def test_no_site_is_left_after_everyone_is_out():
    paths = paces(300)
    days = site_days(1, range(300), even_plan(300), paths, learn_order([]))
    assert np.all(days <= paths.end[:, np.newaxis])
    assert np.array_equal(days[:, 3], paths.end)


def test_sites_that_stay_are_left_between_the_end_and_the_end_of_liquidation_in_the_plans_order():
    sites, stays = np.array([100, 390, 200, 150]), (False, True, True, True)
    paths = paces(1500)
    days = site_days(1, range(1500), even_plan(1500, sites, stays), paths, learn_order([]))
    assert (days[:, 2] <= days[:, 1]).all()  # planned on day 200 and day 390
    assert (days[:, 3] <= paths.end).all()  # may stay, but today's plan leaves it before the deadline
    begun, ended = days[:, 1:3] - paths.end[:, np.newaxis], np.maximum(LIQUIDATION_END - paths.end, 1)
    assert begun.min() > 0
    assert (days[:, 1] <= np.maximum(LIQUIDATION_END, paths.end + 1)).all()
    law = stats.beta(2, 1)  # the later of two uniform days
    assert np.mean(begun[:, 0] / ended) == pytest.approx(law.mean(), abs=4 * law.std() / np.sqrt(1500) + 1 / 300)


def test_a_future_is_the_same_in_every_batch():
    paths, plan = paces(40), even_plan(40)
    all_days = site_days(1, range(40), plan, paths, learn_order([]))
    one = [17]
    alone = Paths(paths.today, paths.remaining[one], paths.planned[one], paths.end[one], paths.shape[one])
    assert np.array_equal(site_days(1, one, even_plan(1), alone, learn_order([])), all_days[one])


def test_the_firmness_is_learnt_from_the_sites_left_so_far():
    rng = np.random.default_rng(5)
    planned = rng.uniform(0.1, 0.9, 12)
    kept = learn_order(list(zip(planned, planned + 0.01, strict=True)))
    broken = learn_order(list(zip(planned, rng.permutation(planned), strict=True)))
    assert broken.firmness < learn_order([]).firmness < kept.firmness
    assert learn_order([]).firmness == pytest.approx(20)
    assert learn_order([(0.0, 1.0)]).firmness < 5  # the first to go by plan was the last
    with pytest.raises(ValueError, match="from 0 to 1"):
        learn_order([(0.5, 1.2)])


def test_bands_of_shares_at_leaving_hold_what_they_say_for_orders_of_every_firmness():
    rng, inside = np.random.default_rng(6), []
    for _ in range(500):
        m = np.exp(rng.uniform(*np.log(FIRMNESSES[[0, -1]])))
        planned = rng.uniform(0.05, 0.95, 7)
        real = rng.beta(m * planned, m * (1 - planned))
        order = learn_order(list(zip(planned[:6], real[:6], strict=True)))
        firmness = rng.choice(FIRMNESSES, 400, p=order.weights)
        low, high = np.quantile(rng.beta(firmness * planned[6], firmness * (1 - planned[6])), [0.05, 0.95])
        inside.append(low <= real[6] <= high)
    assert stats.binomtest(sum(inside), 500, 0.9).pvalue > 0.01


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="equally many"):
        site_days(1, range(3), even_plan(2), steady(3), FIRM)
