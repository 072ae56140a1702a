"""Commodities put together into streams, where that loses nothing, and told apart again afterwards."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.planner.engines.shipping_network import PRECISION, Commodity, Network

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Stream:
    """Commodities whose flows may be added up: they have their origin, or all of their destinations, in common.

    ``balance`` is what enters (+) or must arrive (-) at each node; at the ``outlets`` any part may arrive.
    """

    members: tuple[int, ...]
    balance: dict[int, float]
    outlets: tuple[int, ...]
    quantity: float
    barred: frozenset[int]


def single_streams(network: Network) -> list[Stream]:
    """One stream for each origin and set of destinations: many rows, a strong bound."""
    return _streams(network, [(c.origin, c.destinations, c.barred) for c in network.commodities])


def joint_streams(network: Network) -> list[Stream]:
    """As few streams as possible: by set of destinations or, if that gives fewer, by origin. Small and quick."""
    ends: list[object] = [(c.destinations, c.barred) for c in network.commodities]
    origins: list[object] = [
        (c.origin, c.barred, c.destinations if len(c.destinations) > 1 else ()) for c in network.commodities
    ]
    return _streams(network, min(origins, ends, key=lambda keys: len(set(keys))))


def _streams(network: Network, keys: Sequence[object]) -> list[Stream]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number, (key, commodity) in enumerate(zip(keys, network.commodities, strict=True)):
        if commodity.quantity > 0 and commodity.origin not in commodity.destinations:
            groups[key].append(number)
    return [_stream(network, members) for members in groups.values()]


def _stream(network: Network, members: list[int]) -> Stream:
    balance: dict[int, float] = defaultdict(float)
    rows = [network.commodities[n] for n in members]
    for row in rows:
        balance[network.index[row.origin]] += row.quantity
        if len(row.destinations) == 1:
            balance[network.index[row.destinations[0]]] -= row.quantity
    many = len(rows[0].destinations) > 1
    outlets = tuple(network.index[place] for place in dict.fromkeys(rows[0].destinations)) if many else ()
    quantity = sum(row.quantity for row in rows)
    return Stream(tuple(members), dict(balance), outlets, quantity, rows[0].barred)


def split(network: Network, streams: Sequence[Stream], flows: Array) -> tuple[dict[int, float], ...]:
    """The flow of each commodity by arc, from the flows of streams (a row each).

    Each member follows arcs on which its stream flows, from its origin to a destination where its stream still
    arrives. What only runs in circles is dropped.
    """
    found: list[dict[int, float]] = [{} for _ in network.commodities]
    for stream, row in zip(streams, flows, strict=True):
        left = _Left(network, stream, row)
        for member in stream.members:
            found[member] = left.take(network.commodities[member])
    return tuple(found)


class _Left:
    """What is left of a stream while its members are taken out of it one by one."""

    def __init__(self, network: Network, stream: Stream, flow: Array) -> None:
        self.noise = PRECISION * stream.quantity / 100
        self.on = {int(a): float(flow[a]) for a in np.flatnonzero(flow > self.noise)}
        self.network = network
        self.out: dict[str, list[int]] = defaultdict(list)
        self.arrives: dict[str, float] = defaultdict(float)
        for a in self.on:
            self.out[network.arcs[a].origin].append(a)
        if stream.outlets:
            self._arrive_where_flow_ends(stream)
        else:
            for row in (network.commodities[n] for n in stream.members):
                self.arrives[row.destinations[0]] += row.quantity

    def _arrive_where_flow_ends(self, stream: Stream) -> None:
        net: dict[str, float] = defaultdict(float)
        for a, quantity in self.on.items():
            net[self.network.arcs[a].origin] -= quantity
            net[self.network.arcs[a].destination] += quantity
        for node in stream.outlets:
            place = self.network.nodes[node]
            self.arrives[place] = max(0.0, net[place] + stream.balance.get(node, 0.0))

    def take(self, row: Commodity) -> dict[int, float]:
        """The flow of one member by arc, taken out of what is left."""
        taken: dict[int, float] = defaultdict(float)
        wanted = row.quantity
        while wanted > self.noise and (path := self._path(row)) is not None:
            end = self.network.arcs[path[-1]].destination
            amount = min([wanted, self.arrives[end], *(self.on[a] for a in path)])
            for a in path:
                self.on[a] -= amount
                taken[a] += amount
            self.arrives[end] -= amount
            wanted -= amount
        return dict(taken)

    def _path(self, row: Commodity) -> list[int] | None:
        """Arcs with flow from the origin to a destination that still takes some, the fewest; None if there are none."""
        came: dict[str, list[int]] = {row.origin: []}
        queue = deque([row.origin])
        while queue:
            here = queue.popleft()
            if here in row.destinations and self.arrives[here] > self.noise:
                return came[here]
            for a in self.out[here]:
                there = self.network.arcs[a].destination
                if self.on[a] > self.noise and there not in came:
                    came[there] = [*came[here], a]
                    queue.append(there)
        return None
