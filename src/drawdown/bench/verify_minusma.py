"""How long the rules take to judge a plan of the MINUSMA mission."""

import time

from drawdown.bench.registry import benchmark
from drawdown.desk.missions import open_mission
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply


@benchmark("every rule on the MINUSMA plan", bar=1.0, unit="s")
def verify_minusma() -> float:
    """Seconds, the best of three."""
    mission = open_mission("minusma")
    plan = plan_simply(mission).plan
    times = []
    for _ in range(3):
        start = time.perf_counter()
        verify_plan(mission, plan)
        times.append(time.perf_counter() - start)
    return min(times)
