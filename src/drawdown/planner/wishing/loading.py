"""What fixed moves carry: taken from where it stands as soon as it is there, before anybody else takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from drawdown.plan.model import Move
from drawdown.planner.construction.draft import Draft, Settings
from drawdown.planner.construction.packing import Hold
from drawdown.planner.construction.stock import Group, Parcel
from drawdown.planner.construction.ways import Route, Way
from drawdown.planner.wishing.fixing import WishedBoard

Counts = dict[str, int]

#: Of a unit's people its main body goes first: those who stay and the rear party have their own time.
_ROLES = ("main", "stay", "rear")


@dataclass
class Fixed:
    """A fixed move: its place among the board's moves, and what it was wished to carry and does not yet."""

    index: int
    move: Move
    people: Counts
    lots: Counts
    driven: Counts

    @property
    def missing(self) -> bool:
        """Whether something that it should carry has not been there."""
        return any(count for table in (self.people, self.lots, self.driven) for count in table.values())


class WishedDraft(Draft):
    """A draft with fixed moves, and with exits that are the only ones for some lots.

    ``leave`` has the first and last day on which a site may be left, where that is wished for.
    """

    board: WishedBoard

    def __init__(self, board: WishedBoard, settings: Settings, leave: dict[str, tuple[int, int]]) -> None:
        super().__init__(board.mission, board, settings)
        self.leave = leave
        self.fixed: list[Fixed] = []
        #: Day of the last fixed move with people from a place: that may be its last group, for whom nobody waits.
        self._last: dict[str, date] = {}
        #: Days on which people of a unit separated at a place in an earlier plan, kept where they can be.
        self.separated: dict[tuple[str, str], int] = {}
        #: Last day on which anybody may leave the site that is being closed.
        self.latest = board.end

    def fix(self, index: int, move: Move) -> None:
        """Take note of a move that the board has fixed."""
        day, site = self.mission.day(move.depart), self.mission.site
        if move.people:
            self._last[move.origin] = max(move.depart, self._last.get(move.origin, move.depart))
        self.fixed.append(Fixed(index, move, dict(move.people), dict(move.lots), dict(move.driven)))
        bases = (self.mission.lift_by_id[x].base for x in move.lift if move.mode == "air")
        for base in (base for base in bases if base in site):
            self.need(base, day)
        if move.origin in site:
            self.need(move.origin, day)

    def separate(self, place: str, group: Group, day: int) -> None:
        """End the contracts of a group where it serves; on the day of an earlier plan, if it can be."""
        kept = self.separated.get((group.unit, place), day)
        super().separate(place, group, kept if group.day < kept <= self.latest else day)

    def load(self, origin: str | None = None) -> None:
        """Load what is there now on the fixed moves from a place, or from every place; the earliest first."""
        for fixed in sorted(self.fixed, key=lambda f: (f.move.depart, f.move.id)):
            if fixed.missing and origin in {None, fixed.move.origin}:
                self._load(fixed)

    def _load(self, fixed: Fixed) -> None:
        move, day = fixed.move, self.mission.day(fixed.move.depart)
        parcels = [p for p in self.stock.parcels(move.origin) if p.day < day]
        hold = Hold()
        hold.items += _taken(parcels, fixed.lots)
        hold.driven += _taken(parcels, fixed.driven)
        groups = [g for g in self.stock.groups(move.origin) if fixed.people.get(g.unit) and g.day < day and not g.last]
        if move.destination in self.mission.exit:  # a rear party goes home after its unit's equipment
            groups = [g for g in groups if g.role != "rear" or not self._still_owns(g.unit, hold)]
        groups.sort(key=lambda g: (_ROLES.index(g.role), g.day))
        hold.people += _people(groups, fixed.people)
        if not hold.empty:
            before = self.people_busy[move.origin]
            route = Route(move.origin, move.destination, tuple(self.mission.leg[i] for i in move.legs))
            self._carry(Way(move.mode, move.origin, (), route), hold, day, self.mission.day(move.arrive))
            if move.people and move.depart == self._last[move.origin]:
                self.journal.put(self.people_busy, move.origin, before)

    def _still_owns(self, unit: str, hold: Hold) -> bool:
        """Whether equipment of a unit is anywhere but in a hold."""
        places = (*self.mission.site, *self.mission.exit)
        owned = sum(p.count for place in places for p in self.stock.parcels(place) if p.lot.unit == unit)
        return owned > sum(n for p, n in (*hold.items, *hold.driven) if p.lot.unit == unit)

    def settle(self) -> None:
        """Write into the fixed moves what they really carry; those that carry nothing of what they should are dropped.

        Only once nothing is left to be planned: the places of the board's moves change.
        """
        moves = self.board.moves
        for fixed in self.fixed:
            if fixed.missing:
                moves[fixed.index] = _without(moves[fixed.index], fixed)


def _taken(parcels: Iterable[Parcel], wanted: Counts) -> list[tuple[Parcel, int]]:
    """Items of what is wanted, which is then wanted no more."""
    found: list[tuple[Parcel, int]] = []
    for parcel in parcels:
        count = min(wanted.get(parcel.lot.id, 0), parcel.count)
        if count:
            wanted[parcel.lot.id] -= count
            found.append((parcel, count))
    return found


def _people(groups: Iterable[Group], wanted: Counts) -> list[tuple[Group, int]]:
    """People of those who are wanted, who are then wanted no more."""
    found: list[tuple[Group, int]] = []
    for group in groups:
        count = min(wanted.get(group.unit, 0), group.count)
        if count:
            wanted[group.unit] -= count
            found.append((group, count))
    return found


def _without(move: Move, fixed: Fixed) -> Move:
    def less(have: Counts, missing: Counts) -> Counts:
        return {name: count - missing.get(name, 0) for name, count in have.items() if count > missing.get(name, 0)}

    load = {
        "people": less(move.people, fixed.people),
        "lots": less(move.lots, fixed.lots),
        "driven": less(move.driven, fixed.driven),
    }
    return move.model_copy(update=load)
