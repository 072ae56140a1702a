"""A big sound mission made from a seed, to measure with: sites in a tree, one unit and many lots each."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission

Rows = list[dict[str, Any]]

_FIRST, _DEADLINE, _LAST = date(2030, 1, 1), date(2030, 12, 31), date(2031, 12, 31)
_HUBS = 6  # the first sites, joined in a line; every other site hangs on one of them
_HARDWARE = (  # kind, whether it drives, TEU and tonnes of one, dollars of one
    ("container", False, 1.0, 9.0, 12_000),
    ("generator", False, 0.5, 4.0, 30_000),
    ("prefab", False, 1.0, 3.0, 8_000),
    ("light_vehicle", True, 0.5, 2.5, 25_000),
    ("heavy_vehicle", True, 2.0, 12.0, 60_000),
)


def _hub(site: int) -> int:
    return site - 1 if site < _HUBS else site % _HUBS


def _sites(count: int, rng: Random) -> Rows:
    return [
        {
            "id": f"site-{number}",
            "name": f"Site {number}",
            "kind": "super_camp" if number < _HUBS else "camp",
            "lat": round(15.5 + rng.random(), 4),  # in the middle of Mali, so that every point is inside the State
            "lon": round(-3.5 + 3 * rng.random(), 4),
            "hub": f"site-{_hub(number)}" if number else None,
            "guard": 20,
            "running_usd_per_day": 10_000,
            "runway_surface": "helipad",
            "flights_per_day": 4,
        }
        for number in range(count)
    ]


def _units(count: int, rng: Random) -> Rows:
    return [
        {
            "id": f"unit-{number}",
            "name": f"Battalion {number}",
            "contributor": "BGD",
            "kind": "infantry",
            "site": f"site-{number}",
            "strength": rng.randrange(100, 400),
            "armed": True,
            "escort_platoons": 3 if number < _HUBS else 0,
            "enables": ("escort",) if number < _HUBS else (),
            "rear_party": 20,
        }
        for number in range(count)
    ]


def _lots(count: int, sites: int, rng: Random) -> Rows:
    rows = []
    for number in range(count):
        kind, drives, teu, tonnes, value = _HARDWARE[rng.randrange(len(_HARDWARE))]
        place = number % sites
        rows.append(
            {
                "id": f"lot-{number}",
                "name": f"{kind.replace('_', ' ').capitalize()} {number}",
                "owner": "contingent",
                "unit": f"unit-{place}",
                "site": f"site-{place}",
                "kind": kind,
                "priority": rng.randrange(1, 6),
                "count": rng.randrange(1, 4),
                "teu_each": teu,
                "tonnes_each": tonnes,
                "self_propelled": drives,
                "seats_each": 4 if drives else 0,
                "value_each": value,
                "dispositions": ("repatriate", "destroy"),
                "life_support": kind == "generator",
            }
        )
    return rows


def _legs(places: Rows, rng: Random) -> Rows:
    """A road from each site to its hub, and from the first site to the exit, a little longer than the straight line."""
    by_id = {place["id"]: place for place in places}
    rows = []
    for number, start in enumerate(place for place in places if place["id"] != "border"):
        end = by_id[start.get("hub") or "border"]
        straight = great_circle_km(start["lat"], start["lon"], end["lat"], end["lon"])
        rows.append(
            {
                "id": f"leg-{number}",
                "from_place": start["id"],
                "to_place": end["id"],
                "mode": "road",
                "km": round(straight * (1.1 + rng.random())) + 5,
                "nominal_days": 1 + straight // 200,
            }
        )
    return rows


def _lift() -> Rows:
    truck = {"kind": "haulier", "mode": "road", "count": 500, "teu": 2, "tonnes": 20, "seats": 4, "commercial": True}
    trucks = [
        {"id": f"trucks-{number}", "name": f"Trucks of hub {number}", "base": f"site-{number}", **truck}
        for number in range(_HUBS)
    ]
    rescue = {"id": "rescue", "name": "Rescue helicopter", "kind": "helicopter", "mode": "air", "base": "site-0"}
    return [*trucks, {**rescue, "count": 2, "casevac": True, "runway_surfaces": ("helipad",)}]


def _authorities() -> Rows:
    return [
        {
            "id": function.replace("_", "-"),
            "function": function,
            "from_date": _FIRST,
            "to_date": _LAST,
            "area": "everywhere",
            "reference": "invented",
        }
        for function in ("withdraw", "secure_movements", "protect_un", "liquidate", "guard_liquidation", "rear_party")
    ]


def _claims(tables: dict[str, Rows]) -> Rows:
    reason = {"column": "*", "basis": "assumed", "reason": "invented, to measure with"}
    return [{"id": table, "table": table, "row": "*", **reason} for table in tables]


def big_mission(sites: int, lots: int, seed: int = 0) -> Mission:
    """A sound mission of that many sites (at least 6) and lots; the same seed gives the same mission."""
    rng = Random(seed)  # noqa: S311  nothing secret
    header = {"format": 1, "id": "big", "name": "A big mission", "host": "MLI", "casevac_km": 1000}
    days = {"cessation": _FIRST, "deadline": _DEADLINE, "liquidation_end": _LAST}
    border = {"id": "border", "name": "Border post", "kind": "border", "country": "BFA", "lat": 15.0, "lon": -2.0}
    places, exits = _sites(sites, rng), [{**border, "people_per_day": 1000, "teu_per_day": 1000}]
    course = {"id": "balanced", "name": "Balanced", "time": 1, "risk": 1, "equipment": 1, "protection": 1, "cost": 1}
    tables = {
        "mission": [{**header, **days}],
        "sites": places,
        "exits": exits,
        "units": _units(sites, rng),
        "equipment": _lots(lots, sites, rng),
        "legs": _legs([*places, *exits], rng),
        "lift": _lift(),
    }
    return Mission.model_validate(
        {**tables, "mission": tables["mission"][0], "courses": [course], "authorities": _authorities()}
        | {"claims": _claims(tables)}
    )
