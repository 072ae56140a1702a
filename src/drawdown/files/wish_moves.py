"""Moves in a file of wishes: written out as a row of a plan would be, or kept from an earlier plan by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from drawdown.files.wish_row import COUNT, DAY, ID, Item
from drawdown.mission.faults import suggest
from drawdown.mission.network import shortest_route
from drawdown.mission.tables import Leg
from drawdown.plan.model import Move
from drawdown.plan.wishes.earliest import asked_ahead

_CARRIED = ("lift", "escorts", "people", "lots", "driven")
_KEYS = ("id", "origin", "destination", "mode", "legs", "depart", "arrive", "clearance_asked", *_CARRIED)
_EXAMPLE = "{origin: gao, destination: bamako, depart: 2023-10-02, lift: {gao-hauliers: 20}, lots: {...}}"


def kept_moves(item: Item) -> Iterator[Move]:
    """The moves of an earlier plan that a row keeps."""
    names, earlier = item.several("keep_move", ID), item.context.earlier
    if earlier is None:
        if not item.spoilt:
            remedy = "name it at the top of the file, as `plan: FOLDER`"
            item.tell("keep_move", "there is no earlier plan to keep a move of", remedy, ", ".join(names))
        return
    moves = {move.id: move for move in earlier.moves}
    for name in names:
        if name in moves:
            yield moves[name]
        else:
            message = f"the earlier plan `{earlier.name}` has no such move"
            item.tell("keep_move", message, suggest(name, moves), name)


def move_of(item: Item, noun: str) -> Iterator[Move]:
    """The move that a row writes out. What it leaves out is the quickest way, its days, and asking in time."""
    row = item.inner(noun, _KEYS, _EXAMPLE)
    if not row.spoilt:
        yield from _move(row, noun)
    item.spoilt |= row.spoilt


def _move(row: Item, noun: str) -> Iterator[Move]:
    mission, as_of = row.context.mission, row.context.as_of
    values: dict[str, Any] = {name: _counts(row, name) for name in _CARRIED}
    values["id"] = row.value("id", ID) or f"line-{row.node.line}"
    for key, column in (("origin", ID), ("destination", ID), ("depart", DAY)):
        values[key] = row.value(key, column)
        if values[key] is None and not row.spoilt:
            row.tell(None, f"`{key}` is missing", f"write `{noun}: {_EXAMPLE}`")
    for key in ("origin", "destination"):
        if values[key] is not None and values[key] not in mission.place:
            row.tell(key, f"the mission has no place `{values[key]}`", suggest(values[key], mission.place), values[key])
    legs = _legs(row, noun, values) if not row.spoilt else None
    if not legs or row.spoilt:
        return
    entries, days = mission.journey(legs, values["origin"], values["depart"])
    asked = [asked_ahead(mission, leg, day, as_of) for leg, _, day in entries]
    lead = max((x for x in asked if isinstance(x, int)), default=None)
    values["arrive"] = row.value("arrive", DAY) or values["depart"] + timedelta(days=days - 1)
    values["clearance_asked"] = row.value("clearance_asked", DAY) or (
        None if lead is None else values["depart"] - timedelta(days=lead)
    )
    if not row.spoilt:
        yield Move.model_validate({**values, "mode": legs[0].mode, "legs": tuple(leg.id for leg in legs)})


def _counts(row: Item, key: str) -> dict[str, int]:
    """Things by their number, such as `{gao-hauliers: 20}`."""
    node = row.keys.get(key)
    if node is None or node.blank:
        return {}
    if not isinstance(node.value, dict):
        row.tell(key, f"`{key}` is not a mapping", f"write `{key}: {{NAME: NUMBER}}`")
        return {}
    inner = Item(row.context, row.number, node)
    found = {inner.name(name): inner.read(name, value, COUNT) for name, value in node.value.items()}
    for name, _ in node.repeated:
        inner.tell(name, "is a key twice", "add the numbers up in one", name)
    row.spoilt |= inner.spoilt
    return {name: count for name, count in found.items() if name and count is not None}


def _legs(row: Item, noun: str, values: dict[str, Any]) -> tuple[Leg, ...] | None:
    """The legs that a row names, or else the quickest way that its lift can go; None if told that there is none."""
    names, mission = row.several("legs", ID), row.context.mission
    for name in names:
        if name not in mission.leg:
            row.tell("legs", f"the mission has no leg `{name}`", suggest(name, mission.leg), name)
    if names or row.spoilt:
        return None if row.spoilt else tuple(mission.leg[name] for name in names)
    mode = row.value("mode", ID) or ("air" if noun == "flight" else "road")
    lift = next((mission.lift_by_id[x] for x in values["lift"] if x in mission.lift_by_id), None)
    way = shortest_route(mission, values["origin"], values["destination"], mode, values["depart"], lift)
    if not way:
        message = f"no way by {mode} leads from {values['origin']} to {values['destination']} on {values['depart']}"
        row.tell("destination", message, "name its `legs`, or another `mode`, lift or day", values["destination"])
    return way or None
