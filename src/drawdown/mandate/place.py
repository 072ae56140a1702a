"""Places that a question about the mandate may name: sites, exits, settlements and legs, by id or by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Exit, Leg, Settlement, Site

Kind = Literal["site", "exit", "settlement", "leg"]


class Place(NamedTuple):
    """A place with its id, its name as it is printed, and what kind of place it is."""

    id: str
    name: str
    kind: Kind


def places(mission: Mission) -> Iterator[Place]:
    """Every place of a mission: sites before exits before settlements before legs, each in file order."""
    yield from (Place(site.id, site.name, "site") for site in mission.sites)
    yield from (Place(exit_.id, exit_.name, "exit") for exit_ in mission.exits)
    yield from (Place(town.id, town.name, "settlement") for town in mission.settlements)
    yield from (Place(leg.id, leg_name(mission, leg), "leg") for leg in mission.legs)


def leg_name(mission: Mission, leg: Leg) -> str:
    """A leg as it is printed: ``Kidal - Gao by road``."""
    ends = (mission.place[end].name if end in mission.place else end for end in (leg.from_place, leg.to_place))
    return f"{' - '.join(ends)} by {leg.mode}"


def place_of(mission: Mission, text: str) -> Place | None:
    """The place with an id or a name, whatever its capitals and accents; of several the first of `places`."""
    found = list(places(mission))
    by_id = next((place for place in found if place.id == text), None)
    return by_id or next((place for place in found if plain(text) in {plain(place.id), plain(place.name)}), None)


def plain(text: str) -> str:
    """Text without capitals, accents and blanks at its ends, to compare what people type."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip().casefold()


def sites_near(mission: Mission, place: Place) -> tuple[Site, ...]:
    """The sites in whose immediate vicinity a place lies: the site itself, or sites whose protection radius holds it.

    The radius is the one within which the measure of protection counts civilians as covered. A leg leads away from
    the sites at its ends, so it lies in nobody's vicinity.
    """
    if place.kind == "leg":
        return ()
    if place.kind == "site":
        return (mission.site[place.id],)
    spot = _spot(mission, place)
    return tuple(
        site
        for site in mission.sites
        if great_circle_km(site.lat, site.lon, spot.lat, spot.lon) <= site.protection_radius_km
    )


def _spot(mission: Mission, place: Place) -> Exit | Settlement:
    if place.kind == "exit":
        return mission.exit[place.id]
    return next(town for town in mission.settlements if town.id == place.id)
