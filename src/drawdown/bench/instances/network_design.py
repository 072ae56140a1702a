"""Published network design instances (`.dow` files): the shipping engine beside HiGHS and CP-SAT alone.

A folder holds the files and ``values.csv`` with the columns ``instance`` and ``proven_optimum`` (a number, or
``infeasible``). Such instances are the engine's own problem with one service an arc at most; a mission's days and
rules would only be in the way.
"""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from drawdown.bench.instances.network_design_files import read_dow, read_values
from drawdown.bench.instances.network_design_peers import cp_sat_alone, highs_alone
from drawdown.planner.engines.shipping import Limits, Network, ship

#: Names the folder where no argument does.
FOLDER_VARIABLE = "DRAWDOWN_NETWORK_DESIGN"

#: A cost is the proven one if it differs by less than this share: costs are published rounded to whole numbers.
EXACT = 1e-5

#: What is good enough for the instances that are not small.
NEAR = 0.005


@dataclass(frozen=True)
class Row:
    """One instance: costs (infinite: proven to have none), seconds, and what HiGHS and CP-SAT find in the same time."""

    instance: str
    best_known: float
    ours: float
    status: str
    bound: float
    seconds: float
    reason: str = ""
    highs: float | None = None
    highs_seconds: float | None = None
    cp_sat: float | None = None
    cp_sat_seconds: float | None = None

    @property
    def gap(self) -> float:
        """How far ours is above the best known, as a share; 0 where both are proven to have none, else infinite."""
        if math.isinf(self.best_known):
            return 0.0 if self.status == "infeasible" and self.reason else math.inf
        return (self.ours - self.best_known) / self.best_known

    @property
    def met(self) -> bool:
        """Whether it is as good as it must be: exact in the small family (``r0``), else within half a percent."""
        return abs(self.gap) <= EXACT if self.instance.startswith("r0") else self.gap <= NEAR


def rows(folder: Path | None = None, seconds: float = 60.0, *, peers: bool = True, workers: int = 2) -> list[Row]:
    """Every instance that ``values.csv`` of a folder lists.

    Without ``folder`` the one that the variable `FOLDER_VARIABLE` names. Raises `MissionError` where there is none or
    where a file cannot be read.
    """
    where = folder or Path(os.environ.get(FOLDER_VARIABLE, ""))
    values = read_values(where / "values.csv")
    found: list[Row] = []
    for name, best in values.items():
        path = where / f"{name}.dow"
        network = read_dow(path)
        row = solved(name, best, network, Limits(seconds=seconds, workers=workers))
        if peers:
            highs, highs_seconds = highs_alone(network, seconds)
            cp_sat, cp_sat_seconds = cp_sat_alone(path, seconds, workers)
            row = replace(row, highs=highs, highs_seconds=highs_seconds, cp_sat=cp_sat, cp_sat_seconds=cp_sat_seconds)
        found.append(row)
    return found


def solved(name: str, best: float, network: Network, limits: Limits) -> Row:
    """What our engine alone finds for one instance."""
    start = time.perf_counter()
    found = ship(network, limits)
    took = time.perf_counter() - start
    return Row(name, best, found.cost, found.status, found.bound, took, found.reason)
