"""Move equipment from a site to its hub or to the exits, with the people who drive and ride along."""

from __future__ import annotations

from collections.abc import Callable

from drawdown.mission.tables import Site
from drawdown.planner.construction.board import Trip
from drawdown.planner.construction.convoy import Convoy, Offer
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.packing import Hold, carries, crew
from drawdown.planner.construction.people import People
from drawdown.planner.construction.stock import Group, Parcel
from drawdown.planner.construction.ways import Way

#: A convoy waits for more until it can be this full, unless nothing more is to come; and for vehicles until this
#: share of those that it needs are there.
WORTH_GOING, FEWEST_VEHICLES = 0.4, 0.25

Choice = Callable[[Parcel], bool]


class Haul:
    """The equipment of one site on its way to the next places."""

    def __init__(self, draft: Draft, site: Site, people: People) -> None:
        self.draft, self.site, self.people = draft, site, people
        targets = [x.id for x in draft.goals.exits[site.id, "equipment"]] + list(draft.goals.hubs(site.id)[:1])
        self.ways = [way for target in targets for way in draft.goals.ways(site.id, target)]

    def move(self, chosen: Choice, limit: int, *, ride: bool = True) -> None:
        """Move every chosen parcel, convoy after convoy, as early as lift, escorts and the road allow.

        With ``ride``, people of the site who are bound for the same place drive its vehicles and fill its seats. What
        no convoy can take by ``limit`` is flown if it can be; the rest stays in the stock.
        """
        convoys = [way for way in self.ways if way.surface]
        flights = [way for way in self.ways if not way.surface and way.teu]
        self._day_by_day(chosen, limit, lambda day, pending: self._send_convoy(convoys, day, pending, ride=ride))
        self._day_by_day(chosen, limit, lambda day, pending: self._fly(flights, day, pending))

    def _day_by_day(self, chosen: Choice, limit: int, send: Callable[[int, list[Parcel]], bool]) -> None:
        day = 1
        while day <= limit and (pending := [p for p in self.draft.stock.parcels(self.site.id) if chosen(p)]):
            first = min(p.day for p in pending) + 1
            day = max(first, day) if day < first or send(day, pending) else day + 1

    def _send_convoy(self, ways: list[Way], day: int, pending: list[Parcel], *, ride: bool) -> bool:
        """Send the best convoy that can load on a day, the soonest there and then the fullest; whether one went."""
        best: Convoy | None = None
        ready = [p for p in pending if p.day < day]
        for way in ways:
            parcels = self.bound_for(ready, way.route.destination)
            if not parcels:
                continue
            riders, drivers = self._riders(way.route.destination, day) if ride else ([], [])
            offer = Offer(parcels, riders, drivers)
            trip = self._trip(way, day, offer, more=len(ready) < len(pending))
            convoy = Convoy(self.draft, trip, offer) if trip else None
            if convoy and not convoy.empty and (best is None or _rank(convoy) < _rank(best)):
                best = convoy
        if best is not None:
            self.draft.send(best.trip, best.hold, best.vehicles)
        return best is not None

    def _trip(self, way: Way, day: int, offer: Offer, *, more: bool) -> Trip | None:
        """A trip that is worth making for an offer; while ``more`` is to come, only for a good part of a convoy."""
        drive = way.mode == "road" and bool(offer.drivable and (offer.riders or offer.drivers))
        wanted = sum(p.count * p.lot.teu_each for p in offer.parcels) / way.teu if way.teu else 0.0
        if not (way.teu or drive) or (more and wanted < WORTH_GOING * way.limit):
            return None
        fleet = sum(self.draft.mission.in_service(lift) for lift in way.lifts if lift.teu)
        least = 0 if drive else max(1, int(FEWEST_VEHICLES * min(wanted, way.limit, fleet)))
        return self.draft.board.trip(way, day, least)

    def bound_for(self, parcels: list[Parcel], target: str) -> list[Parcel]:
        """Those parcels that may go to a place."""
        return [p for p in parcels if target in self.draft.goals.for_lot(self.site.id, p.lot)]

    def _riders(self, target: str, day: int) -> tuple[list[Group], list[Group]]:
        """People who may leave on a day: those whose way leads to a place, and those who could drive there."""
        groups = [g for g in self.draft.stock.groups(self.site.id) if not g.last and not self.people.remains(g)]
        free = [g for g in groups if self.may_ride(g, target) and self.people.release_day(g) <= day]
        bound = [g for g in free if self.draft.goals.for_group(self.site.id, g)[0] == target]
        return bound, [g for g in free if g not in bound and not self.draft.mission.unit[g.unit].latest]

    def may_ride(self, group: Group, target: str) -> bool:
        """Whether a place is among those to which a group goes next."""
        return target in self.draft.goals.for_group(self.site.id, group)

    def _fly(self, ways: list[Way], day: int, pending: list[Parcel]) -> bool:
        ready = [p for p in pending if p.day < day]
        return any([self.fly_on(way, day, ready) for way in ways])  # noqa: C419 - every way is flown

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


def _rank(convoy: Convoy) -> tuple[int, float]:
    return convoy.trip.arrive, -convoy.moved
