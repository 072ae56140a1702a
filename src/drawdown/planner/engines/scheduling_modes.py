"""Choose modes before days: which modes could fit into how short a time, crews and stocks taken as wholes.

A schedule no longer than T has modes whose work fits into T days of every crew, whose stocks suffice, and whose longest
chain is no longer than T. The least such T is a bound that costs a twentieth of a second; the choices of modes that
reach it, or nearly, are far better parents for a search than random ones.
"""

from __future__ import annotations

import random

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_effort import Effort
from drawdown.planner.engines.scheduling_network import Network

#: Choices to make, and for how long each and the bound may take (seconds or units of work).
CHOICES, EACH, BOUND = 16, 0.15, 1.0

#: Every so many choices the time allowed grows by a day: the best schedule is often a little longer than the bound.
LOOSER_EVERY = 4

#: Random prices of tasks' work lie between these: they make the choices differ.
PRICES = (50, 150)

#: Work is priced in parts of a crew's day.
PARTS = 100


class _Choice:
    """The model: one mode a task, chains, work and stocks within a length."""

    def __init__(self, network: Network) -> None:
        self.network, self.cp = network, cp_model.CpModel()
        cp = self.cp
        self.taken = [[cp.new_bool_var(f"mode{i}_{m}") for m in range(len(d))] for i, d in enumerate(network.days)]
        self.length = cp.new_int_var(0, network.horizon, "length")
        starts = [cp.new_int_var(day, max(day, network.horizon), f"start{i}") for i, day in enumerate(network.release)]
        days = [sum(d * x for d, x in zip(network.days[i], row, strict=True)) for i, row in enumerate(self.taken)]
        for task, row in enumerate(self.taken):
            cp.add_exactly_one(row)
            cp.add(self.length >= starts[task] + days[task])
            for other, lag in network.before[task]:
                cp.add(starts[task] >= starts[other] + days[other] + lag)
        self._flat = [(i, m, x) for i, row in enumerate(self.taken) for m, x in enumerate(row)]
        for crew, count in enumerate(network.counts):
            cp.add(sum(self._work(i, m, crew) * x for i, m, x in self._flat) <= count * self.length)
        for stock, count in enumerate(network.stocks):
            cp.add(sum(network.spent[i][m][stock] * x for i, m, x in self._flat) <= count)

    def _work(self, task: int, mode: int, crew: int) -> int:
        return self.network.days[task][mode] * self.network.needs[task][mode][crew]

    def shortest(self) -> None:
        """Ask for the least length."""
        self.cp.minimize(self.length)

    def cheapest(self, length: int, chance: random.Random) -> None:
        """Ask for the least work within a length, at random prices."""
        prices = [chance.randint(*PRICES) for _ in self.taken]
        counts = list(enumerate(self.network.counts))
        self.cp.add(self.length <= length)
        self.cp.minimize(
            sum(prices[i] * sum(self._work(i, m, r) * PARTS // n for r, n in counts if n) * x for i, m, x in self._flat)
        )

    def read(self, solver: cp_model.CpSolver) -> tuple[int, ...]:
        """The modes that were chosen."""
        return tuple(next(m for m, x in enumerate(row) if solver.boolean_value(x)) for row in self.taken)


def choose_modes(network: Network, effort: Effort, seed: int) -> tuple[int, list[tuple[int, ...]]]:
    """A bound on the length of any schedule, and choices of modes that might come near it."""
    chance = random.Random(seed)  # noqa: S311 (no secrets)
    model = _Choice(network)
    model.shortest()
    solver, status = effort.solve(model.cp, BOUND, seed=seed, workers=1)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0, []
    bound, found = round(solver.best_objective_bound), [model.read(solver)]
    for i in range(CHOICES):
        model = _Choice(network)
        model.cheapest(bound + i // LOOSER_EVERY, chance)
        solver, status = effort.solve(model.cp, EACH, seed=seed + i, workers=1)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found.append(model.read(solver))
    return bound, list(dict.fromkeys(found))
