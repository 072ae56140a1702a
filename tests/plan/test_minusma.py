"""Every rule catches a violation made on purpose in a real plan of MINUSMA's withdrawal."""

from importlib.resources import files

import pytest

from drawdown.files import read_mission
from drawdown.plan.verify import RULES, verify_plan
from drawdown.planner.construction.simple import plan_simply
from kit.breakers import BREAKERS


@pytest.fixture(scope="module")
def minusma():
    return read_mission(files("drawdown") / "missions" / "minusma").mission


@pytest.fixture(scope="module")
def plan(minusma):
    return plan_simply(minusma).plan


@pytest.fixture(scope="module")
def before(minusma, plan):
    return set(verify_plan(minusma, plan))


@pytest.mark.parametrize("rule", RULES)
def test_a_violation_is_caught(rule, minusma, plan, before):
    mission, spoilt, action = BREAKERS[rule](minusma, plan)
    found = set(verify_plan(mission, spoilt)) - before
    assert (rule, action) in {(broken.rule, broken.action) for broken in found}
