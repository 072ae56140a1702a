"""The mathematics page says everything that the model holds."""

from __future__ import annotations

from drawdown.plan.verify import RULES
from drawdown.planner.monolith.build import build
from drawdown.planner.monolith.model import FAMILIES
from drawdown.planner.monolith.page import mathematics
from drawdown.planner.monolith.symbols import MEANING, WEIGHTS
from kit.tiny_missions import tiny_mission


def test_every_symbol_has_a_meaning():
    mission = tiny_mission(5)
    assert set(build(mission, mission.courses[0]).known) == set(MEANING)


def test_every_symbol_with_a_weight_has_its_formula():
    mission = tiny_mission(3)
    model = build(mission, mission.courses[0])
    cost = model.program.matrix().cost
    assert {model.names[c].split("[")[0] for c in cost.nonzero()[0]} <= set(WEIGHTS)


def test_the_page_names_every_symbol_family_and_rule():
    page = mathematics()
    assert all(f"| `{name}[" in page for name in MEANING)
    assert all(f"| `{name}` |" in page for name in (*FAMILIES, *RULES))
