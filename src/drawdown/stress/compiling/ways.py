"""How acts travel, and how their people can go when that way is refused or shut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.network import can_land, leg_open, lift_can_use, open_on
from drawdown.mission.tables import Exit, Leg, Lift
from drawdown.plan.model import Move
from drawdown.plan.replay import travels
from drawdown.stress.compiling.index import Index
from drawdown.stress.compiling.piles import Piles
from drawdown.stress.script import Alternative, Kind, Passage, Way


def way(index: Index, legs: Iterable[Leg], origin: str, depart: date) -> Way:
    """The way over some legs from a place on a day."""
    mission, legs = index.mission, tuple(legs)
    entries, days = mission.journey(legs, origin, depart)
    passages = tuple(
        Passage(index.leg[leg.id], int(place != leg.from_place), (day - depart).days) for leg, place, day in entries
    )
    classes = dict.fromkeys(c for c in (index.class_of(leg) for leg in legs) if c >= 0)
    exact = sum(mission.leg_days(leg, day) for leg, _, day in entries)
    return Way(air=legs[0].mode == "air", passages=passages, classes=tuple(classes), days=days, exact=exact)


def alternative(index: Index, piles: Piles, move: Move) -> Alternative | None:
    """Another way for the people of a move: by another mode, else to another exit that they may use."""
    if not move.people or move.mode not in {"road", "air"}:
        return None
    for place in (move.destination, *_other_exits(index, move)):
        modes = ("air", "road") if move.mode == "road" else ("road", "air")
        for mode in modes:
            if place == move.destination and mode == move.mode:
                continue
            found = (_by_air if mode == "air" else _by_road)(index, piles, move, place)
            if found is not None:
                return found
    return None


def _other_exits(index: Index, move: Move) -> Iterator[str]:
    """Exits that everybody on a move may use, the nearest first (for moves to an exit)."""
    mission = index.mission
    if move.destination not in mission.exit:
        return
    here = mission.place[move.origin]
    units = [mission.unit[u] for u in move.people]

    def suits(way_out: Exit) -> bool:
        return (
            "people" in way_out.takes
            and way_out.id != move.destination
            and open_on(way_out, mission.mission.deadline)
            and sum(move.people.values()) <= way_out.people_per_day
            and all(not u.exits or way_out.id in u.exits for u in units)
            and all(not way_out.contributors or u.contributor in way_out.contributors for u in units)
        )

    near = sorted(filter(suits, mission.exits), key=lambda x: (great_circle_km(here.lat, here.lon, x.lat, x.lon), x.id))
    yield from (x.id for x in near)


def _by_air(index: Index, piles: Piles, move: Move, place: str) -> Alternative | None:
    """By the aircraft that needs the fewest sorties, on a direct flight."""
    del piles  # aircraft are in no pile
    mission, heads = index.mission, sum(move.people.values())
    best: Alternative | None = None
    for lift in mission.lift:
        if travels(lift) or not lift.seats or move.origin not in index.field or place not in index.field:
            continue
        sorties = -(-heads // lift.seats)
        slots = min(mission.place[end].flights_per_day for end in (move.origin, place))
        if sorties > min(mission.in_service(lift) * lift.sorties_per_day, slots) or not _reaches(
            mission, lift, move, place
        ):
            continue
        leg = _direct(index, lift, move, place)
        if leg is None or (best is not None and sorties >= best.sorties):
            continue
        best = Alternative(
            way=way(index, (leg,), move.origin, move.depart),
            exit=index.exit.get(place, -1),
            origin_field=index.field[move.origin],
            destination_field=index.field[place],
            lift=index.lift[lift.id],
            sorties=sorties,
            pile=-1,
            vehicles=0,
            escort_pile=-1,
            escorts=0,
        )
    return best


def _direct(index: Index, lift: Lift, move: Move, place: str) -> Leg | None:
    """The quickest air leg from a move's origin to a place that is open on its day and that a lift can fly."""
    mission = index.mission
    legs = index.flown.get(frozenset((move.origin, place)), ())
    usable = (x for x in legs if leg_open(mission, x, move.depart) and lift_can_use(mission, lift, x))
    return min(usable, key=lambda leg: (mission.leg_days(leg, move.depart), leg.id), default=None)


def _reaches(mission: Mission, lift: Lift, move: Move, place: str) -> bool:
    base = mission.place[lift.base]
    for end in (mission.place[move.origin], mission.place[place]):
        far = great_circle_km(base.lat, base.lon, end.lat, end.lon)
        if not can_land(lift, end) or (lift.range_km and far > lift.range_km):
            return False
    return True


def _by_road(index: Index, piles: Piles, move: Move, place: str) -> Alternative | None:
    """By the road lift at the origin that needs the fewest vehicles, with escorts from there if the legs need any."""
    mission, heads = index.mission, sum(move.people.values())
    route = index.road(move.origin, place, move.depart)
    if not route or any(leg.eod for leg in route):
        return None  # teams that clear mines are planned for, not found overnight
    day = mission.day(move.depart) - 1
    limit = min((leg.convoy_limit for leg in route if leg.convoy_limit), default=heads)
    lift = sorted((x for x in mission.lift if x.mode == "road" and x.seats), key=lambda x: (-x.seats, x.id))
    for x in lift:
        vehicles = -(-heads // x.seats)
        if vehicles > limit or index.replay.evening("lift", x.id, move.origin)[day] < vehicles:
            continue
        escorts = max(leg.escort_platoons for leg in route)
        pile = _escorts(index, piles, move.origin, day, escorts) if escorts else -1
        if pile is None:
            return None
        return Alternative(
            way=way(index, route, move.origin, move.depart),
            exit=index.exit.get(place, -1),
            origin_field=-1,
            destination_field=-1,
            lift=index.lift[x.id],
            sorties=0,
            pile=piles.of(Kind.LIFT, x.id, move.origin),
            vehicles=vehicles,
            escort_pile=pile,
            escorts=escorts,
        )
    return None


def _escorts(index: Index, piles: Piles, place: str, day: int, need: int) -> int | None:
    """The pile of the first unit that has so many escort platoons at a place on an evening."""
    for unit in index.mission.units:
        if unit.escort_platoons and index.replay.evening("detachment", unit.id, place)[day] >= need:
            return piles.of(Kind.DETACHMENT, unit.id, place)
    return None
