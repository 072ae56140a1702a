"""Sites and exits lie where they should, hang together, and can take what they are said to take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, fault, listed, note, warning
from drawdown.mission.faults import Fault
from drawdown.mission.geography import great_circle_km, inside_state, outlines
from drawdown.mission.mission import Mission, Place
from drawdown.mission.tables import Site

POLE = 90
NEAR_DEGREES = 0.2  # some 20 km: the base map's borders are no better than that


def hub_chain(mission: Mission, site: Site) -> tuple[Site, ...]:
    """A site, its hub, its hub's hub and so on; it stops where a hub is unknown or comes round again."""
    chain = [site]
    while chain[-1].hub in mission.site and mission.site[str(chain[-1].hub)] not in chain:
        chain.append(mission.site[str(chain[-1].hub)])
    return tuple(chain)


def there_is_a_mission(mission: Mission) -> Iterator[Fault]:
    """A mission has at least one site and one exit."""
    for table in ("sites", "exits"):
        if not mission.rows(table):
            yield fault(table, None, None, f"the mission has no {table}", f"describe its {table}")


def hubs_form_a_tree(mission: Mission) -> Iterator[Fault]:
    """No site is its own hub, not even by way of others."""
    for number, site in enumerate(mission.sites):
        chain = hub_chain(mission, site)
        if chain[-1].hub in {place.id for place in chain}:
            way = " - ".join(place.id for place in chain) + f" - {chain[-1].hub}"
            yield fault(
                "sites", number, "hub", f"the hubs run in a circle: {way}", "leave the hub of the last one blank"
            )


def hubs_close_last(mission: Mission) -> Iterator[Fault]:
    """A hub is not planned to be out before the sites that are drawn in to it."""
    ends = {phase.id: phase.to_date for phase in mission.phases}
    for number, site in enumerate(mission.sites):
        hub = mission.site.get(site.hub or "")
        if hub is None:
            continue
        own, its = ends.get(site.phase or ""), ends.get(hub.phase or "")
        if own and its and its < own and not hub.liquidation:
            message = f"its phase ends on {own}, that of its hub `{hub.id}` already on {its}"
            yield warning("sites", number, "phase", message, "close the hub in a later phase, or choose another hub")
        if site.liquidation and not hub.liquidation:
            message = f"stays open after the deadline, but its hub `{hub.id}` does not"
            yield warning("sites", number, "liquidation", message, "make the hub a liquidation site, or leave it blank")


def _suspicions(lat: float, lon: float) -> dict[str, tuple[float, float]]:
    swapped = {"latitude and longitude were swapped": (lon, lat)} if abs(lon) <= POLE else {}
    signs = {
        f"the longitude were {-lon:g}": (lat, -lon),
        f"the latitude were {-lat:g}": (-lat, lon),
        f"the signs of both were turned ({-lat:g}, {-lon:g})": (-lat, -lon),
    }
    return {**swapped, **signs}


def _near(lat: float, lon: float, state: str) -> bool:
    steps = (-NEAR_DEGREES, 0, NEAR_DEGREES)
    return any(inside_state(lat + dy, lon + dx, state) for dy in steps for dx in steps)


def inside_the_host(mission: Mission) -> Iterator[Fault]:
    """Sites and settlements lie inside the host State unless marked abroad; swapped and turned signs are named."""
    host = mission.mission.host
    if host not in outlines():
        yield note("mission", 0, "host", "the base map does not show this State", "check the coordinates yourself")
        return
    places = [("sites", n, s.lat, s.lon, fault) for n, s in enumerate(mission.sites) if not s.abroad]
    places += [("settlements", n, s.lat, s.lon, warning) for n, s in enumerate(mission.settlements)]
    for table, number, lat, lon, report in places:
        if inside_state(lat, lon, host):
            continue
        message = f"{lat:g}, {lon:g} is outside {host}"
        guess = next((why for why, at in _suspicions(lat, lon).items() if inside_state(*at, host)), None)
        if _near(lat, lon, host):
            yield warning(table, number, "lat", f"{message} but near its border", "check the coordinates")
        elif guess:
            yield report(table, number, "lat", message, f"it would be inside if {guess}: correct the coordinates")
        else:
            remedy = "correct the coordinates" + (", or set abroad to yes" if table == "sites" else "")
            yield report(table, number, "lat", message, remedy)


def places_apart(mission: Mission) -> Iterator[Fault]:
    """No two places of a kind have the same coordinates (but one exit for people may lie by one for equipment)."""
    for table in ("sites", "exits", "settlements"):
        seen: dict[tuple[object, ...], str] = {}
        for number, place in enumerate(mission.rows(table)):
            at = (vars(place)["lat"], vars(place)["lon"], getattr(place, "takes", None))
            if at in seen:
                message = f"the same coordinates as `{seen[at]}`"
                yield warning(table, number, "lat", message, "give each place its own coordinates")
            seen[at] = str(vars(place)["id"])


