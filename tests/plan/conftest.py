"""The missions and plans that the rules are shown on."""

from importlib.resources import files

import pytest
from kit.missions import change, small_mission
from kit.plans import small_plan

from drawdown.files import read_mission
from drawdown.planner.simple import plan_simply


@pytest.fixture(scope="session")
def small():
    # Rear parties wait at the base, as they do in Gao and Bamako.
    return change(small_mission(), "authorities", "rear_party", places=("base",))


@pytest.fixture(scope="session")
def lawful(small):
    return small_plan(small)


@pytest.fixture(scope="session")
def minusma():
    return read_mission(files("drawdown") / "missions" / "minusma").mission


@pytest.fixture(scope="session")
def minusma_plan(minusma):
    return plan_simply(minusma).plan
