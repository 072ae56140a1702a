"""Changed missions: what one more of something, or a little more time, would make of a mission.

Each change is made in the mission's own rows, so that everything that plans, bounds or verifies it can be asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Exit, Lift
from drawdown.plan.binding import uses_of
from drawdown.plan.model import Plan

#: A company of lorries, of escorts (in platoons), more room at an exit (a share), and more days to the deadline.
COMPANY_LORRIES, COMPANY_PLATOONS, MORE_ROOM, MORE_DAYS = 40, 4, 0.25, 7


class Offer(NamedTuple):
    """Something more that a mission could have: a short name, words for it, and the mission with it."""

    name: str
    words: str
    mission: Mission


def offers(mission: Mission, plan: Plan) -> tuple[Offer, ...]:
    """What could be had more of, for a mission with a plan: of each kind the one of which most is in use."""
    makers = (_lorries, _aircraft, _crew, _escorts, _no_lead_time, _room, _week)
    return tuple(offer for make in makers for offer in make(mission, plan))


def later_deadline(mission: Mission, days: int) -> Mission:
    """The mission with a later deadline, and all that ends on the deadline or begins on the day after moved along.

    That is the dates of authorities and phases, and the last days of units and lift; the end of liquidation moves
    only where the deadline would come after it.
    """
    header, more = mission.mission, timedelta(days=days)
    due, next_day = header.deadline, header.deadline + timedelta(days=1)

    def moved(row: object, *columns: str) -> dict[str, object]:
        values = {name: getattr(row, name) for name in columns}
        return {name: day + more for name, day in values.items() if day in {due, next_day}}

    later = header.model_copy(
        update={"deadline": due + more, "liquidation_end": max(header.liquidation_end, due + more)}
    )
    return mission.model_copy(
        update={
            "mission": later,
            "phases": tuple(r.model_copy(update=moved(r, "to_date")) for r in mission.phases),
            "authorities": tuple(r.model_copy(update=moved(r, "from_date", "to_date")) for r in mission.authorities),
            "units": tuple(r.model_copy(update=moved(r, "latest")) for r in mission.units),
            "lift": tuple(r.model_copy(update=moved(r, "available_to")) for r in mission.lift),
        }
    )


def _main_hub(mission: Mission) -> str:
    """The site through which most equipment (TEU) is drawn in."""
    hub = {site.id: site.hub for site in mission.sites}
    drawn: Counter[str] = Counter({site.id: 0 for site in mission.sites})
    for lot in mission.equipment:
        place: str | None = lot.site
        seen = set[str]()
        while place and place not in seen:
            seen.add(place)
            drawn[place] += round(lot.count * lot.teu_each)
            place = hub.get(place)
    hubs = {name for name in hub.values() if name} or set(hub)
    return max(sorted(hubs), key=lambda name: drawn[name])


def _more_of(mission: Mission, row: Lift, **values: object) -> Mission:
    names = set(mission.lift_by_id)
    name = next(n for n in (f"more-{row.id}"[:60], *(f"more-{i}" for i in range(len(names) + 1))) if n not in names)
    new = row.model_copy(update={"id": name, "name": f"More {row.name}", "availability": 1.0, **values})
    return mission.model_copy(update={"lift": (*mission.lift, new)})


def _lorries(mission: Mission, _plan: Plan) -> Iterator[Offer]:
    kinds = [x for x in mission.lift if x.mode == "road" and x.teu > 0]
    if kinds:
        best = max(kinds, key=lambda x: (x.teu, x.tonnes, x.commercial, -x.usd_per_km, x.id))
        hub = mission.place[_main_hub(mission)]
        words = f"{COMPANY_LORRIES} more of {best.name}, at {hub.name}"
        yield Offer("lorries", words, _more_of(mission, best, base=hub.id, count=COMPANY_LORRIES))


def _aircraft(mission: Mission, plan: Plan) -> Iterator[Offer]:
    kinds = [x for x in mission.lift if x.mode == "air" and mission.in_service(x)]
    if kinds:
        flown = Counter({x.id: 0 for x in kinds})
        for move in plan.moves:
            flown.update({i: n for i, n in move.lift.items() if i in flown})
        share = {x.id: flown[x.id] / (mission.in_service(x) * max(1, x.sorties_per_day)) for x in kinds}
        best = max(kinds, key=lambda x: (share[x.id], x.teu, x.seats, x.id))
        words = f"one more of {best.name}, at {mission.place[best.base].name}"
        yield Offer("aircraft", words, _more_of(mission, best, count=1, casevac=False))


def _crew(mission: Mission, plan: Plan) -> Iterator[Offer]:
    if mission.crews:
        days: Counter[str] = Counter()
        for run in plan.steps:
            days[mission.step[run.step].crew or ""] += (run.end - run.start).days + 1
        best = max(mission.crews, key=lambda c: (days[c.id] / max(1, c.count), c.id))
        rows = tuple(c.model_copy(update={"count": c.count + 1}) if c.id == best.id else c for c in mission.crews)
        yield Offer("crew", f"one more of {best.name}", mission.model_copy(update={"crews": rows}))


def _escorts(mission: Mission, plan: Plan) -> Iterator[Offer]:
    """One company's platoons with the unit whose escorts are most in use; its people cost no more."""
    units = [u for u in mission.units if u.escort_platoons]
    if units:
        used: Counter[str] = Counter()
        for move in plan.moves:
            days = (move.arrive - move.depart).days + 1
            used.update({u: n * days for u, n in move.escorts.items()})
        best = max(units, key=lambda u: (used[u.id] / u.escort_platoons, u.id))
        more = best.model_copy(update={"escort_platoons": best.escort_platoons + COMPANY_PLATOONS})
        rows = tuple(more if u.id == best.id else u for u in mission.units)
        words = f"{COMPANY_PLATOONS} more escort platoons with {best.name}, at {mission.site[best.site].name}"
        yield Offer("escorts", words, mission.model_copy(update={"units": rows}))


def _no_lead_time(mission: Mission, _plan: Plan) -> Iterator[Offer]:
    if any(c.lead_days for c in mission.clearances if c.state == "ask"):
        rows = tuple(c.model_copy(update={"lead_days": 0}) if c.state == "ask" else c for c in mission.clearances)
        words = "clearances granted on the day on which they are asked"
        yield Offer("clearances", words, mission.model_copy(update={"clearances": rows}))


def _room(mission: Mission, plan: Plan) -> Iterator[Offer]:
    full: Counter[str] = Counter({x.id: 0 for x in mission.exits})
    for use in uses_of(mission, plan):
        if use.place in full:
            full[use.place] += use.full_days
    best = mission.exit[max(sorted(full), key=lambda name: full[name])]
    if full[best.id]:
        rows = tuple(_wider(x) if x.id == best.id else x for x in mission.exits)
        words = f"{MORE_ROOM:.0%} more room at {best.name}".replace("%", " %")
        yield Offer("room", words, mission.model_copy(update={"exits": rows}))


def _wider(row: Exit) -> Exit:
    people = round(row.people_per_day * (1 + MORE_ROOM))
    return row.model_copy(update={"people_per_day": people, "teu_per_day": row.teu_per_day * (1 + MORE_ROOM)})


def _week(mission: Mission, _plan: Plan) -> Iterator[Offer]:
    header = mission.mission
    if header.deadline < header.liquidation_end < header.deadline + timedelta(days=MORE_DAYS):
        return  # the authorities of liquidation would have to move as well
    yield Offer("week", f"{MORE_DAYS} more days to the deadline", later_deadline(mission, MORE_DAYS))