def runways_and_flights_agree(mission: Mission) -> Iterator[Fault]:
    """A place that takes flights has a runway or helipad, and one that has it takes flights."""
    tables: dict[str, tuple[Place, ...]] = {"sites": mission.sites, "exits": mission.exits}
    for table, rows in tables.items():
        for number, place in enumerate(rows):
            has = place.runway_surface != "none"
            if place.flights_per_day and not has:
                message = f"takes {place.flights_per_day} flights a day but has no runway"
                yield warning(table, number, "runway_surface", message, "give the surface, or set flights_per_day to 0")
            if has and not place.flights_per_day:
                message = f"has a runway ({place.runway_surface}) but takes no flights, so nothing can land"
                yield warning(table, number, "flights_per_day", message, "say how many flights it takes in a day")
            if not has and place.runway_m:
                message = f"has {place.runway_m} m of runway but no surface, so nothing can land"
                yield warning(table, number, "runway_surface", message, "give the surface")


def exits_take_what_they_say(mission: Mission) -> Iterator[Fault]:
    """An exit takes people or equipment, and how much of it in a day; a waypoint takes nothing."""
    for number, way_out in enumerate(mission.exits):
        if way_out.kind == "waypoint":
            if way_out.takes and (way_out.people_per_day or way_out.teu_per_day):
                message = "a waypoint is a place on the road, where nothing leaves"
                yield fault("exits", number, "takes", message, "leave it blank, or say what kind of exit it is")
            continue
        if not way_out.takes:
            yield fault("exits", number, "takes", "nothing may leave here", "say people, equipment or both")
        for what, column in (("people", "people_per_day"), ("equipment", "teu_per_day")):
            daily = getattr(way_out, column)
            if what in way_out.takes and not daily:
                yield fault("exits", number, column, f"takes {what}, but none in a day", f"give {column}")
            if what not in way_out.takes and daily:
                message = f"has {column} but does not take {what}"
                yield warning("exits", number, "takes", message, f"add {what}, or set {column} to 0")


def places_have_legs(mission: Mission) -> Iterator[Fault]:
    """Every place is the end of some leg."""
    ends = {end for leg in mission.legs for end in (leg.from_place, leg.to_place)}
    for table in ("sites", "exits"):
        for number, place in enumerate(mission.rows(table)):
            if vars(place)["id"] not in ends:
                yield warning(table, number, "id", "no leg leads here", "add its legs, or drop it")


def phases_have_sites(mission: Mission) -> Iterator[Fault]:
    """Every phase has sites that should be out by its end."""
    used = {site.phase for site in mission.sites}
    for number, phase in enumerate(mission.phases):
        if phase.id not in used:
            yield warning("phases", number, "id", "no site has this phase", "name it in sites, or drop it")


def liquidation_has_sites(mission: Mission) -> Iterator[Fault]:
    """A liquidation phase and liquidation sites go together."""
    header = mission.mission
    sites = [site.id for site in mission.sites if site.liquidation]
    if header.liquidation_end > header.deadline and mission.sites and not sites:
        message = f"liquidation runs to {header.liquidation_end}, but no site is a liquidation site"
        yield warning("sites", None, "liquidation", message, "name the sites that stay open after the deadline")
    if header.liquidation_end == header.deadline and sites:
        message = f"liquidation ends with the deadline, but {listed(sites)} may stay open after it"
        yield warning("mission", 0, "liquidation_end", message, "give the end of liquidation")


def settlements_covered(mission: Mission) -> Iterator[Fault]:
    """Every settlement has people and lies within the protection radius of a site; others count for nothing."""
    for number, town in enumerate(mission.settlements):
        if not town.population:
            yield warning("settlements", number, "population", "nobody lives here", "give the population, or drop it")
        far = (
            great_circle_km(town.lat, town.lon, site.lat, site.lon) > site.protection_radius_km
            for site in mission.sites
        )
        if all(far):
            message = "no site's protection radius reaches it"
            yield note("settlements", number, "id", message, "it counts in no measure; raise a radius, or drop it")


def protection_has_force(mission: Mission) -> Iterator[Fault]:
    """A site with a protection radius has the armed people to cover it."""
    armed: dict[str, int] = defaultdict(int)
    for unit in mission.units:
        armed[unit.site] += unit.strength * unit.armed
    need = mission.mission.capable_force
    for number, site in enumerate(mission.sites):
        if site.protection_radius_km and armed[site.id] < need:
            message = f"{armed[site.id]} armed people are here, {need} make a capable force: it covers nobody"
            yield note("sites", number, "protection_radius_km", message, "set it to 0, or correct the units")


CHECKS: tuple[Check, ...] = (
    there_is_a_mission,
    hubs_form_a_tree,
    hubs_close_last,
    inside_the_host,
    places_apart,
    runways_and_flights_agree,
    exits_take_what_they_say,
    places_have_legs,
    phases_have_sites,
    liquidation_has_sites,
    settlements_covered,
    protection_has_force,
)
