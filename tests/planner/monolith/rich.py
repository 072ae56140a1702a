"""Small missions with what tiny ones lack: escorts, mines, seasons, blocks, dated legs and exits, liquidation."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission

START = date(2025, 3, 1)
AT = {"gao": (16.3, 0.0), "ansongo": (15.7, 0.5), "niamey": (13.5, 2.1), "cotonou": (6.4, 2.4)}


def on(day: int) -> date:
    return START + timedelta(days=day)


def rich_mission(seed: int) -> Mission:
    """Ansongo is drawn in to Gao, Gao leaves by road to Niamey and by air; a rare or common trouble in every table."""
    rng = random.Random(f"rich {seed}")  # noqa: S311 - chance, not secrets
    due = rng.randint(7, 10)
    end = due + rng.choice((0, 0, 3))
    tables = {
        "sites": _sites(rng, liquidation=end > due), "exits": _exits(rng), "units": _units(rng, liquidation=end > due),
        "equipment": _equipment(rng), "legs": _legs(rng), "lift": _lift(rng), "closure_steps": _steps(rng),
        "authorities": _authorities(rng, due, end), "clearances": _clearances(rng),
        "crews": (t.Crew(id="crew", name="Crew", count=1),),
        "seasons": (t.Season(id="rains", name="Rains", from_day="03-05", to_day="03-07"),),
        "disposal_groups": (t.DisposalGroup(id="IV", name="IV", dispositions=("sell", "destroy"), offer_days=3),),
        "hazards": tuple(
            t.Hazard(
                id=unit, hazard_class="roads", kind="ied", from_date=date(2024, 1, 1), to_date=START, events=1,
                exposure=1e5, exposure_unit=unit, casualties=1,
            )
            for unit in ("vehicle_km", "convoy_km")
        ),
        "settlements": (t.Settlement(id="town", name="Town", lat=16.3, lon=0.01, population=500),),
        "courses": (t.Course(id="c", name="C", time=rng.choice((0, 500)), risk=1e5, equipment=1,
                             protection=rng.choice((0, 1)), cost=1),),
    }  # fmt: skip
    header = t.Header(
        format=1, id=f"rich-{seed}", name="Rich", host="MLI", cessation=START, deadline=on(due),
        liquidation_end=on(end), pace=0.5, turnaround_days=rng.randint(0, 1), capable_force=2, casevac_km=300,
        person_day_usd=50, last_resort_days=2,
    )  # fmt: skip
    return Mission(mission=header, **tables)


def _place(name: str, **values: Any) -> dict[str, Any]:
    place = {"id": name, "name": name.capitalize(), "lat": AT[name][0], "lon": AT[name][1], "runway_surface": "paved"}
    return {**place, "runway_m": 2000, "flights_per_day": 2, **values}


def _sites(rng: random.Random, *, liquidation: bool) -> tuple[t.Site, ...]:
    gao = _place("gao", kind="super_camp", guard=2, liquidation=liquidation, becomes="civilian_authority",
                 airfield_unit=rng.random() < 0.5, yard_teu=rng.choice((0, 4)))  # fmt: skip
    ansongo = _place("ansongo", kind="outpost", guard=rng.choice((0, 1)), hub="gao", becomes="closed")
    common = {"running_usd_per_day": 700, "protection_radius_km": 20}
    return tuple(t.Site.model_validate({**row, **common}) for row in (gao, ansongo))


def _exits(rng: random.Random) -> tuple[t.Exit, ...]:
    dated = {"open_from": on(rng.randint(1, 4))} if rng.random() < 0.3 else {}
    niamey = _place("niamey", kind="border", country="NER", people_per_day=6, teu_per_day=2, **dated)
    kept = _place("cotonou", kind="port", country="BEN", people_per_day=3, teu_per_day=4, contributors=["SEN", "UN"])
    return tuple(t.Exit.model_validate(row) for row in (niamey, kept))


def _units(rng: random.Random, *, liquidation: bool) -> tuple[t.Unit, ...]:
    stays: dict[str, Any] = {"stays": 2, "stays_at": "gao"} if liquidation else {}
    battalion = {"site": "gao", "kind": "infantry", "contributor": "SEN", "strength": 5, "armed": True,
                 "enables": ["escort", "medical", "airfield"], "escort_platoons": 2, **stays}  # fmt: skip
    company = {"site": "ansongo", "kind": "infantry", "contributor": "TGO", "strength": 3, "armed": True,
               "enables": ["medical"], "rear_party": rng.randint(0, 1)}  # fmt: skip
    teams = {"site": "gao", "kind": "eod", "contributor": "NPL", "strength": 2, "enables": ["eod", "engineering"],
             "eod_teams": 1, "latest": rng.choice((None, on(6)))}  # fmt: skip
    clerks = {"site": "gao", "kind": "civilian_national", "contributor": "UN", "strength": 1, "separates": True,
              "earliest": on(3)}  # fmt: skip
    rows = {"battalion": battalion, "company": company, "teams": teams, "clerks": clerks}
    return tuple(t.Unit.model_validate({"id": name, "name": name, **row}) for name, row in rows.items())


def _equipment(rng: random.Random) -> tuple[t.Lot, ...]:
    own = {"owner": "contingent", "unit": "company", "site": "ansongo", "teu_each": 1, "tonnes_each": 6}
    cars = {**own, "kind": "light_vehicle", "count": 1, "self_propelled": True, "seats_each": 3,
            "value_each": 4000, "dispositions": ["repatriate", "destroy"]}  # fmt: skip
    stores = {**own, "kind": "container", "count": rng.randint(1, 2), "value_each": 3000,
              "dispositions": ["repatriate", "destroy"]}  # fmt: skip
    power = {"owner": "un", "asset_group": "IV", "site": "gao", "kind": "generator", "count": 2, "teu_each": 0.5,
             "tonnes_each": 3, "value_each": 900, "life_support": rng.random() < 0.5,
             "dispositions": ["sell", "destroy"]}  # fmt: skip
    plant = {"owner": "contractor", "site": "gao", "kind": "water_plant", "count": 1, "teu_each": 1.5, "tonnes_each": 9,
             "value_each": 2000, "dispositions": ["hand_over", "destroy"]}  # fmt: skip
    rows = {"cars": cars, "stores": stores, "power": power, "plant": plant}
    chosen = [name for name in rows if rng.random() < 0.6]
    return tuple(t.Lot.model_validate({"id": name, "name": name, **rows[name]}) for name in chosen)


def _legs(rng: random.Random) -> tuple[t.Leg, ...]:
    north = {"from_place": "ansongo", "to_place": "gao", "km": 90, "nominal_days": 0.5, "contested_days": 1.5,
             "escort_platoons": rng.choice((0, 1)), "eod": rng.random() < 0.5, "headway_days": rng.randint(0, 2),
             "season": "rains", "season_factor": 2, "clearance_class": rng.choice((None, "asked"))}  # fmt: skip
    south = {"from_place": "gao", "to_place": "niamey", "km": 400, "nominal_days": 1.4,
             "escort_platoons": rng.choice((0, 1, 2)), "convoy_limit": rng.choice((0, 1, 2)),
             "open_to": rng.choice((None, on(8)))}  # fmt: skip
    port = {"from_place": "niamey", "to_place": "cotonou", "km": 900, "nominal_days": 2, "season": "rains",
            "season_closed": rng.random() < 0.5}  # fmt: skip
    rows = {name: {**row, "mode": "road", "hazard_class": "roads"}
            for name, row in (("north", north), ("south", south), ("port", port))}  # fmt: skip
    if rng.random() < 0.5:
        rows["sky"] = {"from_place": "gao", "to_place": "niamey", "km": 390, "nominal_days": 0.1, "mode": "air"}
    return tuple(t.Leg.model_validate({"id": name, **row}) for name, row in rows.items())


def _lift(rng: random.Random) -> tuple[t.Lift, ...]:
    trucks = {"kind": "truck", "mode": "road", "base": "gao", "count": 2, "teu": 2, "tonnes": 12, "seats": 3,
              "usd_per_day": 80, "usd_per_km": 1, "commercial": rng.random() < 0.5}  # fmt: skip
    buses = {"kind": "bus", "mode": "road", "base": "gao", "count": 1, "seats": 6, "usd_per_day": 60,
             "commercial": True, "available_from": rng.choice((None, on(2)))}  # fmt: skip
    plane = {"kind": "aeroplane", "mode": "air", "base": "gao", "count": 1, "teu": 1, "tonnes": 6, "seats": 4,
             "range_km": 900, "usd_per_day": 900, "casevac": True,
             "available_to": rng.choice((None, on(5)))}  # fmt: skip
    rows = {"trucks": trucks, "buses": buses, "plane": plane}
    return tuple(t.Lift.model_validate({"id": name, "name": name, **row}) for name, row in rows.items())


def _steps(rng: random.Random) -> tuple[t.ClosureStep, ...]:
    pack = {"days": 1, "crew": "crew", "moment": "before_last_out"}
    clean = {"days": rng.randint(1, 2), "after": ["pack"], "crew": "crew", "max_stock_share": 0.5,
             "moment": rng.choice(("any", "after_last_out")), "needs": rng.choice((None, "engineering"))}  # fmt: skip
    certify = {"days": 1, "after": ["pack"], "role": "environmental_clearance"}
    hand = {"days": 1, "after": ["certify"], "role": "handover"}
    rows = {"pack": pack, "clean": clean, "certify": certify, "hand": hand}
    return tuple(t.ClosureStep.model_validate({"id": name, "name": name, **row}) for name, row in rows.items())


def _authorities(rng: random.Random, due: int, end: int) -> tuple[t.Authority, ...]:
    spans = [(name, 0, due) for name in ("withdraw", "protect_un", "secure_movements")]
    spans += [("protect_civilians", 0, rng.randint(1, 5)), ("liquidate", due, end), ("guard_liquidation", due, end)]
    return tuple(
        t.Authority(id=name, function=name, from_date=on(a), to_date=on(b), area="everywhere", reference="1")
        for name, a, b in spans
    )


def _clearances(rng: random.Random) -> tuple[t.Clearance, ...]:
    ask = {"state": "ask", "lead_days": 1}
    block = {"state": "blocked", "from_date": on(3), "to_date": on(4), "known_on": rng.choice((START, on(2)))}
    common = {"clearance_class": "asked", "mode": "road", "area": "North"}
    return tuple(t.Clearance.model_validate({"id": f"c{n}", **common, **row}) for n, row in enumerate((ask, block)))
