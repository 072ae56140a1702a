"""Which wishes does a plan not keep? Judged from the plan alone, whoever made it, as the rules are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from drawdown.mission.checks.finding import a_few
from drawdown.mission.disposal import BY_EXIT
from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import Replay, replay
from drawdown.plan.rules.people import unit_dates
from drawdown.plan.rules.rule import place_name
from drawdown.plan.rules.understood import understandable
from drawdown.plan.wishes.likeness import how_a_move_differs
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
    inside,
)
from drawdown.plan.wishes.options import ends_left, lawful_ends


class Unkept(NamedTuple):
    """A wish that a plan does not keep, where it was written, and what the plan does instead.

    `in_words` says the wish; ``where`` is a place, unit, lot, leg or lift by name; ``by`` says how much, in the
    unit that the message names (days, people, items or moves).
    """

    wish: Wish
    written: str
    where: str
    start: date
    end: date
    message: str
    by: float


class _Breach(NamedTuple):
    where: str
    start: date
    end: date
    message: str
    by: float


def unkept(mission: Mission, plan: Plan, wishes: Wishes) -> tuple[Unkept, ...]:
    """Every wish that a plan does not keep, in the order of the wishes; empty if it keeps them all.

    The wishes are known to be sound (see `check_wishes`); actions that the mission does not know count for nothing.
    """
    judged = replay(mission, understandable(mission, plan))
    return tuple(Unkept(wish, wish.where, *breach) for wish in wishes.wishes for breach in _breaches(judged, wish))


def _breaches(result: Replay, wish: Wish) -> Iterator[_Breach]:  # noqa: PLR0911 - one answer a kind of wish
    match wish:
        case LastOutWish():
            return _last_out(result, wish)
        case WayHomeWish():
            return _way_home(result, wish)
        case LeaveWish():
            return _leaves(result, wish)
        case LotWish():
            return _lot(result, wish)
        case MoveWish():
            return _move(result, wish)
        case LegWish():
            return _leg(result, wish)
        case ExitWish():
            return _exit(result, wish)
        case DispositionWish():
            return _disposition(result, wish)
        case LiftWish():
            return _lift(result, wish)


def _last_out(result: Replay, wish: LastOutWish) -> Iterator[_Breach]:
    name, closure = place_name(result.mission, wish.site), result.plan.closure.get(wish.site)
    if closure is None:
        end = result.mission.date(result.days)
        due = wish.not_after or wish.not_before or end
        yield _Breach(name, due, end, "it has no last-out", (end - due).days)
    elif wish.not_before and closure.last_out < wish.not_before:
        days = (wish.not_before - closure.last_out).days
        text = f"last-out on {closure.last_out}, {a_few(days, 'day')} too early"
        yield _Breach(name, closure.last_out, wish.not_before, text, days)
    elif wish.not_after and closure.last_out > wish.not_after:
        days = (closure.last_out - wish.not_after).days
        text = f"last-out on {closure.last_out}, {a_few(days, 'day')} too late"
        yield _Breach(name, wish.not_after, closure.last_out, text, days)


def _gathered(where: str, moves: Iterable[Move], counts: Iterable[int], noun: tuple[str, ...], what: str) -> _Breach:
    """Moves that do the same wrong thing, as one breach."""
    moves, total = list(moves), sum(counts)
    start, end = min(m.depart for m in moves), max(m.arrive for m in moves)
    return _Breach(where, start, end, f"{a_few(total, *noun)} {what}", total)


def _way_home(result: Replay, wish: WayHomeWish) -> Iterator[_Breach]:
    name = result.mission.unit[wish.unit].name
    for way_out in result.mission.exits:
        wrong = [m for m in result.plan.moves if m.destination == way_out.id and wish.unit in m.people]
        if wrong and way_out.id not in wish.exits:
            counts = (m.people[wish.unit] for m in wrong)
            yield _gathered(name, wrong, counts, ("person", "people"), f"leave by {way_out.name}")


def _leaves(result: Replay, wish: LeaveWish) -> Iterator[_Breach]:
    """Asked of the rule on the dates of units, as if the wish were the unit's only dates."""
    mission = result.mission
    unit = mission.unit[wish.unit].model_copy(update={"earliest": wish.not_before, "latest": wish.not_after})
    dated = mission.model_copy(update={"units": tuple(unit if u.id == unit.id else u for u in mission.units)})
    for broken in unit_dates.check(replay(dated, result.plan)):
        if broken.action == unit.id:
            yield _Breach(unit.name, broken.start, broken.end, broken.message, broken.by)


