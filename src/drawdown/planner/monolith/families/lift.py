"""Vehicles and detachments are used only where they are."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.plan.replay import detachments
from drawdown.planner.monolith.families.flows import inflow, less, outflow
from drawdown.planner.monolith.model import Key, Model, Row, Terms, family


def _conserved(model: Model, stock: str, flow: str, things: list[str]) -> Iterator[Row]:
    for what in things:
        for place in model.mission.place:
            for day in model.days:
                key: Key = (what, place, day)
                terms: Terms = [(model.column(stock, *key), 1.0), (model.column(stock, what, place, day - 1), -1.0)]
                terms += outflow(model, (flow,), what, place, day)
                terms += less(inflow(model, (flow,), what, place, day))
                yield Row(key, terms, 0, 0)


def _there(model: Model, stock: str, flow: str, things: list[str]) -> Iterator[Row]:
    for what in things:
        for place in model.mission.place:
            for day in model.days:
                going = outflow(model, (flow,), what, place, day)
                if going:
                    yield Row((what, place, day), [*going, (model.column(stock, what, place, day - 1), -1.0)], high=0)


@family(
    "lift[h,q,d] = lift[h,q,d-1] - sum(vehicles out of q on d) + sum(vehicles into q by the evening of d)",
    "lift_where_used",
)
def lift_conserved(model: Model) -> Iterator[Row]:
    """Vehicles stay where their last move ended."""
    yield from _conserved(model, "lift", "vehicles", [h.id for h in model.surface])


@family("sum(vehicles out of q on d) <= lift[h,q,d-1]", "lift_where_used")
def lift_there(model: Model) -> Iterator[Row]:
    """No more vehicles leave a place than were there the evening before."""
    yield from _there(model, "lift", "vehicles", [h.id for h in model.surface])


@family(
    "posted[u,q,d] = posted[u,q,d-1] - sum(escorts out of q on d) + sum(escorts into q by the evening of d)",
    "lift_where_used",
)
def detachments_conserved(model: Model) -> Iterator[Row]:
    """Escorts and ordnance teams stay where their last move ended."""
    yield from _conserved(model, "posted", "escorts", [u.id for u in model.helpers])


@family("sum(escorts out of q on d) <= posted[u,q,d-1]", "lift_where_used")
def detachments_there(model: Model) -> Iterator[Row]:
    """No more escorts and ordnance teams leave a place than were there the evening before."""
    yield from _there(model, "posted", "escorts", [u.id for u in model.helpers])


@family(
    "lift[h,q,d] >= sum(vehicles into q, arrived in the last turnaround_days + 1 days)   for q not the base of h",
    "turnaround",
)
def turnaround(model: Model) -> Iterator[Row]:
    """Vehicles that have come to a place that is not their base are there for their turnaround days."""
    wait = model.mission.mission.turnaround_days + 1
    for lift in model.surface:
        for place in model.mission.place:
            if place == lift.base:
                continue
            for day in model.days:
                # Vehicles are alike: as many as came lately must be there, whichever they are.
                since = range(max(1, day - wait + 1), day + 1)
                lately = [x for d in since for x in less(inflow(model, ("vehicles",), lift.id, place, d))]
                if lately:
                    yield Row((lift.id, place, day), [(model.column("lift", lift.id, place, day), 1.0), *lately], low=0)


@family("strength[u] sum(escorts on the road on d) <= detachments[u] remaining[u,d-1]", "detachments_in_strength")
def detachments_in_strength(model: Model) -> Iterator[Row]:
    """A unit has no more detachments on the road than its remaining share of people allows."""
    for unit in model.helpers:
        if not unit.strength:
            continue  # The rule asks nothing of a unit without people.
        for day in model.days:
            out = [w.name for w in model.ways if w.depart <= day <= w.arrive]
            used = model.sum("escorts", ((w, unit.id) for w in out), float(unit.strength))
            if used:
                left = (model.column("remaining", unit.id, day - 1), -float(detachments(unit)))
                yield Row((unit.id, day), [*used, left], high=0)
