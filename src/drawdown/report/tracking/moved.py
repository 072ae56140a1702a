"""Why the dates moved since an earlier forecast: a step a reason, and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Any

import altair as alt

from drawdown.forecast.answers import Moved
from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.style import BLUE, GREY, LABEL, ORANGE, WIDE
from drawdown.report.futures.paper import Paper, labelled
from drawdown.report.names import sentence

_ROOM = 0.4  # the column at the right, as a share of the axis: room for its words on a phone
_EDGE = 0.14  # the same for the figure at the end of the longest bar
_LEAST = 2.0  # days of the axis at least: less would make a mountain of a molehill
_MARKS = 5  # numbers on the axis, about
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def signed(value: float) -> str:
    """A change with its sign and one decimal; *0* if it is none."""
    text = f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")
    return text if float(f"{value:.1f}") else "0"


def _scale(ends: Sequence[float]) -> tuple[alt.Scale, list[int]]:
    """The axis around all ends, with room for figures and for the column at the right, and whole days on it."""
    low, high = min(ends), max(ends)
    span = max(high - low, _LEAST)
    step = next((step for step in _STEPS if span / step <= _MARKS), _STEPS[-1])
    ticks = [step * n for n in range(ceil(low / step), floor((low + span) / step) + 1)]
    return alt.Scale(domain=[low - 0.02 * span, low + (1 + _EDGE + _ROOM) * span], nice=False), ticks


def _bar(row: int, step: tuple[float, float], whole: bool) -> dict[str, Any]:  # noqa: FBT001  one of its two kinds
    start, end = step
    colour = GREY if whole else ORANGE if end > start else BLUE
    days = signed(end - start)
    return {"row": row, "value": start, "end": end, "right": max(step), "days": days, "colour": colour}


def moved(rows: Sequence[Moved]) -> Spec:
    """Days by which half of the futures are complete later (orange) or earlier (blue), reason after reason."""
    paper, ends = Paper(), [0.0]
    for row in rows:
        ends.append(ends[-1] + row.days)
    labels = [*(sentence(row.because) for row in rows), "All together"]
    changes = [*(row.points for row in rows), sum(row.points for row in rows)]
    y, tall = labelled(labels)
    steps = [*pairwise(ends), (0.0, ends[-1])]
    values = [_bar(n, step, n == len(rows)) for n, step in enumerate(steps)]
    values = [value | {"what": label, "points": signed(change)} for value, label, change in
              zip(values, labels, changes, strict=True)]  # fmt: skip
    scale, ticks = _scale(ends)
    axis = alt.Axis(
        values=ticks,
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        domain=False,
        titleAnchor="start",
        titleAlign="left",
    )
    chart = alt.Chart(paper.rows(values))
    told = [
        alt.Tooltip("what:N", title="Because of"),
        alt.Tooltip("days:N", title="Days"),
        alt.Tooltip("points:N", title="Points"),
    ]
    colour: Any = alt.Color("colour:N", scale=None)
    bar = chart.mark_bar(height=16, opacity=0.9).encode(
        x=alt.X("value:Q", title="Days later", scale=scale, axis=axis), x2="end:Q", y=y, color=colour, tooltip=told
    )
    start = alt.Chart(paper.rows([{}])).mark_rule(color=GREY).encode(x=alt.XDatum(0, type="quantitative"))
    number = chart.mark_text(align="left", dx=5).encode(x="right:Q", y=y, text="days:N")
    column = chart.mark_text(align="right").encode(x=alt.value("width"), y=y, text="points:N")
    head = alt.Chart(paper.rows([{"text": "Chance, points"}])).mark_text(align="right", color=GREY, fontSize=LABEL)
    layers = [bar, start, number, column, head.encode(x=alt.value("width"), y=alt.value(-8), text="text:N")]
    return paper.spec(alt.layer(*layers).properties(width=WIDE, height=tall * len(labels)))
