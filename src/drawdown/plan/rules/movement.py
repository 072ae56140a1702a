"""Moves follow their route, take their time, fit on their lift, and go as convoys must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.mission.tables import Leg
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay, travels
from drawdown.plan.rules.rule import Broken, place_name, rule

#: Room for rounding when sums of TEU and tonnes are compared.
EPS = 1e-6


def route_name(replay: Replay, move: Move) -> str:
    """A move's route as it is printed."""
    return f"{place_name(replay.mission, move.origin)} - {place_name(replay.mission, move.destination)}"


def broken(name: str, replay: Replay, move: Move, message: str, by: float = 0.0) -> Broken:
    """A rule broken by a move, from its departure to its arrival."""
    return Broken(name, move.id, route_name(replay, move), move.depart, move.arrive, message, by)


def legs_of(replay: Replay, move: Move) -> tuple[Leg, ...]:
    """A move's legs."""
    return tuple(replay.mission.leg[leg] for leg in move.legs)


def entered(replay: Replay, move: Move) -> list[tuple[Leg, str, date]]:
    """Each leg of a move with the place from which and the day on which it is entered."""
    return replay.mission.journey(legs_of(replay, move), move.origin, move.depart)[0]


@rule("A route's legs join end to end and have one mode (conventions, how long a move takes)")
def route_joins(replay: Replay) -> Iterator[Broken]:
    """A move's legs join its origin to its destination, all in its own mode, and pass no place twice."""
    for move in replay.plan.moves:
        place, passed = move.origin, {move.origin}
        for leg in legs_of(replay, move):
            if leg.mode != move.mode:
                yield broken("route_joins", replay, move, f"leg {leg.id} is {leg.mode}, the move is by {move.mode}")
            if place not in (leg.from_place, leg.to_place):
                yield broken("route_joins", replay, move, f"leg {leg.id} does not start at {place}")
                break
            place = leg.to_place if place == leg.from_place else leg.from_place
            if place in passed:
                yield broken("route_joins", replay, move, f"it passes {place_name(replay.mission, place)} twice")
            passed.add(place)
        else:
            if place != move.destination or move.origin == move.destination:
                yield broken("route_joins", replay, move, f"the legs end at {place_name(replay.mission, place)}")


@rule("Pace lies between nominal and contested days (conventions, how long a move takes); mission.pace")
def travel_time(replay: Replay) -> Iterator[Broken]:
    """No move takes less than its legs at the planned pace, or more than at the contested; a flight takes one day."""
    for move in replay.plan.moves:
        legs, most = legs_of(replay, move), max(1.0, replay.mission.mission.pace)
        _, need = replay.mission.journey(legs, move.origin, move.depart)
        _, slow = replay.mission.journey(legs, move.origin, move.depart, pace=most)
        got = (move.arrive - move.depart).days + 1
        if got < need:
            yield broken("travel_time", replay, move, f"takes {a_few(need, 'day')}, {got} planned", need - got)
        if got > max(need, slow) and move.mode != "air":
            text = f"takes at most {a_few(max(need, slow), 'day')}, {got} planned"
            yield broken("travel_time", replay, move, text, got - max(need, slow))
        if move.mode == "air" and got > 1:
            yield broken(
                "travel_time", replay, move, f"a flight of {got} days; aircraft are back the same night", got - 1
            )


@rule("48 hours to load about 100 trucks at a remote site [P75]; mission.turnaround_days")
def turnaround(replay: Replay) -> Iterator[Broken]:
    """Lift that has arrived away from its base stays for the turnaround days before it leaves again."""
    mission, wait = replay.mission, replay.mission.mission.turnaround_days + 1
    for lift in mission.lift:
        if not travels(lift):
            continue
        for place in replay.places_of[("lift", lift.id)]:
            if place == lift.base:
                continue
            moves = [move for move in replay.plan.moves if lift.id in move.lift]
            ready = np.zeros(replay.days + 1 + wait, dtype=np.int64)
            for move in moves:
                if move.destination == place:
                    ready[replay.day(move.arrive) + wait :] += move.lift[lift.id]
            leaving = sorted((m for m in moves if m.origin == place), key=lambda m: (m.depart, m.id))
            for move, used in zip(leaving, accumulate(m.lift[lift.id] for m in leaving), strict=True):
                short = used - int(ready[replay.day(move.depart)])
                if short > 0:
                    text = f"{short} of {lift.name} leave again without {a_few(wait - 1, 'day')} to load and turn round"
                    yield broken("turnaround", replay, move, text, short)


@rule("Capacity of lift (lift.teu, lift.tonnes, lift.seats)")
def capacity(replay: Replay) -> Iterator[Broken]:
    """A load fits on its lift by room, weight and seats, each item on one vehicle; people and cargo share a cabin."""
    mission = replay.mission
    for move in replay.plan.moves:
        lift = [(mission.lift_by_id[i], n) for i, n in move.lift.items()]
        lots = [(mission.lot[i], n) for i, n in move.lots.items()]
        teu, tonnes = sum(x.teu_each * n for x, n in lots), sum(x.tonnes_each * n for x, n in lots)
        people = sum(move.people.values())
        seats = sum(x.seats * n for x, n in lift) + sum(mission.lot[i].seats_each * n for i, n in move.driven.items())
        room, weight = sum(x.teu * n for x, n in lift), sum(x.tonnes * n for x, n in lift)
        for what, need, have in (("TEU", teu, room), ("t", tonnes, weight), ("seats", people, seats)):
            if need > have + EPS:
                yield broken("capacity", replay, move, f"needs {need:g} {what}, has {have:g}", need - have)
        for lot, _ in lots:
            if not any(lot.teu_each <= x.teu + EPS and lot.tonnes_each <= x.tonnes + EPS for x, _ in lift):
                yield broken("capacity", replay, move, f"an item of {lot.name} is too large or heavy for its lift")
        if move.mode == "air" and seats and room and people / seats + teu / room > 1 + EPS:
            yield broken("capacity", replay, move, "people and cargo together do not fit in the cabin")


