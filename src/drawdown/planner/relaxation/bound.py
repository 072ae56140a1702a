"""A bound that no lawful plan can go below, and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.planner.relaxation.facts import Facts
from drawdown.planner.relaxation.families import families
from drawdown.planner.relaxation.grid import Grid, make_grid
from drawdown.planner.relaxation.model import Model
from drawdown.planner.relaxation.solver import Answer, certified, solve
from drawdown.planner.relaxation.symbols import add_symbols

#: Columns that a relaxation may have by the day: more are cut to longer slots, which keeps the bound valid.
MOST_COLUMNS = 200_000

#: Share of the value of a bound taken off for rounding in its own arithmetic (sums of some 1e6 terms in doubles).
ROUNDING = 1e-9


@dataclass(frozen=True)
class Bound:
    """No lawful plan costs less than ``value`` (USD-equivalents; minus infinity if nothing is known).

    ``how`` says how it was obtained, ``infeasible`` that not even the relaxation can be met, so that no plan is lawful.
    ``last_out`` is the day on which the relaxation leaves each site (fractions of a site count as days).
    """

    value: float
    how: str
    infeasible: bool
    seconds: float
    last_out: dict[str, float]
    columns: int
    rows: int


def relax(mission: Mission, course: Course, *, as_of: int = 0, fine: int | None = None) -> Model:
    """The relaxation of a mission under a course of action, with all its families."""
    facts = Facts(mission, as_of)
    width = len(facts.people) * (2 + len(mission.exits)) + 4 * len(facts.stocks) + 4 * len(mission.sites)
    slots = MOST_COLUMNS // max(1, width)
    model = Model(mission, course, facts, _grid(facts, min(45, slots // 3) if fine is None else fine))
    add_symbols(model)
    for row in families():
        row.add(model)
    return model


def lower_bound(mission: Mission, course: Course, as_of: int = 0, seconds: float = 60.0) -> Bound:
    """The bound of a mission under a course of action. Raises `SolverMissing`.

    The linear relaxation is solved by HiGHS; the value is recomputed from its row prices by weak duality.
    """
    model = relax(mission, course, as_of=as_of)
    matrix = model.program.matrix()
    answer = solve(matrix, seconds=seconds)
    size = len(matrix.cost), len(matrix.row_low)
    if answer.status == "infeasible":
        return Bound(np.inf, "the linear relaxation has no solution", True, answer.seconds, {}, *size)
    value = certified(matrix, answer.prices) if answer.prices is not None else -np.inf
    how = (
        f"linear relaxation of all rules it states ({size[0]:,} columns, {size[1]:,} rows), HiGHS; "
        "value recomputed from its row prices by weak duality"
    )
    return Bound(value - ROUNDING * abs(value), how, False, answer.seconds, _last_out(model, answer), *size)


def _last_out(model: Model, answer: Answer) -> dict[str, float]:
    if answer.columns is None:
        return {}
    days = answer.columns[model.x["open"]] @ model.mornings
    return {site: round(float(days[i]), 2) for site, i in model.site.items()}


def _grid(facts: Facts, fine: int) -> Grid:
    """Slots that end where something begins or ends."""
    mission = facts.mission
    cuts: set[int] = {facts.deadline}
    cuts |= {j.local - 1 for j in facts.stocks if j.local}
    cuts |= {mission.day(x.open_to) for x in mission.exits if x.open_to}
    cuts |= {mission.day(x.open_to) for x in mission.legs if x.open_to}
    cuts |= {mission.day(u.latest) for u in mission.units if u.latest}
    cuts |= {facts.soonest_out(site) - 1 for site in mission.sites}
    return make_grid(facts.end, cuts, fine=fine)
