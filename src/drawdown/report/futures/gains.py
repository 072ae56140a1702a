"""Bars to the left and right of nothing: what knock-outs and what-ifs gain, and what goes with lateness."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any, NamedTuple

import altair as alt

from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.style import BLACK, BLUE, GREY, LABEL, ORANGE, WIDE
from drawdown.report.futures.paper import Paper, labelled
from drawdown.report.futures.words import days_saved
from drawdown.stress.answers import Answers, Driver

_MARKS = 5  # numbers on the axis, about
_ROOM = 0.42  # the column at the right, as a share of the axis: room for its words on a phone
_LEAST = 1e-9  # what differs by less is nothing


class _Bar(NamedTuple):
    label: str
    value: float
    low: float
    high: float
    note: str = ""


def _scale(bars: Sequence[_Bar], least: float) -> tuple[float, float, list[float]]:
    """The ends of the axis around all bars and 0, at least so long, and round numbers on it."""
    low = min(0.0, *(bar.low for bar in bars))
    high = max(0.0, *(bar.high for bar in bars), low + least)
    rough = (high - low) / _MARKS
    size = 10.0 ** floor(log10(rough))
    step = next(step * size for step in (1, 2, 5, 10) if step * size >= rough - _LEAST)
    return low, high, [round(n * step, 9) for n in range(ceil(low / step), floor(high / step) + 1)]


def _bars(bars: Sequence[_Bar], title: str, form: str, least: float, column: str = "") -> Spec:
    """Bars with their intervals, a note on each at the right, and a line at 0; orange is less than 0."""
    paper, (y, tall) = Paper(), labelled([bar.label for bar in bars])
    low, high, ticks = _scale(bars, least)
    span = high - low
    x = alt.X(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=[low - 0.02 * span, high + (_ROOM if column else 0.02) * span], nice=False),
        axis=alt.Axis(
            values=ticks,
            format=form,
            labelExpr="datum.value == 0 ? '0' : datum.label",
            domain=False,
            titleAnchor="end",
            titleAlign="right",
        ),
    )
    chart = alt.Chart(paper.rows([{"row": n, "zero": 0, **bar._asdict()} for n, bar in enumerate(bars)]))
    colour: Any = alt.condition("datum.value < 0", alt.value(ORANGE), alt.value(BLUE))
    bar = chart.mark_bar(height=14, opacity=0.85).encode(
        x=x,
        x2="zero:Q",
        y=y,
        color=colour,
        tooltip=[
            alt.Tooltip("label:N", title="What"),
            alt.Tooltip("value:Q", title=title, format=form),
            alt.Tooltip("low:Q", title="from", format=form),
            alt.Tooltip("high:Q", title="to", format=form),
        ],
    )
    whisker = chart.mark_rule(color=BLACK, strokeWidth=1.2).encode(x="low:Q", x2="high:Q", y=y)
    zero = alt.Chart(paper.rows([{}])).mark_rule(color=GREY).encode(x=alt.XDatum(0, type="quantitative"))
    layers = [bar, whisker, zero]
    if column:
        place: dict[str, Any] = {"x": alt.value("width"), "y": y, "text": "note:N"}
        layers.append(chart.mark_text(align="right", stroke="white", strokeWidth=6).encode(**place))
        layers.append(chart.mark_text(align="right").encode(**place))
        head = alt.Chart(paper.rows([{"text": column}])).mark_text(align="right", color=GREY, fontSize=LABEL)
        layers.append(head.encode(x=alt.value("width"), y=alt.value(-8), text="text:N"))
    return paper.spec(alt.layer(*layers).properties(width=WIDE, height=tall * len(bars)))


_POINTS = "Chance of the deadline, percentage points"


def knock_outs(answers: Answers) -> Spec:
    """By how much the chance of the deadline would be better without each source of chance, the most first."""
    found = sorted(answers.knock_outs, key=lambda row: -row.gained)
    bars = [_Bar(r.words, 100 * r.gained, 100 * r.low, 100 * r.high, days_saved(r.days_p80)) for r in found]
    return _bars(bars, _POINTS, "+.3~g", 1, "P80 earlier by")


def what_ifs(answers: Answers) -> Spec:
    """By how much each change that makes a difference betters the chance of the deadline, the most first."""
    found = sorted((row for row in answers.what_if if row.changed), key=lambda row: -row.gained)
    bars = [_Bar(r.title or r.name, 100 * r.gained, 100 * r.low, 100 * r.high, days_saved(r.days_p80)) for r in found]
    return _bars(bars, _POINTS, "+.3~g", 1, "P80 earlier by")


def drivers_told(answers: Answers) -> list[Driver]:
    """The drivers of which it is sure that there is something in them, the strongest first."""
    found = (row for row in answers.drivers if row.low > 0 or row.high < 0)
    return sorted(found, key=lambda row: -abs(row.correlation))


def drivers(answers: Answers) -> Spec:
    """What goes with lateness: rank correlations with the day of completion, the strongest first."""
    found = drivers_told(answers)
    bars = [_Bar(row.words, row.correlation, row.low, row.high) for row in found]
    return _bars(bars, "Rank correlation with the day of completion", "+.2~f", 0.2)
