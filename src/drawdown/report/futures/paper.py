"""What a chart of futures is drawn on: its rows, the axis of dates, and the lines of the dates that matter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt

from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import CONFIG, LABEL, ON_PHONE, VERMILLION

_EPOCH = date(1970, 1, 1).toordinal()
_LINE = 14  # pixels from one line of a label to the next
_WIDTHS = (46, 24)  # letters of a line of a label on a page and on a phone: about 260 and 140 pixels
_LABEL_ROOM = 0.04  # share of the axis that the last label needs at least; on a phone labels give way to each other
_MONTHS_FROM = 150  # an axis of fewer days has dates within the months, too


def number(day: date) -> int:
    """A date as its day since 1 January 1970: what the axes count in, so that no reader's time zone shifts it."""
    return day.toordinal() - _EPOCH


def written(field: str, pattern: str = "%-d %b %Y") -> str:
    """A Vega expression that writes a day number as a date."""
    return f"utcFormat(({field}) * 864e5, '{pattern}')"


class Paper:
    """A chart in the making. Rows are kept here, because Altair would copy and check each of them several times."""

    def __init__(self) -> None:
        """An empty sheet."""
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def rows(self, values: list[dict[str, Any]]) -> alt.NamedData:
        """Rows for a layer of the chart."""
        name = f"rows_{len(self._rows)}"
        self._rows[name] = values
        return alt.NamedData(name=name)

    def spec(self, chart: Any) -> Spec:
        """The finished chart as a Vega-Lite specification; it has a chosen day like every chart of a page."""
        found: Spec = chart.add_params(alt.param(name="day", value=0)).to_dict()
        return {**found, "config": CONFIG, "datasets": self._rows}

    def marks(self, days: Mapping[str, date], above: int = 8) -> Layer:
        """Evenings that matter as upright lines, with their names ``above`` the chart by so many pixels."""
        chart = alt.Chart(self.rows([{"start": number(day) + 1, "name": name} for name, day in days.items()]))
        line = chart.mark_rule(color=VERMILLION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="start:Q")
        name = chart.mark_text(align="right", dx=-3, color=VERMILLION, fontSize=LABEL - 1).encode(
            x="start:Q", y=alt.value(-above), text="name:N"
        )
        return alt.layer(line, name)


def dates(first: date, last: date) -> alt.X:
    """The axis of dates for a field ``start``, from the morning of the first to the evening of the last."""
    month, year = written("datum.value", "%b"), written("datum.value", "%b %Y")
    long = (last - first).days > _MONTHS_FROM
    label = f"{month} == 'Jan' ? {year} : {month}" if long else written("datum.value", "%-d %b")
    first_label = year if long else written("datum.value", "%-d %b %Y")
    return alt.X(
        "start:Q",
        scale=alt.Scale(domain=[number(first), number(last) + 1], nice=False, zero=False),
        axis=alt.Axis(
            values=_ticks(first, last, (1,) if long else (1, 11, 21)),
            labelExpr=f"datum.index == 0 ? {first_label} : {label}",
            labelOverlap=True,
            labelAlign="left",
            labelOffset=2,
            title=None,
            domain=False,
        ),
    )


def _ticks(first: date, last: date, of_month: tuple[int, ...]) -> list[int]:
    """Days of months up to where a label has room at the right of its tick."""
    end = last - _LABEL_ROOM * (last - first)
    days = (date.fromordinal(n) for n in range(first.toordinal(), end.toordinal() + 1))
    return [number(day) for day in days if day.day in of_month]


def labelled(labels: Sequence[str]) -> tuple[alt.Y, int]:
    """The axis of rows (a field ``row``, counted from 0) with whole names, and the height that a row needs.

    Names are broken into lines, more of them on a phone, so that none is cut off.
    """
    page, phone = ([wrap(label, width) or [""] for label in labels] for width in _WIDTHS)
    text = f"({ON_PHONE} ? {json.dumps(phone)} : {json.dumps(page)})[datum.value]"
    middle: Any = {"condition": {"test": "true", "expr": f"{-_LINE / 2} * (length({text}) - 1)"}, "value": 0}
    axis = alt.Axis(labelExpr=text, labelOffset=middle, domain=False, ticks=False, labelPadding=6, labelLimit=0,
                    labelLineHeight=_LINE, grid=True, gridColor="#eeeeee")  # fmt: skip
    scale = alt.Scale(domain=list(range(len(labels))))
    return alt.Y("row:O", title=None, sort=None, scale=scale, axis=axis), 8 + _LINE * max(map(len, phone), default=1)
