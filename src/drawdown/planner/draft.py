"""A plan in the making: the board, the stock, and what has been decided so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site
from drawdown.plan.model import Closure, Disposal, Disposition, Separation, StepRun
from drawdown.plan.replay import detachments
from drawdown.planner.board import Board, Trip, Way
from drawdown.planner.packing import Hold
from drawdown.planner.stock import Group, Parcel, Stock


@dataclass
class Draft:
    """Everything that the constructive planner knows while it works. Days are numbers since cessation."""

    mission: Mission
    board: Board
    stock: Stock
    disposals: list[Disposal] = field(default_factory=list)
    separations: list[Separation] = field(default_factory=list)
    steps: list[StepRun] = field(default_factory=list)
    closures: dict[str, Closure] = field(default_factory=dict)
    #: First day on which a unit's main body may leave, because others need it until then.
    hold: defaultdict[str, int] = field(default_factory=lambda: defaultdict(lambda: 1))
    #: Day on which the last item of a unit's equipment has gone or is on its way to an exit.
    gone: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: People of each unit who have not left the mission.
    left: dict[str, int] = field(default_factory=dict)
    #: First day on which a site may be left, because others rest on it until then.
    needed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(lambda: 1))
    #: People at each site, and equipment of its own still there (TEU), in the evening of each day.
    people: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    own_teu: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    #: Last day on which anything or anyone but the last group leaves a site.
    busy: defaultdict[str, int] = field(default_factory=lambda: defaultdict(lambda: 1))

    def __post_init__(self) -> None:
        if self.people:
            return
        self.left = {u.id: u.strength for u in self.mission.units}
        for site in self.mission.sites:
            heads = sum(u.strength for u in self.mission.units if u.site == site.id)
            teu = sum(x.count * x.teu_each for x in self.mission.equipment if x.site == site.id)
            self.people[site.id] = np.full(self.board.end + 2, heads, dtype=np.int64)
            self.own_teu[site.id] = np.full(self.board.end + 2, float(teu))

    def last_day(self, site: Site) -> int:
        """The day by whose end a site should be left: the deadline, or the end of liquidation where a guard stays."""
        return self.board.end if self.may_stay(site) else self.board.deadline

    def may_stay(self, site: Site) -> bool:
        """Whether a site can stay open after the deadline: named for it, with people who stay and guard enough."""
        staying = [u for u in self.mission.units if u.stays_at == site.id]
        armed = sum(u.stays for u in staying if u.armed)
        return site.liquidation and armed >= site.guard and sum(u.stays for u in staying) > 0

    def root(self, place: str) -> str:
        """The root of the tree of hubs above a site."""
        seen = {place}
        while (hub := self.mission.site[place].hub) and hub not in seen:
            seen.add(hub)
            place = hub
        return place

    def snapshot(self) -> Draft:
        """A copy of everything that sending and disposing change, for `restore`."""
        return Draft(
            self.mission,
            self.board,
            self.stock.copy(),
            list(self.disposals),
            list(self.separations),
            list(self.steps),
            dict(self.closures),
            self.hold.copy(),
            self.gone.copy(),
            self.left.copy(),
            self.needed.copy(),
            {k: v.copy() for k, v in self.people.items()},
            {k: v.copy() for k, v in self.own_teu.items()},
            self.busy.copy(),
        )

    def restore(self, before: Draft) -> None:
        """Go back to a snapshot (which is used up)."""
        self.__dict__.update(before.__dict__)

    # ---- what leaves -------------------------------------------------------------------------------------------

    def send(self, trip: Trip, hold: Hold, vehicles: dict[str, int]) -> None:
        """Commit a round trip with what is on board."""
        self.board.commit(trip, hold.load(), vehicles)
        for unit in trip.escorts:
            self.hold[unit] = max(self.hold[unit], trip.end + 1)
        self._carry(trip.way, hold, trip.load_day, trip.arrive)

    def fly(self, way: Way, day: int, hold: Hold, sorties: int) -> None:
        """Commit a day's flights with what is on board."""
        self.board.fly(way, day, hold.load(), sorties)
        for place in (way.route.origin, way.route.destination):
            self._serve_airfield(place, way, day)
        self._carry(way, hold, day, day)

    def _serve_airfield(self, place: str, way: Way, day: int) -> None:
        site = self.mission.site.get(place)
        if site and site.airfield_unit and way.lifts[0].kind == "aeroplane":
            for unit in self.mission.units:
                if "airfield" in unit.enables and unit.site == place:
                    self.hold[unit.id] = max(self.hold[unit.id], day)

    def _carry(self, way: Way, hold: Hold, day: int, arrive: int) -> None:
        origin, destination = way.route.origin, way.route.destination
        stays = destination in self.mission.site
        for parcel, count in [*hold.items, *hold.driven]:
            self.leave_site(origin, parcel, count, day)
            if stays:
                self.stock.parcels[destination].append(Parcel(parcel.lot, arrive, count))
            else:
                self.mark_gone(parcel, day)
        for group, count in hold.people:
            self.stock.take_people(origin, group, count)
            self.people[origin][day:] -= count
            if stays:
                self.people[destination][arrive:] += count
                self.stock.groups[destination].append(Group(group.unit, group.role, arrive, count))
        for unit in {group.unit for group, _ in hold.people} if not stays else ():
            self._weaken(unit, sum(n for g, n in hold.people if g.unit == unit), arrive)
        self.busy[origin] = max(self.busy[origin], day)
        if stays:
            self.needed[destination] = max(self.needed[destination], arrive + 1)

    def _weaken(self, unit: str, count: int, day: int) -> None:
        """A unit sends fewer detachments once people of it have left the mission."""
        free, row = self.board.detachments.get(unit), self.mission.unit[unit]
        before, self.left[unit] = self.left[unit], self.left[unit] - count
        if free is not None:
            total = detachments(row)
            free[day:] -= total * before // row.strength - total * self.left[unit] // row.strength

    def leave_site(self, place: str, parcel: Parcel, count: int, day: int) -> None:
        """Take items out of a site's stock on a day."""
        if parcel.lot.site == place:
            self.own_teu[place][day:] -= count * parcel.lot.teu_each
        self.stock.take_items(place, parcel, count)

    def mark_gone(self, parcel: Parcel, day: int) -> None:
        """Remember that items of a unit's equipment have gone on a day."""
        if parcel.lot.unit:
            self.gone[parcel.lot.unit] = max(self.gone[parcel.lot.unit], day)

    def dispose(self, place: str, parcel: Parcel, disposition: Disposition, day: int, reason: str | None = None) -> None:
        """End the life of a parcel at a place on a day."""
        row = Disposal(
            lot=parcel.lot.id,
            disposition=disposition,
            count=parcel.count,
            place=place,
            day=self.mission.date(day),
            reason=reason,
        )
        self.disposals.append(row)
        self.mark_gone(parcel, day)
        self.leave_site(place, parcel, parcel.count, day)
        if disposition != "hand_over":
            self.busy[place] = max(self.busy[place], day)

    def separate(self, place: str, group: Group, day: int) -> None:
        """End the contracts of a group where it serves."""
        row = Separation(unit=group.unit, count=group.count, place=place, day=self.mission.date(day))
        self.separations.append(row)
        self.people[place][day:] -= group.count
        self._weaken(group.unit, group.count, day)
        self.stock.take_people(place, group, group.count)

    # ---- where things go ---------------------------------------------------------------------------------------

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """The board's ways, surface lift first (air lift is dear)."""
        return tuple(sorted(self.board.ways(origin, destination), key=lambda w: (not w.surface, w.lifts[0].id)))

    def cargo_goals(self, place: str) -> tuple[str, ...]:
        """Where equipment of a site goes next: its hub, or from a root the exits that take equipment."""
        hub = self.mission.site[place].hub
        if hub:
            return (hub,)
        return tuple(x.id for x in self.mission.exits if "equipment" in x.takes and self.ways(place, x.id))

    def people_goals(self, place: str, group: Group) -> tuple[str, ...]:
        """Where people of a group go next: an exit that they may use, else the hub; rear parties and stayers towards their place."""
        site, unit = self.mission.site[place], self.mission.unit[group.unit]
        hub = (site.hub,) if site.hub else ()
        if group.role == "stay" and unit.stays_at and unit.stays_at != place and self._above(place, unit.stays_at):
            return hub
        if unit.separates or (group.role == "rear" and hub):
            return hub
        exits = (
            x.id
            for x in self.mission.exits
            if (not unit.exits or x.id in unit.exits) and (not x.contributors or unit.contributor in x.contributors)
        )
        direct = tuple(x for x in exits if self.board.people_out[x].any() and self.ways(place, x))
        return direct + hub

    def _above(self, place: str, other: str) -> bool:
        seen = {place}
        while (hub := self.mission.site[place].hub) and hub not in seen:
            if hub == other:
                return True
            seen.add(hub)
            place = hub
        return False
