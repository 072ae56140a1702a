"""How the moves of a plan differ from one that was wished for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drawdown.mission.checks.finding import a_few
from drawdown.plan.model import Move

#: What a move carries or brings along, with the words in which a difference is told.
_CARRIED = ("lift", "escorts", "people", "lots", "driven")

#: A move on the same route that leaves so many days earlier or later is taken for the wished one; others are not.
NEAR_DAYS = 14


class Difference(NamedTuple):
    """A move that is not as it was wished: in words (empty if it is), and by how much (days or things)."""

    text: str
    by: float


def how_a_move_differs(wished: Move, moves: Iterable[Move]) -> Difference:
    """What the most like of some moves does otherwise than the wished one; ids and the asking of clearances aside."""
    same_route = [
        m for m in moves if (m.origin, m.destination, m.legs) == (wished.origin, wished.destination, wished.legs)
    ]
    near = [m for m in same_route if abs((m.depart - wished.depart).days) <= NEAR_DAYS]
    if not near:
        return Difference("it is not made", 1)
    best = min(near, key=lambda m: (_weight(wished, m), m.depart, m.id))
    parts = list(_differences(wished, best))
    if not parts:
        return Difference("", 0)
    return Difference(f"{best.id} " + ", ".join(text for text, _ in parts), sum(by for _, by in parts))


def _weight(wished: Move, move: Move) -> float:
    """The greater, the less alike: another day weighs more than another load."""
    days = abs((move.depart - wished.depart).days) + abs((move.arrive - wished.arrive).days)
    wanted = sum(sum(getattr(wished, name).values()) for name in _CARRIED)
    return days + sum(by for _, by in _other_load(wished, move)) / max(wanted, 1)


def _differences(wished: Move, move: Move) -> Iterator[tuple[str, float]]:
    days = (move.depart - wished.depart).days
    if days:
        yield f"leaves on {move.depart}, {a_few(abs(days), 'day')} {'later' if days > 0 else 'earlier'}", abs(days)
    elif move.arrive != wished.arrive:
        yield f"arrives on {move.arrive}", abs((move.arrive - wished.arrive).days)
    yield from _other_load(wished, move)


def _other_load(wished: Move, move: Move) -> Iterator[tuple[str, float]]:
    for name in _CARRIED:
        want, have = getattr(wished, name), getattr(move, name)
        for what in sorted(want.keys() | have.keys()):
            count, asked = have.get(what, 0), want.get(what, 0)
            if count != asked:
                yield f"takes {count} of {what} instead of {asked}", abs(count - asked)
