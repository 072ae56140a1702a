"""A small plan of the small mission, made by hand: what a report is made of."""

from __future__ import annotations

from datetime import date

import pytest
from tests.kit.missions import small_mission

from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun

PLAN = {
    "name": "By hand",
    "version": "0",
    "planner": "a person",
    "course": "balanced",
    "as_of": date(2025, 7, 1),
    "seed": 7,
    "settings": {"days": 1},
    "moves": (
        Move(
            id="m1", mode="road", origin="post", destination="camp", legs=("post_camp",), depart=date(2025, 8, 4),
            arrive=date(2025, 8, 6), lift={"trucks": 4}, escorts={"battalion": 1, "ordnance": 1},
            people={"company": 100}, lots={"post_stores": 8}, driven={"post_carriers": 6},
            clearance_asked=date(2025, 7, 28),
        ),
        Move(
            id="m2", mode="air", origin="post", destination="camp", legs=("post_camp_air",), depart=date(2025, 8, 7),
            arrive=date(2025, 8, 7), lift={"helicopters": 2}, people={"company": 20},
        ),
        Move(
            id="m3", mode="road", origin="camp", destination="port", legs=("camp_base", "base_port"),
            depart=date(2025, 11, 3), arrive=date(2025, 11, 13), lift={"hauliers": 20}, lots={"camp_stores": 30},
        ),
        Move(
            id="m4", mode="air", origin="camp", destination="airport", legs=("camp_airport_air",),
            depart=date(2025, 11, 20), arrive=date(2025, 11, 20), lift={"aeroplane": 2},
            people={"battalion": 120, "company": 20},
        ),
    ),
    "disposals": (
        Disposal(lot="post_kitchen", disposition="scrap", count=2, place="post", day=date(2025, 8, 6)),
        Disposal(
            lot="camp_water", disposition="destroy", count=2, place="camp", day=date(2025, 11, 19),
            reason="transport_refused",
        ),
    ),
    "separations": (Separation(unit="national", count=60, place="base", day=date(2025, 12, 1)),),
    "steps": (
        StepRun(site="post", step="pack", start=date(2025, 8, 1), end=date(2025, 8, 3)),
        StepRun(site="post", step="certify", start=date(2025, 8, 8), end=date(2025, 8, 9)),
        StepRun(site="camp", step="pack", start=date(2025, 11, 14), end=date(2025, 11, 16)),
    ),
    "closures": (
        Closure(site="post", last_out=date(2025, 8, 7), handover=date(2025, 8, 12), handed_to="landowner"),
        Closure(site="camp", last_out=date(2025, 11, 20)),
    ),
}  # fmt: skip


def plan_of(mission: Mission, **changes) -> Plan:
    """The plan by hand, stamped for a mission."""
    return Plan(**{**PLAN, "mission": mission.mission.id, "mission_hash": mission.hash, **changes})


@pytest.fixture(scope="session")
def mission() -> Mission:
    return small_mission()


@pytest.fixture(scope="session")
def plan(mission: Mission) -> Plan:
    return plan_of(mission)
