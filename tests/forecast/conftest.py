from __future__ import annotations

import pytest

from drawdown.desk.missions import open_mission
from drawdown.forecast.case import Case
from drawdown.ledger.facts import recorded_facts
from drawdown.planner.construction.simple import plan_simply
from kit.executed import executed


@pytest.fixture(scope="session")
def minusma():
    return open_mission("minusma")


@pytest.fixture(scope="session")
def plan(minusma):
    return plan_simply(minusma).plan


@pytest.fixture(scope="session")
def past(minusma, plan):
    """MINUSMA as it went, beside a plan that nobody followed."""
    return Case(minusma, plan, recorded_facts(minusma), "record")


@pytest.fixture(scope="session")
def on_plan(minusma, plan):
    """MINUSMA as if it had gone exactly by plan, to a day."""
    return lambda day: Case(minusma, plan, executed(minusma, plan, day), "record")
