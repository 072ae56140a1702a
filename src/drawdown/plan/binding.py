"""What binds a plan: the resources that it uses up, and on how many days.

A resource binds on a day when nine tenths of it or more are in use (whole vehicles and whole convoys seldom
use up the last tenth). This is arithmetic on the plan, not a proof; a solver can say what one more would buy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, detachments, replay, travels

FULL = 0.9

#: A resource that is used up on fewer days than this does not hold up a plan.
FEWEST_DAYS = 5


class Binding(NamedTuple):
    """A resource that is used up: on how many days, of how many on which it is used at all."""

    what: str
    full_days: int
    used_days: int
    message: str


class Use(NamedTuple):
    """How much of a resource is in use on each day, of how much there is: its name, its size in words, its place.

    ``place`` is a site, an exit, or "" where the resource works in the whole mission.
    """

    what: str
    size: str
    used: NDArray[np.float64]
    most: float
    place: str

    @property
    def full(self) -> NDArray[np.bool_]:
        """On which days it binds."""
        return np.asarray(self.used >= FULL * self.most if self.most > 0 else self.used < 0)

    @property
    def full_days(self) -> int:
        """On how many days it binds."""
        return int(self.full.sum())


def _exits(result: Replay) -> Iterator[Use]:
    mission = result.mission
    for way_out in mission.exits:
        people, teu = np.zeros(result.days + 1), np.zeros(result.days + 1)
        for move in result.plan.moves:
            if move.destination == way_out.id:
                day = result.day(move.arrive)
                people[day] += sum(move.people.values())
                teu[day] += sum(mission.lot[i].teu_each * n for i, n in (*move.lots.items(), *move.driven.items()))
        yield Use(way_out.name, f"{way_out.people_per_day} people a day", people, way_out.people_per_day, way_out.id)
        yield Use(way_out.name, f"{way_out.teu_per_day:g} TEU a day", teu, way_out.teu_per_day, way_out.id)


def _lift(result: Replay) -> Iterator[Use]:
    mission = result.mission
    for lift in mission.lift:
        most = mission.in_service(lift) * (1 if travels(lift) else lift.sorties_per_day)
        used = np.zeros(result.days + 1)
        moves = [move for move in result.plan.moves if lift.id in move.lift]
        if travels(lift):
            # Lift that is not at home is at work, on the road or loading at the far end, until its last move.
            used += mission.in_service(lift) - result.evening("lift", lift.id, lift.base)
            used[max((result.day(move.arrive) for move in moves), default=0) + 1 :] = 0
        else:
            for move in moves:
                used[result.day(move.depart)] += move.lift[lift.id]
        yield Use(lift.name, f"{most} {'vehicles' if travels(lift) else 'sorties a day'}", used, most, lift.base)


def _escorts(result: Replay) -> Iterator[Use]:
    mission = result.mission
    for site in mission.sites:
        for teams, noun in ((False, "escort platoons"), (True, "explosive-ordnance teams")):
            units = [u for u in mission.units if u.site == site.id and (u.eod_teams if teams else u.escort_platoons)]
            total = sum(detachments(u) for u in units)
            at_home = sum((result.evening("detachment", u.id, site.id) for u in units), np.zeros(result.days + 1))
            away = (total - at_home).astype(np.float64)
            # As for lift: what does not come home after its last convoy is not at work any more.
            names = {u.id for u in units}
            last = max((result.day(m.arrive) for m in result.plan.moves if names & m.escorts.keys()), default=0)
            away[last + 1 :] = 0
            yield Use(f"{noun.capitalize()} of {site.name}", f"{total} {noun}", away, total, site.id)


def _crews(result: Replay) -> Iterator[Use]:
    mission = result.mission
    for crew in mission.crews:
        used = np.zeros(result.days + 1)
        for run in result.plan.steps:
            if mission.step[run.step].crew == crew.id:
                used[result.day(run.start) : result.day(run.end) + 1] += mission.step[run.step].crews
        yield Use(crew.name, f"{crew.count} crews", used, crew.count, "")


def uses_of(mission: Mission, plan: Plan) -> tuple[Use, ...]:
    """The use of every resource that can bind, day by day."""
    result = replay(mission, plan)
    return tuple(use for uses in (_exits, _lift, _escorts, _crews) for use in uses(result))


def binding(mission: Mission, plan: Plan) -> tuple[Binding, ...]:
    """The resources that a plan uses up, those that it uses up on most days first."""
    found = []
    for use in uses_of(mission, plan):
        full, some = use.full_days, int((use.used > 0).sum())
        if full >= FEWEST_DAYS:
            message = f"{use.what}: all of {use.size} in use on {full} of {some} days"
            found.append(Binding(use.what, full, some, message))
    return tuple(sorted(found, key=lambda b: (-b.full_days, b.what)))
