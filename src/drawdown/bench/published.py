"""Published instances: results beside the best known, and beside HiGHS alone and CP-SAT alone in the same time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from drawdown.bench import registry
from drawdown.bench.instances import evacuation, network_design, project_scheduling
from drawdown.bench.registry import Figure, benchmark
from drawdown.planner.engines.scheduling_problem import Limits

#: Room for rounding when makespans are compared (minutes).
EPS = 1e-6


def _folder(name: str) -> Path | None:
    """The folder of a family of instances, if one was given and is there."""
    folder = registry.instances / name if registry.instances else None
    return folder if folder and folder.is_dir() else None


@benchmark("published network design instances", group="plan")
def network_designs() -> Iterator[Figure]:
    """Fixed-charge network design: values that are proven, and the instances that have no solution."""
    folder = _folder("network-design")
    for row in network_design.rows(folder, 60.0) if folder else ():
        peers = {"HiGHS alone": _cost(row.highs), "CP-SAT alone": _cost(row.cp_sat)}
        bar = 0.0 if row.instance.startswith("r0") else 100 * network_design.NEAR
        above = 0.0 if abs(row.gap) <= network_design.EXACT else 100 * row.gap
        found = "proven to have no solution" if row.status == "infeasible" else "above the proven value"
        note = row.reason or f"{row.ours:,.0f} in {row.seconds:.1f} s, best known {row.best_known:,.0f}"
        yield Figure(f"{row.instance}: {found}", above, bar, "%", peers=peers, note=note)


@benchmark("published project scheduling instances", group="plan")
def project_schedules() -> Iterator[Figure]:
    """Steps, crews and modes: the average distance from the best known makespans."""
    folder = _folder("project-scheduling")
    for family, bar in (("J30", 0.0), ("J60", 1.0), ("MMLIB50", 1.5)) if folder else ():
        found = list(project_scheduling.measure(folder, Limits(seconds=15), family)) if folder else []
        others = [value / row.best - 1 for row in found if (value := row.peers.get("CP-SAT")) is not None]
        peers: dict[str, float | str] = {"CP-SAT alone": 100 * sum(others) / max(1, len(others))}
        best = sum(row.ours <= row.best + EPS for row in found)
        gap = 100 * sum(row.gap for row in found) / max(1, len(found))
        note = f"{best} of {len(found)} as good as the best known"
        yield Figure(f"{family}, 15 s: above the best known", gap, bar, "%", peers=peers, note=note)


@benchmark("published evacuation instances", group="plan")
def evacuations() -> Iterator[Figure]:
    """A mixed fleet on several trips: published plans replayed, and plans of our own in ten seconds."""
    folder = _folder("evacuation")
    if folder is None:
        return
    yield Figure("evacuation: published plans replayed", evacuation.replayed(folder), 24, "of 24", at_least=True)
    found = list(evacuation.measure(folder, Limits(seconds=10)))
    names = sorted({name for row in found for name in row.peers})
    peers: dict[str, float | str] = {
        f"{name} alone": sum((row.peers.get(name) or math.inf) <= row.best + EPS for row in found) for name in names
    }
    good = sum(row.ours <= row.best + EPS for row in found)
    yield Figure("evacuation, 10 s: equal or better", good, 21, f"of {len(found)}", at_least=True, peers=peers)


def _cost(value: float | None) -> float | str:
    return "none" if value is None else value
