"""A wish in a planner's words, as messages repeat it."""

from __future__ import annotations

from datetime import date

from drawdown.plan.model import Move
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
)


def in_words(wish: Wish) -> str:  # noqa: PLR0911 - one answer a kind of wish
    """What a wish asks, in one line, with the names of the mission's tables."""
    match wish:
        case LastOutWish():
            return f"last-out of {wish.site} {_window(wish.not_before, wish.not_after)}"
        case WayHomeWish():
            return f"{wish.unit} leaves by {_any(wish.exits)}"
        case LeaveWish():
            return f"{wish.unit} leaves {_window(wish.not_before, wish.not_after)}"
        case LotWish():
            return f"{wish.lot} {_end(wish)}"
        case MoveWish():
            return move_in_words(wish.move)
        case LegWish():
            return f"leg {wish.leg} forbidden{_span(wish.from_date, wish.to_date)}"
        case ExitWish():
            return f"exit {wish.exit} forbidden{_span(wish.from_date, wish.to_date)}"
        case DispositionWish():
            return f"nothing to {wish.disposition.replace('_', ' ')}"
        case LiftWish():
            return f"lift {wish.lift} excluded"


def move_in_words(move: Move) -> str:
    """A move by its kind, ends and days."""
    noun = "flight" if move.mode == "air" else "convoy"
    return f"{noun} {move.origin} - {move.destination} of {move.depart}"


def _window(first: date | None, last: date | None) -> str:
    if first == last:
        return f"on {first}"
    parts = [f"not before {first}" if first else "", f"not after {last}" if last else ""]
    return " and ".join(part for part in parts if part)


def _span(first: date | None, last: date | None) -> str:
    return (f" from {first}" if first else "") + (f" to {last}" if last else "")


def _any(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _end(wish: LotWish) -> str:
    parts = [f"to {wish.disposition.replace('_', ' ')}"] if wish.disposition else []
    parts += [f"by {_any(wish.exits)}"] if wish.exits else []
    parts += [f"not to {_any(tuple(x.replace('_', ' ') for x in wish.excluded))}"] if wish.excluded else []
    return ", ".join(parts)
