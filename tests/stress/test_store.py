"""A store holds every future once, is whole or not there, and goes on where a killed run stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from drawdown.stress import extras
from drawdown.stress.packing import pack
from drawdown.stress.running import How, run_job
from drawdown.stress.store import Store, StoreError, read_summary
from kit.fake_futures import DAYS, DRIVERS, FACTS, NAMES, SITES, fake_job, fake_play


def play(store, facts=FACTS, **how):
    return run_job(fake_job(rows=True), How(store=store, **how), facts, NAMES)


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "futures of a plan"
    play(Store(folder))
    return folder


def test_every_future_is_there_once_as_it_was(whole):
    table = pq.read_table(whole / "futures")
    block = fake_play(None, 7, 0, 103)
    assert table["future"].to_pylist() == list(range(103))
    assert table["cost_usd"].to_pylist() == list(block.cost_usd)
    assert table["lost_teu.left_behind"].to_pylist() == list(block.lost_teu[:, 5])
    assert table["driver.d"].to_pylist() == list(block.drivers[:, DRIVERS - 1])
    kidal = [day if day <= DAYS else None for day in block.last_out[:, 1].tolist()]
    assert table["last_out.kidal"].to_pylist() == kidal
    assert len([name for name in table.column_names if name.startswith("handover.")]) == SITES


def test_it_comes_with_its_summary_and_what_was_run(whole):
    assert sorted(path.name for path in whole.iterdir()) == ["futures", "run.json", "summary.npz"]
    assert pack(read_summary(whole)) == pack(play(None))
    assert b'"script": "5c21"' in pq.read_schema(whole / "futures" / "part-000000.parquet").metadata[b"drawdown"]


def test_workers_do_not_change_a_byte(whole, tmp_path):
    play(Store(tmp_path / "two"), workers=2)
    assert content(tmp_path / "two") == content(whole)


KILLED = """
import os, signal, sys
from pathlib import Path
from kit.fake_futures import FACTS, NAMES, fake_job
from drawdown.stress.running import How, run_job
from drawdown.stress.store import Store

def die(done, _all):
    if done >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    how = How(workers=int(sys.argv[3]), store=Store(Path(sys.argv[1])), progress=die)
    run_job(fake_job(rows=True), how, FACTS, NAMES)
"""


def run_and_kill(folder, *, at, workers):
    """Run the same in a process of its own, which is killed after so many futures."""
    script = folder.with_name("killed.py")
    script.write_text(KILLED, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    asked = [sys.executable, script, folder, str(at), str(workers)]
    run = subprocess.run(asked, env=environment, check=False, capture_output=True, timeout=60)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_leaves_nothing_that_looks_whole_and_can_be_resumed(whole, tmp_path, workers):
    folder = tmp_path / "killed"
    run_and_kill(folder, at=50, workers=workers)
    assert not folder.exists()
    assert len(list(folder.with_name("killed.partial").glob("part-*.npz"))) == 2  # 40 of 50 futures, in parts of 20
    told = []
    summary = play(Store(folder, resume=True), workers=workers, progress=lambda done, _all: told.append(done))
    assert told[0] == 45
    assert content(folder) == content(whole)
    assert pack(summary) == pack(read_summary(whole))
    assert not folder.with_name("killed.partial").exists()


def test_a_part_that_was_being_written_is_not_taken_for_whole(whole, tmp_path):
    folder, draft = tmp_path / "torn", tmp_path / "torn.partial"
    run_and_kill(folder, at=50, workers=1)
    (draft / "part-000001.npz").unlink()
    (draft / "futures" / "part-000001.parquet").write_bytes(b"PAR1 torn")
    (draft / "futures" / "abc.tmp").write_bytes(b"half")
    play(Store(folder, resume=True))
    assert content(folder) == content(whole)


def test_a_run_that_was_killed_in_its_last_moment_only_gets_its_name(whole, tmp_path):
    folder, draft = tmp_path / "last", tmp_path / "last.partial"
    play(Store(folder))
    folder.rename(draft)
    told = []
    play(Store(folder, resume=True), progress=lambda *now: told.append(now))
    assert told == []
    assert content(folder) == content(whole)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"seed": 8}, "seed 7, not 8"),
        ({"script": "0f", "chance": 0}, "script 5c21, not 0f; chance 4095, not 0"),
        ({"batch": 500}, "batch 5, not 500"),
        ({"until": 0.01}, "until None, not 0.01"),
    ],
)
@pytest.mark.parametrize("end", [True, False])
def test_another_run_is_not_resumed(tmp_path, other, told, end):
    folder = tmp_path / "mine"
    play(Store(folder))
    if not end:
        folder.rename(tmp_path / "mine.partial")
    with pytest.raises(StoreError, match=f"is of another run, with {told}; name another folder"):
        play(Store(folder, resume=True), FACTS | other)


def test_what_is_there_is_not_overwritten(whole, tmp_path):
    with pytest.raises(StoreError, match="is there already; name another folder, or resume its run"):
        play(Store(whole))
    (tmp_path / "old").mkdir()
    with pytest.raises(StoreError, match=r"old is there already; name another folder"):
        play(Store(tmp_path / "old", resume=True))
    run_and_kill(tmp_path / "mine", at=25, workers=1)
    with pytest.raises(StoreError, match=r"mine\.partial holds a run that did not end; resume it, or delete"):
        play(Store(tmp_path / "mine"))


def test_a_whole_run_is_told_again_without_playing(whole):
    told = []
    assert pack(play(Store(whole, resume=True), progress=lambda *now: told.append(now))) == pack(read_summary(whole))
    assert told == []


def test_a_missing_package_is_named_with_its_extra(monkeypatch, tmp_path):
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    with pytest.raises(extras.MissingExtraError, match=r"writing futures .* needs pyarrow; .* 'drawdown\[store\]'"):
        Store(tmp_path / "futures")


def test_days_are_numbers_also_where_all_are_missing(tmp_path):
    never = replace(fake_job(futures=3, rows=True), play=_never)
    run_job(never, How(store=Store(tmp_path / "never")), FACTS, NAMES)
    column = pq.read_table(tmp_path / "never" / "futures")["out_by"]
    assert (str(column.type), column.null_count) == ("int64", 3)


def _never(*asked):
    return replace(fake_play(*asked), out_by=np.full(3, DAYS + 1))
