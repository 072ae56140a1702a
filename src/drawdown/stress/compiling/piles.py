"""Piles and takes: what an act moves, and what must be there before it can."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from drawdown.plan.model import Disposal, Move, Separation
from drawdown.plan.replay import detachments, travels
from drawdown.stress.compiling.index import Index
from drawdown.stress.script import Kind, Pile, Take

#: An act of the plan.
Deed = Move | Disposal | Separation

PileName = tuple[Kind, str, str]


@dataclass
class Piles:
    """Piles by name, made as they are met, and the takes between them."""

    index: Index
    number: dict[PileName, int] = field(default_factory=dict)
    initial: dict[int, int] = field(default_factory=dict)
    takes: list[Take] = field(default_factory=list)

    def __post_init__(self) -> None:
        mission = self.index.mission
        for unit in mission.units:
            self.initial[self.of(Kind.PEOPLE, unit.id, unit.site)] = unit.strength
            if detachments(unit):
                self.initial[self.of(Kind.DETACHMENT, unit.id, unit.site)] = detachments(unit)
        for lot in mission.equipment:
            self.initial[self.of(Kind.LOT, lot.id, lot.site)] = lot.count
        for lift in mission.lift:
            if travels(lift):
                self.initial[self.of(Kind.LIFT, lift.id, lift.base)] = mission.in_service(lift)
        for site, spare in guards(self.index).items():
            self.initial[self.of(Kind.GUARD, site, site)] = spare

    def of(self, kind: Kind, what: str, place: str) -> int:
        """The number of a pile."""
        return self.number.setdefault((kind, what, place), len(self.number))

    def take_for(self, act: int, deed: Deed, *, final: bool) -> tuple[int, ...]:
        """Note what an act takes and brings; the numbers of the takes."""
        first = len(self.takes)
        if isinstance(deed, Disposal):
            self._take(act, Kind.LOT, deed.lot, deed.count, deed.place, None, self.index.mission.day(deed.day))
        elif isinstance(deed, Separation):
            day = self.index.mission.day(deed.day)
            self._take(act, Kind.PEOPLE, deed.unit, deed.count, deed.place, None, day)
            self._guard(act, deed.place, None, armed_in(self.index, {deed.unit: deed.count}), day, final=final)
        else:
            self._move(act, deed, final=final)
        return tuple(range(first, len(self.takes)))

    def _move(self, act: int, move: Move, *, final: bool) -> None:
        mission = self.index.mission
        arrive, start, end = mission.day(move.arrive), move.origin, move.destination
        for unit, count in sorted(move.people.items()):
            self._take(act, Kind.PEOPLE, unit, count, start, end, arrive)
        for lot, count in sorted(move.lots.items()):
            self._take(act, Kind.LOT, lot, count, start, end, arrive)
        for lot, count in sorted(move.driven.items()):
            self._take(act, Kind.LOT, lot, count, start, end, arrive, driven=True)
        for i, count in sorted(move.lift.items()):
            if travels(mission.lift_by_id[i]):
                away = end != mission.lift_by_id[i].base
                lag = mission.mission.turnaround_days if away else 0
                self._take(act, Kind.LIFT, i, count, start, end, arrive + lag, lag=lag)
        for unit, count in sorted(move.escorts.items()):
            self._take(act, Kind.DETACHMENT, unit, count, start, end, arrive)
        self._guard(act, start, end, armed_in(self.index, move.people), arrive, final=final)

    def _take(  # noqa: PLR0913, PLR0917 - the columns of a take
        self,
        act: int,
        kind: Kind,
        what: str,
        count: int,
        start: str,
        end: str | None,
        planned: int,
        *,
        lag: int = 0,
        driven: bool = False,
    ) -> None:
        target = self.of(kind, what, end) if end else -1
        self.takes.append(Take(act, kind, self.of(kind, what, start), target, count, lag, planned, 0, driven))

    def _guard(  # noqa: PLR0913 - from where, to where, how many and when
        self, act: int, start: str, end: str | None, armed: int, planned: int, *, final: bool
    ) -> None:
        source = -1 if final else self.number.get((Kind.GUARD, start, start), -1)
        target = self.number.get((Kind.GUARD, end, end), -1) if end else -1
        if armed and (source >= 0 or target >= 0):
            self.takes.append(Take(act, Kind.GUARD, source, target, armed, 0, planned, 0))

    def finished(self, days: list[int]) -> tuple[tuple[Pile, ...], tuple[Take, ...]]:
        """All piles and takes, given the planned day of each act: each take knows what comes before it."""
        inflow: dict[int, list[int]] = defaultdict(list)
        order = sorted(range(len(self.takes)), key=lambda n: (self.takes[n].planned, self.takes[n].act, n))
        for n in order:
            if self.takes[n].target >= 0:
                inflow[self.takes[n].target].append(n)
        planned = {pile: [self.takes[n].planned for n in flow] for pile, flow in inflow.items()}
        takes = []
        for take in self.takes:
            came = bisect_left(planned.get(take.source, []), days[take.act])
            values = {**vars(take), "before": came if take.source >= 0 else 0}
            takes.append(Take(**values))
        index = self.index
        owners = {Kind.PEOPLE: index.unit, Kind.DETACHMENT: index.unit, Kind.LOT: index.lot, Kind.LIFT: index.lift}
        piles = [
            Pile(
                kind=kind,
                name=what,
                place=place,
                site=index.site.get(place, -1),
                owner=owners.get(kind, index.site)[what],
                initial=self.initial.get(n, 0),
                inflow=tuple(inflow.get(n, ())),
            )
            for (kind, what, place), n in self.number.items()
        ]
        return tuple(piles), tuple(takes)


def armed_in(index: Index, people: dict[str, int]) -> int:
    """Armed people among these."""
    return sum(count for unit, count in people.items() if index.mission.unit[unit].armed)


def guards(index: Index) -> dict[str, int]:
    """Sites whose guard can be kept as a pile, with the armed people above it at cessation.

    That is so where, by the plan, never fewer than the guard are left there until the day of last-out.
    """
    mission, spare = index.mission, {}
    for site in mission.sites:
        last = index.last_out(site.id)
        armed = index.replay.armed_at[site.id][:last] - site.guard
        taken = [0] * (mission.days + 1)
        for move in index.plan.moves:
            if move.origin == site.id:
                taken[mission.day(move.depart)] += armed_in(index, move.people)
        for row in index.plan.separations:
            if row.place == site.id:
                taken[mission.day(row.day)] += armed_in(index, {row.unit: row.count})
        kept = all(armed[day - 1] - taken[day] >= 0 for day in range(1, last))
        if site.guard and last > 0 and armed[0] >= 0 and kept:
            spare[site.id] = int(armed[0])
    return spare
