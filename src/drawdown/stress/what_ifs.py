"""Named changes of a mission, on the same luck: what each would have been worth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from pydantic import BaseModel

from drawdown.plan.model import Plan
from drawdown.stress.answers import WhatIf
from drawdown.stress.comparing import Change, Side, change_of_mean, change_of_share, days_earlier

_Row = TypeVar("_Row", bound=BaseModel)

#: What is said where nothing comes of a change.
NOTHING = "no future comes out differently: the plan does not use what this offers (--replan shows a plan that may)"
NOTHING_AGAIN = "no future comes out differently, also with a plan made for it"


def shifted_plan(plan: Plan, days: int) -> Plan:
    """The plan with each of its actions so many days later (earlier if below 0), made with the same knowledge."""
    if days == 0:
        return plan
    by = timedelta(days=days)
    rows = {name: tuple(_shifted(row, by) for row in getattr(plan, name)) for name in _ROWS}
    return plan.model_copy(update=rows)


_ROWS = ("moves", "disposals", "separations", "steps", "closures")


def _shifted(row: _Row, by: timedelta) -> _Row:
    return row.model_copy(update={name: day + by for name, day in row if isinstance(day, date)})


def compared(name: str, title: str, was: Side, now: Side, *, replanned: bool = False) -> WhatIf:
    """What a change is worth: futures of the mission as it was, and the same ones of the changed mission."""
    gain = change_of_share(was.in_time, now.in_time)
    hurt, lost = change_of_mean(was.casualties, now.casualties), change_of_mean(was.lost_usd, now.lost_usd)
    days = {percent: days_earlier(was, now, percent) for percent in (50, 80)}
    same, share = was.same_as(now), float(now.in_time.mean())
    nothing = NOTHING_AGAIN if replanned else NOTHING
    return WhatIf(
        name=name,
        words=f"{title}: {nothing if same else ', '.join(_effects(share, gain, days, hurt, lost))}",
        probability=share,
        gained=gain.value,
        low=gain.low,
        high=gain.high,
        days_p50=days[50],
        days_p80=days[80],
        casualties=hurt.value,
        casualties_low=hurt.low,
        casualties_high=hurt.high,
        lost_usd=lost.value,
        lost_usd_low=lost.low,
        lost_usd_high=lost.high,
        futures=now.futures,
        changed=not same,
        title=title,
        replanned=replanned,
    )


def _effects(share: float, gain: Change, days: dict[int, int | None], hurt: Change, lost: Change) -> list[str]:
    """The effects in words; those that may be nothing are not told."""
    low, high = 100 * gain.low, 100 * gain.high
    found = [f"{share:.1%} of futures meet the deadline ({100 * gain.value:+.1f} points, {low:+.1f} to {high:+.1f})"]
    for percent, earlier in days.items():
        if earlier:
            noun = "day" if abs(earlier) == 1 else "days"
            found.append(f"P{percent} {abs(earlier)} {noun} {'earlier' if earlier > 0 else 'later'}")
    if hurt.low > 0 or hurt.high < 0:
        found.append(f"{abs(hurt.value):.1f} casualties {'more' if hurt.value > 0 else 'fewer'}")
    if lost.low > 0 or lost.high < 0:
        found.append(f"${abs(lost.value):,.0f} {'more' if lost.value > 0 else 'less'} of equipment lost")
    return found
