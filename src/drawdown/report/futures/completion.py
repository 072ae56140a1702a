"""The chance that the drawdown is complete, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, WIDE
from drawdown.report.futures.paper import Paper, dates, number, written
from drawdown.report.futures.words import short_day
from drawdown.stress.answers import Answers

_TALL = 230
_ROOM = 0.25  # share of the days shown that stand before the first chance: the names of the quantiles need it
_AFTER = timedelta(days=7)
_TOLD = 0.99  # share of the chance after which its last few futures would only make the chart long
_FAR = 0.7  # share of the width from which on a name has no room at its right


def _days(answers: Answers) -> tuple[date, date]:
    """The days that are worth showing: those on which the chance grows, the plan's own and the deadline."""
    most = max((row.probability for row in answers.complete), default=0.0)
    grows = [row.date for row in answers.complete if row.probability <= _TOLD * most]
    told = [*grows, *_quantiles(answers).values(), answers.planned_out_by, answers.deadline.date]
    first, last = min(told), min(max(told) + _AFTER, answers.liquidation_end)
    return first - timedelta(days=round(_ROOM * (last - first).days) + 1), last


def _steps(answers: Answers, first: date, last: date) -> Iterator[dict[str, Any]]:
    """The chance in the evening of each day on which it is another than before, and on the first and last day."""
    chance = 0.0
    yield {"start": number(first), "chance": chance}
    for row in answers.complete:
        if row.date > last:
            break
        chance = row.probability
        yield {"start": number(row.date) + 1, "chance": chance}
    yield {"start": number(last) + 1, "chance": chance}


def _quantiles(answers: Answers) -> dict[int, date]:
    """The days by which so many per cent of the futures are complete, as far as there are such."""
    found = {50: answers.out_by.p50, 80: answers.out_by.p80, 95: answers.out_by.p95}
    return {percent: day for percent, day in found.items() if isinstance(day, date)}


def _names(paper: Paper, answers: Answers, first: date, last: date) -> Layer:
    """The quantiles as points with names: at the left of the curve or, after the deadline, below it."""
    late = {p: day > answers.deadline.date for p, day in _quantiles(answers).items()}
    far = first + _FAR * (last - first)
    values = [
        {
            "start": number(day) + 1,
            "chance": percent / 100,
            "name": f"P{percent}: {short_day(day).rsplit(' ', 1)[0]}",
            "align": "left" if late[percent] and day < far else "right",
            "dx": 10 if late[percent] and day < far else -10,
            "dy": 16 if late[percent] else 0,
        }
        for percent, day in _quantiles(answers).items()
    ]
    chart = alt.Chart(paper.rows(values))
    place: dict[str, Any] = {"x": "start:Q", "y": "chance:Q"}
    point = chart.mark_point(filled=True, opacity=1, color=BLACK, size=50).encode(**place)
    look: dict[str, Any] = {at: alt.ExprRef(expr=f"datum.{at}") for at in ("align", "dx", "dy")}
    halo = chart.mark_text(stroke="white", strokeWidth=3, opacity=0.8, **look).encode(text="name:N", **place)
    return alt.layer(point, halo, chart.mark_text(color=BLACK, **look).encode(text="name:N", **place))


def completion(answers: Answers) -> Spec:
    """The chance that the drawdown is complete by the evening of each day, with P50, P80, P95 and the deadline."""
    paper, (first, last) = Paper(), _days(answers)
    area = (
        alt.Chart(paper.rows(list(_steps(answers, first, last))))
        .transform_calculate(on=written("datum.start - 1"))
        .mark_area(interpolate="step-after", color=BLUE, opacity=0.25, line={"color": BLUE, "strokeWidth": 1.5})
        .encode(
            x=dates(first, last),
            y=alt.Y(
                "chance:Q",
                title="Chance of being complete",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", domain=False, tickCount=5),
            ),
            tooltip=[
                alt.Tooltip("on:N", title="By the evening of"),
                alt.Tooltip("chance:Q", title="Chance", format=".1%"),
            ],
        )
    )
    chart = alt.layer(area, paper.marks({"Deadline": answers.deadline.date}), _names(paper, answers, first, last))
    return paper.spec(chart.properties(width=WIDE, height=_TALL))
