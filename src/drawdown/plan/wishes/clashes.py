"""Wishes that contradict each other: for two of them, why both cannot come true."""

from __future__ import annotations

from drawdown.mission.mission import Mission
from drawdown.plan.wishes.facts import exits_shut
from drawdown.plan.wishes.model import (
    DispositionWish,
    ExitWish,
    LastOutWish,
    LeaveWish,
    LotWish,
    MoveWish,
    WayHomeWish,
    Wish,
)
from drawdown.plan.wishes.moves import against_move
from drawdown.plan.wishes.options import ends_left, lawful_ends


def against_each_other(mission: Mission, one: Wish, other: Wish) -> str | None:
    """Why two wishes, each of which could come true alone, cannot both; None if they can. Their order is no matter."""
    return _clash(mission, one, other) or _clash(mission, other, one)


def _clash(mission: Mission, one: Wish, other: Wish) -> str | None:  # noqa: PLR0911 - one answer a kind of wish
    match one, other:
        case MoveWish(), _:
            return against_move(mission, one.move, other)
        case (LastOutWish(), LastOutWish()) if one.site == other.site:
            return _no_day(one, other)
        case (LeaveWish(), LeaveWish()) if one.unit == other.unit:
            return _no_day(one, other)
        case (WayHomeWish(), WayHomeWish()) if one.unit == other.unit:
            return None if set(one.exits) & set(other.exits) else "no exit serves both"
        case (LotWish(), LotWish()) if one.lot == other.lot:
            if one.exits and other.exits and not set(one.exits) & set(other.exits):
                return "no exit serves both"
            return _nothing_left(mission, one, other)
        case LotWish(), DispositionWish():
            return _nothing_left(mission, one, other)
        case (WayHomeWish() | LotWish(), ExitWish()):
            return "its exit is then closed on every day" if exits_shut(mission, one, (other,)) else None
        case _:
            return None


def _no_day(one: LastOutWish | LeaveWish, other: LastOutWish | LeaveWish) -> str | None:
    if one.not_before and other.not_after and one.not_before > other.not_after:
        return f"no day is not before {one.not_before} and not after {other.not_after}"
    return None


def _nothing_left(mission: Mission, one: LotWish, other: LotWish | DispositionWish) -> str | None:
    lot = mission.lot[one.lot]
    left = ends_left(lawful_ends(mission, lot), lot, [one, other])
    return None if left else f"together they leave nothing that may become of {lot.name}"
