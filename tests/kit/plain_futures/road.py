"""On the road: all that happens to a move between leaving and arriving, drawn when it leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from drawdown.stress import laws
from drawdown.stress.draws import Source
from drawdown.stress.script import Kind, LegFacts, Process, Way
from kit.plain_futures.deed import CONVOY_KM, VEHICLE_KM, Deed
from kit.plain_futures.store import Load
from kit.plain_futures.world import World

#: So often one resupply is tried at most, and so many keys there are for each.
TRIES, KEYS = 63, 64

#: Sums of days are whole if they are but for the rounding of decimals.
ROUNDING = 1e-9


@dataclass
class Journey:
    """The days of a journey, when each leg is entered, and what happens."""

    days: float = 0.0
    entries: list[tuple[int, int, int]] = field(default_factory=list)  # leg, direction, day
    attacks: int = 0
    casualties: int = 0
    vehicles_lost: int = 0
    resupplies: int = 0

    @property
    def whole_days(self) -> int:
        return max(1, math.ceil(self.days - ROUNDING))


def travel(world: World, way: Way, key: int) -> Journey:
    """A journey on which nothing happens."""
    journey = Journey()
    for n in range(len(way.passages)):
        _pass(world, journey, way, n, key)
    return journey


def _pass(world: World, journey: Journey, way: Way, n: int, key: int) -> LegFacts:
    passage = way.passages[n]
    leg = world.script.legs[passage.leg]
    day = world.day + math.floor(journey.days)
    journey.entries.append((passage.leg, passage.direction, day))
    journey.days += world.luck.days_on(leg, day, key, n)
    return leg


def travel_through_hazards(world: World, deed: Deed, vehicles: int) -> Journey:
    """The journey of a move on its own way, with what happens to it."""
    way, journey = deed.act.way, Journey()
    assert way is not None
    for n in range(len(way.passages)):
        leg = _pass(world, journey, way, n, deed.act.key)
        for process in _processes(world, leg):
            if world.luck.on(process.chance) and (process.attack or not way.air):
                _strike(world, journey, deed, process, n, world.luck.km(leg), vehicles)
    if way.air:
        journey.days = way.days  # flights keep to the plan's days
    _resupply(world, journey, deed, way)
    return journey


def _processes(world: World, leg: LegFacts) -> Iterator[Process]:
    if leg.hazard >= 0:
        for number in world.script.hazards[leg.hazard].processes:
            process = world.script.processes[number]
            if process.per in {CONVOY_KM, VEHICLE_KM}:
                yield process


def _strike(  # noqa: PLR0913, PLR0917 - who, by what, where and how exposed
    world: World, journey: Journey, deed: Deed, process: Process, n: int, km: float, vehicles: int
) -> None:
    mean = world.luck.events_rate(process) * (km * (vehicles if process.per == VEHICLE_KM else 1))
    if any(world.sites[s].left is not None for s in world.script.hazards[process.hazard].sites):
        mean *= process.rise
    u = world.luck.four(Source.EVENT, deed.act.key + process.key, n)
    events = laws.poisson(u[0], mean)
    if not events:
        return
    journey.attacks += events if process.attack else 0
    journey.casualties += laws.poisson(u[1], events * world.luck.casualties_each(process))
    if not deed.flies:
        journey.vehicles_lost += laws.poisson(u[2], events * process.vehicles)
        journey.days += events * process.delay


def _resupply(world: World, journey: Journey, deed: Deed, way: Way) -> None:
    """Wait for the flights that bring supplies, if they run out."""
    script = world.script
    needing = [c for c in (script.legs[p.leg].resupply for p in way.passages) if c >= 0]
    limit = way.exact + script.supply_days
    if not needing or script.supply_days <= 0 or journey.days <= limit:
        return
    journey.resupplies = math.ceil((journey.days - limit) / script.supply_days - ROUNDING)
    for resupply in range(journey.resupplies):
        tries = 0
        while tries < TRIES and _flight_fails(world, journey, deed, needing[0], KEYS * resupply + tries):
            journey.days += 1
            tries += 1


def _flight_fails(world: World, journey: Journey, deed: Deed, number: int, n: int) -> bool:
    day, a_class = world.day + math.floor(journey.days), world.script.classes[number]
    state = a_class.state[min(day, world.script.days)]
    if state == 3 or (state == 1 and world.blocked(number, day)):
        return True
    return state == 1 and world.luck.four(Source.RESUPPLY, deed.act.key, n)[0] < world.luck.refusal(a_class, day)


def lose_vehicles(world: World, deed: Deed, number: int, takings: dict[Load, int]) -> int:
    """Choose which vehicles are lost, and what they carried; how many they are."""
    lift = [load for load in takings if load.take.kind == Kind.LIFT]
    vehicles = [load for load in (*lift, *(x for x in takings if x.take.driven)) for _ in range(takings[load])]
    number = min(number, len(vehicles))
    for n in range(number):
        u = world.luck.four(Source.VEHICLE, deed.act.key, n)[0]
        vehicles.pop(math.floor(u * len(vehicles))).lost += 1
    lift_lost, lift_taken = sum(load.lost for load in lift), sum(takings[load] for load in lift)
    if lift_lost:
        for load, count in takings.items():
            if load.is_carried:
                load.lost = count * lift_lost // lift_taken
    return number
