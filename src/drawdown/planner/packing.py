"""Fill a move: which items and people go on what there is room for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from drawdown.planner.board import Load
from drawdown.planner.stock import Group, Parcel


@dataclass
class Hold:
    """The room of a move and what has been put into it. ``teu``, ``tonnes`` and ``seats`` are what is left."""

    teu: float
    tonnes: float
    seats: int
    items: list[tuple[Parcel, int]] = field(default_factory=list)
    driven: list[tuple[Parcel, int]] = field(default_factory=list)
    people: list[tuple[Group, int]] = field(default_factory=list)

    def room_for(self, parcel: Parcel) -> int:
        """How many items of a parcel still fit."""
        fits = [parcel.count]
        if parcel.lot.teu_each > 0:
            fits.append(int(self.teu / parcel.lot.teu_each + 1e-6))
        if parcel.lot.tonnes_each > 0:
            fits.append(int(self.tonnes / parcel.lot.tonnes_each + 1e-6))
        return max(0, min(fits))

    def put(self, parcel: Parcel, most: int) -> int:
        """Put up to so many items of a parcel on board; the number that went."""
        count = min(most, self.room_for(parcel))
        if count > 0:
            self.teu -= count * parcel.lot.teu_each
            self.tonnes -= count * parcel.lot.tonnes_each
            self.items.append((parcel, count))
        return max(count, 0)

    def drive(self, parcel: Parcel, most: int) -> int:
        """Let up to so many items drive; the number that go. Their seats are added."""
        count = min(most, parcel.count)
        if count > 0:
            self.seats += count * parcel.lot.seats_each
            self.driven.append((parcel, count))
        return max(count, 0)

    def seat(self, groups: Iterable[Group], most: int) -> int:
        """Seat up to so many people, group after group; the number seated."""
        seated = 0
        for group in groups:
            count = min(group.count, most - seated, self.seats)
            if count > 0:
                self.people.append((group, count))
                self.seats -= count
                seated += count
        return seated

    def load(self) -> Load:
        """What is on board, by id."""
        people: dict[str, int] = defaultdict(int)
        lots: dict[str, int] = defaultdict(int)
        driven: dict[str, int] = defaultdict(int)
        for group, count in self.people:
            people[group.unit] += count
        for parcel, count in self.items:
            lots[parcel.lot.id] += count
        for parcel, count in self.driven:
            driven[parcel.lot.id] += count
        return Load(dict(people), dict(lots), dict(driven))

    @property
    def empty(self) -> bool:
        """Whether nothing is on board."""
        return not (self.items or self.driven or self.people)
