"""The symbols of the whole-mission model: what each column counts, between which bounds, at what weight."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Settlement, Site
from drawdown.plan.measures import TO_PROTECT
from drawdown.plan.replay import detachments
from drawdown.planner.monolith.model import Column, Model

#: What every symbol means, for readers: index, unit, sentence.
MEANING = {
    "held": ("s,t", "0/1", "site s is not closed yet on the evening of day t: its last-out is later"),
    "open": ("s,t", "0/1", "somebody is at site s on the evening of day t"),
    "guarded": ("s,t", "0/1", "site s has something or somebody to guard, and its guard"),
    "people": ("u,s,t", "persons", "people of unit u at site s on the evening of day t"),
    "remaining": ("u,t", "persons", "people of unit u who have not left the mission by the evening of day t"),
    "separate": ("u,s,d", "persons", "people of unit u whose contracts end at site s on day d"),
    "stock": ("l,s,t", "items", "items of lot l at site s on the evening of day t"),
    "care": ("l,t", "items", "items of lot l neither disposed of nor on their way to an exit on the evening of day t"),
    "waits": ("u,t", "0/1", "unit u keeps its rear party on the evening of day t"),
    "free": ("l,s,d", "items", "items of lot l sold, donated or scrapped at site s on day d"),
    "destroy": ("l,s,d", "items", "items of lot l destroyed at site s on day d"),
    "hand": ("l,s,d", "items", "items of lot l handed over with site s on day d"),
    "late": ("l,s,d", "items", "those of them that are handed over after last-out"),
    "handover": ("s,d", "0/1", "site s is signed over on day d"),
    "start": ("s,k,d", "0/1", "closure step k starts at site s on day d"),
    "convoy": ("w", "0/1", "a move is made on way w"),
    "vehicles": ("w,h", "vehicles", "vehicles, or sorties, of lift h on way w"),
    "ride": ("w,u", "persons", "people of unit u on way w"),
    "carry": ("w,l", "items", "items of lot l carried on way w"),
    "drive": ("w,l", "items", "items of lot l that drive themselves on way w"),
    "escorts": ("w,u", "detachments", "escort platoons or ordnance teams of unit u with the convoy on way w"),
    "lift": ("h,q,t", "vehicles", "vehicles of lift h at place q on the evening of day t"),
    "posted": ("u,q,t", "detachments", "detachments of unit u at place q on the evening of day t"),
    "crowded": ("l,t", "0/1", "more people are at the site of life-support lot l than on the day of cessation"),
    "capable": ("s,t", "0/1", "site s has a force that covers the civilians around it on the evening of day t"),
    "covered": ("w,t", "0/1", "settlement w is covered on the evening of day t"),
}

#: The weight of every column that has one; time, risk, equipment, protection, cost: those of the course of action.
WEIGHTS = {
    "open": "time + cost running_usd_per_day[s] + risk casualties a site-day[s]   before the last evening",
    "remaining": "cost person_day_usd   before the last evening",
    "destroy": "equipment value_each[l]",
    "convoy": "risk sum(casualties a convoy-km[g] km[g], g a leg of w)",
    "vehicles": "cost (usd_per_day[h] days[w] + usd_per_km[h] km[w]) + risk sum(casualties a vehicle-km[g] km[g]); "
    "for flights cost (usd_per_day[h] / sorties_per_day[h] + 2 usd_per_km[h] km[w]) + the same risk",
    "drive": "risk sum(casualties a vehicle-km[g] km[g], g a leg of w)",
    "covered": "- protection population[w], beside the constant protection sum(population[w] days with authority)",
}


def add_symbols(model: Model) -> None:
    """Add every column of the model; the constant of the objective is what protection could be had."""
    _sites(model)
    _people(model)
    _lots(model)
    _closing(model)
    _moves(model)
    _lift(model)
    _protection(model)


def _sites(model: Model) -> None:
    course, sites, end = model.course, model.mission.sites, model.end
    model.symbol(
        "held",
        # A last-out lies between day 1 and the end.
        (Column((s.id, t), float(t < end), float(t == 0)) for s in sites for t in model.evenings),
    )

    def day(site: Site) -> float:
        running = course.cost * site.running_usd_per_day
        return course.time + running + model.casualties(site.hazard_class, "site_days")

    model.symbol(
        "open",
        (Column((s.id, t), cost=day(s) if t < end else 0.0) for s in sites for t in model.evenings),
    )
    model.symbol("guarded", (Column((s.id, t)) for s in sites if s.guard for t in model.evenings))


def _people(model: Model) -> None:
    mission = model.mission
    daily = model.course.cost * mission.mission.person_day_usd

    def at(u: int, site: str, t: int) -> Column:
        unit = mission.units[u]
        start = unit.strength if unit.site == site else 0
        return Column((unit.id, site, t), unit.strength if t else start, 0 if t else start)

    numbers, sites = range(len(mission.units)), [s.id for s in mission.sites]
    model.symbol("people", (at(u, s, t) for u, s, t in product(numbers, sites, model.evenings)), whole=False)
    model.symbol(
        "remaining",
        (
            Column((u.id, t), u.strength, 0 if t else u.strength, daily if t < model.end else 0.0)
            for u in mission.units
            for t in model.evenings
        ),
        whole=False,
    )
    model.symbol(
        "separate",
        (Column((u.id, s, d), u.strength) for u in mission.units if u.separates for s in sites for d in model.days),
    )
    model.symbol("waits", (Column((u.id, t)) for u in mission.units if u.rear_party for t in model.evenings))


def _lots(model: Model) -> None:
    mission, ends, days = model.mission, model.ends, model.days
    lots, sites = mission.equipment, mission.sites
    model.symbol(
        "stock",
        (
            Column((x.id, s.id, t), x.count if t or x.site == s.id else 0, 0 if t or x.site != s.id else x.count)
            for x, s, t in product(lots, sites, model.evenings)
        ),
        whole=False,
    )
    waited = {u.id for u in mission.units if u.rear_party}
    model.symbol(
        "care",
        (Column((x.id, t), x.count, 0 if t else x.count) for x in lots if x.unit in waited for t in model.evenings),
        whole=False,
    )
    cells = [(x, s, d) for x, s, d in product(lots, sites, days) if ends.lawful.get((x.id, s.id, d))]
    model.symbol("free", (Column((x.id, s.id, d), x.count) for x, s, d in cells if ends.free(x, s, d)))
    model.symbol(
        "destroy",
        (
            Column((x.id, s.id, d), x.count, cost=model.course.equipment * x.value_each)
            for x, s, d in cells
            if ends.allows(x, s, d, "destroy")
        ),
    )
    handed = [(x, s, d) for x, s, d in cells if s.id in ends.handed and ends.allows(x, s, d, "hand_over")]
    model.symbol("hand", (Column((x.id, s.id, d), x.count) for x, s, d in handed))
    model.symbol("late", (Column((x.id, s.id, d), x.count) for x, s, d in handed), whole=False)


def _closing(model: Model) -> None:
    ends, sites = model.ends, model.mission.sites
    model.symbol("handover", (Column((s.id, d)) for s in sites if s.id in ends.handed for d in model.days))
    model.symbol("start", (Column((s.id, k.id, d)) for s in sites for k in ends.steps(s) for d in ends.starts(s, k)))


def _moves(model: Model) -> None:
    mission, ways = model.mission, model.ways
    model.symbol("convoy", (Column((w.name,), cost=model.road_risk(w, "convoy_km")) for w in ways))
    model.symbol(
        "vehicles",
        (
            Column((w.name, h), model.reach(h), cost=model.vehicle_cost(w, mission.lift_by_id[h]))
            for w in ways
            for h in w.lift
        ),
    )
    # What has reached an exit does not come back; into an exit goes only what the rules let through.
    inland = [w for w in ways if w.route.origin not in mission.exit]
    units, lots = {u.id for u in mission.units}, {x.id for x in mission.equipment}
    takes = {w.name: model.leaving.get(w.route.destination, (units, lots)) for w in inland}
    model.symbol(
        "ride",
        (Column((w.name, u.id), u.strength) for w in inland for u in mission.units if u.id in takes[w.name][0]),
    )
    model.symbol(
        "carry",
        (
            Column((w.name, x.id), x.count)
            for w in inland
            for x in mission.equipment
            if x.id in takes[w.name][1] and any(h.id in w.lift for h in model.rooms(x))
        ),
    )
    model.symbol(
        "drive",
        (
            Column((w.name, i), mission.lot[i].count, cost=model.road_risk(w, "vehicle_km"))
            for w in inland
            for i in w.drivable
            if i in takes[w.name][1]
        ),
    )
    model.symbol(
        "escorts",
        (Column((w.name, u.id), detachments(u)) for w in ways if w.escortable for u in model.helpers),
    )


def _lift(model: Model) -> None:
    mission = model.mission
    model.symbol(
        "lift",
        (
            Column((h.id, q, t), n if t or h.base == q else 0, 0 if t or h.base != q else n)
            for h in model.surface
            for n in [mission.in_service(h)]
            for q in mission.place
            for t in model.evenings
        ),
        whole=False,
    )
    model.symbol(
        "posted",
        (
            Column((u.id, q, t), n if t or u.site == q else 0, 0 if t or u.site != q else n)
            for u in model.helpers
            for n in [detachments(u)]
            for q in mission.place
            for t in model.evenings
        ),
        whole=False,
    )


def settlements(model: Model) -> Iterator[tuple[Settlement, list[Site]]]:
    """Settlements with the sites near them, if there are any."""
    for town in model.mission.settlements:
        near = [
            s
            for s in model.mission.sites
            if great_circle_km(s.lat, s.lon, town.lat, town.lon) <= s.protection_radius_km
        ]
        if near:
            yield town, near


def _protection(model: Model) -> None:
    mission, weight = model.mission, model.course.protection
    held = [a for a in mission.authorities if a.function in TO_PROTECT]
    days = [d for d in model.days if any(a.from_date <= mission.date(d) <= a.to_date for a in held)]
    towns = list(settlements(model)) if weight else []
    near = {site.id for _, sites in towns for site in sites}
    model.symbol("capable", (Column((s.id, d)) for s in mission.sites if s.id in near for d in days))
    model.symbol("covered", (Column((w.id, d), cost=-weight * w.population) for w, _ in towns for d in days))
    model.program.constant += weight * sum(w.population * len(days) for w, _ in towns)
    crowds = [x for x in mission.equipment if x.life_support and x.count and model.heads[x.site]]
    model.symbol("crowded", (Column((x.id, t)) for x in crowds for t in model.evenings))
