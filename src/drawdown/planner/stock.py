"""What the planner still has to move: parcels of lots and groups of people, by place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot

Role = Literal["main", "rear", "stay"]


@dataclass
class Parcel:
    """Items of a lot that are at a place from the evening of a day."""

    lot: Lot
    day: int
    count: int


@dataclass
class Group:
    """People of a unit that are at a place from the evening of a day.

    ``role`` tells the unit's main body from its rear party and from those named for liquidation; ``last``
    marks those who leave a site on its last-out.
    """

    unit: str
    role: Role
    day: int
    count: int
    last: bool = False


class Stock:
    """Parcels and groups by place; what a move takes from one place is put at the next."""

    def __init__(self, mission: Mission) -> None:
        self.parcels: dict[str, list[Parcel]] = defaultdict(list)
        self.groups: dict[str, list[Group]] = defaultdict(list)
        for lot in sorted(mission.equipment, key=lambda x: (x.priority, x.id)):
            if lot.count:
                self.parcels[lot.site].append(Parcel(lot, 0, lot.count))
        for unit in mission.units:
            rear = min(unit.rear_party, unit.strength)
            stays = min(unit.stays, unit.strength - rear)
            split: tuple[tuple[Role, int], ...] = (("main", unit.strength - rear - stays), ("rear", rear), ("stay", stays))
            for role, count in split:
                if count:
                    self.groups[unit.site].append(Group(unit.id, role, 0, count))

    def copy(self) -> Stock:
        """A copy whose parcels and groups are its own."""
        twin = object.__new__(Stock)
        twin.parcels = defaultdict(list, {k: [replace(p) for p in v] for k, v in self.parcels.items()})
        twin.groups = defaultdict(list, {k: [replace(g) for g in v] for k, v in self.groups.items()})
        return twin

    def take_items(self, place: str, parcel: Parcel, count: int) -> None:
        """Take items out of a parcel at a place."""
        parcel.count -= count
        if parcel.count == 0:
            self.parcels[place].remove(parcel)

    def take_people(self, place: str, group: Group, count: int) -> None:
        """Take people out of a group at a place."""
        group.count -= count
        if group.count == 0:
            self.groups[place].remove(group)

    def split(self, place: str, group: Group, count: int) -> Group:
        """Make ``count`` people of a group a group of their own."""
        if count >= group.count:
            return group
        group.count -= count
        own = Group(group.unit, group.role, group.day, count)
        self.groups[place].append(own)
        return own
