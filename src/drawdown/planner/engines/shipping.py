"""The engine for shipping with fixed charges: which services run, what goes on them, and how good that is.

In this order: a linear problem shows whether everything can be shipped at all (if not, why not); slope scaling gives a
first shipment; linking rows give a strong bound; neighbourhoods make the shipment better; and a search of the whole
tree, with the arcs that the bound has ruled out left away, closes the gap.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from math import inf

import numpy as np

from drawdown.planner.engines.shipping_bound import Bound, root_bound
from drawdown.planner.engines.shipping_check import shipment_faults
from drawdown.planner.engines.shipping_model import Answer, Model
from drawdown.planner.engines.shipping_network import (
    PRECISION,
    Arc,
    Commodity,
    Limits,
    Network,
    Shipment,
    Status,
)
from drawdown.planner.engines.shipping_reason import why_infeasible
from drawdown.planner.engines.shipping_search import Search, joined
from drawdown.planner.engines.shipping_streams import Stream, joint_streams, single_streams

__all__ = ["Arc", "Commodity", "Limits", "Network", "Shipment", "ship", "shipment_faults"]

#: Streams times arcs up to which each pair of ends is a stream of its own in bounds and proofs. Above it one linear
#: problem takes longer than a minute, and joint streams give a weaker bound at once.
SINGLE_UP_TO = 60_000

#: Shares of the time by which the bound, a first quick proof, and the search are given up.
BOUND_SHARE, QUICK_SHARE, SEARCH_SHARE = 0.35, 0.5, 0.7

#: Branches of the quick proof: most small problems are proven in the first few.
QUICK_BRANCHES = 40


def ship(network: Network, limits: Limits | None = None) -> Shipment:
    """Choose services and loads of least cost."""
    limits = limits or Limits()
    if not any(c.quantity > 0 and c.origin not in c.destinations for c in network.commodities):
        nothing = tuple(0 for _ in network.arcs)
        return Shipment("optimal", nothing, tuple({} for _ in network.commodities), 0.0, 0.0)
    if reason := why_infeasible(network):
        return Shipment("infeasible", (), (), inf, inf, reason)
    return _Shipping(network, limits).run()


class _Shipping:
    """One problem that has a solution, on its way to it."""

    def __init__(self, network: Network, limits: Limits) -> None:
        self.network, self.limits, self.begun = network, limits, time.perf_counter()
        self.search = Search(network, limits, self._until(1.0))
        single = single_streams(network)
        small = len(single) * len(network.arcs) <= SINGLE_UP_TO
        self.streams: list[Stream] = single if small else joint_streams(network)
        self.bound: Bound | None = None

    def _until(self, share: float) -> float | None:
        return None if self.limits.seconds is None else self.begun + share * self.limits.seconds

    def run(self) -> Shipment:
        """Search, prove, and put the result together."""
        self.search.first()
        linear = Model(self.network, self.streams, integer=False, seed=self.limits.seed)
        found = root_bound(linear, self._until(BOUND_SHARE))
        self.bound = found if isinstance(found, Bound) else None
        if self.bound is not None and not self._done(self.bound.value):
            self.search.near_bound(self.bound)
        proven = self._improve_and_prove(linear)
        return self._result(proven)

    def _done(self, bound: float) -> bool:
        best = self.search.best
        return best is not None and best.cost - bound <= max(self.limits.gap, PRECISION) * abs(best.cost)

    def _improve_and_prove(self, linear: Model) -> float:
        """The bound after neighbourhoods and the tree."""
        start = self.bound.value if self.bound else 0.0
        if self._done(start):
            return start
        if self.limits.workers > 1:
            return max(start, self._prove_beside(linear))
        start = max(start, self._accept(self._prove(linear, self._until(QUICK_SHARE), QUICK_BRANCHES)))
        if self._done(start):
            return start
        self.search.until = self._until(SEARCH_SHARE)
        self.search.neighbourhoods(self.bound)
        return max(start, self._accept(self._prove(linear, self._until(1.0), self.limits.branches)))

    def _prove_beside(self, linear: Model) -> float:
        """The proof in a thread of its own (HiGHS lets Python go on), while the search looks for better shipments."""

        def prove() -> Answer:
            try:
                return self._prove(linear, self._until(1.0), self.limits.branches)
            finally:
                self.search.needless.set()

        with ThreadPoolExecutor(1) as beside:
            proof: Future[Answer] = beside.submit(prove)
            self.search.neighbourhoods(self.bound)
            return self._accept(proof.result())

    def _prove(self, linear: Model, until: float | None, branches: int) -> Answer:
        """Search the tree for anything better than the best shipment of the moment.

        What the bound has ruled out for better shipments is left away; so the answer's bound is at most that
        shipment's cost.
        """
        best = self.search.best
        tree = Model(self.network, self.streams, integer=True, seed=self.limits.seed)
        tree.add_links(linear.linked)
        if best is not None:
            low, high = self.bound.limits(best.cost) if self.bound else (np.zeros_like(best.services), tree.arcs.most)
            tree.set_services(np.minimum(low, best.services), np.maximum(high, best.services))
            tree.start_from(joined(self.streams, best.flows, len(best.services)), best.services)
        left = None if until is None else until - time.perf_counter()
        answer = tree.solve(seconds=left, gap=self.limits.gap, branches=min(branches, self.limits.branches))
        return answer if best is None else replace(answer, bound=min(answer.bound, best.cost))

    def _accept(self, answer: Answer) -> float:
        """Keep the shipment of a proof if it is better; its bound."""
        if len(answer.services):
            self.search.polish(answer)
        return answer.bound

    def _result(self, bound: float) -> Shipment:
        best = self.search.best
        if best is None:
            return Shipment("unknown", (), (), inf, max(bound, 0.0), "no shipment was found in the time given")
        status: Status = "optimal" if self._done(bound) else "feasible"
        services = tuple(int(n) for n in best.services)
        return Shipment(status, services, best.flows, best.cost, min(bound, best.cost))
