"""A forecast: dates and numbers as distributions, what was learnt, and why they moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.answers import Band, Chance, Forecast, Moved, Pace, PeopleBand, Since, SiteForecast
from drawdown.forecast.as_it_stands import AsItStands
from drawdown.forecast.case import Case, people_to_leave, planned_leavers
from drawdown.forecast.known import left_out
from drawdown.forecast.outlook import (
    Ground,
    Outlook,
    Tell,
    continued,
    ground,
    learnt_pace,
    outlook,
    paced,
    played,
)
from drawdown.forecast.status import ranked
from drawdown.forecast.violations import alerts_of, violations
from drawdown.mission.mission import Mission
from drawdown.stress.intervals import wilson

Whole = NDArray[np.int64]

#: Days after which the last count of those who left is so old that it is said.
STALE = 7

#: The percentiles of a `Band`.
PERCENTS = (5, 10, 25, 50, 75, 80, 90, 95)


def forecast(  # noqa: PLR0913 - what may be said about any forecast
    case: Case,
    as_of: date,
    known_on: date,
    *,
    futures: int = 1000,
    seed: int = 1,
    since: date | None = None,
    near: bool = True,
    tell: Tell | None = None,
) -> Forecast:
    """What is to come of a case from a day on, by what was known on a day.

    ``since`` is the day of an earlier forecast, made again with what was known then: why dates moved is told against
    it. With ``near`` today's plan keeps to the plan in force as far as it can.
    """
    now = ground(case, as_of, known_on, near=near, tell=tell)
    seen = outlook(case, now, futures, seed)
    answer = told(case, seen, seed)
    if since is None:
        return answer
    before = ground(case, since, since, near=near, tell=tell)
    return replace(answer, since=_since(case, before, seen, futures, seed))


def told(case: Case, seen: Outlook, seed: int) -> Forecast:
    """What futures from a day on come to."""
    mission, found = case.mission, seen.ground
    completion = [int(day) for day in seen.completion]
    not_covered = alerts_of(violations(case, found.as_of, found.known_on))
    return Forecast(
        stamp=case.stamp,
        as_of=found.as_of,
        known_on=found.known_on,
        futures=len(seen.completion),
        seed=seed,
        people_to_leave=people_to_leave(mission),
        people_remaining=people_to_leave(mission) - found.stands.left,
        planned_remaining=_planned_remaining(case, found.as_of),
        pace=_pace(seen),
        learnt=found.lessons.learnt,
        fan=tuple(_fan(case, seen)),
        sites=tuple(_sites(case, seen)),
        completion=band_of_days(mission, np.asarray(completion)),
        deadline=_chance(mission, seen.completion),
        since=None,
        alerts=ranked((*found.standing.alerts, *not_covered), mission),
        curve=case.curve(found.as_of, found.known_on),
        caveats=(*_caveats(case, found),),
    )


def _planned_remaining(case: Case, day: date) -> int | None:
    if case.replay is None:
        return None
    planned = planned_leavers(case.replay)
    return int(planned[min(case.mission.day(day), len(planned) - 1)])


def _pace(seen: Outlook) -> Pace:
    shape = seen.progress.shape
    return Pace(seen.progress.plan, " ".join(seen.progress.why), (shape.low, shape.median, shape.high))


def _fan(case: Case, seen: Outlook) -> Iterator[PeopleBand]:
    mission, now = case.mission, case.mission.day(seen.ground.as_of)
    last = max(mission.day(mission.mission.deadline), int(np.quantile(seen.completion, 0.95)))
    for column, number in enumerate(seen.days):
        if number > last:
            return
        rows = np.quantile(seen.remaining[:, column], [p / 100 for p in PERCENTS])
        planned = int(seen.planned[min(int(number) - now, len(seen.planned) - 1)])
        yield PeopleBand(mission.date(int(number)), Band(*(float(round(x)) for x in rows)), planned)


def _sites(case: Case, seen: Outlook) -> Iterator[SiteForecast]:
    mission, today = case.mission, seen.ground.today
    for column, site in enumerate(seen.ground.stands.mission.sites):
        planned, first = today.closure.get(site.id), case.plan.closure.get(site.id) if case.plan else None
        yield SiteForecast(
            site.id,
            site.name,
            band_of_days(mission, seen.last_out[:, column]),
            planned.last_out if planned else None,
            first.last_out if first else None,
        )


def band_of_days(mission: Mission, days: Whole) -> Band:
    """Percentiles of days, as dates; a day after the end of liquidation is not by then."""
    ordered = np.sort(days)
    picked = (int(ordered[min(len(ordered) - 1, int(np.ceil(p / 100 * len(ordered))) - 1)]) for p in PERCENTS)
    return Band(*(mission.date(day) if day <= mission.days else None for day in picked))


def _chance(mission: Mission, completion: Whole) -> Chance:
    hits, total = int((completion <= mission.day(mission.mission.deadline)).sum()), len(completion)
    return Chance(mission.mission.deadline, hits / total, *wilson(hits, total))


def _caveats(case: Case, found: Ground) -> Iterator[str]:
    last = max(case.left_by_day(found.as_of, found.known_on), default=case.mission.mission.cessation)
    if (found.as_of - last).days > STALE:
        yield f"nobody who left was counted since {last.day} {last:%B %Y}: what has happened since is forecast too"
    yield from found.stands.estimated.words
    if found.under_way:
        yield f"{len(found.under_way)} moves that are under way are taken to come in as planned"
    if not found.standing.lots or not any(fact.lot for _, fact in case.known(found.as_of, found.known_on)):
        yield "the record names no equipment that has left: all of it is taken to be there still"
    if found.unmet:
        yield f"today's plan breaks {found.unmet} of the rules: what is left cannot all be done in time by them"
    yield from found.lessons.skipped
    if text := left_out(case.mission, found.known_on):
        yield text


def _since(case: Case, before: Ground, seen: Outlook, futures: int, seed: int) -> Since:
    """Why completion and deadline moved: one thing after the other is brought up to date, on the same luck."""
    then = outlook(case, before, futures, seed)
    now = seen.ground
    old_rates = replace(now, stands=_with_rates(now, before), lessons=before.lessons)
    unlearnt = played(old_rates, futures, seed)
    pace = learnt_pace(case, now)
    steps: Sequence[tuple[str, Outlook]] = (
        ("what has happened", paced(case, old_rates, unlearnt, continued(then.progress, pace), seed)),
        ("how fast people leave", paced(case, old_rates, unlearnt, pace, seed)),
        ("rates learnt from the record", seen),
    )
    moved, last = [], then
    for because, step in steps:
        moved.append(Moved(because, _median(step) - _median(last), 100 * (_in_time(case, step) - _in_time(case, last))))
        last = step
    day = band_of_days(case.mission, then.completion).p50
    return Since(before.as_of, day if isinstance(day, date) else None, _in_time(case, then), tuple(moved))


def _with_rates(now: Ground, before: Ground) -> AsItStands:
    rates = before.stands.mission
    changed = {table: getattr(rates, table) for table in ("clearances", "hazards")}
    return replace(now.stands, mission=now.stands.mission.model_copy(update=changed))


def _median(seen: Outlook) -> float:
    return float(np.median(seen.completion))


def _in_time(case: Case, seen: Outlook) -> float:
    return float((seen.completion <= case.mission.day(case.mission.mission.deadline)).mean())
