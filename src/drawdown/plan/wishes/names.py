"""Names and days of wishes that the mission does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from drawdown.mission.faults import Fault, Spot, suggest
from drawdown.mission.mission import Mission
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


class Name(NamedTuple):
    """A name in a wish: the key under which it stands, what it names, and what there is of that."""

    key: str
    noun: str
    name: str
    known: Mapping[str, object]


def names_in(mission: Mission, wish: Wish) -> Iterator[Name]:
    """Every name that a wish uses."""
    match wish:
        case LastOutWish():
            yield Name("site", "site", wish.site, mission.site)
        case WayHomeWish() | LeaveWish():
            yield Name("unit", "unit", wish.unit, mission.unit)
        case LotWish():
            yield Name("lot", "lot", wish.lot, mission.lot)
        case LegWish():
            yield Name("leg", "leg", wish.leg, mission.leg)
        case ExitWish():
            yield Name("exit", "exit", wish.exit, mission.exit)
        case LiftWish():
            yield Name("lift", "lift", wish.lift, mission.lift_by_id)
        case MoveWish() | DispositionWish():
            pass
    if isinstance(wish, WayHomeWish | LotWish):
        yield from (Name("exit", "exit", name, mission.exit) for name in wish.exits)
    if isinstance(wish, MoveWish):
        yield from _names_of_move(mission, wish)


def _names_of_move(mission: Mission, wish: MoveWish) -> Iterator[Name]:
    move = wish.move
    tables: tuple[tuple[str, str, Iterable[str], Mapping[str, object]], ...] = (
        ("origin", "place", [move.origin], mission.place),
        ("destination", "place", [move.destination], mission.place),
        ("legs", "leg", move.legs, mission.leg),
        ("lift", "lift", move.lift, mission.lift_by_id),
        ("escorts", "unit", move.escorts, mission.unit),
        ("people", "unit", move.people, mission.unit),
        ("lots", "lot", move.lots, mission.lot),
        ("driven", "lot", move.driven, mission.lot),
    )
    for key, noun, names, known in tables:
        yield from (Name(key, noun, name, known) for name in names)


def days_in(wish: Wish) -> Iterator[tuple[str, date]]:
    """Every day that a wish names, with its key."""
    match wish:
        case MoveWish():
            yield from (("depart", wish.move.depart), ("arrive", wish.move.arrive))
        case LastOutWish() | LeaveWish():
            yield from ((key, day) for key in ("not_before", "not_after") if (day := getattr(wish, key)))
        case LegWish() | ExitWish():
            yield from ((key, day) for key in ("from_date", "to_date") if (day := getattr(wish, key)))
        case _:
            pass


def strangers(mission: Mission, number: int, wish: Wish) -> Iterator[Fault]:
    """What a wish names that the mission does not have, and days on which no plan acts."""
    for key, noun, name, known in names_in(mission, wish):
        if name not in known:
            message = f"the mission has no {noun} `{name}`"
            yield Fault("fault", Spot("wishes", number, key), name, message, suggest(name, known))
    header = mission.mission
    for key, day in dict(days_in(wish)).items():
        if not 1 <= mission.day(day) <= mission.days:
            message = f"{day} is no day of a plan"
            remedy = f"plans act after {header.cessation} and up to {header.liquidation_end}"
            yield Fault("fault", Spot("wishes", number, key), str(day), message, remedy)
    if isinstance(wish, MoveWish) and wish.move.arrive < wish.move.depart:
        message = f"it arrives before it leaves ({wish.move.depart})"
        yield Fault("fault", Spot("wishes", number, "arrive"), str(wish.move.arrive), message, "correct the two days")
