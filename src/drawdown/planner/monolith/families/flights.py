"""Aircraft, airfields and exits take only so much in a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.planner.monolith.model import Key, Model, Row, Terms, family


def _flown(model: Model) -> dict[tuple[str, int], list[Key]]:
    """Flights by aircraft and day."""
    found: dict[tuple[str, int], list[Key]] = defaultdict(list)
    for way in model.ways:
        if way.route.mode == "air":
            found[way.lift[0], way.depart].append((way.name, way.lift[0]))
    return found


@family("sum_w vehicles[w,h] <= in service[h] sorties_per_day[h]   for aircraft h, each day", "sorties")
def sorties(model: Model) -> Iterator[Row]:
    """Aircraft fly no more sorties in a day than those in service can."""
    for (lift, day), keys in _flown(model).items():
        yield Row((lift, day), model.sum("vehicles", keys), high=model.reach(lift))


@family("sum_w vehicles[w,h] <= most[h] held[base of h, d-1]", "lift_in_service")
def aircraft_need_their_base(model: Model) -> Iterator[Row]:
    """Aircraft fly until the day on which their base is left."""
    for (lift, day), keys in _flown(model).items():
        base = model.mission.lift_by_id[lift].base
        if base in model.mission.site:
            held = (model.column("held", base, day - 1), -float(model.reach(lift)))
            yield Row((lift, day), [*model.sum("vehicles", keys), held], high=0)


@family("teu[h] sum_u ride[w,u] + seats[h] sum_l teu[l] carry[w,l] <= seats[h] teu[h] vehicles[w,h]", "capacity")
def cabin(model: Model) -> Iterator[Row]:
    """On a flight people and cargo share the cabin."""
    for way in model.ways:
        if way.route.mode != "air":
            continue
        lift = model.mission.lift_by_id[way.lift[0]]
        if lift.seats and lift.teu:
            riders = model.sum("ride", ((way.name, u.id) for u in model.mission.units), lift.teu)
            cargo = [(model.column("carry", way.name, x.id), lift.seats * x.teu_each) for x in model.mission.equipment]
            flown = (model.column("vehicles", way.name, lift.id), -lift.seats * lift.teu)
            yield Row((way.name,), [*riders, *cargo, flown], high=0)


@family("sum(vehicles[w,h], flights from or to q on d) <= flights_per_day[q]", "airfield_slots")
def airfield_slots(model: Model) -> Iterator[Row]:
    """An airfield takes no more flights in a day than it can."""
    used: dict[tuple[str, int], list[Key]] = defaultdict(list)
    for way in model.ways:
        if way.route.mode == "air":
            for place in (way.route.origin, way.route.destination):
                used[place, way.depart].append((way.name, way.lift[0]))
    for (place, day), keys in used.items():
        yield Row((place, day), model.sum("vehicles", keys), high=model.mission.place[place].flights_per_day)


@family(
    "sum_w vehicles[w,h] <= most[h] sum(people[u,s,d-1], u an airfield unit)   for aeroplanes h from or to s",
    "airfield_unit",
)
def airfield_unit(model: Model) -> Iterator[Row]:
    """Aeroplanes use a site that needs an airfield unit only while one is there."""
    crews = [u.id for u in model.mission.units if "airfield" in u.enables]
    for (lift, day), keys in _flown(model).items():
        if model.mission.lift_by_id[lift].kind != "aeroplane":
            continue
        for site in model.mission.sites:
            if site.airfield_unit:
                near = model.departing.get((site.id, day), []) + model.arriving.get((site.id, day), [])
                flown = model.sum("vehicles", sorted({(w.name, lift) for w in near} & set(keys)))
                there = model.sum("people", ((u, site.id, day - 1) for u in crews), -float(model.reach(lift)))
                if flown:
                    yield Row((lift, site.id, day), [*flown, *there], high=0)


@family("sum(ride into x on d) <= people_per_day[x]", "exit_capacity")
def exit_capacity_people(model: Model) -> Iterator[Row]:
    """No more people leave by an exit in a day than it takes."""
    for way_out in model.mission.exits:
        for day in model.days:
            ways = model.arriving.get((way_out.id, day), ())
            keys = ((w.name, u.id) for w in ways for u in model.mission.units)
            yield Row((way_out.id, day), model.sum("ride", keys), high=way_out.people_per_day)


@family("sum(teu[l] (carry + drive) into x on d) <= teu_per_day[x]", "exit_capacity")
def exit_capacity_equipment(model: Model) -> Iterator[Row]:
    """No more equipment leaves by an exit in a day than it takes."""
    for way_out in model.mission.exits:
        for day in model.days:
            terms: Terms = []
            for way in model.arriving.get((way_out.id, day), ()):
                for lot in model.mission.equipment:
                    for how in ("carry", "drive"):
                        terms.append((model.column(how, way.name, lot.id), lot.teu_each))
            yield Row((way_out.id, day), terms, high=way_out.teu_per_day)
