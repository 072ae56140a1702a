"""When each site is left: the plan's day, and the days of the futures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, ON_PHONE, ORANGE, VERMILLION, WIDE
from drawdown.report.futures.paper import Paper, dates, labelled, number, written
from drawdown.report.futures.words import short_day
from drawdown.stress.answers import Answers, SiteAnswer

_TICK = "M-0.18,-1H0.18V1H-0.18Z"  # an upright stroke: it is seen where it lies on another mark
#: Shape, colour and size of each mark.
_MARKS = {
    "Half of the futures (P50)": ("circle", BLUE, 70),
    "Four in five (P80)": ("square", ORANGE, 70),
    "The plan": (_TICK, BLACK, 260),
    "Not by the end of liquidation": ("triangle-right", VERMILLION, 80),
}


def sites_in_order(answers: Answers) -> tuple[SiteAnswer, ...]:
    """The sites in the order in which the plan leaves them."""
    return tuple(sorted(answers.sites, key=lambda site: (site.planned, site.name)))


def _bars(sites: tuple[SiteAnswer, ...], end: date) -> Iterator[dict[str, Any]]:
    for row, site in enumerate(sites):
        found = site.last_out
        if isinstance(found.p10, date):
            until = found.p95 if isinstance(found.p95, date) else end
            told = {"P50": found.p50, "P80": found.p80, "P95": found.p95}
            yield {
                "row": row,
                "site": site.name,
                "start": number(found.p10),
                "end": number(until) + 1,
                "planned": number(site.planned),
                **{name: short_day(day) for name, day in told.items()},
            }


def _points(sites: tuple[SiteAnswer, ...], end: date) -> Iterator[dict[str, Any]]:
    for row, site in enumerate(sites):
        days = (site.last_out.p50, site.last_out.p80, site.planned)
        for what, day in zip(_MARKS, days, strict=False):
            if isinstance(day, date):
                yield {"row": row, "what": what, "start": number(day) + 0.5}
        if site.last_out.p95 is None:
            yield {"row": row, "what": "Not by the end of liquidation", "start": number(end) + 0.5}


def _marks(paper: Paper, values: list[dict[str, Any]], y: alt.Y) -> Layer:
    used = [what for what in _MARKS if any(value["what"] == what for value in values)]
    shapes, fills, sizes = (list(part) for part in zip(*(_MARKS[what] for what in used), strict=True))
    columns: Any = alt.ExprRef(expr=f"{ON_PHONE} ? 1 : 0")  # as many as there is room for, on a phone one
    legend = alt.Legend(columns=columns)
    return (
        alt.Chart(paper.rows(values))
        .mark_point(filled=True, opacity=1)
        .encode(
            x="start:Q",
            y=y,
            shape=alt.Shape("what:N", scale=alt.Scale(domain=used, range=shapes), legend=legend),
            color=alt.Color("what:N", scale=alt.Scale(domain=used, range=fills), legend=legend),
            size=alt.Size("what:N", scale=alt.Scale(domain=used, range=sizes), legend=legend),
        )
    )


def last_out(answers: Answers) -> Spec:
    """When the last person leaves each site: a bar from P10 to P95 of the futures, P50 and P80, and the plan's day."""
    paper, sites, end = Paper(), sites_in_order(answers), answers.liquidation_end
    bars, points = list(_bars(sites, end)), list(_points(sites, end))
    y, tall = labelled([site.name for site in sites])
    shown = [bar["end"] for bar in bars] + [int(point["start"]) for point in points]
    last = date.fromordinal(max(shown) - number(end) + end.toordinal() + 3)
    bar = (
        alt.Chart(paper.rows(bars))
        .transform_calculate(first=written("datum.start"), plan=written("datum.planned"))
        .mark_bar(height=9, color="#9cc5de")
        .encode(
            x=dates(answers.fan[0].date, max(last, answers.deadline.date)),
            x2="end:Q",
            y=y,
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("plan:N", title="Plan"),
                alt.Tooltip("first:N", title="P10"),
                *(alt.Tooltip(f"{name}:N") for name in ("P50", "P80", "P95")),
            ],
        )
    )
    chart = alt.layer(bar, paper.marks({"Deadline": answers.deadline.date}), _marks(paper, points, y))
    return paper.spec(chart.properties(width=WIDE, height=tall * len(sites)))
