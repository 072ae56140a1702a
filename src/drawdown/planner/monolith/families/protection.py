"""Civilians whom a capable force covers, for the measure of protection."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.planner.monolith.model import Model, Row, family
from drawdown.planner.monolith.symbols import settlements


@family("capable_force capable[s,t] <= sum(people[u,s,t], u armed)", "(measure of protection)")
def capable_force(model: Model) -> Iterator[Row]:
    """A site covers the civilians around it while enough armed people are there."""
    force = float(model.mission.mission.capable_force)
    armed = [u.id for u in model.mission.units if u.armed]
    for (site, t), column in model.known["capable"].items():
        yield Row((site, t), [(column, force), *model.sum("people", ((u, site, t) for u in armed), -1.0)], high=0)


@family("covered[w,t] <= sum(capable[s,t], s near w)", "(measure of protection)")
def civilians_covered(model: Model) -> Iterator[Row]:
    """A settlement is covered if a site near it has a capable force; one near two sites counts once."""
    for town, near in settlements(model):
        for t in model.days:
            column = model.column("covered", town.id, t)
            if column >= 0:
                sites = model.sum("capable", ((s.id, t) for s in near), -1.0)
                yield Row((town.id, t), [(column, 1.0), *sites], high=0)
