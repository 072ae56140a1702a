"""Convoys and flights by route: a bar from departure to arrival, a tick for what takes a day."""

from __future__ import annotations

import altair as alt

from drawdown.report.charts.style import MODES, WIDE, colours, date_of, day_axis, day_rules, rows, styled
from drawdown.report.names import name_in
from drawdown.report.timeline import Flow, Timeline

_ROW = 17  # pixels a route


def _name(timeline: Timeline, flow: Flow) -> str:
    ends = (name_in(timeline.mission.place, flow.route[0]), name_in(timeline.mission.place, flow.route[-1]))
    return " \N{RIGHTWARDS ARROW} ".join(ends)


def routes(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """The moves of every route, in the order of their first departures; empty ones are pale."""
    values = [
        {
            "route": f"{_name(timeline, flow)}, {MODES[flow.mode][1].lower()}",
            "mode": MODES[flow.mode][1],
            "start": flow.start,
            "end": flow.end + 1,
            "n": flow.moves,
            "p": flow.people,
            "v": flow.vehicles,
            "t": round(flow.teu, 1),
            "full": bool(flow.people or flow.teu),
        }
        for flow in timeline.flows
    ]
    order = list(dict.fromkeys(str(value["route"]) for value in values))
    bars = (
        alt.Chart(rows(values))
        .transform_calculate(first=date_of(timeline, "datum.start"), last=date_of(timeline, "datum.end - 1"))
        .mark_bar(height=10, stroke="white", strokeWidth=0.4)
        .encode(
            x=day_axis(timeline),
            x2="end:Q",
            y=alt.Y("route:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(
                domain=False, ticks=False, labelLimit=230, labelPadding=6, grid=True, gridColor="#eeeeee")),
            color=alt.Color("mode:N", scale=colours(MODES, {flow.mode for flow in timeline.flows})),
            opacity=alt.Opacity("full:N", legend=None, scale=alt.Scale(domain=[True, False], range=[0.95, 0.35])),
            tooltip=[
                alt.Tooltip("route:N", title="Route"),
                alt.Tooltip("first:N", title="Leaves"),
                alt.Tooltip("last:N", title="Arrives"),
                alt.Tooltip("n:Q", title="Moves"),
                alt.Tooltip("p:Q", title="People", format=","),
                alt.Tooltip("v:Q", title="Vehicles or sorties", format=","),
                alt.Tooltip("t:Q", title="TEU", format=",.1f"),
            ],
        )
    )  # fmt: skip
    chart = alt.layer(bars, day_rules(timeline)).properties(width=WIDE, height=_ROW * len(order))
    return styled(chart, day)
