"""Equipment is somewhere until it has an end, and holds its site open until then."""

from __future__ import annotations

import numpy as np

from drawdown.mission.tables import Site
from drawdown.planner.relaxation.model import COMMODITIES, Model, family
from drawdown.planner.relaxation.program import Rows, Values, grid_of


@family("Σ_c ship[c,x,t] ≤ teu_per_day[x] · open days[x,t]", "rules exit_capacity, open_days")
def exit_capacity_equipment(model: Model) -> None:
    """No more equipment leaves by an exit than it takes while it is open."""
    k = grid_of(*model.takes.shape)
    rows = Rows(k.size, high=model.takes.ravel()).add(k[None], model.x["ship"])
    model.program.require("exit_capacity_equipment", rows, model.over("X", "T"))


@family(
    "stock[j,t+1] = stock[j,t] - dispose[j,t] - destroy[j,t] - set_out[j,t]",
    "rules equipment_conserved, disposal_groups, owner_allows, never_given",
)
def equipment_conserved(model: Model) -> None:
    """Equipment is at its site until it is disposed of, destroyed or sets out; UN-owned not before its offers end."""
    r, x = model.x["stock"], model.x
    k = grid_of(r.shape[0], model.slots)
    rows = Rows(k.size, low=0, high=0).add(k, r[:, 1:]).add(k, r[:, :-1], -1.0)
    rows.add(k, x["dispose"]).add(k, x["destroy"]).add(k, x["set_out"])
    model.program.require("equipment_conserved", rows, model.over("J", "T"))


@family("stock[j,t] ≤ teu[j] · open[s(j),t]", "rules nothing_left_behind, disposed_while_open, deadline_equipment")
def nothing_left_behind(model: Model) -> None:
    """While anything is left that cannot be handed over with its site, the site is open."""
    js, at, teu = kept(model)
    k = grid_of(len(js), model.slots + 1)
    rows = Rows(k.size, high=0).add(k, model.x["stock"][js]).add(k, model.x["open"][at], -teu)
    over = tuple(model.facts.stocks[j].name for j in js), *model.over("T+1")
    model.program.require("nothing_left_behind", rows, over)


def kept(model: Model) -> tuple[list[int], list[int], Values]:
    """Classes of stock that cannot be handed over with their site: their numbers, their sites' and their room."""
    js = [j for j, row in enumerate(model.facts.stocks) if not row.given]
    at = [model.site[model.facts.stocks[j].site] for j in js]
    return js, at, np.array([model.facts.stocks[j].teu for j in js]).reshape(-1, 1)


@family(
    "Σ_j∈s stock[j,t] - share · teu[s] ≤ (1 - share) · teu[s] · open[s, t + days to the end of the steps]",
    "rules clean_up_after_emptying, closure_order, closure_steps, clearance_before_handover",
)
def clean_up_after_emptying(model: Model) -> None:
    """A site with too much stock for a closing step to start is open until that step and those after it could end."""
    for site in model.mission.sites:
        if model.facts.heads[site.id]:
            for step, (_, tail, share) in model.facts.steps(site).items():
                if share < 1:
                    _clean_up(model, site, step, tail, share)


def _clean_up(model: Model, site: Site, step: str, tail: int, share: float) -> None:
    facts, grid = model.facts, model.grid
    here = [j for j, row in enumerate(facts.stocks) if row.site == site.id]
    # What is handed over stays in `stock` for good: it counts only where the step ends before the handover.
    counts_given = step in facts.steps_before_handover(site)
    js = [j for j in here if counts_given or not facts.stocks[j].given]
    least = share * sum(facts.stocks[j].teu for j in here)
    over = sum(facts.stocks[j].teu for j in js) - least
    if over > 0:
        later = [grid.state_by(min(facts.end, int(day) + tail)) for day in grid.evening]
        rows = Rows(model.slots + 1, high=least).add(model.T1[None, :], model.x["stock"][js])
        rows.add(model.T1, model.x["open"][model.site[site.id]][later], -over)
        model.program.require("clean_up_after_emptying", rows, ((site.id,), (step,), *model.over("T+1")))


@family(
    "transit[c,t+1] = transit[c,t] + Σ_j set_out[j,t] - Σ_x ship[c,x,t]",
    "rules equipment_conserved, nothing_left_behind, liquidation_end",
)
def transit_conserved(model: Model) -> None:
    """What has set out and must leave the country is on its way until it passes an exit."""
    w = model.x["transit"]
    k = grid_of(2, model.slots)
    rows = Rows(k.size, low=0, high=0).add(k, w[:, 1:]).add(k, w[:, :-1], -1.0).add(k[:, None, :], model.x["ship"])
    for j, row in enumerate(model.facts.stocks):
        if row.must_leave:
            rows.add(k[row.commodity], model.x["set_out"][j], -1.0)
    model.program.require("transit_conserved", rows, model.over("C", "T"))


@family(
    "Σ_{u≤t} Σ_x ship[c,x,u] ≤ Σ_{u≤t} Σ_j set_out[j,u] of those that can be at an exit by the end of t",
    "rules travel_time, clearance, season, open_days",
)
def travel_time(model: Model) -> None:
    """Nothing passes an exit sooner after setting out than the quickest way from its site takes."""
    facts, grid = model.facts, model.grid
    t, u = np.nonzero(np.tril(np.ones((model.slots, model.slots), dtype=bool)))
    for c, name in enumerate(COMMODITIES[:2]):
        rows = Rows(model.slots, high=0).add(t[None, :], model.x["ship"][c][:, u])
        for j, row in enumerate(facts.stocks):
            if row.commodity == c:
                soonest, least = facts.way_out(row.site)
                on_time = (grid.first[u] + least - 1 <= grid.last[t]) & (grid.last[t] >= soonest)
                rows.add(t[on_time], model.x["set_out"][j][u[on_time]], -1.0)
        model.program.require("travel_time", rows, ((name,), *model.over("T")))


@family(
    "stored[s,t] ≤ all equipment · open[s,t];  with a yard, Σ_j∈s stock[j,t+1] + stored[s,t] ≤ yard[s] · open[s,t]",
    "rules nothing_left_behind, closes_once, yard",
)
def yards(model: Model) -> None:
    """Equipment on its way stands only at open sites, and no more of it than their yards hold."""
    facts, mission = model.facts, model.mission
    room = np.array([s.yard_teu or facts.teu for s in mission.sites]).reshape(-1, 1)
    k = grid_of(len(mission.sites), model.slots)
    rows = Rows(k.size, high=0).add(k, model.x["stored"]).add(k, model.x["open"][:, :-1], -room)
    for j, row in enumerate(facts.stocks):
        if not row.given and mission.site[row.site].yard_teu:
            rows.add(k[model.site[row.site]], model.x["stock"][j, 1:])
    model.program.require("yards", rows, model.over("S", "T"))
