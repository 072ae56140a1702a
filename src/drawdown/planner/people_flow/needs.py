"""What a finished plan asks of people: who has to be where in which evening, and how many may have left.

Read off the plan whose equipment, convoys, steps and closures are kept, so that people who are moved otherwise keep
the same rules. Where a rule leaves a choice, the plan's own is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Site, Unit
from drawdown.plan.replay import Days, Replay, detachments


@dataclass(frozen=True)
class Presence:
    """Of some units together at least ``low`` and at most ``high`` people are at a site in the evening of a day."""

    units: tuple[str, ...]
    site: str
    day: int
    low: float = 0.0
    high: float = np.inf


def presences(replay: Replay) -> list[Presence]:
    """Everything that a plan asks of the people at its sites until their last-out."""
    found: list[Presence] = []
    for site in replay.mission.sites:
        last = replay.day(replay.plan.closure[site.id].last_out)
        for part in (_somebody, _guards, _medics, _supported, _liquidators):
            found += part(replay, site, last)
    return [*found, *_airfield_crews(replay), *_step_units(replay)]


def _named(replay: Replay, chosen: Callable[[Unit], bool]) -> tuple[str, ...]:
    return tuple(unit.id for unit in replay.mission.units if chosen(unit))


def _somebody(replay: Replay, site: Site, last: int) -> Iterator[Presence]:
    everyone = _named(replay, lambda _: True)
    if replay.people_at[site.id][0] > 0:
        yield from (Presence(everyone, site.id, day, low=1) for day in range(last))


def _guards(replay: Replay, site: Site, last: int) -> Iterator[Presence]:
    """The guard while anyone or anything else is there; where the plan has nobody else, nobody else comes."""
    armed, unarmed = _named(replay, lambda u: u.armed), _named(replay, lambda u: not u.armed)
    others = (replay.people_at[site.id] > replay.armed_at[site.id]) | (replay.items_at[site.id] > 0)
    for day in range(last if site.guard else 0):
        if others[day]:
            yield Presence(armed, site.id, day, low=site.guard)
        else:
            yield Presence(unarmed, site.id, day, high=0)


def _medics(replay: Replay, site: Site, last: int) -> Iterator[Presence]:
    """A medical unit where the plan has one, unless an aircraft evacuates casualties to the end."""
    medical = _named(replay, lambda u: "medical" in u.enables)
    if medical and not _evacuated(replay, site):
        there = sum((replay.evening("people", u, site.id) for u in medical), np.zeros(replay.days + 1, dtype=np.int64))
        yield from (Presence(medical, site.id, day, low=1) for day in range(last) if there[day] > 0)


def _evacuated(replay: Replay, site: Site) -> bool:
    """Whether one aircraft evacuates casualties from a site from the first day to its last-out."""
    mission, closure = replay.mission, replay.plan.closure
    for lift in mission.lift:
        if not lift.casevac or not mission.in_service(lift) or lift.available_from is not None:
            continue
        base, ends = mission.place[lift.base], closure[site.id].last_out
        near = great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km
        stays = lift.base not in closure or closure[lift.base].last_out >= ends
        if near and stays and (lift.available_to is None or lift.available_to >= ends):
            return True
    return False


def _supported(replay: Replay, site: Site, last: int) -> Iterator[Presence]:
    """No more people than the life-support items that are still there can serve."""
    everyone, first = _named(replay, lambda _: True), max(int(replay.people_at[site.id][0]), site.people_at_start)
    for lot in replay.mission.equipment:
        if lot.site == site.id and lot.life_support and lot.count and first:
            items = replay.evening("lot", lot.id, site.id)
            for day in range(last):
                if items[day] < lot.count:
                    yield Presence(everyone, site.id, day, high=int(items[day]) * first // lot.count)


def _liquidators(replay: Replay, site: Site, last: int) -> Iterator[Presence]:
    """After the deadline a liquidation site has room for rear parties and those who are named for it."""
    mission = replay.mission
    rear = sum(min(u.rear_party, u.strength) for u in mission.units)
    most = rear + sum(u.stays for u in mission.units if u.stays_at == site.id)
    everyone, due = _named(replay, lambda _: True), replay.day(mission.mission.deadline)
    yield from (Presence(everyone, site.id, day, high=most) for day in range(due, last))


def _airfield_crews(replay: Replay) -> Iterator[Presence]:
    """An airfield unit on the eve of every aeroplane that needs one."""
    mission, crews = replay.mission, _named(replay, lambda u: "airfield" in u.enables)
    for move in replay.plan.moves:
        if move.mode == "air" and any(mission.lift_by_id[i].kind == "aeroplane" for i in move.lift):
            for place in (move.origin, move.destination):
                if place in mission.site and mission.site[place].airfield_unit:
                    yield Presence(crews, place, max(replay.day(move.depart) - 1, 0), low=1)


def _step_units(replay: Replay) -> Iterator[Presence]:
    """The enabling unit of a closure step, at the site or at its hub, wherever the plan has it."""
    mission = replay.mission
    for run in replay.plan.steps:
        kind = mission.step[run.step].needs
        if kind is None:
            continue
        units, hub = tuple(u.id for u in mission.units if kind in u.enables), mission.site[run.site].hub
        for day in range(max(replay.day(run.start) - 1, 0), replay.day(run.end)):
            for place in (run.site, hub) if hub else (run.site,):
                if any(replay.evening("people", u, place)[day] > 0 for u in units):
                    yield Presence(units, place, day, low=1)
                    break


def gone_between(replay: Replay, unit: Unit) -> tuple[Days, Days]:
    """The fewest and the most people of a unit who may have left the mission by each evening."""
    mission, days = replay.mission, replay.days
    here, everyone = np.zeros(days + 1, dtype=np.int64), np.int64(unit.strength)  # who has to be there
    if unit.earliest:
        here[: replay.day(unit.earliest)] = everyone
    if unit.rear_party:
        items = sum((replay.in_care[lot.id] for lot in mission.equipment if lot.unit == unit.id), 0 * here)
        here = np.maximum(here, np.where(items > 0, min(unit.rear_party, unit.strength), 0))
    most = everyone - np.maximum(here, _on_escort(replay, unit))
    most = np.minimum.accumulate(most[::-1])[::-1]
    least, named = np.zeros(days + 1, dtype=np.int64), max(0, unit.strength - unit.rear_party - unit.stays)
    due = replay.day(mission.mission.deadline)
    least[min(due, replay.day(unit.latest)) if unit.latest else due :] = named
    least[days] = unit.strength
    return least, most


def _on_escort(replay: Replay, unit: Unit) -> Days:
    """People whom a unit needs in each evening for the detachments that it sends out in the next morning."""
    total, used = detachments(unit), np.zeros(replay.days + 2, dtype=np.int64)
    if not total:
        return used[1:]
    for move in replay.plan.moves:
        if unit.id in move.escorts:
            used[replay.day(move.depart) : replay.day(move.arrive) + 1] += move.escorts[unit.id]
    return -(-used[1:] * unit.strength // total)
