"""The best plans of missions with escorts, mines, seasons, blocks and liquidation, seen by two engines and by hand.

Every plan of the model passes `verify_plan` in `solve_exactly`; here the optimum is judged: two engines of different
kinds find the same one, and no plan of the constructive planner is better.
"""

from __future__ import annotations

import pytest

from drawdown.plan.measures import measure_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.monolith.exact import solve_exactly
from planner.monolith.rich import rich_mission

#: Missions whose best plans take a second or so to prove.
QUICK = (1, 3, 5)


def assert_sound(seed: int) -> None:
    mission = rich_mission(seed)
    course = mission.courses[0]
    by_highs = solve_exactly(mission, course, seconds=300)
    by_cp_sat = solve_exactly(mission, course, seconds=300, engine="cp-sat")
    assert by_highs.status == by_cp_sat.status != "stopped"
    assert by_highs.objective == pytest.approx(by_cp_sat.objective, rel=1e-6)
    simple = plan_simply(mission)
    if not simple.unmet:
        assert by_highs.objective <= measure_plan(mission, simple.plan).objective(course) * (1 + 1e-9)


@pytest.mark.parametrize("seed", QUICK)
def test_two_engines_agree_and_nothing_lawful_is_better(seed: int):
    assert_sound(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(50))
def test_two_engines_agree_and_nothing_lawful_is_better_fifty_times(seed: int):
    assert_sound(seed)
