"""The mission as wishes change it, so that every planner and every bound obeys them without knowing of them.

A plan is always judged against the mission itself; the changed one is only what it is planned from. Everything that
a row can say is said here. What no row can say is left to the planner: last-outs, moves, the exits of single lots,
and exits that are shut for a while (legs can be, by the host's clearances).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from drawdown.plan.wishes.model import (
    ExitWish,
    LeaveWish,
    LegWish,
    LiftWish,
    WayHomeWish,
    Wish,
    Wishes,
)
from drawdown.plan.wishes.options import ends_left, exits_left, unit_exits

_DAY = timedelta(days=1)


def wished_mission(mission: Mission, wishes: Wishes | Iterable[Wish]) -> Mission:
    """The mission with every wish that its rows can say; the mission itself if there is none. Names are known."""
    rows = wishes.wishes if isinstance(wishes, Wishes) else tuple(wishes)
    legs, clearances = _legs(mission, rows)
    tables: dict[str, tuple[Any, ...]] = {
        "units": tuple(_unit(mission, unit, rows) for unit in mission.units),
        "equipment": tuple(_lot(lot, rows) for lot in mission.equipment),
        "exits": tuple(_exit(mission, way_out, rows) for way_out in mission.exits),
        "lift": tuple(_lift(lift, rows) for lift in mission.lift),
        "legs": legs,
        "clearances": clearances,
    }
    changed = {name: new for name, new in tables.items() if new != mission.rows(name)}
    return mission.model_copy(update=changed) if changed else mission


def _unit(mission: Mission, unit: t.Unit, wishes: tuple[Wish, ...]) -> t.Unit:
    exits, earliest, latest = unit.exits, unit.earliest, unit.latest
    for wish in wishes:
        match wish:
            case WayHomeWish() if wish.unit == unit.id:
                exits = exits_left(exits or unit_exits(mission, unit), wish)
            case LeaveWish() if wish.unit == unit.id:
                earliest = max((day for day in (earliest, wish.not_before) if day), default=None)
                latest = min((day for day in (latest, wish.not_after) if day), default=None)
            case _:
                pass
    return unit.model_copy(update={"exits": exits, "earliest": earliest, "latest": latest})


def _lot(lot: t.Lot, wishes: tuple[Wish, ...]) -> t.Lot:
    return lot.model_copy(update={"dispositions": ends_left(lot.dispositions, lot, wishes)})


def _lift(lift: t.Lift, wishes: tuple[Wish, ...]) -> t.Lift:
    """Excluded lift stays in the tables without room: aircraft among it go on evacuating casualties."""
    if any(isinstance(wish, LiftWish) and wish.lift == lift.id for wish in wishes):
        return lift.model_copy(update={"teu": 0.0, "tonnes": 0.0, "seats": 0})
    return lift


def _exit(mission: Mission, way_out: t.Exit, wishes: tuple[Wish, ...]) -> t.Exit:
    """An exit that is shut from the start or to the end has other open dates."""
    for wish in wishes:
        if isinstance(wish, ExitWish) and wish.exit == way_out.id:
            dates = _narrowed(mission, way_out.open_from, way_out.open_to, wish)
            if dates:
                way_out = way_out.model_copy(update={"open_from": dates[0], "open_to": dates[1]})
    return way_out


def _narrowed(
    mission: Mission, opens: date | None, closes: date | None, wish: LegWish | ExitWish
) -> tuple[date | None, date | None] | None:
    """Open dates without the days of a wish; None if it takes days out of their middle."""
    header = mission.mission
    first, last = header.cessation + _DAY, header.liquidation_end
    begins, ends = max(opens or first, first), min(closes or last, last)
    shut_from, shut_to = wish.from_date or first, wish.to_date or last
    if shut_to < begins or shut_from > ends:
        return opens, closes
    if shut_from <= begins and shut_to >= ends:
        return None, header.cessation - _DAY
    if shut_from <= begins:
        return shut_to + _DAY, closes
    if shut_to >= ends:
        return opens, shut_from - _DAY
    return None


def shut_between(mission: Mission, wishes: Wishes) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each exit, first and last day number of every time of which its open dates cannot tell that it is shut."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for wish in wishes.wishes:
        if isinstance(wish, ExitWish) and wish.from_date and wish.to_date:
            way_out = mission.exit[wish.exit]
            if _narrowed(mission, way_out.open_from, way_out.open_to, wish) is None:
                days = mission.day(wish.from_date), mission.day(wish.to_date)
                found[wish.exit] = (*found.get(wish.exit, ()), days)
    return found


def _legs(mission: Mission, wishes: tuple[Wish, ...]) -> tuple[tuple[t.Leg, ...], tuple[t.Clearance, ...]]:
    """Legs with other open dates, or of a class of clearances of their own that has a block between two days."""
    legs, clearances = [], list(mission.clearances)
    for leg in mission.legs:
        blocks = []
        for wish in wishes:
            if isinstance(wish, LegWish) and wish.leg == leg.id:
                dates = _narrowed(mission, leg.open_from, leg.open_to, wish)
                if dates is None:
                    blocks.append(wish)
                else:
                    leg = leg.model_copy(update={"open_from": dates[0], "open_to": dates[1]})  # noqa: PLW2901 - narrower
        if blocks:
            own = f"wish:{leg.id}"
            clearances += _class_with_blocks(mission, leg, own, blocks, len(clearances))
            leg = leg.model_copy(update={"clearance_class": own})  # noqa: PLW2901 - the same leg, asked for otherwise
        legs.append(leg)
    return tuple(legs), tuple(clearances)


def _class_with_blocks(
    mission: Mission, leg: t.Leg, own: str, blocks: list[LegWish], serial: int
) -> Iterable[t.Clearance]:
    """The rows of a leg's class for the leg alone, and a block for each wish."""
    rows = [c for c in mission.clearances if (c.clearance_class, c.mode) == (leg.clearance_class, leg.mode)]
    like = t.Clearance(id="wish", clearance_class=own, mode=leg.mode, area=leg.id, state="open")
    new = [row.model_copy(update={"clearance_class": own}) for row in rows] or [like]
    new += [
        like.model_copy(update={"state": "blocked", "from_date": wish.from_date, "to_date": wish.to_date})
        for wish in blocks
    ]
    return [row.model_copy(update={"id": f"wish-{serial + n}"}) for n, row in enumerate(new)]
