"""From columns back to a plan: loads of kept moves, flights and bus trips flown and driven anew, separations."""

from __future__ import annotations

from collections import Counter, defaultdict

from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan, Separation
from drawdown.planner.construction.board import numbered
from drawdown.planner.construction.timetable import Departure
from drawdown.planner.people_flow.model import PeopleModel
from drawdown.planner.people_flow.seats import Ride, Vehicle
from drawdown.planner.relaxation.program import Values


def rewritten(plan: Plan, model: PeopleModel, x: Values) -> Plan:
    """The plan with its people moved as the columns say; vehicles that nobody needs stay where they are."""
    mission, whole = model.replay.mission, x.round().astype(int)
    loads: dict[int, dict[str, int]] = defaultdict(dict)
    for (number, unit), column in model.aboard.items():
        if whole[column] > 0:
            loads[number][unit] = int(whole[column])
    moves: list[Move] = []
    seatless = {ride.move.id for ride in model.rides if ride.move}
    for number, ride in enumerate(model.rides):
        if ride.move:
            moves.append(ride.move.model_copy(update={"people": loads.get(number, {})}))
        elif number in loads:
            added = [(v, int(whole[model.added[number, n]])) for n, v in enumerate(ride.vehicles)]
            moves += _added(mission, ride, loads[number], _needed(added, sum(loads[number].values())))
    moves += [move for move in plan.moves if move.id not in seatless and not move.people]
    rows = [
        Separation(unit=unit, count=int(whole[column]), place=place, day=mission.date(day))
        for (unit, place, day), column in model.leaving.items()
        if whole[column] > 0
    ]
    ordered = tuple(sorted(rows, key=lambda s: (s.day, s.unit, s.place)))
    return plan.model_copy(update={"moves": numbered(moves), "separations": ordered})


def _needed(added: list[tuple[Vehicle, int]], people: int) -> dict[str, tuple[Vehicle, int]]:
    """Of the vehicles that a ride may have, those that its people fill: the cheapest seats first."""
    found, left = {}, people
    for vehicle, most in sorted(added, key=lambda row: (row[0].usd / row[0].lift.seats, row[0].lift.id)):
        count = min(most, -(-left // vehicle.lift.seats))
        if count > 0:
            found[vehicle.lift.id] = vehicle, count
            left -= count * vehicle.lift.seats
    return found


def _added(mission: Mission, ride: Ride, load: dict[str, int], needed: dict[str, tuple[Vehicle, int]]) -> list[Move]:
    """A flight for each kind of aircraft, or one convoy of buses and its empty way home."""
    if ride.trip is None:
        return []
    if ride.back:
        lift = {name: count for name, (_, count) in needed.items()}
        return [_move(mission, ride.trip, lift, load), _move(mission, ride.back, lift, {})]
    left, moves = Counter(load), []
    for name, (vehicle, count) in needed.items():
        seats, aboard = count * vehicle.lift.seats, {}
        for unit in sorted(left):
            aboard[unit] = min(left[unit], seats)
            seats -= aboard[unit]
        left -= Counter(aboard)
        moves.append(_move(mission, ride.trip, {name: count}, {u: n for u, n in aboard.items() if n}))
    return moves


def _move(mission: Mission, trip: Departure, lift: dict[str, int], people: dict[str, int]) -> Move:
    route = trip.route
    asked = None if trip.lead is None else mission.date(trip.day - trip.lead)
    return Move(
        id="new",
        mode=route.legs[0].mode,
        origin=route.origin,
        destination=route.destination,
        legs=tuple(leg.id for leg in route.legs),
        depart=mission.date(trip.day),
        arrive=mission.date(trip.arrive),
        lift=lift,
        people=people,
        clearance_asked=asked,
    )
