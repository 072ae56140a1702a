"""Moves that are wished for, against the mission's rules, against each other and against other wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from drawdown.mission.disposal import BY_EXIT
from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import detachments, replay
from drawdown.plan.rules import accounts, disposal, mandate, movement, windows
from drawdown.plan.rules.rule import Broken, Rule
from drawdown.plan.wishes.model import (
    ExitWish,
    LastOutWish,
    LeaveWish,
    LegWish,
    LiftWish,
    LotWish,
    WayHomeWish,
    Wish,
    inside,
)

#: Rules that judge a move by itself, whatever else a plan holds.
ALONE: tuple[Rule, ...] = (
    movement.route_joins, movement.travel_time, movement.capacity, movement.drivers, movement.lift_in_service,
    movement.convoy_size, movement.escort, movement.ordnance_team, windows.runway, windows.season, windows.open_days,
    windows.exit_for, windows.way_home, mandate.clearance, mandate.authority, disposal.owner_allows,
    accounts.what_left_stays_out,
)  # fmt: skip

#: Rules that moves can break together, or by what they use up on a day.
TOGETHER: tuple[Rule, ...] = (movement.headway, windows.sorties, windows.airfield_slots, windows.exit_capacity)


def _judged(
    mission: Mission, moves: Sequence[Move], rules: Sequence[Rule], as_of: date | None = None
) -> Iterator[Broken]:
    plan = Plan(
        name="wishes", mission=mission.mission.id, mission_hash=mission.hash, version="0", planner="wishes",
        as_of=as_of or mission.mission.cessation, moves=tuple(moves),
    )  # fmt: skip
    result = replay(mission, plan)
    for rule in rules:
        yield from rule.check(result)


def unlawful_moves(mission: Mission, moves: Sequence[Move], as_of: date | None = None) -> dict[str, list[str]]:
    """For each move by its id (each has its own), what speaks against it alone, in the words of the rules.

    ``as_of`` is the day on which the plan is made (cessation if not given): a block that is known by then counts.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for broken in _judged(mission, moves, ALONE, as_of):
        found[broken.action].append(f"{broken.message} (rule {broken.rule})")
    for move in moves:
        found[move.id] += _too_many(mission, move)
        found[move.id] += _left_too_early(mission, move)
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items() if texts}


def _too_many(mission: Mission, move: Move) -> Iterator[str]:
    """What a move takes along that the mission does not have."""
    has = (
        (
            move.lift,
            {x.id: mission.in_service(x) * (x.sorties_per_day if x.mode == "air" else 1) for x in mission.lift},
        ),
        (move.people, {u.id: u.strength for u in mission.units}),
        (move.escorts, {u.id: detachments(u) for u in mission.units}),
        ({**move.lots, **move.driven}, {lot.id: lot.count for lot in mission.equipment}),
    )
    for wanted, there in has:
        for name, count in wanted.items():
            if count > there[name]:
                yield f"takes {count} of {name}, the mission has {there[name]}"


def _left_too_early(mission: Mission, move: Move) -> Iterator[str]:
    if move.destination in mission.exit:
        for unit in (mission.unit[u] for u in move.people):
            if unit.earliest and move.arrive < unit.earliest:
                yield f"nobody of {unit.name} may leave before {unit.earliest} (units.earliest)"


def moves_together(mission: Mission, moves: Sequence[Move]) -> Iterator[tuple[str, str, str]]:
    """Pairs of moves that cannot both be made: the id of the later and of the earlier, and why."""
    yield from _double_use(mission, moves)
    yield from _gone_twice(mission, moves)
    order = {move.id: number for number, move in enumerate(moves)}
    for broken in _judged(mission, moves, TOGETHER):
        if broken.action in order:
            near = [m for m in moves if m.id != broken.action and f"after {m.id};" in broken.message]
        else:
            near = [m for m in moves if broken.action in {*m.lift, m.origin, m.destination} and _on(m, broken)]
            near = near[-2:]
        names = [*(m.id for m in near), *([broken.action] if broken.action in order else [])]
        if len(names) > 1:
            first, second = sorted(names[-2:], key=order.__getitem__)
            yield second, first, f"{broken.message} (rule {broken.rule})"
        elif names:
            yield names[0], names[0], f"{broken.message} (rule {broken.rule})"


