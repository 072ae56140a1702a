"""How long `drawdown --help` takes."""

from drawdown.bench.commands import best_of
from drawdown.bench.registry import benchmark


@benchmark("drawdown --help", bar=0.5, unit="s")
def start_up() -> float:
    """Seconds, the best of three."""
    return best_of(3, "--help")
