"""Status, forecast and hindcast in words that texts and pages share: how late, how grave, how fast, how good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from drawdown.forecast.answers import (
    Forecast,
    Observed,
    Owed,
    Pace,
    PeopleBand,
    Run,
    Scores,
    SiteForecast,
    SiteStatus,
    Status,
)
from drawdown.ledger.alerts import Alert

#: Alerts by how grave they are, with the word for one and for more.
SEVERITIES: Mapping[str, tuple[str, str]] = {
    "serious": ("serious", "serious"),
    "warning": ("warning", "warnings"),
    "note": ("note", "notes"),
}
#: From this weight on the record speaks so clearly for one of two ways to go on.
_WEIGHTS = ((0.95, "almost wholly"), (0.75, "mostly"), (0.55, "rather"))


def days(number: int) -> str:
    """A number of days with its noun, whatever its sign."""
    return f"{abs(number):,} day" + ("" if abs(number) == 1 else "s")


def lateness(number: int | None) -> str:
    """Days by which something was late: *12 days late*, *3 days early*, *on the day*; blank if that is not known."""
    if number is None:
        return ""
    return f"{days(number)} {'late' if number > 0 else 'early'}" if number else "on the day"


def sites_in_order(sites: Iterable[SiteStatus]) -> tuple[SiteStatus, ...]:
    """Sites in the order in which the plan leaves them, and those of no planned day as they were left."""
    return tuple(sorted(sites, key=lambda s: (s.planned_last_out or s.last_out or date.max, s.name)))


def site_state(site: SiteStatus, on: date) -> str:
    """Where a site stands on a day: left so late, overdue, due in so many days, or without a planned day."""
    if site.last_out is not None:
        return f"left, {lateness(site.days_late)}" if site.days_late is not None else "left"
    if site.planned_last_out is None:
        return "no day planned"
    left = (site.planned_last_out - on).days
    if left < 0:
        return f"overdue by {days(left)}"
    return f"due in {days(left)}" if left else "due today"


def owed_state(row: Owed, on: date) -> str:
    """Whether an obligation was met in time, late, is overdue or not yet due."""
    if row.met_on is not None:
        return f"met {lateness(row.days_late)}" if row.days_late > 0 else "met in time"
    if row.due < on:
        return f"overdue by {days(max(row.days_late, (on - row.due).days))}"
    return f"due in {days((row.due - on).days)}" if row.due > on else "due today"


def overdue(row: Owed, on: date) -> bool:
    """Whether an obligation should have been met by now and was not."""
    return row.met_on is None and row.due < on


def beside_plan(found: Status | Forecast) -> str:
    """People still to leave beside the plan's number: *3,375 more than planned*; blank without a plan."""
    if found.planned_remaining is None:
        return ""
    more = found.people_remaining - found.planned_remaining
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than planned" if more else "as many as planned"


def pace_beside_plan(status: Status) -> str:
    """How far the mission is behind or before its plan: *31 days behind the plan*; blank if that is not known."""
    if status.days_behind is None:
        return ""
    if not status.days_behind:
        return "on the day of the plan"
    return f"{days(status.days_behind)} {'behind' if status.days_behind > 0 else 'ahead of'} the plan"


def tally(alerts: Sequence[Alert]) -> str:
    """How many alerts of each kind there are: *2 serious, 1 warning*; *none*."""
    found = Counter[str](alert.severity for alert in alerts)
    parts = [f"{found[key]} {words[found[key] > 1]}" for key, words in SEVERITIES.items() if found[key]]
    return ", ".join(parts) or "none"


def weight_in_words(pace: Pace) -> str:
    """Whether the record speaks for *as today's plan* or for *at its own pace*, and how clearly."""
    plan, own = pace.plan_weight, 1 - pace.plan_weight
    for least, word in _WEIGHTS:
        if plan >= least:
            return f"The record speaks {word} for the plan: {_shared(plan)} of the futures go as today's plan."
        if own >= least:
            return f"The record speaks {word} for a pace of its own: {_shared(own)} of the futures go at that pace."
    return f"The record speaks for the plan as much as for a pace of its own: {_shared(plan)} of the futures go as it."


def _shared(share: float) -> str:
    whole = round(100 * share)
    if whole in {0, 100} and 0 < share < 1:
        return "under 1 %" if whole == 0 else "over 99 %"
    return f"{whole} %"


def site_names(run: Run) -> dict[str, str]:
    """Names of sites by id, of those that a run speaks of."""
    return {site.site: site.name for site in run.forecast.sites}


def named(row: Observed, names: Mapping[str, str]) -> str:
    """What was observed, by its name."""
    return names.get(row.what, row.what)


def best(scores: Scores) -> tuple[str, ...]:
    """Which of *crps*, *straight_line* and *plan* is the least; more than one if they are alike, none if not known."""
    found = {"crps": scores.crps, "straight_line": scores.straight_line, "plan": scores.plan}
    known = {name: value for name, value in found.items() if value is not None}
    return tuple(name for name, value in known.items() if value == min(known.values()))


def where_worse(run: Run) -> Iterator[str]:
    """A sentence for each naive forecaster that did better than ours in a run; none where ours did best."""
    told = ((run.people, "people still to leave", "people"), (run.sites, "last-outs of sites", "days"))
    for scores, what, unit in told:
        for naive, name in ((scores.straight_line, "the straight line"), (scores.plan, "the plan itself")):
            if scores.crps is not None and naive is not None and naive < scores.crps:
                yield (
                    f"Of {what}, {name} did better: it was off by {size(naive)} {unit} on average,"
                    f" the forecast scores {size(scores.crps)}."
                )


def size(value: float) -> str:
    """A score: whole from a hundred on, otherwise with a decimal."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"  # noqa: PLR2004  a hundred


def inside(share: float | None, points: int) -> str:
    """How many points lay inside a band: *9 of 10*; a dash if there was none."""
    return "\N{EN DASH}" if share is None or not points else f"{round(share * points)} of {points}"


def days_told(forecast: Forecast, most: int = 8) -> tuple[PeopleBand, ...]:
    """Days of the fan for a table: ends of months while people leave, at ``most`` about so many, and the deadline."""
    moves = [day.date for before, day in pairwise(forecast.fan) if before.band.p95 != day.band.p95]
    last = max([forecast.deadline.date, *moves])
    ends = [day for day in forecast.fan if day.date <= last and (day.date + timedelta(days=1)).day == 1]
    every = max(1, -(-len(ends) // most))
    told = {day.date: day for day in ends[::every]}
    told |= {day.date: day for day in forecast.fan if day.date == forecast.deadline.date}
    return tuple(told[day] for day in sorted(told))


def as_day(value: date | float | None, since: date) -> date | None:
    """A percentile as a day: it may be given as days since the day of the forecast."""
    return since + timedelta(days=round(value)) if isinstance(value, int | float) else value


def sites_ahead(forecast: Forecast) -> tuple[SiteForecast, ...]:
    """The sites in the order in which today's plan leaves them; those without a planned day by their median."""

    def key(site: SiteForecast) -> tuple[date, str]:
        return site.planned or as_day(site.last_out.p50, forecast.as_of) or date.max, site.name

    return tuple(sorted(forecast.sites, key=key))


def sites_seen(run: Run) -> tuple[Observed, ...]:
    """The sites of which it is known when they were left, in that order."""
    return tuple(sorted(run.observed_sites, key=lambda row: (row.when, row.what)))
