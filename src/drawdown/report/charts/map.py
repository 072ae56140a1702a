"""The map: sites by people and state, the moves of the chosen day, and the ways out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import dist, sqrt
from typing import Any

import altair as alt

from drawdown.report.background import DISCLAIMER, background
from drawdown.report.charts.canvas import Canvas, Layer, Spec
from drawdown.report.charts.style import BLACK, GREY, LABEL, MODES, NARROW, ON_PHONE, STATES, VERMILLION, colours
from drawdown.report.frame import WIDTH, XY, Frame, frame_of
from drawdown.report.labels import Anchor, place_labels
from drawdown.report.names import short_names
from drawdown.report.timeline import Flow, Timeline
from drawdown.report.uncovered import RED, Uncovered, marks, saltire, tips, uncovered

_LARGEST, _SMALLEST = 1100.0, 40.0  # square pixels of the mark of the largest site, and of an empty one
_EXIT = 64.0  # square pixels of the mark of an exit
_CROSS = 170.0  # square pixels of the mark of a violation
_TOGETHER = 12.0  # pixels within which an exit and a site are one place to a reader, under the site's name
_ZOOM = f"width / {WIDTH:.0f}"  # all coordinates are pixels of a map WIDTH wide; the page says how wide it is

Places = dict[str, XY]


def positions(timeline: Timeline, frame: Frame) -> Places:
    """Pixels of every site and exit; an exit beyond the frame stands where the way to it leaves the map."""
    mission = timeline.mission
    found = {site.id: frame.xy(site.lat, site.lon) for site in mission.sites}
    for exit_ in mission.exits:
        ends = [(leg.from_place, leg.to_place) for leg in mission.legs]
        origins = [found[place] for pair in ends if exit_.id in pair for place in pair if place in mission.site]
        origin = origins[0] if origins else (WIDTH / 2, frame.height / 2)
        found[exit_.id] = frame.pinned(frame.xy(exit_.lat, exit_.lon), origin)
    return found


def _shapes(canvas: Canvas, geometries: list[dict[str, Any]], **mark: Any) -> Layer:
    return alt.Chart(canvas.rows(geometries)).mark_geoshape(clip=True, tooltip=None, **mark)


def _line(points: list[XY]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": points}


def _base(canvas: Canvas, frame: Frame, at: Places) -> list[Layer]:
    """States, waters, and the legs on the ground (straight, because a mission names only their ends)."""
    mission = canvas.timeline.mission
    land = background(frame, mission.mission.host)
    ends = [(leg.from_place, leg.to_place) for leg in mission.legs if leg.mode != "air"]
    roads = [_line([at[a], at[b]]) for a, b in ends if a in at and b in at]
    return [
        _shapes(canvas, land.others, fill="#efece6", stroke="#c4bfb5", strokeWidth=0.7),
        _shapes(canvas, land.host, fill="#fffdf8", stroke="#8a8a8a", strokeWidth=1.3),
        _shapes(canvas, land.lakes, fill="#cfe0ea", stroke="#b4cddb", strokeWidth=0.5),
        _shapes(canvas, land.rivers, fill=None, stroke="#a9c6d8", strokeWidth=0.9),
        _shapes(canvas, roads, fill=None, stroke="#b5a999", strokeWidth=1.2),
    ]


def _under_way(canvas: Canvas, flows: list[Flow], at: Places) -> Layer:
    """The routes that are travelled on the chosen day."""
    short = short_names(canvas.timeline.mission)
    numbers = {route: n for n, route in enumerate(sorted({flow.route for flow in flows}))}
    lines = [
        {"id": n, "route": " \N{RIGHTWARDS ARROW} ".join(short[p] for p in route), **_line([at[p] for p in route])}
        for route, n in numbers.items()
    ]
    values = [
        {"r": numbers[f.route], "a": f.start, "b": f.end, "m": MODES[f.mode][1], "n": f.moves, "p": f.people,
         "v": f.vehicles, "t": round(f.teu, 1)} for f in flows
    ]  # fmt: skip
    key = alt.Legend(symbolType="stroke", symbolStrokeWidth=3)
    return (
        alt.Chart(canvas.rows(values))
        .transform_filter("datum.a <= day && day <= datum.b")
        .transform_lookup("r", alt.LookupData(canvas.rows(lines), "id", ["type", "coordinates", "route"]))
        .mark_geoshape(clip=True, filled=False, strokeWidth=2.6, strokeCap="round")
        .encode(
            color=alt.Color("m:N", scale=colours(MODES, {f.mode for f in flows}), legend=key),
            strokeDash=alt.StrokeDash(
                "m:N", legend=None, scale=alt.Scale(domain=["Air", "Road"], range=[[6, 4], [1, 0]])
            ),
            tooltip=[
                alt.Tooltip("route:N", title="Route"),
                alt.Tooltip("m:N", title="By"),
                alt.Tooltip("n:Q", title="Moves"),
                alt.Tooltip("p:Q", title="People", format=","),
                alt.Tooltip("v:Q", title="Vehicles or sorties", format=","),
                alt.Tooltip("t:Q", title="TEU", format=",.1f"),
            ],
        )
    )


def _progress(route: list[XY], days: int) -> tuple[list[float], list[float]]:
    """Where a convoy is at noon of each of its days, at an even pace."""
    whole = sum(dist(a, b) for a, b in pairwise(route))
    xs, ys = [], []
    for day in range(days):
        left = whole * (day + 0.5) / days
        for (ax, ay), (bx, by) in pairwise(route):
            length = dist((ax, ay), (bx, by))
            if left <= length:
                share = left / length if length else 0.0
                xs.append(round(ax + share * (bx - ax), 1))
                ys.append(round(ay + share * (by - ay), 1))
                break
            left -= length
    return xs, ys


def _convoys(canvas: Canvas, flows: list[Flow], at: Places) -> Layer:
    """A diamond where each convoy is; the way of those that take equally long over one route is kept once."""
    trips = [(flow.route, flow.end - flow.start + 1, flow.start) for flow in flows if flow.mode != "air"]
    numbers = {way: n for n, way in enumerate(sorted({(route, days) for route, days, _ in trips}))}
    ways = []
    for (route, days), n in numbers.items():
        xs, ys = _progress([at[place] for place in route], days)
        ways.append({"id": n, "xs": xs, "ys": ys})
    values = [{"w": numbers[route, days], "a": start, "n": days} for route, days, start in trips]
    return (
        alt.Chart(canvas.rows(values))
        .transform_filter("datum.a <= day && day < datum.a + datum.n")
        .transform_lookup("w", alt.LookupData(canvas.rows(ways), "id", ["xs", "ys"]))
        .transform_calculate(x="datum.xs[day - datum.a]", y="datum.ys[day - datum.a]")
        .mark_point(shape="diamond", filled=True, size=90, color="white", stroke=VERMILLION, strokeWidth=2, opacity=1)
        .encode(longitude="x:Q", latitude="y:Q")
    )


def _size(people: int, most: int) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * people / max(most, 1)


def _sites(canvas: Canvas, at: Places) -> Layer:
    timeline = canvas.timeline
    most = max((span.people for span in timeline.spans), default=1)
    places = [{"id": s.id, "name": s.name, "x": at[s.id][0], "y": at[s.id][1]} for s in timeline.mission.sites]
    values = [
        {"s": span.site, "a": span.start, "b": span.end, "p": span.people, "z": round(_size(span.people, most)),
         "state": STATES[span.state][1]} for span in timeline.spans
    ]  # fmt: skip
    return (
        alt.Chart(canvas.rows(values))
        .transform_filter("datum.a <= day && day <= datum.b")
        .transform_lookup("s", alt.LookupData(canvas.rows(places), "id", ["name", "x", "y"]))
        .transform_calculate(since=canvas.date("datum.a"), z=f"datum.z * max(0.4, {_ZOOM})")
        .mark_circle(opacity=0.9, stroke="white", strokeWidth=1)
        .encode(
            longitude="x:Q",
            latitude="y:Q",
            size=alt.Size("z:Q", scale=None),
            fill=alt.Fill("state:N", scale=colours(STATES, {span.state for span in timeline.spans})),
            tooltip=[
                alt.Tooltip("name:N", title="Site"),
                alt.Tooltip("p:Q", title="People", format=","),
                alt.Tooltip("state:N", title="State"),
                *([alt.Tooltip("since:N", title="Since")] if timeline.plan else []),
            ],
        )
    )


def _exits(canvas: Canvas, at: Places) -> Layer:
    exits = canvas.timeline.mission.exits
    values = [{"name": e.name, "x": at[e.id][0], "y": at[e.id][1], "kind": e.kind, "key": "Exit"} for e in exits]
    scale = alt.Scale(domain=["Exit"], range=[BLACK])
    return (
        alt.Chart(canvas.rows(values))
        .mark_point(shape="square", filled=False, size=_EXIT, strokeWidth=1.6, opacity=1)
        .encode(
            longitude="x:Q",
            latitude="y:Q",
            stroke=alt.Stroke("key:N", scale=scale, legend=alt.Legend(symbolType="square", symbolStrokeWidth=1.6)),
            tooltip=[alt.Tooltip("name:N", title="Exit"), alt.Tooltip("kind:N", title="Kind")],
        )
    )


def _not_covered(canvas: Canvas, at: Places, found: Iterable[Uncovered]) -> list[Layer]:
    """A saltire at each place where the plan does on the chosen day what the mandate does not cover.

    Without a plan no day is chosen: then violations are marked whenever they were.
    """
    timeline = canvas.timeline
    values = [
        {**row, "x": at[row["place"]][0], "y": at[row["place"]][1]}
        for row in marks(found, timeline.mission.day)
        if row["place"] in at
    ]
    if not values:
        return []
    rows = alt.Chart(canvas.rows(values))
    if timeline.plan:
        rows = rows.transform_filter("datum.a <= day && day <= datum.b")
    place: dict[str, Any] = {"longitude": "x:Q", "latitude": "y:Q", "shape": saltire()}
    look: dict[str, Any] = {"size": _CROSS, "filled": False, "opacity": 1}
    halo = rows.mark_point(stroke="white", strokeWidth=7, **look).encode(**place)
    return [halo, rows.mark_point(stroke=RED, strokeWidth=3, **look).encode(**place, tooltip=tips())]


def _anchors(timeline: Timeline, frame: Frame, at: Places, crossed: set[str]) -> Iterator[Anchor]:
    """What is named: the largest sites first, then exits that are not at a site; one beyond the frame gets a "to"."""
    mission, short = timeline.mission, short_names(timeline.mission)
    first = {span.site: span.people for span in timeline.spans if span.start == 0}
    most = max((span.people for span in timeline.spans), default=1)
    for site in sorted(mission.sites, key=lambda site: (-first.get(site.id, 0), site.id)):
        radius = sqrt(_size(first.get(site.id, 0), most) / 3.14)
        yield Anchor(at[site.id], max(radius, sqrt(_CROSS) / 2) if site.id in crossed else radius, short[site.id])
    for exit_ in mission.exits:
        if all(dist(at[exit_.id], at[site.id]) > _TOGETHER for site in mission.sites):
            beyond = at[exit_.id] != frame.xy(exit_.lat, exit_.lon)
            yield Anchor(at[exit_.id], sqrt(_EXIT) / 2, ("to " if beyond else "") + short[exit_.id])


def _names(canvas: Canvas, frame: Frame, at: Places, crossed: set[str]) -> list[Layer]:
    """The names, set once for a page and once for a phone, where the same letters take twice the room."""
    anchors = list(_anchors(canvas.timeline, frame, at, crossed))
    values, leads = [], []
    for phone, size in ((False, LABEL), (True, LABEL * WIDTH / NARROW)):
        for label in place_labels(anchors, size, frame.inside):
            (x, y), (mx, my) = label.at, label.mark
            values.append({"text": label.text, "x": x, "y": y, "align": label.align, "phone": phone})
            if label.led:
                leads.append({"x": x, "y": y, "x2": mx, "y2": my, "phone": phone})
    lines = (
        alt.Chart(canvas.rows(leads))
        .transform_filter(f"datum.phone == {ON_PHONE}")
        .mark_rule(color=GREY, strokeWidth=0.7)
        .encode(longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q")
    )
    text = alt.Chart(canvas.rows(values)).transform_filter(f"datum.phone == {ON_PHONE}")
    place: dict[str, Any] = {"longitude": "x:Q", "latitude": "y:Q", "text": "text:N"}
    look: dict[str, Any] = {"align": alt.ExprRef(expr="datum.align"), "baseline": "middle", "fontSize": LABEL}
    halo = text.mark_text(stroke="white", strokeWidth=3, opacity=0.85, **look).encode(**place)
    return [lines, halo, text.mark_text(color=BLACK, **look).encode(**place)]


def overview(timeline: Timeline, day: int = 0, *, crossed: Iterable[Uncovered] | None = None) -> Spec:
    """The map of a mission on a day (the first that is shown; in the page the reader chooses).

    ``crossed`` is what the mandate does not cover, where that is not what the timeline finds itself.
    """
    canvas, frame = Canvas(timeline), frame_of(timeline.mission)
    at = positions(timeline, frame)
    layers: list[Layer] = _base(canvas, frame, at)
    flows = [flow for flow in timeline.flows if set(flow.route) <= set(at)]
    if flows:
        layers += [_under_way(canvas, flows, at), _convoys(canvas, flows, at)]
    found = list(uncovered(timeline) if crossed is None else crossed)
    layers += [_sites(canvas, at), _exits(canvas, at), *_not_covered(canvas, at, found)]
    layers += _names(canvas, frame, at, {row.place for row in found})
    chart = alt.layer(*layers).project(type="identity", scale=alt.ExprRef(expr=_ZOOM), translate=[0, 0])
    sea = alt.ViewBackground(fill="#dde8ee", stroke="#c4bfb5")
    lines = f"{ON_PHONE} ? {json.dumps(DISCLAIMER)} : {json.dumps([' '.join(DISCLAIMER)])}"
    small: Any = {"orient": "bottom", "anchor": "start", "fontSize": LABEL - 1, "fontWeight": "normal", "offset": 6}
    title = alt.TitleParams(text=alt.ExprRef(expr=lines), color=GREY, **small)
    return canvas.spec(chart.properties(width=WIDTH, height=frame.height, view=sea, title=title), day)
