"""Everything about a tiny mission that still matters in an evening, and what can be done in a day."""

from __future__ import annotations

from typing import NamedTuple

from kit.brute_world import Counts, Load, Route, World

Grid = tuple[Counts, ...]

#: What state a closure step is in: a positive number is the last day of one at work.
TO_DO, DONE = 0, -1


class Convoy(NamedTuple):
    """Vehicles, people and items on a road; the first day on which they can arrive (0: now) and the last."""

    destination: int
    soonest: int
    latest: int
    lift: Counts
    people: Counts
    items: Counts


class State(NamedTuple):
    """Everything that still matters in an evening.

    People by unit and site; items by lot and site; vehicles that stand somewhere as (lift, place, first day on which
    they can leave, 0 for any); what is on the roads; closure steps; for each site the last day that its last-out may
    be; for each route with a headway the first day on which it may be entered again (0: any).
    """

    people: Grid
    items: Grid
    fleet: tuple[tuple[int, int, int], ...]
    roads: tuple[Convoy, ...]
    steps: Counts
    due: Counts
    taken: Counts


class Departure(NamedTuple):
    """A move that leaves."""

    route: Route
    load: Load


class Deeds(NamedTuple):
    """What is done on one day."""

    steps: tuple[int, ...] = ()
    disposals: tuple[tuple[str, int, int, int], ...] = ()  # disposition, lot, site, count
    separations: tuple[tuple[int, int, int], ...] = ()  # unit, site, count
    departures: tuple[Departure, ...] = ()
    arrivals: tuple[Convoy, ...] = ()


def beginning(world: World) -> State:
    """The evening of the day of cessation."""
    fleet = [(x, world.number[lift.base], 0) for x, lift in enumerate(world.mission.lift) if lift.mode == "road"
             for _ in range(world.mission.in_service(lift))]  # fmt: skip
    return State(
        world.start, world.stock, tuple(fleet), (), (TO_DO,) * len(world.steps), (world.end,) * len(world.sites),
        (0,) * len(world.routes),
    )  # fmt: skip


def heads(state: State, site: int) -> int:
    """People at a site."""
    return sum(row[site] for row in state.people)


def remaining(state: State, unit: int) -> int:
    """People of a unit who have not left the mission."""
    return sum(state.people[unit]) + sum(convoy.people[unit] for convoy in state.roads)


def in_care(world: World, state: State, lot: int) -> int:
    """Items of a lot that are neither disposed of nor at or on the way to an exit."""
    on_the_way = sum(c.items[lot] for c in state.roads if c.destination in world.sites)
    return sum(state.items[lot]) + on_the_way


def taken_away(grid: Grid, row: int, site: int, count: int) -> Grid:
    """Counts of things at sites without some of one thing at one site."""
    counts = list(grid[row])
    counts[site] -= count
    return (*grid[:row], tuple(counts), *grid[row + 1 :])
