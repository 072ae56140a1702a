"""Every rule catches a violation made on purpose in a real plan of MINUSMA's withdrawal."""

from importlib.resources import files

import pytest

from drawdown.files import read_mission
from drawdown.plan.verify import RULES, verify_plan
from drawdown.planner.simple import plan_simply
from kit.breakers import BREAKERS


def broken(mission, plan):
    return {(found.rule, found.action) for found in verify_plan(mission, plan)}


@pytest.fixture(scope="module")
def minusma():
    return read_mission(files("drawdown") / "missions" / "minusma").mission


@pytest.fixture(scope="module")
def plan(minusma):
    return plan_simply(minusma).plan


@pytest.fixture(scope="module")
def broken_before(minusma, plan):
    return broken(minusma, plan)


@pytest.mark.parametrize("rule", RULES)
def test_a_violation_is_caught(rule, minusma, plan, broken_before):
    mission, spoilt, action = BREAKERS[rule](minusma, plan)
    assert (rule, action) in broken(mission, spoilt) - broken_before
