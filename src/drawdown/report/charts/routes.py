"""Convoys and flights by route: a bar from departure to arrival."""

from __future__ import annotations

from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Canvas, Spec
from drawdown.report.charts.style import MODES, ON_PHONE, WIDE, colours
from drawdown.report.names import short_names
from drawdown.report.timeline import Flow, Timeline

_ROW = 17  # pixels a route

_Pair = tuple[str, str, str]  # origin, destination, mode


def _named(timeline: Timeline) -> dict[_Pair, str]:
    """The row of every pair of places: empty vehicles that come back stand in the row of the loaded ones."""
    short = short_names(timeline.mission)
    loaded = {_pair(flow) for flow in timeline.flows if flow.loaded}
    names: dict[_Pair, str] = {}
    for origin, destination, mode in map(_pair, timeline.flows):
        back = (origin, destination, mode) not in loaded and (destination, origin, mode) in loaded
        ends = (destination, origin) if back else (origin, destination)
        text = " \N{RIGHTWARDS ARROW} ".join(short.get(place, place) for place in ends)
        names[origin, destination, mode] = text if mode == "road" else f"{text}, {MODES[mode][1].lower()}"
    return names


def _pair(flow: Flow) -> _Pair:
    return flow.route[0], flow.route[-1], flow.mode


def routes(timeline: Timeline, day: int = 0) -> Spec:
    """The moves of every route, in the order of their first departures; empty ones are pale."""
    canvas, names = Canvas(timeline), _named(timeline)
    numbers = {pair: n for n, pair in enumerate(names)}
    pairs = [{"id": numbers[pair], "route": name, "mode": MODES[pair[2]][1]} for pair, name in names.items()]
    values = [
        {
            "r": numbers[_pair(flow)],
            "start": flow.start,
            "end": flow.end + 1,
            "n": flow.moves,
            "p": flow.people,
            "v": flow.vehicles,
            "t": round(flow.teu, 1),
            "full": int(flow.loaded),
        }
        for flow in sorted(timeline.flows, key=lambda flow: flow.loaded)  # the loaded are drawn over the empty
    ]
    order = list(dict.fromkeys(names.values()))
    limit: Any = alt.ExprRef(expr=f"{ON_PHONE} ? 130 : 250")
    axis = alt.Axis(domain=False, ticks=False, labelLimit=limit, labelPadding=6, grid=True, gridColor="#eeeeee")
    bars = (
        alt.Chart(canvas.rows(values))
        .transform_lookup("r", alt.LookupData(canvas.rows(pairs), "id", ["route", "mode"]))
        .transform_calculate(first=canvas.date("datum.start"), last=canvas.date("datum.end - 1"))
        .mark_bar(height=10)
        .encode(
            x=canvas.days(),
            x2="end:Q",
            y=alt.Y("route:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=axis),
            color=alt.Color("mode:N", scale=colours(MODES, {flow.mode for flow in timeline.flows})),
            opacity=alt.Opacity("full:N", legend=None, scale=alt.Scale(domain=[1, 0], range=[0.95, 0.3])),
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
    )
    chart = alt.layer(bars, canvas.day_rules()).properties(width=WIDE, height=_ROW * len(order))
    return canvas.spec(chart, day)
