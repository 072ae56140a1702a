"""How long the constructive plan of the MINUSMA mission takes."""

import tempfile
from pathlib import Path

from drawdown.bench.commands import drawdown
from drawdown.bench.registry import benchmark


@benchmark("drawdown plan minusma --time-limit 0", bar=30, unit="s")
def plan_minusma() -> float:
    """Seconds of one run, with reading, verifying and writing."""
    with tempfile.TemporaryDirectory() as folder:
        return drawdown("plan", "minusma", "--time-limit", "0", "--out", str(Path(folder) / "plan"))
