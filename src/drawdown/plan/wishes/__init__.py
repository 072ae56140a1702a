"""What a planner wishes of a plan: what can be wished, what is wrong with it, and whether a plan keeps it."""

from drawdown.plan.wishes.check import check_wishes
from drawdown.plan.wishes.model import (
    DispositionWish,
    ExitWish,
    LastOutWish,
    LeaveWish,
    LegWish,
    LiftWish,
    LotWish,
    MoveWish,
    WayHomeWish,
    Wish,
    Wishes,
)
from drawdown.plan.wishes.unkept import Unkept, unkept
from drawdown.plan.wishes.wished import shut_between, wished_mission
from drawdown.plan.wishes.words import in_words

__all__ = [
    "DispositionWish",
    "ExitWish",
    "LastOutWish",
    "LeaveWish",
    "LegWish",
    "LiftWish",
    "LotWish",
    "MoveWish",
    "Unkept",
    "WayHomeWish",
    "Wish",
    "Wishes",
    "check_wishes",
    "in_words",
    "shut_between",
    "unkept",
    "wished_mission",
]
