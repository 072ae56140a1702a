"""What binds by week and place: on how many days of each week each resource is used up."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.plan.binding import FEWEST_DAYS, uses_of
from drawdown.plan.model import Plan
from drawdown.planner.why.limits import place_of

WEEK = 7


class BusyWeek(NamedTuple):
    """A resource that is used up in a week: where, of what size, from which day to which, on how many of its days."""

    where: str
    what: str
    size: str
    start: date
    end: date
    full_days: int


def busy_weeks(mission: Mission, plan: Plan) -> tuple[BusyWeek, ...]:
    """Every resource and week in which it is used up on a day, by week; weeks begin on the day after cessation.

    Resources that are used up on fewer than five days of the plan hold up nothing and are left out.
    """
    found = []
    for use in uses_of(mission, plan):
        if use.full_days >= FEWEST_DAYS:
            where = place_of(mission, use.place)
            for first in range(1, len(use.used), WEEK):
                days = int(use.full[first : first + WEEK].sum())
                last = min(first + WEEK - 1, mission.days)
                if days:
                    week = mission.date(first), mission.date(last)
                    found.append(BusyWeek(where, use.what, use.size, *week, days))
    return tuple(sorted(found, key=lambda row: (row.start, row.where, row.what, row.size)))
