"""Legs are as long as the earth demands, as quick as roads allow, and can be travelled."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, a_few, fault, listed, warning
from drawdown.mission.disposal import must_leave
from drawdown.mission.faults import Fault
from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission, Place
from drawdown.mission.network import last_open, lift_can_use
from drawdown.mission.tables import Leg

FASTEST_GROUND_KM_A_DAY = 1000
LONGEST_HEADWAY_DAYS = 31
# A camp lies some way from its town: coordinates and road tables rarely mean the very same gate.
SLACK_SHARE, SLACK_KM = 0.02, 2
IN_TOWN_KM = 5  # within a town any detour is possible
DETOUR = {"road": 4, "rail": 4, "river": 5, "air": 1.5, "sea": 6}


def _ends(mission: Mission, leg: Leg) -> tuple[Place, Place] | None:
    one, other = mission.place.get(leg.from_place), mission.place.get(leg.to_place)
    return (one, other) if one and other else None


def _too_short(leg: Leg, straight: float) -> bool:
    return leg.km < straight * (1 - SLACK_SHARE) - SLACK_KM


def _sign_error(leg: Leg, ends: tuple[Place, Place]) -> str | None:
    """Which coordinate with the other sign would make a too short leg fit, if any."""
    for place, far in (ends, ends[::-1]):
        for name, lat, lon in (("longitude", place.lat, -place.lon), ("latitude", -place.lat, place.lon)):
            straight = great_circle_km(lat, lon, far.lat, far.lon)
            if not _too_short(leg, straight) and leg.km < straight * DETOUR[leg.mode]:
                return f"it would fit if the {name} of `{place.id}` had the other sign"
    return None


def legs_no_shorter_than_straight(mission: Mission) -> Iterator[Fault]:
    """A leg is at least as long as the great circle between its ends; a wrong sign of a coordinate shows here."""
    for number, leg in enumerate(mission.legs):
        ends = _ends(mission, leg)
        if ends is None:
            continue
        one, other = ends
        straight = great_circle_km(one.lat, one.lon, other.lat, other.lon)
        if _too_short(leg, straight):
            message = f"{leg.km:g} km, but `{one.id}` and `{other.id}` are {straight:.0f} km apart in a straight line"
            guess = _sign_error(leg, ends) or "correct the length, or the coordinates of its ends"
            yield fault("legs", number, "km", message, guess)
        elif straight > IN_TOWN_KM and leg.km > straight * DETOUR[leg.mode]:
            message = f"{leg.km:g} km by {leg.mode}, while `{one.id}` and `{other.id}` are only {straight:.0f} km apart"
            yield warning("legs", number, "km", message, "check the length and the coordinates of its ends")


def legs_join_two_places(mission: Mission) -> Iterator[Fault]:
    """A leg joins two different places, and no leg is there twice."""
    seen: dict[tuple[object, ...], str] = {}
    for number, leg in enumerate(mission.legs):
        if leg.from_place == leg.to_place:
            yield fault("legs", number, "to_place", "both ends are the same place", "correct one of them")
        key = (frozenset((leg.from_place, leg.to_place)), leg.mode, leg.km, leg.open_from, leg.open_to, leg.season)
        if key in seen:
            message = f"the same leg as `{seen[key]}`; legs are used both ways"
            yield warning("legs", number, "id", message, "drop one of them")
        seen[key] = leg.id


def legs_take_their_time(mission: Mission) -> Iterator[Fault]:
    """No leg is quicker under attack than without, nor than wheels, keels and rails allow."""
    for number, leg in enumerate(mission.legs):
        if leg.contested_days is not None and leg.contested_days < leg.nominal_days:
            message = f"quicker under attack ({leg.contested_days:g} days) than without ({leg.nominal_days:g})"
            yield fault("legs", number, "contested_days", message, "swap or correct the two")
        if leg.mode != "air" and leg.km > leg.nominal_days * FASTEST_GROUND_KM_A_DAY:
            message = f"{leg.km:g} km by {leg.mode} in {leg.nominal_days:g} days"
            yield warning("legs", number, "nominal_days", message, "days, not hours, are meant")


def legs_and_their_season(mission: Mission) -> Iterator[Fault]:
    """A leg that its season slows or closes names it, and one that names a season says what it does."""
    for number, leg in enumerate(mission.legs):
        acts = leg.season_closed or leg.season_factor != 1
        if acts and leg.season is None:
            column = "season_closed" if leg.season_closed else "season_factor"
            yield fault("legs", number, column, "no season is named, so this has no effect", "name the season")
        if leg.season and not acts:
            message = f"season `{leg.season}` neither slows nor closes the leg"
            yield warning("legs", number, "season", message, "give season_factor or season_closed")
        if leg.season_factor < 1:
            message = f"the season would make the leg quicker ({leg.season_factor:g} times the days)"
            yield warning("legs", number, "season_factor", message, "a factor above 1 slows it down")


def legs_open_some_day(mission: Mission) -> Iterator[Fault]:
    """A leg is open on some day of the plan, whatever its season."""
    header = mission.mission
    for number, leg in enumerate(mission.legs):
        if leg.season_closed and last_open(mission, leg, header.cessation, header.liquidation_end) is None:
            message = "closed by its season on every day of the plan on which it is open"
            yield warning("legs", number, "season_closed", message, "check the season and the open days")


def convoys_are_of_a_size(mission: Mission) -> Iterator[Fault]:
    """Convoys of one vehicle under escort and headways of more than a month are slips of the pen."""
    for number, leg in enumerate(mission.legs):
        if leg.convoy_limit == 1 and leg.escort_platoons:
            message = f"convoys of one vehicle, each with {a_few(leg.escort_platoons, 'platoon')}"
            yield warning("legs", number, "convoy_limit", message, "give vehicles a convoy, or 0 for no limit")
        if leg.headway_days > LONGEST_HEADWAY_DAYS:
            message = f"{leg.headway_days} days between two convoys"
            yield warning("legs", number, "headway_days", message, "days, not hours, are meant")


def escorts_suffice(mission: Mission) -> Iterator[Fault]:
    """The mission has the escort platoons and ordnance teams that its legs need."""
    platoons = sum(unit.escort_platoons for unit in mission.units if "escort" in unit.enables)
    teams = sum(unit.eod_teams for unit in mission.units if "eod" in unit.enables)
    for number, leg in enumerate(mission.legs):
        if leg.escort_platoons > platoons:
            message = f"needs {a_few(leg.escort_platoons, 'escort platoon')}, the mission has {platoons}"
            yield fault("legs", number, "escort_platoons", message, "give units that enable escort their platoons")
        if leg.eod and not teams:
            remedy = "give units that enable eod their teams"
            yield fault("legs", number, "eod", "mined, but no unit sends an ordnance team", remedy)


def _why_no_aircraft(mission: Mission, leg: Leg) -> str:
    ends = [mission.place[end] for end in (leg.from_place, leg.to_place) if end in mission.place]
    closed = [p.id for p in ends if p.runway_surface == "none" or not p.flights_per_day]
    if closed:
        return f"nothing can land at {listed(closed)}"
    return f"none has the range ({leg.km:g} km) and can use both runways"


def legs_can_be_travelled(mission: Mission) -> Iterator[Fault]:
    """Every leg can be travelled by some lift, or by vehicles that drive themselves."""
    driven = any(lot.self_propelled for lot in mission.equipment)
    for number, leg in enumerate(mission.legs):
        if leg.mode == "road" and driven:
            continue
        if not any(lift_can_use(mission, lift, leg) for lift in mission.lift):
            of_mode = any(lift.mode == leg.mode for lift in mission.lift)
            why = _why_no_aircraft(mission, leg) if leg.mode == "air" and of_mode else f"there is none for {leg.mode}"
            yield warning("legs", number, "mode", f"no lift can use it: {why}", "add lift, or drop the leg")


def roads_are_wide_enough(mission: Mission) -> Iterator[Fault]:
    """The convoys that a site's roads allow up to the deadline have room for all vehicles that must be out by then."""
    days = mission.day(mission.mission.deadline)
    load = max((lift.teu for lift in mission.lift if lift.mode == "road"), default=0)
    vehicles: dict[str, float] = defaultdict(float)
    for lot in mission.equipment:
        if must_leave(lot):
            vehicles[lot.site] += lot.count * (1 if lot.self_propelled else lot.teu_each / load if load else 0)
    roads: dict[str, float] = defaultdict(float)
    for leg in (leg for leg in mission.legs if leg.mode != "air"):
        endless = not leg.convoy_limit or not leg.headway_days
        convoys = math.inf if endless else math.ceil(days / leg.headway_days) * leg.convoy_limit
        roads[leg.from_place] += convoys
        roads[leg.to_place] += convoys
    for number, site in enumerate(mission.sites):
        if not site.liquidation and vehicles[site.id] > roads[site.id] > 0:
            message = (
                f"about {vehicles[site.id]:.0f} vehicles must leave, its roads let {roads[site.id]:.0f} pass in time"
            )
            yield warning(
                "sites", number, "id", message, "raise convoy_limit, shorten headway_days, or let lots end here"
            )


CHECKS: tuple[Check, ...] = (
    legs_no_shorter_than_straight,
    legs_join_two_places,
    legs_take_their_time,
    legs_and_their_season,
    legs_open_some_day,
    convoys_are_of_a_size,
    escorts_suffice,
    legs_can_be_travelled,
    roads_are_wide_enough,
)
