"""Airfields, seasons, opening days and exits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from drawdown.mission.checks.finding import a_few
from drawdown.mission.geography import great_circle_km
from drawdown.mission.network import can_land
from drawdown.mission.tables import Lift
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay
from drawdown.plan.rules.movement import broken, entered, legs_of, route_name
from drawdown.plan.rules.rule import Broken, place_name, rule


def _from_base(replay: Replay, lift: Lift, move: Move) -> list[float]:
    """How far a flight is from the aircraft's base, where it comes from and goes back to the same day (km)."""
    ends, base = (move.origin, move.destination), replay.mission.place[lift.base]
    if lift.base in ends:
        return [0.0]
    places = (replay.mission.place[end] for end in ends)
    return [great_circle_km(base.lat, base.lon, place.lat, place.lon) for place in places]


@rule("Runways [R02]; lift.runway_m, lift.runway_surfaces, lift.range_km")
def runway(replay: Replay) -> Iterator[Broken]:
    """Aircraft land only where the runway suits them, and fly no leg, nor from their base to it, beyond their range."""
    mission = replay.mission
    for move in replay.plan.moves:
        if move.mode != "air":
            continue
        for lift in (mission.lift_by_id[i] for i in move.lift):
            for place in dict.fromkeys((move.origin, move.destination)):
                if not can_land(lift, mission.place[place]):
                    text = f"{lift.name} cannot land at {place_name(mission, place)}"
                    yield broken("runway", replay, move, text)
            far = max(*(leg.km for leg in legs_of(replay, move)), *_from_base(replay, lift, move))
            if lift.range_km and far > lift.range_km:
                text = f"{far:.0f} km is beyond the range of {lift.name}"
                yield broken("runway", replay, move, text, far - lift.range_km)


@rule("Aircraft in service, based where they are (lift.count, availability, sorties_per_day)")
def sorties(replay: Replay) -> Iterator[Broken]:
    """Aircraft fly no more sorties in a day than those in service can."""
    mission = replay.mission
    flown: dict[tuple[str, date], int] = defaultdict(int)
    for move in replay.plan.moves:
        for i, count in move.lift.items():
            if mission.lift_by_id[i].mode == "air":
                flown[i, move.depart] += count
    for (i, day), count in sorted(flown.items()):
        lift = mission.lift_by_id[i]
        most = mission.in_service(lift) * lift.sorties_per_day
        if count > most:
            text = f"{a_few(count, 'sortie')} of {lift.name}, at most {most} can be flown"
            yield Broken("sorties", i, lift.name, day, day, text, count - most)


@rule("One runway shared with others is a bottleneck [P74g]; sites.flights_per_day, exits.flights_per_day")
def airfield_slots(replay: Replay) -> Iterator[Broken]:
    """An airfield takes no more flights in a day than it can."""
    mission = replay.mission
    used: dict[tuple[str, date], int] = defaultdict(int)
    for move in replay.plan.moves:
        if move.mode == "air":
            for place in (move.origin, move.destination):
                used[place, move.depart] += sum(move.lift.values())
    for (place, day), count in sorted(used.items()):
        most = mission.place[place].flights_per_day
        if count > most:
            where = place_name(mission, place)
            text = f"{a_few(count, 'flight')} at {where}, at most {most} can be taken"
            yield Broken("airfield_slots", place, where, day, day, text, count - most)


@rule("Enabling units leave late: an airfield unit served Tessalit to the end [P18]; sites.airfield_unit")
def airfield_unit(replay: Replay) -> Iterator[Broken]:
    """Aeroplanes use a site that needs an airfield unit only while one is there."""
    mission = replay.mission
    crews = [u.id for u in mission.units if "airfield" in u.enables]
    for move in replay.plan.moves:
        if move.mode != "air" or all(mission.lift_by_id[i].kind != "aeroplane" for i in move.lift):
            continue
        for place in (move.origin, move.destination):
            site = mission.site.get(place)
            morning = max(replay.day(move.depart) - 1, 0)
            if site and site.airfield_unit and not any(replay.evening("people", u, place)[morning] for u in crews):
                yield broken("airfield_unit", replay, move, f"no airfield unit is at {site.name} any more")


