"""The same problem given to one general solver alone, as anybody would write it down: what our engine is held against.

Both get the plain model: balance of every commodity at every place, and room on every arc only where a service runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from drawdown.planner.engines.shipping import Network
from drawdown.planner.engines.shipping_model import Model
from drawdown.planner.engines.shipping_streams import single_streams


def highs_alone(network: Network, seconds: float) -> tuple[float | None, float]:
    """The cost that HiGHS finds (infinite: proven that there is none; None: nothing found), and its seconds."""
    start = time.perf_counter()
    answer = Model(network, single_streams(network), integer=True).solve(seconds=seconds)
    known = answer.outcome == "infeasible" or len(answer.services) > 0
    return (answer.cost if known else None), time.perf_counter() - start


def cp_sat_alone(path: Path, seconds: float, workers: int) -> tuple[float | None, float]:
    """The same of CP-SAT for a `.dow` file; its seconds include the start of its process."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "drawdown.bench.instances.network_design_cp_sat", str(path)]
    command += [str(seconds), str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    return json.loads(done.stdout), time.perf_counter() - start
