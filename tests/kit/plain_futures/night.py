"""An evening: sites are handed over and left, and everything is counted."""

from __future__ import annotations

from drawdown.stress.script import Event, Reason
from kit.plain_futures.morning import start_steps
from kit.plain_futures.places import Site
from kit.plain_futures.store import Store
from kit.plain_futures.world import World


def play_night(world: World) -> None:
    """Steps that wait for last-out, handovers, sites that are left; then the accounts of the day."""
    start_steps(world, (step for step in world.steps if step.run.after_last_out and _is_out(world, step.run.site)))
    for site in world.sites:
        _hand_over(world, site)
        _leave(world, site)
    count(world)


def _is_out(world: World, number: int) -> bool:
    site = world.sites[number]
    return site.last_acts_have_gone() and not site.heads()


def _hand_over(world: World, site: Site) -> None:
    for step in site.steps:
        if step.run.handover and step.started is not None and step.started + step.run.days - 1 == world.day:
            site.handover = world.day
            world.record.log(world.day, Event.HANDED_OVER, site.index, 1)
            for store in site.handed:
                store.number = 0


def _leave(world: World, site: Site) -> None:
    """Once its last people have gone and nothing holds it: what is still there is lost."""
    if site.left is not None or not _is_out(world, site.index) or site.is_held():
        return
    site.left = world.day
    world.record.log(world.day, Event.LAST_OUT, site.index)
    for store in site.lots:
        _destroy(world, site, store)
    if site.nobody_takes and site.is_handed_over_by_plan:
        world.record.log(world.day, Event.HANDED_OVER, site.index, 0)


def _destroy(world: World, site: Site, store: Store) -> None:
    if store.promised and site.handover is None and not site.nobody_takes:
        return  # it goes with the handover, which is still to come
    lot, items = world.lot_of(store), store.number
    for reason, most in _reasons(site, store, destroy=lot.destroy):
        lost = min(store.number, most)
        if lost:
            store.number -= lost
            world.record.lose(lot, lost, reason)
    world.record.log_some(world.day, Event.DESTROYED, store.index, items)


def _reasons(site: Site, store: Store, *, destroy: bool) -> list[tuple[Reason, int]]:
    """For which reasons, and at most how many items each, in order; the last takes all that is left."""
    everything = store.number
    if store.promised and site.is_handed_over_by_plan:
        return [(Reason.HANDOVER_FAILED, everything)]
    if not destroy:
        return [(Reason.LEFT_BEHIND, everything)]
    return [(reason, store.given_up[reason]) for reason in Reason] + [(Reason.NO_LIFT_IN_TIME, everything)]


# Accounts


def count(world: World) -> None:
    """What the measures need of an evening."""
    record, script, day = world.record, world.script, world.day
    for site in world.sites:
        if day > 0 and site.was_open:
            record.cost_usd += site.facts.running_usd
        site.was_open = site.heads() > 0
    if record.remaining:
        record.cost_usd += record.remaining[-1] * script.person_day_usd
    record.remaining.append(sum(unit[1] - world.out[n] for n, unit in enumerate(script.units)))
    if not _is_complete(world):
        record.out_by = day + 1
    if script.protecting[day]:
        record.uncovered += sum(people for people, near in script.towns if not _is_covered(world, near))


def _is_complete(world: World) -> bool:
    """Whether nobody who must go, and nothing, is where it must not be."""
    if any(strength - world.out[n] > stay for n, (_, strength, _, _, stay) in enumerate(world.script.units)):
        return False
    closing = (site for site in world.sites if not site.facts.liquidation)
    return not any(site.heads() or any(store.number for store in site.lots) for site in closing)


def _is_covered(world: World, near: tuple[int, ...]) -> bool:
    return any(world.sites[n].armed() >= world.script.capable_force for n in near)
