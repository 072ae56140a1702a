"""Fill one convoy: what drives itself, what is loaded, and who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from drawdown.planner.construction.board import Trip
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.packing import EPS, Hold, carries, crew, room
from drawdown.planner.construction.stock import Group, Parcel

INF = float("inf")


@dataclass(frozen=True)
class Offer:
    """What could go a way on a day: parcels, people who ride along or drive, and people who go only to drive.

    What belongs to the site ``first`` goes before what passes through. Beside drivers no more than ``most`` ride.
    """

    parcels: list[Parcel]
    riders: list[Group]
    drivers: list[Group]
    first: str | None = None
    most: float = INF

    @cached_property
    def drivable(self) -> list[Parcel]:
        """Parcels that can be driven, those with most seats first."""
        return sorted((p for p in self.parcels if p.lot.self_propelled), key=lambda p: -p.lot.seats_each)


class Convoy:
    """A trip's convoy, filled from an offer: ``hold`` is what goes, ``vehicles`` what carries it.

    Unless ``everyone`` is to go, people enough stay behind to drive what is left, and to an exit only drivers go.
    """

    def __init__(self, draft: Draft, trip: Trip, offer: Offer, *, everyone: bool = False) -> None:
        self.trip, self.offer, self.everyone, self.hold = trip, offer, everyone, Hold()
        target = trip.way.route.destination
        self._to_exit = target in draft.mission.exit
        self._after_deadline = any(run.day > draft.board.deadline for run in trip.runs)
        self._room = float(draft.board.teu_out[target][trip.arrive]) if self._to_exit else INF  # TEU at the exit
        self._allowed = draft.allowances(target, trip.arrive, [*offer.riders, *offer.drivers], trip)
        self._heads = sum(count for _, count in self._allowed)
        if trip.way.mode == "road":
            self._drive()
        self._load()
        self.vehicles = self._seat()

    @property
    def moved(self) -> float:
        """What it takes along: TEU on lift, and vehicles that drive themselves."""
        return self.hold.teu_used + self.hold.cars

    @property
    def empty(self) -> bool:
        """Whether it takes no equipment."""
        return not (self.hold.items or self.hold.driven)

    def _drive(self) -> None:
        """Let vehicles drive, as many as have drivers, a place in the convoy and room at the exit."""
        way = self.trip.way
        if self._after_deadline and way.route.platoons:
            return
        for_lift = 0 if self.everyone else min(way.limit // 2, sum(self.trip.vehicles.values()))
        left = min(self._heads, way.limit - for_lift)
        for parcel in self.offer.drivable:
            size = parcel.lot.teu_each
            fits = int(self._room / size + EPS) if size and self._to_exit else left
            count = self.hold.drive(parcel, min(left, fits))
            left, self._room = left - count, self._room - count * size

    def _load(self) -> None:
        """Load what lift has room for, by priority. What people who are there can drive later waits for them."""
        lifts, free = self.trip.way.lifts, self.trip.vehicles
        largest = max((x for x in lifts if free.get(x.id)), key=lambda x: (x.teu, x.tonnes), default=None)
        if largest is None:
            return
        teu, self.hold.tonnes = room(lifts, free, self.trip.way.limit - self.hold.cars)
        self.hold.teu = min(teu, self._room)
        on_wheels = {id(parcel): count for parcel, count in self.hold.driven}
        for parcel in sorted(self.offer.parcels, key=self._rank):
            waits = parcel.lot.self_propelled and bool(on_wheels) and not self.everyone
            if self.hold.teu < parcel.lot.teu_each - EPS:
                continue
            if carries(largest, parcel) and not waits:
                self.hold.put(parcel, parcel.count - on_wheels.get(id(parcel), 0))

    def _rank(self, parcel: Parcel) -> tuple[bool, int, int]:
        passing = self.offer.first is not None and parcel.lot.site != self.offer.first
        return passing, parcel.lot.priority, parcel.day

    def _seat(self) -> dict[str, int]:
        """Seat people, and choose the vehicles of lift."""
        way, cars = self.trip.way, self.hold.cars
        wanted = self._heads if self.everyone else max(cars, self._passengers())
        vehicles = crew(way.lifts, self.trip.vehicles, way.limit - cars, self.hold, min(wanted, self._heads))
        self.hold.seat(self._allowed, wanted)
        return vehicles

    def _passengers(self) -> int:
        if self._to_exit:
            return 0
        left = sum(p.count for p in self.offer.drivable) - self.hold.cars if self.trip.way.mode == "road" else 0
        riders = sum(count for group, count in self._allowed if group in self.offer.riders) - left
        return int(min(riders, self.offer.most))
