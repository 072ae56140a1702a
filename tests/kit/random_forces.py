"""Units and lift of a random mission, cut to size for its strain."""

from __future__ import annotations

import math
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.geography import great_circle_km
from kit.random_making import Making

CONTRIBUTORS = ("AAA", "BBB", "CCC", "DDD", "EEE")
TEU_A_PERSON = 0.35  # roughly what the lots below come to
HELICOPTER: dict[str, Any] = {"kind": "helicopter", "mode": "air", "runway_surfaces": ("helipad", "unpaved", "paved")}


# ---- units -----------------------------------------------------------------------------------------------------


def add_units(making: Making) -> None:
    """Units at every site, with the enabling units that its convoys, closing and casualties need."""
    for site in list(making.sites):
        _choose_base(making, site)
    for site in list(making.sites):
        _garrison(making, site)
    for base in dict.fromkeys(making.base_of.values()):
        _detachments(making, base)
    _cover_casualties(making)


def _choose_base(making: Making, site: t.Site) -> None:
    """Where the road lift that draws sites in to this one is based: here, or now and then one place off."""
    near = [*making.children(site.id), *([site.hub] if site.hub else ())]
    roads = [place for place in near if "road" in making.modes(site.id, place)]
    elsewhere = bool(roads) and site.hub is not None and making.chance(0.1)
    making.base_of[site.id] = making.rng.choice(roads) if elsewhere else site.id