@rule("Rains close tracks, laterite strips and ferries; legs.season_closed")
def season(replay: Replay) -> Iterator[Broken]:
    """No move enters a leg in a season that closes it."""
    for move in replay.plan.moves:
        for leg, _, day in entered(replay, move):
            if leg.season_closed and replay.mission.in_season(leg, day):
                yield broken("season", replay, move, f"leg {leg.id} is closed by its season on {day}")


@rule("Corridors open and close: Niger on 26 July 2023 [P74c]; legs and exits open_from, open_to")
def open_days(replay: Replay) -> Iterator[Broken]:
    """Legs and exits are used only while they are open."""
    for move in replay.plan.moves:
        uses = [(f"leg {leg.id}", leg.open_from, leg.open_to, day) for leg, _, day in entered(replay, move)]
        way_out = replay.mission.exit.get(move.destination)
        if way_out:
            uses.append((way_out.name, way_out.open_from, way_out.open_to, move.arrive))
        for name, first, last, day in uses:
            if (first and day < first) or (last and day > last):
                yield broken("open_days", replay, move, f"{name} is not open on {day}")


def _leaving(replay: Replay, move: Move) -> tuple[int, float]:
    items = [*move.lots.items(), *move.driven.items()]
    return sum(move.people.values()), sum(replay.mission.lot[i].teu_each * n for i, n in items)


@rule("Throughput of ports, airports and borders [P100, P101]; exits.people_per_day, teu_per_day, takes")
def exit_capacity(replay: Replay) -> Iterator[Broken]:
    """No more people and equipment leave by an exit in a day than it takes."""
    mission = replay.mission
    people: dict[tuple[str, date], float] = defaultdict(float)
    teu: dict[tuple[str, date], float] = defaultdict(float)
    for move in replay.plan.moves:
        way_out = mission.exit.get(move.destination)
        if way_out is None:
            continue
        heads, room = _leaving(replay, move)
        people[way_out.id, move.arrive] += heads
        teu[way_out.id, move.arrive] += room
        items = bool(move.lots or move.driven)
        for what, there in (("people", heads > 0), ("equipment", items)):
            if there and what not in way_out.takes:
                yield broken("exit_capacity", replay, move, f"{way_out.name} does not take {what}")
    for noun, used, limit in (("people", people, "people_per_day"), ("TEU", teu, "teu_per_day")):
        for (i, day), count in sorted(used.items()):
            most = getattr(mission.exit[i], limit)
            if count > most + 1e-6:
                text = f"{count:g} {noun} leave by {mission.exit[i].name}, at most {most:g} can in a day"
                yield Broken("exit_capacity", i, mission.exit[i].name, day, day, text, count - most)


@rule("Labbezanga after July 2023 only for the contingent of Niger [P24, P49]; exits.contributors")
def exit_for(replay: Replay) -> Iterator[Broken]:
    """An exit that is kept for some contributors is used by their people and equipment only."""
    mission = replay.mission
    for move in replay.plan.moves:
        way_out = mission.exit.get(move.destination)
        if way_out is None or not way_out.contributors:
            continue
        lots = [mission.lot[i] for i in (*move.lots, *move.driven)]
        owners = {mission.unit[lot.unit].contributor if lot.unit else "UN" for lot in lots}
        strangers = sorted((owners | {mission.unit[u].contributor for u in move.people}) - set(way_out.contributors))
        if strangers:
            yield broken("exit_for", replay, move, f"{', '.join(strangers)} may not use {way_out.name}")


@rule("A contributor accepts its ways home (units.exits); national staff separate where they serve")
def way_home(replay: Replay) -> Iterator[Broken]:
    """People leave only by an exit that their contributor accepts, and those who separate locally by none."""
    mission = replay.mission
    for move in replay.plan.moves:
        if move.destination not in mission.exit:
            continue
        for u in move.people:
            unit = mission.unit[u]
            if unit.separates:
                yield broken("way_home", replay, move, f"{unit.name} separates in the country, it does not leave")
            elif unit.exits and move.destination not in unit.exits:
                yield broken("way_home", replay, move, f"{unit.name} does not leave by {route_name(replay, move)}")
