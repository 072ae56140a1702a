"""Sites, exits, and the legs between them, of a random mission."""

from __future__ import annotations

import math
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.geography import great_circle_km, inside_state, outlines
from kit.random_making import FEWEST_KM, Making

SPEED = {"road": 260, "rail": 420, "river": 130, "sea": 400, "air": 3000}  # km a day
DETOUR = {"road": 1.35, "rail": 1.3, "river": 1.5, "sea": 1.6, "air": 1.01}
PAVED: dict[str, Any] = {"runway_surface": "paved", "runway_night": True}


def add_places(making: Making, count: int) -> None:
    """Sites in trees of hubs, exits around the roots, and the legs that join them."""
    depth = _tree(making, count)
    for site, level in depth.items():
        _site(making, site, level)
    for site in making.sites:
        if site.hub:
            _ways_to_hub(making, site)
    for number, root in enumerate(site for site in making.sites if site.hub is None):
        _exits_of(making, root, number)
    _corridor(making)
    _permissions(making)


def _tree(making: Making, count: int) -> dict[str, int]:
    """How deep each site lies in its tree; also draws who is drawn in to whom."""
    roots = min(making.rng.choice((1, 1, 1, 1, 2, 2, 3)), 1 + count // 4)
    depth: dict[str, int] = {}
    for number in range(1, count + 1):
        hub = None
        if number > roots:
            hub = making.rng.choice([s for s, level in depth.items() if level < 3 and len(making.children(s)) < 8])
        site = f"site-{number}"
        making.hub_of[site], depth[site] = hub, depth[hub] + 1 if hub else 1
        making.people[site] = making.whole(60, 300) if depth[site] == 3 else making.whole(100, 600)
    return depth


def _inside(making: Making) -> tuple[float, float]:
    """A point somewhere inside the host State."""
    ring = max(outlines()[making.host], key=len)
    lons, lats = [x for x, _ in ring], [y for _, y in ring]
    while True:
        lat, lon = making.rng.uniform(min(lats), max(lats)), making.rng.uniform(min(lons), max(lons))
        if inside_state(lat, lon, making.host):
            return round(lat, 3), round(lon, 3)


def _near(making: Making, lat: float, lon: float, low: float, high: float) -> tuple[float, float]:
    """A point some way off; inside the host State if one is found soon."""
    for _ in range(20):
        angle, km = making.rng.uniform(0, 2 * math.pi), making.rng.uniform(low, high)
        there = lat + km * math.sin(angle) / 111, lon + km * math.cos(angle) / (111 * math.cos(math.radians(lat)))
        if inside_state(*there, making.host):
            break
        low, high = low * 0.9, high * 0.9
    return round(there[0], 3), round(there[1], 3)


def _site(making: Making, name: str, level: int) -> None:
    known = {site.id: site for site in making.sites}
    hub = known.get(making.hub_of[name] or "")
    if hub:
        lat, lon = _near(making, hub.lat, hub.lon, FEWEST_KM * 2, 330)
    elif making.sites:
        lat, lon = _near(making, making.sites[0].lat, making.sites[0].lon, 200, 500)
    else:
        lat, lon = _inside(making)
    leaf = not making.children(name)
    kinds = (
        ("headquarters", "super_camp")
        if level == 1
        else ("outpost", "temporary_base", "camp")
        if leaf
        else ("camp", "super_camp")
    )
    making.add(
        "sites",
        t.Site,
        id=name,
        name=name.replace("-", " ").capitalize(),
        kind=making.rng.choice(kinds),
        lat=lat,
        lon=lon,
        hub=making.hub_of[name],
        phase=making.rng.choice(("first", "second"))
        if leaf and level > 1
        else "second"
        if making.chance(0.3)
        else None,
        liquidation=making.end > making.deadline
        and (hub.liquidation and making.chance(0.2) if hub else making.chance(0.7)),
        becomes=making.rng.choices(("civilian_authority", "landowner", "closed"), (7, 2, 1))[0],
        protection_radius_km=making.rng.choice((0, 0, 15)),
        hazard_class="camp",
        running_usd_per_day=making.whole(1, 50) * 1000,
        abroad=not inside_state(lat, lon, making.host),
        **_runway(making, level, leaf=leaf),
    )


def _runway(making: Making, level: int, *, leaf: bool) -> dict[str, Any]:
    if level == 1:
        return {**PAVED, "runway_m": 2600, "flights_per_day": making.whole(6, 20), "airfield_unit": making.chance(0.3)}
    if leaf and making.chance(0.25):
        return {}
    if leaf or making.chance(0.4):
        return {"runway_surface": "helipad", "flights_per_day": making.whole(4, 8)}
    length = making.rng.choice((1200, 1600, 2000))
    return {"runway_surface": "unpaved", "runway_m": length, "flights_per_day": making.whole(4, 8)}


# ---- legs ------------------------------------------------------------------------------------------------------


def _leg(making: Making, one: t.Site, other: t.Site | t.Exit, mode: str, **more: Any) -> None:
    straight = great_circle_km(one.lat, one.lon, other.lat, other.lon)
    km = math.ceil(straight * DETOUR[mode] + 1)
    days = round(km / SPEED[mode], 1) or 0.1
    row = {"id": f"{one.id}-{other.id}-{mode}"[:60], "from_place": one.id, "to_place": other.id, "mode": mode}
    making.add("legs", t.Leg, **{**row, "km": km, "nominal_days": days, **more})


def _dangers(making: Making, site: t.Site) -> dict[str, Any]:
    """What a road asks of the convoys that empty a site and those below it: escorts, mine clearing, size, distance."""
    row: dict[str, Any] = {"hazard_class": "road"}
    if making.chance(0.5):
        row |= {"escort_platoons": making.whole(1, 3), "eod": making.chance(0.3)}
    if making.chance(0.7):
        headway = making.whole(0, 3)
        people = sum(making.people[one] for one in making.below(site.id))
        convoys = making.deadline * making.strain / max(headway, 1)
        row |= {"convoy_limit": making.whole(12, 60) + int(0.4 * people / convoys), "headway_days": headway}
    return row


def _weather(making: Making, closes: float) -> dict[str, Any]:
    if making.chance(0.6):
        return {}
    if making.chance(closes):
        return {"season": "rains", "season_closed": True}
    return {"season": "rains", "season_factor": making.share(1.1, 2)}


def _ways_to_hub(making: Making, site: t.Site) -> None:
    hub = next(other for other in making.sites if other.id == site.hub)
    landing = bool(site.flights_per_day and hub.flights_per_day)
    kinds, weights = ("road", "road+air", "air", "river", "rail", "road+river"), [34, 40, 7 * landing, 5, 5, 6]
    modes = making.rng.choices(kinds, weights)[0].split("+")
    for mode in modes:
        if mode == "road":
            slow = {} if making.chance(0.5) else {"contested_days": _contested(making, site, hub)}
            row = {**_dangers(making, site), **_weather(making, 0.3), **slow}
            _leg(making, site, hub, "road", clearance_class=making.rng.choice(("roads", "roads", None)), **row)
        elif mode == "air" and landing:
            _leg(making, site, hub, "air", clearance_class="flights")
        elif mode != "air":
            _leg(making, site, hub, mode, **_weather(making, 0.5 if len(modes) > 1 else 0.2))


def _contested(making: Making, one: t.Site, other: t.Site | t.Exit) -> float:
    straight = great_circle_km(one.lat, one.lon, other.lat, other.lon)
    return round(max(0.1, (straight * DETOUR["road"] + 2) / SPEED["road"]) * making.rng.uniform(1.2, 3), 1) + 0.1


# ---- exits -----------------------------------------------------------------------------------------------------


def _exits_of(making: Making, root: t.Site, number: int) -> None:
    """A port for everything that a root sends home, and an airport beside it or far away."""
    airport = next((way_out for way_out in making.exits if way_out.kind == "airport"), None)
    if airport is None or making.chance(0.6):
        lat, lon = _near(making, root.lat, root.lon, 4, 15)
        row = {"id": f"airport-{number}", "name": f"Airport {number}", "kind": "airport", "country": making.host}
        making.add(
            "exits",
            t.Exit,
            **row,
            lat=lat,
            lon=lon,
            takes=("people",),
            people_per_day=1,
            **PAVED,
            runway_m=3000,
            flights_per_day=16,
        )
        airport = making.exits[-1]
    ports = [way_out for way_out in making.exits if way_out.kind == "port"]
    if not ports or making.chance(0.3):
        lat, lon = _near(making, root.lat, root.lon, 300, 700)
        takes = ("people", "equipment") if making.chance(0.6) else ("equipment",)
        row = {"id": f"port-{number}", "name": f"Port {number}", "kind": "port", "country": making.host}
        people = {"people_per_day": 1} if "people" in takes else {}
        making.add("exits", t.Exit, **row, lat=lat, lon=lon, takes=takes, teu_per_day=1, **people)
        ports = [making.exits[-1]]
    _leg(
        making, root, airport, "road", **({} if making.chance(0.7) else {"escort_platoons": 1, "hazard_class": "road"})
    )
    if making.chance(0.3):
        _leg(making, root, airport, "air", clearance_class="flights")
    mode = making.rng.choices(("road", "rail", "sea"), (8, 1, 1))[0]
    dangers = {**_dangers(making, root), "eod": False} if mode == "road" and making.chance(0.4) else {}
    _leg(making, root, ports[-1], mode, **dangers, **_weather(making, 0.1))


def _corridor(making: Making) -> None:
    """Sometimes one more way out by road, that closes overnight or that one contributor keeps for itself."""
    if not making.chance(0.35):
        return
    site = making.rng.choice(making.sites)
    lat, lon = _near(making, site.lat, site.lon, 80, 250)
    day = making.whole(10, making.deadline)
    more: list[dict[str, Any]] = [
        {"open_to": making.date(day)},
        {"open_from": making.date(day)},
        {"contributors": ("AAA",)},
    ]
    row = {"id": "border", "name": "Border", "kind": "border", "country": making.host, "lat": lat, "lon": lon}
    making.add(
        "exits",
        t.Exit,
        **row,
        takes=("people", "equipment"),
        people_per_day=100,
        teu_per_day=30,
        **making.rng.choice(more),
    )
    _leg(making, site, making.exits[-1], "road", hazard_class="road", clearance_class="roads")


def _permissions(making: Making) -> None:
    """Clearances for roads and flights, with blocks known and not known; hazards of roads and camps."""
    for name, mode in (("roads", "road"), ("flights", "air")):
        if not any(leg.clearance_class == name for leg in making.legs):
            continue
        common = {"clearance_class": name, "mode": mode, "area": "All"}
        lead = making.whole(1, 8)
        making.add(
            "clearances",
            t.Clearance,
            **common,
            id=f"{name}-ask",
            state="ask",
            lead_days=lead,
            refusal=making.share(0, 0.3),
        )
        for known in (True, False):
            if making.chance(0.25):
                first = making.whole(5, making.deadline)
                dates = {"from_date": making.date(first), "to_date": making.date(first + making.whole(3, 20))}
                seen = {} if known else {"known_on": making.date(first)}
                making.add(
                    "clearances", t.Clearance, **common, **dates, **seen, id=f"{name}-{known}".lower(), state="blocked"
                )
        if making.chance(0.2):
            dates = {"from_date": making.date(1), "to_date": making.date(making.deadline // 4)}
            making.add("clearances", t.Clearance, **common, **dates, id=f"{name}-open", state="open")
    period = {"from_date": making.date(-365), "to_date": making.cessation}
    for name, unit, kind in (("road", "vehicle_km", "ied"), ("camp", "site_days", "indirect_fire")):
        making.add(
            "hazards",
            t.Hazard,
            **period,
            id=name,
            hazard_class=name,
            kind=kind,
            events=3,
            exposure=50_000,
            exposure_unit=unit,
        )
