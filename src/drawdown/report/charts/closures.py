"""The Gantt chart of the sites: held, closing work, last-out and handover, against phases and deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from drawdown.plan.model import Plan
from drawdown.report.charts.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LABEL,
    ORANGE,
    VERMILLION,
    WIDE,
    binding_days,
    date_of,
    day_axis,
    day_rules,
    rows,
    styled,
)
from drawdown.report.names import name_in
from drawdown.report.timeline import Timeline

_ROW = 24  # pixels a site
_WORK = {"work": "Closing work", "environmental_clearance": "Environmental clearance", "handover": "Handover work"}
_BARS = {"Held": "#8fbfdc", "Closing work": ORANGE, "Environmental clearance": BLUE, "Handover work": GREEN}
_MARKS = {"Last person out": ("diamond", BLACK), "Signed over": ("square", GREEN)}


def _bars(timeline: Timeline, plan: Plan) -> Iterator[dict[str, Any]]:
    mission = timeline.mission
    for site in timeline.sites_by_closure:
        closure = plan.closure.get(site.id)
        end = mission.day(closure.last_out) if closure else timeline.horizon
        yield {"site": site.name, "what": "Held", "step": "Held", "start": 0, "end": end + 1, "thick": 9}
    for run in plan.steps:
        step = mission.step.get(run.step)
        yield {
            "site": name_in(mission.site, run.site),
            "what": _WORK[step.role] if step else "Closing work",
            "step": name_in(mission.step, run.step),
            "start": mission.day(run.start),
            "end": mission.day(run.end) + 1,
            "thick": 15,
        }


def _marks(timeline: Timeline, plan: Plan) -> Iterator[dict[str, Any]]:
    for closure in plan.closures:
        dates = {"Last person out": closure.last_out, "Signed over": closure.handover}
        for what, when in dates.items():
            if when:
                site = name_in(timeline.mission.site, closure.site)
                yield {"site": site, "what": what, "start": timeline.mission.day(when) + 0.5}


def _phases(timeline: Timeline, height: int) -> list[alt.Chart]:
    """Phases as shaded windows, named above the first row; the days that bind are named there as well."""
    values = [
        {
            "name": phase.name,
            "start": max(0, timeline.mission.day(phase.from_date)),
            "end": min(timeline.horizon, timeline.mission.day(phase.to_date)) + 1,
            "tint": "#f4f1ea" if number % 2 == 0 else "#ebe6db",
        }
        for number, phase in enumerate(timeline.mission.phases)
        if timeline.mission.day(phase.from_date) <= timeline.horizon
    ]
    whole: dict[str, Any] = {"y": alt.value(-18), "y2": alt.value(height)}
    shade = alt.Chart(rows(values)).mark_rect(clip=False).encode(
        x=day_axis(timeline), x2="end:Q", fill=alt.Fill("tint:N", scale=None), tooltip=alt.Tooltip("name:N"), **whole
    )  # fmt: skip
    name = alt.Chart(rows(values)).mark_text(align="left", dx=4, color=GREY, fontSize=LABEL - 1).encode(
        x="start:Q", y=alt.value(-9), text="name:N"
    )  # fmt: skip
    ends = [{"start": day + 1, "name": text} for day, text in binding_days(timeline)]
    bound = alt.Chart(rows(ends)).mark_text(align="right", dx=-4, color=VERMILLION, fontSize=LABEL - 1).encode(
        x="start:Q", y=alt.value(-26), text="name:N"
    )  # fmt: skip
    return [shade, name, bound]


def closures(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """When each site is held, closed, left and signed over (needs a plan)."""
    plan = timeline.plan
    if plan is None:
        raise ValueError("a chart of closures needs a plan")
    order = list(dict.fromkeys(site.name for site in timeline.sites_by_closure))
    height = _ROW * len(order)
    sites = alt.Y("site:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(
        domain=False, ticks=False, labelLimit=170, labelPadding=6, grid=True, gridColor="#eeeeee"))  # fmt: skip
    bars = list(_bars(timeline, plan))
    used = [what for what in _BARS if any(bar["what"] == what for bar in bars)]
    work = (
        alt.Chart(rows(bars))
        .transform_calculate(
            first=date_of(timeline, "datum.start"), last=date_of(timeline, "datum.end - 1"), height="datum.thick"
        )
        .mark_bar(height=alt.ExprRef(expr="datum.thick"), stroke="white", strokeWidth=0.6)
        .encode(
            x=day_axis(timeline),
            x2="end:Q",
            y=sites,
            color=alt.Color("what:N", scale=alt.Scale(domain=used, range=[_BARS[what] for what in used])),
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("step:N", title="What"),
                alt.Tooltip("first:N", title="From"),
                alt.Tooltip("last:N", title="To"),
            ],
        )
    )
    marks = (
        alt.Chart(rows(list(_marks(timeline, plan))))
        .transform_calculate(on=date_of(timeline, "datum.start - 0.5"))
        .mark_point(filled=True, size=80, opacity=1, stroke="white", strokeWidth=1)
        .encode(
            x="start:Q",
            y=sites,
            shape=alt.Shape("what:N", scale=alt.Scale(domain=list(_MARKS), range=[m[0] for m in _MARKS.values()])),
            color=alt.Color("what:N", scale=alt.Scale(domain=list(_MARKS), range=[m[1] for m in _MARKS.values()])),
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("on:N", title="On"),
            ],
        )
    )
    chart = alt.layer(*_phases(timeline, height), work, day_rules(timeline), marks)
    return styled(chart.resolve_scale(color="independent", shape="independent").properties(width=WIDE, height=height), day)
