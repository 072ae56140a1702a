"""How long the simple planner takes for the MINUSMA mission."""

import tempfile
from pathlib import Path

from drawdown.bench.commands import drawdown
from drawdown.bench.registry import benchmark


@benchmark("drawdown plan minusma", bar=30, unit="s")
def plan_minusma() -> float:
    """Seconds of one run, with reading, verifying and writing."""
    with tempfile.TemporaryDirectory() as folder:
        return drawdown("plan", "minusma", "--out", str(Path(folder) / "plan"))
