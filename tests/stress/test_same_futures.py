"""The fast futures and the plain ones are the same, event for event.

Two implementations of `docs/futures.md` that share nothing but the script and the draws. The plain one is in
`kit.plain_futures`.
"""

from functools import cache

import pytest

from drawdown.desk import open_mission
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.compile import compile_script
from drawdown.stress.play import play_one
from drawdown.stress.script import ALL_CHANCE, NO_CHANCE, Chance
from kit.plain_futures import play
from kit.random_missions import random_mission

SEED = 7


@cache
def script_of(name):
    mission = random_mission(name) if isinstance(name, int) else open_mission(name)
    return compile_script(mission, plan_simply(mission).plan)


def assert_same(script, future, chance):
    plain, fast = play(script, SEED, future, chance), play_one(script, SEED, future, int(chance))
    assert sorted(plain.events) == sorted((day, int(event), a, b) for day, event, a, b in fast.events)
    assert plain.piles == list(fast.piles)
    block = fast.block
    for name in ("out_by", "casualties", "attacks", "vehicles_lost", "uncovered"):
        assert getattr(plain, name) == getattr(block, name)[0], name
    for name in ("last_out", "handover", "lost_items", "remaining"):
        assert getattr(plain, name) == getattr(block, name)[0].tolist(), name
    for name in ("lost_teu", "lost_usd", "cost_usd"):  # sums of money are added up in different orders
        assert getattr(plain, name) == pytest.approx(getattr(block, name)[0]), name


@pytest.mark.parametrize("chance", [NO_CHANCE, *Chance], ids=lambda chance: chance.name or "none")
def test_each_chance_by_itself(chance):
    for future in range(4):
        assert_same(script_of("tiny"), future, chance)


@pytest.mark.parametrize("future", range(30))
def test_all_chances_together(future):
    assert_same(script_of("tiny"), future, ALL_CHANCE)


# In 15 and 17 last acts of a site wait for each other; in 61 a flight has disputed days.
@pytest.mark.parametrize("seed", [1, 6, 8, 15, 17, 35, 61])
def test_random_missions(seed):
    script = script_of(seed)
    assert_same(script, 0, NO_CHANCE)
    for future in range(3):
        assert_same(script, future, ALL_CHANCE)


def test_minusma():
    script = script_of("minusma")
    for future in (0, 2):
        assert_same(script, future, ALL_CHANCE)
