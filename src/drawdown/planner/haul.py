"""Move equipment from a site to its hub or to the exits, with the people who drive and ride along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from drawdown.mission.tables import Site
from drawdown.planner.board import Trip
from drawdown.planner.draft import Draft
from drawdown.planner.goals import Goals
from drawdown.planner.packing import EPS, Hold, carries, crew, room
from drawdown.planner.people import allowances, release_day
from drawdown.planner.stock import Group, Parcel
from drawdown.planner.ways import Way

#: A convoy waits for more until it can be this full, unless nothing more is to come.
WORTH_GOING = 0.4

INF = float("inf")

Choice = Callable[[Parcel], bool]


@dataclass(frozen=True)
class Offer:
    """What could go a way on a day: parcels, people who ride along or drive, and people who go only to drive."""

    parcels: list[Parcel]
    riders: list[Group]
    drivers: list[Group]

    @cached_property
    def drivable(self) -> list[Parcel]:
        """Parcels that can be driven, those with most seats first."""
        return sorted((p for p in self.parcels if p.lot.self_propelled), key=lambda p: -p.lot.seats_each)

class Haul:
    """The equipment of one site on its way to the next places."""

    def __init__(self, draft: Draft, goals: Goals, site: Site) -> None:
        self.draft, self.goals, self.site = draft, goals, site
        targets = [x.id for x in goals.exits[site.id, "equipment"]] + list(goals.hubs(site.id)[:1])
        self.ways = [way for target in targets for way in goals.ways(site.id, target)]

    def move(self, chosen: Choice, limit: int, *, ride: bool = True) -> None:
        """Move every chosen parcel, convoy after convoy, as early as lift, escorts and the road allow.

        With ``ride``, people of the site who are bound for the same place drive its vehicles and fill its seats. What
        no convoy can take by ``limit`` is flown if it can be; the rest stays in the stock.
        """
        surface = [way for way in self.ways if way.surface]
        day = 1
        while surface and day <= limit and (pending := self._pending(chosen)):
            day = max(day, min(p.day for p in pending) + 1)
            offered = [p for p in pending if p.day < day]
            if day > limit or not self._send_convoy(surface, day, offered, ride=ride, more=len(offered) < len(pending)):
                day += 1
        self._fly(chosen, limit)

    def _pending(self, chosen: Choice) -> list[Parcel]:
        return [p for p in self.draft.stock.parcels(self.site.id) if chosen(p)]

    def bound_for(self, parcels: list[Parcel], target: str) -> list[Parcel]:
        """Those parcels that may go to a place."""
        return [p for p in parcels if target in self.goals.for_lot(self.site.id, p.lot)]

    def _riders(self, target: str, day: int) -> tuple[list[Group], list[Group]]:
        """People who may leave the site on a day: those whose way leads to a place, and those who could drive there."""
        groups = [g for g in self.draft.stock.groups(self.site.id) if not g.last and g.role != "stay"]
        free = [g for g in groups if release_day(self.draft, self.site, g) <= day and self.may_ride(g, target)]
        bound = [g for g in free if self.goals.for_group(self.site.id, g)[0] == target]
        return bound, [g for g in free if g not in bound and not self.draft.mission.unit[g.unit].latest]

    def may_ride(self, group: Group, target: str) -> bool:
        """Whether a place is among those to which a group goes next."""
        return target in self.goals.for_group(self.site.id, group)

    def _send_convoy(self, ways: list[Way], day: int, parcels: list[Parcel], *, ride: bool, more: bool) -> bool:
        """Send the best convoy that can load on a day; whether one went."""
        best: tuple[tuple[int, float], Trip, Hold, dict[str, int]] | None = None
        for way in ways:
            target = way.route.destination
            mine = self.bound_for(parcels, target)
            riders, drivers = self._riders(target, day) if ride else ([], [])
            offer = Offer(mine, riders, drivers)
            drive = way.mode == "road" and bool(offer.drivable and (riders or drivers))
            wanted = sum(p.count * p.lot.teu_each for p in mine) / way.teu if way.teu else 0.0
            if not mine or (more and wanted < WORTH_GOING * way.limit) or not (way.teu or drive):
                continue
            fleet = sum(self.draft.mission.in_service(lift) for lift in way.lifts if lift.teu)
            least = 0 if drive else max(1, int(min(wanted, way.limit, fleet) / 4))
            trip = self.draft.board.trip(way, day, least)
            if trip is None:
                continue
            hold, vehicles = compose(self.draft, trip, offer)
            moved = hold.teu_used + hold.cars
            if (hold.items or hold.driven) and (best is None or (trip.arrive, -moved) < best[0]):
                best = ((trip.arrive, -moved), trip, hold, vehicles)
        if best is not None:
            self.draft.send(*best[1:])
        return best is not None

    def _fly(self, chosen: Choice, limit: int) -> None:
        air = [way for way in self.ways if not way.surface and way.teu]
        day = 1
        while air and day <= limit and (pending := self._pending(chosen)):
            day = max(day, min(p.day for p in pending) + 1)
            if day > limit or not any([self.fly_on(way, day, [p for p in pending if p.day < day]) for way in air]):
                day += 1

    def fly_on(self, way: Way, day: int, parcels: list[Parcel]) -> bool:
        """Fly items on a day; whether any went."""
        lift, sorties = way.lifts[0], self.draft.flights(way, day)
        if sorties <= 0 or lift.teu <= 0:
            return False
        hold = Hold(sorties * lift.teu, sorties * lift.tonnes)
        way_out = self.draft.board.teu_out.get(way.route.destination)
        if way_out is not None:
            hold.teu = min(hold.teu, float(way_out[day]))
        for parcel in sorted(self.bound_for(parcels, way.route.destination), key=lambda p: p.lot.priority):
            if parcel.count and carries(lift, parcel):
                hold.put(parcel, parcel.count)
        if hold.empty:
            return False
        self.draft.fly(way, day, hold, crew((lift,), {lift.id: sorties}, sorties, hold, 0)[lift.id])
        return True


def compose(draft: Draft, trip: Trip, offer: Offer, *, everyone: bool = False) -> tuple[Hold, dict[str, int]]:
    """Fill a convoy: drive what can be driven, load the rest by priority, and seat people.

    Unless ``everyone`` is to go, enough people stay behind to drive what is left, and to an exit only drivers go.
    """
    home = trip.way.route.destination in draft.mission.exit
    way, hold, board = trip.way, Hold(), draft.board
    allowed = allowances(draft, way.route.destination, trip.arrive, [*offer.riders, *offer.drivers], trip)
    heads = sum(count for _, count in allowed)
    open_room = float(board.teu_out[way.route.destination][trip.arrive]) if way.route.destination in board.teu_out else INF
    driven = _drive(draft, trip, offer, hold, heads, open_room, everyone=everyone)
    slots = way.limit - driven
    largest = max((x for x in way.lifts if trip.vehicles.get(x.id)), key=lambda x: (x.teu, x.tonnes), default=None)
    hold.teu, hold.tonnes = room(way.lifts, trip.vehicles, slots)
    hold.teu = min(hold.teu, open_room - sum(n * p.lot.teu_each for p, n in hold.driven))
    on_wheels = {id(parcel): count for parcel, count in hold.driven}
    for parcel in sorted(offer.parcels, key=lambda p: (p.lot.priority, p.day)):
        # People who are there drive their vehicles in a later convoy; without drivers a vehicle is loaded.
        waits = parcel.lot.self_propelled and bool(driven) and not everyone
        if largest and carries(largest, parcel) and not waits:
            hold.put(parcel, parcel.count - on_wheels.get(id(parcel), 0))
    left_to_drive = sum(p.count for p in offer.drivable) - driven if way.mode == "road" else 0
    riders = sum(count for group, count in allowed if group in offer.riders and not home)
    wanted = heads if everyone else max(driven, riders - left_to_drive)
    vehicles = crew(way.lifts, trip.vehicles, slots, hold, min(wanted, heads))
    hold.seat(allowed, wanted)
    return hold, vehicles


def _drive(
    draft: Draft, trip: Trip, offer: Offer, hold: Hold, heads: int, open_room: float, *, everyone: bool
) -> int:
    """Let vehicles drive, as many as have drivers, a place in the convoy and room at the exit; how many do."""
    way = trip.way
    if way.mode != "road":
        return 0
    if any(run.day > draft.board.deadline for run in trip.runs) and way.route.platoons:
        return 0
    share = way.limit if everyone else max(way.limit // 2, way.limit - sum(trip.vehicles.values()))
    left = min(heads, share)
    for parcel in offer.drivable:
        size = parcel.lot.teu_each
        fits = int(open_room / size + EPS) if size and open_room < INF else left
        went = hold.drive(parcel, min(left, fits))
        left, open_room = left - went, open_room - went * size
    return hold.cars
