"""The page of a forecast: what is to come as of a day, and why, in one HTML file that asks the network for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from drawdown.forecast import told
from drawdown.forecast.answers import Forecast, Learnt, Moved, PeopleBand, Since, SiteForecast
from drawdown.report import tracking
from drawdown.report.facts import Fact
from drawdown.report.futures import words as say
from drawdown.report.names import days, long_date, number, sentence
from drawdown.report.release import RELEASES, Audience
from drawdown.report.render import Format
from drawdown.report.tracking.learnt import drawable, label
from drawdown.report.tracking.moved import signed
from drawdown.report.tracking.page import Charts, alert_rows, page, pictures, stamps, told_alerts


class SiteRow(NamedTuple):
    """A site in the table: the plans' days, and percentiles of the futures."""

    name: str
    first_planned: date | None
    planned: date | None
    quantiles: tuple[date | None, ...]


class LearntRow(NamedTuple):
    """A rate in the table: its mean and interval before and after, and what was seen between."""

    what: str
    unit: str
    before: tuple[str, str]
    seen: str
    after: tuple[str, str]
    why: str


class PeopleRow(NamedTuple):
    """People still to leave on a day in the table."""

    date: date
    planned: int | None
    numbers: tuple[int, ...]


def render_forecast(forecast: Forecast, release: Audience = "internal") -> str:
    """A forecast as the text of an HTML file; the same forecast gives the same text.

    ``release`` says for whom it is: it is marked so, and what they may not see is left out (partners and the public:
    what was learnt, since it names clearances and where attacks were; the public: what any alert says as well).
    """
    allowed = RELEASES[release]
    alerts, charts = told_alerts(forecast.alerts, allowed), _charts(forecast, release)
    learnt = [_learnt(row) for row in forecast.learnt] if allowed.escorts else []
    return page(
        "forecast.html.j2",
        forecast.stamp,
        charts,
        release,
        title="Forecast",
        forecast=forecast,
        beside=told.beside_plan(forecast),
        figures=list(_facts(forecast)),
        contents=list(_contents(forecast, learnt=bool(learnt))),
        people=[_people(day) for day in told.days_told(forecast)],
        sites=[_site(site, forecast.as_of) for site in told.sites_ahead(forecast)],
        never=any(site.last_out.p95 is None for site in forecast.sites),
        since=forecast.since,
        moved=[(sentence(row.because), signed(row.days), signed(row.points)) for row in _moved(forecast)],
        moved_in_words=_moved_in_words(forecast, forecast.since) if forecast.since else "",
        learnt=learnt,
        pace=[told.weight_in_words(forecast.pace), forecast.pace.why],
        alert_rows=alert_rows(alerts, allowed),
        alerted=len(alerts),
        tally=told.tally(alerts),
        stamps=stamps(
            forecast.stamp, [forecast.as_of], forecast.known_on, futures=forecast.futures, seed=forecast.seed
        ),
    )


def forecast_chart_files(
    forecast: Forecast, *, form: Format = "svg", release: Audience = "internal"
) -> dict[str, bytes]:
    """Every chart of a forecast that says something and that its readers may see, as a picture, by name."""
    return pictures(_charts(forecast, release), form)


def _charts(forecast: Forecast, release: Audience) -> Charts:
    moved = [row for row in _moved(forecast) if round(row.days, 1)] and _moved(forecast)
    learnt = drawable(forecast.learnt) if RELEASES[release].escorts else []
    draw = {
        "people": partial(tracking.fan, forecast) if forecast.fan else None,
        "sites": partial(tracking.last_out, forecast) if forecast.sites else None,
        "moved": partial(tracking.moved, moved) if moved else None,
        "learnt": partial(tracking.learnt, learnt) if learnt else None,
    }
    return {name: chart for name, chart in draw.items() if chart}


def _moved(forecast: Forecast) -> tuple[Moved, ...]:
    return forecast.since.moved if forecast.since else ()


def _contents(forecast: Forecast, *, learnt: bool) -> Iterator[tuple[str, str]]:
    yield from (("people", "People"), ("sites", "Sites"))
    if forecast.since:
        yield "moved", "Why it moved"
    yield "pace", "How fast it goes"
    if learnt:
        yield "learnt", "What was learnt"
    yield from (("alerts", "Alerts"), ("sure", "How sure"), ("stamps", "Stamps"))


def _facts(forecast: Forecast) -> Iterator[Fact]:
    deadline = forecast.deadline.date
    for what, value in (
        ("Half of the futures are complete by (P50)", forecast.completion.p50),
        ("Four in five by (P80)", forecast.completion.p80),
        ("19 in 20 by (P95)", forecast.completion.p95),
    ):
        day = told.as_day(value, forecast.as_of)
        yield Fact(what, sentence(say.by_day(day)), bad=not say.in_time(day, deadline))
    more = f"of {forecast.people_to_leave:,}" + (f"; {text}" if (text := told.beside_plan(forecast)) else "")
    late = forecast.planned_remaining is not None and forecast.people_remaining > forecast.planned_remaining
    yield Fact("People still to leave", number(forecast.people_remaining), more, bad=late)
    if since := forecast.since:
        gained = 100 * (forecast.deadline.probability - since.probability)
        yield Fact(
            f"Chance since {long_date(since.as_of)}",
            f"{signed(gained)} points",
            f"it was {say.percent(since.probability)}",
            bad=gained < 0,
        )


def _moved_in_words(forecast: Forecast, since: Since) -> str:
    """From which day to which the median moved."""
    was, now = since.p50, told.as_day(forecast.completion.p50, forecast.as_of)
    parts = (
        f"On {long_date(since.as_of)} half of the futures were complete by {say.by_day(was)}, now by {say.by_day(now)}"
    )
    if was is None or now is None or was == now:
        return f"{parts}."
    return f"{parts}: {days(abs((now - was).days))} {'later' if now > was else 'earlier'}."


def _people(day: PeopleBand) -> PeopleRow:
    band = day.band
    numbers = (value for value in (band.p5, band.p25, band.p50, band.p75, band.p95) if isinstance(value, int | float))
    return PeopleRow(day.date, day.planned, tuple(round(value) for value in numbers))


def _site(site: SiteForecast, since: date) -> SiteRow:
    found = site.last_out
    quantiles = tuple(told.as_day(value, since) for value in (found.p10, found.p50, found.p80, found.p95))
    return SiteRow(site.name, site.first_planned, site.planned, quantiles)


def _learnt(row: Learnt) -> LearntRow:
    (low, mean, high), (low_now, mean_now, high_now) = row.before, row.after
    return LearntRow(
        what=label(row),
        unit=row.unit,
        before=(_rate(mean), f"{_rate(low)} to {_rate(high)}") if high else ("\N{EN DASH}", ""),
        seen=row.seen,
        after=(_rate(mean_now), f"{_rate(low_now)} to {_rate(high_now)}"),
        why=row.why,
    )


def _rate(value: float) -> str:
    """A rate with two figures that say something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2g}"  # noqa: PLR2004  a hundred
