"""How long it takes to check the MINUSMA mission."""

from drawdown.bench.commands import best_of
from drawdown.bench.registry import benchmark


@benchmark("drawdown check minusma", bar=1.5, unit="s")
def check_minusma() -> float:
    """Seconds, the best of three."""
    return best_of(3, "check", "minusma", "--json")
