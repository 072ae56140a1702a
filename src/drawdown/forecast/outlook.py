"""Futures from today's standing: today's plan played under what was learnt, at the pace at which people leave.

Data flows one way: what was known -> what was learnt -> what is left to do -> a plan for it -> its futures -> how fast
people really leave -> days and numbers. `docs/forecast.md` says it in full.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from drawdown import __version__
from drawdown.forecast.as_it_stands import AsItStands, as_it_stands
from drawdown.forecast.case import Case, people_to_leave, planned_leavers, stayers
from drawdown.forecast.closures import precedent
from drawdown.forecast.known import known_mission
from drawdown.forecast.learning import Lessons, learn
from drawdown.forecast.progress import Paths, Progress, learn_progress
from drawdown.forecast.remaining import remaining_plan
from drawdown.forecast.site_clock import Order, Today, learn_order, site_days
from drawdown.forecast.under_way import come_in
from drawdown.ledger.standing import Standing
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Claim
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import replay
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.wishing.replanning import replan
from drawdown.stress.block import Block

Real = NDArray[np.float64]
Whole = NDArray[np.int64]
Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Remains:
    """What is known on a day, what was learnt from it, and what is left to do.

    ``before`` is what is still to do of the plan in force (nothing if there is none, or it is not followed),
    ``departed`` are its moves that have left, ``under_way`` those that are taken to have come in.
    """

    as_of: date
    known_on: date
    standing: Standing
    lessons: Lessons
    stands: AsItStands
    before: Plan
    departed: frozenset[str]
    under_way: tuple[Move, ...]


@dataclass(frozen=True, eq=False)
class Ground(Remains):
    """What is left to do, with a plan for it: ``today``, which breaks ``unmet`` rules."""

    today: Plan
    unmet: int


@dataclass(frozen=True, eq=False)
class Outlook:
    """Futures of a case from a day on. Days count from the cessation of the case's mission.

    ``remaining`` (futures x days) are people still to leave in the evening of each of ``days``, of `people_to_leave`;
    ``last_out`` (futures x sites) the days on which the sites of the mission as it stands are left; ``completion``
    (futures) the day by whose evening all have left but those who may stay.
    """

    ground: Ground
    progress: Progress
    order: Order
    days: Whole
    remaining: Real
    last_out: Whole
    completion: Whole
    planned: Real


def remains(case: Case, as_of: date, known_on: date, *, near: bool = True) -> Remains:
    """What is left to do on a day; ``near`` says that the plan in force is followed.

    Raises `MissionError` if nothing is: every site has been left.
    """
    found = case.standing(as_of, known_on)
    if not found.open_sites:
        remedy = "ask about an earlier day, or correct the last-out that is wrong"
        raise MissionError([Fault("fault", Spot("sites"), str(as_of), "every site has been left by then", remedy, "")])
    known = known_mission(case.mission, known_on)
    lessons = learn(known, case.known(as_of, known_on), since=known.mission.cessation, on=as_of)
    plan = case.plan if near else None
    departed = departures(case, as_of, known_on) if plan else frozenset[str]()
    settled, under_way = come_in(case.mission, found, plan, departed)
    planning = lessons.mission.model_copy(update={"mission": known.mission, "claims": _claims(known, lessons)})
    stands = as_it_stands(planning, settled, under_way)
    before = remaining_plan(plan or _nothing(stands), stands, departed | {move.id for move in under_way})
    return Remains(as_of, known_on, found, lessons, stands, before, departed, under_way)


def _claims(known: Mission, lessons: Lessons) -> tuple[Claim, ...]:
    """The claims but for those about rows that what was learnt has changed."""
    same = {
        (table, str(vars(row)["id"]))
        for table in ("clearances", "hazards")
        for row in set(known.rows(table)) & set(lessons.mission.rows(table))
    }
    return tuple(
        row for row in known.claims if row.table not in {"clearances", "hazards"} or (row.table, row.row) in same
    )


def _nothing(stands: AsItStands) -> Plan:
    header = stands.mission.mission
    return Plan(
        name=header.id,
        mission=header.id,
        mission_hash=stands.mission.hash,
        version=__version__,
        planner="none",
        as_of=header.cessation,
    )


def departures(case: Case, as_of: date, known_on: date) -> frozenset[str]:
    """The moves of the plan that have left by the record."""
    return frozenset(
        fact.move for _, fact in case.known(as_of, known_on) if fact.kind in {"departure", "arrival"} and fact.move
    )


def ground(case: Case, as_of: date, known_on: date, *, near: bool = True, tell: Tell | None = None) -> Ground:
    """What is left to do on a day, with a plan for it.

    With ``near`` the plan in force is kept as far as it can be; else (or if there is none) it is planned afresh.
    """
    if tell:
        tell(f"what is left to do on {as_of}")
    left = remains(case, as_of, known_on, near=near)
    if near and case.plan is not None:
        again = replan(left.stands.mission, left.before, as_of=as_of, progress=tell)
        return Ground(**vars(left), today=again.plan, unmet=len(again.unmet))
    fresh = plan_simply(left.stands.mission, case.plan.course if case.plan else None, progress=tell)
    return Ground(**vars(left), today=fresh.plan, unmet=len(fresh.unmet))


def outlook(case: Case, ground: Ground, futures: int, seed: int) -> Outlook:
    """Futures from a day on, at the pace learnt by it."""
    block = played(ground, futures, seed)
    return paced(case, ground, block, learnt_pace(case, ground), seed)


def played(ground: Ground, futures: int, seed: int) -> Block:
    """Today's plan in many futures; day 0 is the day of the ground.

    Plans keep the mission's pace, so that a convoy that is slower than they allow comes late; futures have the learnt.
    """
    from drawdown.stress.compile import compile_script  # noqa: PLC0415  needs the extra `stress`
    from drawdown.stress.play import play, prepare  # noqa: PLC0415

    script = compile_script(ground.stands.mission, ground.today)
    return play(prepare(replace(script, pace=ground.lessons.mission.mission.pace)), seed, 0, futures)


def learnt_pace(case: Case, ground: Ground) -> Progress:
    """How fast people leave by the counts that were known, against the plan in force (or else today's)."""
    mission = case.mission
    counts, leaving = case.left_by_day(ground.as_of, ground.known_on), _leaving(mission)
    shares = [(mission.day(day), min(1.0, left / leaving)) for day, left in counts.items()]
    return learn_progress(
        shares,
        planned_share(case, ground),
        people=leaving,
        deadline=mission.day(mission.mission.deadline),
        precedent=precedent(ground.known_on),
    )


def _leaving(mission: Mission) -> int:
    return max(1, people_to_leave(mission) - stayers(mission))


def planned_share(case: Case, ground: Ground) -> Real:
    """Share of those who leave by the deadline gone by the plan in force, each evening from cessation on.

    Without a plan in force it is a straight line to today, and today's plan from then on.
    """
    mission = case.mission
    if case.replay is not None:
        still = planned_leavers(case.replay)
    else:
        left = ground.stands.left
        day = mission.day(ground.as_of)
        rest = planned_leavers(replay(ground.stands.mission, ground.today))
        still = np.concatenate([people_to_leave(mission) - np.linspace(0, left, day, endpoint=False), rest])
    gone = (people_to_leave(mission) - still) / _leaving(mission)
    return np.clip(gone, 0.0, 1.0)


def paced(case: Case, ground: Ground, block: Block, progress: Progress, seed: int) -> Outlook:
    """The futures of today's plan, at a pace."""
    mission, now = case.mission, case.mission.day(ground.as_of)
    stay, numbers = stayers(mission), range(block.count)
    curves, planned = _still_to_leave(ground, block)
    days = np.arange(progress.now + 1, now + block.remaining.shape[1])
    known = np.ones((block.count, now - progress.now))  # from the last count to today nobody more is known to have left
    shares = np.concatenate([known, curves[:, 1:]], axis=1)
    paths = progress.paths(seed, numbers, days.tolist(), shares)
    sites = ground.stands.mission.sites
    today = Today(
        last_out=block.last_out + now,
        remaining=shares,
        days=days.tolist(),
        stays=[site.liquidation for site in sites],
        deadline=mission.day(mission.mission.deadline),
        liquidation_end=mission.days,
    )
    order = learn_order(_left_in_order(case, ground))
    last_out = site_days(seed, numbers, today, paths, order)
    after = days > now
    return Outlook(
        ground,
        progress,
        order,
        days[after],
        stay + paths.remaining[:, after] * _leaving(mission),
        np.maximum(last_out, now + 1),
        completion(paths, block.out_by + now),
        planned,
    )


def completion(paths: Paths, by_plan: Whole) -> Whole:
    """The day by whose evening all have left but those who may stay."""
    return np.where(paths.planned, by_plan, paths.end)


def _still_to_leave(ground: Ground, block: Block) -> tuple[Real, Real]:
    """Shares of today's people still to leave by the futures of today's plan (futures x days), and by the plan."""
    mission = ground.stands.mission
    play = replay(mission, ground.today)
    separating = np.zeros(play.days + 1, dtype=np.int64)
    for unit in mission.units:
        if unit.separates:
            separating = separating + play.unit_remaining(unit.id)
    stay = stayers(mission)
    still = np.clip(block.remaining - separating - stay, 0, None).astype(float)
    first = np.maximum(still[:, :1], 1.0)
    return np.minimum.accumulate(still / first, axis=1), planned_leavers(play).astype(float)


def _left_in_order(case: Case, ground: Ground) -> list[tuple[float, float]]:
    """For each site left so far: the share gone when the plan in force was to leave it, and the share really gone."""
    if case.plan is None:
        return []
    mission, share = case.mission, planned_share(case, ground)
    counts = case.left_by_day(ground.as_of, ground.known_on)
    days = [0, *(mission.day(day) for day in counts)]
    gone = [0.0, *(min(1.0, left / _leaving(mission)) for left in counts.values())]
    found = []
    for site, day in ground.standing.last_out.items():
        closure = case.plan.closure.get(site)
        if closure and mission.mission.cessation < day <= ground.as_of:
            planned = float(share[min(mission.day(closure.last_out), len(share) - 1)])
            found.append((planned, float(np.interp(mission.day(day), days, gone))))
    return found


def continued(progress: Progress, later: Progress) -> Progress:
    """An earlier belief about the pace, going on from where things stand later."""
    return replace(progress, now=later.now, gone=later.gone)
