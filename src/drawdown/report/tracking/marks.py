"""What the charts of status, forecast and hindcast share: marks with a legend, bands, lines, and upright days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import altair as alt

from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLACK, BLUE, GREEN, GREY, LABEL, ON_PHONE, ORANGE, VERMILLION
from drawdown.report.futures.paper import Paper, dates, number
from drawdown.report.futures.words import short_day

TICK = "M-0.18,-1H0.18V1H-0.18Z"  # an upright stroke: it is seen where it lies on another mark
LIGHT, MIDDLE = "#cfe2ef", "#86b9da"  # of the bands that hold nine in ten futures, and half of them
_FAR_LEFT = 0.3  # share of the axis up to which a day's name has no room at its left
EDGE = timedelta(days=6)  # room beyond the first and the last mark of a chart of sites
_LIQUIDATION = timedelta(days=45)  # days after the deadline that such a chart shows at most
_APART = 8  # pixels between labels of an axis at least
_MANY_LEGENDS = 900  # pixels that the eight entries of a hindcast's fan need in one line
_LINE = 14  # pixels from one line of names above a chart to the next
_ABOVE = 8  # pixels from the chart to the lower line of names

Rows = list[dict[str, Any]]


class Look(NamedTuple):
    """How a mark looks: its shape, the colour inside and around it, and its area in pixels."""

    shape: str
    inside: str
    around: str
    area: int


#: Every mark by the words that its legend has for it.
LOOKS: Mapping[str, Look] = {
    "Planned last-out": Look(TICK, BLACK, BLACK, 260),
    "Last-out": Look("circle", BLUE, BLUE, 120),
    "Planned handover": Look("diamond", "white", GREEN, 55),
    "Handover": Look("diamond", GREEN, "white", 75),
    "Gone by plan": Look(TICK, BLACK, BLACK, 300),
    "Overdue": Look("triangle-right", VERMILLION, VERMILLION, 80),
    "Half of the futures (P50)": Look("circle", BLUE, BLUE, 70),
    "Four in five (P80)": Look("square", ORANGE, ORANGE, 70),
    "Today's plan": Look(TICK, BLACK, BLACK, 260),
    "The first plan": Look("diamond", "white", BLACK, 60),
    "Not by the end of liquidation": Look("triangle-right", VERMILLION, VERMILLION, 80),
    "Counted by then": Look("circle", BLACK, BLACK, 42),
    "Counted": Look("circle", BLACK, BLACK, 42),
    "What then happened": Look("circle", ORANGE, BLACK, 62),
}


def marks(paper: Paper, rows: Rows, y: alt.Y, *, columns: int = 0, tooltip: Sequence[alt.Tooltip] = ()) -> Layer:
    """Rows with ``what`` (one of `LOOKS`) and ``start`` as marks with a legend of those that are used."""
    used = [what for what in LOOKS if any(row["what"] == what for row in rows)]
    looks = [LOOKS[what] for what in used]
    wide: Any = alt.ExprRef(expr=f"{ON_PHONE} ? 1 : {columns}")  # 0: as many columns as there is room for
    legend = alt.Legend(columns=wide)

    def scale(values: Iterable[Any]) -> alt.Scale:
        return alt.Scale(type="ordinal", domain=used, range=list(values))

    encoded: dict[str, Any] = {
        "x": "start:Q",
        "y": y,
        "shape": alt.Shape("what:N", scale=scale(look.shape for look in looks), legend=legend),
        "fill": alt.Fill("what:N", scale=scale(look.inside for look in looks), legend=legend),
        "stroke": alt.Stroke("what:N", scale=scale(look.around for look in looks), legend=legend),
        "size": alt.Size("what:N", scale=scale(look.area for look in looks), legend=legend),
    }
    if tooltip:
        encoded["tooltip"] = list(tooltip)
    return alt.Chart(paper.rows(rows)).mark_point(opacity=1, strokeWidth=1.3).encode(**encoded)


def lines(paper: Paper, rows: Rows, looks: Mapping[str, tuple[str, list[int]]]) -> Layer:
    """Rows with ``line`` (one of ``looks``: colour and dashes), ``start`` and ``amount`` with a legend."""
    used = [line for line in looks if any(row["line"] == line for row in rows)]
    colours, dashes = [looks[line][0] for line in used], [looks[line][1] for line in used]
    return (
        alt.Chart(paper.rows(rows))
        .mark_line(strokeWidth=1.6)
        .encode(
            x="start:Q",
            y="amount:Q",
            color=alt.Color("line:N", scale=alt.Scale(domain=used, range=colours)),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=used, range=dashes)),
        )
    )


def days_axis(first: date, last: date) -> alt.X:
    """The axis of dates; on a phone labels that would touch each other or be cut off at the right are left out."""
    axis = dates(first, last)
    axis["axis"]["labelSeparation"], axis["axis"]["labelBound"] = _APART, True
    return axis


def horizon(days: Iterable[date], left: Sequence[date | None], as_of: date, deadline: date) -> date:
    """The last day of a chart of sites: the last of all, but not long after the deadline if most are ``left`` then.

    A site that stays open for months of liquidation would press all others together.
    """
    last, limit = max([deadline, as_of, *days]) + EDGE, deadline + _LIQUIDATION
    soon = sum(day is not None and day <= limit for day in left)
    return max(as_of + EDGE, min(last, limit)) if 2 * soon > len(left) else last


def month(day: date) -> str:
    """A month as a chart's margin writes it: Sep 2024."""
    return short_day(day).split(" ", 1)[1]


