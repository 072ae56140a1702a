"""What is on its way is at a site or on the road, and no more of it than vehicles, drivers and convoys can take."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from drawdown.mission.tables import Site
from drawdown.planner.relaxation.model import Model, family
from drawdown.planner.relaxation.network import Arc
from drawdown.planner.relaxation.program import Rows, Values


@family(
    "Σ_j∈s set_out[j,t] ≤ Σ_a∈out(s) limit[a] · ⌈days[t] / headway[a]⌉ · TEU a vehicle"
    " + what exits and aircraft there take",
    "rules convoy_size, headway, sorties, exit_capacity",
)
def way_out_of_site(model: Model) -> None:
    """No more leaves a site in a slot than the convoys on its legs, the exits at its gate and the aircraft take."""
    ends = Counter(a.destination for a in model.facts.arcs)
    at_gate = {x for x in model.exit if ends[x] == 1}  # nothing passes through them
    for site in model.mission.sites:
        arcs = [a for a in model.facts.arcs if a.origin == site.id and a.first <= model.facts.end]
        if any(a.destination not in at_gate and not (a.leg.convoy_limit and a.leg.headway_days) for a in arcs):
            continue  # a road without a limit: nothing to say
        most = sum((_most(model, a, at_gate=a.destination in at_gate) for a in arcs), _most_by_air(model, site))
        js = [j for j, row in enumerate(model.facts.stocks) if row.site == site.id and row.must_leave]
        rows = Rows(model.slots, high=most).add(model.T[None, :], model.x["set_out"][js])
        model.program.require("way_out_of_site", rows, ((site.id,), *model.over("T")))


def _most(model: Model, arc: Arc, *, at_gate: bool) -> Values:
    """What a leg takes out of a site in each slot (TEU)."""
    facts, length = model.facts, model.grid.length
    if at_gate:  # it is at the exit within the days that the leg takes at most
        way_out = model.mission.exits[model.exit[arc.destination]]
        takes = way_out.teu_per_day * ("equipment" in way_out.takes) * (length + math.ceil(arc.longest))
    else:
        room = max([facts.largest, *(h.teu for h in facts.fleets)])
        takes = np.ceil(length / arc.leg.headway_days) * arc.leg.convoy_limit * room
    return np.where(model.grid.last >= arc.first, takes, 0.0)


def _most_by_air(model: Model, site: Site) -> Values:
    """What aircraft take out of a site in each slot (TEU)."""
    lifts = {f.lift.id: f.lift for f in model.flights if f.origin == site.id}
    a_day = sum(model.mission.in_service(x) * x.sorties_per_day * x.teu for x in lifts.values())
    return a_day * model.grid.length.astype(float)


@family(
    "transit[c,t] - Σ_x ship[c,x,t] ≤ Σ_s stored[s,t] + hauled[t] + at_wheel[t], over both c;"
    "  without at_wheel for what is carried",
    "rules equipment_conserved, travel_time",
)
def somewhere(model: Model) -> None:
    """What is on its way through a whole slot stands at a site, rides on lift, or is driven."""
    t, x = model.T, model.x
    for name, cs in (("all", [0, 1]), ("carried", [0])):
        rows = Rows(len(t), low=0).add(t[None, :], x["stored"]).add(t, x["hauled"])
        rows.add(t[None, :], x["transit"][cs][:, :-1], -1.0).add(t[None, None, :], x["ship"][cs])
        if name == "all":
            rows.add(t, x["at_wheel"])
        model.program.require("somewhere", rows, ((name,), *model.over("T")))


@family(
    "hauled[t] ≤ Σ_h TEU[h] · vehicles in service[h];  at_wheel[t] ≤ TEU of the largest · Σ_k people[k,t]",
    "rules lift_where_used, drivers",
)
def on_the_road(model: Model) -> None:
    """Lift carries what its vehicles have room for, and what is driven has a driver."""
    room = sum(h.teu * model.mission.in_service(x) for h in model.facts.fleets for x in h.lifts)
    rows = Rows(model.slots, high=room).add(model.T, model.x["hauled"])
    model.program.require("on_the_road", rows, (("hauled",), *model.over("T")))
    rows = Rows(model.slots, high=0).add(model.T, model.x["at_wheel"])
    rows.add(model.T[None, :], model.x["people"][:, :-1], -model.facts.largest)
    model.program.require("on_the_road", rows, (("at_wheel",), *model.over("T")))


@family(
    "Σ_t days[t] hauled[t] ≤ Σ_h,a TEU[h] · longest days[a] · vehicles[h,a];"
    "  Σ_t days[t] at_wheel[t] ≤ Σ_a longest days[a] · drive[a]",
    "rule travel_time",
)
def no_longer_than_it_takes(model: Model) -> None:
    """Nothing is on the road for longer than its moves take at the contested pace."""
    arcs, fleets, days = model.facts.arcs, model.facts.fleets, model.grid.length.astype(float)
    longest = np.array([a.longest for a in arcs])
    rows = Rows(2, high=0).add(0, model.x["hauled"], days).add(1, model.x["at_wheel"], days)
    rows.add(0, model.x["vehicles"], -np.outer([h.teu for h in fleets], longest).reshape(len(fleets), len(arcs)))
    rows.add(1, model.x["drive"], -longest)
    model.program.require("no_longer_than_it_takes", rows, (("hauled", "at_wheel"),))
