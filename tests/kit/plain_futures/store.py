"""Stores and loads: how many of a thing are at a place, and what an act takes from there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from drawdown.stress.script import Kind, Pile, Reason, Take

if TYPE_CHECKING:
    from kit.plain_futures.deed import Deed


class Store:
    """So many of one thing at one place (a pile of the script)."""

    def __init__(self, index: int, pile: Pile):
        self.index, self.pile = index, pile
        self.number = self.initially = pile.initial
        self.lent = 0  # to alternatives, and coming back
        self.promised = False  # it goes with the handover of its site
        self.inflow: list[Load] = []
        self.outflow: list[Load] = []
        self.given_up: Counter[Reason] = Counter()  # items

    def __repr__(self) -> str:
        return f"{self.number} {self.pile.name} at {self.pile.place}"


class Load:
    """What an act takes from one store and brings to another (a take of the script)."""

    def __init__(self, take: Take, source: Store | None, target: Store | None):
        self.take, self.source, self.target = take, source, target
        self.deed: Deed | None = None  # the act that it belongs to
        self.waits = True  # neither taken nor given up
        self.coming = True  # will yet be ready in its target, for all that one knows
        self.taken = 0
        self.lost = 0
        if source:
            source.outflow.append(self)

    @property
    def store(self) -> Store:
        """Where it comes from, for what is counted there (all but the guard that last people take with them)."""
        assert self.source is not None
        return self.source

    @property
    def is_people(self) -> bool:
        """Whether it goes where its act's people go: they themselves, or the count of armed people above a guard."""
        return self.take.kind in {Kind.PEOPLE, Kind.GUARD}

    @property
    def is_lot(self) -> bool:
        return self.take.kind == Kind.LOT

    @property
    def is_carried(self) -> bool:
        return self.is_lot and not self.take.driven

    def before(self) -> list[Load]:
        """What the plan has ready in its store before its act leaves."""
        return self.source.inflow[: self.take.before] if self.source else []

    def more_to_come(self) -> bool:
        """Whether its store may still grow by what the plan has ready there before."""
        return self._lent() > 0 or any(load.coming for load in self.before())

    def still_to_come(self) -> int:
        """How many, by the plan, if it has to wait for what comes before it."""
        return sum(load.take.count for load in self.before() if load.coming) + self._lent()

    def _lent(self) -> int:
        return self.source.lent if self.source else 0

    def land(self) -> None:
        """Be ready in its target."""
        self.coming = False
        if self.target:
            self.target.number += self.taken - self.lost

    def void(self) -> None:
        """Never go."""
        self.waits = self.coming = False
