"""The benchmarks: each is one small file with a function that measures, and the bar that it must reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from drawdown.mission.faults import Fault, MissionError, Spot, suggest


class Benchmark(NamedTuple):
    """A figure with its bar: the greatest value that is good enough, in ``unit``."""

    name: str
    what: str
    bar: float
    unit: str
    measure: Callable[[], float]


class Measured(NamedTuple):
    """What a benchmark gave on this machine, now."""

    name: str
    what: str
    value: float
    bar: float
    unit: str
    met: bool


MODULES = ("start_up", "check_minusma", "read_big_mission", "plan_minusma", "verify_minusma")
_BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(what: str, *, bar: float, unit: str) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Register a function that measures one figure; its name is the benchmark's."""

    def register(measure: Callable[[], float]) -> Callable[[], float]:
        _BENCHMARKS[measure.__name__] = Benchmark(measure.__name__, what, bar, unit, measure)
        return measure

    return register


def benchmarks() -> dict[str, Benchmark]:
    """Every benchmark by name."""
    for module in MODULES:
        import_module(f"drawdown.bench.{module}")
    return _BENCHMARKS


def run(names: Sequence[str], progress: Callable[[str], None]) -> list[Measured]:
    """Measure the named benchmarks, or all of them; raises `MissionError` for a name that there is not."""
    known = benchmarks()
    if strangers := [name for name in names if name not in known]:
        raise MissionError(
            Fault("fault", Spot("benchmarks"), name, "no such benchmark", suggest(name, known), "bench")
            for name in strangers
        )
    found = []
    for name in names or known:
        _, what, bar, unit, measure = known[name]
        progress(f"measuring: {what}")
        value = measure()
        found.append(Measured(name, what, round(value, 3), bar, unit, value <= bar))
    return found
