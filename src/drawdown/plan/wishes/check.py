"""Everything that is wrong with some wishes: unknown names, the mission's own facts, and what cannot both be."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from drawdown.mission.checks import check_mission
from drawdown.mission.faults import Fault, Spot, spot_text
from drawdown.mission.mission import Mission
from drawdown.plan.wishes.clashes import against_each_other
from drawdown.plan.wishes.facts import against_mission
from drawdown.plan.wishes.model import DispositionWish, LotWish, MoveWish, Wish, Wishes
from drawdown.plan.wishes.moves import moves_together, unlawful_moves
from drawdown.plan.wishes.names import names_in, strangers
from drawdown.plan.wishes.wished import wished_mission
from drawdown.plan.wishes.words import in_words

_EITHER = "drop or change one of the two"

#: Stands for what all wishes about the ends of lots have in common.
_ENDS = "ends of lots"


class _Found(NamedTuple):
    """A fault of a mission, wherever it stands."""

    table: str
    message: str
    remedy: str


#: Wishes by their number, from 0.
Numbered = dict[int, Wish]


def check_wishes(mission: Mission, wishes: Wishes, as_of: date | None = None) -> tuple[Fault, ...]:
    """Everything that keeps wishes for a sound mission from coming true, in their order; empty if nothing does.

    Rows of the spots count from 0. ``as_of`` is the day on which the plan is made (cessation if not given). A wish
    that is found wrong by itself is not held against others. Never raises.
    """
    found: list[Fault] = []
    good: Numbered = dict(enumerate(wishes.wishes))
    for part in (_strangers, _facts, _moves_alone):
        faults = list(part(mission, good, as_of))
        found += faults
        good = {n: wish for n, wish in good.items() if n not in {fault.spot.row for fault in faults}}
    pairs = [*_pairs(mission, good), *_move_pairs(mission, good)]
    found += pairs or _consequences(mission, good)
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.spot.row or 0))


def _fault(number: int, key: str | None, value: str, message: str, remedy: str) -> Fault:
    return Fault("fault", Spot("wishes", number, key), value, message, remedy)


def _named(number: int, wish: Wish) -> str:
    """Another wish, as the fault of one names it."""
    return f"{wish.where or spot_text(Spot('wishes', number))} ({in_words(wish)})"


def _strangers(mission: Mission, wishes: Numbered, _as_of: date | None) -> Iterator[Fault]:
    for number, wish in wishes.items():
        yield from strangers(mission, number, wish)


def _facts(mission: Mission, wishes: Numbered, as_of: date | None) -> Iterator[Fault]:
    for number, wish in wishes.items():
        for clash in against_mission(mission, wish, as_of):
            yield _fault(number, *clash)


def _moves_alone(mission: Mission, wishes: Numbered, as_of: date | None) -> Iterator[Fault]:
    moves = _moves(wishes)
    renamed = [wish.move.model_copy(update={"id": f"m{n}"}) for n, wish in moves.items()]
    found = unlawful_moves(mission, renamed, as_of)
    for number, wish in moves.items():
        for text in found.get(f"m{number}", ()):
            message = f"the {in_words(wish)} cannot be made: {text}"
            yield _fault(number, None, wish.move.id, message, "change the move, or drop the wish")


def _moves(wishes: Numbered) -> dict[int, MoveWish]:
    return {number: wish for number, wish in wishes.items() if isinstance(wish, MoveWish)}


def _pairs(mission: Mission, wishes: Numbered) -> Iterator[Fault]:
    """Every two wishes that contradict each other and are not both moves. Only those can that share a name."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, wish in wishes.items():
        names = {name.name for name in names_in(mission, wish)}
        for name in names | ({_ENDS} if isinstance(wish, LotWish | DispositionWish) else set()):
            by_name[name].append(number)
    near = {pair for numbers in by_name.values() for pair in combinations(numbers, 2)}
    for n, m in sorted(near):
        one, other = wishes[n], wishes[m]
        if isinstance(one, MoveWish) and isinstance(other, MoveWish):
            continue
        why = against_each_other(mission, one, other)
        if why:
            yield _fault(m, None, in_words(other), f"contradicts {_named(n, one)}: {why}", _EITHER)


def _move_pairs(mission: Mission, wishes: Numbered) -> Iterator[Fault]:
    moves = _moves(wishes)
    numbers = {f"m{n}": n for n in moves}
    renamed = [wish.move.model_copy(update={"id": f"m{n}"}) for n, wish in moves.items()]
    for later, earlier, why in moves_together(mission, renamed):
        n, m = numbers[earlier], numbers[later]
        text = why.replace(f"after {earlier};", "after it;")
        message = f"contradicts {_named(n, moves[n])}: {text}" if n != m else f"the {in_words(moves[m])}: {text}"
        yield _fault(m, None, moves[m].move.id, message, _EITHER)


def _consequences(mission: Mission, wishes: Numbered) -> Iterator[Fault]:
    """Faults that the mission has only with the wishes, each with the wish that, after those before it, brings it."""
    known, left = _faults(mission, ()), [n for n, wish in wishes.items() if not isinstance(wish, MoveWish)]

    def brought(count: int) -> set[_Found]:
        return _faults(mission, [wishes[n] for n in left[:count]]) - known

    while brought(len(left)):
        count = bisect(range(1, len(left)), False, key=lambda n: bool(brought(n))) + 1
        number, new = left[count - 1], brought(count)
        alone = _faults(mission, [wishes[number]])
        for row in sorted(new):
            others = "" if row in alone else f", together with {_named_before(wishes, left[: count - 1])}"
            text = f"then the mission cannot be planned{others}: {row.message} ({row.table})"
            yield _fault(number, None, in_words(wishes[number]), text, f"drop or change the wish; or {row.remedy}")
        left.remove(number)


def _named_before(wishes: Numbered, before: Sequence[int]) -> str:
    last = _named(before[-1], wishes[before[-1]])
    return last if len(before) == 1 else f"{len(before)} wishes before it, the last of them {last}"


def _faults(mission: Mission, wishes: Sequence[Wish]) -> set[_Found]:
    checked = check_mission(wished_mission(mission, wishes))
    faults = (fault for fault in checked if fault.severity == "fault" and fault.spot.table != "claims")
    return {_Found(fault.spot.table, fault.message, fault.remedy) for fault in faults}
