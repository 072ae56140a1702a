"""From the deeds of each day to a plan that the rules can judge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drawdown.plan.model import Plan
from kit.brute_state import Convoy, Deeds, Departure
from kit.brute_world import Counts, World


def plan_of(world: World, days: tuple[Deeds, ...]) -> Plan:
    """The plan in which these things are done on day 1, 2 and so on."""
    m, moves, disposals, separations, steps = world.mission, list[Any](), list[Any](), list[Any](), list[Any]()
    under_way: list[tuple[Departure, dict[str, int]]] = []
    for day, deeds in enumerate(days, 1):
        date = m.date(day)
        for end, lot, site, count in deeds.disposals:
            row = {"lot": m.equipment[lot].id, "disposition": end, "count": count, "place": world.places[site]}
            reason = m.mission.last_resort_reasons[0] if end == "destroy" else None
            disposals.append({**row, "day": date, "reason": reason})
        separations += [
            {"unit": m.units[unit].id, "count": count, "place": world.places[site], "day": date}
            for unit, site, count in deeds.separations
        ]
        for n in deeds.steps:
            site, step = world.steps[n]
            last = m.date(day + step.days - 1)
            steps.append({"site": world.places[site], "step": step.id, "start": date, "end": last})
        under_way += [(leaving, _times(world, leaving, day)) for leaving in deeds.departures]
        for convoy in deeds.arrivals:
            found = next(pair for pair in under_way if _is(convoy, pair, day))
            under_way.remove(found)
            moves.append(_move(world, len(moves), found[0], m.date(found[1]["depart"]), date))
    # What is still on the road at the end is empty vehicles: nobody waits for them.
    assert not any(sum(left.load.people) + sum(left.load.items) for left, _ in under_way)
    body = {
        "name": "Brute force", "mission": m.mission.id, "mission_hash": m.hash, "version": "0",
        "planner": "brute force", "course": world.course.id, "as_of": m.mission.cessation, "moves": moves,
        "disposals": disposals, "separations": separations, "steps": steps,
    }  # fmt: skip
    return Plan.model_validate({**body, "closures": list(_closures(world, days, steps))})


def _times(world: World, leaving: Departure, day: int) -> dict[str, int]:
    slowest = min(day + leaving.route.slowest - 1, world.end)
    return {"depart": day, "soonest": day + leaving.route.days - 1, "latest": slowest}


def _is(convoy: Convoy, pair: tuple[Departure, dict[str, int]], day: int) -> bool:
    """Whether a move under way is the convoy that arrives on a day (convoys that look the same are the same)."""
    (route, load), times = pair
    lift = load.lift if route.mode == "road" else (0,) * len(load.lift)
    same = (route.destination, times["latest"], lift, load.people, load.items)
    theirs = (convoy.destination, convoy.latest, convoy.lift, convoy.people, convoy.items)
    return same == theirs and times["soonest"] <= day


def _move(world: World, number: int, leaving: Departure, depart: Any, arrive: Any) -> dict[str, Any]:
    m, (route, load) = world.mission, leaving
    return {
        "id": f"m{number}", "mode": route.mode, "legs": route.legs, "origin": world.places[route.origin],
        "destination": world.places[route.destination], "depart": depart, "arrive": arrive,
        "lift": _named(m.lift, load.lift), "people": _named(m.units, load.people),
        "lots": _named(m.equipment, load.carried), "driven": _named(m.equipment, load.driven),
        "clearance_asked": m.mission.cessation,
    }  # fmt: skip


def _named(rows: Iterable[Any], counts: Counts) -> dict[str, int]:
    return {row.id: n for row, n in zip(rows, counts, strict=True) if n}


def _closures(world: World, days: tuple[Deeds, ...], steps: list[Any]) -> Iterable[dict[str, Any]]:
    """Each site's last-out is the day after the last evening with anyone there; its handover ends its handover step."""
    m = world.mission
    for s, site in enumerate(m.sites):
        there, last = world.heads[s], 0
        for day, deeds in enumerate(days, 1):
            there -= sum(n for _, place, n in deeds.separations if place == s)
            there -= sum(sum(load.people) for route, load in deeds.departures if route.origin == s)
            there += sum(sum(c.people) for c in deeds.arrivals if c.destination == s)
            last = day if there else last
        hands = {step.id for at, step in world.steps if at == s and step.role == "handover"}
        signed = next((run["end"] for run in steps if run["site"] == site.id and run["step"] in hands), None)
        to = site.becomes if signed else None
        yield {"site": site.id, "last_out": m.date(last + 1), "handover": signed, "handed_to": to}
