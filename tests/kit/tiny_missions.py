"""Tiny missions: a handful of people and things and a week or two, small enough that every plan can be tried.

    mission = tiny_mission(7)

Each is sound by `check_mission` and has a lawful plan. Something is at stake in every one: to wait until the bus is
full or to go now, to bring a truck back or to send it one way, to wait for the day on which a lot may be sold or to
move it, road or air, which site the only crew closes first, who keeps the guard. What `kit.brute_force` does not try
does not occur: no escorts, seasons, blocks or dated legs, and a leg with a headway is its mission's only road.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission

CESSATION = date(2025, 3, 1)

#: Places that the base map knows to lie in Mali and Burkina Faso, far enough apart for a day's road.
AT = {
    "base": (14.0, -5.0),
    "camp": (14.6, -4.2),
    "airport": (13.4, -6.0),
    "border": (13.2, -2.4),
}
KM = {
    ("camp", "base"): 130, ("base", "airport"): 150, ("base", "border"): 330, ("camp", "border"): 280,
    ("camp", "airport"): 260,
}  # fmt: skip

#: Days from cessation to the end of liquidation at most.
LONGEST = 12

#: The draw that is used for seeds of which those before have no lawful plan, or more plans than can be tried in
#: seconds.
LATER = {
    0: 2, 6: 2, 7: 1, 9: 1, 12: 2, 13: 1, 18: 3, 20: 1, 21: 2, 23: 3, 24: 1, 26: 4, 33: 2, 34: 3, 35: 3, 40: 1,
    41: 1, 43: 2, 45: 1, 46: 1, 47: 1, 56: 1, 59: 4, 60: 1, 67: 1, 68: 1, 69: 1, 71: 1, 76: 2, 78: 1, 80: 1,
    87: 1, 90: 3, 91: 4, 93: 1, 94: 1,
}  # fmt: skip


class _Making:
    """The rows made so far, and the chance that makes them."""

    def __init__(self, name: str) -> None:
        self.rng = random.Random(name)  # noqa: S311 - chance, not secrets
        self.rows: dict[str, list[Any]] = defaultdict(list)
        self.deadline = 0  # found when it is known what has to be moved
        self.liquidation = self.rng.choice((0, 0, 2, 3))
        self.count = self.rng.choice((1, 1, 2, 2, 2))
        self.flying = self.chance(0.4)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def whole(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def money(self, low: float, high: float) -> float:
        """An amount between two, as likely to be small as large (uniform in its logarithm), to two digits."""
        return float(f"{low * (high / low) ** self.rng.random():.2g}")

    def date(self, day: int) -> date:
        return CESSATION + timedelta(days=day)

    def add(self, table: str, of: Any, /, **values: Any) -> None:
        self.rows[table].append(of.model_validate(values))


def tiny_mission(seed: int) -> Mission:
    """The tiny mission of a seed, always the same."""
    attempt = LATER.get(seed, 0)
    while (mission := _draw(seed, attempt)).days > LONGEST:
        attempt += 1
    return mission


def _draw(seed: int, attempt: int) -> Mission:
    making = _Making(f"tiny {seed} {attempt}")
    _add_places(making)
    _add_people(making)
    _add_equipment(making)
    _add_lift(making)
    _add_closing(making)
    making.deadline = _days_enough(making)
    _add_mandate(making)
    return Mission(mission=_header(making, seed), **{name: tuple(rows) for name, rows in making.rows.items()})


def _days_enough(making: _Making) -> int:
    """Days in which everyone can be brought out, trip by trip, with a day or two to spare."""
    legs, units, lift = making.rows["legs"], making.rows["units"], making.rows["lift"]
    worst = max((math.ceil(leg.contested_days or leg.nominal_days) for leg in legs if leg.mode == "road"), default=1)
    people = sum(unit.strength for unit in units if not unit.separates)
    exits = sum(way_out.people_per_day for way_out in making.rows["exits"])
    if making.flying:
        trips, cycle = -(-people // sum(x.seats * x.sorties_per_day for x in lift if x.mode == "air")), 1
    else:
        trips, cycle = -(-people // sum(x.seats * x.count for x in lift if x.mode == "road")), 2 * worst + 1
    work: int = (
        sum(step.days for step in making.rows["closure_steps"] if step.moment == "before_last_out") * making.count
    )
    opens = 2 * any(way_out.open_from for way_out in making.rows["exits"])
    offers = max((group.offer_days for group in making.rows["disposal_groups"]), default=0)
    moving = 2 + opens + (making.count - 1) * worst + (trips - 1) * cycle + worst
    least: int = max(5, moving, work + worst + 1, offers + 1, -(-people // exits) + 3)
    return least + making.whole(0, 1)


def _header(making: _Making, seed: int) -> t.Header:
    return t.Header(
        format=1,
        id=f"tiny-{seed}",
        name=f"Tiny mission {seed}",
        host="MLI",
        cessation=CESSATION,
        deadline=making.date(making.deadline),
        liquidation_end=making.date(making.deadline + making.liquidation),
        pace=making.rng.choice((0.0, 0.5, 1.0)),
        turnaround_days=making.whole(0, 1),
        capable_force=2,
        casevac_km=200,
        person_day_usd=making.money(40, 200),
        last_resort_days=making.whole(0, 3),
    )


# ---- places ----------------------------------------------------------------------------------------------------------


def _add_places(making: _Making) -> None:
    sites = ("base", "camp")[: making.count]
    handed = making.chance(0.35)  # an installation stands at the base, and somebody takes the site over
    for site in sites:
        hub = {"hub": "base"} if site != "base" else {}
        making.add(
            "sites", t.Site, **hub, **_airfield(making), id=site, name=site.capitalize(), lat=AT[site][0],
            lon=AT[site][1], kind="headquarters" if site == "base" else "camp", guard=making.whole(0, 2),
            becomes="civilian_authority" if handed and site == "base" else "closed",
            liquidation=site == "base" and making.liquidation > 0, hazard_class=making.rng.choice((None, "camps")),
            protection_radius_km=making.rng.choice((0, 0, 10)), running_usd_per_day=making.money(100, 2_000),
        )  # fmt: skip
    exits = ("airport", "border") if making.chance(0.5) else ("airport",)
    for way_out in exits:
        both = way_out == "border" or len(exits) == 1 or making.chance(0.4)
        opens = {"open_from": making.date(making.whole(2, 3))} if making.chance(0.1) else {}
        making.add(
            "exits", t.Exit, **opens, **_airfield(making, at=way_out), id=way_out, name=way_out.capitalize(),
            kind=way_out, country="MLI" if way_out == "airport" else "BFA", lat=AT[way_out][0], lon=AT[way_out][1],
            people_per_day=making.whole(2, 5), takes=("people", "equipment") if both else ("people",),
            teu_per_day=making.whole(2, 4) if both else 0,
        )  # fmt: skip
    _add_legs(making, sites, exits)


def _airfield(making: _Making, at: str = "base") -> dict[str, Any]:
    if not making.flying or at == "border":
        return {}
    return {"runway_surface": "paved", "runway_m": 2000, "flights_per_day": 2}


def _add_legs(making: _Making, sites: tuple[str, ...], exits: tuple[str, ...]) -> None:
    roads = [("base", exits[-1])]
    if "camp" in sites:
        roads.append(("camp", "base"))
    if making.chance(0.4):
        roads.append((sites[-1], exits[0] if (sites[-1], exits[0]) not in roads else exits[-1]))
    roads = list(dict.fromkeys(roads))
    for road in roads:
        nominal = making.rng.choice((0.4, 0.4, 1.0, 1.5))
        headway = making.whole(1, 2) if len(roads) == 1 and making.chance(0.6) else 0
        making.add(
            "legs", t.Leg, id="_".join(road), from_place=road[0], to_place=road[1], mode="road", km=KM[road],
            nominal_days=nominal, contested_days=making.rng.choice((None, nominal + 0.5)), headway_days=headway,
            convoy_limit=making.rng.choice((0, 0, 1, 2)), hazard_class="roads",
            clearance_class=making.rng.choice((None, None, "asked")),
        )  # fmt: skip
    if making.flying:
        flights = [(site, "airport") for site in sites]
        if making.count > 1 and making.chance(0.5):
            flights.append(("camp", "base"))
        for one, other in flights:
            making.add(
                "legs", t.Leg, id=f"{one}_{other}_air", from_place=one, to_place=other, mode="air",
                km=KM[one, other] - 10, nominal_days=0.1, hazard_class=making.rng.choice((None, "skies")),
            )  # fmt: skip


# ---- people and equipment --------------------------------------------------------------------------------------------


def _add_people(making: _Making) -> None:
    base = next(site for site in making.rows["sites"] if site.id == "base")
    stays = {"stays": max(1, base.guard), "stays_at": "base"} if making.liquidation and making.chance(0.5) else {}
    engineers = ("engineering",) if making.chance(0.3) else ()
    doctors = making.chance(0.5)
    most = 4 if making.count == 1 else 2
    making.add(
        "units", t.Unit, **stays, id="guards", name="Guards", contributor="SEN", kind="guard", site="base", armed=True,
        strength=making.whole(2, most), rear_party=0 if stays else making.whole(0, 1),
        enables=("guard", *engineers, *(() if doctors else ("medical",))),
    )  # fmt: skip
    if doctors:
        making.add(
            "units", t.Unit, id="doctors", name="Doctors", contributor="NGA", kind="medical", site="base",
            strength=making.whole(1, max(1, most - 2)), enables=("medical",),
        )  # fmt: skip
    if making.count > 1:
        making.add(
            "units", t.Unit, id="platoon", name="Platoon", contributor="TGO", kind="infantry", site="camp", armed=True,
            strength=making.whole(2, 3), rear_party=making.whole(0, 1), enables=("medical",),
        )  # fmt: skip
    if making.count == 1 and making.chance(0.4):
        making.add(
            "units", t.Unit, id="clerks", name="Clerks", contributor="UN", kind="civilian_national", site="base",
            strength=making.whole(1, 2), separates=True, earliest=making.rng.choice((None, making.date(2))),
        )  # fmt: skip


def _add_equipment(making: _Making) -> None:
    """Some of four kinds of lot: stores to carry, cars to drive, furniture to sell, an installation to hand over."""
    sites = [site.id for site in making.rows["sites"]]
    kinds = [kind for kind in (_stores, _cars, _furniture) if making.chance(0.45)][: 2 if making.count > 1 else 3]
    for kind in kinds:
        kind(making, making.rng.choice(sites))
    if making.rows["sites"][0].becomes == "civilian_authority":
        _installation(making)
    groups = (
        ("III", ("redeploy", "sell", "donate", "destroy"), making.whole(1, 4)),
        ("IV", ("redeploy", "sell", "scrap", "destroy"), making.whole(2, 4)),
        ("V", ("hand_over", "scrap", "destroy"), 0),
    )
    for group, ends, days in groups:
        making.add("disposal_groups", t.DisposalGroup, id=group, name=group, dispositions=ends, offer_days=days)


def _owner(making: _Making, site: str) -> dict[str, Any]:
    unit = "guards" if site == "base" else "platoon"
    return {"owner": "contingent", "unit": unit, "site": site, "value_each": making.money(100, 20_000)}


def _stores(making: _Making, site: str) -> None:
    making.add(
        "equipment", t.Lot, **_owner(making, site), id="stores", name="Stores", kind="container",
        count=making.whole(1, 2), teu_each=1, tonnes_each=8,
        dispositions=making.rng.choice((("repatriate",), ("repatriate", "destroy"), ("repatriate", "destroy"))),
    )  # fmt: skip


def _cars(making: _Making, site: str) -> None:
    un = making.chance(0.4)
    ends = ("redeploy", "sell") if un else making.rng.choice((("repatriate",), ("repatriate", "destroy")))
    owner = {"owner": "un", "asset_group": "III", "site": site, "value_each": 5_000} if un else _owner(making, site)
    making.add(
        "equipment", t.Lot, **owner, id="cars", name="Cars", kind="light_vehicle", count=1, teu_each=1, tonnes_each=2,
        self_propelled=True, seats_each=making.whole(2, 3), dispositions=ends,
    )  # fmt: skip


def _furniture(making: _Making, site: str) -> None:
    making.add(
        "equipment", t.Lot, id="furniture", name="Furniture", owner="un", asset_group="IV", site=site,
        kind="furniture", count=making.whole(1, 2), teu_each=0.5, tonnes_each=1, value_each=making.money(100, 5_000),
        dispositions=making.rng.choice((("redeploy", "sell"), ("redeploy", "sell", "destroy"))),
    )  # fmt: skip


def _installation(making: _Making) -> None:
    """Too heavy for any lift: it goes with the site, or is destroyed."""
    making.add(
        "equipment", t.Lot, id="power", name="Power station", owner="un", asset_group="V", site="base",
        kind="generator", count=1, teu_each=3, tonnes_each=60, value_each=making.money(100, 20_000),
        life_support=making.chance(0.5), dispositions=("hand_over", "destroy"),
    )  # fmt: skip


# ---- lift, closing, mandate ------------------------------------------------------------------------------------------


def _add_lift(making: _Making) -> None:
    sites = [site.id for site in making.rows["sites"]]
    carry = any(lot.teu_each < 3 for lot in making.rows["equipment"])  # all but the installation
    common = {"mode": "road", "commercial": making.chance(0.7)}
    prices = {"usd_per_day": making.money(50, 400), "usd_per_km": making.money(0.3, 4)}
    if carry or (making.flying and making.chance(0.3)):
        making.add(
            "lift", t.Lift, **common, **prices, id="truck", name="Truck", kind="truck", base=making.rng.choice(sites),
            count=1, teu=making.whole(1, 2), tonnes=20, seats=making.whole(1, 2),
        )  # fmt: skip
    if not making.flying:
        dear = {name: 1.3 * usd for name, usd in prices.items()}
        making.add(
            "lift", t.Lift, **{**common, "commercial": True}, **dear, id="bus", name="Bus", kind="bus", base="base",
            count=1 if making.rows["lift"] else making.whole(1, 2), seats=making.whole(2, 4),
        )  # fmt: skip
    if making.flying:
        making.add(
            "lift", t.Lift, id="aeroplane", name="Aeroplane", kind="aeroplane", mode="air", base="base", count=1,
            teu=1, tonnes=8, seats=making.whole(2, 4), sorties_per_day=making.whole(1, 2), range_km=1000,
            runway_m=1000, runway_surfaces=("unpaved", "paved"), casevac=making.chance(0.3),
            usd_per_day=making.money(200, 2_000), usd_per_km=making.money(0.5, 5),
        )  # fmt: skip


def _add_closing(making: _Making) -> None:
    needs = "engineering" if any("engineering" in unit.enables for unit in making.rows["units"]) else None
    early = {"moment": "before_last_out", "crew": "closing"}
    making.add("crews", t.Crew, id="closing", name="Closing crew", count=1)
    making.add("closure_steps", t.ClosureStep, **early, id="pack", name="Pack", days=making.whole(1, 2))
    if making.chance(0.5):
        making.add(
            "closure_steps", t.ClosureStep, **{**early, "moment": making.rng.choice(("before_last_out", "any"))},
            id="clean", name="Clean up", after=("pack",), days=1, needs=needs,
            max_stock_share=making.rng.choice((0.0, 0.5, 1.0)),
        )  # fmt: skip
    if making.rows["sites"][0].becomes == "civilian_authority":
        making.add("crews", t.Crew, id="environment", name="Inspectors", count=1)
        last = (making.rows["closure_steps"][-1].id,)
        common = {"site_kinds": ("headquarters",)}
        making.add(
            "closure_steps", t.ClosureStep, **common, id="certify", name="Certificate", after=last,
            days=making.whole(1, 2), crew="environment", role="environmental_clearance",
        )  # fmt: skip
        making.add(
            "closure_steps", t.ClosureStep, **common, id="hand", name="Handover", after=("certify",), days=1,
            role="handover",
        )  # fmt: skip


def _add_mandate(making: _Making) -> None:
    """What the host and the mandate allow, what has happened on the roads, and how the measures are weighed."""
    last, after = making.date(making.deadline), making.date(making.deadline + 1)
    spans = [("withdraw", CESSATION, last), ("secure_movements", CESSATION, last), ("protect_un", CESSATION, last)]
    spans.append(("protect_civilians", CESSATION, making.date(making.whole(2, 4))))
    if making.liquidation:
        end = making.date(making.deadline + making.liquidation)
        spans += [(function, after, end) for function in ("liquidate", "guard_liquidation", "rear_party")]
    for function, first, to in spans:
        making.add(
            "authorities", t.Authority, id=function, function=function, from_date=first, to_date=to,
            area="everywhere", reference="Paragraph 2",
        )  # fmt: skip
    if any(leg.clearance_class for leg in making.rows["legs"]):
        making.add(
            "clearances", t.Clearance, id="ask", clearance_class="asked", mode="road", area="All", state="ask",
            lead_days=making.whole(1, 2),
        )  # fmt: skip
    for name, unit, exposure in (
        ("roads", "vehicle_km", 4e4), ("skies", "vehicle_km", 4e6), ("camps", "site_days", 400),
    ):  # fmt: skip
        making.add(
            "hazards", t.Hazard, id=name, hazard_class=name, kind="indirect_fire" if name == "camps" else "ied",
            from_date=date(2024, 1, 1), to_date=CESSATION, events=2, exposure=exposure, exposure_unit=unit,
            casualties=0.5,
        )  # fmt: skip
    if making.chance(0.4):
        making.add(
            "hazards", t.Hazard, id="convoys", hazard_class="roads", kind="armed_attack", from_date=date(2024, 1, 1),
            to_date=CESSATION, events=1, exposure=3e4, exposure_unit="convoy_km", casualties=0.5,
        )  # fmt: skip
    for site in making.rows["sites"]:
        if site.protection_radius_km:
            place = {"lat": site.lat + 0.01, "lon": site.lon}
            making.add("settlements", t.Settlement, **place, id=f"by-{site.id}", name="Village", population=1_000)
    making.add(
        "courses", t.Course, id="course", name="Course", time=making.rng.choice((0.0, making.money(50, 2_000))),
        risk=making.money(1e4, 3e5), equipment=making.rng.choice((0.5, 1.0, 2.0)),
        protection=making.rng.choice((0.0, making.money(0.1, 1.0))), cost=making.rng.choice((0.5, 1.0)),
    )  # fmt: skip
