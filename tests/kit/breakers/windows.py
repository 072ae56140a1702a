"""Fly, leave or pass where or when that is not possible."""

from drawdown.mission.network import can_land
from drawdown.plan.model import Move
from kit.breakers.spoilt import ONE_DAY, Spoilt, first_move, last_day, outward, spoil, spoil_move
from kit.lawful import insert
from kit.missions import change


def _flight(plan):
    return first_move(plan, lambda m: m.mode == "air")


def break_runway(mission, plan):
    """An aeroplane flies to where it cannot land."""
    flight = _flight(plan)
    lift, site = next((x, s) for x in mission.lift for s in mission.sites if x.mode == "air" and not can_land(x, s))
    return spoil_move(mission, plan, flight, destination=site.id, lift={lift.id: 1})


def break_sorties(mission, plan):
    """An aircraft flies from morning to morning."""
    flight = _flight(plan)
    lift = next(iter(flight.lift))
    return spoil(mission, plan, "moves", flight, lift, lift={lift: 1000})


def break_airfield_slots(mission, plan):
    """A thousand flights use one airfield in a day."""
    flight = _flight(plan)
    return spoil(mission, plan, "moves", flight, flight.origin, lift={next(iter(flight.lift)): 1000})


def break_airfield_unit(mission, plan):
    """An aeroplane lands at the very end, when nobody runs the airfield any more."""
    site = next(site.id for site in mission.sites if site.airfield_unit)
    lift = next(lift.id for lift in mission.lift if lift.kind == "aeroplane")
    leg = next(leg for leg in mission.legs if leg.mode == "air" and site in {leg.from_place, leg.to_place})
    end = last_day(mission)
    late = Move(
        id="late-flight", mode="air", origin=leg.from_place, destination=leg.to_place, legs=(leg.id,), depart=end,
        arrive=end, lift={lift: 1},
    )  # fmt: skip
    return Spoilt(mission, insert(plan, "moves", late), "late-flight")


def break_season(mission, plan):
    """The rains close a track on which a convoy is planned."""
    move = first_move(plan, lambda m: mission.in_season(mission.leg[m.legs[0]], m.depart))
    return Spoilt(change(mission, "legs", move.legs[0], season_closed=True), plan, move.id)


def break_open_days(mission, plan):
    """The border closes the day before a convoy reaches it."""
    move = next(outward(mission, plan))
    return Spoilt(change(mission, "exits", move.destination, open_to=move.arrive - ONE_DAY), plan, move.id)


def break_exit_capacity(mission, plan):
    """A whole army leaves through one gate in a day."""
    move = next(move for move in outward(mission, plan) if move.people)
    people = dict.fromkeys(move.people, 100_000)
    return spoil(mission, plan, "moves", move, move.destination, people=people)


def break_exit_for(mission, plan):
    """An exit is kept for a contributor whose people it is not that leave there."""
    move = next(outward(mission, plan))
    return Spoilt(change(mission, "exits", move.destination, contributors=("ISL",)), plan, move.id)


def break_way_home(mission, plan):
    """National staff are flown out of their own country."""
    move = next(move for move in outward(mission, plan) if move.people)
    national = next(unit.id for unit in mission.units if unit.separates)
    return spoil_move(mission, plan, move, people={national: 1})
