"""People, lots, lift and detachments are always somewhere, and nothing is left behind unaccounted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.plan.replay import Kind, Replay, detachments
from drawdown.plan.rules.rule import Broken, place_name, rule, spans

_NOUN = {"people": ("person", "people"), "lot": ("item",), "lift": ("vehicle",), "detachment": ("detachment",)}


def thing_name(replay: Replay, kind: Kind, what: str) -> str:
    """A stock's thing as it is printed."""
    mission = replay.mission
    table = {"people": mission.unit, "detachment": mission.unit, "lot": mission.lot, "lift": mission.lift_by_id}[kind]
    return str(table[what].name)  # type: ignore[attr-defined]


def _overdrawn(replay: Replay, kinds: tuple[Kind, ...], name: str) -> Iterator[Broken]:
    mission = replay.mission
    for (kind, what, place), stock in replay.stocks.items():
        if kind not in kinds:
            continue
        for first, last in spans(stock.least < 0):
            short = int(-stock.least[first : last + 1].min())
            message = (
                f"{a_few(short, *_NOUN[kind])} of {thing_name(replay, kind, what)} too many leave: they are not there"
            )
            yield Broken(
                name, what, place_name(mission, place), mission.date(first), mission.date(last), message, short
            )


@rule("Conservation: nothing moves that is not there (conventions, accounts)")
def people_conserved(replay: Replay) -> Iterator[Broken]:
    """No more people leave a place than are there."""
    yield from _overdrawn(replay, ("people",), "people_conserved")


@rule("Conservation; UN Financial Rules 105.20-105.21 (accountability and physical verification of property)")
def equipment_conserved(replay: Replay) -> Iterator[Broken]:
    """No more items of a lot leave or are disposed of at a place than are there."""
    yield from _overdrawn(replay, ("lot",), "equipment_conserved")


@rule("Lift and escorts are where their last move ended (conventions, lift and escorts)")
def lift_where_used(replay: Replay) -> Iterator[Broken]:
    """Vehicles and escorts are used only where they are, and never in two places."""
    yield from _overdrawn(replay, ("lift", "detachment"), "lift_where_used")


@rule("UN Financial Rules 105.20-105.24 (nothing leaves the books without a disposal)")
def nothing_left_behind(replay: Replay) -> Iterator[Broken]:
    """Whatever is at a site after its last-out is handed over with it, and no item is left anywhere at the end."""
    mission, plan = replay.mission, replay.plan
    for lot in mission.equipment:
        for place in replay.places_of[("lot", lot.id)]:
            if place in mission.exit:
                continue
            evening, closure = replay.evening("lot", lot.id, place), plan.closure.get(place)
            after = replay.days if closure is None else replay.day(closure.last_out)
            handed = sum(
                d.count
                for d in plan.disposals
                if d.lot == lot.id and d.place == place and d.disposition == "hand_over" and replay.day(d.day) > after
            )
            left = np.maximum(evening - handed, 0)
            left[:after] = 0
            if (left > 0).any():
                first = int(np.flatnonzero(left > 0)[0])
                count = int(left.max())
                message = (
                    f"{a_few(count, 'item')} of {lot.name} left at {place_name(mission, place)} after its last-out"
                )
                yield Broken(
                    "nothing_left_behind",
                    lot.id,
                    place_name(mission, place),
                    mission.date(first),
                    mission.date(replay.days),
                    message,
                    count,
                )


@rule("At an exit people and cargo leave the mission's care (conventions, accounts)")
def what_left_stays_out(replay: Replay) -> Iterator[Broken]:
    """People and equipment that have reached an exit do not come back."""
    for move in replay.plan.moves:
        if move.origin in replay.mission.exit and (move.people or move.lots or move.driven):
            where = place_name(replay.mission, move.origin)
            message = f"people or equipment leave {where}, which is an exit"
            yield Broken("what_left_stays_out", move.id, where, move.depart, move.arrive, message)


@rule("A unit keeps as many detachments as its remaining share of people allows (conventions, lift and escorts)")
def detachments_in_strength(replay: Replay) -> Iterator[Broken]:
    """A unit has no more detachments on the road than its remaining share of people allows."""
    mission = replay.mission
    for unit in mission.units:
        total = detachments(unit)
        if not total or not unit.strength:
            continue
        used = np.zeros(replay.days + 1, dtype=np.int64)
        for move in replay.plan.moves:
            if unit.id in move.escorts:
                used[replay.day(move.depart) : replay.day(move.arrive) + 1] += move.escorts[unit.id]
        morning = np.concatenate(([unit.strength], replay.unit_remaining(unit.id)[:-1]))
        allowed = total * morning // unit.strength
        for first, last in spans(used > allowed):
            short = int((used - allowed)[first : last + 1].max())
            message = f"{unit.name} is short of {a_few(short, 'detachment')} on the road"
            yield Broken(
                "detachments_in_strength",
                unit.id,
                unit.name,
                mission.date(first),
                mission.date(last),
                message,
                short,
            )
