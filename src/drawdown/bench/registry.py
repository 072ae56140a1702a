"""The benchmarks: each is one small file with a function that measures, and the bar that it must reach."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from drawdown.mission.faults import Fault, MissionError, Spot, suggest


class Figure(NamedTuple):
    """One figure of a benchmark that gives several, with its own bar, what peers reach on the same work, and a note.

    It is good enough at most at its bar, or ``at_least`` at it.
    """

    what: str
    value: float
    bar: float
    unit: str
    at_least: bool = False
    peers: Mapping[str, float | str] = {}
    note: str = ""


class Benchmark(NamedTuple):
    """Something to measure: one figure with its bar (the greatest value that is good enough), or several figures.

    ``group`` gathers those that take minutes; they run only if they or their group are named.
    """

    name: str
    what: str
    bar: float
    unit: str
    measure: Callable[[], float | Iterable[Figure]]
    group: str


class Measured(NamedTuple):
    """What a benchmark gave on this machine, now."""

    name: str
    what: str
    value: float
    bar: float
    unit: str
    met: bool
    peers: Mapping[str, float | str]
    note: str


MODULES = (
    "start_up",
    "check_minusma",
    "read_big_mission",
    "plan_minusma",
    "verify_minusma",
    "best_plan",
    "large_plan",
    "replan_minusma",
    "tiny_plans",
    "published",
    "stress_minusma",
    "ledger_appends",
    "standing_million",
    "hindcast_minusma",
)
_BENCHMARKS: dict[str, Benchmark] = {}

#: Where published instances lie: a folder with `network-design`, `project-scheduling` and `evacuation` in it.
instances: Path | None = None

Measure = Callable[[], float | Iterable[Figure]]


def benchmark(what: str, *, bar: float = math.nan, unit: str = "", group: str = "") -> Callable[[Measure], Measure]:
    """Register a function that measures; its name is the benchmark's."""

    def register(measure: Measure) -> Measure:
        _BENCHMARKS[measure.__name__] = Benchmark(measure.__name__, what, bar, unit, measure, group)
        return measure

    return register


def benchmarks() -> dict[str, Benchmark]:
    """Every benchmark by name."""
    for module in MODULES:
        import_module(f"drawdown.bench.{module}")
    return _BENCHMARKS


def run(names: Sequence[str], progress: Callable[[str], None], folder: Path | None = None) -> list[Measured]:
    """Measure the named benchmarks and groups, or all that take seconds; `MissionError` for a name that there is not.

    ``folder`` holds the published instances.
    """
    global instances  # noqa: PLW0603 - set once by the command, read by the benchmarks that need it
    instances = folder
    known = benchmarks()
    groups = {row.group for row in known.values() if row.group}
    if strangers := [name for name in names if name not in known and name not in groups]:
        raise MissionError(
            Fault("fault", Spot("benchmarks"), name, "no such benchmark", suggest(name, [*known, *groups]), "bench")
            for name in strangers
        )
    chosen = [row for row in known.values() if row.name in names or (row.group in names if names else not row.group)]
    return [measured for row in chosen for measured in _measure(row, progress)]


def _measure(row: Benchmark, progress: Callable[[str], None]) -> Iterable[Measured]:
    progress(f"measuring: {row.what}")
    found = row.measure()
    figures = [Figure(row.what, found, row.bar, row.unit)] if isinstance(found, float | int) else found
    for one in figures:
        met = one.value >= one.bar if one.at_least else one.value <= one.bar
        yield Measured(row.name, one.what, round(one.value, 3), one.bar, one.unit, met, one.peers, one.note)
