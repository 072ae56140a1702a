"""The map: sites by people and state, the moves of the chosen day, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

import altair as alt

from drawdown.mission.mission import Mission
from drawdown.report.background import background
from drawdown.report.charts.style import BLACK, GREY, LABEL, MODES, STATES, colours, date_of, rows, styled
from drawdown.report.frame import WIDTH, XY, Frame, frame_of
from drawdown.report.labels import Anchor, place_labels
from drawdown.report.timeline import Timeline

_LARGEST, _SMALLEST = 1100.0, 36.0  # square pixels of the mark of the largest site, and of an empty one
_PHONE = 360.0  # width for which names are set anew, with letters as large as on a page
NARROW = f"width < {(WIDTH + _PHONE) / 2:.0f}"  # the page tells the chart its width
_ZOOM = f"width / {WIDTH:.0f}"  # all coordinates are pixels of a map WIDTH wide


def positions(mission: Mission, frame: Frame) -> dict[str, XY]:
    """Pixels of every site and exit; an exit beyond the frame stands where the way to it leaves the map."""
    found = {site.id: frame.xy(site.lat, site.lon) for site in mission.sites}
    for exit_ in mission.exits:
        ends = [leg.from_place if leg.to_place == exit_.id else leg.to_place for leg in mission.legs
                if exit_.id in {leg.from_place, leg.to_place}]  # fmt: skip
        origins = [found[end] for end in ends if end in mission.site]
        far = frame.xy(exit_.lat, exit_.lon)
        found[exit_.id] = frame.pinned(far, origins[0] if origins else (WIDTH / 2, frame.height / 2))
    return found


def _shapes(geometries: list[dict[str, Any]], **mark: Any) -> alt.Chart:
    return alt.Chart(rows(geometries)).mark_geoshape(clip=True, tooltip=None, **mark)


def _base(timeline: Timeline, frame: Frame) -> list[alt.Chart]:
    land = background(frame, timeline.mission.mission.host)
    host = {"fill": "#fffdf8", "stroke": "#8a8a8a", "strokeWidth": 1.3}
    return [
        _shapes(land.others, fill="#efece6", stroke="#c4bfb5", strokeWidth=0.7),
        _shapes(land.host, **host),
        _shapes(land.lakes, fill="#cfe0ea", stroke="#b4cddb", strokeWidth=0.5),
        _shapes(land.rivers, fill=None, stroke="#a9c6d8", strokeWidth=0.9),
    ]


def _line(points: list[XY]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": points}


def _roads(timeline: Timeline, at: dict[str, XY]) -> alt.Chart:
    legs = [leg for leg in timeline.mission.legs if leg.mode != "air" and {leg.from_place, leg.to_place} <= set(at)]
    lines = [_line([at[leg.from_place], at[leg.to_place]]) for leg in legs]
    return _shapes(lines, fill=None, stroke="#b5a999", strokeWidth=1.2)


def _moves(timeline: Timeline, at: dict[str, XY]) -> alt.LayerChart:
    """The moves under way on the chosen day: a line along the route, and on roads a dot where they are."""
    routes = sorted({flow.route for flow in timeline.flows if set(flow.route) <= set(at)})
    lines = [
        {"route": n, "name": _route_name(timeline.mission, route), **_line([at[place] for place in route])}
        for n, route in enumerate(routes)
    ]
    number = {route: n for n, route in enumerate(routes)}
    flows = [f for f in timeline.flows if f.route in number]
    values = [
        {"r": number[f.route], "a": f.start, "b": f.end, "m": MODES[f.mode][1], "n": f.moves, "p": f.people,
         "v": f.vehicles, "t": round(f.teu, 1)} for f in flows
    ]  # fmt: skip
    scale = colours(MODES, {f.mode for f in flows})
    shown = (
        alt.Chart(rows(values))
        .transform_filter("datum.a <= day && day <= datum.b")
        .transform_lookup("r", alt.LookupData(rows(lines), "route", ["type", "coordinates", "name"]))
        .mark_geoshape(clip=True, filled=False, strokeWidth=2.6, strokeCap="round")
        .encode(
            color=alt.Color("m:N", scale=scale, legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=3)),
            strokeDash=alt.StrokeDash("m:N", scale=alt.Scale(domain=["Air"], range=[[6, 4]]), legend=None),
            tooltip=[
                alt.Tooltip("name:N", title="Route"),
                alt.Tooltip("m:N", title="By"),
                alt.Tooltip("n:Q", title="Moves"),
                alt.Tooltip("p:Q", title="People", format=","),
                alt.Tooltip("v:Q", title="Vehicles or sorties", format=","),
                alt.Tooltip("t:Q", title="TEU", format=",.1f"),
            ],
        )
    )
    dots = [dot for f in flows if f.mode != "air" for dot in _progress(f.start, f.end, [at[p] for p in f.route])]
    where = (
        alt.Chart(rows(dots))
        .transform_filter("datum.d == day")
        .mark_point(shape="diamond", filled=True, size=70, color=MODES["road"][0], stroke="white", strokeWidth=1)
        .encode(longitude="x:Q", latitude="y:Q")
    )
    return alt.layer(shown, where)


def _progress(start: int, end: int, route: list[XY]) -> Iterator[dict[str, float]]:
    """Where a convoy is at noon of each day, at an even pace."""
    lengths = [sqrt((bx - ax) ** 2 + (by - ay) ** 2) for (ax, ay), (bx, by) in zip(route, route[1:], strict=False)]
    for day in range(start, end + 1):
        left = sum(lengths) * (day - start + 0.5) / (end - start + 1)
        for length, (ax, ay), (bx, by) in zip(lengths, route, route[1:], strict=False):
            if left <= length:
                share = left / length if length else 0.0
                yield {"d": day, "x": round(ax + share * (bx - ax), 1), "y": round(ay + share * (by - ay), 1)}
                break
            left -= length


def _route_name(mission: Mission, route: tuple[str, ...]) -> str:
    return " \N{RIGHTWARDS ARROW} ".join(mission.place[place].name for place in route)


def _size(people: int, most: int) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * people / max(most, 1)


def _sites(timeline: Timeline, at: dict[str, XY]) -> alt.Chart:
    most = max((span.people for span in timeline.spans), default=1)
    places = [{"id": s.id, "name": s.name, "x": at[s.id][0], "y": at[s.id][1]} for s in timeline.mission.sites]
    values = [
        {"s": span.site, "a": span.start, "b": span.end, "p": span.people, "z": round(_size(span.people, most)),
         "state": STATES[span.state][1]} for span in timeline.spans
    ]  # fmt: skip
    return (
        alt.Chart(rows(values))
        .transform_filter("datum.a <= day && day <= datum.b")
        .transform_lookup("s", alt.LookupData(rows(places), "id", ["name", "x", "y"]))
        .transform_calculate(since=date_of(timeline, "datum.a"), z=f"datum.z * max(0.4, {_ZOOM})")
        .mark_circle(opacity=0.88, stroke="white", strokeWidth=1)
        .encode(
            longitude="x:Q",
            latitude="y:Q",
            size=alt.Size("z:Q", scale=None),
            fill=alt.Fill("state:N", scale=colours(STATES, {s.state for s in timeline.spans})),
            tooltip=[
                alt.Tooltip("name:N", title="Site"),
                alt.Tooltip("p:Q", title="People", format=","),
                alt.Tooltip("state:N", title="State"),
                alt.Tooltip("since:N", title="Since"),
            ],
        )
    )


def _exits(timeline: Timeline, at: dict[str, XY]) -> alt.Chart:
    values = [{"name": e.name, "x": at[e.id][0], "y": at[e.id][1], "kind": e.kind} for e in timeline.mission.exits]
    return (
        alt.Chart(rows(values))
        .mark_point(shape="square", filled=True, size=64, color="white", stroke=BLACK, strokeWidth=1.6, opacity=1)
        .encode(
            longitude="x:Q",
            latitude="y:Q",
            tooltip=[alt.Tooltip("name:N", title="Exit"), alt.Tooltip("kind:N", title="Kind")],
        )
    )


def _anchors(timeline: Timeline, frame: Frame, at: dict[str, XY]) -> list[Anchor]:
    """The names to set: the largest sites first, then exits; an exit beyond the frame gets an arrow."""
    first = {span.site: span.people for span in timeline.spans if span.start == 0}
    most = max(first.values(), default=1)
    sites = sorted(timeline.mission.sites, key=lambda site: (-first.get(site.id, 0), site.id))
    found = [Anchor(at[s.id], sqrt(_size(first.get(s.id, 0), most)) / 1.8, s.name) for s in sites]
    for exit_ in timeline.mission.exits:
        beyond = not frame.inside(frame.xy(exit_.lat, exit_.lon), 14)
        found.append(Anchor(at[exit_.id], 5, ("to " if beyond else "") + exit_.name))
    return found


def _names(timeline: Timeline, frame: Frame, at: dict[str, XY]) -> list[alt.Chart]:
    """The names, set once for a page and once for a phone (where the same letters take twice the room)."""
    anchors = _anchors(timeline, frame, at)
    values, leads = [], []
    for narrow, size in ((False, LABEL), (True, LABEL * WIDTH / _PHONE)):
        for label in place_labels(anchors, size, frame.inside):
            (x, y), (mx, my) = label.at, label.mark
            values.append({"text": label.text, "x": x, "y": y, "align": label.align, "narrow": narrow})
            if label.led:
                leads.append({"x": x, "y": y, "x2": mx, "y2": my, "narrow": narrow})
    lines = (
        alt.Chart(rows(leads))
        .transform_filter(f"datum.narrow == ({NARROW})")
        .mark_rule(color=GREY, strokeWidth=0.7)
        .encode(longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q")
    )
    texts = alt.Chart(rows(values)).transform_filter(f"datum.narrow == ({NARROW})")
    place = {"longitude": "x:Q", "latitude": "y:Q", "text": "text:N"}
    align: Any = alt.ExprRef(expr="datum.align")
    halo = texts.mark_text(align=align, baseline="middle", stroke="white", strokeWidth=3, opacity=0.85).encode(**place)
    name = texts.mark_text(align=align, baseline="middle", color=BLACK).encode(**place)
    return [lines, halo, name]


def overview(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """The map of a mission on a day (the first that is shown; in the page the reader chooses)."""
    frame = frame_of(timeline.mission)
    at = positions(timeline.mission, frame)
    layers: list[Any] = [*_base(timeline, frame), _roads(timeline, at)]
    if timeline.flows:
        layers.append(_moves(timeline, at))
    layers += [_sites(timeline, at), _exits(timeline, at), *_names(timeline, frame, at)]
    chart = alt.layer(*layers).resolve_scale(color="independent", fill="independent")
    chart = chart.properties(width=WIDTH, height=frame.height).project(type="identity", scale=alt.ExprRef(expr=_ZOOM), translate=[0, 0])
    return styled(chart.configure_view(fill="#dde8ee", stroke="#c4bfb5"), day)
