"""Every constraint family, written out for a mission of a few lines and compared with a file that people have read.

After a change on purpose write the files anew, and read what changed:

    DRAWDOWN_GOLDEN=write python -m pytest tests/planner/monolith/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from drawdown.plan.verify import RULES
from drawdown.planner.monolith.build import build
from drawdown.planner.monolith.kept import keeping
from drawdown.planner.monolith.lp_text import family_text
from drawdown.planner.monolith.model import FAMILIES
from planner.monolith.gao import (
    AIR,
    BUS,
    CARS,
    CERTIFY,
    CLEAN,
    CLERKS,
    CREW,
    ESCORTED,
    GUARDS,
    HAND,
    PACK,
    PLANE,
    ROAD,
    SITE,
    STORES,
    TOWN,
    authority,
    gao,
    on,
)

GOLDEN = Path(__file__).parent / "golden"
SOLD = {"equipment": [STORES]}
DRIVEN = {"equipment": [CARS]}
GUARDED = {"units": [GUARDS, CLERKS], "equipment": [STORES]}
FLOWN = {"legs": [AIR], "lift": [PLANE], "equipment": [STORES], "sites": [{**SITE, "airfield_unit": True}]}
CONVOY = {"units": [ESCORTED], "legs": [{**ROAD, "escort_platoons": 2, "eod": True}]}
SIGNED = {"equipment": [STORES], "closure_steps": [CERTIFY, HAND]}
CLOSED = {"crews": [CREW], "closure_steps": [PACK, CLEAN], "equipment": [STORES]}

#: What each family is shown with, beside Gao's five armed people and their bus.
CASES: dict[str, dict[str, Any]] = {
    "people_conserved": {"units": [GUARDS, CLERKS]},
    "people_there": {"units": [GUARDS, CLERKS]},
    "people_remaining": {"units": [GUARDS, CLERKS]},
    "equipment_conserved": SOLD,
    "equipment_there": SOLD,
    "equipment_in_care": {"units": [{**GUARDS, "rear_party": 2}], **SOLD},
    "nothing_left_behind": SIGNED,
    "handed_over_late": SIGNED,
    "liquidation_end": SOLD,
    "detachments_conserved": CONVOY,
    "detachments_there": CONVOY,
    "detachments_in_strength": CONVOY,
    "goes_with_convoy": {**CONVOY, **DRIVEN},
    "convoy_of_something": {**CONVOY, **DRIVEN},
    "convoys_in_order": {"legs": [{**ROAD, "convoy_limit": 1}]},
    "seats": DRIVEN,
    "room_and_weight": SOLD,
    "item_on_one_vehicle": SOLD,
    "drivers": DRIVEN,
    "convoy_size": {"legs": [{**ROAD, "convoy_limit": 1}]},
    "headway": {"legs": [{**ROAD, "headway_days": 2}]},
    "escort": CONVOY,
    "ordnance_team": CONVOY,
    "sorties": FLOWN,
    "aircraft_need_their_base": FLOWN,
    "cabin": FLOWN,
    "airfield_slots": FLOWN,
    "airfield_unit": FLOWN,
    "exit_capacity_equipment": SOLD,
    "something_to_guard": GUARDED,
    "guard": GUARDED,
    "casevac": {"units": [GUARDS], "lift": [BUS, {**PLANE, "casevac": True, "available_to": on(1)}]},
    "life_support": {"equipment": [{**STORES, "life_support": True}]},
    "yard": {**SOLD, "sites": [{**SITE, "yard_teu": 1.5}]},
    "closure_steps": {**CLOSED, "closure_steps": [PACK, CERTIFY, HAND]},
    "closure_order": {"closure_steps": [PACK, {**CLEAN, "max_stock_share": 1}], "crews": [CREW]},
    "closure_moments": CLOSED,
    "closure_crews": CLOSED,
    "clean_up_after_emptying": CLOSED,
    "enabling_units": CLOSED,
    "handed_over_once": SIGNED,
    "clearance_before_handover": SIGNED,
    "handover_near_last_out": SIGNED,
    "handed_over_with_site": SIGNED,
    "disposed_while_open": SOLD,
    "last_resort": SOLD,
    "unit_dates": {"units": [{**GUARDS, "earliest": on(2), "latest": on(2)}]},
    "rear_party": {"units": [{**GUARDS, "rear_party": 2}], **SOLD},
    "authority_to_stay": {"authorities": [authority("withdraw", 1)]},
    "deadline_people": {},
    "deadline_equipment": SOLD,
    "capable_force": {"settlements": [TOWN]},
    "civilians_covered": {"settlements": [TOWN]},
}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_written_as_its_golden_file(name: str):
    mission = gao(**CASES.get(name, {}))
    text = family_text(build(mission, mission.courses[0]), name)
    assert text.count("\n") > 5, "the case shows no rows"
    path = GOLDEN / f"{name}.lp"
    if os.environ.get("DRAWDOWN_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_every_golden_file_has_its_family():
    assert {path.stem for path in GOLDEN.glob("*.lp")} == set(FAMILIES)


def test_every_rule_is_kept_by_a_family_or_by_construction():
    kept = {rule for rule in keeping() if not rule.startswith("(")}
    assert kept == set(RULES)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_has_a_sentence_and_a_formula(name: str):
    says, formula = FAMILIES[name].says.splitlines()[0], FAMILIES[name].formula
    assert says.endswith(".")
    assert any(sign in formula for sign in (" = ", " <= ", " >= "))
