"""What is still there against time: people in all and by site, equipment by owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Canvas, Layer, Spec
from drawdown.report.charts.style import BLUE, GREY, ORANGE, OWNERS, VERMILLION, WIDE, colours
from drawdown.report.timeline import Timeline

_TALL, _LOW = 240, 150
_COLUMNS, _SMALL_WIDE, _SMALL_TALL = 4, 140, 60


def _changes(amounts: list[float]) -> list[int]:
    """The first evening, each one on which the amount has changed, and the last."""
    turns = [n for n, (before, after) in enumerate(pairwise(amounts), 1) if before != after]
    return sorted({0, *turns, len(amounts) - 1})


def _stacked(canvas: Canvas, parts: Mapping[str, Iterable[float]], title: str, scale: alt.Scale) -> Layer:
    """Areas on top of each other; every part has a row on every day on which any of them changes."""
    listed = {name: [float(amount) for amount in amounts] for name, amounts in parts.items()}
    days = sorted({day for amounts in listed.values() for day in _changes(amounts)})
    values = [
        {"part": name, "order": n, "start": day, "amount": round(amounts[day], 1)}
        for n, (name, amounts) in enumerate(listed.items())
        for day in days
    ]
    return (
        alt.Chart(canvas.rows(values))
        .transform_calculate(on=canvas.date("datum.start"))
        .mark_area(interpolate="step-after", opacity=0.85)
        .encode(
            x=canvas.days(),
            y=alt.Y("amount:Q", title=title, stack="zero", axis=alt.Axis(format=",d", domain=False, tickCount=5)),
            color=alt.Color("part:N", scale=scale),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("on:N", title="Evening of"),
                alt.Tooltip("part:N", title="What"),
                alt.Tooltip("amount:Q", title=title, format=",.0f"),
            ],
        )
    )


def people(timeline: Timeline, day: int = 0) -> Spec:
    """People in the mission in the evening of each day: at sites, and on the way."""
    canvas = Canvas(timeline)
    at_sites = sum(timeline.people_at.values(), start=0 * timeline.people_remaining)
    parts = {"At sites": at_sites, "On the way": timeline.people_remaining - at_sites}
    area = _stacked(canvas, parts, "People in the mission", alt.Scale(domain=list(parts), range=[BLUE, ORANGE]))
    return canvas.spec(alt.layer(area, canvas.day_rules()).properties(width=WIDE, height=_TALL), day)


def equipment(timeline: Timeline, day: int = 0) -> Spec:
    """Equipment to be carried that is still in the mission, in TEU, by owner."""
    return _by_owner(timeline, "TEU to be carried", day, self_propelled=False)


def vehicles(timeline: Timeline, day: int = 0) -> Spec:
    """Vehicles that drive themselves and are still in the mission, by owner."""
    return _by_owner(timeline, "Vehicles that drive", day, self_propelled=True)


def _by_owner(timeline: Timeline, title: str, day: int, *, self_propelled: bool) -> Spec:
    canvas = Canvas(timeline)
    amounts = timeline.remaining_by_owner(vehicles=self_propelled)
    parts = {OWNERS[owner][1]: amounts[owner] for owner in OWNERS if owner in amounts}
    area = _stacked(canvas, parts, title, colours(OWNERS, amounts))
    return canvas.spec(alt.layer(area, canvas.day_rules()).properties(width=WIDE, height=_LOW), day)


def people_by_site(timeline: Timeline, day: int = 0) -> Spec:
    """People at each site in the evening of each day; every site has its own scale."""
    canvas = Canvas(timeline)
    order = list(dict.fromkeys(site.name for site in timeline.sites_by_closure))
    listed = [(site.name, timeline.people_at[site.id].tolist()) for site in timeline.sites_by_closure]
    values = [{"site": name, "start": n, "amount": days[n]} for name, days in listed for n in _changes(days)]
    base = alt.Chart(canvas.rows(values))
    area = (
        base.transform_calculate(on=canvas.date("datum.start"))
        .mark_area(interpolate="step-after", color=BLUE, opacity=0.7)
        .encode(
            x=canvas.days(every=3),
            y=alt.Y("amount:Q", title=None, axis=alt.Axis(format=",d", tickCount=2, domain=False)),
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("on:N", title="Evening of"),
                alt.Tooltip("amount:Q", title="People", format=","),
            ],
        )
    )
    once = base.transform_aggregate(count="count()", groupby=["site"])  # one line and one name a site
    chosen = once.mark_rule(color=GREY).encode(x=canvas.chosen())
    bound = once.mark_rule(color=VERMILLION, strokeDash=[4, 3]).encode(
        x=alt.XDatum(timeline.deadline + 1, type="quantitative")
    )
    name = once.mark_text(align="left").encode(x=alt.value(0), y=alt.value(-9), text="site:N")
    cell = alt.layer(area, bound, chosen, name).properties(width=_SMALL_WIDE, height=_SMALL_TALL)
    facet = alt.Facet("site:N", sort=order, header=alt.Header(labelExpr="''", labelPadding=0, title=None))
    gaps: Any = {"row": 46, "column": 50}
    chart = cell.facet(facet, columns=_COLUMNS, spacing=gaps, bounds="flush")
    return canvas.spec(chart.resolve_scale(y="independent").resolve_axis(x="independent"), day)
