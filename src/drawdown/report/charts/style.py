"""What all charts share: colours that colour-blind readers tell apart (Okabe and Ito), type, and the axis of days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt

from drawdown.report.timeline import Timeline

BLACK, GREY, PALE = "#1a1a1a", "#6f6f6f", "#e9e9e9"
ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE = "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7"

#: Colour and words of each state of a site, in the order of a closure.
STATES: Mapping[str, tuple[str, str]] = {
    "open": (BLUE, "Open"),
    "closing": (ORANGE, "Closing"),
    "liquidation": (PURPLE, "In liquidation"),
    "left": (BLACK, "Left, not handed over"),
    "handed_over": (GREEN, "Handed over"),
}
MODES: Mapping[str, tuple[str, str]] = {
    "road": (VERMILLION, "Road"),
    "air": (SKY, "Air"),
    "river": (BLUE, "River"),
    "rail": (BLACK, "Rail"),
    "sea": (GREEN, "Sea"),
}
OWNERS: Mapping[str, tuple[str, str]] = {
    "contingent": (BLUE, "Contingent-owned"),
    "un": (SKY, "UN-owned"),
    "contractor": (ORANGE, "Contractors'"),
}

#: Liberation Sans has the widths of Arial and comes with vl-convert, so that charts are the same on every machine.
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
LABEL = 12  # pixels of a label
WIDE = 760  # pixels of a chart on a page; on a phone the page asks for less

#: The day that the reader has chosen: the slider of the page sets it, pictures show its first value.
DAY = alt.Parameter(name="day", param=alt.VariableParameter(name="day", value=0))


def day_param(value: int = 0) -> alt.Parameter:
    """The chosen day, with its first value."""
    return alt.param(name="day", value=value)


def styled(chart: alt.LayerChart | alt.Chart | alt.FacetChart | alt.VConcatChart, day: int = 0) -> Any:
    """A chart with the report's looks and the chosen day."""
    config: dict[str, Any] = {
        "background": "white",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": LABEL,
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "labelColor": BLACK,
            "titleColor": GREY,
            "gridColor": PALE,
            "domainColor": GREY,
            "tickColor": GREY,
        },
        "legend": {
            "orient": "bottom",
            "title": None,
            "labelFontSize": LABEL,
            "labelLimit": 260,
            "symbolStrokeWidth": 1,
            "columnPadding": 18,
        },
        "header": {"labelFontSize": LABEL, "labelColor": BLACK, "title": None},
        "text": {"fontSize": LABEL},
    }
    return chart.add_params(day_param(day)).configure(**config)


def rows(values: list[dict[str, Any]]) -> alt.InlineData:
    """Rows of a chart, kept in the chart."""
    return alt.InlineData(values=values)


def colours(table: Mapping[str, tuple[str, str]], used: set[str]) -> alt.Scale:
    """The colour scale of those keys of a table that a chart shows."""
    shown = [key for key in table if key in used]
    return alt.Scale(domain=[table[key][1] for key in shown], range=[table[key][0] for key in shown])


def months(timeline: Timeline) -> list[int]:
    """The day numbers on which months begin, up to the horizon."""
    start = timeline.mission.mission.cessation
    found, year, month = [], start.year, start.month
    while True:
        day = timeline.mission.day(date(year, month, 1))
        if day > timeline.horizon:
            return found
        found += [day] if day >= 0 else []
        year, month = year + month // 12, month % 12 + 1


def date_of(timeline: Timeline, day: str, pattern: str = "%-d %b %Y") -> str:
    """A Vega expression that writes a day number as a date, whatever the reader's time zone."""
    start = timeline.mission.mission.cessation
    return f"utcFormat(utc({start.year}, {start.month - 1}, {start.day}) + ({day}) * 864e5, '{pattern}')"


def day_axis(timeline: Timeline) -> alt.X:
    """The axis of days for a field ``start``: months along the bottom."""
    axis = alt.Axis(
        values=months(timeline),
        labelExpr=f"{date_of(timeline, 'datum.value', '%b')} == 'Jan' || datum.index == 0 "
        f"? {date_of(timeline, 'datum.value', '%b %Y')} : {date_of(timeline, 'datum.value', '%b')}",
        labelOverlap=True,
        labelFlush=False,
        labelAlign="left",
        labelOffset=2,
        title=None,
        domain=False,
    )
    return alt.X("start:Q", scale=day_scale(timeline), axis=axis)


def day_scale(timeline: Timeline) -> alt.Scale:
    """Days from cessation to the horizon; a day takes the room from its number to the next."""
    return alt.Scale(domain=[0, timeline.horizon + 1], nice=False, zero=False)


def day_rules(timeline: Timeline) -> alt.LayerChart:
    """The chosen day and the dates that bind, as upright lines."""
    chosen = (
        alt.Chart(rows([{}]))
        .mark_rule(color=BLACK, strokeWidth=1.5)
        .encode(x=alt.X(datum=alt.ExprRef(expr="day + 0.5"), type="quantitative"))
    )
    ends = [{"start": day + 1, "text": text} for day, text in binding_days(timeline)]
    binding = alt.Chart(rows(ends)).mark_rule(color=VERMILLION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="start:Q")
    return alt.layer(binding, chosen)


def binding_days(timeline: Timeline) -> list[tuple[int, str]]:
    """The days by whose evening something must be done, with their names, as far as the chart reaches."""
    days = [(timeline.deadline, "Deadline"), (timeline.mission.days, "End of liquidation")]
    return [(day, name) for day, name in days if day <= timeline.horizon]
