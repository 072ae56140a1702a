"""What is under way: one process a move, and one for those who leave by an alternative and what they borrow."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from drawdown.stress.script import Event, Kind
from kit.plain_futures.claim import Claim
from kit.plain_futures.deed import Deed
from kit.plain_futures.store import Load
from kit.plain_futures.world import Phase, World

Process = Generator[simpy.Event, int, None]


def live(world: World, deed: Deed) -> Process:
    """A move: it waits, is on the road, arrives; its lift is ready again when it has turned round."""
    arrival = yield world.departures[deed.index]
    yield world.until(arrival, Phase.EVENING)
    deed.arrived = True
    world.record.log(arrival, Event.ARRIVED, deed.index)
    under_way = [load for load in deed.loads if load.coming and not (deed.people_left and load.is_people)]
    for lag in sorted({load.take.lag for load in under_way}):
        yield world.until(arrival + lag, Phase.EVENING)
        _land(world, deed, [load for load in under_way if load.take.lag == lag])


def people_arrive(world: World, claim: Claim, arrival: int) -> Process:
    yield world.until(arrival, Phase.EVENING)
    claim.deed.people_arrived = True
    _land(world, claim.deed, list(claim.takings))


def _land(world: World, deed: Deed, loads: list[Load]) -> None:
    for load in loads:
        load.land()
        if load.take.kind == Kind.PEOPLE and deed.act.exit >= 0:
            world.out[load.store.pile.owner] += load.taken


def bring_back(world: World, claim: Claim, day: int) -> Process:
    yield world.until(day, Phase.EVENING)
    for store, count in claim.borrowed.items():
        store.number += count
        store.lent -= count
