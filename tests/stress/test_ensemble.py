"""An ensemble comes to the same bytes here and over processes, some of which are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from drawdown.stress.job import EnsembleError
from drawdown.stress.packing import pack
from drawdown.stress.running import How, run_job
from kit.fake_futures import FACTS, NAMES, Trouble, fake_job


def play(futures=103, how=None, trouble=None, batch=5):
    return run_job(fake_job(trouble, futures=futures, batch=batch), how or How(), FACTS, NAMES)


ALONE = pack(play())


def test_batches_do_not_change_the_result():
    assert pack(play(batch=17)) == ALONE


def test_two_processes_come_to_the_same():
    assert pack(play(how=How(workers=2))) == ALONE


def test_a_process_that_is_killed_at_work_loses_nothing(tmp_path):
    trouble = Trouble(tmp_path, kill_at=50, times=2)
    assert pack(play(how=How(workers=2), trouble=trouble)) == ALONE
    assert len(list(tmp_path.iterdir())) == 2


def test_a_process_that_is_killed_from_outside_loses_nothing():
    killed = []

    def kill(_done, _all):
        if not killed:
            killed.extend(multiprocessing.active_children()[:1])
            os.kill(killed[0].pid, signal.SIGKILL)

    assert pack(play(how=How(workers=2, progress=kill))) == ALONE
    assert killed


def test_a_batch_that_kills_time_and_again_is_named(tmp_path):
    with pytest.raises(EnsembleError, match=r"futures 50 to 54 ended 3 processes .* killed by signal 9"):
        play(how=How(workers=2), trouble=Trouble(tmp_path, kill_at=51, times=99))
    assert not multiprocessing.active_children()


def test_a_batch_that_fails_is_named(tmp_path):
    with pytest.raises(EnsembleError, match="futures 50 to 54 cannot be played: ArithmeticError: future 51") as caught:
        play(how=How(workers=2), trouble=Trouble(tmp_path, fail_at=51))
    assert "Traceback" in caught.value.__notes__[0]


def test_progress_is_told_in_order():
    told = []
    play(futures=12, how=How(workers=2, progress=lambda done, of: told.append((done, of))))
    assert told == [(5, 12), (10, 12), (12, 12)]


@pytest.mark.parametrize("workers", [1, 2])
def test_it_ends_when_the_chance_of_the_deadline_is_known_well_enough(workers):
    enough = play(futures=4000, how=How(workers=workers, until=0.06))
    share = enough.in_time()
    assert share.high - share.low <= 0.12
    assert pack(enough) == pack(play(futures=enough.futures))
    assert enough.futures % 20 == 0
    before = play(futures=enough.futures - 20).in_time()
    assert before.high - before.low > 0.12


def test_no_futures_and_no_workers_are_refused():
    with pytest.raises(ValueError, match="0 futures over 1 workers: both must be at least 1"):
        play(futures=0)


INTERRUPTED = """
import multiprocessing
from pathlib import Path
from kit.fake_futures import FACTS, NAMES, Trouble, fake_job
from drawdown.stress.job import Job
from drawdown.stress.running import How, run_job
from drawdown.stress.summary import Frame

def tell(done, _all):
    if done == 5:
        print(len(multiprocessing.active_children()), "processes", flush=True)

if __name__ == "__main__":
    job = fake_job(Trouble(Path(), slow=0.05), futures=10_000)
    run_job(job, How(workers=2, progress=tell), FACTS, NAMES)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupt_or_a_kill_ends_the_processes(tmp_path, how):
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        assert run.stdout.readline() == "2 processes\n"
        run.send_signal(how)
        run.communicate(timeout=20)  # their output ends when the last of them has
        assert run.returncode == -how