def _lot(result: Replay, wish: LotWish) -> Iterator[_Breach]:
    lot = result.mission.lot[wish.lot]
    allowed = set(ends_left(lawful_ends(result.mission, lot), lot, [wish]))
    yield from _local_ends(result, wish.lot, allowed)
    for way_out in result.mission.exits:
        out = [m for m in result.plan.moves if m.destination == way_out.id and wish.lot in {**m.lots, **m.driven}]
        if out and (not allowed & BY_EXIT or (wish.exits and way_out.id not in wish.exits)):
            counts = (m.lots.get(wish.lot, 0) + m.driven.get(wish.lot, 0) for m in out)
            yield _gathered(lot.name, out, counts, ("item",), f"leave by {way_out.name}")


_DONE = {
    "sell": "sold", "donate": "donated", "hand_over": "handed over", "scrap": "scrapped", "destroy": "destroyed",
    "repatriate": "repatriated", "redeploy": "redeployed",
}  # fmt: skip


def _local_ends(result: Replay, lot: str, allowed: Collection[str]) -> Iterator[_Breach]:
    """Items of a lot that end inside the country in ways that are not allowed, one breach a way."""
    rows = [row for row in result.plan.disposals if row.lot == lot and row.disposition not in allowed]
    for end in sorted({row.disposition for row in rows}):
        same = [row for row in rows if row.disposition == end]
        count = sum(row.count for row in same)
        start, last = min(row.day for row in same), max(row.day for row in same)
        text = f"{a_few(count, 'item')} {_DONE[end]}"
        yield _Breach(result.mission.lot[lot].name, start, last, text, count)


def _disposition(result: Replay, wish: DispositionWish) -> Iterator[_Breach]:
    for lot in result.mission.equipment:
        allowed = set(ends_left(lawful_ends(result.mission, lot), lot, [wish]))
        if wish.disposition in BY_EXIT:
            out = [m for m in result.plan.moves if m.destination in result.mission.exit and lot.id in _items(m)]
            if out and wish.disposition in lot.dispositions and not allowed & BY_EXIT:
                yield _gathered(lot.name, out, (_items(m)[lot.id] for m in out), ("item",), _DONE[wish.disposition])
        else:
            yield from _local_ends(result, lot.id, {*_DONE} - {wish.disposition})


def _items(move: Move) -> dict[str, int]:
    """Items that a move takes along, on lift or on their own wheels."""
    return {lot: move.lots.get(lot, 0) + move.driven.get(lot, 0) for lot in {**move.lots, **move.driven}}


def _move(result: Replay, wish: MoveWish) -> Iterator[_Breach]:
    text, by = how_a_move_differs(wish.move, result.plan.moves)
    if text:
        ends = (place_name(result.mission, place) for place in (wish.move.origin, wish.move.destination))
        yield _Breach(" - ".join(ends), wish.move.depart, wish.move.arrive, text, by)


def _leg(result: Replay, wish: LegWish) -> Iterator[_Breach]:
    mission = result.mission
    for move in result.plan.moves:
        if wish.leg in move.legs:
            entries, _ = mission.journey((mission.leg[i] for i in move.legs), move.origin, move.depart)
            for leg, _, day in entries:
                if leg.id == wish.leg and inside(wish.from_date, wish.to_date, day):
                    yield _Breach(wish.leg, day, day, f"move {move.id} enters it on {day}", 1)


def _exit(result: Replay, wish: ExitWish) -> Iterator[_Breach]:
    name = place_name(result.mission, wish.exit)
    for move in result.plan.moves:
        if move.destination == wish.exit and inside(wish.from_date, wish.to_date, move.arrive):
            yield _Breach(name, move.arrive, move.arrive, f"move {move.id} arrives on {move.arrive}", 1)


def _lift(result: Replay, wish: LiftWish) -> Iterator[_Breach]:
    used = [move for move in result.plan.moves if wish.lift in move.lift]
    if used:
        name = result.mission.lift_by_id[wish.lift].name
        yield _gathered(name, used, (1 for _ in used), ("move",), "use it" if len(used) > 1 else "uses it")
