"""The earliest day on which a site could be left at all: a bound that no plan can beat, whatever else it does."""

from __future__ import annotations

from datetime import date
from typing import Literal

from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open
from drawdown.mission.tables import Leg, Site


def earliest_last_out(mission: Mission, site: Site, as_of: date | None = None) -> tuple[date, str]:
    """The first day that a last-out can be on, and the mission's facts that say so.

    The work that has to end by last-out takes its days one step after another, and somebody has to be able to set
    out. ``as_of`` is the day on which the plan is made (cessation if not given).
    """
    steps, leaves = _work_before(mission, site), _first_departure(mission, site, as_of or mission.mission.cessation)
    if steps >= leaves:
        return mission.date(max(steps, 1)), f"the steps before last-out take {steps} days (closure_steps)"
    return mission.date(leaves), "nobody can set out before (legs, clearances)"


def _work_before(mission: Mission, site: Site) -> int:
    """Days of the longest chain of work that must be done by last-out; what is done only for a handover can be left."""
    work = {step.id: step for step in mission.steps_for(site) if step.role == "work"}
    ends: dict[str, int] = {}
    while ready := [s for s in work.values() if s.id not in ends and not (set(s.after) & set(work)) - set(ends)]:
        for step in ready:
            ends[step.id] = step.days + max((ends[x] for x in step.after if x in ends), default=0)
    return max((ends[s.id] for s in work.values() if s.moment == "before_last_out" and s.id in ends), default=0)


def _first_departure(mission: Mission, site: Site, as_of: date) -> int:
    """The first day on which somebody of a site can leave it; day 1 if all who are there separate where they serve."""
    there = [u for u in mission.units if u.site == site.id and u.strength]
    if any(u.separates for u in there) or not there:
        return 1
    legs = [leg for leg in mission.legs if site.id in {leg.from_place, leg.to_place}]
    made = mission.day(as_of)
    days = range(1, mission.days + 1)
    return next((day for day in days if any(_enterable(mission, leg, day, made) for leg in legs)), 1)


def _enterable(mission: Mission, leg: Leg, day: int, made: int) -> bool:
    """Whether a leg is open on a day and its clearance could be asked in time, as the plan knows."""
    when = mission.date(day)
    asked = asked_ahead(mission, leg, when, mission.date(made))
    return leg_open(mission, leg, when) and asked != "blocked" and day - (asked or 0) >= made


def asked_ahead(mission: Mission, leg: Leg, when: date, as_of: date) -> int | Literal["blocked"] | None:
    """Days ahead by which a leg's clearance is asked, by what is known on a day; None if none is needed."""
    rows = [
        row
        for row in mission.clearances
        if (row.clearance_class, row.mode) == (leg.clearance_class, leg.mode)
        and (row.known_on is None or row.known_on <= as_of)
        and (row.from_date is None or row.from_date <= when)
        and (row.to_date is None or when <= row.to_date)
    ]
    states = {row.state for row in rows}
    if "blocked" in states:
        return "blocked"
    return None if "open" in states else max((row.lead_days for row in rows if row.state == "ask"), default=None)
