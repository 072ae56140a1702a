"""Acts leave: what they claim, and what follows when they go by their own way or by their alternative."""

from __future__ import annotations

from drawdown.stress.script import ActKind, Alternative, Cause, Event, Kind, Reason
from kit.plain_futures.asking import first_missing, room_missing, takings, was_refused, way_missing
from kit.plain_futures.claim import Claim, teu_of
from kit.plain_futures.costs import cost_of_lift, cost_of_loan
from kit.plain_futures.deed import Deed
from kit.plain_futures.road import Journey, lose_vehicles, travel, travel_through_hazards
from kit.plain_futures.store import Store
from kit.plain_futures.under_way import bring_back, people_arrive
from kit.plain_futures.world import World


def own_claim(world: World, deed: Deed) -> tuple[Cause, Claim | None]:
    """The first thing that an act misses today for its own way; if nothing, what it takes."""
    cause = first_missing(world, deed)
    if cause:
        return cause, None
    act = deed.act
    found = takings(world, deed)
    claim = Claim(
        deed=deed,
        flies=deed.flies,
        takings=found,
        sorties={c.lift: c.count for c in act.carriers} if deed.flies else {},
        fields=tuple(f for f in (act.origin_field, act.destination_field) if f >= 0) if deed.flies else (),
        exit=act.exit,
        teu=teu_of(world, found.items()),
    )
    cause = room_missing(world, claim)
    return cause, None if cause else claim


def alternative_claim(world: World, deed: Deed, cause: Cause) -> Claim | None:
    """What its people would take today by the alternative of an act that stays, or None if they cannot leave."""
    way_out = deed.act.alternative
    drives = any(load.take.driven for load in deed.waiting_lots)
    wanted = deed.gave_up or cause in {Cause.BLOCK, Cause.ROUTE} or was_refused(world, deed)
    if way_out is None or not deed.has_people or drives or not wanted:
        return None
    if deed.alternative_from is None:
        deed.alternative_from = world.day
    if first_missing(world, deed, own_way=False) or next(way_missing(world, deed, way_out), None):
        return None
    flies = way_out.way.air
    claim = Claim(
        deed=deed,
        flies=flies,
        takings={load: load.take.count for load in deed.people},
        sorties={way_out.lift: way_out.sorties} if flies else {},
        fields=tuple(f for f in (way_out.origin_field, way_out.destination_field) if f >= 0) if flies else (),
        exit=way_out.exit,
        teu=0.0,
        borrowed={} if flies else _borrowed(world, way_out),
        alternative=True,
    )
    wanted_from = [*((load.source, n) for load, n in claim.takings.items()), *claim.borrowed.items()]
    if room_missing(world, claim) or any(world.free(store, n) < n for store, n in wanted_from):
        return None
    return claim


def _borrowed(world: World, way_out: Alternative) -> dict[Store, int]:
    pairs = ((way_out.pile, way_out.vehicles), (way_out.escort_pile, way_out.escorts))
    return {world.stores[pile]: count for pile, count in pairs if pile >= 0 and count}


def leave(world: World, claim: Claim) -> None:
    """Go, with what has been claimed."""
    for load, count in claim.takings.items():
        load.taken = count
    if claim.alternative:
        _leave_by_alternative(world, claim)
    elif claim.deed.is_move:
        _leave_by_own_way(world, claim)
    else:
        _dispose(world, claim)


def _dispose(world: World, claim: Claim) -> None:
    """A disposal or a separation: done on the day."""
    deed, day = claim.deed, world.day
    deed.left, deed.arrived, deed.finished = day, True, True
    disposes = deed.act.kind == ActKind.DISPOSE
    counted = [load for load in claim.takings if load.take.kind != Kind.GUARD]
    world.record.log(
        day, Event.DISPOSED if disposes else Event.SEPARATED, deed.index, sum(load.taken for load in counted)
    )
    for load in counted:
        if load.take.kind == Kind.PEOPLE:
            world.out[load.store.pile.owner] += load.taken


def _leave_by_own_way(world: World, claim: Claim) -> None:
    deed, day, record = claim.deed, world.day, world.record
    deed.left, deed.finished = day, True
    vehicles = _vehicles(claim)
    journey = travel_through_hazards(world, deed, vehicles)
    for leg, direction, entered in journey.entries:
        world.entries[leg, direction].add(entered)
    lost = lose_vehicles(world, deed, journey.vehicles_lost, claim.takings)
    for load in claim.takings:
        if load.is_lot and load.lost:
            record.lose(world.lot_of(load), load.lost, Reason.ATTACK)
    record.vehicles_lost += lost
    record.log(day, Event.DEPARTED, deed.index)
    record.attacked(day, deed.index, journey.attacks, journey.casualties)
    record.log_some(day, Event.VEHICLES_LOST, deed.index, lost)
    record.log_some(day, Event.RESUPPLIED, deed.index, journey.resupplies)
    arrival = _arrival(world, claim, journey, deed.act.slack)
    record.cost_usd += cost_of_lift(world, claim, arrival)
    world.departures[deed.index].succeed(arrival)


def _vehicles(claim: Claim) -> int:
    """What is exposed: sorties, or vehicles that carry and items that drive."""
    if claim.flies:
        return sum(claim.sorties.values())
    return sum(n for load, n in claim.takings.items() if load.take.kind == Kind.LIFT or load.take.driven)


def _leave_by_alternative(world: World, claim: Claim) -> None:
    deed, way_out = claim.deed, claim.deed.act.alternative
    assert way_out is not None
    deed.people_left = True
    for store, count in claim.borrowed.items():
        store.lent += count
    if not any(load.waits for load in deed.loads):
        deed.finished = True
    journey = travel(world, way_out.way, deed.act.key + 1)
    arrival = _arrival(world, claim, journey, 0)
    world.record.cost_usd += cost_of_loan(world, way_out, journey.whole_days)
    world.record.log(world.day, Event.FLEW_INSTEAD, deed.index, claim.heads)
    world.env.process(people_arrive(world, claim, arrival))
    world.env.process(bring_back(world, claim, world.day + 2 * journey.whole_days - 1))


def _arrival(world: World, claim: Claim, journey: Journey, slack: int) -> int:
    """The day of arrival; at an exit the first on which it has room, but no one waits beyond the end."""
    day = world.day + journey.whole_days + slack - 1
    if claim.exit < 0:
        return day
    claim.hold_place(world, -1)  # that of today, which a flight had claimed
    teu = teu_of(world, ((load, count - load.lost) for load, count in claim.takings.items()))
    while day <= world.script.days and world.is_full(claim.exit, day, claim.heads, teu):
        day += 1
    world.book(claim.exit, day, claim.heads, teu)
    return day
