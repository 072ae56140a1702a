"""Answers in names and dates, and comparisons on the same luck, beside other arithmetic for the same things."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from drawdown.desk.missions import open_mission
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.answering import answer
from drawdown.stress.comparing import Side, change_of_mean, change_of_share, days_earlier, deviate
from drawdown.stress.compile import compile_script
from drawdown.stress.drivers import knock_out, rank_drivers
from drawdown.stress.ensemble import run_ensemble
from drawdown.stress.play import driver_names
from drawdown.stress.script import NO_CHANCE, Cause, Chance, Reason
from drawdown.stress.what_ifs import compared, shifted_plan
from drawdown.stress.words import CAUSES, CHANCES, REASONS, Words


@pytest.fixture(scope="module")
def words():
    mission = open_mission("tiny")
    plan = plan_simply(mission).plan
    return Words(mission, plan, compile_script(mission, plan))


@pytest.fixture(scope="module")
def summary(words):
    return run_ensemble(words.script, 200, seed=3)


def test_without_chance_every_answer_is_the_plans(words):
    found = answer(words, run_ensemble(words.script, 2, chance=NO_CHANCE), seed=1, seconds=0.0)
    assert found.deadline.probability == 1
    assert found.out_by.p10 == found.out_by.p95 == found.planned_out_by
    assert {site.last_out.p50 for site in found.sites} == {site.planned for site in found.sites}
    assert all(day.p5 == day.p95 == day.planned for day in found.fan)
    assert not found.delays
    assert found.last_out["sites"]["acacia"] == next(s.last_out for s in found.sites if s.site == "acacia")


def test_answers_are_in_the_order_of_what_matters_and_in_names(words, summary):
    found = answer(words, summary, seed=3, seconds=1.0)
    assert found.fan[0].p50 == found.fan[0].planned == summary.frame.people
    assert [row.days for row in found.delays] == sorted((row.days for row in found.delays), reverse=True)
    assert found.critical_moves[0].share >= found.critical_moves[-1].share > 0
    assert found.complete[-1].probability == pytest.approx(1)
    assert found.lost.usd.mean == pytest.approx(sum(row.usd.mean for row in found.losses), rel=0.02)  # of thousands
    texts = [row.words for row in (*found.critical_moves, *found.late_moves, *found.critical_clearances)]
    assert not [text for text in texts if "acacia" in text or "baobab" in text or "-" in text.replace(" - ", "")]
    assert any(text.startswith("convoy Camp Acacia to Acacia airport, ") for text in texts)


def test_every_cause_reason_and_source_of_chance_has_words():
    assert set(CAUSES) == set(Cause)
    assert set(REASONS) == set(Reason)
    assert set(CHANCES) == set(Chance)


def test_clearances_and_drivers_are_named_in_the_order_of_the_script():
    mission = open_mission("minusma")
    plan = Plan(
        name="x", mission="minusma", mission_hash=mission.hash, version="1", planner="none", as_of=_start(mission)
    )
    script = compile_script(mission, plan)
    words = Words(mission, plan, script)
    assert len(list(words.drivers())) == len(driver_names(script))
    areas = {(row.clearance_class, row.area) for row in mission.clearances}
    for number, row in enumerate(script.classes):
        assert (row.name, words.clearance(number).split(", ", 1)[1]) in areas
    told = dict(zip(driver_names(script), words.drivers(), strict=True))
    assert told["pace road-kidal"] == "slow convoys: road, Kidal region"
    assert told["rate road-kidal ied"] == "rate of IEDs a convoy-km: road, Kidal region"
    assert told["rate site-west indirect_fire"] == "rate of indirect fire a day on site: Ber and 2 more sites"
    assert not told["pace site-west"]  # nothing travels on a site


def _start(mission: Mission):
    return mission.mission.cessation


def test_rank_correlations_are_spearmans(words, summary):
    found = rank_drivers(words, summary)
    column = dict(zip(words.drivers(), summary.sample.drivers.T, strict=True))
    assert found
    for row in found:
        told = stats.spearmanr(column[row.words], summary.sample.out_by).statistic
        assert row.correlation == pytest.approx(told)
        assert row.low < row.correlation < row.high
    assert abs(found[0].correlation) == max(abs(row.correlation) for row in found)


def test_a_source_of_chance_taken_away_from_the_same_futures(words, summary):
    calm = run_ensemble(words.script, 100, seed=3, chance=NO_CHANCE)
    row = knock_out(words.mission, Chance.PACE, summary, calm)  # as if pace were all the chance there is
    assert row.out_by.p80 == answer(words, calm, seed=3, seconds=0.0).planned_out_by
    days = np.sort(summary.sample.out_by[:100])
    assert row.days_p80 == days[79] - calm.sample.out_by[0]
    same = knock_out(words.mission, Chance.PACE, summary, summary)
    assert (same.gained, same.days_p80) == (0, 0)
    assert same.low < 0 < same.high


@pytest.mark.parametrize("freedom", [4, 5, 10, 30, 999])
def test_students_t(freedom):
    assert deviate(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-3)


def test_the_interval_of_a_mean_is_the_paired_t_tests():
    draw = np.random.default_rng(1)
    before = draw.normal(5, 2, 40)
    after = before - draw.normal(0.3, 1, 40)
    found = change_of_mean(before, after)
    interval = stats.ttest_rel(after, before).confidence_interval()
    assert (found.low, found.high) == pytest.approx(tuple(interval), rel=1e-4)
    assert change_of_mean(before[:1], after[:1]).high == float("inf")


def test_the_interval_of_a_gain_covers_the_truth():
    draw, gain, pairs, tries = np.random.default_rng(2), 0.05, 200, 1000
    inside = 0
    for _ in range(tries):
        before = draw.random(pairs) < 0.9
        after = (before | (draw.random(pairs) < gain / 0.1 + 0.1)) & ~(before & (draw.random(pairs) < 0.1 * 0.1 / 0.9))
        found = change_of_share(before.astype(int), after.astype(int))
        inside += found.low <= gain <= found.high
    assert inside / tries > 0.93  # 95 % less what a thousand tries leave open


def test_futures_that_agree_still_leave_a_doubt():
    same = np.ones(100, dtype=np.int64)
    found = change_of_share(same, same)
    assert found.value == 0
    assert -0.05 < found.low < 0 < found.high < 0.05


def test_a_change_that_changes_nothing_says_so(words, summary):
    side = Side.of(words.mission, summary, 50)
    row = compared("lorries", "Ten lorries", side, side)
    assert not row.changed
    assert row.words == (
        "Ten lorries: no future comes out differently: the plan does not use what this offers"
        " (--replan shows a plan that may)"
    )
    assert (row.probability, row.gained, row.lost_usd) == (side.in_time.mean(), 0, 0)


def test_days_are_days_of_the_calendar_also_if_the_mission_begins_earlier(words, summary):
    side = Side.of(words.mission, summary, 50)
    earlier = replace(side, out_by=side.out_by - 14, casualties=side.casualties + 1)
    row = compared("earlier", "Two weeks earlier", side, earlier)
    assert (row.days_p50, row.days_p80) == (14, 14)
    assert (row.casualties, row.casualties_low, row.casualties_high) == (1, 1, 1)
    assert "P80 14 days earlier, 1.0 casualties more" in row.words


def test_a_quantile_after_the_end_has_no_days():
    frame = SimpleNamespace(days=10, deadline=8)
    days = np.array([3, 4, 11, 11, 11])
    sample = SimpleNamespace(out_by=days, casualties=0 * days, lost_usd=0.0 * days)
    mission = open_mission("tiny")
    late = Side.of(mission, SimpleNamespace(sample=sample, frame=frame), 5)
    assert late.quantile(20) == mission.mission.cessation.toordinal() + 3
    assert late.quantile(80) is None
    assert days_earlier(late, late, 80) is None
    assert late.in_time.tolist() == [1, 1, 0, 0, 0]


def test_a_shifted_plan_is_the_same_plan_on_other_days(words):
    plan = shifted_plan(words.plan, -14)
    assert plan.as_of == words.plan.as_of
    for before, after in zip(words.plan.moves, plan.moves, strict=True):
        assert after.depart == before.depart - timedelta(days=14)
        assert after.legs == before.legs
    assert [c.last_out for c in plan.closures] == [c.last_out - timedelta(days=14) for c in words.plan.closures]
    assert shifted_plan(words.plan, 0) is words.plan
