"""Fill a move: which items and people go on what there is room for, and how many vehicles that takes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from drawdown.mission.tables import Lift
from drawdown.planner.construction.board import Load
from drawdown.planner.construction.stock import Group, Parcel

#: Room for rounding when sums of TEU and tonnes are compared.
EPS = 1e-6


@dataclass
class Hold:
    """The room of a move and what has been put into it; ``teu``, ``tonnes`` and ``seats`` are what is left."""

    teu: float = 0.0
    tonnes: float = 0.0
    seats: int = 0
    items: list[tuple[Parcel, int]] = field(default_factory=list)
    driven: list[tuple[Parcel, int]] = field(default_factory=list)
    people: list[tuple[Group, int]] = field(default_factory=list)

    def put(self, parcel: Parcel, most: int) -> int:
        """Put up to so many items of a parcel on board; the number that went."""
        fits = [most, parcel.count]
        if parcel.lot.teu_each > 0:
            fits.append(int(self.teu / parcel.lot.teu_each + EPS))
        if parcel.lot.tonnes_each > 0:
            fits.append(int(self.tonnes / parcel.lot.tonnes_each + EPS))
        count = max(0, min(fits))
        if count:
            self.teu -= count * parcel.lot.teu_each
            self.tonnes -= count * parcel.lot.tonnes_each
            self.items.append((parcel, count))
        return count

    def drive(self, parcel: Parcel, most: int) -> int:
        """Let up to so many items drive; the number that go. Their seats are added."""
        count = max(0, min(most, parcel.count))
        if count:
            self.seats += count * parcel.lot.seats_each
            self.driven.append((parcel, count))
        return count

    def seat(self, groups: Iterable[tuple[Group, int]], most: int) -> int:
        """Seat up to so many people, group after group, of each no more than given; the number seated."""
        seated = 0
        for group, limit in groups:
            count = min(group.count, limit, most - seated, self.seats)
            if count > 0:
                self.people.append((group, count))
                self.seats -= count
                seated += count
        return seated

    @property
    def teu_used(self) -> float:
        """Room that the items on lift take (TEU)."""
        return sum(n * p.lot.teu_each for p, n in self.items)

    @property
    def tonnes_used(self) -> float:
        """Weight of the items on lift (t)."""
        return sum(n * p.lot.tonnes_each for p, n in self.items)

    @property
    def cars(self) -> int:
        """Vehicles that drive themselves."""
        return sum(n for _, n in self.driven)

    @property
    def heads(self) -> int:
        """People on board."""
        return sum(n for _, n in self.people)

    @property
    def empty(self) -> bool:
        """Whether nothing is on board."""
        return not (self.items or self.driven or self.people)

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


def carries(lift: Lift, parcel: Parcel) -> bool:
    """Whether one item of a parcel fits on one vehicle of a lift."""
    return parcel.lot.teu_each <= lift.teu + EPS and parcel.lot.tonnes_each <= lift.tonnes + EPS


def room(lifts: Iterable[Lift], free: dict[str, int], slots: int) -> tuple[float, float]:
    """TEU and tonnes that at most so many vehicles carry, those with most room first."""
    teu = tonnes = 0.0
    for lift in sorted(lifts, key=lambda x: (-x.teu, -x.tonnes)):
        count = min(free.get(lift.id, 0), slots) if lift.teu else 0
        teu, tonnes, slots = teu + count * lift.teu, tonnes + count * lift.tonnes, slots - count
    return teu, tonnes


def crew(lifts: Iterable[Lift], free: dict[str, int], slots: int, hold: Hold, people: int) -> dict[str, int]:
    """The vehicles for what is in a hold and for so many people beyond its seats; adds their seats to the hold.

    Vehicles with most room come first until everything on board is carried, then those with most seats.
    """
    chosen: dict[str, int] = {}
    teu, tonnes = hold.teu_used, hold.tonnes_used
    for lift in sorted(lifts, key=lambda x: (-x.teu, -x.tonnes)):
        by_room = math.ceil(teu / lift.teu - EPS) if lift.teu else 0
        by_weight = math.ceil(tonnes / lift.tonnes - EPS) if lift.teu and lift.tonnes else 0
        any_items = 1 if hold.items and lift.teu and not any(chosen.values()) else 0
        count = max(0, min(free.get(lift.id, 0), slots, max(by_room, by_weight, any_items)))
        chosen[lift.id] = count
        teu, tonnes, slots = max(0.0, teu - count * lift.teu), max(0.0, tonnes - count * lift.tonnes), slots - count
        hold.seats += count * lift.seats
    for lift in sorted(lifts, key=lambda x: -x.seats):
        if lift.seats and hold.seats < people:
            more = min(free.get(lift.id, 0) - chosen[lift.id], slots, -(-(people - hold.seats) // lift.seats))
            if more > 0:
                chosen[lift.id], slots = chosen[lift.id] + more, slots - more
                hold.seats += more * lift.seats
    return chosen
