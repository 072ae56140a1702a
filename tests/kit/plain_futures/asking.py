"""What an act asks before it leaves: the first thing that is missing is the cause for which it stays."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.stress.script import Act, Alternative, Cause, Kind, Way
from kit.plain_futures.claim import Claim
from kit.plain_futures.deed import Deed
from kit.plain_futures.store import Load
from kit.plain_futures.world import World

NOTHING, ASK, OPEN, BLOCKED = range(4)


def first_missing(world: World, deed: Deed, *, own_way: bool = True) -> Cause:
    """The first of what does not depend on a way, then of what does, that is missing today; NONE if all is there."""
    return next(_missing(world, deed, own_way=own_way), Cause.NONE)


def _missing(world: World, deed: Deed, *, own_way: bool) -> Iterator[Cause]:
    act, day = deed.act, world.day
    if not deed.is_move:
        yield from _stock_missing(world, deed)
        yield from _missing_for_last_people(world, deed)
        return
    if own_way and day < act.day + deed.hold:
        yield Cause.LIFT
    if own_way:
        yield from _stock_missing(world, deed)
    if not all(world.deeds[n].gone for n in act.after) or not all(
        step.ends_by(day - 1) for step in world.holding[deed.index]
    ):
        yield Cause.AFTER
    yield from _missing_for_last_people(world, deed)
    if act.origin >= 0 and day <= world.sites[act.origin].under_fire_until:
        yield Cause.FIRE
    if own_way:
        yield from way_missing(world, deed, act)


def _stock_missing(world: World, deed: Deed) -> Iterator[Cause]:
    """STOCK, or GUARD if too few are above a site's guard: what is short, and more of it is to come."""
    for load in deed.loads:
        if load.waits and world.free(load.source, load.take.count) < load.take.count and load.more_to_come():
            yield Cause.GUARD if load.take.kind == Kind.GUARD else Cause.STOCK


def _missing_for_last_people(world: World, deed: Deed) -> Iterator[Cause]:
    """LAST_OUT and CASEVAC."""
    act = deed.act
    if act.final >= 0:
        site = world.sites[act.final]
        first = (step for step in site.steps if step.run.before_last_out)
        if site.is_held() or not all(step.ends_by(world.day) for step in first):
            yield Cause.LAST_OUT
        for other in (world.sites[n] for n in site.facts.dependants):
            if other.heads() and not other.medics() and not other.has_evacuation_without(site.index):
                yield Cause.CASEVAC
    elif deed.is_move and act.origin >= 0 and act.medical and deed.has_people:
        site = world.sites[act.origin]
        only_medics_stay = all(other.gone or other.act.medical for other in site.held_until_gone)
        if not (site.medics() > act.medical or site.has_evacuation_without() or only_medics_stay):
            yield Cause.CASEVAC


def way_missing(world: World, deed: Deed, by: Act | Alternative) -> Iterator[Cause]:
    """CLEARANCE, BLOCK and ROUTE for an act's own way or its alternative's; HEADWAY for its own."""
    way, alternative = by.way, by is not deed.act
    assert way is not None
    yield from _unpermitted(world, deed, way, alternative=alternative)
    day, script = world.day, world.script
    for passage in way.passages:
        leg = script.legs[passage.leg]
        entered = min(day + passage.offset, script.days)
        if not leg.open[entered] or (leg.hazard >= 0 and world.shut(leg.hazard, day)):
            yield Cause.ROUTE
    if by.exit >= 0:
        _, _, _, first, last = script.exits[by.exit]
        arrives = day + way.days - 1 + (0 if alternative else deed.act.slack)
        if not first <= arrives <= last:
            yield Cause.ROUTE
    if alternative:
        return
    for passage in way.passages:
        headway = script.legs[passage.leg].headway
        entries, planned = world.entries[passage.leg, passage.direction], day + passage.offset
        if any(near in entries for near in range(planned - headway + 1, planned + headway)):
            yield Cause.HEADWAY


def _unpermitted(world: World, deed: Deed, way: Way, *, alternative: bool) -> Iterator[Cause]:
    for number in way.classes:
        state = world.script.classes[number].state[world.day]
        if state == BLOCKED or (state == ASK and world.blocked(number, world.day)):
            yield Cause.BLOCK
        elif state == ASK:
            granted = deed.answers(world.luck, number, alternative=alternative).granted
            if granted is None or granted > world.day:
                yield Cause.CLEARANCE


def was_refused(world: World, deed: Deed) -> bool:
    """Whether a clearance of its own way that it needs today has been refused by today."""
    for number in deed.act.way.classes if deed.act.way else ():
        if world.script.classes[number].state[world.day] == ASK:
            refused = deed.answers(world.luck, number, alternative=False).refused
            if refused is not None and refused <= world.day:
                return True
    return False


def room_missing(world: World, claim: Claim) -> Cause:
    """What a flight misses of AIRCRAFT, AIRFIELD and EXIT."""
    if not claim.flies:
        return Cause.NONE
    script, day = world.script, world.day
    for lift, sorties in claim.sorties.items():
        facts = script.lift[lift]
        if world.flown[lift] + sorties > world.luck.in_service(facts, day) * facts.sorties:
            return Cause.AIRCRAFT
    flights = sum(claim.sorties.values())
    if any(world.slots[field] + flights > script.fields[field] for field in claim.fields):
        return Cause.AIRFIELD
    if claim.exit >= 0 and world.is_full(claim.exit, day, claim.heads, claim.teu):
        return Cause.EXIT
    return Cause.NONE


def takings(world: World, deed: Deed) -> dict[Load, int]:
    """How many of each load an act takes that has found all that it has to wait for."""
    found = {load: min(load.take.count, world.free(load.source, load.take.count)) for load in deed.loads if load.waits}
    _load_lift(world, deed, found)
    return found


def _load_lift(world: World, deed: Deed, found: dict[Load, int]) -> None:
    """Leave behind what does not fit on lift that goes short; take more of each lot where there is room."""
    lift = [load for load in found if load.take.kind == Kind.LIFT]
    planned, taken = sum(load.take.count for load in lift), sum(found[load] for load in lift)
    carried = [load for load in found if load.is_carried]
    if taken < planned:
        for load in carried:
            found[load] = min(found[load], load.take.count * taken // planned)
    elif deed.is_move and not deed.flies:
        teu, tonnes = deed.act.room_teu, deed.act.room_tonnes
        for load in carried:
            lot = world.lot_of(load)
            more = max(0, min(_spare(load, found[load]), _fits(teu, lot.teu), _fits(tonnes, lot.tonnes)))
            found[load] += more
            teu, tonnes = teu - more * lot.teu, tonnes - more * lot.tonnes


def _fits(room: float, size: float) -> int:
    """How many things of a size fit into some room; what takes no room always does."""
    return int(room / size + 1e-9) if size > 0 else 10**9


def _spare(load: Load, taken: int) -> int:
    """What is in a load's store beyond what it takes itself and what others still count on."""
    store = load.store
    if store.promised:
        return 0
    others = sum(other.take.count for other in store.outflow if other.waits and other is not load)
    return store.number - taken - others
