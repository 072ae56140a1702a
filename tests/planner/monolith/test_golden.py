"""Every constraint family, written out for a mission of a few lines and compared with a file that people have read.

After a change on purpose write the files anew, and read what changed:

    DRAWDOWN_GOLDEN=write python -m pytest tests/planner/monolith/test_golden.py
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from drawdown.plan.verify import RULES
from drawdown.planner.monolith.build import build
from drawdown.planner.monolith.kept import keeping
from drawdown.planner.monolith.lp_text import family_text
from drawdown.planner.monolith.model import FAMILIES

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2025, 3, 1)


def on(day: int) -> date:
    return DAY + timedelta(days=day)


def gao(days: int = 3, **rows: Any) -> Mission:
    """Gao: five armed people who leave for Niamey by bus within three days; and what the rows add or replace."""
    header = {"turnaround_days": 0, "capable_force": 2, "last_resort_days": 1, "person_day_usd": 100}
    header |= rows.pop("header", {})
    usual: dict[str, Any] = {
        "sites": [SITE], "exits": [EXIT], "units": [GUARDS], "legs": [ROAD], "lift": [BUS], "courses": [COURSE],
        "authorities": [authority("withdraw"), authority("protect_un"), authority("protect_civilians", 1)],
    }  # fmt: skip
    classes = {
        "sites": t.Site, "exits": t.Exit, "units": t.Unit, "legs": t.Leg, "lift": t.Lift, "courses": t.Course,
        "authorities": t.Authority, "equipment": t.Lot, "crews": t.Crew, "closure_steps": t.ClosureStep,
        "settlements": t.Settlement,
    }  # fmt: skip
    return Mission(
        mission=t.Header(
            format=1, id="gao", name="Gao", host="MLI", cessation=DAY, deadline=on(days), liquidation_end=on(days),
            pace=0, **header,
        ),
        **{
            name: tuple(of.model_validate(row) for row in {**usual, **rows}.get(name, ()))
            for name, of in classes.items()
        },
    )  # fmt: skip


def authority(function: str, days: int = 9) -> dict[str, Any]:
    dates = {"from_date": DAY, "to_date": on(days)}
    return {"id": function, "function": function, **dates, "area": "everywhere", "reference": "Paragraph 1"}


PLACE = {"lat": 16.3, "lon": 0.0, "runway_surface": "paved", "runway_m": 2000, "flights_per_day": 3}
SITE = {**PLACE, "id": "gao", "name": "Gao", "kind": "camp", "guard": 3, "protection_radius_km": 10,
        "running_usd_per_day": 1000}  # fmt: skip
EXIT = {**PLACE, "id": "niamey", "name": "Niamey", "kind": "border", "country": "NER", "lat": 13.5, "lon": 2.1,
        "people_per_day": 4, "teu_per_day": 2}  # fmt: skip
GUARDS = {"id": "guards", "name": "Guards", "contributor": "SEN", "kind": "infantry", "site": "gao", "strength": 5,
          "armed": True, "enables": ["medical", "engineering", "airfield"]}  # fmt: skip
CLERKS = {"id": "clerks", "name": "Clerks", "contributor": "UN", "kind": "civilian_national", "site": "gao",
          "strength": 2, "separates": True}  # fmt: skip
ROAD = {"id": "road", "from_place": "gao", "to_place": "niamey", "mode": "road", "km": 400, "nominal_days": 1}
AIR = {**ROAD, "id": "air", "mode": "air", "nominal_days": 0.1}
BUS = {"id": "bus", "name": "Bus", "kind": "bus", "mode": "road", "base": "gao", "count": 2, "seats": 4, "teu": 1,
       "tonnes": 2, "usd_per_day": 50}  # fmt: skip
PLANE = {"id": "plane", "name": "Aeroplane", "kind": "aeroplane", "mode": "air", "base": "gao", "count": 1, "seats": 10,
         "teu": 2, "tonnes": 8, "sorties_per_day": 2, "usd_per_km": 3}  # fmt: skip
COURSE = {"id": "course", "name": "Course", "time": 1, "risk": 1, "equipment": 1, "protection": 1, "cost": 1}
STORES = {"id": "stores", "name": "Stores", "owner": "contingent", "unit": "guards", "site": "gao", "kind": "container",
          "count": 2, "teu_each": 1, "tonnes_each": 1.5, "value_each": 900,
          "dispositions": ["repatriate", "sell", "destroy", "hand_over"]}  # fmt: skip
CARS = {**STORES, "id": "cars", "name": "Cars", "kind": "light_vehicle", "self_propelled": True, "seats_each": 3}
PACK = {"id": "pack", "name": "Pack", "days": 1, "crew": "crew", "moment": "before_last_out"}
CLEAN = {"id": "clean", "name": "Clean", "days": 1, "after": ["pack"], "max_stock_share": 0.5, "needs": "engineering",
         "moment": "after_last_out"}  # fmt: skip
CERTIFY = {"id": "certify", "name": "Certify", "days": 1, "role": "environmental_clearance"}
HAND = {"id": "hand", "name": "Hand over", "days": 1, "role": "handover", "after": ["certify"]}
CREW = {"id": "crew", "name": "Crew", "count": 1}
TOWN = {"id": "town", "name": "Town", "lat": 16.3, "lon": 0.01, "population": 100}
ESCORTED = {**GUARDS, "enables": ["medical", "escort", "eod"], "escort_platoons": 2, "eod_teams": 1}

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
