"""The small mission and its plan by hand, and the report that is made of them."""

import pytest

from drawdown.mission.basis import conflicts, count_basis
from drawdown.report import Timeline, build_report
from kit.lawful import lawful_plan
from kit.missions import small_mission

MEASURES = [("Slack", "145", "days", "From the day by which all are out to the deadline")]


@pytest.fixture(scope="session")
def mission():
    return small_mission()


@pytest.fixture(scope="session")
def plan(mission):
    return lawful_plan(mission, course="balanced", seed=7)


@pytest.fixture(scope="session")
def timeline(mission, plan):
    return Timeline(mission, plan)


@pytest.fixture(scope="session")
def report():
    """Make a report with all that belongs in it."""

    def make(mission, plan=None, **more):
        known = {"conflicts": conflicts(mission), "counts": count_basis(mission), "measures": MEASURES if plan else ()}
        return build_report(mission, plan, **{**known, **more})

    return make


@pytest.fixture(scope="session")
def page(report, mission, plan):
    return report(mission, plan)
