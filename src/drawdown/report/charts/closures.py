"""The Gantt chart of the sites: held, closing work, last-out and handover, against phases and deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from drawdown.plan.model import Plan
from drawdown.report.charts.canvas import Canvas, Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, GREEN, GREY, LABEL, ON_PHONE, ORANGE, WIDE
from drawdown.report.names import name_in
from drawdown.report.timeline import Timeline
from drawdown.report.uncovered import RED, marks, saltire, tips, uncovered

_ROW, _HEAD = 24, 18  # pixels of a site, and of the names of the phases
_WORK = {"work": "Closing work", "environmental_clearance": "Environmental clearance", "handover": "Handover work"}
_BARS = {"Held": "#9cc5de", "Closing work": ORANGE, "Environmental clearance": BLUE, "Handover work": "#8fd3bf"}
_MARKS = {"Signed over": ("square", GREEN, 150), "Last person out": ("diamond", BLACK, 60)}


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
        dates = {"Signed over": closure.handover, "Last person out": closure.last_out}
        for what, when in dates.items():
            if when:
                site = name_in(timeline.mission.site, closure.site)
                yield {"site": site, "what": what, "start": timeline.mission.day(when) + 0.5}


def _phases(canvas: Canvas, height: int) -> list[Layer]:
    """Phases as shaded windows, named above the first row as far as there is room."""
    mission, horizon = canvas.timeline.mission, canvas.timeline.horizon
    windows = [(p.name, mission.day(p.from_date), mission.day(p.to_date)) for p in mission.phases]
    values = [
        {"name": name, "start": max(0, first), "end": min(horizon, last) + 1, "tint": ("#f4f1ea", "#ebe6db")[n % 2]}
        for n, (name, first, last) in enumerate(windows)
        if first <= horizon
    ]
    phases = alt.Chart(canvas.rows(values))
    shade = phases.mark_rect().encode(
        x=canvas.days(),
        x2="end:Q",
        y=alt.value(-_HEAD),
        y2=alt.value(height),
        fill=alt.Fill("tint:N", scale=None),
        tooltip=alt.Tooltip("name:N", title="Phase"),
    )
    room = f"(datum.end - datum.start) / {horizon + 1} * width - 6"
    limit: Any = alt.ExprRef(expr=room)
    name = (
        phases.transform_filter(f"{room} > 40")
        .mark_text(align="left", dx=4, color=GREY, fontSize=LABEL - 1, limit=limit)
        .encode(x="start:Q", y=alt.value(-_HEAD / 2), text="name:N")
    )
    return [shade, name]


def _work(canvas: Canvas, plan: Plan, sites: alt.Y) -> Layer:
    bars = list(_bars(canvas.timeline, plan))
    used = [what for what in _BARS if any(bar["what"] == what for bar in bars)]
    return (
        alt.Chart(canvas.rows(bars))
        .transform_calculate(first=canvas.date("datum.start"), last=canvas.date("datum.end - 1"))
        .mark_bar(height=alt.ExprRef(expr="datum.thick"), stroke="white", strokeWidth=0.6)
        .encode(
            x=canvas.days(),
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


def _ends(canvas: Canvas, plan: Plan, sites: alt.Y) -> Layer:
    shapes, fills, sizes = (list(part) for part in zip(*_MARKS.values(), strict=True))
    return (
        alt.Chart(canvas.rows(list(_marks(canvas.timeline, plan))))
        .transform_calculate(on=canvas.date("datum.start - 0.5"))
        .mark_point(filled=True, opacity=1, stroke="white", strokeWidth=1)
        .encode(
            x="start:Q",
            y=sites,
            shape=alt.Shape("what:N", scale=alt.Scale(domain=list(_MARKS), range=shapes)),
            color=alt.Color("what:N", scale=alt.Scale(domain=list(_MARKS), range=fills)),
            size=alt.Size("what:N", scale=alt.Scale(domain=list(_MARKS), range=sizes)),
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("on:N", title="On"),
            ],
        )
    )


def _not_covered(canvas: Canvas, sites: alt.Y) -> list[Layer]:
    """The days on which the plan does at a site what the mandate does not cover: framed, and crossed at their first."""
    mission = canvas.timeline.mission
    values = [
        {**row, "start": row["a"], "end": row["b"] + 1}
        for row in marks(uncovered(canvas.timeline), mission.day)
        if row["place"] in mission.site
    ]
    if not values:
        return []
    rows = alt.Chart(canvas.rows(values))
    frame = rows.mark_bar(height=_ROW - 4, filled=False, stroke=RED, strokeWidth=1.5).encode(
        x=canvas.days(), x2="end:Q", y=sites, tooltip=tips()
    )
    mark = rows.transform_calculate(middle="datum.start + 0.5").mark_point(
        size=70, filled=False, stroke=RED, strokeWidth=2.5, opacity=1
    )
    return [frame, mark.encode(x="middle:Q", y=sites, shape=saltire(), tooltip=tips())]


def closures(timeline: Timeline, day: int = 0) -> Spec:
    """When each site is held, closed, left and signed over. Raises ValueError if there is no plan."""
    plan = timeline.plan
    if plan is None:
        raise ValueError("a chart of closures needs a plan")
    canvas = Canvas(timeline)
    order = list(dict.fromkeys(site.name for site in timeline.sites_by_closure))
    limit: Any = alt.ExprRef(expr=f"{ON_PHONE} ? 96 : 180")
    axis = alt.Axis(domain=False, ticks=False, labelLimit=limit, labelPadding=6, grid=True, gridColor="#eeeeee")
    sites = alt.Y("site:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=axis)
    height = _ROW * len(order)
    layers = [
        *_phases(canvas, height),
        _work(canvas, plan, sites),
        canvas.day_rules(above=_HEAD + 8),
        _ends(canvas, plan, sites),
        *_not_covered(canvas, sites),
    ]
    chart = alt.layer(*layers).resolve_scale(color="independent", shape="independent", size="independent")
    return canvas.spec(chart.properties(width=WIDE, height=height), day)