def _gone_twice(mission: Mission, moves: Sequence[Move]) -> Iterator[tuple[str, str, str]]:
    """Moves that take more people or items out of the mission, one after another, than there are."""
    there = {unit.id: unit.strength for unit in mission.units} | {lot.id: lot.count for lot in mission.equipment}
    gone: dict[str, list[str]] = defaultdict(list)
    for move in (m for m in moves if m.destination in mission.exit):
        for name, count in (*move.people.items(), *move.lots.items(), *move.driven.items()):
            there[name] -= count
            if there[name] < 0 and gone[name]:
                yield move.id, gone[name][-1], f"together they take {-there[name]} more of {name} out than there are"
            gone[name].append(move.id)


def _on(move: Move, broken: Broken) -> bool:
    return broken.start in {move.depart, move.arrive}


def _double_use(mission: Mission, moves: Sequence[Move]) -> Iterator[tuple[str, str, str]]:
    """Moves that are on the road at the same time with the same vehicles, people or items, more than there are."""
    for number, later in enumerate(moves):
        for earlier in moves[:number]:
            if later.depart > earlier.arrive or earlier.depart > later.arrive:
                continue
            for name, total, there in _shared(mission, earlier, later):
                if total > there:
                    text = f"both are under way at the same time with {total} of {name}, the mission has {there}"
                    yield later.id, earlier.id, text


def _shared(mission: Mission, one: Move, other: Move) -> Iterator[tuple[str, int, int]]:
    for name in one.lift.keys() & other.lift.keys():
        lift = mission.lift_by_id[name]
        if lift.mode != "air":
            yield name, one.lift[name] + other.lift[name], mission.in_service(lift)
    for name in one.people.keys() & other.people.keys():
        yield name, one.people[name] + other.people[name], mission.unit[name].strength
    for name in one.escorts.keys() & other.escorts.keys():
        yield f"the detachments of {name}", one.escorts[name] + other.escorts[name], detachments(mission.unit[name])
    items, others = {**one.lots, **one.driven}, {**other.lots, **other.driven}
    for name in items.keys() & others.keys():
        yield name, items[name] + others[name], mission.lot[name].count


def against_move(mission: Mission, move: Move, other: Wish) -> str | None:  # noqa: PLR0911 - one answer a kind of wish
    """Why a move cannot be made if another wish (that is no move) comes true; None if it can."""
    to_exit = mission.exit.get(move.destination)
    match other:
        case LegWish() if other.leg in move.legs:
            entries, _ = mission.journey((mission.leg[i] for i in move.legs), move.origin, move.depart)
            days = [day for leg, _, day in entries if leg.id == other.leg]
            hit = next((day for day in days if inside(other.from_date, other.to_date, day)), None)
            return f"it enters {other.leg} on {hit}" if hit else None
        case ExitWish() if to_exit and other.exit == to_exit.id and inside(other.from_date, other.to_date, move.arrive):
            return f"it arrives at {to_exit.name} on {move.arrive}"
        case LiftWish() if other.lift in move.lift:
            return f"it uses {other.lift}"
        case WayHomeWish() if to_exit and other.unit in move.people and to_exit.id not in other.exits:
            return f"it takes people of {other.unit} to {to_exit.name}"
        case LeaveWish() if to_exit and other.unit in move.people:
            return _leaves_outside(mission, move, other)
        case LotWish() if to_exit and other.lot in {**move.lots, **move.driven}:
            wrong = other.disposition not in {None, *BY_EXIT} or set(other.excluded) >= BY_EXIT
            elsewhere = bool(other.exits) and to_exit.id not in other.exits
            return f"it takes {other.lot} to {to_exit.name}" if wrong or elsewhere else None
        case LastOutWish():
            return _after_last_out(move, other)
        case _:
            return None


def _leaves_outside(mission: Mission, move: Move, wish: LeaveWish) -> str | None:
    unit = mission.unit[wish.unit]
    if wish.not_before and move.arrive < wish.not_before:
        return f"it takes people of {unit.name} out on {move.arrive}"
    late = move.people[unit.id] - unit.rear_party - unit.stays
    if wish.not_after and move.arrive > wish.not_after and late > 0:
        return f"it takes people of {unit.name} out only on {move.arrive}"
    return None


def _after_last_out(move: Move, wish: LastOutWish) -> str | None:
    if wish.not_after is None or not move.people:
        return None
    if move.origin == wish.site and move.depart > wish.not_after:
        return f"people leave {wish.site} with it on {move.depart}"
    if move.destination == wish.site and move.arrive >= wish.not_after:
        return f"it brings people to {wish.site} on {move.arrive}"
    return None
