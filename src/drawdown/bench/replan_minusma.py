"""How long a re-plan takes after a disturbance, and how much it leaves alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from drawdown.bench.registry import Figure, benchmark
from drawdown.desk.missions import open_mission
from drawdown.plan.wishes import LegWish, Wishes
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.wishing.replanning import replan


@benchmark("re-plan of MINUSMA after a road is closed for three weeks", group="plan")
def replan_minusma() -> Iterator[Figure]:
    """The road from Kidal to Gao is closed for three weeks in August; everything else stays as it is if it can."""
    mission = open_mission("minusma")
    plan = plan_simply(mission).plan
    start = mission.mission.cessation + timedelta(days=32)
    wish = LegWish(leg="kidal-gao-road", from_date=start, to_date=start + timedelta(days=20))
    began = time.perf_counter()
    again = replan(mission, plan, Wishes(wishes=(wish,)))
    seconds = time.perf_counter() - began
    counts = again.changes
    kept = len(plan.moves) - counts.moves_dropped - counts.moves_dated - counts.moves_reloaded - counts.moves_altered
    left = f"{len(again.unmet)} rules broken, {len(again.unkept)} wishes not kept"
    note = f"{kept} of {len(plan.moves)} moves as they were, {left}"
    yield Figure("re-plan of MINUSMA with a road closed for three weeks", seconds, 10, "s", note=note)
