"""Which moves of two plans are the same move: by route and load first, not only by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from drawdown.plan.model import Move


class Pairs(NamedTuple):
    """The moves of an old and a new plan, paired. Moves that are the same in all but their id are in none of these."""

    moved: tuple[tuple[Move, Move], ...]
    reloaded: tuple[tuple[Move, Move], ...]
    altered: tuple[tuple[Move, Move], ...]
    dropped: tuple[Move, ...]
    new: tuple[Move, ...]


def _sorted(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items()))


def _route(move: Move) -> Hashable:
    return move.mode, move.origin, move.destination, move.legs


def _load(move: Move) -> Hashable:
    return _route(move), *map(_sorted, (move.people, move.lots, move.driven))


def _days(move: Move) -> Hashable:
    return _load(move), move.depart, move.arrive


def _everything(move: Move) -> Hashable:
    return _days(move), *map(_sorted, (move.lift, move.escorts)), move.clearance_asked


def match_moves(old: Iterable[Move], new: Iterable[Move]) -> Pairs:
    """Pair the moves of two plans: those that are alike in most first; of those alike, the earlier with the earlier.

    ``moved`` have the same route and load on other days, ``altered`` only other lift, escorts or clearance, and
    ``reloaded`` another load on the same route.
    """
    left, right = ([*sorted(moves, key=lambda m: (m.depart, m.id))] for moves in (old, new))
    paired = {}
    for likeness in (_everything, _days, _load, _route):
        paired[likeness], left, right = _pair(left, right, likeness)
    return Pairs(tuple(paired[_load]), tuple(paired[_route]), tuple(paired[_days]), tuple(left), tuple(right))


def _pair(
    old: list[Move], new: list[Move], likeness: Callable[[Move], Hashable]
) -> tuple[list[tuple[Move, Move]], list[Move], list[Move]]:
    """Pairs of moves that are alike, and what is left of both."""
    waiting: dict[Hashable, list[Move]] = defaultdict(list)
    for move in old:
        waiting[likeness(move)].append(move)
    pairs, rest = [], []
    for move in new:
        partners = waiting[likeness(move)]
        if partners:
            pairs.append((partners.pop(0), move))
        else:
            rest.append(move)
    taken = {id(before) for before, _ in pairs}
    return pairs, [move for move in old if id(move) not in taken], rest
