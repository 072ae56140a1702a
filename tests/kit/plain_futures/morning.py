"""A morning: steps start, and each act that is due tries to leave."""

from __future__ import annotations

import math
from collections.abc import Iterable

from drawdown.stress.script import Cause, Event, Reason
from kit.plain_futures.claim import Claim
from kit.plain_futures.deed import Deed
from kit.plain_futures.departing import alternative_claim, leave, own_claim
from kit.plain_futures.places import Site, Step
from kit.plain_futures.world import World

REASONS = {
    Cause.CLEARANCE: Reason.TRANSPORT_REFUSED,
    Cause.BLOCK: Reason.TRANSPORT_REFUSED,
    Cause.ROUTE: Reason.UNSAFE_TO_MOVE,
    Cause.FIRE: Reason.UNSAFE_TO_MOVE,
}


def play_morning(world: World) -> None:
    """What was ready by the evening before stands in its store; steps start and acts leave."""
    world.new_day()
    start_steps(world, (step for step in world.steps if not step.run.after_last_out))
    tried: set[Deed] = set()
    today = world.day
    world.open_deeds = [deed for deed in world.open_deeds if not deed.finished]
    for deed in world.open_deeds:
        if deed.act.day > today:
            break  # they stand in the order of their planned days
        if deed in tried:
            continue
        group = _group(world, deed)
        if deed in group:
            tried.update(group)
            _try_together(world, group)
        else:
            _try(world, deed)


# Closure steps


def start_steps(world: World, steps: Iterable[Step]) -> None:
    """Start every step that can start today."""
    for step in steps:
        if step.started is None and not step.skipped and _can_start(world, step):
            step.started = world.day
            for day in range(world.day, world.day + step.run.days):
                world.crews[step.run.crew, day] += step.run.crews
            world.record.log(world.day, Event.STARTED, step.index)


def _can_start(world: World, step: Step) -> bool:
    run, day = step.run, world.day
    if day < run.day or not all(world.steps[n].ends_by(day - 1) for n in run.after):
        return False
    if run.crew >= 0 and any(
        world.crews[run.crew, d] + run.crews > world.script.crews[run.crew] for d in range(day, day + run.days)
    ):
        return False
    return _stock_share_kept(world, world.sites[run.site], run.stock_share)


def _stock_share_kept(world: World, site: Site, share: float) -> bool:
    """Whether little enough of a site's own equipment is there, by TEU, without what has been given up."""
    there = total = 0.0
    for store in site.own:
        teu = world.lot_of(store).teu
        there += max(0, store.number - sum(store.given_up.values())) * teu
        total += store.initially * teu
    return there <= share * total + 1e-6


# Acts one by one


def _try(world: World, deed: Deed) -> None:
    """Let an act leave by its own way, else by its alternative, else (or for what remains) keep its share for it."""
    cause, claim = own_claim(world, deed)
    if claim is None:
        give_up(world, deed, cause)
        claim = None if deed.finished else alternative_claim(world, deed, cause)
    if claim is not None:
        claim.stake(world)
        leave(world, claim)
    if not deed.finished:
        reserve(world, deed)


def give_up(world: World, deed: Deed, cause: Cause) -> None:
    """Give the loads of an act up if it is time; a flight that then has nothing to bring is cancelled."""
    loads, day = deed.waiting_lots, world.day
    if not deed.is_move or deed.act.origin < 0 or not loads or day < deed.act.give_up:
        return
    reason = REASONS.get(cause, Reason.NO_LIFT_IN_TIME)
    deed.gave_up = True
    for load in loads:
        load.void()
        load.store.given_up[reason] += load.take.count
    world.record.log(day, Event.GAVE_UP, deed.index, int(reason))
    if deed.flies and not any(load.waits for load in deed.loads):
        deed.cancelled = deed.finished = True
        world.record.log(day, Event.CANCELLED, deed.index)


def reserve(world: World, deed: Deed) -> None:
    """Keep for an act that stays what it needs and what is not still to come before it."""
    for load in deed.loads:
        if load.waits and load.source:
            store = load.source
            world.needed[store] += load.take.count
            short = world.needed[store] - load.still_to_come()
            world.reserved[store] = max(world.reserved[store], short)


# Last acts


def _group(world: World, deed: Deed) -> list[Deed]:
    """The last acts that leave together with one: those of its site whose people have not left."""
    if deed.act.final < 0:
        return []
    return [d for d in world.sites[deed.act.final].last_acts if not d.finished and d.has_people]


def _try_together(world: World, group: list[Deed]) -> None:
    """Let the last acts of a site leave, each by its own way or its alternative, or none of them."""
    claims = [_try_to_claim(world, deed) for deed in group]
    made = [claim for claim in claims if claim is not None]
    if len(made) < len(group):
        for claim in made:
            claim.release(world)
    else:
        for claim in made:
            leave(world, claim)
    for deed in group:
        if not deed.finished:
            reserve(world, deed)


def _try_to_claim(world: World, deed: Deed) -> Claim | None:
    cause, claim = own_claim(world, deed)
    if claim is None:
        give_up(world, deed, cause)
        claim = alternative_claim(world, deed, cause)
    if claim is not None:
        claim.stake(world)
    return claim


def strike_site(world: World, site: Site, delay: float, casualties: int, *, attack: bool) -> None:
    """An event at a site where people are: some are hurt, and no move leaves for a while."""
    if site.heads():
        world.record.attacked(world.day, -1 - site.index, int(attack), casualties)
        site.under_fire_until = max(site.under_fire_until, world.day + math.ceil(delay) - 1)
