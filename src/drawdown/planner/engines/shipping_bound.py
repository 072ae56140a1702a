"""How cheap a shipment can be at best: the linear problem with linking rows, and what its prices prove.

The bound is worked out from the prices alone (Lagrange): with the balance of every stream priced, each arc is a small
knapsack of its own. It holds whatever the solver's tolerances, and it also says which arcs a better shipment must or
cannot use.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import numpy as np

from drawdown.planner.engines.shipping_model import Model
from drawdown.planner.engines.shipping_network import PRECISION
from drawdown.planner.engines.shipping_streams import Array

#: A linking row is added where it is broken by more than this share of its size.
BROKEN = 1e-4

#: Rounds of linking rows; the bound hardly grows after that many.
ROUNDS = 60


@dataclass(frozen=True)
class Bound:
    """A lower bound on the cost; what a service on each arc adds to it; and the services that it would like to run."""

    value: float
    reduced: Array
    wished: Array
    most: Array

    def limits(self, cost: float) -> tuple[Array, Array]:
        """The fewest and the most services on each arc in any shipment that costs less than this."""
        slack = max(cost - self.value, 0.0) + PRECISION * abs(cost)
        many = np.divide(slack, np.abs(self.reduced), out=np.full(len(self.most), np.inf), where=self.reduced != 0)
        steps = np.minimum(np.floor(many), self.most)
        low = np.where(self.reduced < 0, self.most - steps, 0.0)
        high = np.where(self.reduced > 0, steps, self.most)
        return low, high


def root_bound(model: Model, until: float | None) -> Bound | Literal["infeasible"] | None:
    """Solve a linear model, adding broken linking rows until there are none; None if time was too short for any."""
    best: Bound | None = None
    for _ in range(ROUNDS):
        left = None if until is None else until - time.perf_counter()
        answer = model.solve(seconds=left)
        if answer.outcome == "infeasible":
            return "infeasible"
        if answer.outcome != "optimal":
            break
        found = priced(model, answer.price, answer.services)
        best = found if best is None or found.value >= best.value else best
        broken = answer.flows - model.link * answer.services > BROKEN * model.link
        if not model.add_links(broken):
            break
    return best


def priced(model: Model, price: Array, wished: Array) -> Bound:
    """The bound that prices of the balance rows prove."""
    nodes, arcs = len(model.network.nodes), model.arcs
    at = price[: len(model.streams) * nodes].reshape(len(model.streams), nodes)
    gain = np.maximum(at[:, arcs.tail] - at[:, arcs.head] - arcs.unit, 0.0)
    reduced = arcs.fixed - _knapsacks(gain, model.link, arcs.capacity)
    value = sum(at[s, node] * q for s, stream in enumerate(model.streams) for node, q in stream.balance.items())
    value += sum(min(0.0, -at[s, node]) * model.quantity[s] for s, node in model.outlets)
    value += float((arcs.most * np.minimum(reduced, 0.0)).sum())
    return Bound(float(value), reduced, wished, arcs.most)


def _knapsacks(gain: Array, most: Array, room: Array) -> Array:
    """For each arc the greatest gain of one service: the best streams first, up to its room."""
    order = np.argsort(-gain, axis=0, kind="stable")
    gains, sizes = np.take_along_axis(gain, order, 0), np.take_along_axis(most, order, 0)
    before = np.cumsum(sizes, axis=0) - sizes
    taken = np.clip(room[None, :] - before, 0.0, sizes)
    total: Array = (gains * taken).sum(axis=0)
    return total
