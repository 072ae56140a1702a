"""Flights that may carry equipment, over one leg or several, at the least that a sortie can cost."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from drawdown.mission.mission import Mission
from drawdown.mission.network import can_land, other_end
from drawdown.mission.tables import Leg, Lift


@dataclass(frozen=True)
class Flight:
    """An aircraft between two places.

    ``share`` is the weight of a sortie's part of the aircraft's day, ``way`` the least that the legs between the two
    places weigh: kilometres both ways, and risk (USD-equivalents).
    """

    lift: Lift
    origin: str
    destination: str
    share: float
    way: float

    @property
    def price(self) -> float:
        """The least weight of one sortie."""
        return self.share + self.way


def flights_of(mission: Mission, day_weight: float, leg_weight: Callable[[Lift, Leg], float]) -> tuple[Flight, ...]:
    """Every pair of a site and another place between which an aircraft with room for equipment may fly.

    A flight lands at its destination only (rule runway), so that a way over several legs is one sortie: it pays once
    for the aircraft's day, and the places under it need no runway.
    """
    return tuple(
        Flight(lift, site.id, there, day_weight * lift.usd_per_day / max(1, lift.sorties_per_day), weight)
        for lift in mission.lift
        if lift.mode == "air" and lift.teu > 0 and mission.in_service(lift)
        for links in [_links(mission, lift, leg_weight)]
        for site in mission.sites
        if can_land(lift, site)
        for there, weight in _least(links, site.id).items()
        if there != site.id and can_land(lift, mission.place[there])
    )


def _links(
    mission: Mission, lift: Lift, leg_weight: Callable[[Lift, Leg], float]
) -> dict[str, list[tuple[str, float]]]:
    links: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for leg in mission.legs:
        if leg.mode == "air" and (not lift.range_km or leg.km <= lift.range_km):
            for place in (leg.from_place, leg.to_place):
                links[place].append((other_end(leg, place), leg_weight(lift, leg)))
    return links


def _least(links: dict[str, list[tuple[str, float]]], origin: str) -> dict[str, float]:
    best, heap = {origin: 0.0}, [(0.0, origin)]
    while heap:
        weight, here = heapq.heappop(heap)
        for there, more in links[here] if weight <= best[here] else ():
            if weight + more < best.get(there, math.inf):
                best[there] = weight + more
                heapq.heappush(heap, (weight + more, there))
    return best
