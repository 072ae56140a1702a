"""Equipment that has gone, by owner, beside what should have."""

from __future__ import annotations

import altair as alt

from drawdown.forecast.answers import Status
from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.style import BLUE, PALE, WIDE
from drawdown.report.futures.paper import Paper, labelled
from drawdown.report.tracking.marks import marks

_TALL = 34  # pixels of an owner's row


def equipment(status: Status) -> Spec:
    """TEU of each owner: all of it (pale), what has gone by the record (blue), and what should have by the plan."""
    paper, rows = Paper(), [row for row in status.equipment if row.teu > 0]
    y, tall = labelled([row.owner for row in rows])
    values = [
        {"row": n, "zero": 0, "all": row.teu, "start": row.planned_teu, "gone": row.recorded_teu}
        for n, row in enumerate(rows)
    ]
    tooltip = [
        alt.Tooltip(f"{field}:Q", title=title, format=",.0f")
        for field, title in (("all", "TEU in all"), ("start", "Gone by plan"), ("gone", "Gone by the record"))
    ]
    most = max([max(row.teu, row.planned_teu, row.recorded_teu) for row in rows], default=1)
    axis = alt.Axis(format=",d", domain=False, tickCount=5)
    x = alt.X("all:Q", title="TEU", scale=alt.Scale(domain=[0, 1.02 * most], nice=False), axis=axis)
    chart = alt.Chart(paper.rows(values))
    planned = [{"row": n, "what": "Gone by plan", "start": row.planned_teu} for n, row in enumerate(rows)]
    layers = [
        chart.mark_bar(height=18, color=PALE).encode(x=x, x2="zero:Q", y=y, tooltip=tooltip),
        chart.mark_bar(height=10, color=BLUE).encode(x="gone:Q", x2="zero:Q", y=y, tooltip=tooltip),
        marks(paper, planned, y),
    ]
    return paper.spec(alt.layer(*layers).properties(width=WIDE, height=max(_TALL, tall) * max(1, len(rows))))
