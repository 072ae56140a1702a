"""Ensembles of the training mission's futures, as they are really played."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pyarrow.parquet as pq
import pytest

from drawdown.stress.ensemble import run_ensemble
from drawdown.stress.packing import pack
from drawdown.stress.rows import Names
from drawdown.stress.running import How, run_job
from drawdown.stress.script import NO_CHANCE
from drawdown.stress.store import Store, StoreError
from kit.fake_futures import FACTS, NAMES
from kit.tiny_script import tiny_job, tiny_script


@pytest.fixture(scope="module")
def script():
    return tiny_script()


@pytest.fixture(scope="module")
def summary(script):
    return run_ensemble(script, 23, seed=7)


def test_batches_over_two_processes_of_which_one_is_killed_come_to_the_same(script, summary):
    def kill(done, _all):
        if done == 5:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)

    assert pack(run_job(tiny_job(script), How(workers=2, progress=kill), FACTS, NAMES)) == pack(summary)


def test_without_chance_all_futures_are_the_plan(script):
    plan = run_ensemble(script, 3, chance=NO_CHANCE)
    for number, site in enumerate(script.sites):
        assert {plan.tally("last_out", number).quantile(percent).value for percent in (10, 95)} == {site.last_out}
    assert plan.tally("casualties").mean().value == 0
    assert plan.fan()[0] == (plan.frame.people,) * 5


def test_a_store_has_them_by_the_names_of_the_mission(script, summary, tmp_path):
    run_ensemble(script, 23, seed=7, store=Store(tmp_path / "futures"))
    table = pq.read_table(tmp_path / "futures" / "futures")
    assert table["future"].to_pylist() == list(range(23))
    for number, site in enumerate(script.sites):
        days = [day for day in table[f"last_out.{site.name}"].to_pylist() if day is not None]
        assert len(days) == round(23 * summary.tally("last_out", number).at_most(script.days).probability)
    with pytest.raises(StoreError, match="with seed 7, not 8"):
        run_ensemble(script, 23, seed=8, store=Store(tmp_path / "futures", resume=True))


def test_drivers_of_one_name_are_told_apart(script):
    assert Names.of(script, ["pace a", "refusal a", "refusal a"]).drivers == ("pace a", "refusal a", "refusal a 2")
