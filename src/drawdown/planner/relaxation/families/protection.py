"""Who has to be there as long as anything is: guards, rear parties, and a force that can protect."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Settlement
from drawdown.plan.measures import TO_PROTECT
from drawdown.planner.relaxation.families.equipment import kept
from drawdown.planner.relaxation.model import Model, family
from drawdown.planner.relaxation.program import Index, Rows, Values, grid_of


@family("Σ_k armed people[k,t] ≥ Σ_s guard[s] · guarded[s,t];  stock[j,t] ≤ teu[j] · guarded[s(j),t]", "rule guard")
def guard(model: Model) -> None:
    """While anything is left at a site that cannot be handed over, its guard is in the mission."""
    x = model.x
    strength = np.array([float(s.guard) for s in model.mission.sites]).reshape(-1, 1)
    rows = Rows(model.slots + 1, low=0).add(model.T1[None, :], _armed(model))
    rows.add(model.T1[None, :], x["guarded"], -strength)
    model.program.require("guard", rows, (("mission",), *model.over("T+1")))
    js, at, teu = kept(model)
    k = grid_of(len(js), model.slots + 1)
    rows = Rows(k.size, high=0).add(k, x["stock"][js]).add(k, x["guarded"][at], -teu)
    model.program.require("guard", rows, (tuple(model.facts.stocks[j].name for j in js), *model.over("T+1")))


def _armed(model: Model) -> Index:
    return model.x["people"][[i for i, k in enumerate(model.facts.people) if k.armed]]


@family("Σ_k∈s people[k,t] ≥ least share[s] · Σ_j∈s stock[j,t] of contingents", "rule rear_party")
def rear_party(model: Model) -> None:
    """Rear parties are in the mission while their units' equipment is at its site, unless it may be handed over."""
    facts, mission = model.facts, model.mission
    for site in mission.sites:
        js = [j for j, row in enumerate(facts.stocks) if row.site == site.id and not row.given]
        lots = [mission.lot[i] for j in js for i in facts.stocks[j].lots]
        owned = {u.id: sum(x.count * x.teu_each for x in lots if x.unit == u.id) for u in mission.units}
        owners = [u for u in mission.units if owned[u.id] > 0]
        if not owners or any(u.site != site.id for u in owners):
            continue
        share = min(min(u.rear_party, u.strength) / owned[u.id] for u in owners)
        un = sum(x.count * x.teu_each for x in lots if not x.unit)
        ks = [i for i, k in enumerate(facts.people) if k.site == site.id]
        rows = Rows(model.slots + 1, low=-share * un).add(model.T1[None, :], model.x["people"][ks])
        rows.add(model.T1[None, :], model.x["stock"][js], -share)
        model.program.require("rear_party", rows, ((site.id,), *model.over("T+1")))


@family(
    "covered[w,t] ≤ Σ_s near w capable[s,t];  capable[s,t] ≤ open[s,t];"
    "  Σ_k armed people[k,t] ≥ force · Σ_s capable[s,t]",
    "measure protection",
)
def protection(model: Model) -> None:
    """A town is covered in an evening only by an open site near it, with as many armed people as a force needs."""
    mission, towns, days = model.mission, list(towns_near(model.mission)), protected_days(model.mission)
    if not towns or not days.any() or not model.course.protection:
        return
    price = model.course.protection * np.outer([w.population for w, _ in towns], evenings(model, days))
    names, states = tuple(w.id for w, _ in towns), model.over("T+1")[0]
    size, over = (len(mission.sites), model.slots + 1), model.over("S", "T+1")
    capable = model.program.symbol("capable", size, high=1.0, over=over)
    covered = model.program.symbol("covered", price.shape, high=1.0, cost=-price, over=(names, states))
    model.program.constant += float(price.sum())
    k = grid_of(*size)
    rows = Rows(k.size, high=0).add(k, capable).add(k, model.x["open"], -1.0)
    model.program.require("protection", rows, over)
    rows = Rows(model.slots + 1, low=0).add(model.T1[None, :], _armed(model))
    rows.add(model.T1[None, :], capable, -float(mission.mission.capable_force))
    model.program.require("protection", rows, (("mission",), states))
    k = grid_of(*covered.shape)
    rows = Rows(covered.size, high=0).add(k, covered)
    for number, (_, sites) in enumerate(towns):
        rows.add(k[number][None, :], capable[sites], -1.0)
    model.program.require("protection", rows, (names, states))


def towns_near(mission: Mission) -> Iterator[tuple[Settlement, list[int]]]:
    """Settlements with the numbers of the sites near them, if there are any."""
    for w in mission.settlements:
        near = [
            i
            for i, s in enumerate(mission.sites)
            if great_circle_km(s.lat, s.lon, w.lat, w.lon) <= s.protection_radius_km
        ]
        if near:
            yield w, near


def protected_days(mission: Mission) -> Values:
    """For each day from that of cessation, 1 if an authority to protect holds from the next evening on."""
    days = np.zeros(mission.days + 1)
    for row in mission.authorities:
        if row.function in TO_PROTECT:
            days[max(mission.day(row.from_date), 1) : max(mission.day(row.to_date) + 1, 0)] = 1
    return days


def evenings(model: Model, days: Values) -> Values:
    """How many evenings with authority each state stands for: its own, and those strictly inside the slot after it."""
    weight = np.zeros(model.slots + 1)
    weight[1:] += days[model.grid.evening[1:]]
    weight[:-1] += [days[a:b].sum() for a, b in zip(model.grid.first, model.grid.last, strict=True)]
    return weight
