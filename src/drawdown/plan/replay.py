"""Replay a plan day by day: how much of everything is at every place in the evening of every day.

People of a unit, items of a lot, vehicles of a lift and detachments (escort platoons or ordnance teams) of a
unit are all *stocks*. A stock starts at one place, a move takes from its origin in the morning of the day of
departure and gives to its destination in the evening of the day of arrival, and a disposal or separation takes
in the course of its day. Day numbers count from cessation (day 0, when everything is where the mission's tables
say). Every rule and every measure reads from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lift, Unit
from drawdown.plan.model import Move, Plan

Kind = Literal["people", "lot", "lift", "detachment"]
Days = NDArray[np.int64]


@dataclass
class Stock:
    """One kind of thing at one place.

    ``change[d]`` is what day *d* adds or takes altogether, ``taken[d]`` what leaves in the morning or in
    the course of it; both have one entry a day from 0 to the mission's last day.
    """

    change: Days
    taken: Days

    @cached_property
    def evening(self) -> Days:
        """How many are there in the evening of each day."""
        return np.cumsum(self.change)

    @cached_property
    def least(self) -> Days:
        """The smallest number during each day: the evening before, less all that is taken. Below zero is a fault."""
        before = np.concatenate(([0], self.evening[:-1]))
        before[0] = self.change[0] + self.taken[0]
        return before - self.taken


@dataclass
class Replay:
    """A mission and a plan with the stocks that follow from them."""

    mission: Mission
    plan: Plan
    stocks: dict[tuple[Kind, str, str], Stock] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """The last day number (the end of liquidation)."""
        return self.mission.days

    def stock(self, kind: Kind, what: str, place: str) -> Stock:
        """The stock of a thing at a place; made empty on first use."""
        key = (kind, what, place)
        if key not in self.stocks:
            zeros = np.zeros(self.days + 1, dtype=np.int64)
            self.stocks[key] = Stock(zeros, zeros.copy())
        return self.stocks[key]

    def evening(self, kind: Kind, what: str, place: str) -> Days:
        """How many of a thing are at a place in the evening of each day (zeros if it is never there)."""
        found = self.stocks.get((kind, what, place))
        return found.evening if found else np.zeros(self.days + 1, dtype=np.int64)

    def day(self, when: date) -> int:
        """A date's day number, kept inside the horizon."""
        return min(max(self.mission.day(when), 0), self.days)

    @cached_property
    def places_of(self) -> dict[tuple[Kind, str], tuple[str, ...]]:
        """For each thing, the places where it ever is."""
        found: dict[tuple[Kind, str], list[str]] = {}
        for kind, what, place in self.stocks:
            found.setdefault((kind, what), []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def people_at(self) -> dict[str, Days]:
        """People at each site in the evening of each day."""
        total = {site.id: np.zeros(self.days + 1, dtype=np.int64) for site in self.mission.sites}
        for (kind, _, place), stock in self.stocks.items():
            if kind == "people" and place in total:
                total[place] = total[place] + stock.evening
        return total

    @cached_property
    def armed_at(self) -> dict[str, Days]:
        """Armed people at each site in the evening of each day."""
        total = {site.id: np.zeros(self.days + 1, dtype=np.int64) for site in self.mission.sites}
        for (kind, what, place), stock in self.stocks.items():
            if kind == "people" and place in total and what in self.mission.unit and self.mission.unit[what].armed:
                total[place] = total[place] + stock.evening
        return total

    @cached_property
    def items_at(self) -> dict[str, Days]:
        """Items of equipment at each site in the evening of each day."""
        total = {site.id: np.zeros(self.days + 1, dtype=np.int64) for site in self.mission.sites}
        for (kind, _, place), stock in self.stocks.items():
            if kind == "lot" and place in total:
                total[place] = total[place] + stock.evening
        return total

    def unit_remaining(self, unit: str) -> Days:
        """People of a unit who have neither reached an exit nor separated, at sites or on the way, each evening."""
        gone = np.zeros(self.days + 1, dtype=np.int64)
        for place in self.places_of.get(("people", unit), ()):
            if place in self.mission.exit:
                gone = gone + self.evening("people", unit, place)
        for row in self.plan.separations:
            if row.unit == unit:
                gone[self.day(row.day) :] += row.count
        return np.int64(self.mission.unit[unit].strength) - gone

    @cached_property
    def in_care(self) -> dict[str, Days]:
        """For each lot, the items that are neither disposed of nor at or on the way to an exit, each evening."""
        left = {lot.id: np.full(self.days + 1, lot.count, dtype=np.int64) for lot in self.mission.equipment}
        for move in self.plan.moves:
            if move.destination in self.mission.exit:
                for lot, count in (*move.lots.items(), *move.driven.items()):
                    left[lot][self.day(move.depart) :] -= count
        for row in self.plan.disposals:
            left[row.lot][self.day(row.day) :] -= row.count
        return left

    def lot_remaining(self, lot: str) -> Days:
        """Items of a lot that are neither disposed of nor at an exit, at sites or on the way, each evening."""
        gone = np.zeros(self.days + 1, dtype=np.int64)
        for place in self.places_of.get(("lot", lot), ()):
            if place in self.mission.exit:
                gone = gone + self.evening("lot", lot, place)
        for row in self.plan.disposals:
            if row.lot == lot:
                gone[self.day(row.day) :] += row.count
        return np.int64(self.mission.lot[lot].count) - gone

    @cached_property
    def people_remaining(self) -> Days:
        """People of the mission who have not left it, each evening."""
        total = np.zeros(self.days + 1, dtype=np.int64)
        for unit in self.mission.units:
            total = total + self.unit_remaining(unit.id)
        return total


def detachments(unit: Unit) -> int:
    """How many detachments a unit has: escort platoons, or ordnance teams if it sends those."""
    return unit.escort_platoons + unit.eod_teams


def travels(lift: Lift) -> bool:
    """Whether a lift stays where its last move ended (aircraft return to their base every night)."""
    return lift.mode != "air"


def _apply_move(result: Replay, move: Move) -> None:
    leave, arrive = result.day(move.depart), result.day(move.arrive)
    mission = result.mission
    cargo: list[tuple[Kind, str, int]] = [("people", u, n) for u, n in move.people.items()]
    cargo += [("lot", lot, n) for lot, n in move.lots.items()]
    cargo += [("lot", lot, n) for lot, n in move.driven.items()]
    cargo += [("detachment", u, n) for u, n in move.escorts.items()]
    cargo += [
        ("lift", x, n) for x, n in move.lift.items() if x not in mission.lift_by_id or travels(mission.lift_by_id[x])
    ]
    for kind, what, count in cargo:
        source = result.stock(kind, what, move.origin)
        source.change[leave] -= count
        source.taken[leave] += count
        result.stock(kind, what, move.destination).change[arrive] += count


def replay(mission: Mission, plan: Plan) -> Replay:
    """Replay a plan. Never fails: what cannot be (a stock below zero, an unknown place) shows in the stocks."""
    result = Replay(mission, plan)
    for unit in mission.units:
        result.stock("people", unit.id, unit.site).change[0] += unit.strength
        if detachments(unit):
            result.stock("detachment", unit.id, unit.site).change[0] += detachments(unit)
    for lot in mission.equipment:
        result.stock("lot", lot.id, lot.site).change[0] += lot.count
    for lift in mission.lift:
        if travels(lift):
            result.stock("lift", lift.id, lift.base).change[0] += mission.in_service(lift)
    for move in plan.moves:
        _apply_move(result, move)
    for row in plan.disposals:
        stock = result.stock("lot", row.lot, row.place)
        stock.change[result.day(row.day)] -= row.count
        stock.taken[result.day(row.day)] += row.count
    for left in plan.separations:
        stock = result.stock("people", left.unit, left.place)
        stock.change[result.day(left.day)] -= left.count
        stock.taken[result.day(left.day)] += left.count
    return result
