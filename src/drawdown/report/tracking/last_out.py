"""When sites are left: the days of the futures beside the plan's and, of a hindcast, beside what then happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import altair as alt

from drawdown.forecast.answers import Band, Forecast, Run, SiteForecast
from drawdown.forecast.told import as_day, named, site_names, sites_ahead, sites_seen
from drawdown.report.charts.canvas import Layer, Spec
from drawdown.report.charts.style import WIDE
from drawdown.report.futures.paper import Paper, labelled, number
from drawdown.report.futures.words import short_day
from drawdown.report.tracking.marks import EDGE, LIGHT, MIDDLE, Rows, beyond, days_axis, horizon, marks, month, upright

_NEVER = "Not by the end of liquidation"
_PALE = "#9cc5de"


class _Bar(NamedTuple):
    """From one percentile to another, and how it looks."""

    start: str
    end: str
    height: int
    colour: str


class _Site(NamedTuple):
    """A row: the percentiles of a site's last-out, and the days that are marked, by the words of their marks."""

    name: str
    band: Band
    marked: Mapping[str, date | None]


def last_out(forecast: Forecast) -> Spec:
    """When the last person leaves each site: a bar from P10 to P95, P50 and P80, today's plan and the first."""
    since = forecast.as_of

    def row(site: SiteForecast) -> _Site:
        first = site.first_planned if site.first_planned != site.planned else None
        told = {"Half of the futures (P50)": as_day(site.last_out.p50, since),
                "Four in five (P80)": as_day(site.last_out.p80, since),
                "Today's plan": site.planned, "The first plan": first}  # fmt: skip
        return _Site(site.name, site.last_out, told)

    sites, bars = [row(site) for site in sites_ahead(forecast)], [_Bar("p10", "p95", 9, _PALE)]
    middles = [as_day(site.band.p50, since) for site in sites]
    return _chart(forecast, sites, bars, horizon(_days(sites, bars, since), middles, since, forecast.deadline.date))


def what_happened(run: Run) -> Spec:
    """When each site was left, on the bands within which nine in ten and half of the futures had it."""
    names = site_names(run)
    planned = {site.name: site.planned for site in run.forecast.sites}
    sites = [
        _Site(name, row.band, {"Today's plan": planned.get(name), "What then happened": row.when})
        for row in sites_seen(run)
        for name in [named(row, names)]
    ]
    bars = [_Bar("p5", "p95", 15, LIGHT), _Bar("p25", "p75", 15, MIDDLE)]
    last = max([*_days(sites, bars, run.as_of), run.forecast.deadline.date]) + EDGE
    return _chart(run.forecast, sites, bars, last)


def _chart(forecast: Forecast, sites: list[_Site], bars: list[_Bar], last: date) -> Spec:
    paper, since = Paper(), forecast.as_of
    y, tall = labelled([site.name for site in sites])
    shown = (min([*_days(sites, bars, since), since]) - EDGE, last)
    layers = [_bars(paper, sites, bar, since, last).encode(x=days_axis(*shown), y=y) for bar in bars]
    layers.append(upright(paper, since, forecast.deadline.date, shown))
    if later := _later(sites, since, last):
        layers.append(beyond(paper, later, y))
    layers.append(marks(paper, _points(sites, last), y))
    return paper.spec(alt.layer(*layers).properties(width=WIDE, height=tall * max(1, len(sites))))


def _days(sites: Iterable[_Site], bars: Iterable[_Bar], since: date) -> list[date]:
    """All days that could be shown of some sites."""
    ends = [end for bar in bars for end in (bar.start, bar.end)]
    days = [as_day(getattr(site.band, end), since) for site in sites for end in ends]
    return [day for day in (*days, *(day for site in sites for day in site.marked.values())) if day]


def _later(sites: Iterable[_Site], since: date, last: date) -> Rows:
    """The rows of which more comes after the last day, with their median if that does."""
    found: Rows = []
    for row, site in enumerate(sites):
        middle, end = (as_day(value, since) for value in (site.band.p50, site.band.p95))
        if end is None or end > last:
            text = "never" if middle is None else month(middle) if middle > last else ""
            if end or text:  # where it is not by the end of liquidation, a mark of its own says so
                found.append({"row": row, "text": text})
    return found


def _bars(paper: Paper, sites: list[_Site], bar: _Bar, since: date, last: date) -> Layer:
    rows: Rows = []
    for row, site in enumerate(sites):
        first, end = (as_day(getattr(site.band, name), since) for name in (bar.start, bar.end))
        if first is not None and first <= last:
            told = {name: short_day(as_day(value, since)) for name, value in vars(site.band).items()}
            until = min(last, end or last)
            rows.append({"row": row, "site": site.name, "start": number(first), "end": number(until) + 1, **told})
    tooltip = [alt.Tooltip("site:N", title="Site")]
    tooltip += [alt.Tooltip(f"{name}:N", title=name.upper()) for name in ("p5", "p10", "p50", "p80", "p95")]
    chart = alt.Chart(paper.rows(rows)).mark_bar(height=bar.height, color=bar.colour)
    return chart.encode(x="start:Q", x2="end:Q", tooltip=tooltip)


def _points(sites: list[_Site], last: date) -> Rows:
    found: Rows = []
    for row, site in enumerate(sites):
        told = {**site.marked, _NEVER: last if site.band.p95 is None else None}
        found += [{"row": row, "what": what, "start": number(day) + 0.5} for what, day in told.items()
                  if day and day <= last]  # fmt: skip
    return found
