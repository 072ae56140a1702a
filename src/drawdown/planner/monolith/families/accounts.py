"""People and lots are always somewhere, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.planner.monolith.families.flows import RIDE, SHIP, inflow, less, outflow
from drawdown.planner.monolith.model import Model, Row, Terms, family


def disposed(model: Model, lot: str, site: str, day: int, factor: float) -> Terms:
    """The items of a lot that are disposed of at a site on a day, times a factor."""
    return [term for end in ("free", "destroy", "hand") for term in model.sum(end, [(lot, site, day)], factor)]


@family(
    "people[u,s,d] = people[u,s,d-1] - sum(ride out of s on d) - separate[u,s,d] + "
    "sum(ride into s by the evening of d)",
    "people_conserved",
)
def people_conserved(model: Model) -> Iterator[Row]:
    """People are where they were the evening before, but for those who leave, separate and arrive."""
    for unit in model.mission.units:
        for site in model.mission.sites:
            for day in model.days:
                key = (unit.id, site.id, day)
                now, before = model.column("people", *key), model.column("people", unit.id, site.id, day - 1)
                terms = [(now, 1.0), (before, -1.0), *model.sum("separate", [key])]
                terms += outflow(model, RIDE, unit.id, site.id, day)
                terms += less(inflow(model, RIDE, unit.id, site.id, day))
                yield Row(key, terms, 0, 0)


@family("sum(ride out of s on d) + separate[u,s,d] <= people[u,s,d-1]", "people_conserved")
def people_there(model: Model) -> Iterator[Row]:
    """No more people leave or separate in the course of a day than were there the evening before."""
    for unit in model.mission.units:
        for site in model.mission.sites:
            for day in model.days:
                key = (unit.id, site.id, day)
                going = outflow(model, RIDE, unit.id, site.id, day)
                going += model.sum("separate", [key])
                if going:
                    yield Row(key, [*going, (model.column("people", unit.id, site.id, day - 1), -1.0)], high=0)


@family(
    "remaining[u,d] = remaining[u,d-1] - sum(ride into exits by the evening of d) - sum_s separate[u,s,d]",
    "unit_dates",
    "way_home",
    "exit_for",
    "separations",
)
def people_remaining(model: Model) -> Iterator[Row]:
    """A unit's people are in the mission until they reach an exit that takes them, or separate where they serve."""
    for unit in model.mission.units:
        for day in model.days:
            now, before = model.column("remaining", unit.id, day), model.column("remaining", unit.id, day - 1)
            terms: Terms = [(now, 1.0), (before, -1.0)]
            terms += model.sum("separate", ((unit.id, site.id, day) for site in model.mission.sites))
            for way_out in model.mission.exits:
                terms += inflow(model, RIDE, unit.id, way_out.id, day)
            yield Row((unit.id, day), terms, 0, 0)


@family(
    "stock[l,s,d] = stock[l,s,d-1] - sum(carry, drive out of s on d) - free - destroy - hand + "
    "sum(carry, drive into s)",
    "equipment_conserved",
)
def equipment_conserved(model: Model) -> Iterator[Row]:
    """Items are where they were the evening before, but for those that leave, arrive or are disposed of."""
    for lot in model.mission.equipment:
        for site in model.mission.sites:
            for day in model.days:
                now, before = (
                    model.column("stock", lot.id, site.id, day),
                    model.column("stock", lot.id, site.id, day - 1),
                )
                terms = [(now, 1.0), (before, -1.0), *disposed(model, lot.id, site.id, day, 1.0)]
                terms += outflow(model, SHIP, lot.id, site.id, day)
                terms += less(inflow(model, SHIP, lot.id, site.id, day))
                yield Row((lot.id, site.id, day), terms, 0, 0)


@family("sum(carry, drive out of s on d) + free + destroy + hand <= stock[l,s,d-1]", "equipment_conserved")
def equipment_there(model: Model) -> Iterator[Row]:
    """No more items leave or are disposed of in the course of a day than were there the evening before."""
    for lot in model.mission.equipment:
        for site in model.mission.sites:
            for day in model.days:
                going = outflow(model, SHIP, lot.id, site.id, day)
                going += disposed(model, lot.id, site.id, day, 1.0)
                if going:
                    there = (model.column("stock", lot.id, site.id, day - 1), -1.0)
                    yield Row((lot.id, site.id, day), [*going, there], high=0)


@family("care[l,d] = care[l,d-1] - sum(carry, drive towards exits on d) - sum_s (free + destroy + hand)", "rear_party")
def equipment_in_care(model: Model) -> Iterator[Row]:
    """A lot's items are in its unit's care until they are disposed of or set out for an exit."""
    for lot in model.mission.equipment:
        for day in model.days:
            now, before = model.column("care", lot.id, day), model.column("care", lot.id, day - 1)
            if now < 0:
                break
            terms: Terms = [(now, 1.0), (before, -1.0)]
            for site in model.mission.sites:
                terms += disposed(model, lot.id, site.id, day, 1.0)
                ways = model.departing.get((site.id, day), ())
                keys = [(w.name, lot.id) for w in ways if w.route.destination in model.mission.exit]
                terms += [*model.sum("carry", keys), *model.sum("drive", keys)]
            yield Row((lot.id, day), terms, 0, 0)


@family("stock[l,s,t] <= count[l] held[s,t] + sum_d late[l,s,d]", "nothing_left_behind")
def nothing_left_behind(model: Model) -> Iterator[Row]:
    """After its last-out a site holds no more of a lot than is handed over with it later."""
    for lot in model.mission.equipment:
        for site in model.mission.sites:
            late = model.sum("late", ((lot.id, site.id, day) for day in model.days), -1.0)
            for t in model.evenings:
                held = (model.column("held", site.id, t), -float(lot.count))
                yield Row((lot.id, site.id, t), [(model.column("stock", lot.id, site.id, t), 1.0), held, *late], high=0)


@family("late[l,s,d] <= hand[l,s,d];  late[l,s,d] <= count[l] (1 - held[s,d-1])", "nothing_left_behind")
def handed_over_late(model: Model) -> Iterator[Row]:
    """Only what is handed over after last-out may wait for it at an empty site."""
    for (lot, site, day), column in model.known["late"].items():
        yield Row((lot, site, day, "handed"), [(column, 1.0), (model.column("hand", lot, site, day), -1.0)], high=0)
        count = float(model.mission.lot[str(lot)].count)
        held = (model.column("held", site, int(day) - 1), count)
        yield Row((lot, site, day, "late"), [(column, 1.0), held], high=count)


@family("people[u,s,E] = 0;  stock[l,s,E] = 0;  remaining[u,E] = 0", "liquidation_end", "nothing_left_behind")
def liquidation_end(model: Model) -> Iterator[Row]:
    """On the last evening nobody and nothing is left at any site or on its way to one."""
    for site in model.mission.sites:
        for unit in model.mission.units:
            yield Row((unit.id, site.id), [(model.column("people", unit.id, site.id, model.end), 1.0)], 0, 0)
        for lot in model.mission.equipment:
            yield Row((lot.id, site.id), [(model.column("stock", lot.id, site.id, model.end), 1.0)], 0, 0)
    for unit in model.mission.units:
        yield Row((unit.id,), [(model.column("remaining", unit.id, model.end), 1.0)], 0, 0)
