"""Sites close once, when crews have had the time."""

from __future__ import annotations

import numpy as np

from drawdown.planner.relaxation.model import Model, family
from drawdown.planner.relaxation.program import Rows, grid_of


@family("open[s,t] ≥ open[s,t+1]", "rule closes_once")
def closes_once(model: Model) -> None:
    """A site that has closed stays closed."""
    o = model.x["open"]
    peopled = [i for i, s in enumerate(model.mission.sites) if model.facts.heads[s.id]]
    k = grid_of(len(peopled), model.slots)
    rows = Rows(k.size, low=0).add(k, o[peopled, :-1]).add(k, o[peopled, 1:], -1.0)
    over = (tuple(model.mission.sites[i].id for i in peopled), *model.over("T"))
    model.program.require("closes_once", rows, over)


@family(
    "Σ_s work[s,c] · (1 - open[s,t]) ≤ crews[c] · (day[t] - head[c])",
    "rules closure_steps, closure_crews, closure_order",
)
def closure_crews(model: Model) -> None:
    """By the day on which sites are left, crews have had the time to do their closing steps."""
    o, mission = model.x["open"], model.mission
    for crew in mission.crews:
        work, head = np.zeros(len(mission.sites)), model.facts.end
        for i, site in enumerate(mission.sites):
            for step, (start, _, _) in model.facts.steps(site).items():
                row = mission.step[step]
                if row.crew == crew.id and model.facts.heads[site.id]:
                    work[i] += row.days * row.crews
                    head = min(head, start - 1)
        if work.any():
            time = crew.count * np.maximum(0, model.grid.evening - head)
            rows = Rows(model.slots + 1, low=work.sum() - time).add(model.T1[None, :], o, work[:, None])
            model.program.require("closure_crews", rows, ((crew.id,), *model.over("T+1")))
