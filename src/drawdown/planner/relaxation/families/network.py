"""Over the whole plan, loads go leg by leg to an exit, on lift that goes leg by leg too."""

from __future__ import annotations

import numpy as np

from drawdown.planner.relaxation.model import Model, family
from drawdown.planner.relaxation.program import Rows, grid_of

#: Convoys of a leg without a limit are reckoned at so many times all vehicles: any number from 1 on is safe.
NO_LIMIT = 10


@family(
    "Σ_out - Σ_in (load + drive + fly)[c] = Σ_j,t set_out[j,t] at a site, -Σ_t ship[c,x,t] at an exit;"
    "  what ends in the country is carried away from its site",
    "rules equipment_conserved, route_joins",
)
def flows_join(model: Model) -> None:
    """Over the whole plan, what sets out goes leg by leg to where it leaves the country, or is carried to its end."""
    x, k = model.x, grid_of(2, len(model.place))
    rows, away = Rows(k.size, low=0, high=0), Rows(len(model.site), low=0)
    links = [(a.origin, a.destination, x["load"][:, q], x["drive"][q]) for q, a in enumerate(model.facts.arcs)]
    links += [(f.origin, f.destination, x["fly"][:, q], -1) for q, f in enumerate(model.flights)]
    for origin, destination, flows, driven in links:
        ends = [model.place[origin], model.place[destination]]
        for c, flow in ((0, flows[0]), (1, flows[1]), (1, driven)):
            rows.add(k[c, ends], flow, [1.0, -1.0])
        if origin in model.site:
            away.add(model.site[origin], flows[2])
    for j, row in enumerate(model.facts.stocks):
        if row.must_leave:
            rows.add(k[row.commodity, model.place[row.site]], x["set_out"][j], -1.0)
        elif not row.driven:
            away.add(model.site[row.site], x["set_out"][j], -1.0)
    for name, i in model.exit.items():
        rows.add(k[:, model.place[name], None], x["ship"][:, i])
    model.program.require("flows_join", rows, model.over("C", "S+X"))
    model.program.require("flows_join", away, (("inland",), *model.over("S")))


@family("Σ_c load[c,a] ≤ Σ_h TEU[h] vehicles[h,a];  Σ_c fly[c,f] ≤ TEU[f] sorties[f]", "rule capacity")
def capacity(model: Model) -> None:
    """What is carried fits on its lift by room."""
    facts, x = model.facts, model.x
    k, f = np.arange(len(facts.arcs)), np.arange(len(model.flights))
    room = np.array([h.teu for h in facts.fleets]).reshape(-1, 1)
    rows = Rows(len(k), high=0).add(k[None, :], x["load"]).add(k[None, :], x["vehicles"], -room)
    model.program.require("capacity", rows, model.over("A"))
    rows = Rows(len(f), high=0).add(f[None, :], x["fly"]).add(f, x["sorties"], [-y.lift.teu for y in model.flights])
    model.program.require("capacity", rows, model.over("F"))


@family("Σ_out vehicles[h,a] - Σ_in vehicles[h,a] ≤ vehicles based there[h,p]", "rule lift_where_used")
def lift_where_used(model: Model) -> None:
    """No more vehicles leave a place than were based there or came."""
    facts, vehicles = model.facts, model.x["vehicles"]
    k = grid_of(len(facts.fleets), len(model.place))
    based = np.zeros(k.shape)
    for h, fleet in enumerate(facts.fleets):
        for x in fleet.lifts:
            based[h, model.place[x.base]] += model.mission.in_service(x)
    rows = Rows(k.size, high=based.ravel())
    for q, a in enumerate(facts.arcs):
        rows.add(k[:, model.place[a.origin]], vehicles[:, q])
        rows.add(k[:, model.place[a.destination]], vehicles[:, q], -1.0)
    model.program.require("lift_where_used", rows, model.over("H", "S+X"))


@family("Σ_h vehicles[h,a] + drive[a] / TEU of the largest ≤ limit[a] · convoys[a]", "rule convoy_size")
def convoy_size(model: Model) -> None:
    """Vehicles go in convoys of no more than the leg's limit."""
    facts, x = model.facts, model.x
    limit = np.array([float(a.leg.convoy_limit or NO_LIMIT * facts.vehicles or 1) for a in facts.arcs])
    k = np.arange(len(facts.arcs))
    rows = Rows(len(k), high=0).add(k[None, :], x["vehicles"]).add(k, x["drive"], 1 / facts.largest)
    model.program.require("convoy_size", rows.add(k, x["convoys"], -limit), model.over("A"))


@family(
    "(Σ_a into x drive[a] - Σ_a out of x drive[a]) / TEU of the largest ≤ Σ_k,t leave[k,x,t]", "rules drivers, way_home"
)
def drivers_leave(model: Model) -> None:
    """What is driven to an exit, and not through it, has a driver who leaves there."""
    rows, drive = Rows(len(model.exit), high=0), model.x["drive"]
    for q, a in enumerate(model.facts.arcs):
        for place, sign in ((a.destination, 1.0), (a.origin, -1.0)):
            if place in model.exit:
                rows.add(model.exit[place], drive[q], sign / model.facts.largest)
    for i in model.exit.values():
        rows.add(i, model.x["leave"][:, i, :], -1.0)
    model.program.require("drivers_leave", rows, model.over("X"))
