"""A mission's units, lots and lift, and its places, by number; the words of facts turned into those numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Leg

Numbers = NDArray[np.int64]
ThingKind = Literal["unit", "lot", "lift"]

#: The kinds of things in the order in which they are numbered, as facts number them.
UNIT, LOT, LIFT = range(3)
THING_KINDS: tuple[ThingKind, ...] = ("unit", "lot", "lift")

#: What a fact names and the mission does not have.
STRANGE = -2

#: The unknown place: before all places, which are numbered in the order of their ids.
UNKNOWN = 0


def contested_days(leg: Leg) -> float:
    """Days that a leg takes at worst."""
    return leg.nominal_days if leg.contested_days is None else leg.contested_days


@dataclass(frozen=True, eq=False)
class Things:
    """The mission's things and places by number."""

    mission: Mission

    @cached_property
    def names(self) -> tuple[tuple[int, str], ...]:
        """Each thing's kind and id."""
        rows = (self.mission.units, self.mission.equipment, self.mission.lift)
        return tuple(sorted({(kind, row.id) for kind, table in enumerate(rows) for row in table}))  # type: ignore[attr-defined]

    @cached_property
    def number(self) -> Mapping[tuple[int, str], int]:
        """The number of a thing by kind and id."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def kind(self) -> Numbers:
        """The kind of each thing."""
        return np.array([kind for kind, _ in self.names], np.int64)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Ids of places; the first is the unknown one."""
        return ("", *sorted(self.mission.place))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The number of a place by its id."""
        return {name: number for number, name in enumerate(self.places)}

    @cached_property
    def outside(self) -> NDArray[np.bool_]:
        """Which places lie outside the mission: exits but waypoints."""
        exits = self.mission.exit
        return np.array([name in exits and exits[name].kind != "waypoint" for name in self.places])

    @cached_property
    def start(self) -> tuple[tuple[int, int], ...]:
        """Where each thing is on the day of cessation, and how many."""
        mission = self.mission
        found = []
        for kind, name in self.names:
            if kind == UNIT:
                found.append((mission.unit[name].site, mission.unit[name].strength))
            elif kind == LOT:
                found.append((mission.lot[name].site, mission.lot[name].count))
            else:
                found.append((mission.lift_by_id[name].base, mission.lift_by_id[name].count))
        return tuple((self.place.get(place, UNKNOWN), count) for place, count in found)

    @cached_property
    def teu_each(self) -> NDArray[np.float64]:
        """Room that one of each thing takes, in TEU; 0 for what is no lot."""
        return np.array([self.mission.lot[name].teu_each if kind == LOT else 0.0 for kind, name in self.names])

    @cached_property
    def value_each(self) -> NDArray[np.float64]:
        """Depreciated value of one of each thing, in dollars; 0 for what is no lot."""
        return np.array([self.mission.lot[name].value_each if kind == LOT else 0.0 for kind, name in self.names])

    @cached_property
    def contested(self) -> NDArray[np.float64]:
        """Contested days between any two places: the quickest way of each mode, and of these the slowest.

        Where no mode goes all the way, the quickest way by several; where there is none, or an end is not known, the
        longest leg's.
        """
        legs = self.mission.legs
        modes = [self._quickest([leg for leg in legs if leg.mode == mode]) for mode in {leg.mode for leg in legs}]
        together = self._quickest(legs)
        slowest = np.max([np.where(np.isfinite(days), days, -1.0) for days in modes], axis=0, initial=-1.0)
        longest = max(map(contested_days, legs), default=0.0)
        return np.where(slowest >= 0, slowest, np.where(np.isfinite(together), together, longest))

    def _quickest(self, legs: Sequence[Leg]) -> NDArray[np.float64]:
        """Contested days by the quickest way over some legs; infinite where there is none."""
        days = np.full((len(self.places), len(self.places)), np.inf)
        np.fill_diagonal(days[1:, 1:], 0.0)
        for leg in legs:
            if leg.from_place in self.place and leg.to_place in self.place:
                one, other = self.place[leg.from_place], self.place[leg.to_place]
                days[one, other] = days[other, one] = min(days[one, other], contested_days(leg))
        for via in range(len(self.places)):
            days = np.minimum(days, days[:, [via]] + days[[via], :])
        return days

    def things_of(self, words: Mapping[str, Sequence[str]]) -> Numbers:
        """The number of each thing as facts number them: three times the number of its word, plus its kind."""
        longest = max(len(words[kind]) for kind in THING_KINDS)
        numbers = np.full(3 * longest + 1, STRANGE, np.int64)
        for kind, name in enumerate(THING_KINDS):
            for word, thing in enumerate(words[name]):
                numbers[3 * word + kind] = self.number.get((kind, thing), STRANGE)
        numbers[-1] = -1
        return numbers

    def places_of(self, words: Sequence[str]) -> Numbers:
        """The number of each place that facts name (and, last, of a blank one)."""
        return np.array([*(self.place.get(word, STRANGE) for word in words), -1], np.int64)

    def other_ends(self, legs: Sequence[str]) -> Numbers:
        """By leg that facts name, and place: the leg's other end, or the unknown place if it has no such end."""
        ends = np.zeros((len(legs) + 1, len(self.places)), np.int64)
        for number, name in enumerate(legs):
            if leg := self.mission.leg.get(name):
                one, other = self.place.get(leg.from_place, UNKNOWN), self.place.get(leg.to_place, UNKNOWN)
                ends[number, one], ends[number, other] = other, one
        ends[:, UNKNOWN] = UNKNOWN
        return ends
