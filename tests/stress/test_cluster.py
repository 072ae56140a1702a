"""An ensemble on a real Dask cluster of three worker processes, some of which are killed, comes to the same bytes."""

from __future__ import annotations

import logging
import os
import signal
import sys

import pytest
from distributed import Client, LocalCluster

import drawdown
from drawdown.stress import cluster as on_cluster
from drawdown.stress import extras
from drawdown.stress.ensemble import run_ensemble
from drawdown.stress.job import EnsembleError
from drawdown.stress.packing import pack
from drawdown.stress.running import How, run_job
from kit.fake_futures import FACTS, NAMES, Trouble, fake_job
from kit.tiny_script import tiny_job, tiny_script


def local_cluster(workers):
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=logging.CRITICAL
    )


@pytest.fixture(scope="module")
def cluster():
    with local_cluster(3) as cluster:
        yield cluster


def play(address, trouble=None, progress=None, until=None):
    return run_job(fake_job(trouble), How(cluster=address, progress=progress, until=until), FACTS, NAMES)


def killer_of_one(cluster):
    """Kills one of the three worker processes as soon as the first batch is there."""
    with Client(cluster) as client:
        client.wait_for_workers(3)
        alive = list(client.run(os.getpid).values())

    def kill(done, _all):
        if done == 5:
            os.kill(alive[0], signal.SIGKILL)

    return kill


@pytest.fixture(scope="module")
def alone():
    return pack(play(None))


def test_a_cluster_comes_to_the_same(cluster, alone):
    assert pack(play(cluster.scheduler_address)) == alone


def test_a_worker_that_is_killed_at_work_loses_nothing(cluster, alone, tmp_path):
    assert pack(play(cluster.scheduler_address, Trouble(tmp_path, kill_at=50))) == alone
    assert [path.name for path in tmp_path.iterdir()] == ["killed-0"]


def test_a_worker_that_is_killed_from_outside_with_what_it_had_finished_loses_nothing(cluster, alone):
    assert pack(play(cluster.scheduler_address, progress=killer_of_one(cluster))) == alone


def test_real_futures_come_to_the_same_when_a_worker_is_killed_among_them(cluster):
    script = tiny_script()
    kill = killer_of_one(cluster)
    real = run_job(tiny_job(script), How(cluster=cluster.scheduler_address, progress=kill), FACTS, NAMES)
    assert pack(real) == pack(run_ensemble(script, 23, seed=7))


def test_a_run_that_has_enough_leaves_the_cluster_as_it_was(cluster):
    before = set(cluster.scheduler.worker_plugins)
    assert play(cluster.scheduler_address, until=0.2).futures < 103
    assert cluster.scheduler.tasks == {}
    assert set(cluster.scheduler.worker_plugins) == before


def test_a_batch_that_kills_time_and_again_is_named(cluster, tmp_path):
    with pytest.raises(EnsembleError, match="futures 50 to 54 cannot be played: KilledWorker"):
        play(cluster.scheduler_address, Trouble(tmp_path, kill_at=50, times=99))


def test_a_batch_that_fails_is_named(cluster, tmp_path):
    with pytest.raises(EnsembleError, match="futures 50 to 54 cannot be played: ArithmeticError: future 51"):
        play(cluster.scheduler_address, Trouble(tmp_path, fail_at=51))


def test_workers_of_another_version_are_refused(cluster, monkeypatch):
    monkeypatch.setattr(drawdown, "__version__", "0.0.1")
    with pytest.raises(EnsembleError, match=r"a worker has drawdown [\d.]+, but the run is of 0\.0\.1"):
        play(cluster.scheduler_address)


def test_an_address_where_nobody_answers_is_told(monkeypatch):
    monkeypatch.setattr(on_cluster, "ANSWER", 0.2)
    with pytest.raises(EnsembleError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1; is that its address"):
        play("tcp://127.0.0.1:1")


def test_a_cluster_without_workers_is_told(monkeypatch):
    monkeypatch.setattr(on_cluster, "TURN_UP", 0.2)
    with (
        local_cluster(0) as empty,
        pytest.raises(EnsembleError, match="has no workers; start some and try again"),
    ):
        play(empty.scheduler_address)


def test_a_cluster_that_loses_all_its_workers_is_told(monkeypatch):
    with local_cluster(1) as small:

        def lose(_done, _all):
            monkeypatch.setattr(on_cluster, "TURN_UP", 0.5)
            small.sync(small.workers[0].close)

        with pytest.raises(EnsembleError, match="has lost all its workers"):
            play(small.scheduler_address, progress=lose)


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "drawdown.stress.cluster")
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    with pytest.raises(extras.MissingExtraError, match=r"a cluster needs distributed; .* 'drawdown\[cluster\]'"):
        play("tcp://127.0.0.1:1")
