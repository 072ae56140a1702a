"""What a breaker gives back, and where breakers look for something to spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lift
from drawdown.plan.model import Move, Plan
from drawdown.plan.rules.understood import Action
from kit.lawful import alter

ONE_DAY = timedelta(days=1)


class Spoilt(NamedTuple):
    """A mission, a plan that breaks a rule on purpose, and the action that breaks it."""

    mission: Mission
    plan: Plan
    action: str


def first_move(plan: Plan, wanted: Callable[[Move], object]) -> Move:
    """The first move that is as wanted."""
    return next(move for move in plan.moves if wanted(move))


def spoil(mission: Mission, plan: Plan, table: str, row: Action, action: str, **values: Any) -> Spoilt:
    """The plan with some values of one row changed, and the action that should be named."""
    return Spoilt(mission, alter(plan, table, row, **values), action)


def spoil_move(mission: Mission, plan: Plan, move: Move, **values: Any) -> Spoilt:
    """The plan with some values of a move changed; the move is what should be named."""
    return spoil(mission, plan, "moves", move, move.id, **values)


def outward(mission: Mission, plan: Plan) -> Iterator[Move]:
    """Moves that take something or somebody to an exit."""
    return (m for m in plan.moves if m.destination in mission.exit and (m.people or m.lots or m.driven))


def surface(mission: Mission, name: str) -> Lift | None:
    """A lift by its id, unless it flies."""
    lift = mission.lift_by_id[name]
    return None if lift.mode == "air" else lift


def doomed(mission: Mission) -> list[str]:
    """Sites that must be left by the deadline."""
    return [site.id for site in mission.sites if not site.liquidation]


def last_day(mission: Mission) -> date:
    """The end of liquidation."""
    return mission.mission.liquidation_end
