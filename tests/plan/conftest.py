"""The small mission and its lawful plan, on which the rules are shown."""

import pytest

from kit.lawful import lawful_plan
from kit.missions import change, small_mission


@pytest.fixture(scope="session")
def small():
    # Rear parties wait at the base, as they do in Gao and Bamako.
    return change(small_mission(), "authorities", "rear_party", places=("base",))


@pytest.fixture(scope="session")
def lawful(small):
    return lawful_plan(small)
