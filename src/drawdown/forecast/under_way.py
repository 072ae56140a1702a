"""What is under way on a day, taken to have come in: convoys on the road, and rounds that have begun."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from drawdown.ledger.standing import Standing, Where
from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan

#: thing -> place -> how many
Places = dict[str, dict[str, int]]


def come_in(
    mission: Mission, standing: Standing, plan: Plan | None = None, departed: Collection[str] = ()
) -> tuple[Standing, tuple[Move, ...]]:
    """The standing once everything that is under way has come in, and the moves of the plan that this takes.

    What is on the way is where it goes. Where lift or escorts stand away from home, the moves by which the plan brings
    them home, and what these carry, are made, and closure steps that the plan has begun have ended: nobody would plan
    them anew. ``departed`` are the moves that have left by the record.
    """
    field = _Field(mission, standing)
    moves = field.rounds(plan, departed) if plan else ()
    people, lots, lift = (
        {name: dict(places) for name, places in found.items()} for found in (field.people, field.lots, field.lift)
    )
    settled = replace(standing, people=people, lots=lots, lift=lift, on_the_way=(), steps=_begun(standing, plan))
    return settled, moves


def _begun(standing: Standing, plan: Plan | None) -> dict[str, tuple[str, ...]]:
    steps = dict(standing.steps)
    for run in plan.steps if plan else ():
        if run.start <= standing.on and run.step not in steps.get(run.site, ()):
            steps[run.site] = (*steps.get(run.site, ()), run.step)
    return steps


class _Field:
    """Where everything is while the rounds that have begun come home."""

    def __init__(self, mission: Mission, standing: Standing) -> None:
        self.people, self.lots, self.lift = (_copied(x) for x in (standing.people, standing.lots, standing.lift))
        kinds = {"unit": self.people, "lot": self.lots, "lift": self.lift}
        for row in standing.on_the_way:
            kinds[row.kind][row.id][row.to_place] += row.count
        self.start = mission.mission.cessation
        self.home = {row.id: row.base for row in mission.lift} | {row.id: row.site for row in mission.units}
        #: Lift and escorts that can leave a place.
        self.out: Counter[tuple[str, str]] = Counter()

    def rounds(self, plan: Plan, departed: Collection[str]) -> tuple[Move, ...]:
        """Make the moves of rounds that have begun, and return them."""
        gone = [move for move in plan.moves if move.id in departed]
        last = max((move.depart for move in gone), default=self.start)
        self.out.update({(name, place): n for name, places in self.lift.items() for place, n in places.items()})
        for move in gone:
            for unit, count in move.escorts.items():
                self.out[unit, move.origin] -= count
                self.out[unit, move.destination] += count
        made: list[Move] = []
        for move in sorted(plan.moves, key=lambda row: (row.depart, row.id)):
            if move.id not in departed and move.depart >= last and self._is_a_round(move):
                self._make(move)
                made.append(move)
        return tuple(made)

    def _is_a_round(self, move: Move) -> bool:
        """Whether its lift is at its origin, away from home; or its escorts, if no lift of it is to come from home."""
        if move.mode == "air":
            return False
        lift = [name for name in move.lift if self.home.get(name) != move.origin]
        return all(self._away(name, move) for name in lift) and any(self._away(x, move) for x in (*lift, *move.escorts))

    def _away(self, name: str, move: Move) -> bool:
        return self.home.get(name) != move.origin and self.out[name, move.origin] > 0

    def _make(self, move: Move) -> None:
        for name, count in {**move.lift, **move.escorts}.items():
            taken = min(count, self.out[name, move.origin]) if self._away(name, move) else 0
            self.out[name, move.origin] -= taken
            self.out[name, move.destination] += taken
            if name in self.lift:
                _shift(self.lift[name], move, taken)
        for places, cargo in ((self.people, move.people), (self.lots, move.lots), (self.lots, move.driven)):
            for name, count in cargo.items():
                _shift(places[name], move, min(count, places[name][move.origin]))


def _shift(places: dict[str, int], move: Move, count: int) -> None:
    places[move.origin] -= count
    places[move.destination] += count


def _copied(found: Where) -> Places:
    return defaultdict(lambda: defaultdict(int), {k: defaultdict(int, places) for k, places in found.items()})
