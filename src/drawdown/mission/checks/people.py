"""Units add up: who stays, who guards, who goes home and how."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from drawdown.mission.checks.finding import Check, a_few, fault, listed, note, warning
from drawdown.mission.checks.places import hub_chain
from drawdown.mission.faults import Fault
from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Unit

CIVILIAN = frozenset({"civilian_international", "civilian_national"})

# What a unit of a kind is there to enable.
_CALLING = {
    "engineers": "engineering",
    "eod": "eod",
    "airfield": "airfield",
    "medical": "medical",
    "transport": "transport",
    "guard": "guard",
}


def units_at(mission: Mission) -> dict[str, list[Unit]]:
    """The units stationed at each site."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in mission.units:
        found[unit.site].append(unit)
    return found


def parties_within_strength(mission: Mission) -> Iterator[Fault]:
    """A unit's rear party and those who stay are part of its strength."""
    for number, unit in enumerate(mission.units):
        if not unit.strength:
            yield warning("units", number, "strength", "the unit has no people", "give its strength, or drop it")
        if unit.rear_party + unit.stays > unit.strength:
            message = f"rear party {unit.rear_party} and {unit.stays} who stay are more than its {unit.strength} people"
            column = "rear_party" if unit.rear_party > unit.strength else "stays"
            yield fault("units", number, column, message, "correct strength, rear_party or stays")


def those_who_stay_have_a_place(mission: Mission) -> Iterator[Fault]:
    """People who stay after the deadline stay at a liquidation site."""
    open_sites = [site.id for site in mission.sites if site.liquidation]
    for number, unit in enumerate(mission.units):
        if unit.stays and unit.stays_at is None:
            message = f"{unit.stays} people stay, but not said where"
            yield fault("units", number, "stays_at", message, f"name a liquidation site: {listed(open_sites)}")
        if unit.stays_at and not unit.stays:
            yield warning("units", number, "stays", f"nobody stays at `{unit.stays_at}`", "say how many stay")
        if unit.stays and unit.stays_at in mission.site and unit.stays_at not in open_sites:
            message = f"{unit.stays} people stay at `{unit.stays_at}`, which closes by the deadline"
            yield fault("units", number, "stays_at", message, f"name a liquidation site: {listed(open_sites)}")


def rear_parties_can_wait(mission: Mission) -> Iterator[Fault]:
    """A rear party waits for equipment of its own, and only at a liquidation site beyond the deadline."""
    owners = {lot.unit for lot in mission.equipment}
    for number, unit in enumerate(mission.units):
        if not unit.rear_party or unit.site not in mission.site:
            continue
        if unit.id not in owners:
            message = "the unit has no equipment for its rear party to wait for"
            yield warning("units", number, "rear_party", message, "add its lots, or set rear_party to 0")
        if not any(site.liquidation for site in hub_chain(mission, mission.site[unit.site])):
            message = f"neither `{unit.site}` nor its hubs stay open after the deadline"
            yield note("units", number, "rear_party", message, "its equipment must be out by the deadline")


def sites_have_their_guard(mission: Mission) -> Iterator[Fault]:
    """A site has at least the armed people on the day of cessation that its guard needs."""
    there = units_at(mission)
    for number, site in enumerate(mission.sites):
        armed = sum(unit.strength for unit in there[site.id] if unit.armed)
        if armed < site.guard:
            who = f"{armed} armed people are stationed here" if there[site.id] else "nobody is stationed here"
            message = f"the guard needs {site.guard}, but {who}"
            yield fault("sites", number, "guard", message, "station an armed unit, or lower the guard")


def _guard_gone(armed: list[Unit], need: int) -> date | None:
    """The day after which too few armed people are left, because their units must have gone; None if never."""
    for day in sorted({unit.latest for unit in armed if unit.latest}):
        left = sum(
            unit.strength if unit.latest is None or unit.latest > day else unit.rear_party + unit.stays
            for unit in armed
        )
        if left < need:
            return day
    return None


def guards_stay_long_enough(mission: Mission) -> Iterator[Fault]:
    """Armed units do not have to leave a site before the people whom they guard may."""
    there = units_at(mission)
    for number, site in enumerate(mission.sites):
        gone = _guard_gone([unit for unit in there[site.id] if unit.armed], site.guard)
        if gone is None:
            continue
        message = f"after {gone} fewer armed people remain than its guard of {site.guard}"
        tied = [unit.id for unit in there[site.id] if unit.earliest and unit.earliest > gone]
        if tied:
            message += f", but {listed(tied)} may not leave yet"
            yield fault("sites", number, "guard", message, "let an armed unit stay longer")
        elif gone < mission.mission.deadline:
            message += ": the site must be empty by then"
            yield warning("sites", number, "guard", message, "let an armed unit stay longer, or close it by then")


def liquidation_sites_keep_a_guard(mission: Mission) -> Iterator[Fault]:
    """A liquidation site that needs a guard has an armed unit named to stay there (Timbuktu had none)."""
    for number, site in enumerate(mission.sites):
        stay = sum(unit.stays for unit in mission.units if unit.armed and unit.stays_at == site.id)
        if site.liquidation and stay < site.guard:
            message = f"after the deadline its guard needs {site.guard} armed people, {stay} are named to stay"
            yield warning("sites", number, "guard", message, "close it by the deadline or name a guard unit")