@rule("A vehicle needs a driver; equipment.self_propelled, seats_each")
def drivers(replay: Replay) -> Iterator[Broken]:
    """Driven items are self-propelled, go by road, and have as many people aboard to drive them."""
    for move in replay.plan.moves:
        for lot in move.driven:
            if not replay.mission.lot[lot].self_propelled or move.mode != "road":
                text = f"{replay.mission.lot[lot].name} cannot be driven on this move"
                yield broken("drivers", replay, move, text)
        short = sum(move.driven.values()) - sum(move.people.values())
        if short > 0:
            yield broken("drivers", replay, move, f"{a_few(short, 'driver')} missing", short)


@rule("Modes and service days of lift (lift.mode, available_from, available_to)")
def lift_in_service(replay: Replay) -> Iterator[Broken]:
    """Lift travels only its own mode and only while it is in service, aircraft until the day their base is left."""
    for move in replay.plan.moves:
        for i in move.lift:
            lift = replay.mission.lift_by_id[i]
            if lift.mode != move.mode:
                yield broken("lift_in_service", replay, move, f"{lift.name} does not travel by {move.mode}")
            early = lift.available_from is not None and move.depart < lift.available_from
            if early or (lift.available_to is not None and move.arrive > lift.available_to):
                yield broken("lift_in_service", replay, move, f"{lift.name} is not in service on these days")
            base = replay.plan.closure.get(lift.base)
            if base and not travels(lift) and move.depart > base.last_out:
                late = (move.depart - base.last_out).days
                yield broken(
                    "lift_in_service",
                    replay,
                    move,
                    f"the base of {lift.name} was left {a_few(late, 'day')} before",
                    late,
                )
        if not move.lift and (move.lots or (move.people and not move.driven)):
            yield broken("lift_in_service", replay, move, "nothing carries the load")


@rule("Convoy size by leg (legs.convoy_limit); the 143-vehicle, 9 km convoy from Kidal [P28, P29]")
def convoy_size(replay: Replay) -> Iterator[Broken]:
    """A convoy has no more vehicles than the smallest limit of its legs."""
    for move in replay.plan.moves:
        limits = [leg.convoy_limit for leg in legs_of(replay, move) if leg.convoy_limit]
        vehicles = sum(move.lift.values()) + sum(move.driven.values())
        if move.mode != "air" and limits and vehicles > min(limits):
            over = vehicles - min(limits)
            yield broken(
                "convoy_size", replay, move, f"{a_few(vehicles, 'vehicle')}, at most {min(limits)} may go", over
            )


@rule("Convoys keep their distance on a leg (legs.headway_days)")
def headway(replay: Replay) -> Iterator[Broken]:
    """Convoys in one direction enter a leg at least its headway apart."""
    last: dict[tuple[str, str], tuple[date, Move]] = {}
    entries = [
        (day, leg.id, place, leg.headway_days, move)
        for move in replay.plan.moves
        for leg, place, day in entered(replay, move)
        if leg.headway_days
    ]
    for day, leg_id, place, days, move in sorted(entries, key=lambda e: (e[0], e[1], e[2], e[4].id)):
        before = last.get((leg_id, place))
        if before and (day - before[0]).days < days:
            gap = (day - before[0]).days
            text = f"enters leg {leg_id} {a_few(gap, 'day')} after {before[1].id}; {days} are needed"
            yield broken("headway", replay, move, text, days - gap)
        last[(leg_id, place)] = (day, move)


def _escorts(replay: Replay, move: Move, kind: str) -> int:
    return sum(n for u, n in move.escorts.items() if getattr(replay.mission.unit[u], kind))


@rule("Authority to secure convoys until the deadline (resolution 2690 as reported [S000]; legs.escort_platoons)")
def escort(replay: Replay) -> Iterator[Broken]:
    """Until the deadline a convoy has the escorts that its legs need; after it only commercial lift goes by road.

    Escorts do not fly.
    """
    mission = replay.mission
    for move in replay.plan.moves:
        if move.escorts and move.mode == "air":
            yield broken("escort", replay, move, "escorts go with convoys, they do not fly", sum(move.escorts.values()))
        need = max(leg.escort_platoons for leg in legs_of(replay, move))
        if move.depart <= mission.mission.deadline:
            short = need - _escorts(replay, move, "escort_platoons")
            if short > 0:
                yield broken("escort", replay, move, f"{a_few(short, 'escort platoon')} missing", short)
        elif move.mode == "road" and (
            (move.driven and need) or any(not mission.lift_by_id[i].commercial for i in move.lift)
        ):
            yield broken("escort", replay, move, "after the deadline only commercial lift moves, in the host's care")


@rule("Mined legs: 98 IED events 2014-2020 and six strikes on one convoy [R04, P28]; legs.eod")
def ordnance_team(replay: Replay) -> Iterator[Broken]:
    """Until the deadline a convoy on a mined leg has an explosive-ordnance team."""
    for move in replay.plan.moves:
        mined = any(leg.eod for leg in legs_of(replay, move))
        if mined and move.depart <= replay.mission.mission.deadline and not _escorts(replay, move, "eod_teams"):
            yield broken("ordnance_team", replay, move, "no explosive-ordnance team on a mined leg", 1)
