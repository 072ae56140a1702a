"""People still to leave, day by day: what the S-curve and the fan are made of, and the S-curve itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

import altair as alt

from drawdown.forecast.answers import PeopleBand, PeopleDay, Status
from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, GREY, WIDE
from drawdown.report.futures.paper import Paper, number, written
from drawdown.report.tracking.marks import Rows, days_axis, lines, marks, upright

PLAN, TODAY, FIRST = "the plan", "today's plan", "the first plan"
MEDIAN, STRAIGHT = "the middle future", "the straight line"
LINES: Mapping[str, tuple[str, list[int]]] = {
    MEDIAN: (BLUE, [1, 0]),
    PLAN: (BLACK, [5, 3]),
    TODAY: (BLACK, [5, 3]),
    FIRST: (GREY, [5, 3]),
    STRAIGHT: (GREY, [1, 2]),
}
TALL = 280
AFTER = timedelta(days=7)  # the days that are shown after the last that matters
_COUNT = [
    alt.Tooltip("on:N", title="Evening of"),
    alt.Tooltip("what:N", title="What"),
    alt.Tooltip("amount:Q", title="Still to leave", format=","),
    alt.Tooltip("source:N", title="Source"),
]
Plan = Mapping[date, int]
_Day = TypeVar("_Day")


def people(most: float) -> alt.Y:
    """The axis of people from nobody to a little above the most of them."""
    scale, axis = alt.Scale(domain=[0, 1.02 * max(most, 1)]), alt.Axis(format=",d", domain=False, tickCount=5)
    return alt.Y("amount:Q", title="People still to leave", scale=scale, axis=axis)


def plan_of(days: Iterable[PeopleDay | PeopleBand]) -> Plan:
    """The plan's number in the evening of each day for which there is one."""
    return {day.date: day.planned for day in days if day.planned is not None}


def turns(days: Sequence[_Day], value: Callable[[_Day], object]) -> list[_Day]:
    """The first day, the last, and both days of each change: a line through them is the line through all."""
    kept = {
        n + step for n, (before, day) in enumerate(pairwise(days)) if value(before) != value(day) for step in (0, 1)
    }
    return [day for n, day in enumerate(days) if n in kept or n in {0, len(days) - 1}]


def plan_line(plan: Plan, name: str = PLAN) -> Rows:
    """A plan as a line through the evenings of its days."""
    days = turns(sorted(plan.items()), lambda day: day[1])
    return [{"start": evening(day), "amount": amount, "line": name} for day, amount in days]


def evening(day: date) -> float:
    """Where the number of a day stands on an axis of days: in its middle."""
    return number(day) + 0.5


def last_change(plan: Plan) -> date:
    """The last day on which people leave by the plan; the first date that there is without one."""
    days = sorted(plan)
    return max((now for before, now in pairwise(days) if plan[before] != plan[now]), default=date.min)


def counts(curve: Iterable[PeopleDay], what: str) -> Rows:
    """Counts of those still to leave, each with its source."""
    return [
        {"start": evening(day.date), "amount": day.reported, "what": what, "source": day.source or "not stated"}
        for day in curve
        if day.reported is not None
    ]


def dots(paper: Paper, rows: Rows, y: alt.Y) -> Layer:
    """Counts as dots that tell their source under the pointer."""
    return marks(paper, rows, y, tooltip=_COUNT).transform_calculate(on=written("datum.start - 0.5"))


def s_curve(status: Status) -> Spec:
    """People still to leave: the plan's line, and each count as a dot."""
    paper, whole = Paper(), plan_of(status.curve)
    last = max(last_change(whole), status.deadline, status.as_of) + AFTER
    shown_days = [day for day in status.curve if day.date <= last]
    line, counted = plan_line(plan_of(shown_days)), counts(shown_days, "Counted")
    shown = (min((day.date for day in shown_days), default=status.as_of), last)
    x, y = days_axis(*shown), people(max([row["amount"] for row in (*line, *counted)], default=status.people_to_leave))
    layers = [lines(paper, line, LINES).encode(x=x, y=y)] if line else []
    layers += [dots(paper, counted, y).encode(x=x)] if counted else []
    layers += [upright(paper, status.as_of, status.deadline, shown)]
    return paper.spec(alt.layer(*layers).properties(width=WIDE, height=TALL))
