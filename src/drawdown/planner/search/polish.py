"""Small repairs to a finished plan, each judged by `verify_plan`."""

from __future__ import annotations

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan, Separation
from drawdown.plan.verify import verify_plan

#: Separations that are tried one by one where they cannot all be brought forward at once.
MOST_TRIALS = 40


def polish(mission: Mission, plan: Plan, broken: int) -> Plan:
    """Let people whose contracts end where they serve leave as early as they may, if no more rules are broken for it.

    Nobody needs lift for that, and every day that they stay costs as much as anybody's. They are brought forward to
    the first day that the rules allow, all at once if that can be, else one unit after the other.
    """
    sooner = tuple(_sooner(mission, row) for row in plan.separations)
    if sooner == plan.separations:
        return plan
    every = plan.model_copy(update={"separations": _ordered(sooner)})
    if len(verify_plan(mission, every)) <= broken:
        return every
    rows = list(plan.separations)
    late = sorted(range(len(rows)), key=lambda n: -rows[n].count * (rows[n].day - sooner[n].day).days)
    for number in late[:MOST_TRIALS]:
        tried = [*rows[:number], sooner[number], *rows[number + 1 :]]
        if len(verify_plan(mission, plan.model_copy(update={"separations": _ordered(tried)}))) <= broken:
            rows = tried
    return plan.model_copy(update={"separations": _ordered(rows)})


def _sooner(mission: Mission, row: Separation) -> Separation:
    unit = mission.unit[row.unit]
    first = max(mission.date(1), unit.earliest or mission.date(1))
    return row.model_copy(update={"day": min(row.day, first)}) if row.place == unit.site else row


def _ordered(rows: tuple[Separation, ...] | list[Separation]) -> tuple[Separation, ...]:
    return tuple(sorted(rows, key=lambda s: (s.day, s.unit, s.place)))
