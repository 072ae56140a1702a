"""Move equipment from a site to its hub, or from a root to the exits, with the people who drive and ride along."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from drawdown.mission.tables import Lot
from drawdown.plan.replay import travels
from drawdown.planner.board import Trip, Way
from drawdown.planner.draft import Draft
from drawdown.planner.packing import Hold, crew, room
from drawdown.planner.stock import Group, Parcel

#: A convoy waits for more until it can be this full, unless nothing more is to come.
WORTH_GOING = 0.4

Choice = Callable[[Parcel], bool]


class Offer(NamedTuple):
    """What could leave a place on a day: parcels, and people who may ride or drive."""

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
    ways = [way for goal in draft.cargo_goals(place) for way in draft.ways(place, goal)]
    surface = [way for way in ways if way.surface]
    day = 1
    while day <= limit:
        pending = [p for p in draft.stock.parcels[place] if chosen(p)]
        if not pending:
            return
        day = max(day, min(p.day for p in pending) + 1)
        offer = Offer([p for p in pending if p.day < day], _riders(draft, place, day) if ride else [])
        more_to_come = len(offer.parcels) < len(pending)
        if not (
            _send_convoy(draft, surface, day, offer, more_to_come) or (not surface and _fly(draft, ways, day, offer))
        ):
            day += 1


def _riders(draft: Draft, place: str, day: int) -> list[Group]:
    """People who may leave a site by road to its hub on a day. People of a lift base stay for its other convoys."""
    if any(x.base == place and travels(x) for x in draft.mission.lift):
        return []
    hub = draft.mission.site[place].hub
    return [
        g
        for g in draft.stock.groups[place]
        if not g.last and g.day < day and draft.hold[g.unit] <= day and draft.people_goals(place, g)[:1] == (hub,)
    ]


def accepted(draft: Draft, lot: Lot, goal: str) -> bool:
    """Whether a lot may go to a place: any site, or an exit that its owner may use."""
    way_out = draft.mission.exit.get(goal)
    if way_out is None or not way_out.contributors:
        return True
    return (draft.mission.unit[lot.unit].contributor if lot.unit else "UN") in way_out.contributors


def _send_convoy(draft: Draft, ways: list[Way], day: int, offer: Offer, more_to_come: bool) -> bool:
    """Send the best convoy that can load on a day; whether one went."""
    best: tuple[tuple[int, float], Trip, Hold, dict[str, int]] | None = None
    for way in ways:
        mine = Offer([p for p in offer.parcels if accepted(draft, p.lot, way.route.destination)], offer.riders)
        wanted = sum(p.count * p.lot.teu_each for p in mine.parcels) / max(x.teu for x in way.lifts) if any(
            x.teu for x in way.lifts
        ) else 0.0
        if not mine.parcels or (more_to_come and wanted < WORTH_GOING * way.limit):
            continue
        least = 0 if mine.riders and mine.drivable else max(1, int(min(wanted, way.limit) / 4))
        trip = draft.board.trip(way, day, least)
        if trip is None:
            continue
        hold, vehicles = compose(draft, trip, mine)
        moved = hold.teu_used + hold.cars
        if moved and (best is None or (trip.arrive, -moved) < best[0]):
            best = ((trip.arrive, -moved), trip, hold, vehicles)
    if best is None:
        return False
    draft.send(best[1], best[2], best[3])
    return True


def compose(draft: Draft, trip: Trip, offer: Offer, *, everyone: bool = False) -> tuple[Hold, dict[str, int]]:
    """Fill a convoy: drive what can be driven, load the rest by priority, and seat people.

    Unless ``everyone`` is to go, enough people stay behind to drive what is left.
    """
    way, hold = trip.way, Hold()
    drivable, heads = sum(p.count for p in offer.drivable), offer.heads if trip.way.mode == "road" else 0
    share = way.limit if everyone else max(way.limit // 2, way.limit - sum(trip.vehicles.values()))
    left = driven = min(drivable, heads, share)
    for parcel in offer.drivable:
        left -= hold.drive(parcel, left)
    slots = way.limit - driven
    hold.teu, hold.tonnes = room(way.lifts, trip.vehicles, slots)
    way_out = draft.board.teu_out.get(way.route.destination)
    if way_out is not None:
        hold.teu = min(hold.teu, float(way_out[trip.arrive]))
    on_wheels = {id(parcel): count for parcel, count in hold.driven}
    for parcel in sorted(offer.parcels, key=lambda p: (p.lot.priority, p.day)):
        # People who are there drive their vehicles in a later convoy; without drivers a vehicle is loaded.
        if everyone or not (parcel.lot.self_propelled and heads):
            hold.put(parcel, parcel.count - on_wheels.get(id(parcel), 0))
    wanted = offer.heads if everyone else max(driven, offer.heads - (drivable - driven))
    vehicles = crew(way.lifts, trip.vehicles, slots, hold, min(wanted, offer.heads))
    hold.seat(offer.riders, wanted)
    return hold, vehicles


def _fly(draft: Draft, ways: list[Way], day: int, offer: Offer) -> bool:
    """Fly what can be flown on a day where no surface lift goes; whether anything went."""
    return any([fly_items(draft, way, day, [p for p in offer.parcels if p.count]) for way in ways])


def fly_items(draft: Draft, way: Way, day: int, parcels: list[Parcel]) -> bool:
    """Fly items on a day; whether any went."""
    lift, sorties = way.lifts[0], draft.board.flights(way, day)
    if sorties <= 0 or lift.teu <= 0:
        return False
    hold = Hold(sorties * lift.teu, sorties * lift.tonnes)
    way_out = draft.board.teu_out.get(way.route.destination)
    if way_out is not None:
        hold.teu = min(hold.teu, float(way_out[day]))
    for parcel in sorted(parcels, key=lambda p: p.lot.priority):
        if accepted(draft, parcel.lot, way.route.destination):
            hold.put(parcel, parcel.count)
    if hold.empty:
        return False
    used = crew((lift,), {lift.id: sorties}, sorties, hold, 0)[lift.id]
    draft.fly(way, day, hold, max(1, used))
    return True
