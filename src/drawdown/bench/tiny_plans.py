"""Tiny missions, on which every plan can be tried: the planner beside an exhaustive search.

The missions and the exhaustive search belong to the tests, which are not installed: run it from a checkout, with
``tests`` on the path, as `make bench` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from math import isclose

from drawdown.bench.registry import Figure, benchmark
from drawdown.planner.optimise import Effort, optimise

MISSIONS = 100


@benchmark("tiny missions equal to the exhaustive search", group="plan")
def tiny_plans() -> Iterator[Figure]:
    """How many of 100 tiny missions are planned as well as they can be, and proven to be."""
    if find_spec("kit") is None:
        return
    tiny_mission = import_module("kit.tiny_missions").tiny_mission
    optimum = import_module("kit.tiny_optima").optimum
    best = proven = 0
    for seed in range(MISSIONS):
        found = optimise(tiny_mission(seed), effort=Effort(seconds=30, workers=1))
        best += not found.unmet and isclose(found.objective, optimum(seed), rel_tol=1e-6)
        proven += found.status == "optimal"
    yield Figure("tiny missions planned as well as can be", best, MISSIONS, "of 100", at_least=True)
    yield Figure("tiny missions proven so", proven, MISSIONS, "of 100", at_least=True)
