"""Three hundred random missions: every plan breaks no rule, or says which and by how much; none crashes."""

from collections import Counter

import pytest

from drawdown.mission.checks import check_mission
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from kit.random_missions import random_mission

CHUNK = 30

#: Of thirty missions, some of them infeasible on purpose, at least so many get a plan that breaks no rule.
FEWEST_LAWFUL = 24


@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_every_plan_is_lawful_or_explained(first, record_property):
    count: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        mission = random_mission(seed)
        assert not [fault for fault in check_mission(mission) if fault.severity == "fault"], seed
        outcome = plan_simply(mission)
        assert outcome.unmet == verify_plan(mission, outcome.plan), seed
        assert all(broken.message and broken.start <= broken.end for broken in outcome.unmet), seed
        count["explained" if outcome.unmet else "lawful"] += 1
    for name, number in count.items():
        record_property(name, number)
    assert count["lawful"] >= FEWEST_LAWFUL


def test_a_seed_names_one_mission():
    assert random_mission(7).hash == random_mission(7).hash
    assert len({random_mission(seed).hash for seed in range(20)}) == 20


def test_forty_sites_are_planned_too():
    mission = random_mission(1, sites=40)
    outcome = plan_simply(mission)
    assert len(outcome.plan.closures) == len(mission.sites) == 40
    assert outcome.unmet == verify_plan(mission, outcome.plan)
