"""Futures of scripts of which the law is known exactly: 20,000 each, inside 99 % intervals."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from kit.closed_forms import FORMS, compare
from kit.closed_forms.desk import BLOCKS, blocks
from kit.closed_forms.laws import days_on_leg, slowest
from kit.closed_forms.queues import NO_SUPPLIES, TRIP_DAYS, geometric, mean_wait, waits

FUTURES = 20_000


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name.replace(" ", "-"))
def test_every_chance_is_what_it_should_be(form):
    compared = compare(form, FUTURES)
    assert compared.chances >= 5
    assert not compared.outside, compared


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name.replace(" ", "-"))
def test_a_law_that_is_a_little_wrong_is_found_out(form):
    wrong = np.append(0.8 * form.law, 0.0) + np.insert(0.2 * form.law, 0, 0.0)  # 1 in 5 comes a day later
    assert compare(replace(form, law=wrong), FUTURES).outside


def test_the_laws_agree_with_textbooks():
    # Two convoys, both within the median: 1/4 + arcsin(correlation) / 2π (Sheppard 1899).
    both = np.cumsum(slowest(2, 0.6, 2.0, 12.0, 0.5, 1.2))[7]
    assert both == pytest.approx(0.25 + math.asin(0.6) / (2 * math.pi), abs=1e-9)
    assert slowest(1, 0.6, 2.0, 12.0, 0.4, 1.2) == pytest.approx(days_on_leg(2.0, 12.0, 0.4, 1.2), abs=1e-9)


def test_the_wait_for_the_lorry_comes_near_to_pollaczek_and_khinchine():
    gap = geometric(1 - NO_SUPPLIES, most=300)
    busy = (1 - NO_SUPPLIES) * np.arange(len(TRIP_DAYS)) @ TRIP_DAYS
    assert 0.7 < busy < 0.9
    law = waits(600, TRIP_DAYS, gap)
    assert np.arange(len(law)) @ law == pytest.approx(mean_wait(TRIP_DAYS, 1 - NO_SUPPLIES), rel=1e-4)


def test_the_share_of_blocked_days_comes_near_to_mean_block_over_mean_block_and_gap():
    share = BLOCKS.on(np.arange(1, 2001), 0.05).mean()
    assert share == pytest.approx(BLOCKS.long_run(0.05), rel=0.02)
    _, blocked = blocks()
    rate, weight = BLOCKS.rates()
    mean = sum(float(BLOCKS.on(day, rate) @ weight) for day in range(1, 121))
    assert np.arange(len(blocked.law)) @ blocked.law == pytest.approx(mean, rel=1e-6)
