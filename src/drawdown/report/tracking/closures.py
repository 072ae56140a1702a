"""Sites: when each was planned to be left and signed over, and when that happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import altair as alt

from drawdown.forecast.answers import SiteStatus, Status
from drawdown.forecast.told import site_state, sites_in_order
from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import BLUE, ORANGE, WIDE
from drawdown.report.futures.paper import Paper, labelled, number
from drawdown.report.futures.words import short_day
from drawdown.report.release import RELEASES, Audience
from drawdown.report.tracking.marks import (
    EDGE,
    Rows,
    beyond,
    days_axis,
    horizon,
    marks,
    month,
    stacked_legends,
    upright,
)
from drawdown.report.uncovered import RED, Uncovered, of_record, saltire, tips
from drawdown.report.uncovered import marks as crosses

_TOLD = [alt.Tooltip(f"{field}:N", title=title) for field, title in
         (("site", "Site"), ("what", "What"), ("day", "Day"), ("note", "Now"))]  # fmt: skip


def overdue(site: SiteStatus, on: date) -> bool:
    """Whether a site should have been left by the evening of a day and was not."""
    return site.last_out is None and site.planned_last_out is not None and site.planned_last_out < on


def _days(site: SiteStatus, on: date) -> dict[str, date | None]:
    """The days of a site by the names of their marks; what is drawn later lies on top."""
    return {
        "Planned last-out": site.planned_last_out,
        "Planned handover": site.planned_handover,
        "Last-out": site.last_out,
        "Handover": site.handover,
        "Overdue": on if overdue(site, on) else None,
    }


def _points(sites: Sequence[SiteStatus], on: date) -> Iterator[dict[str, Any]]:
    for row, site in enumerate(sites):
        named = {"row": row, "site": site.name, "note": site_state(site, on)}
        for what, day in _days(site, on).items():
            if day is not None:
                yield {**named, "what": what, "start": number(day) + 0.5, "day": short_day(day)}


def _links(sites: Sequence[SiteStatus], on: date) -> Rows:
    """From the planned last-out to the one that was or, if it is overdue, to today."""
    found: Rows = []
    for row, site in enumerate(sites):
        planned, end = site.planned_last_out, on if overdue(site, on) else site.last_out
        if planned is not None and end is not None and planned != end:
            ends = {"start": number(planned) + 0.5, "end": number(end) + 0.5}
            found.append({"row": row, "late": end > planned, **ends})
    return found


def _later(sites: Sequence[SiteStatus], last: date) -> Rows:
    """The rows with something planned after the last day that is shown."""
    found: Rows = []
    for row, site in enumerate(sites):
        planned, signed = site.planned_last_out, site.planned_handover
        if (planned and planned > last) or (signed and signed > last):
            found.append({"row": row, "text": month(planned) if planned and planned > last else ""})
    return found


def _not_covered(paper: Paper, found: Rows, y: alt.Y, tall: int) -> Layer:
    """The days on which the record tells of what the mandate does not cover: framed, and crossed at their first."""
    rows = alt.Chart(paper.rows(found))
    frame = rows.mark_bar(height=tall - 4, filled=False, stroke=RED, strokeWidth=1.5).encode(
        x="start:Q", x2="end:Q", y=y, tooltip=tips()
    )
    mark = rows.transform_calculate(middle="datum.start + 0.5").mark_point(
        size=70, filled=False, stroke=RED, strokeWidth=2.5, opacity=1
    )
    return alt.layer(frame, mark.encode(x="middle:Q", y=y, shape=saltire(), tooltip=tips()))


def _bare(sites: Sequence[SiteStatus], found: Sequence[Uncovered], last: date) -> Rows:
    """Violations at the sites of the chart, up to the last day that is shown."""
    row = {site.site: number for number, site in enumerate(sites)}
    return [
        {**one, "row": row[one["place"]], "start": one["a"], "end": min(one["b"], number(last)) + 1}
        for one in crosses(found, number)
        if one["place"] in row
    ]


def closures(status: Status, release: Audience = "internal") -> Spec:
    """Planned and actual last-out and handover of each site; the line between is orange if late and blue if early.

    Days on which the record tells of what the mandate does not cover are marked, as far as readers may know of it.
    """
    paper, sites, on = Paper(), sites_in_order(status.sites), status.as_of
    y, tall = labelled([site.name for site in sites])
    found = of_record(status.violations, RELEASES[release])
    days = [day for site in sites for day in _days(site, on).values() if day]
    days += [day for row in found for day in (row.start, min(row.end, on))]
    last = horizon(days, [site.last_out or site.planned_last_out for site in sites], on, status.deadline)
    shown = (min([*days, on]) - EDGE, last)
    colour: Any = alt.condition("datum.late", alt.value(ORANGE), alt.value(BLUE))
    link = alt.Chart(paper.rows(_links(sites, on))).mark_rule(strokeWidth=3, opacity=0.6)
    points = [point for point in _points(sites, on) if point["start"] <= number(last) + 1]
    layers = [
        link.encode(x=days_axis(*shown), x2="end:Q", y=y, color=colour),
        upright(paper, on, status.deadline, shown),
        marks(paper, points, y, tooltip=_TOLD),
    ]
    if later := _later(sites, last):
        layers.append(beyond(paper, later, y))
    room: Any = {"width": WIDE, "height": tall * max(1, len(sites))}
    bare = _bare(sites, found, last)
    if not bare:
        return paper.spec(alt.layer(*layers).properties(**room))
    # The marks are one layer, so that their legend stays one beside that of the crosses.
    both = alt.layer(alt.layer(*layers), _not_covered(paper, bare, y, tall))
    apart: Any = dict.fromkeys(("shape", "fill", "stroke", "size"), "independent")
    return stacked_legends(paper.spec(both.resolve_scale(**apart).properties(**room)))
