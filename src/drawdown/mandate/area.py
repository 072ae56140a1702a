"""Where an authority holds: what its area and its places mean at a site, an exit, a settlement or a leg.

| area | holds |
|---|---|
| everywhere | at any place |
| immediate_vicinity | at a site that the mission still holds, and within that site's protection radius |
| along_routes | on any leg, at the sites and exits that legs join, and at settlements near such a site |
| sites | at the places that the authority names (at every site and exit if it names none) |

Whatever the area, `places` limit an authority: to those sites and exits, to what is near them, to legs that end there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from drawdown.mandate.place import Place, sites_near
from drawdown.mandate.record import left_on
from drawdown.mandate.words import day_words, listed
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Authority, Site

#: How an area is said of an authority.
AREAS: Mapping[str, str] = MappingProxyType(
    {
        "everywhere": "everywhere",
        "immediate_vicinity": "in the immediate vicinity of a site that the mission holds",
        "along_routes": "along the routes of moves",
        "sites": "at sites of the mission",
    }
)


def area_words(mission: Mission, authority: Authority) -> str:
    """Where an authority holds, in words: its area, and the places that limit it."""
    if not authority.places:
        return AREAS[authority.area]
    names = listed(_names(mission, authority))
    if authority.area == "immediate_vicinity":
        return f"in the immediate vicinity of {names}, while the mission is there"
    return f"{AREAS['along_routes']} at {names}" if authority.area == "along_routes" else f"at {names}"


def outside(mission: Mission, authority: Authority, place: Place) -> str | None:
    """Why an authority does not hold at a place; None if it does (perhaps on a condition, see `condition`)."""
    if place.kind == "leg":
        return _off_leg(mission, authority, place)
    if place.kind == "settlement" or authority.area == "immediate_vicinity":
        return _not_near(mission, authority, place)
    return _not_named(mission, authority, place)


def condition(mission: Mission, authority: Authority, place: Place | None, on: date) -> str | None:
    """What must be so of the place for an authority to hold there; None if nothing more than the place itself.

    Without a place the authority may hold at some place or other, so where it holds is a condition. That a site was
    left by the day ``on`` is told if the mission's record knows it; whether it was is for the reader to settle.
    """
    if place is None:
        return None if authority.area == "everywhere" and not authority.places else area_words(mission, authority)
    if authority.area == "immediate_vicinity":
        near = [_held(mission, site, on) for site in _near(mission, authority, place)] or [place.name]
        return f"while the mission holds {listed(near, 'or')}"
    if authority.area == "along_routes" and place.kind == "settlement":
        return f"along the route of a move at {listed(site.name for site in _near(mission, authority, place))}"
    return None


def _held(mission: Mission, site: Site, on: date) -> str:
    left = left_on(mission, site.id)
    return f"{site.name} (by the record it was left on {day_words(left)})" if left and left <= on else site.name


def _names(mission: Mission, authority: Authority) -> list[str]:
    return [mission.place[place].name if place in mission.place else place for place in authority.places]


def _near(mission: Mission, authority: Authority, place: Place) -> list[Site]:
    """Sites near a place that an authority names, or any if it names none."""
    return [site for site in sites_near(mission, place) if not authority.places or site.id in authority.places]


def _off_leg(mission: Mission, authority: Authority, place: Place) -> str | None:
    leg = mission.leg[place.id]
    if authority.area in {"immediate_vicinity", "sites"}:
        return f"holds only {area_words(mission, authority)}, and {place.name} leads away from there"
    if authority.places and not {leg.from_place, leg.to_place} & set(authority.places):
        return f"holds only {area_words(mission, authority)}, where {place.name} does not end"
    return None


def _not_near(mission: Mission, authority: Authority, place: Place) -> str | None:
    if place.kind == "settlement" and (
        authority.area == "sites" or (authority.area == "everywhere" and authority.places)
    ):
        return f"holds only {area_words(mission, authority)}; {place.name} is a settlement"
    if authority.area == "everywhere" or place.id in authority.places or _near(mission, authority, place):
        return None
    return f"holds only {area_words(mission, authority)}, and {place.name} is near none"


def _not_named(mission: Mission, authority: Authority, place: Place) -> str | None:
    if not authority.places or place.id in authority.places:
        return None
    return f"holds only {area_words(mission, authority)}, not at {place.name}"
