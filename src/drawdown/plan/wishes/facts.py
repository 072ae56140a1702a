"""Wishes that contradict the mission: one small function a kind of wish, each naming the mission's own fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from drawdown.mission.checks.finding import a_few, listed
from drawdown.mission.disposal import GIVEN, never_given
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Exit, Lot, Unit
from drawdown.plan.wishes.earliest import earliest_last_out
from drawdown.plan.wishes.model import (
    DispositionWish,
    ExitWish,
    LastOutWish,
    LeaveWish,
    LegWish,
    LotWish,
    WayHomeWish,
    Wish,
)
from drawdown.plan.wishes.options import (
    accepts,
    ends_left,
    exits_left,
    lawful_ends,
    lot_exits,
    open_days,
    owner_of,
    unit_exits,
)


class Clash(NamedTuple):
    """What is wrong with a wish: under which of its keys, what that says, what speaks against it, and the remedy."""

    key: str
    value: str
    message: str
    remedy: str


def against_mission(mission: Mission, wish: Wish, as_of: date | None = None) -> Iterator[Clash]:
    """Why the mission by itself does not let a wish come true; nothing if it may. Names and days are known."""
    match wish:
        case LastOutWish():
            yield from _window(wish)
            yield from _last_out(mission, wish, as_of)
        case WayHomeWish():
            yield from _way_home(mission, wish)
        case LeaveWish():
            yield from _window(wish)
            yield from _leave(mission, wish)
        case LotWish():
            yield from _lot(mission, wish)
        case DispositionWish():
            yield from _disposition(mission, wish)
        case LegWish() | ExitWish():
            yield from _span(wish)
        case _:
            pass


def _window(wish: LastOutWish | LeaveWish) -> Iterator[Clash]:
    if wish.not_before and wish.not_after and wish.not_before > wish.not_after:
        message = f"not before {wish.not_before} and not after {wish.not_after} leaves no day"
        yield Clash("not_after", str(wish.not_after), message, "swap the two days")


def _span(wish: LegWish | ExitWish) -> Iterator[Clash]:
    if wish.from_date and wish.to_date and wish.from_date > wish.to_date:
        message = f"ends before it starts ({wish.from_date})"
        yield Clash("to_date", str(wish.to_date), message, "swap the two days")


def _last_out(mission: Mission, wish: LastOutWish, as_of: date | None) -> Iterator[Clash]:
    site, header = mission.site[wish.site], mission.mission
    first, why = earliest_last_out(mission, site, as_of)
    if wish.not_after and wish.not_after < first:
        message = f"{site.name} cannot be left before {first}: {why}"
        yield Clash("not_after", str(wish.not_after), message, f"wish for {first} or later")
    if wish.not_before is None:
        return
    day, value = wish.not_before, str(wish.not_before)
    if not site.liquidation and day > header.deadline:
        message = f"{site.name} is not named for liquidation, it is left by the deadline, {header.deadline}"
        yield Clash("not_before", value, message, f"wish for {header.deadline} or earlier, or name it in sites")
    elif day > header.deadline and not _may_be_there(mission, site.id):
        message = f"nobody may be at {site.name} after the deadline, {header.deadline} (units.stays_at, rear_party)"
        yield Clash("not_before", value, message, f"wish for {header.deadline} or earlier, or name people in units")


def _may_be_there(mission: Mission, site: str) -> bool:
    return any(u.rear_party or (u.stays and u.stays_at == site) for u in mission.units)


def _refused(way_out: Exit, contributor: str, what: str) -> str | None:
    """Why an exit lets nobody, or nothing, of a contributor out."""
    if what not in way_out.takes:
        return f"{way_out.name} does not take {what} (exits.takes)"
    if not accepts(way_out, contributor):
        return f"{way_out.name} is kept for {listed(way_out.contributors)} (exits.contributors)"
    return None


def _way_home(mission: Mission, wish: WayHomeWish) -> Iterator[Clash]:
    unit = mission.unit[wish.unit]
    if unit.separates:
        yield Clash("unit", unit.id, f"{unit.name} separates where it serves (units.separates)", "leave the wish out")
        return
    for name in wish.exits:
        text = _refused(mission.exit[name], unit.contributor, "people")
        if unit.exits and name not in unit.exits:
            text = f"the contributor of {unit.name} accepts only {listed(unit.exits)} (units.exits)"
        if text:
            yield Clash("exit", name, text, _one_of(unit_exits(mission, unit)))


def _one_of(names: tuple[str, ...]) -> str:
    return f"use one of {listed(names)}" if names else "leave the wish out"


def _leave(mission: Mission, wish: LeaveWish) -> Iterator[Clash]:
    unit, header = mission.unit[wish.unit], mission.mission
    if wish.not_after and unit.earliest and wish.not_after < unit.earliest:
        message = f"nobody of {unit.name} may leave before {unit.earliest} (units.earliest)"
        yield Clash("not_after", str(wish.not_after), message, f"wish for {unit.earliest} or later")
    if wish.not_before is None:
        return
    last, column = (unit.latest, "units.latest") if unit.latest else (header.deadline, "deadline")
    all_may_stay = _stayers(unit) >= unit.strength
    if wish.not_before > last and not all_may_stay:
        message = f"{unit.name} has to be out by {last} ({column})"
        yield Clash("not_before", str(wish.not_before), message, f"wish for {last} or earlier")


def _stayers(unit: Unit) -> int:
    return unit.rear_party + unit.stays


def _lot(mission: Mission, wish: LotWish) -> Iterator[Clash]:
    lot = mission.lot[wish.lot]
    lawful, owner = lawful_ends(mission, lot), owner_of(mission, lot)
    if wish.disposition and wish.disposition not in lawful:
        words = wish.disposition.replace("_", " ")
        message = f"{lot.name} is not to {words}: {_why_not(lot, wish.disposition)}"
        yield Clash("disposition", wish.disposition, message, _one_of(lawful))
    elif not ends_left(lawful, lot, [wish]):
        message = (
            f"leaves nothing that may become of {lot.name}; lawful is to {listed(lawful)} (equipment.dispositions)"
        )
        yield Clash("exit" if wish.exits else "not", _asked(wish), message, "allow one of them")
    for name in wish.exits:
        if text := _refused(mission.exit[name], owner, "equipment"):
            yield Clash("exit", name, text, _one_of(lot_exits(mission, lot)))


def _asked(wish: LotWish) -> str:
    return ", ".join(wish.exits or wish.excluded)


def _why_not(lot: Lot, end: str) -> str:
    if end not in lot.dispositions:
        return f"its owner allows {listed(lot.dispositions)} (equipment.dispositions)"
    if end in GIVEN and never_given(lot):
        return "it is never sold or given away, whoever owns it (rule never_given)"
    return f"its group {lot.asset_group} does not allow it (disposal_groups)"


def _disposition(mission: Mission, wish: DispositionWish) -> Iterator[Clash]:
    stuck = [lot.id for lot in mission.equipment if lot.count and not ends_left(lawful_ends(mission, lot), lot, [wish])]
    if stuck:
        message = f"leaves nothing that may become of {a_few(len(stuck), 'lot')}: {listed(stuck)}"
        remedy = "say which lots by `lot` and `not`, or let their owners allow more"
        yield Clash("disposition", wish.disposition, message, remedy)


def exits_shut(mission: Mission, wish: WayHomeWish | LotWish, shut: tuple[ExitWish, ...]) -> bool:
    """Whether some wishes about exits leave a wish for an exit no day on which it could come true."""
    if isinstance(wish, LotWish) and not wish.exits:
        return False
    every = (
        unit_exits(mission, mission.unit[wish.unit])
        if isinstance(wish, WayHomeWish)
        else lot_exits(mission, mission.lot[wish.lot])
    )
    left = exits_left(every, wish)
    return bool(left) and not any(True for name in left for _ in open_days(mission, mission.exit[name], shut))
