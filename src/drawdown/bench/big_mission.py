"""A big mission made from a seed, to measure with: sites in a tree, one unit and many lots each."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from drawdown.mission.mission import Mission

_HUBS = 6  # the first sites, joined in a line; every other site hangs on one of them
_KINDS = (  # kind, whether it drives, TEU and tonnes of one, dollars of one
    ("container", False, 1.0, 9.0, 12_000),
    ("generator", False, 0.5, 4.0, 30_000),
    ("prefab", False, 1.0, 3.0, 8_000),
    ("light_vehicle", True, 0.5, 2.5, 25_000),
    ("heavy_vehicle", True, 2.0, 12.0, 60_000),
)


def _hub(site: int) -> int:
    return site - 1 if site < _HUBS else site % _HUBS


def _sites(count: int, rng: Random) -> list[dict[str, Any]]:
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
        }
        for number in range(count)
    ]


def _units(count: int, rng: Random) -> list[dict[str, Any]]:
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


def _lots(count: int, sites: int, rng: Random) -> list[dict[str, Any]]:
    rows = []
    for number in range(count):
        kind, drives, teu, tonnes, value = _KINDS[rng.randrange(len(_KINDS))]
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
            }
        )
    return rows


def _legs(sites: int, rng: Random) -> list[dict[str, Any]]:
    ends = [(f"site-{number}", f"site-{_hub(number)}" if number else "port") for number in range(sites)]
    return [
        {
            "id": f"leg-{number}",
            "from_place": start,
            "to_place": end,
            "mode": "road",
            "km": rng.randrange(50, 400),
            "nominal_days": rng.randrange(1, 4),
        }
        for number, (start, end) in enumerate(ends)
    ]


def _lift() -> list[dict[str, Any]]:
    truck = {"kind": "haulier", "mode": "road", "count": 500, "teu": 1, "tonnes": 20, "seats": 1, "commercial": True}
    return [
        {"id": f"trucks-{number}", "name": f"Trucks of hub {number}", "base": f"site-{number}", **truck}
        for number in range(_HUBS)
    ]


def big_mission(sites: int, lots: int, seed: int = 0) -> Mission:
    """A sound mission of that many sites (at least 6) and lots; the same seed gives the same mission."""
    rng = Random(seed)  # noqa: S311  nothing secret
    body = {
        "mission": {
            "format": 1,
            "id": "big",
            "name": "A big mission",
            "host": "MLI",
            "cessation": date(2030, 1, 1),
            "deadline": date(2030, 12, 31),
            "liquidation_end": date(2031, 12, 31),
        },
        "sites": _sites(sites, rng),
        "exits": [{"id": "port", "name": "Port", "kind": "port", "country": "SEN", "lat": 14.7, "lon": -17.4}],
        "units": _units(sites, rng),
        "equipment": _lots(lots, sites, rng),
        "legs": _legs(sites, rng),
        "lift": _lift(),
    }
    return Mission.model_validate(body)
