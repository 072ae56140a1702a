"""The fan of people still to leave, beside the plan, the counts so far and, of a hindcast, what then happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import altair as alt

from drawdown.forecast.answers import Forecast, PeopleBand, Run
from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import WIDE
from drawdown.report.futures.paper import Paper, written
from drawdown.report.tracking.curve import (
    AFTER,
    FIRST,
    LINES,
    MEDIAN,
    STRAIGHT,
    TALL,
    TODAY,
    counts,
    dots,
    evening,
    last_change,
    people,
    plan_line,
    plan_of,
    turns,
)
from drawdown.report.tracking.marks import LIGHT, MIDDLE, Rows, days_axis, lines, stacked_legends, upright

_PAST = timedelta(days=60)  # of what has been at least
_BANDS = {"nine in ten futures": LIGHT, "half of the futures": MIDDLE}


def _number(value: date | float | None) -> int:
    """People of a band; a percentile that is not known counts as nobody."""
    return round(value) if isinstance(value, int | float) else 0


def _levels(day: PeopleBand) -> tuple[int, ...]:
    band = day.band
    return tuple(_number(value) for value in (band.p5, band.p25, band.p50, band.p75, band.p95))


def _until(forecast: Forecast, then: Run | None) -> date:
    """The last day that is worth showing: of today's plan, of one in 20 futures, of what happened, and the deadline."""
    moves = [now.date for before, now in pairwise(forecast.fan) if before.band.p95 != now.band.p95]
    seen = [row.when for row in then.observed_people] if then else []
    plan = last_change(plan_of(forecast.fan))
    return max([plan, forecast.deadline.date, forecast.as_of, *moves, *seen]) + AFTER


def _bands(paper: Paper, days: Sequence[PeopleBand], x: alt.X, y: alt.Y) -> Layer:
    values: Rows = []
    for day in days:
        p5, p25, p50, p75, p95 = _levels(day)
        for band, low, high in zip(_BANDS, (p5, p25), (p95, p75), strict=True):
            row = {"start": evening(day.date), "band": band, "amount": low, "high": high, "mid": p50}
            values.append(row | {"planned": "none" if day.planned is None else f"{day.planned:,}"})
    return (
        alt.Chart(paper.rows(values))
        .transform_calculate(on=written("datum.start - 0.5"))
        .mark_area()
        .encode(
            x=x,
            y=y,
            y2="high:Q",
            color=alt.Color("band:N", scale=alt.Scale(domain=list(_BANDS), range=list(_BANDS.values()))),
            tooltip=[
                alt.Tooltip("on:N", title="Evening of"),
                alt.Tooltip("band:N", title="In"),
                alt.Tooltip("amount:Q", title="from", format=","),
                alt.Tooltip("high:Q", title="to", format=","),
                alt.Tooltip("mid:Q", title="Middle", format=","),
                alt.Tooltip("planned:N", title="Today's plan"),
            ],
        )
    )


def _straight(run: Run | None) -> Rows:
    """The straight line from the last count by then through what it says of each day that was observed."""
    if run is None or not run.observed_people:
        return []
    counted = [(day.date, day.reported) for day in run.forecast.curve if day.reported is not None]
    begins = run.forecast.curve[0].date if run.forecast.curve else run.as_of
    counted = [row for row in counted if row[0] <= run.as_of] or [(begins, run.forecast.people_to_leave)]
    points = {day: float(left) for day, left in counted[-1:]}
    points |= {row.when: row.line for row in sorted(run.observed_people, key=lambda row: row.when)}
    return [{"start": evening(day), "amount": round(left, 1), "line": STRAIGHT} for day, left in points.items()]


def _happened(run: Run | None) -> Rows:
    return [
        {
            "start": evening(row.when),
            "amount": row.value,
            "what": "What then happened",
            "source": row.what,
        }
        for row in (run.observed_people if run else ())
    ]


def fan(forecast: Forecast, then: Run | None = None) -> Spec:
    """People still to leave in the evening of each day: the futures, the plans, and each count as a dot."""
    paper, last = Paper(), _until(forecast, then)
    since = forecast.as_of - max(_PAST, 2 * (last - forecast.as_of))  # so that what is to come has room
    past = [day for day in forecast.curve if since <= day.date <= last]
    ahead = turns([day for day in forecast.fan if day.date <= last], lambda day: (_levels(day), day.planned))
    told: Rows = [{"start": evening(day.date), "amount": _levels(day)[2], "line": MEDIAN} for day in ahead]
    told += [*plan_line(plan_of(ahead), TODAY), *plan_line(plan_of(past), FIRST), *_straight(then)]
    counted = counts((day for day in past if day.date <= forecast.as_of), "Counted by then" if then else "Counted")
    counted += _happened(then)
    most = [*(row["amount"] for row in (*told, *counted)), *(_levels(day)[-1] for day in ahead)]
    y = people(max(most, default=forecast.people_to_leave))
    first = min([forecast.as_of, *(day.date for day in past)])
    layers = [_bands(paper, ahead, days_axis(first, last), y), lines(paper, told, LINES)]
    layers += [dots(paper, counted, y)] if counted else []
    layers += [upright(paper, forecast.as_of, forecast.deadline.date, (first, last))]
    chart = alt.layer(*layers).resolve_scale(color="independent", strokeDash="independent")
    return stacked_legends(paper.spec(chart.properties(width=WIDE, height=TALL)))