def detachments_add_up(mission: Mission) -> Iterator[Fault]:
    """Units that enable escort or ordnance disposal say how many platoons or teams they send, and have them."""
    kinds = (("escort", "escort_platoons"), ("eod", "eod_teams"))
    for number, unit in enumerate(mission.units):
        for function, column in kinds:
            count = getattr(unit, column)
            if function in unit.enables and not count:
                yield warning("units", number, column, f"enables {function} but sends none", f"give {column}")
            if count and function not in unit.enables:
                message = f"sends {a_few(count, 'detachment')} but does not enable {function}"
                yield fault("units", number, "enables", message, f"add {function}, or set {column} to 0")
        if unit.escort_platoons and unit.eod_teams:
            message = "sends both escort platoons and ordnance teams, which are counted as one kind of detachment"
            yield fault("units", number, "eod_teams", message, "split it into two units")
        if unit.escort_platoons + unit.eod_teams > unit.strength:
            message = f"more detachments than people ({unit.strength})"
            yield fault("units", number, "escort_platoons", message, "correct strength or detachments")


def units_fit_their_kind(mission: Mission) -> Iterator[Fault]:
    """Units enable what their kind is for; guards and escorts are armed, civilians are not."""
    for number, unit in enumerate(mission.units):
        calling = _CALLING.get(unit.kind)
        if calling and calling not in unit.enables:
            message = f"a unit of kind {unit.kind} that does not enable {calling}"
            yield warning("units", number, "enables", message, f"add {calling}, or change its kind")
        for function in {"escort", "guard"} & set(unit.enables):
            if not unit.armed:
                yield warning("units", number, "armed", f"enables {function} but is not armed", "set armed to yes")
        if unit.kind in CIVILIAN and unit.armed:
            yield warning("units", number, "armed", "civilians are counted as armed", "set armed to no")


def contributors_are_states(mission: Mission) -> Iterator[Fault]:
    """A contributor is a State's three-letter code, or UN."""
    for number, unit in enumerate(mission.units):
        code = unit.contributor
        if not re.fullmatch("[A-Z]{3}|UN", code):
            remedy = "use the ISO 3166-1 alpha-3 code, or UN for civilians"
            yield warning("units", number, "contributor", f"`{code}` is not a State's code", remedy)


def separation_is_for_national_staff(mission: Mission) -> Iterator[Fault]:
    """National staff separate where they serve, uniformed people go home."""
    for number, unit in enumerate(mission.units):
        if unit.kind == "civilian_national" and not unit.separates:
            message = "national staff who do not separate would have to leave their own country"
            yield warning("units", number, "separates", message, "set separates to yes")
        if unit.kind not in CIVILIAN and unit.separates:
            yield warning("units", number, "separates", "uniformed people do not separate", "set separates to no")


def ways_home_take_people(mission: Mission) -> Iterator[Fault]:
    """The ways home that a contributor accepts are exits that take people."""
    for number, unit in enumerate(mission.units):
        for name in unit.exits:
            way_out = mission.exit.get(name)
            if way_out and "people" not in way_out.takes:
                yield fault("units", number, "exits", f"`{name}` does not take people", "choose another exit")


def casualties_can_be_evacuated(mission: Mission) -> Iterator[Fault]:
    """Every site with people has a medical unit or lies in reach of an aircraft that evacuates casualties."""
    there, reach = units_at(mission), mission.mission.casevac_km
    bases = [mission.place[lift.base] for lift in mission.lift if lift.casevac and lift.base in mission.place]
    for number, site in enumerate(mission.sites):
        if not there[site.id] or any("medical" in unit.enables for unit in there[site.id]):
            continue
        nearest = min((great_circle_km(site.lat, site.lon, b.lat, b.lon) for b in bases), default=None)
        if nearest is None or nearest > reach:
            how_far = "there is none" if nearest is None else f"the nearest is {nearest:.0f} km away"
            message = f"no medical unit here, and no casevac aircraft within {reach:g} km ({how_far})"
            yield fault("sites", number, "id", message, "mark lift as casevac, base it nearer, or add a medical unit")


def enablers_last(mission: Mission) -> Iterator[Fault]:
    """Those whom others depend on do not all have to leave before the deadline."""
    used = {
        "escort": any(leg.escort_platoons for leg in mission.legs),
        "eod": any(leg.eod for leg in mission.legs),
        "engineering": any(step.needs == "engineering" for step in mission.closure_steps),
        "airfield": any(site.airfield_unit for site in mission.sites),
    }
    for function in (name for name, needed in used.items() if needed):
        rows = [(unit.latest, n) for n, unit in enumerate(mission.units) if function in unit.enables]
        dates = [latest for latest, _ in rows if latest is not None]
        if rows and len(dates) == len(rows) and max(dates) < mission.mission.deadline:
            last: date = max(dates)
            number = next(n for latest, n in rows if latest == last)
            message = f"after {last} no unit that enables {function} is left, but the deadline is later"
            yield warning("units", number, "latest", message, "let the unit stay longer, or finish what needs it")


CHECKS: tuple[Check, ...] = (
    parties_within_strength,
    those_who_stay_have_a_place,
    rear_parties_can_wait,
    sites_have_their_guard,
    guards_stay_long_enough,
    liquidation_sites_keep_a_guard,
    detachments_add_up,
    units_fit_their_kind,
    contributors_are_states,
    separation_is_for_national_staff,
    ways_home_take_people,
    casualties_can_be_evacuated,
    enablers_last,
)
