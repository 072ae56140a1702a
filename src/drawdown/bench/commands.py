"""Running Drawdown as a person does: a process of its own, timed from outside."""

from __future__ import annotations

import subprocess
import sys
import time


def drawdown(*args: str) -> float:
    """Seconds that a command takes from start to end; raises `CalledProcessError` if it fails."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "drawdown", *args], check=True, capture_output=True)  # noqa: S603  ourselves
    return time.perf_counter() - start


def best_of(times: int, *args: str) -> float:
    """The shortest of several runs: what the machine can do when nothing else is in its way."""
    return min(drawdown(*args) for _ in range(times))
