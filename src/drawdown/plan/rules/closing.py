"""The steps of closing a site, its crews, and its handover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.mission.tables import ClosureStep
from drawdown.plan.model import StepRun
from drawdown.plan.replay import Replay
from drawdown.plan.rules.rule import Broken, rule, spans


def _bad(name: str, replay: Replay, run: StepRun, text: str, by: float = 0.0) -> Broken:
    where = replay.mission.site[run.site].name
    return Broken(name, f"{run.site}/{run.step}", where, run.start, run.end, text, by)


def _runs(replay: Replay) -> dict[tuple[str, str], StepRun]:
    return {(run.site, run.step): run for run in replay.plan.steps}


def runs_at(replay: Replay) -> Iterator[tuple[StepRun, ClosureStep]]:
    """Each planned step with what the mission says about it."""
    for run in replay.plan.steps:
        yield run, replay.mission.step[run.step]


@rule("Steps of handing over a site [D14, D15, P66]; closure_steps")
def closure_steps(replay: Replay) -> Iterator[Broken]:
    """Every step that a site's closing needs is planned once and for its full length."""
    mission, planned = replay.mission, Counter((run.site, run.step) for run in replay.plan.steps)
    for site in mission.sites:
        closure = replay.plan.closure.get(site.id)
        if closure is None:
            continue
        for step in mission.steps_for(site):
            times, skippable = planned[site.id, step.id], closure.handover is None and step.role != "work"
            if times > 1 or (times == 0 and not skippable):
                text = f"step '{step.name}' is planned {a_few(times, 'time')}"
                yield Broken(
                    "closure_steps", f"{site.id}/{step.id}", site.name, closure.last_out, closure.last_out, text
                )
    for run, step in runs_at(replay):
        short = step.days - (run.end - run.start).days - 1
        if short > 0:
            yield _bad("closure_steps", replay, run, f"step '{step.name}' is {a_few(short, 'day')} too short", short)


@rule("Order of the steps of handing over a site [D14, D15, P66]; closure_steps.after, moment")
def closure_order(replay: Replay) -> Iterator[Broken]:
    """A closure step starts after the steps before it have ended, and before or after last-out as it must."""
    planned = _runs(replay)
    for run, step in runs_at(replay):
        for before in step.after:
            earlier = planned.get((run.site, before))
            if earlier and run.start <= earlier.end:
                text = f"step '{step.name}' starts before '{replay.mission.step[before].name}' has ended"
                yield _bad("closure_order", replay, run, text, (earlier.end - run.start).days + 1)
        closure = replay.plan.closure.get(run.site)
        if closure is None:
            continue
        if step.moment == "before_last_out" and run.end > closure.last_out:
            text = f"step '{step.name}' ends after last-out"
            yield _bad("closure_order", replay, run, text, (run.end - closure.last_out).days)
        if step.moment == "after_last_out" and run.start < closure.last_out:
            text = f"step '{step.name}' starts before last-out"
            yield _bad("closure_order", replay, run, text, (closure.last_out - run.start).days)


@rule("Closure crews are few (crews.count)")
def closure_crews(replay: Replay) -> Iterator[Broken]:
    """No more crews of a kind work on a day than the mission has."""
    mission = replay.mission
    for crew in mission.crews:
        used = np.zeros(replay.days + 1, dtype=np.int64)
        for run, step in runs_at(replay):
            if step.crew == crew.id:
                used[replay.day(run.start) : replay.day(run.end) + 1] += step.crews
        for first, last in spans(used > crew.count):
            short = int(used[first : last + 1].max()) - crew.count
            text = f"{a_few(short, 'crew')} too many at work"
            yield Broken("closure_crews", crew.id, crew.name, mission.date(first), mission.date(last), text, short)


