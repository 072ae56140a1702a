"""One row of a file of wishes becomes one wish or more, or is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from drawdown.files.wish_moves import kept_moves, move_of
from drawdown.files.wish_row import DAY, END, ID, TEXT, YES_NO, Item
from drawdown.mission.faults import suggest
from drawdown.plan.wishes import (
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

_WINDOW = ("on", "not_before", "not_after")
_SPAN = ("from", "to")


def read_item(item: Item) -> list[Wish]:
    """The wishes of a row; none if something in it is wrong, which is told."""
    if not item.keys:
        item.tell(None, "is a row without keys", "write `- {site: ..., last_out: {...}}`")
        return []
    subject = next((key for key in _SUBJECTS if key in item.keys), None)
    if subject is None:
        key = next(iter(item.keys))
        item.tell(key, "says nothing that can be wished for", suggest(key, _SUBJECTS), key)
        return []
    allowed, read = _SUBJECTS[subject]
    item.only((subject, *allowed, "reason"))
    common = {"where": item.where, "reason": item.value("reason", TEXT)}
    wishes = list(read(item, common))
    return [] if item.spoilt else wishes


def _window(item: Item, key: str) -> dict[str, Any]:
    """Days under `last_out` or `leaves`."""
    days = item.inner(key, _WINDOW, "{not_before: 2023-10-01, not_after: 2023-10-31}")
    on, first, last = (days.value(name, DAY) for name in _WINDOW)
    item.spoilt |= days.spoilt
    if on and (first or last):
        item.tell(key, "says `on` and another day as well", "keep one of them")
    return {"not_before": on or first, "not_after": on or last}


def _span(item: Item) -> dict[str, Any]:
    """Days under `forbidden`: a mapping, or yes for every day."""
    if "forbidden" not in item.keys:
        item.tell(None, "`forbidden` is missing", "write `forbidden: {from: 2023-10-01, to: 2023-10-31}`")
        return {}
    node = item.keys["forbidden"]
    if isinstance(node.value, str):
        if item.value("forbidden", YES_NO) is not True and not item.spoilt:
            item.tell("forbidden", "says nothing", "write yes, or its days as {from: ..., to: ...}", node.value)
        return {}
    days = item.inner("forbidden", _SPAN, "{from: 2023-10-01, to: 2023-10-31}")
    found = {"from_date": days.value("from", DAY), "to_date": days.value("to", DAY)}
    item.spoilt |= days.spoilt
    return found


def _site(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name = item.value("site", ID)
    if "last_out" not in item.keys:
        item.tell(None, "`last_out` is missing", "write `last_out: {not_after: 2023-11-10}`")
        return
    days = _window(item, "last_out")
    if name and not item.spoilt:
        yield LastOutWish(site=name, **days, **common)


def _unit(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name, exits = item.value("unit", ID), item.several("exit", ID)
    days = _window(item, "leaves") if "leaves" in item.keys else {}
    if not (exits or days or item.spoilt):
        item.tell(None, "says nothing of the unit", "add `exit`, or `leaves` with its days")
    if name and exits:
        yield WayHomeWish(unit=name, exits=exits, **common)
    if name and days and not item.spoilt:
        yield LeaveWish(unit=name, **days, **common)


def _lot(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name, end = item.value("lot", ID), item.value("disposition", END)
    exits, excluded = item.several("exit", ID), item.several("not", END)
    if not (end or exits or excluded or item.spoilt):
        item.tell(None, "says nothing of the lot", "add `disposition`, `exit` or `not`")
    elif name:
        yield LotWish(lot=name, disposition=end, exits=exits, excluded=excluded, **common)


def _leg(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name, days = item.value("leg", ID), _span(item)
    if name:
        yield LegWish(leg=name, **days, **common)


def _exit(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name, days = item.value("exit", ID), _span(item)
    if name:
        yield ExitWish(exit=name, **days, **common)


def _excluded(item: Item) -> None:
    if item.value("excluded", YES_NO) is not True and not item.spoilt:
        item.tell("excluded", "does not say that it is excluded", "write `excluded: yes`")


def _disposition(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    end = item.value("disposition", END)
    _excluded(item)
    if end:
        yield DispositionWish(disposition=end, **common)


def _lift(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    name = item.value("lift", ID)
    _excluded(item)
    if name:
        yield LiftWish(lift=name, **common)


def _convoy(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    return (MoveWish(move=move, **common) for move in move_of(item, "convoy"))


def _flight(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    return (MoveWish(move=move, **common) for move in move_of(item, "flight"))


def _kept(item: Item, common: dict[str, Any]) -> Iterator[Wish]:
    return (MoveWish(move=move, **common) for move in kept_moves(item))


#: What a row can be about, by the key that says so (the first that it has), with the other keys that it may have.
_SUBJECTS: dict[str, tuple[tuple[str, ...], Callable[[Item, dict[str, Any]], Iterator[Wish]]]] = {
    "convoy": ((), _convoy),
    "flight": ((), _flight),
    "keep_move": ((), _kept),
    "site": (("last_out",), _site),
    "unit": (("exit", "leaves"), _unit),
    "lot": (("disposition", "exit", "not"), _lot),
    "leg": (("forbidden",), _leg),
    "exit": (("forbidden",), _exit),
    "lift": (("excluded",), _lift),
    "disposition": (("excluded",), _disposition),
}
