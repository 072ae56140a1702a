"""What the planner still has to move: parcels of lots and groups of people, by place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot
from drawdown.planner.construction.journal import Journal

Role = Literal["main", "rear", "stay"]


@dataclass(eq=False)
class Parcel:
    """Items of a lot that are at a place from the evening of a day."""

    lot: Lot
    day: int
    count: int


@dataclass(eq=False)
class Group:
    """People of a unit that are at a place from the evening of a day.

    ``role`` tells the unit's main body from its rear party and from those named for liquidation; ``last`` marks those
    who leave a site on its last-out, ``late`` those who leave it when most others have; ``held`` is the first day on
    which they may leave it. Others need them until then.
    """

    unit: str
    role: Role
    day: int
    count: int
    last: bool = False
    late: bool = False
    held: int = 1


class Stock:
    """Parcels and groups by place; what a move takes from one place is put at the next."""

    def __init__(self, mission: Mission, journal: Journal) -> None:
        self._journal = journal
        self._changes: dict[str, int] = defaultdict(int)
        self._parcels: dict[str, list[Parcel]] = defaultdict(list)
        self._groups: dict[str, list[Group]] = defaultdict(list)
        self._owned: dict[tuple[str | None, str], int] = defaultdict(int)
        self._owned_in_all: dict[str | None, int] = defaultdict(int)
        for lot in sorted(mission.equipment, key=lambda x: (x.priority, x.id)):
            if lot.count:
                self._parcels[lot.site].append(Parcel(lot, 0, lot.count))
                self._owned[lot.unit, lot.site] += lot.count
                self._owned_in_all[lot.unit] += lot.count
        for unit in mission.units:
            rear = min(unit.rear_party, unit.strength)
            stays = min(unit.stays, unit.strength - rear)
            shares: dict[Role, int] = {"main": unit.strength - rear - stays, "rear": rear, "stay": stays}
            self._groups[unit.site] += [Group(unit.id, role, 0, count) for role, count in shares.items() if count]

    def version(self, place: str) -> tuple[int, int]:
        """A mark that differs whenever what is at a place may have changed."""
        return self._changes[place], self._journal.rewinds

    def parcels(self, place: str) -> list[Parcel]:
        """What is at a place."""
        return list(self._parcels[place])

    def groups(self, place: str) -> list[Group]:
        """Who is at a place."""
        return list(self._groups[place])

    def owns(self, unit: str, place: str) -> bool:
        """Whether equipment of a unit is at a place."""
        return self._owned[unit, place] > 0

    def owns_anywhere(self, unit: str) -> bool:
        """Whether equipment of a unit is anywhere still."""
        return self._owned_in_all[unit] > 0

    def take_items(self, place: str, parcel: Parcel, count: int) -> None:
        """Take items out of a parcel at a place."""
        self._changes[place] += 1
        self._own(parcel, place, -count)
        self._journal.assign(parcel, "count", parcel.count - count)
        if not parcel.count:
            self._journal.remove(self._parcels[place], parcel)

    def take_people(self, place: str, group: Group, count: int) -> None:
        """Take people out of a group at a place."""
        self._changes[place] += 1
        self._journal.assign(group, "count", group.count - count)
        if not group.count:
            self._journal.remove(self._groups[place], group)

    def put_items(self, place: str, parcel: Parcel, count: int, day: int) -> Parcel:
        """Items of a parcel are at a place from the evening of a day."""
        self._changes[place] += 1
        new = Parcel(parcel.lot, day, count)
        self._own(new, place, count)
        self._journal.append(self._parcels[place], new)
        return new

    def _own(self, parcel: Parcel, place: str, count: int) -> None:
        key = parcel.lot.unit, place
        self._journal.put(self._owned, key, self._owned[key] + count)
        self._journal.put(self._owned_in_all, parcel.lot.unit, self._owned_in_all[parcel.lot.unit] + count)

    def put_people(self, place: str, group: Group, count: int, day: int) -> None:
        """People of a group are at a place from the evening of a day."""
        self._changes[place] += 1
        for there in self._groups[place]:
            free = there.held == 1 and not (there.last or there.late)
            if free and (there.unit, there.role, there.day) == (group.unit, group.role, day):
                self._journal.assign(there, "count", there.count + count)
                return
        self._journal.append(self._groups[place], Group(group.unit, group.role, day, count))

    def split(self, place: str, group: Group, count: int) -> Group:
        """Make ``count`` people of a group a group of their own."""
        if count >= group.count:
            return group
        self.take_people(place, group, count)
        own = replace(group, count=count)
        self._journal.append(self._groups[place], own)
        return own
