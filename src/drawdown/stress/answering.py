"""Answers from a summary of futures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np

import drawdown
from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.replay import replay
from drawdown.stress.answers import (
    Answers,
    Complete,
    Critical,
    Delay,
    FanDay,
    HowSure,
    InTime,
    Loss,
    Quantiles,
    SiteAnswer,
    Spread,
)
from drawdown.stress.script import ActKind, Cause, Reason
from drawdown.stress.summary import IN_ALL, Summary
from drawdown.stress.tally import Tally
from drawdown.stress.words import CAUSES, REASONS, Words

#: How many critical or late moves are told.
MOST = 12


def answer(words: Words, summary: Summary, *, seed: int, seconds: float) -> Answers:
    """What a summary of a plan's futures says, without drivers and what-ifs."""
    mission, plan = words.mission, words.plan
    out_by = summary.tally("out_by")
    return Answers(
        mission=mission.mission.name,
        plan_name=plan.name,
        futures=summary.futures,
        seed=seed,
        seconds=round(seconds, 3),
        planned_out_by=measure_plan(mission, plan).time.out_by,
        deadline=_in_time(mission, out_by, mission.mission.deadline),
        out_by=date_quantiles(mission, out_by),
        complete=_complete(mission, out_by),
        sites=tuple(_sites(words, summary)),
        fan=_fan(words, summary),
        casualties=spread(summary.tally("casualties")),
        attacks=spread(summary.tally("attacks")),
        vehicles_lost=spread(summary.tally("vehicles_lost")),
        losses=tuple(_loss(summary, r, r.name.lower(), REASONS[r]) for r in Reason),
        lost=_loss(summary, IN_ALL, "in_all", "in all"),
        uncovered=spread(summary.tally("uncovered")),
        cost=spread(summary.tally("cost_usd")),
        delays=_delays(summary),
        critical_moves=_moves(words, summary, "critical_acts"),
        critical_clearances=_most(
            summary, "critical_classes", [(c.name, i) for i, c in enumerate(words.script.classes)], words.clearance
        ),
        late_moves=_moves(words, summary, "late_acts"),
        how_sure=_how_sure(mission, summary),
        liquidation_end=mission.mission.liquidation_end,
        mission_hash=words.script.mission_hash,
        plan_hash=words.script.plan_hash,
        version=drawdown.__version__,
    )


def date_quantiles(mission: Mission, days: Tally) -> Quantiles:
    """Quantiles of a day, as dates."""
    return Quantiles(*(_date(mission, days.quantile(percent).value) for percent in (10, 50, 80, 95)))


def spread(tally: Tally) -> Spread:
    """Mean and quantiles of a quantity that every future has."""
    mean = tally.mean()
    if mean is None:
        raise ValueError("a day that may never come has no mean")
    return Spread(mean.value, mean.error, *(tally.quantile(percent).value or 0.0 for percent in (10, 50, 80, 95)))


def _date(mission: Mission, day: float | None) -> date | None:
    return None if day is None else mission.date(int(day))


def _in_time(mission: Mission, days: Tally, by: date) -> InTime:
    share = days.at_most(mission.day(by))
    return InTime(by, share.probability, share.low, share.high)


def _complete(mission: Mission, out_by: Tally) -> tuple[Complete, ...]:
    """Only days on which the probability changes."""
    sums = np.cumsum(out_by.times) / out_by.futures
    days = out_by.numbers.tolist()
    return tuple(
        Complete(mission.date(day), float(p)) for day, p in zip(days, sums, strict=True) if day <= (out_by.last or day)
    )


def _sites(words: Words, summary: Summary) -> Iterator[SiteAnswer]:
    mission, plan = words.mission, words.plan
    for number, site in enumerate(mission.sites):
        tally = summary.tally("last_out", number)
        planned = plan.closure[site.id].last_out if site.id in plan.closure else mission.mission.liquidation_end
        yield SiteAnswer(site.id, site.name, planned, date_quantiles(mission, tally), _in_time(mission, tally, planned))


def _fan(words: Words, summary: Summary) -> tuple[FanDay, ...]:
    planned = replay(words.mission, words.plan).people_remaining.tolist()
    days = enumerate(zip(summary.fan(), planned, strict=True))
    return tuple(
        FanDay(words.mission.date(day), p5, p25, p50, p75, p95, people)
        for day, ((p5, p25, p50, p75, p95), people) in days
    )


def _loss(summary: Summary, group: int, reason: str, text: str) -> Loss:
    return Loss(reason, text, *(spread(summary.tally(name, group)) for name in ("lost_items", "lost_teu", "lost_usd")))


def _delays(summary: Summary) -> tuple[Delay, ...]:
    days = summary.sums["delay_days"] / summary.futures
    found = [Delay(c.name.lower(), CAUSES[c], float(days[c])) for c in Cause if days[c] > 0]
    return tuple(sorted(found, key=lambda row: -row.days))


def _moves(words: Words, summary: Summary, name: str) -> tuple[Critical, ...]:
    acts = words.script.acts
    rows = [(act.name, n) for n, act in enumerate(acts) if act.kind == ActKind.MOVE]
    return _most(summary, name, rows, lambda n: words.act(acts[n]))


def _most(summary: Summary, name: str, rows: list[tuple[str, int]], text: Callable[[int], str]) -> tuple[Critical, ...]:
    """The rows that are counted most often."""
    times = summary.sums[name]
    first = sorted((row for row in rows if times[row[1]]), key=lambda row: -int(times[row[1]]))[:MOST]
    return tuple(Critical(what, text(n), summary.how_often(name, n).probability) for what, n in first)


def _how_sure(mission: Mission, summary: Summary) -> HowSure:
    share, p80 = summary.in_time(), summary.tally("out_by").quantile(80)
    low, high = _date(mission, p80.low), _date(mission, p80.high)
    days = (high - low).days if low and high else None
    return HowSure(summary.futures, (share.high - share.low) / 2, low, high, days)
