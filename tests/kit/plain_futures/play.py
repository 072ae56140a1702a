"""Play one future of a script: the clock, and the processes that run beside it."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from drawdown.stress.script import ALL_CHANCE, Chance, Event, Process, Reason, Script
from kit.plain_futures.morning import play_morning, strike_site
from kit.plain_futures.night import count, play_night
from kit.plain_futures.places import Site
from kit.plain_futures.record import PlainFuture
from kit.plain_futures.under_way import live
from kit.plain_futures.world import PHASES, Phase, World

Running = Generator[simpy.Event, object, None]


def play(script: Script, seed: int, future: int, chance: Chance = ALL_CHANCE) -> PlainFuture:
    """One future of a script."""
    world = World(script, seed, future, chance)
    _log_blocks(world)
    count(world)
    for deed in world.deeds:
        if deed.is_move:
            world.env.process(live(world, deed))
    for site in world.sites:
        for number in site.facts.processes:
            if world.luck.on(script.processes[number].chance):
                world.env.process(_threaten(world, site, script.processes[number]))
    world.env.process(_clock(world))
    world.env.run(until=(script.days + 1) * PHASES)
    return _summary(world)


def _clock(world: World) -> Running:
    for day in range(1, world.script.days + 1):
        yield world.until(day, Phase.MORNING)
        play_morning(world)
        yield world.until(day, Phase.NIGHT)
        play_night(world)


def _threaten(world: World, site: Site, process: Process) -> Running:
    """The events of one process at one site."""
    for day, casualties in world.luck.site_events(site.facts, process):
        if day > world.script.days:
            return
        yield world.until(day, Phase.DAWN)
        strike_site(world, site, process.delay, casualties, attack=process.attack)


def _log_blocks(world: World) -> None:
    last_day = world.script.days
    for event, every in ((Event.BLOCKED, world.blocks), (Event.SHUT, world.closings)):
        for number, spans in enumerate(every):
            for first, last in spans:
                world.record.log(first, event, number, min(last, last_day))


def _summary(world: World) -> PlainFuture:
    record, never = world.record, world.script.days + 1
    return PlainFuture(
        events=record.events,
        out_by=record.out_by,
        last_out=[never if site.left is None else site.left for site in world.sites],
        handover=[never if site.handover is None else site.handover for site in world.sites],
        casualties=record.casualties,
        attacks=record.attacks,
        vehicles_lost=record.vehicles_lost,
        lost_items=[record.lost_items[reason] for reason in Reason],
        lost_teu=[record.lost_teu[reason] for reason in Reason],
        lost_usd=[record.lost_usd[reason] for reason in Reason],
        uncovered=record.uncovered,
        cost_usd=record.cost_usd,
        remaining=record.remaining,
        piles=[store.number for store in world.stores],
    )