def beyond(paper: Paper, rows: Rows, y: alt.Y) -> Layer:
    """Rows with a ``text`` (or none) that go on after the last day of a chart: an arrow at the right, and the text.

    The text stands beside the chart, so that it covers no mark.
    """
    chart, edge = alt.Chart(paper.rows(rows)), alt.value("width")
    arrow = chart.mark_point(shape="triangle-right", filled=True, color=GREY, size=60, opacity=1, xOffset=4)
    text = chart.mark_text(align="left", dx=11, color=BLACK, fontSize=LABEL - 1)
    return alt.layer(arrow.encode(x=edge, y=y), text.encode(x=edge, y=y, text="text:N"))


def stacked_legends(spec: Spec) -> Spec:
    """A chart of many legends that stand below each other where there is no room for them side by side."""
    direction = {"signal": f"width < {_MANY_LEGENDS} ? 'vertical' : 'horizontal'"}
    legend = spec["config"]["legend"]
    layout = {"bottom": {**legend["layout"]["bottom"], "direction": direction}}
    return {**spec, "config": {**spec["config"], "legend": {**legend, "layout": layout}}}


def upright(paper: Paper, as_of: date, deadline: date, shown: tuple[date, date]) -> Layer:
    """The evenings of the day that is spoken of and of the deadline, with their names in two lines above the chart."""
    first, last = (number(day) for day in shown)
    told = (
        ("Deadline", deadline, VERMILLION, [5, 3], _ABOVE),
        (f"As of {as_of.day} {as_of:%b}", as_of, BLACK, [1, 0], _ABOVE + _LINE),
    )
    layers = []
    for name, day, colour, dash, above in told:
        start = number(day) + 1
        if not first <= start <= last + 1:
            continue
        left = (start - first) > _FAR_LEFT * (last - first)
        chart = alt.Chart(paper.rows([{"start": start, "name": name}]))
        layers.append(chart.mark_rule(color=colour, strokeWidth=1.4, strokeDash=dash).encode(x="start:Q"))
        text = chart.mark_text(
            align="right" if left else "left", dx=-3 if left else 3, color=colour, fontSize=LABEL - 1
        )
        layers.append(text.encode(x="start:Q", y=alt.value(-above), text="name:N"))
    return alt.layer(*layers)
