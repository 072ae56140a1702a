"""When units and their rear parties may leave, and what the mandate allows until when."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.planner.monolith.model import Model, Row, family


@family(
    "remaining[u,t] = strength[u] before earliest[u];  remaining[u,t] <= rear_party[u] + stays[u] from latest[u] on",
    "unit_dates",
)
def unit_dates(model: Model) -> Iterator[Row]:
    """Nobody of a unit leaves before its earliest day; after its latest only rear party and stayers are left."""
    mission = model.mission
    for unit in mission.units:
        for t in model.evenings:
            left = [(model.column("remaining", unit.id, t), 1.0)]
            if unit.earliest and t < mission.day(unit.earliest):
                yield Row((unit.id, t, "earliest"), left, low=unit.strength)
            if unit.latest and t >= mission.day(unit.latest):
                yield Row((unit.id, t, "latest"), left, high=unit.rear_party + unit.stays)


@family(
    "care[l,t] <= count[l] waits[u,t];  remaining[u,t] >= rear_party[u] waits[u,t]   for the lots l of u", "rear_party"
)
def rear_party(model: Model) -> Iterator[Row]:
    """A unit keeps its rear party in the mission until the last of its equipment is gone or on its way out."""
    for unit in model.mission.units:
        for t in model.evenings if unit.rear_party else ():
            waits = model.column("waits", unit.id, t)
            for lot in model.mission.equipment:
                if lot.unit == unit.id:
                    care = (model.column("care", lot.id, t), 1.0)
                    yield Row((unit.id, lot.id, t), [care, (waits, -float(lot.count))], high=0)
            party = float(min(unit.rear_party, unit.strength))
            yield Row((unit.id, t), [(model.column("remaining", unit.id, t), 1.0), (waits, -party)], low=0)


@family("open[s,t] = 0 without an authority to stay at s on t", "authority_to_stay")
def authority_to_stay(model: Model) -> Iterator[Row]:
    """An authority of the mandate covers the presence of people at every site on every day."""
    for site in model.mission.sites:
        for t in model.evenings:
            if not model.may_stay(site, t):
                yield Row((site.id, t), [(model.column("open", site.id, t), 1.0)], high=0)


@family(
    "remaining[u,t] <= rear_party[u] + stays[u];  sum_u people[u,s,t] <= those named for s   for t >= deadline",
    "deadline_people",
)
def deadline_people(model: Model) -> Iterator[Row]:
    """From the deadline on only rear parties and those named for liquidation are there, at liquidation sites."""
    units = model.mission.units
    rear = sum(min(u.rear_party, u.strength) for u in units)
    for t in range(model.due, model.end + 1):
        for unit in units:
            left = (model.column("remaining", unit.id, t), 1.0)
            yield Row((unit.id, t), [left], high=unit.rear_party + unit.stays)
        for site in model.mission.sites:
            named = rear + sum(u.stays for u in units if u.stays_at == site.id) if site.liquidation else 0
            people = model.sum("people", ((u.id, site.id, t) for u in units))
            yield Row((site.id, t), people, high=named)


@family("stock[l,s,t] = 0   for t >= deadline, s not a liquidation site", "deadline_equipment")
def deadline_equipment(model: Model) -> Iterator[Row]:
    """From the deadline on no equipment is at a site that is not named for liquidation."""
    for site in model.mission.sites:
        for t in range(model.due, model.end + 1) if not site.liquidation else ():
            for lot in model.mission.equipment:
                yield Row((lot.id, site.id, t), [(model.column("stock", lot.id, site.id, t), 1.0)], high=0)
