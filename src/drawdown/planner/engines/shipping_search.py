"""Good shipments quickly: slope scaling, then neighbourhoods that are searched to the end (fix and optimise).

Slope scaling (Crainic, Gendron and Hernu 2004): charge each TEU its share of the fixed cost as it was in the solution
before, and solve again. Neighbourhoods: most arcs keep their services, the others are free.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from threading import Event

import numpy as np
from numpy.typing import NDArray

from drawdown.planner.engines.shipping_bound import Bound
from drawdown.planner.engines.shipping_check import shipment_faults
from drawdown.planner.engines.shipping_model import Answer, Model
from drawdown.planner.engines.shipping_network import PRECISION, Limits, Network
from drawdown.planner.engines.shipping_streams import Array, Stream, joint_streams, split

#: Solves of slope scaling; it repeats itself sooner as a rule.
SLOPES = 30

#: A neighbourhood is given up after so many seconds (where time is limited) and branches.
PATIENCE, BRANCHES = 3.0, 60

#: Open arcs near a place that are freed at first, and closed ones that promise most; both grow when nothing is found.
FREE_OPEN, FREE_CLOSED = 12, 18
GROW = 1.3

#: After so many neighbourhoods in a row without a better shipment the search ends.
ENOUGH = 14


@dataclass(frozen=True)
class Candidate:
    """A shipment that keeps every rule: its cost, services by arc, and flows by commodity."""

    cost: float
    services: Array
    flows: tuple[dict[int, float], ...]


class Search:
    """Searches for shipments of one network, and remembers the best."""

    def __init__(self, network: Network, limits: Limits, until: float | None) -> None:
        self.network, self.limits, self.until = network, limits, until
        self.streams = joint_streams(network)
        self.chance = random.Random(limits.seed)  # noqa: S311 - no secrets
        self.loads = Model(network, self.streams, integer=False, seed=limits.seed)
        self.arcs = self.loads.arcs
        self.best: Candidate | None = None
        self.needless = Event()  # set when a proof beside the search has finished

    def left(self) -> float | None:
        """Seconds left, or None where time is not limited."""
        return None if self.until is None else max(0.0, self.until - time.perf_counter())

    def over(self) -> bool:
        """Whether to search on makes no sense: time is limited and over, or the proof is there."""
        return self.needless.is_set() or self.left() == 0.0

    def first(self) -> None:
        """Slope scaling from each TEU's share of a full service."""
        arcs = self.arcs
        share = np.divide(arcs.fixed, arcs.capacity, out=np.zeros_like(arcs.fixed), where=arcs.capacity > 0)
        tried: set[bytes] = set()
        for number in range(SLOPES):
            self.loads.set_services(arcs.most, arcs.most)
            self.loads.set_costs(arcs.unit + share, np.zeros_like(share))
            # The first solve is let run to its end: there is always a shipment to show.
            answer = self.loads.solve(seconds=self.left() if number else None)
            if answer.outcome != "optimal":
                return
            load = answer.flows.sum(axis=0)
            services = self._needed(load)
            self._offer(services, answer.flows)
            if services.tobytes() in tried:
                break
            tried.add(services.tobytes())
            share = np.where(load > PRECISION, arcs.fixed * services / np.maximum(load, PRECISION), share)
        if self.best is not None:
            self._reload(self.best.services)

    def polish(self, answer: Answer) -> None:
        """Keep the shipment of an integer solve if it is better, free of what its tolerances let pass."""
        self._reload(np.maximum(answer.services.round(), self._needed(answer.flows.sum(axis=0))))

    def _reload(self, services: Array) -> None:
        """Load given services in the cheapest way, and drop those that stay empty."""
        self.loads.set_services(services, services)
        self.loads.set_costs(self.arcs.unit, np.zeros_like(self.arcs.fixed))
        answer = self.loads.solve()
        if answer.outcome == "optimal":
            self._offer(self._needed(answer.flows.sum(axis=0)), answer.flows)

    def near_bound(self, bound: Bound) -> None:
        """Use only arcs that the bound, or the best shipment so far, wishes for."""
        wished = (bound.wished > PRECISION) | (self._services() > 0)
        self._restricted(np.zeros_like(bound.most), np.where(wished, bound.most, 0.0), 2 * PATIENCE)

    def neighbourhoods(self, bound: Bound | None) -> None:
        """Free some arcs around a place again and again, until nothing better is found or the limits are reached."""
        size, idle = 1.0, 0
        for _ in range(self.limits.rounds):
            if self.best is None or self.over() or idle >= ENOUGH or self._good_enough(bound):
                return
            before = self.best.cost
            free = self._free(bound, size)
            services = self.best.services
            low, high = np.where(free, 0.0, services), np.where(free, self.arcs.most, services)
            self._restricted(low, high, PATIENCE)
            better = self.best.cost < before * (1 - PRECISION)
            size, idle = (size, 0) if better else (size * GROW, idle + 1)
            if free.all():
                return

    def _good_enough(self, bound: Bound | None) -> bool:
        return bound is not None and self.best is not None and self.best.cost <= bound.value * (1 + self.limits.gap)

    def _free(self, bound: Bound | None, size: float) -> NDArray[np.bool_]:
        """Arcs to free: open ones that are close to a place drawn by chance, and the closed ones that cost least."""
        services, count = self._services(), len(self.network.arcs)
        distance = self._hops(self.chance.randrange(len(self.network.nodes)))
        near = np.minimum(distance[self.arcs.tail], distance[self.arcs.head])
        noise = np.array([self.chance.random() for _ in range(count)])
        open_first = np.argsort(np.where(services > 0, near + noise, np.inf), kind="stable")
        worth = self.arcs.fixed if bound is None else np.maximum(bound.reduced, 0.0)
        scale = float(np.median(worth)) or 1.0
        closed_first = np.argsort(np.where(services > 0, np.inf, worth / scale + near * noise), kind="stable")
        free = np.zeros(count, dtype=np.bool_)
        free[open_first[: int(FREE_OPEN * size)]] = True
        free[closed_first[: int(FREE_CLOSED * size)]] = True
        return free

    def _hops(self, place: int) -> Array:
        """Arcs between a place and each other, whatever their direction."""
        distance = np.full(len(self.network.nodes), np.inf)
        distance[place], step = 0.0, 0.0
        tails, heads = self.arcs.tail, self.arcs.head
        while True:
            reached = distance == step
            ends = np.concatenate([heads[reached[tails]], tails[reached[heads]]])
            new = ends[np.isinf(distance[ends])]
            if not len(new):
                distance[np.isinf(distance)] = len(distance)
                return distance
            step += 1
            distance[new] = step

    def _restricted(self, low: Array, high: Array, seconds: float) -> None:
        """Search between limits on the services of every arc."""
        left = self.left()
        model = Model(self.network, self.streams, integer=True, seed=self.limits.seed)
        model.set_services(low, high)
        if self.best is not None:
            model.start_from(joined(self.streams, self.best.flows, len(low)), self.best.services)
        patience = None if left is None else min(seconds, left)
        answer = model.solve(seconds=patience, gap=max(self.limits.gap, PRECISION), branches=BRANCHES)
        if len(answer.services):
            self.polish(answer)

    def _services(self) -> Array:
        return np.zeros_like(self.arcs.fixed) if self.best is None else self.best.services

    def _needed(self, load: Array) -> Array:
        """The fewest services that carry a load."""
        room = np.maximum(self.arcs.capacity, PRECISION)
        needed: Array = np.minimum(np.ceil(load / room - PRECISION), self.arcs.most)
        return needed

    def _offer(self, services: Array, flows: Array) -> None:
        """Keep a shipment if it is better than the best, and keeps the rules."""
        cost = float((self.arcs.fixed * services).sum() + (self.arcs.unit * flows).sum())
        if self.best is not None and cost >= self.best.cost * (1 - PRECISION / 10):
            return
        found = split(self.network, self.streams, flows)
        if not shipment_faults(self.network, tuple(int(n) for n in services), found):
            self.best = Candidate(cost, services, found)


def joined(streams: list[Stream], flows: tuple[dict[int, float], ...], arcs: int) -> Array:
    """The flows of streams (stream by arc), from those of their members."""
    result = np.zeros((len(streams), arcs))
    for row, stream in zip(result, streams, strict=True):
        for member in stream.members:
            for arc, quantity in flows[member].items():
                row[arc] += quantity
    return result
