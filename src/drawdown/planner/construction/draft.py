"""A plan in the making: the board, the stock, and what has been decided so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.plan.model import Closure, Disposal, Disposition, Separation, StepRun
from drawdown.planner.construction.board import Board, Trip
from drawdown.planner.construction.dispose import Policy
from drawdown.planner.construction.goals import Goals
from drawdown.planner.construction.journal import Days, days_of
from drawdown.planner.construction.packing import Hold
from drawdown.planner.construction.stock import Group, Parcel, Stock
from drawdown.planner.construction.ways import Way

Allowances = list[tuple[Group, int]]


@dataclass(frozen=True)
class Settings:
    """What one attempt at a plan does differently from another.

    ``rank`` counts how often a site was to blame for a broken rule: the higher, the earlier it closes. ``margin``
    stretches the days that escorts keep to go home themselves; with ``anywhere`` people use every exit, however far.
    Sites in ``by_deadline`` close by the deadline although they might stay open for liquidation.
    """

    rank: tuple[tuple[str, int], ...] = ()
    margin: float = 1.0
    anywhere: bool = False
    by_deadline: frozenset[str] = frozenset()


class Draft:
    """Everything that the constructive planner knows while it works. Days are numbers since cessation."""

    def __init__(self, mission: Mission, board: Board, settings: Settings, policy: Policy | None = None) -> None:
        self.mission, self.board, self.settings = mission, board, settings
        self.journal = board.journal
        self.stock = Stock(mission, self.journal)
        self.policy, self.goals = policy or Policy(mission), Goals(mission, board)
        self.disposals: list[Disposal] = []
        self.separations: list[Separation] = []
        self.steps: list[StepRun] = []
        self.closures: dict[str, Closure] = {}
        #: Day on which the last item of a unit's equipment has gone or is on its way to an exit.
        self.gone: dict[str, int] = {unit.id: 0 for unit in mission.units}
        #: Last day on which any of it left a site.
        self.cleared: dict[str, int] = {unit.id: 0 for unit in mission.units}
        #: First day on which a site may be left, because others rest on it until then.
        self.needed: dict[str, int] = {site.id: 1 for site in mission.sites}
        #: Last day on which anything but the last group, and on which anyone but it, leaves a site.
        self.busy: dict[str, int] = {site.id: 1 for site in mission.sites}
        self.people_busy: dict[str, int] = {site.id: 1 for site in mission.sites}
        #: People at each site, and equipment of its own still there (TEU), in the evening of each day.
        self.people: dict[str, Days] = {}
        self.own_teu: dict[str, NDArray[np.float64]] = {}
        #: People at each site who enable a function, in the evening of each day.
        self.enabling: dict[tuple[str, str], Days] = defaultdict(lambda: days_of(0, board.end + 2))
        for site in mission.sites:
            self.people[site.id] = days_of(0, board.end + 2)
            teu = sum(x.count * x.teu_each for x in mission.equipment if x.site == site.id)
            self.own_teu[site.id] = np.full(board.end + 2, float(teu))
        for unit in mission.units:
            self._count(unit.site, unit.id, unit.strength, 0)

    def _count(self, place: str, unit: str, count: int, day: int) -> None:
        """So many more people of a unit are at a place from the evening of a day."""
        if place in self.people:
            self.journal.add(self.people[place], count, day)
            for function in self.mission.unit[unit].enables:
                self.journal.add(self.enabling[function, place], count, day)

    def _raise(self, table: dict[str, int], key: str, day: int) -> None:
        if day > table[key]:
            self.journal.put(table, key, day)

    def need(self, place: str, day: int) -> None:
        """A site may not be left before a day."""
        self._raise(self.needed, place, day)

    # ---- what leaves -------------------------------------------------------------------------------------------

    def send(self, trip: Trip, hold: Hold, vehicles: dict[str, int]) -> None:
        """Commit a trip with what is on board."""
        self.board.commit(trip, hold.load(), vehicles)
        self._carry(trip.way, hold, trip.day, trip.arrive)

    def fly(self, way: Way, day: int, hold: Hold, sorties: int) -> None:
        """Commit a day's flights with what is on board."""
        self.board.fly(way, day, hold.load(), sorties)
        if way.base in self.needed and way.base != way.route.origin:
            self.need(way.base, day)
        self._carry(way, hold, day, day)

    def allowances(self, destination: str, arrive: int, groups: list[Group], trip: Trip | None) -> Allowances:
        """How many of each group may be at a destination on a day.

        At an exit, no more than it takes, nobody before the day from which the unit may leave, and nobody whom the
        unit's detachments on the road still need.
        """
        room = self.board.people_out.get(destination)
        if room is None:
            return [(group, group.count) for group in groups]
        escorts, secured = (trip.escorts, trip.secured) if trip else ({}, ())
        free, found, taken = int(room[arrive]), [], defaultdict[str, int](int)
        for group in groups:
            unit = self.mission.unit[group.unit]
            early = unit.earliest is not None and self.mission.date(arrive) < unit.earliest
            spare = 0 if early else self.board.escorts.spare(unit.id, arrive, escorts, secured) - taken[unit.id]
            count = max(0, min(group.count, free, spare))
            free, taken[unit.id] = free - count, taken[unit.id] + count
            found.append((group, count))
        return found

    def flights(self, way: Way, day: int) -> int:
        """Sorties that can be flown on a way on a day; aeroplanes need the airfield units of sites that have one."""
        if way.lifts[0].kind == "aeroplane":
            for place in (way.route.origin, way.route.destination):
                site = self.mission.site.get(place)
                if site and site.airfield_unit and self.enabling["airfield", place][day - 1] <= 0:
                    return 0
        return self.board.flights(way, day)

    def _carry(self, way: Way, hold: Hold, day: int, arrive: int) -> None:
        origin, destination = way.route.origin, way.route.destination
        stays = destination in self.mission.site
        for parcel, count in [*hold.items, *hold.driven]:
            self._leave_site(origin, parcel, count, day)
            if stays:
                self.stock.put_items(destination, parcel, count, arrive)
            else:
                self._mark_gone(parcel, day)
        for group, count in hold.people:
            self.stock.take_people(origin, group, count)
            self._count(origin, group.unit, -count, day)
            if stays:
                self._count(destination, group.unit, count, arrive)
                self.stock.put_people(destination, group, count, arrive)
            else:
                self.board.escorts.go_home(group.unit, count, arrive)
        self._raise(self.busy, origin, day)
        if hold.people:
            self._raise(self.people_busy, origin, day)
        if stays:
            self.need(destination, arrive + 1)

    def _leave_site(self, place: str, parcel: Parcel, count: int, day: int) -> None:
        if parcel.lot.site == place:
            self.journal.add(self.own_teu[place], -count * parcel.lot.teu_each, day)
        if parcel.lot.unit:
            self._raise(self.cleared, parcel.lot.unit, day)
        self.stock.take_items(place, parcel, count)

    def _mark_gone(self, parcel: Parcel, day: int) -> None:
        if parcel.lot.unit:
            self._raise(self.gone, parcel.lot.unit, day)

    def dispose(self, place: str, parcel: Parcel, disposition: Disposition, day: int) -> None:
        """End the life of a parcel at a place on a day."""
        when, reason = self.mission.date(day), self.policy.reason if disposition == "destroy" else None
        row = Disposal(
            lot=parcel.lot.id, disposition=disposition, count=parcel.count, place=place, day=when, reason=reason
        )
        self.journal.append(self.disposals, row)
        self._mark_gone(parcel, day)
        self._leave_site(place, parcel, parcel.count, day)
        if disposition != "hand_over":
            self._raise(self.busy, place, day)

    def separate(self, place: str, group: Group, day: int) -> None:
        """End the contracts of a group where it serves."""
        row = Separation(unit=group.unit, count=group.count, place=place, day=self.mission.date(day))
        self.journal.append(self.separations, row)
        self._count(place, group.unit, -group.count, day)
        self.board.escorts.go_home(group.unit, group.count, day)
        self.stock.take_people(place, group, group.count)
        self._raise(self.busy, place, day)

    def close(self, site: Site, closure: Closure) -> None:
        """Close a site: what is based there flies no more."""
        self.closures[site.id] = closure
        self.board.base_left[site.id] = self.mission.day(closure.last_out)
