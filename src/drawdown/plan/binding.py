"""What binds a plan: the limits that it runs at, and on how many days. No solver is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Exit
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, replay, travels

Floats = NDArray[np.float64]

#: A limit counts as reached when this share of it is in use: what is left is too little for another load.
FULL = 0.95


class Binding(NamedTuple):
    """A limit that the plan reaches on ``days`` days, the first and the last of which are ``start`` and ``end``."""

    what: str
    days: int
    start: date
    end: date


class _Use(NamedTuple):
    what: str
    used: Floats  # by day number
    limit: Floats | float


def _days(found: Replay) -> Floats:
    return np.zeros(found.days + 1)


def _leaving(found: Replay, way_out: Exit) -> Iterator[_Use]:
    people, teu = _days(found), _days(found)
    for move in found.plan.moves:
        if move.destination == way_out.id:
            items = [*move.lots.items(), *move.driven.items()]
            people[found.day(move.arrive)] += sum(move.people.values())
            teu[found.day(move.arrive)] += sum(found.mission.lot[lot].teu_each * n for lot, n in items)
    yield _Use(f"people a day through {way_out.name}", people, way_out.people_per_day)
    yield _Use(f"TEU a day through {way_out.name}", teu, way_out.teu_per_day)


def _flights(found: Replay) -> Iterator[_Use]:
    by_place = {place: _days(found) for place in found.mission.place}
    by_lift = {lift.id: _days(found) for lift in found.mission.lift if not travels(lift)}
    for move in found.plan.moves:
        if move.mode == "air":
            for place in (move.origin, move.destination):
                by_place[place][found.day(move.depart)] += sum(move.lift.values())
            for key, count in move.lift.items():
                by_lift[key][found.day(move.depart)] += count
    for place, used in by_place.items():
        where = found.mission.place[place]
        yield _Use(f"flights a day at {where.name}", used, where.flights_per_day)
    for lift in found.mission.lift:
        if lift.id in by_lift:
            most = found.mission.in_service(lift) * lift.sorties_per_day
            yield _Use(f"sorties of {lift.name}", by_lift[lift.id], most)


def _vehicles(found: Replay) -> Iterator[_Use]:
    for lift in filter(travels, found.mission.lift):
        away = lift.count - found.evening("lift", lift.id, lift.base)
        yield _Use(f"{lift.name} away from base", away.astype(float), found.mission.in_service(lift))


def _detachments(found: Replay) -> Iterator[_Use]:
    """Escorts and ordnance teams by the site that sends them, against those that its units still have people for."""
    for site in found.mission.sites:
        for noun, column in (("escort platoons", "escort_platoons"), ("ordnance teams", "eod_teams")):
            used, limit = _days(found), _days(found)
            for unit in found.mission.units:
                teams = getattr(unit, column)
                if unit.site == site.id and teams and unit.strength:
                    limit += np.floor(teams * found.unit_remaining(unit.id) / unit.strength)
                    for move in found.plan.moves:
                        used[found.day(move.depart) : found.day(move.arrive) + 1] += move.escorts.get(unit.id, 0)
            yield _Use(f"{noun} from {site.name}", used, limit)


def _crews(found: Replay) -> Iterator[_Use]:
    for crew in found.mission.crews:
        used = _days(found)
        for run in found.plan.steps:
            step = found.mission.step[run.step]
            if step.crew == crew.id:
                used[found.day(run.start) : found.day(run.end) + 1] += step.crews
        yield _Use(f"closure crews: {crew.name}", used, crew.count)


def what_binds(mission: Mission, plan: Plan) -> tuple[Binding, ...]:
    """The limits that a lawful plan reaches, those reached on most days first.

    Limits are daily: people and TEU through an exit, flights at an airfield, sorties and vehicles of a lift,
    escorts, ordnance teams and closure crews.
    """
    found = replay(mission, plan)
    uses = [use for way_out in mission.exits for use in _leaving(found, way_out)]
    uses += [*_flights(found), *_vehicles(found), *_detachments(found), *_crews(found)]
    binding = []
    for what, used, limit in uses:
        full = np.flatnonzero((used > 0) & (used >= FULL * limit))
        if full.size:
            first, last = mission.date(int(full[0])), mission.date(int(full[-1]))
            binding.append(Binding(what, int(full.size), first, last))
    return tuple(sorted(binding, key=lambda row: -row.days))
