"""A plan speaks of its mission: every name in it is known, every day lies in the mission, every move has its own id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun
from drawdown.plan.replay import Replay
from drawdown.plan.rules.rule import Broken, rule

Action = Move | Disposal | Separation | StepRun | Closure

#: The tables of a plan, each of actions of one kind.
ACTIONS = ("moves", "disposals", "separations", "steps", "closures")


def action_name(action: Action) -> str:
    """An action as a broken rule names it."""
    match action:
        case Move():
            return action.id
        case Disposal():
            return f"{action.lot}/{action.disposition}"
        case Separation():
            return action.unit
        case StepRun():
            return f"{action.site}/{action.step}"
        case Closure():
            return action.site


def _names(mission: Mission, action: Action) -> Iterator[tuple[str, Container[str], Iterable[str]]]:
    """The names that an action uses, with what they name and where they must be known."""
    match action:
        case Move():
            yield "place", mission.place, (action.origin, action.destination)
            yield "leg", mission.leg, action.legs
            yield "lift", mission.lift_by_id, action.lift
            yield "unit", mission.unit, {**action.escorts, **action.people}
            yield "lot", mission.lot, {**action.lots, **action.driven}
        case Disposal():
            yield "lot", mission.lot, [action.lot]
            yield "site", mission.site, [action.place]
        case Separation():
            yield "unit", mission.unit, [action.unit]
            yield "site", mission.site, [action.place]
        case StepRun():
            yield "site", mission.site, [action.site]
            yield "closure step", mission.step, [action.step]
        case Closure():
            yield "site", mission.site, [action.site]


def _days(action: Action) -> tuple[date, date]:
    match action:
        case Move():
            return action.depart, action.arrive
        case StepRun():
            return action.start, action.end
        case Closure():
            # A handover may lie before or after last-out.
            first, last = sorted((action.last_out, action.handover or action.last_out))
            return first, last
        case _:
            return action.day, action.day


def _faults(mission: Mission, action: Action) -> list[str]:
    """Why an action cannot be understood; empty if it can."""
    texts = [
        f"the mission has no {noun} `{name}`"
        for noun, known, names in _names(mission, action)
        for name in dict.fromkeys(names)
        if name not in known
    ]
    start, end = _days(action)
    texts += [
        f"{day} is not between the day after cessation and the end of liquidation"
        for day in dict.fromkeys((start, end))
        if not 1 <= mission.day(day) <= mission.days
    ]
    return [*texts, "it ends before it starts"] if end < start else texts


def understandable(mission: Mission, plan: Plan) -> Plan:
    """The plan without the actions that name what the mission does not have or lie outside its days."""
    known = {table: tuple(a for a in getattr(plan, table) if not _faults(mission, a)) for table in ACTIONS}
    return plan.model_copy(update=known)


@rule("No silent wrong answers (conventions)")
def understood(replay: Replay) -> Iterator[Broken]:
    """A plan names only what its mission has, on days after cessation and before its end; move ids are unique.

    Actions that break this rule are left out when the other rules judge the plan, but for moves that share an id.
    """
    mission, plan = replay.mission, replay.plan
    for table in ACTIONS:
        for action in getattr(plan, table):
            start, end = sorted(_days(action))
            for text in _faults(mission, action):
                yield Broken("understood", action_name(action), mission.mission.name, start, end, text)
    times = Counter(move.id for move in plan.moves)
    for move in plan.moves:
        if times.pop(move.id, 1) > 1:
            text = "another move has the same id"
            yield Broken("understood", move.id, mission.mission.name, move.depart, move.arrive, text)
