"""The fan of people who remain, day by day, beside the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, WIDE
from drawdown.report.futures.paper import Paper, dates, number, written
from drawdown.stress.answers import Answers, FanDay

_TALL = 260
_BANDS = {"nine in ten futures": "#cfe2ef", "half of the futures": "#86b9da"}
_LINES = {"the middle future": (BLUE, [1, 0]), "the plan": (BLACK, [5, 3])}


def _shown(answers: Answers) -> tuple[FanDay, ...]:
    """The days up to a week after the last on which people leave, by the plan or in one of 20 futures."""
    last = answers.deadline.date
    for before, day in pairwise(answers.fan):
        if (before.p95, before.planned) != (day.p95, day.planned):
            last = max(last, day.date)
    return tuple(day for day in answers.fan if day.date <= last + timedelta(days=7))


def _turns(days: tuple[FanDay, ...]) -> Iterator[FanDay]:
    """The first day, each on which a number has changed, and the last."""
    yield days[0]
    for before, day in pairwise(days):
        if vars(before) | {"date": day.date} != vars(day) or day is days[-1]:
            yield day


def _bands(paper: Paper, days: list[FanDay], x: alt.X) -> Layer:
    values = [
        {"start": number(day.date), "low": low, "high": high, "mid": day.p50, "planned": day.planned, "band": band}
        for day in days
        for band, low, high in zip(_BANDS, (day.p5, day.p25), (day.p95, day.p75), strict=True)
    ]
    y = alt.Y("low:Q", title="People in the mission", axis=alt.Axis(format=",d", domain=False, tickCount=5))
    return (
        alt.Chart(paper.rows(values))
        .transform_calculate(on=written("datum.start"))
        .mark_area(interpolate="step-after")
        .encode(
            x=x,
            y=y,
            y2="high:Q",
            color=alt.Color("band:N", scale=alt.Scale(domain=list(_BANDS), range=list(_BANDS.values()))),
            tooltip=[
                alt.Tooltip("on:N", title="Evening of"),
                alt.Tooltip("band:N", title="In"),
                alt.Tooltip("low:Q", title="from", format=","),
                alt.Tooltip("high:Q", title="to", format=","),
                alt.Tooltip("mid:Q", title="Middle", format=","),
                alt.Tooltip("planned:Q", title="Plan", format=","),
            ],
        )
    )


def _lines(paper: Paper, days: list[FanDay]) -> Layer:
    values: list[dict[str, Any]] = [
        {"start": number(day.date), "amount": amount, "line": line}
        for line in _LINES
        for day in days
        for amount in [day.planned if line == "the plan" else day.p50]
    ]
    colours, dashes = (list(part) for part in zip(*_LINES.values(), strict=True))
    return (
        alt.Chart(paper.rows(values))
        .mark_line(interpolate="step-after", strokeWidth=1.6)
        .encode(
            x="start:Q",
            y="amount:Q",
            color=alt.Color("line:N", scale=alt.Scale(domain=list(_LINES), range=colours)),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=list(_LINES), range=dashes)),
        )
    )


def fan(answers: Answers) -> Spec:
    """People who have not left the mission in the evening of each day: the futures, and the plan."""
    paper, shown = Paper(), _shown(answers)
    days, x = list(_turns(shown)), dates(shown[0].date, shown[-1].date)
    ends = paper.marks({"Deadline": answers.deadline.date})
    chart = alt.layer(_bands(paper, days, x), _lines(paper, days), ends)
    chart = chart.resolve_scale(color="independent", strokeDash="independent")
    return paper.spec(chart.properties(width=WIDE, height=_TALL))
