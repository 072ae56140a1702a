"""What `forecast` says to a person: the chance of the deadline first, then people, sites, why it moved and alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from drawdown.cli.text import count, counted, day, table, wrapped
from drawdown.cli.views.status import alert_lines, headed
from drawdown.cli.views.stress import percent
from drawdown.forecast import told
from drawdown.forecast.answers import Forecast, Learnt, Pace, Since, SiteForecast

_LEARNT = 8  # rows that are worth their lines


def forecast_text(forecast: Forecast) -> str:
    """What is to come, and why."""
    parts = [
        [headed(forecast.stamp, "forecast", forecast.as_of, forecast.known_on), "", *_headline(forecast)],
        list(_people(forecast)),
        list(_sites(forecast)),
        list(_moved(forecast, forecast.since)) if forecast.since else [],
        list(_pace(forecast.pace)),
        list(_learnt(forecast.learnt)),
        list(alert_lines(forecast.alerts)),
        list(_how_sure(forecast)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(forecast: Forecast) -> Iterator[str]:
    found, by = forecast.deadline, forecast.completion
    sure = f"{percent(found.probability)} ({percent(found.low)} to {percent(found.high)})".replace(" % to", " to")
    yield wrapped(f"{sure} is the chance that all who leave are out by {day(found.date)}.")
    said = ", ".join(f"{name} {_by(value)}" for name, value in (("P50", by.p50), ("P80", by.p80), ("P95", by.p95)))
    beside = f": {text}" if (text := told.beside_plan(forecast)) else ""
    remaining = f"{count(forecast.people_remaining)} of {count(forecast.people_to_leave)} people are still to leave"
    yield wrapped(f"Out, but for those who stay for liquidation: {said}. {remaining}{beside}.")


def _people(forecast: Forecast) -> Iterator[str]:
    rows = []
    for row in told.days_told(forecast):
        band = (row.band.p5, row.band.p25, row.band.p50, row.band.p75, row.band.p95)
        numbers = [count(value) if isinstance(value, int | float) else "-" for value in band]
        rows.append([day(row.date), "-" if row.planned is None else count(row.planned), *numbers])
    if rows:
        yield table(["people still to leave", "today's plan", "P5", "P25", "P50", "P75", "P95"], rows)


def _sites(forecast: Forecast) -> Iterator[str]:
    if not forecast.sites:
        yield "Every site has been left."
        return
    head = ["last person leaves", "first plan", "today's plan", "P10", "P50", "P80", "P95"]
    rows = []
    for site in told.sites_ahead(forecast):
        days = [told.as_day(value, forecast.as_of) for value in _quantiles(site)]
        rows.append([site.name, day(site.first_planned), day(site.planned), *map(_by, days)])
    yield table(head, rows)
    if any(value is None for site in forecast.sites for value in _quantiles(site)):
        yield "never: not by the end of liquidation"


def _quantiles(site: SiteForecast) -> tuple[date | float | None, ...]:
    return site.last_out.p10, site.last_out.p50, site.last_out.p80, site.last_out.p95


def _moved(forecast: Forecast, since: Since) -> Iterator[str]:
    was, now = since.p50, forecast.completion.p50
    yield wrapped(
        f"Since {day(since.as_of)}: P50 {_by(was)} -> {_by(now)}, chance of the deadline {percent(since.probability)}"
        f" -> {percent(forecast.deadline.probability)}"
    )
    rows = [[f"  {row.because}", _signed(row.days), _signed(row.points)] for row in since.moved]
    yield table(["because of", "days later", "points"], rows)


def _signed(value: float) -> str:
    return f"{value:+.1f}" if round(value, 1) else "0"


def _pace(pace: Pace) -> Iterator[str]:
    yield wrapped(f"How fast it goes. {told.weight_in_words(pace)} {pace.why}")


def _learnt(rows: Sequence[Learnt]) -> Iterator[str]:
    if not rows:
        yield "The record has taught no rate: refusals, attacks and the like are the mission's own."
        return
    yield "What was learnt (mean, 90 % interval):"
    for row in rows[:_LEARNT]:
        where = f", {row.where}" if row.where else ""
        unit = f" {row.unit}" if row.unit else ""
        before, after = _interval(row.before) if any(row.before) else "nothing known", _interval(row.after)
        yield wrapped(f"{row.what}{where}: {before} -> {row.seen} -> {after}{unit}", 2, 4)
    if len(rows) > _LEARNT:
        yield f"  and {counted(len(rows) - _LEARNT, 'rate')} more; --json has them all"


def _interval(found: tuple[float, float, float]) -> str:
    low, mean, high = (f"{value:.2g}" if abs(value) < 100 else count(value) for value in found)  # noqa: PLR2004
    return f"{mean} ({low} to {high})"


def _how_sure(forecast: Forecast) -> Iterator[str]:
    yield f"How sure: {counted(forecast.futures, 'future')}, seed {forecast.seed}."
    yield from (wrapped(text, 2, 4) for text in forecast.caveats)


def _by(value: date | float | None) -> str:
    return day(value) if isinstance(value, date) else "never"
