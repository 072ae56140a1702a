"""A generated mission of 100 sites and a year: a lawful plan, its gap, and the memory."""

from __future__ import annotations

import resource
from collections.abc import Iterator

from drawdown.bench.big_mission import big_mission
from drawdown.bench.registry import Figure, benchmark
from drawdown.planner.optimise import Effort, optimise

#: The time that the figure is about.
SECONDS = 600.0


@benchmark("100 sites, 365 days, 10 minutes", group="plan")
def large_plan() -> Iterator[Figure]:
    """Gap, and the greatest memory of this process and of those it started."""
    found = optimise(big_mission(100, 1_000), effort=Effort(seconds=SECONDS))
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    gap = 100.0 if found.gap is None else 100 * found.gap
    way = f"from {found.start_objective / 1e6:.1f} to {found.objective / 1e6:.1f} million"
    note = f"{found.status}; {way} in {found.seconds:.0f} s"
    yield Figure("100 sites, 365 days, 10 minutes: gap", gap, 20, "%", note=note)
    yield Figure("100 sites, 365 days: rules broken", float(len(found.unmet)), 0, "rules")
    yield Figure("100 sites, 365 days: memory", most / 1024**2, 4, "GB")
