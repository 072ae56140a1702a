"""Move equipment from a site to its hub, or from a root to the exits, with the people who drive and ride along."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from drawdown.plan.replay import travels
from drawdown.planner.board import Trip, Way
from drawdown.planner.draft import Draft
from drawdown.planner.packing import Hold
from drawdown.planner.stock import Group, Parcel

#: A convoy waits for more until it can be this full, unless nothing more is to come.
WORTH_GOING = 0.4

#: Vehicles in a convoy on a route without a limit: the longest seen was 143 [P28].
LONGEST_CONVOY = 150

Choice = Callable[[Parcel], bool]


class Offer(NamedTuple):
    """What could leave a place on a day: parcels, people who may ride, and vehicles that may be driven."""

    parcels: list[Parcel]
    riders: list[Group]

    @property
    def drivable(self) -> list[Parcel]:
        """Parcels that can be driven, those with most seats first."""
        return sorted((p for p in self.parcels if p.lot.self_propelled), key=lambda p: -p.lot.seats_each)

    @property
    def heads(self) -> int:
        """People who may ride."""
        return sum(g.count for g in self.riders)


def haul(draft: Draft, place: str, chosen: Choice, *, ride: bool, limit: int) -> None:
    """Move every chosen parcel from a site, convoy after convoy, as early as lift, escorts and the road allow.

    With ``ride``, people of the site who are bound for the same hub drive its vehicles and fill its seats.
    What cannot leave by ``limit`` stays in the stock.
    """
    goals = draft.cargo_goals(place)
    ways = [way for goal in goals for way in draft.ways(place, goal)]
    surface = [way for way in ways if travels(way.lift)]
    day = 1
    while day <= limit:
        pending = [p for p in draft.stock.parcels[place] if chosen(p)]
        if not pending:
            return
        day = max(day, min(p.day for p in pending) + 1)
        offer = Offer([p for p in pending if p.day < day], _riders(draft, place, day) if ride else [])
        more_to_come = len(offer.parcels) < len(pending)
        if not (_send_convoy(draft, surface, day, offer, more_to_come) or (not surface and _fly(draft, ways, day, offer))):
            day += 1


def _riders(draft: Draft, place: str, day: int) -> list[Group]:
    """People who may leave a site by road to its hub on a day. Escorts of a lift base stay for its other convoys."""
    mission = draft.mission
    if any(x.base == place and travels(x) for x in mission.lift):
        return []
    hub = mission.site[place].hub
    return [
        g
        for g in draft.stock.groups[place]
        if not g.last and g.day < day and draft.hold[g.unit] <= day and draft.people_goals(place, g)[:1] == (hub,)
    ]


def _limit(way: Way) -> int:
    limits = [leg.convoy_limit for leg in way.route.legs if leg.convoy_limit]
    return min(limits, default=LONGEST_CONVOY)


def _send_convoy(draft: Draft, ways: list[Way], day: int, offer: Offer, more_to_come: bool) -> bool:
    """Send the best convoy that can load on a day; whether one went."""
    best: tuple[tuple[int, int], Trip, Hold, int] | None = None
    for way in ways:
        wanted = _vehicles_wanted(way, offer)
        if more_to_come and wanted < WORTH_GOING * _limit(way):
            continue
        least = 0 if offer.riders and offer.drivable else max(1, min(wanted, _limit(way)) // 4)
        trip = draft.board.trip(way, day, least)
        if trip is None:
            continue
        hold, vehicles = _compose(draft, trip, offer)
        if not (hold.items or hold.driven):
            continue
        key = (trip.arrive, -vehicles)
        if best is None or key < best[0]:
            best = (key, trip, hold, vehicles)
    if best is None:
        return False
    draft.send(best[1], best[2], best[3])
    return True


def _vehicles_wanted(way: Way, offer: Offer) -> int:
    teu = sum(p.count * p.lot.teu_each for p in offer.parcels)
    tonnes = sum(p.count * p.lot.tonnes_each for p in offer.parcels)
    by_room = math.ceil(teu / way.lift.teu) if way.lift.teu else 0
    return max(1, by_room, math.ceil(tonnes / way.lift.tonnes) if way.lift.tonnes else 0)


def _compose(draft: Draft, trip: Trip, offer: Offer) -> tuple[Hold, int]:
    """Fill a convoy: drive what can be driven, load the rest by priority, and seat people."""
    lift, limit = trip.way.lift, _limit(trip.way)
    drivable = sum(p.count for p in offer.drivable)
    driven = min(drivable, offer.heads, max(limit // 2, limit - trip.vehicles)) if offer.riders else 0
    hold = Hold(0.0, 0.0, 0)
    left = driven
    for parcel in offer.drivable:
        left -= hold.drive(parcel, left)
    most = min(trip.vehicles, limit - driven)
    room = draft.board.teu_out.get(trip.way.route.destination)
    hold.teu = most * lift.teu if room is None else min(most * lift.teu, float(room[trip.arrive]))
    hold.tonnes, start = most * lift.tonnes, most * lift.teu if room is None else min(most * lift.teu, float(room[trip.arrive]))
    driving = {id(parcel) for parcel, _ in hold.driven}
    for parcel in sorted(offer.parcels, key=lambda p: (p.lot.priority, p.day)):
        # People who are there drive their vehicles in a later convoy; without drivers a vehicle is loaded.
        if id(parcel) not in driving and not (parcel.lot.self_propelled and offer.riders):
            hold.put(parcel, parcel.count)
    vehicles = _vehicles_used(lift.teu, lift.tonnes, start - hold.teu, most * lift.tonnes - hold.tonnes, most)
    hold.seats += vehicles * lift.seats
    if offer.riders:
        # Enough people stay behind to drive what is left.
        spare = offer.heads - (drivable - driven)
        hold.seat(offer.riders, max(driven, spare))
    return hold, vehicles


def _vehicles_used(teu: float, tonnes: float, used_teu: float, used_tonnes: float, most: int) -> int:
    by_room = math.ceil(used_teu / teu - 1e-6) if teu else 0
    by_weight = math.ceil(used_tonnes / tonnes - 1e-6) if tonnes else 0
    return min(most, max(by_room, by_weight, 0))


def _fly(draft: Draft, ways: list[Way], day: int, offer: Offer) -> bool:
    """Fly what can be flown on a day where no surface lift goes; whether anything went."""
    flown = False
    for way in ways:
        sorties = draft.board.flights(way, day)
        if sorties <= 0 or way.lift.teu <= 0:
            continue
        room = draft.board.teu_out.get(way.route.destination)
        most = sorties * way.lift.teu
        start = most if room is None else min(most, float(room[day]))
        hold = Hold(start, sorties * way.lift.tonnes, 0)
        for parcel in sorted((p for p in offer.parcels if p.count), key=lambda p: p.lot.priority):
            hold.put(parcel, parcel.count)
        if hold.items:
            used = _vehicles_used(
                way.lift.teu, way.lift.tonnes, start - hold.teu, sorties * way.lift.tonnes - hold.tonnes, sorties
            )
            draft.fly(way, day, hold, max(1, used))
            flown = True
    return flown
