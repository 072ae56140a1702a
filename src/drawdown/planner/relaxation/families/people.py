"""People are in the mission until they go home."""

from __future__ import annotations

import numpy as np

from drawdown.planner.relaxation.model import Model, family
from drawdown.planner.relaxation.program import Rows, grid_of


@family(
    "people[k,t+1] = people[k,t] - Σ_x leave[k,x,t] - separate[k,t]",
    "rules people_conserved, what_left_stays_out, way_home, separations",
)
def people_conserved(model: Model) -> None:
    """People are in the mission until they leave by an exit that takes them, or separate where they serve."""
    r, e, p = model.x["people"], model.x["leave"], model.x["separate"]
    k = grid_of(*p.shape)
    rows = Rows(k.size, low=0, high=0).add(k, r[:, 1:]).add(k, r[:, :-1], -1.0).add(k, p).add(k[:, None, :], e)
    model.program.require("people_conserved", rows, model.over("K", "T"))


@family("Σ_k leave[k,x,t] ≤ people_per_day[x] · open days[x,t]", "rules exit_capacity, open_days")
def exit_capacity_people(model: Model) -> None:
    """No more people leave by an exit than it takes while it is open."""
    most = np.array([x.people_per_day * model.open_days(x) for x in model.mission.exits])
    k = grid_of(*most.shape)
    rows = Rows(k.size, high=most.ravel()).add(k[None], model.x["leave"])
    model.program.require("exit_capacity_people", rows, model.over("X", "T"))
