"""What the mandate says of every action of a plan: moves, escorts, disposals, closure steps, handovers, presence."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mandate.judging import Action, Judge, Judged
from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import Replay, replay
from drawdown.plan.rules.rule import spans
from drawdown.plan.rules.understood import understandable

#: What a move does; its action is named by the move.
OF_MOVES = frozenset({"departure", "arrival", "escort"})


def judge_plan(mission: Mission, plan: Plan) -> tuple[Judged, ...]:
    """The verdict on every action of a plan that its mission knows, in the plan's order, presence at sites last.

    `drawdown.mandate.judging` says which functions each needs. A violation has the days that nothing covers.
    """
    judge, result = Judge(mission), replay(mission, understandable(mission, plan))
    return tuple(judge.judge(action) for action in actions(result))


def not_covered(mission: Mission, plan: Plan) -> tuple[Judged, ...]:
    """The violations alone, without the verdicts on all that is covered: for who only marks them."""
    judge, result = Judge(mission), replay(mission, understandable(mission, plan))
    return tuple(judge.judge(action) for action in actions(result) if judge.bare(action))


def actions(result: Replay) -> Iterator[Action]:
    """Everything that a plan does and that the mandate must cover."""
    yield from acts(result)
    yield from stays(result)


def acts(result: Replay) -> Iterator[Action]:
    """What a plan does, in its order; being there is not among it."""
    plan = result.plan
    for move in plan.moves:
        yield from move_actions(move)
    for row in plan.disposals:
        yield Action("disposal", f"{row.lot}/{row.disposition}", row.place, row.day, row.day)
    for left in plan.separations:
        yield Action("separation", left.unit, left.place, left.day, left.day)
    for run in plan.steps:
        yield Action("step", f"{run.site}/{run.step}", run.site, run.start, run.end)
    for closure in plan.closures:
        if closure.handover:
            yield Action("handover", closure.site, closure.site, closure.handover, closure.handover)


def move_actions(move: Move) -> Iterator[Action]:
    """A move leaves its origin and arrives at its destination; where it is escorted, so are both ends."""
    yield Action("departure", move.id, move.origin, move.depart, move.depart)
    yield Action("arrival", move.id, move.destination, move.arrive, move.arrive)
    if move.escorts:
        yield Action("escort", move.id, move.origin, move.depart, move.depart)
        yield Action("escort", move.id, move.destination, move.arrive, move.arrive)


def stays(result: Replay) -> Iterator[Action]:
    """The days on whose evenings there are people at a site, one action a run of days."""
    mission = result.mission
    for site in mission.sites:
        for first, last in spans(result.people_at[site.id] > 0):
            yield Action("stay", site.id, site.id, mission.date(first), mission.date(last))
