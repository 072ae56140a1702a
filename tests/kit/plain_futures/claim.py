"""Claims: what an act takes today, which can be given back as long as it has not left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from drawdown.stress.script import Kind
from kit.plain_futures.deed import Deed
from kit.plain_futures.store import Load, Store
from kit.plain_futures.world import World


@dataclass
class Claim:
    """What an act takes from stores, what it borrows, and its sorties, airfields and exit."""

    deed: Deed
    flies: bool
    takings: dict[Load, int]
    sorties: dict[int, int]
    fields: tuple[int, ...]
    exit: int
    teu: float
    borrowed: dict[Store, int] = field(default_factory=dict)
    alternative: bool = False

    @property
    def heads(self) -> int:
        return sum(count for load, count in self.takings.items() if load.take.kind == Kind.PEOPLE)

    def stake(self, world: World) -> None:
        """Take it all, so that nobody else can."""
        self._apply(world, 1)

    def release(self, world: World) -> None:
        """Give it all back."""
        self._apply(world, -1)

    def _apply(self, world: World, sign: int) -> None:
        for load, count in self.takings.items():
            load.waits = sign < 0
            if load.source:
                load.source.number -= sign * count
        for store, count in self.borrowed.items():
            store.number -= sign * count
        for lift, sorties in self.sorties.items():
            world.flown[lift] += sign * sorties
        for airfield in self.fields:
            world.slots[airfield] += sign * sum(self.sorties.values())
        self.hold_place(world, sign)

    def hold_place(self, world: World, sign: int) -> None:
        """Keep a place at the exit for a flight until it leaves, or give that up."""
        if self.flies and self.exit >= 0:
            world.book(self.exit, world.day, sign * self.heads, sign * self.teu)


def teu_of(world: World, loads: Iterable[tuple[Load, int]]) -> float:
    return sum(count * world.lot_of(load).teu for load, count in loads if load.is_lot)
