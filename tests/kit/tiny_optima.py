"""The optima of the tiny missions, found when they are asked for, and how near the simple plans come.

PYTHONPATH=tests python -m kit.tiny_optima 0 100
"""

from __future__ import annotations

import sys
from functools import cache

from drawdown.plan.measures import measure_plan
from drawdown.planner.construction.simple import plan_simply
from kit.brute_force import brute_force
from kit.tiny_missions import tiny_mission


@cache
def optimum(seed: int) -> float:
    """The least objective of any lawful plan of a tiny mission; found once a run."""
    return brute_force(tiny_mission(seed))


def standings(first: int, after: int) -> str:
    """A line a seed: the optimum, the simple plan's objective and the rules that it breaks; a line of sums."""
    lines, equal, lawful = [], 0, 0
    for seed in range(first, after):
        mission = tiny_mission(seed)
        outcome = plan_simply(mission)
        simple = measure_plan(mission, outcome.plan).objective(mission.courses[0])
        equal += not outcome.unmet and simple <= optimum(seed) + 1e-6
        lawful += not outcome.unmet
        unmet = ", ".join(sorted({broken.rule for broken in outcome.unmet}))
        lines.append(f"{seed:4} {optimum(seed):12.2f} {simple:12.2f} {unmet}")
    return "\n".join([*lines, f"simple plans: {lawful} lawful, {equal} best, of {after - first}"])


if __name__ == "__main__":
    sys.stdout.write(standings(int(sys.argv[1]), int(sys.argv[2])) + "\n")