def _unit(making: Making, site: t.Site, kind: str, strength: int, **more: Any) -> None:
    number = sum(unit.site == site.id for unit in making.rows["units"]) + 1
    contributor = "UN" if kind.startswith("civilian") else making.rng.choice(CONTRIBUTORS)
    if more.get("armed") and making.chance(0.7):
        more["rear_party"] = making.whole(2, max(2, strength // 20))
    words = kind.replace("_", " ")
    row = {
        "id": f"{site.id}-{kind.replace('_', '-')}-{number}",
        "name": f"{words.capitalize()} {number} at {site.name}",
    }
    making.add("units", t.Unit, **row, contributor=contributor, kind=kind, site=site.id, strength=strength, **more)


def _garrison(making: Making, site: t.Site) -> None:
    people, hub = making.people[site.id], bool(making.children(site.id)) or site.hub is None
    infantry = max(30, people // 2)
    guard = making.whole(infantry // 8, infantry // 4)
    making.change("sites", site.id, guard=guard)
    stays: dict[str, Any] = {}
    if site.liquidation and making.chance(0.85):
        stays = {"stays": guard, "stays_at": site.id}
    _unit(making, site, "infantry", infantry, armed=True, **stays)
    if making.chance(0.6):
        _unit(
            making, site, "formed_police", max(10, people // 5), armed=True, **_dates(making), **_way_home(making, site)
        )
    if making.chance(0.4):
        _unit(
            making,
            site,
            making.rng.choice(("signals", "staff_officers", "transport")),
            10 + people // 20,
            **_dates(making),
        )
    if hub or making.chance(0.3):
        _unit(making, site, "engineers", 12 + people // 12, enables=("engineering",))
    if site.airfield_unit:
        _unit(making, site, "airfield", 20, enables=("airfield",))
    if hub or making.chance(0.3):
        team = {"stays": 4, "stays_at": site.id} if site.liquidation else {}
        _unit(making, site, "civilian_international", 6 + people // 15, **team)
        _unit(making, site, "civilian_national", 6 + people // 15, separates=True)


def _dates(making: Making) -> dict[str, Any]:
    """Sometimes a contributor sets the day before or after which its people leave."""
    if making.chance(0.12):
        return {"latest": making.date(int(making.deadline * making.share(0.5, 0.95)))}
    if making.chance(0.12):
        return {"earliest": making.date(int(making.deadline * making.share(0.1, 0.4)))}
    return {}


def _way_home(making: Making, site: t.Site) -> dict[str, Any]:
    """Sometimes a contributor accepts only one of the ways home from the root."""
    root = making.chain(site.id)[-1]
    ways = [way_out.id for way_out in making.exits if "people" in way_out.takes and making.modes(root, way_out.id)]
    airports = [way_out for way_out in ways if way_out.startswith("airport")]
    return {"exits": tuple(airports)} if airports and making.chance(0.2) else {}


def _detachments(making: Making, base: str) -> None:
    """Escort platoons and ordnance teams for the roads that the lift of a base drives."""
    served = [site for site, at in making.base_of.items() if at == base]
    ends = {place for site in served for place in making.below(site)} | {base} | set(served)
    ends |= {way_out.id for way_out in making.exits if any(making.modes(site, way_out.id) for site in served)}
    legs = [leg for leg in making.legs if leg.mode == "road" and {leg.from_place, leg.to_place} <= ends]
    need = max((leg.escort_platoons for leg in legs), default=0)
    people = sum(making.people[one] for site in served for one in making.below(site))
    convoys = 1 + sum(people * TEU_A_PERSON / 2 / (leg.convoy_limit or 60) for leg in legs) / max(len(legs), 1)
    days = max((leg.contested_days or leg.nominal_days for leg in legs), default=1) * 2 + 2 * making.turnaround + 2
    at_once = min(6, 1 + math.ceil(convoys * days / (making.deadline * max(making.strain, 0.2))))
    site = next(site for site in making.sites if site.id == base)
    if need:
        platoons = need * at_once
        _unit(making, site, "infantry", platoons * 30, armed=True, enables=("escort",), escort_platoons=platoons)
    if any(leg.eod for leg in legs):
        _unit(making, site, "eod", at_once * 10, enables=("eod",), eod_teams=at_once)


def _cover_casualties(making: Making) -> None:
    """Helicopters at some hubs, and medical units where none of them reaches or outlasts a site."""
    covered: set[str] = set()
    for site in list(making.sites):
        last = making.deadline if making.chance(0.3) else None
        if making.children(site.id) and site.flights_per_day and making.chance(0.6):
            row = {
                "id": f"helicopters-{site.id}",
                "name": f"Helicopters at {site.name}",
                "base": site.id,
                "casevac": True,
            }
            ends = {"available_to": making.date(last)} if last else {}
            size = {"teu": 0.5, "tonnes": 3, "seats": 16, "sorties_per_day": 2, "range_km": 600, "usd_per_day": 9000}
            making.add("lift", t.Lift, **HELICOPTER, **row, **size, **ends, count=making.whole(2, 4))
            below = set(making.below(site.id))  # they close before it, so the helicopters outlast them
            near = (s for s in making.sites if great_circle_km(s.lat, s.lon, site.lat, site.lon) <= making.casevac_km)
            covered |= {s.id for s in near if s.id in below and not (last and s.liquidation)}
    for site in list(making.sites):
        if site.id in covered and making.chance(0.85):
            continue
        team = {"stays": 5, "stays_at": site.id} if site.liquidation else {}
        _unit(making, site, "medical", 15, enables=("medical",), **team)


# ---- lift ------------------------------------------------------------------------------------------------------


def add_lift(making: Making) -> None:
    """Lift at every hub for what comes in and, at roots, for what goes home; exits as wide as the strain allows."""
    for site in list(making.sites):
        if site.hub is None or making.children(site.id):
            for mode in ("road", "river", "rail", "sea"):
                _surface_lift(making, site, mode)
            _aircraft(making, site)
    _widen_exits(making)


def _load(making: Making, sites: list[str]) -> tuple[float, int]:
    """What leaves some sites and all below them: TEU and people."""
    below = {one for site in sites for one in making.below(site)}
    leaves = {"repatriate", "redeploy"}
    lots = [lot for lot in making.rows["equipment"] if lot.site in below and leaves & set(lot.dispositions)]
    people = sum(u.strength for u in making.rows["units"] if u.site in below and not u.separates)
    return sum(lot.count * lot.teu_each for lot in lots), people


def _needed(making: Making, load: float, one_carries: float, days: float) -> int:
    """Vehicles for a load, if each round trip takes so many days."""
    return math.ceil(load / one_carries * days / (making.deadline * making.strain))


def _surface_lift(making: Making, site: t.Site, mode: str) -> None:
    """Lift of a mode for the legs that end at a site."""
    children = [child for child in making.children(site.id) if mode in making.modes(child, site.id)]
    exits = [way_out for way_out in making.exits if mode in making.modes(site.id, way_out.id)]
    legs = [leg for leg in making.legs if leg.mode == mode and site.id in {leg.from_place, leg.to_place}]
    legs = [leg for leg in legs if {leg.from_place, leg.to_place} - {site.id} <= {*children, *(e.id for e in exits)}]
    if not legs:
        return
    days = 2 * max((leg.contested_days or leg.nominal_days) * leg.season_factor for leg in legs) + making.turnaround + 2
    teu, people = (
        a + b for a, b in zip(_load(making, children), _load(making, [site.id] if exits else []), strict=True)
    )
    base = making.base_of[site.id] if mode == "road" else site.id
    row = {"mode": mode, "base": base, "commercial": True, "usd_per_day": 400, "usd_per_km": 2}

    def lift(kind: str, least: int, load: float, **size: Any) -> None:
        one = size["teu"] if size.get("teu") else size["seats"]
        count = max(least, _needed(making, load, one, days))
        names = {"id": f"{kind}-{site.id}-{mode}", "name": f"{kind.capitalize()} for {site.name}"}
        making.add("lift", t.Lift, **{**row, **names, "kind": kind, "count": count, **size})

    if mode == "road":
        lift("haulier", 2, teu, teu=2, tonnes=25)
        last = max(s.guard for s in making.sites if s.id in {site.id, *children}) + 40
        lift("bus", math.ceil(last / 40), people, seats=40)  # a site's last group leaves on one day
        if making.chance(0.6):
            lift("truck", 3, teu / 3, teu=1, tonnes=12, seats=6, commercial=False, availability=making.share(0.7, 1))
    else:
        kind = {"river": "barge", "rail": "train", "sea": "ship"}[mode]
        lift(kind, max(1, _needed(making, people, 80, days)), teu, teu=40, tonnes=400, seats=80)


def _aircraft(making: Making, site: t.Site) -> None:
    """Helicopters for sites that nothing else reaches, and here and there an aeroplane."""
    children = [child for child in making.children(site.id) if making.modes(child, site.id) == {"air"}]
    if children and site.flights_per_day:
        teu, people = _load(making, children)
        count = max(2, _needed(making, teu / 0.5 + people / 20, 2, 1))
        row = {"id": f"shuttle-{site.id}", "name": f"Shuttle from {site.name}", "base": site.id, "count": count}
        size = {"teu": 0.5, "tonnes": 3, "seats": 20, "sorties_per_day": 2, "range_km": 600, "usd_per_day": 9000}
        making.add("lift", t.Lift, **HELICOPTER, **row, **size, commercial=True)
    if site.runway_surface != "paved" or making.chance(0.4):
        return
    row = {"id": f"aeroplane-{site.id}", "name": f"Aeroplane at {site.name}", "kind": "aeroplane", "mode": "air"}
    size = {"teu": 2, "tonnes": 12, "seats": 50, "sorties_per_day": 2, "range_km": 1500, "runway_m": 1500}
    ends = {"available_from": making.date(making.whole(1, 20))} if making.chance(0.3) else {}
    surfaces = {"runway_surfaces": ("unpaved", "paved")}
    making.add(
        "lift", t.Lift, **row, **size, **ends, **surfaces, base=site.id, count=1, usd_per_day=15_000, usd_per_km=8
    )


def _widen_exits(making: Making) -> None:
    """Give the exits room for everyone by the deadline, and for the equipment by the end."""
    teu, people = _load(making, [site.id for site in making.sites])
    days = making.deadline * min(making.strain, 0.8)
    last = max(site.guard for site in making.sites) + 40  # a site's last group leaves on one day
    for way_out in making.exits:
        if way_out.kind == "border":
            continue
        values: dict[str, Any] = {}
        if "people" in way_out.takes:
            values["people_per_day"] = last + math.ceil(people / days)
        if "equipment" in way_out.takes:
            values["teu_per_day"] = 10 + math.ceil(teu / days)
        making.change("exits", way_out.id, **values)
