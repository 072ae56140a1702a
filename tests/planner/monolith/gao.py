"""Gao in a few lines: five armed people who leave for Niamey by bus within three days, and rows to add to that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission

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