@rule("Clean-up follows emptying: guideline 2018.28 on environmental clearance and handover [D14]")
def clean_up_after_emptying(replay: Replay) -> Iterator[Broken]:
    """A step that needs an emptied site starts only when little enough of the site's own equipment is left."""
    mission = replay.mission
    for run, step in runs_at(replay):
        if step.max_stock_share >= 1:
            continue
        own = [lot for lot in mission.equipment if lot.site == run.site]
        before = max(replay.day(run.start) - 1, 0)
        total = sum(lot.count * lot.teu_each for lot in own)
        left = sum(int(replay.evening("lot", lot.id, run.site)[before]) * lot.teu_each for lot in own)
        if left > step.max_stock_share * total + 1e-6:
            over = left - step.max_stock_share * total
            yield _bad("clean_up_after_emptying", replay, run, f"{over:.1f} TEU too much still there", over)


@rule("Engineers and ordnance teams leave late because all closings use them [P18]; closure_steps.needs")
def enabling_units(replay: Replay) -> Iterator[Broken]:
    """A step that needs an enabling unit has one at the site or its hub on each of its days."""
    mission = replay.mission
    for run, step in runs_at(replay):
        if step.needs is None:
            continue
        units = [u.id for u in mission.units if step.needs in u.enables]
        places = [run.site, *([mission.site[run.site].hub] if mission.site[run.site].hub else [])]
        present = sum(replay.evening("people", u, str(p)) for u in units for p in places) + np.zeros(replay.days + 1)
        mornings = present[max(replay.day(run.start) - 1, 0) : replay.day(run.end)]
        if (mornings <= 0).any():
            missing = int((mornings <= 0).sum())
            text = f"no unit for {step.needs} is at the site or its hub on {a_few(missing, 'day')}"
            yield _bad("enabling_units", replay, run, text, missing)


@rule("Environmental clearance certificate before handover: guideline 2018.28 [D14, D15]")
def clearance_before_handover(replay: Replay) -> Iterator[Broken]:
    """A site is signed over on the day of its handover step, after its environmental clearance."""
    planned = _runs(replay)
    for closure in replay.plan.closures:
        if closure.handover is None:
            continue
        for step in replay.mission.steps_for(replay.mission.site[closure.site]):
            run = planned.get((closure.site, step.id))
            if run is None:
                continue
            if step.role == "environmental_clearance" and run.end >= closure.handover:
                late = (run.end - closure.handover).days + 1
                yield _bad("clearance_before_handover", replay, run, "has not ended before the handover", late)
            if step.role == "handover" and run.end != closure.handover:
                text = f"the handover is planned for {closure.handover}"
                yield _bad("clearance_before_handover", replay, run, text)


@rule("Camps go only to State civilian authorities [P66]; sites.becomes")
def handover_to_civilians(replay: Replay) -> Iterator[Broken]:
    """A site is handed over only to whom it may go: civilian authorities or its owner, never armed forces."""
    for closure in replay.plan.closures:
        site, to = replay.mission.site[closure.site], closure.handed_to
        if closure.handover is not None and to != site.becomes:
            day: date = closure.handover
            due = "nobody: it is closed" if site.becomes == "closed" else site.becomes
            text = f"is handed to {to or 'nobody named'}; it goes to {due}".replace("_", " ")
            yield Broken("handover_to_civilians", site.id, site.name, day, day, text)


@rule("Normal lag between handover and last departure 0 to 1 day, as at Ogossagou [P01]")
def handover_near_last_out(replay: Replay) -> Iterator[Broken]:
    """Nobody stays at a site for more than a day after it has been signed over."""
    for closure in replay.plan.closures:
        if closure.handover is not None and closure.last_out > closure.handover + timedelta(days=1):
            days = (closure.last_out - closure.handover).days - 1
            name = replay.mission.site[closure.site].name
            text = f"people stay {a_few(days, 'day')} too long after the handover"
            yield Broken("handover_near_last_out", closure.site, name, closure.handover, closure.last_out, text, days)
