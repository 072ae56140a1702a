"""How long it takes, and how much memory, to read and check a mission of 100 sites and 20,000 lots."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from drawdown.bench.big_mission import big_mission
from drawdown.bench.registry import benchmark
from drawdown.desk.missions import open_mission
from drawdown.files import write_mission

SITES, LOTS = 100, 20_000
_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, others kilobytes


@cache
def _read_in_child() -> tuple[float, float]:
    """Seconds and megabytes of a process that reads the mission and does nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big"
        write_mission(big_mission(SITES, LOTS), path)
        command = [sys.executable, "-m", "drawdown.bench.read_big_mission", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


@benchmark(f"read and check {SITES} sites and {LOTS:,} lots", bar=3.0, unit="s")
def read_big_mission() -> float:
    """Seconds."""
    return _read_in_child()[0]


@benchmark("the same: greatest memory", bar=500, unit="MB")
def read_big_mission_memory() -> float:
    """Megabytes that the process held at most."""
    return _read_in_child()[1]


if __name__ == "__main__":
    import resource  # not on Windows, where there is no such figure

    start = time.perf_counter()
    open_mission(sys.argv[1])
    took = time.perf_counter() - start
    sys.stdout.write(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE]))
