"""The days of a plan, one after the other: on each, who and what leaves every site, and where empty lift is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.planner.construction.board import Trip
from drawdown.planner.construction.convoy import Convoy, Offer
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.last import choose_last
from drawdown.planner.construction.stock import Parcel
from drawdown.planner.construction.ways import Way
from drawdown.planner.search.camp import Camp
from drawdown.planner.search.crowd import Crowd
from drawdown.planner.search.empties import Empties
from drawdown.planner.search.fleet import FleetBoard
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.prices import Prices

#: TEU that an exit must still take for a convoy to set out to it.
LEAST_TEU = 0.5

#: A convoy whose risk is less than this (USD-equivalents) does not wait for more load.
HARMLESS = 6_000.0


class Dispatch:
    """Everything that a guide decides, day by day."""

    def __init__(self, draft: Draft, guide: Guide, prices: Prices, way_out: Mapping[str, float]) -> None:
        self.draft, self.guide, self.prices = draft, guide, prices
        mission = draft.mission
        self.camps = {s.id: Camp(draft, s, guide, prices, way_out) for s in _leaves_first(mission, draft)}
        self.children: dict[str, list[Camp]] = defaultdict(list)
        for camp in self.camps.values():
            if camp.site.hub:
                self.children[camp.site.hub].append(camp)
        self.crowd = Crowd(self)
        self.empties = Empties(self)
        for camp in self.camps.values():
            camp.along = self.empties.along

    @property
    def board(self) -> FleetBoard:
        """The board."""
        return self.draft.board  # type: ignore[return-value]

    def run(self) -> None:
        """Close every site."""
        for camp in self.camps.values():
            choose_last(self.draft, camp.site, camp.limit)
        for camp in self.camps.values():
            camp.keep_medical(self._below(camp.site.id))
        for camp in self.camps.values():
            camp.reserve(self.camps.get(camp.site.hub or ""))
        for camp in self.camps.values():
            camp.keep_rides()
        for day in range(1, self.board.end + 1):
            open_camps = [camp for camp in self.camps.values() if camp.closed is None]
            if not open_camps:
                return
            self._day(day, open_camps)
            self.draft.journal.forget()

    def _below(self, site: str) -> set[str]:
        """The sites that close before one because it is their hub, or their hub's hub."""
        sites = {camp.site.id for camp in self.children[site]}
        return sites.union(*(self._below(child) for child in sites))

    def _day(self, day: int, camps: list[Camp]) -> None:
        by_urgency = sorted(camps, key=lambda c: -c.cost)
        for camp in camps:
            camp.settle(day)
        self.crowd.count_drivers()
        self.empties.send(day, by_urgency)
        for camp in by_urgency:
            if not self._try_to_leave(camp, day):
                self._work(camp, day)

    def _work(self, camp: Camp, day: int) -> None:
        self._convoys(camp, day)
        self.crowd.leave(camp, day)
        self._freight(camp, day)
        if (camp.lent or camp.done() > self.board.end) and camp.work():
            self._release(camp)
        if camp.site.id in self.draft.people:
            camp.thin(day, self.crowd.to_come(camp))

    def _release(self, camp: Camp) -> None:
        """Let the teams go that nobody needs for work any more."""
        for need, team in camp.lent:
            users = [c for c in self.camps.values() if any(t is team for _, t in c.lent)]
            ends = [
                c.steps.done[s.id][1] if s.id in c.steps.done else self.board.end
                for c in users
                for s in c.steps.steps
                if s.needs == need
            ]
            self.draft.journal.assign(team, "held", max(ends, default=0) + 1)
        if all(team.held <= self.board.end for _, team in camp.lent):
            camp.lent.clear()

    def _try_to_leave(self, camp: Camp, day: int) -> bool:
        late = day >= camp.limit
        if not late:
            if camp.done() > day or day < camp.not_before:
                return False
            if any(child.closed is None for child in self.children[camp.site.id]):
                return False
            if camp.supports(list(self.camps.values())):
                return False
            if not self._fits(camp, day):
                return False
        left = camp.try_to_leave(day)
        if left:
            for other in self.camps.values():
                other.keep_medical({camp.site.id})
        return left

    def _fits(self, camp: Camp, day: int) -> bool:
        """Whether what is left looks as if it could go in one day."""
        left = camp.all_to_move()
        if not left:
            return True
        if not camp.roads or any(p.day >= day for p in left):
            return bool(camp.flights)
        cars = camp.drivable(left)
        teu = sum(p.count * p.lot.teu_each for p in left if not p.lot.self_propelled)
        trucks = teu / max(camp.roads[0].teu, 1e-9) if teu else 0.0
        most = max(w.limit for w in camp.roads) * len({w.route.destination for w in camp.roads})
        return cars + trucks <= most

    # ---- equipment ---------------------------------------------------------------------------------------------

    def _convoys(self, camp: Camp, day: int) -> None:
        """Send every convoy that is worth sending from a site on a day."""
        cargo = camp.cargo()
        ready = [p for p in cargo if p.day < day]
        if not ready:
            camp.waits_since.clear()
            return
        for way in camp.roads:
            for _ in range(4):
                if not self._send(camp, way, day, [p for p in ready if p.count], more=len(ready) < len(cargo)):
                    break

    def _send(  # noqa: PLR0911 - each return is one reason not to
        self, camp: Camp, way: Way, day: int, ready: list[Parcel], *, more: bool
    ) -> bool:
        target, draft = way.route.destination, self.draft
        if self.board.timetable.departure(way.route, day) is None:
            return False
        if target in self.camps and self.camps[target].closed is not None:
            return False
        trip = self.board.trip(way, day, 0)
        if trip is None or (target in self.board.teu_out and self.board.teu_out[target][trip.arrive] < LEAST_TEU):
            return False
        parcels = camp.haul.bound_for(ready, target)
        if not parcels:
            return False
        if self._too_few(camp, way, trip, day):
            return False
        free = trip.vehicles
        trip = self._less(trip, self.empties.kept_back.get(camp.site.id, 0))
        riders, drivers, most = self.crowd.aboard(camp, way, day)
        offer = Offer(parcels, riders, drivers, first=camp.site.id, most=most)
        convoy = Convoy(draft, trip, offer)
        if convoy.empty or not self._worth_going(camp, way, convoy, parcels, day, more=more):
            return False
        draft.send(trip, convoy.hold, self.empties.along(camp, way, free, convoy.vehicles, convoy.hold.cars))
        camp.waits_since.pop(id(way), None)
        return True

    def _too_few(self, camp: Camp, way: Way, trip: Trip, day: int) -> bool:
        """Whether the vehicles for a dangerous road are too few, whatever they carry."""
        if self.prices.convoy(way.route) <= HARMLESS or camp.site.id not in self.camps:
            return False
        cars, teu = camp.load()
        size = min(way.limit, cars + teu / way.teu if way.teu else cars)
        most = cars + sum(n for i, n in trip.vehicles.items() if self.board.surface_lift[i].teu)
        since = camp.waits_since.setdefault(id(way), day)
        waits = day - since < self.guide.at("patience", camp.site.id)
        return waits and most < self._fill(camp, day) * size

    def _fill(self, camp: Camp, day: int) -> float:
        """The share of a convoy that is worth waiting for; half of it, if no more lorries are on their way."""
        trucks, site = self.empties.trucks(camp), camp.site.id
        coming = self.board.count(trucks, site) - sum(self.board.idle(i, site, day) for i in trucks)
        return self.guide.at("fill", site) * (1.0 if coming > 0 else 0.5)

    @staticmethod
    def _less(trip: Trip, kept_back: int) -> Trip:
        """A trip without the vehicles that wait to be sent out to a site."""
        vehicles = dict(trip.vehicles)
        for way_lift in sorted(trip.way.lifts, key=lambda x: -x.teu):
            if way_lift.teu and kept_back > 0 and way_lift.id in vehicles:
                fewer = min(kept_back, vehicles[way_lift.id])
                vehicles[way_lift.id], kept_back = vehicles[way_lift.id] - fewer, kept_back - fewer
        return replace(trip, vehicles=vehicles)

    def _worth_going(  # noqa: PLR0913 - what would go, and what stays
        self, camp: Camp, way: Way, convoy: Convoy, parcels: list[Parcel], day: int, *, more: bool
    ) -> bool:
        if self.prices.convoy(way.route) <= HARMLESS:
            return True
        vehicles = convoy.hold.cars + sum(convoy.vehicles.values())
        cars = camp.drivable(parcels)
        rest = sum(p.count * p.lot.teu_each for p in parcels if not p.lot.self_propelled)
        size = min(way.limit, cars + (rest / way.teu if way.teu else 0.0) or 1.0)
        if more:
            size = max(size, 0.5 * way.limit)
        site = camp.site.id
        since = camp.waits_since.setdefault(id(way), day)
        if vehicles >= self._fill(camp, day) * size:
            return True
        return day - since >= self.guide.at("patience", site)

    def _freight(self, camp: Camp, day: int) -> None:
        """Fly equipment where flying is not much dearer than the road."""
        for way in camp.flights:
            ready = [p for p in camp.cargo() if p.day < day]
            if ready:
                camp.haul.fly_on(way, day, ready)


def _leaves_first(mission: Mission, draft: Draft) -> list[Site]:
    """Sites so that each comes before its hub."""
    return sorted(mission.sites, key=lambda site: -len(draft.goals.hubs(site.id)))
