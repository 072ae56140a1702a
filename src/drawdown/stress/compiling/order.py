"""The acts of a plan in the order of a day, and who waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from drawdown.plan.model import Disposal, Move, Separation
from drawdown.plan.replay import travels
from drawdown.stress.compiling.index import Index
from drawdown.stress.compiling.piles import Deed


@dataclass(frozen=True)
class Ordered:
    """The acts in order with their planned days, and the site whose last people each takes (or None)."""

    index: Index

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Moves, disposals (not handovers: they go with their site) and separations, in the order of the script."""
        plan = self.index.plan
        disposals = [row for row in plan.disposals if row.disposition != "hand_over"]
        every: list[Deed] = [*plan.moves, *disposals, *plan.separations]
        # Equipment goes first on its day, since rear parties wait for it.
        return tuple(sorted(every, key=lambda deed: (self.day(deed), self.final(deed) is not None, not _lots(deed))))

    @cached_property
    def days(self) -> list[int]:
        """The planned day of each act."""
        return [self.day(deed) for deed in self.deeds]

    def day(self, deed: Deed) -> int:
        """The day on which an act is planned to leave."""
        return self.index.mission.day(deed.depart if isinstance(deed, Move) else deed.day)

    @staticmethod
    def place(deed: Deed) -> str:
        """Where an act takes place or starts."""
        return deed.origin if isinstance(deed, Move) else deed.place

    def final(self, deed: Deed) -> str | None:
        """The site whose last people an act takes: people leave it on the day of its planned last-out."""
        place = self.place(deed)
        takes_people = isinstance(deed, Separation) or (isinstance(deed, Move) and bool(deed.people))
        if place in self.index.site and takes_people and self.day(deed) == self.index.last_out(place):
            return place
        return None

    def holds_out(self, deed: Deed) -> tuple[int, ...]:
        """Sites whose last-out waits until an act has left: its own, and the bases of the aircraft that fly it."""
        index, day = self.index, self.day(deed)
        places = {self.place(deed)} if self.final(deed) is None else set()
        if isinstance(deed, Move) and deed.mode == "air":
            bases = {index.mission.lift_by_id[i].base for i in deed.lift} - {deed.origin}
            places |= {b for b in bases if b in index.site and (day < index.last_out(b) or self.final(deed) is None)}
        return tuple(sorted(index.site[p] for p in places if p in index.site and day <= index.last_out(p)))

    def holds_in(self, deed: Deed) -> tuple[int, ...]:
        """Sites whose last-out waits until an act has arrived."""
        index = self.index
        if not isinstance(deed, Move) or deed.destination not in index.site:
            return ()
        early = index.mission.day(deed.arrive) < index.last_out(deed.destination)
        return (index.site[deed.destination],) if early else ()

    @cached_property
    def after(self) -> dict[int, tuple[int, ...]]:
        """Acts that must leave before an act: flights before their airfield unit, equipment before its rear party."""
        found: dict[int, set[int]] = defaultdict(set)
        for late, early in (*self._airfield_units(), *self._rear_parties()):
            if early < late:
                found[late].add(early)
        return {late: tuple(sorted(early)) for late, early in found.items()}

    def leaving(self, units: list[str], places: list[str], day: int) -> list[int]:
        """Acts that take people of these units from these places on a day."""
        return [
            n
            for n, deed in enumerate(self.deeds)
            if self.days[n] == day and self.place(deed) in places and set(units) & set(_people(deed))
        ]

    def last_day(self, units: list[str], places: list[str]) -> int | None:
        """The day in whose evening none of these units is at these places any more (None if never, or never there)."""
        replay = self.index.replay
        present = sum(replay.evening("people", u, p) for u in units for p in places)
        if isinstance(present, int) or not present[0] or present[-1] > 0:
            return None
        return int((present > 0).nonzero()[0][-1]) + 1

    def _airfield_units(self) -> Iterator[tuple[int, int]]:
        mission = self.index.mission
        crews = [u.id for u in mission.units if "airfield" in u.enables]
        for site in mission.sites:
            day = self.last_day(crews, [site.id]) if site.airfield_unit else None
            if day is None:
                continue
            for late in self.leaving(crews, [site.id], day):
                for early, deed in enumerate(self.deeds[:late]):
                    if isinstance(deed, Move) and site.id in {deed.origin, deed.destination} and self._flown(deed):
                        yield late, early

    def _flown(self, move: Move) -> bool:
        return any(self.index.mission.lift_by_id[i].kind == "aeroplane" for i in move.lift)

    @cached_property
    def _leaving_mission(self) -> dict[str, list[int]]:
        """Acts by which people of each unit leave the mission."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, deed in enumerate(self.deeds):
            if isinstance(deed, Separation) or (isinstance(deed, Move) and deed.destination in self.index.exit):
                for unit in _people(deed):
                    found[unit].append(n)
        return dict(found)

    def _rear_parties(self) -> Iterator[tuple[int, int]]:
        mission = self.index.mission
        equipment: dict[str, list[int]] = defaultdict(list)
        for n, deed in enumerate(self.deeds):
            for lot in _lots(deed):
                gone = not isinstance(deed, Move) or deed.destination in mission.exit
                if gone and (owner := mission.lot[lot].unit):
                    equipment[owner].append(n)
        for unit in mission.units:
            if not unit.rear_party:
                continue
            left = unit.strength
            for n in self._leaving_mission.get(unit.id, ()):
                left -= _people(self.deeds[n])[unit.id]
                if left < unit.rear_party:
                    yield from ((n, early) for early in equipment[unit.id] if self.days[early] <= self.days[n])


def _people(deed: Deed) -> dict[str, int]:
    match deed:
        case Move():
            return deed.people
        case Separation():
            return {deed.unit: deed.count}
        case Disposal():
            return {}


def _lots(deed: Deed) -> tuple[str, ...]:
    match deed:
        case Move():
            return (*deed.lots, *deed.driven)
        case Disposal():
            return (deed.lot,)
        case Separation():
            return ()


def flies(index: Index, move: Move) -> list[tuple[str, int]]:
    """The sorties of a move by lift."""
    return [(i, n) for i, n in move.lift.items() if not travels(index.mission.lift_by_id[i])]
