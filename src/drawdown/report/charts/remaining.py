"""What is still there against time: people in all and by site, equipment by owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from drawdown.report.charts.style import (
    BLUE,
    GREY,
    LABEL,
    ORANGE,
    OWNERS,
    VERMILLION,
    binding_days,
    colours,
    date_of,
    day_axis,
    day_rules,
    rows,
    styled,
)
from drawdown.report.timeline import Timeline

_WIDE, _TALL, _LOW = 690, 240, 150
_COLUMNS, _SMALL_WIDE, _SMALL_TALL = 4, 140, 60


def _changes(amounts: Iterable[float], **fixed: Any) -> list[dict[str, Any]]:
    """A row for the first evening, for each one on which the amount has changed, and for the last."""
    days = list(amounts)
    kept = [n for n, amount in enumerate(days) if n in {0, len(days) - 1} or amount != days[n - 1]]
    return [{"start": n, "amount": round(float(days[n]), 1), **fixed} for n in kept]


def _every(amounts: Iterable[float], days: Iterable[int], **fixed: Any) -> list[dict[str, Any]]:
    listed = list(amounts)
    return [{"start": n, "amount": round(float(listed[n]), 1), **fixed} for n in days]


def _stacked(timeline: Timeline, parts: Mapping[str, Iterable[float]], title: str, scale: alt.Scale) -> alt.Chart:
    """Areas on top of each other; every part has a row on every day on which any of them changes."""
    listed = {name: list(amounts) for name, amounts in parts.items()}
    days = sorted({row["start"] for amounts in listed.values() for row in _changes(amounts)})
    values = [row for n, (name, amounts) in enumerate(listed.items())
              for row in _every(amounts, days, part=name, order=n)]  # fmt: skip
    return (
        alt.Chart(rows(values))
        .transform_calculate(on=date_of(timeline, "datum.start"))
        .mark_area(interpolate="step-after", opacity=0.85)
        .encode(
            x=day_axis(timeline),
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


def _named_days(timeline: Timeline) -> alt.Chart:
    values = [{"start": day + 1, "name": name} for day, name in binding_days(timeline)]
    return (
        alt.Chart(rows(values))
        .mark_text(align="right", dx=-4, color=VERMILLION, fontSize=LABEL - 1)
        .encode(x="start:Q", y=alt.value(-8), text="name:N")
    )


def people(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """People in the mission in the evening of each day: at sites, and on the way."""
    at_sites = sum(timeline.people_at.values(), start=0 * timeline.people_remaining)
    parts = {"At sites": at_sites, "On the way": timeline.people_remaining - at_sites}
    scale = alt.Scale(domain=list(parts), range=[BLUE, ORANGE])
    area = _stacked(timeline, parts, "People in the mission", scale)
    chart = alt.layer(area, _named_days(timeline), day_rules(timeline))
    return styled(chart.properties(width=_WIDE, height=_TALL), day)


def equipment(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """Equipment to be carried that is still in the mission, in TEU, by owner."""
    return _by_owner(timeline, "TEU to be carried", day, vehicles=False)


def vehicles(timeline: Timeline, day: int = 0) -> alt.LayerChart:
    """Vehicles that drive themselves and are still in the mission, by owner."""
    return _by_owner(timeline, "Vehicles that drive", day, vehicles=True)


def _by_owner(timeline: Timeline, title: str, day: int, *, vehicles: bool) -> alt.LayerChart:
    amounts = timeline.remaining_by_owner(vehicles=vehicles)
    parts = {OWNERS[owner][1]: amounts[owner] for owner in OWNERS if owner in amounts}
    area = _stacked(timeline, parts, title, colours(OWNERS, set(amounts)))
    chart = alt.layer(area, _named_days(timeline), day_rules(timeline))
    return styled(chart.properties(width=_WIDE, height=_LOW), day)


def people_by_site(timeline: Timeline, day: int = 0) -> alt.FacetChart:
    """People at each site in the evening of each day; every site has its own scale."""
    order = list(dict.fromkeys(site.name for site in timeline.sites_by_closure))
    values = [row for site in timeline.sites_by_closure
              for row in _changes(timeline.people_at[site.id], site=site.name)]  # fmt: skip
    base = alt.Chart(rows(values))
    x = day_axis(timeline)
    area = (
        base.transform_calculate(on=date_of(timeline, "datum.start"))
        .mark_area(interpolate="step-after", color=BLUE, opacity=0.7, line={"color": BLUE, "strokeWidth": 1})
        .encode(
            x=x,
            y=alt.Y("amount:Q", title=None, axis=alt.Axis(format=",d", tickCount=2, domain=False)),
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("on:N", title="Evening of"),
                alt.Tooltip("amount:Q", title="People", format=",d"),
            ],
        )
    )
    once = base.transform_aggregate(count="count()", groupby=["site"])
    chosen = once.mark_rule(color=GREY).encode(x=alt.X(datum=alt.ExprRef(expr="day + 0.5"), type="quantitative"))
    bound = once.mark_rule(color=VERMILLION, strokeDash=[4, 3]).encode(
        x=alt.X(datum=timeline.deadline + 1, type="quantitative")
    )
    chart = (
        alt.layer(area, bound, chosen)
        .properties(width=_SMALL_WIDE, height=_SMALL_TALL)
        .facet(facet=alt.Facet("site:N", sort=order, header=alt.Header(labelAnchor="start", labelFontWeight="bold")),
               columns=_COLUMNS, spacing={"row": 46, "column": 40}, bounds="flush")
        .resolve_scale(y="independent")
    )  # fmt: skip
    return styled(chart, day)
