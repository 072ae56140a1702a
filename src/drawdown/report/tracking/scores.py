"""How good the forecasts were: the CRPS of ours and of the two naive forecasters, as of each day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from drawdown.forecast.answers import Hindcast, Run, Scores
from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.style import BLACK, BLUE, GREY, PALE, WIDE
from drawdown.report.futures.paper import Paper, labelled
from drawdown.report.names import long_date

OURS, STRAIGHT, PLAN = "The forecast", "The straight line", "The plan itself"
_LOOKS = {OURS: ("circle", BLUE, 110), STRAIGHT: ("square", GREY, 90), PLAN: ("diamond", BLACK, 90)}
_TALL = 30  # pixels of a day's row


def people_scores(hindcast: Hindcast) -> Spec:
    """CRPS of people still to leave, as of each day: the further to the left, the better."""
    return _scores(hindcast, lambda run: run.people, "Off by so many people (CRPS)")


def sites_scores(hindcast: Hindcast) -> Spec:
    """CRPS of the last-outs of sites, as of each day: the further to the left, the better."""
    return _scores(hindcast, lambda run: run.sites, "Off by so many days (CRPS)")


def _scores(hindcast: Hindcast, part: Callable[[Run], Scores], title: str) -> Spec:
    paper = Paper()
    y, tall = labelled([long_date(run.as_of) for run in hindcast.runs])
    values: list[dict[str, Any]] = []
    for row, run in enumerate(hindcast.runs):
        found = part(run)
        told = zip(_LOOKS, (found.crps, found.straight_line, found.plan), strict=True)
        values += [{"row": row, "who": who, "crps": round(value, 2)} for who, value in told if value is not None]
    used = [who for who in _LOOKS if any(value["who"] == who for value in values)]
    shapes, colours, sizes = (list(part) for part in zip(*(_LOOKS[who] for who in used), strict=True))
    most = max(value["crps"] for value in values)
    x = alt.X("crps:Q", title=title, scale=alt.Scale(domain=[0, 1.05 * most or 1], nice=False),
              axis=alt.Axis(format=",~r", domain=False, tickCount=5))  # fmt: skip
    chart = alt.Chart(paper.rows(values))
    line = chart.mark_rule(color=PALE, strokeWidth=6).encode(x="min(crps):Q", x2="max(crps):Q", y=y)
    point = chart.mark_point(filled=True, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape("who:N", scale=alt.Scale(domain=used, range=shapes)),
        color=alt.Color("who:N", scale=alt.Scale(domain=used, range=colours)),
        size=alt.Size("who:N", scale=alt.Scale(domain=used, range=sizes)),
        tooltip=[alt.Tooltip("who:N", title="Who"), alt.Tooltip("crps:Q", title="CRPS", format=",.1f")],
    )
    return paper.spec(
        alt.layer(line, point).properties(width=WIDE, height=max(tall, _TALL) * max(1, len(hindcast.runs)))
    )
