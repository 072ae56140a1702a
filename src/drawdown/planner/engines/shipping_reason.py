"""Why nothing can be shipped: which commodities cannot pass which arcs, proven by adding up.

Every infeasible network has lengths of arcs (Farkas) so that what the commodities need, quantity times shortest
distance, is more than the room of all arcs times their length. Most often the lengths are those of a plain cut:
what must leave a set of places is more than the room of the arcs that leave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from drawdown.planner.engines.shipping_model import Model
from drawdown.planner.engines.shipping_network import PRECISION, Arc, Commodity, Network
from drawdown.planner.engines.shipping_streams import Array, joint_streams

#: So many places have few enough subsets to try every one as a cut.
FEW_PLACES = 12

#: Names that a sentence lists before it counts the rest.
NAMED = 6


def why_infeasible(network: Network) -> str:
    """The reason in words; empty if everything can be shipped when every service runs."""
    lengths = _lengths(network)
    if lengths is None:
        return ""
    distances = {barred: _distances(network, lengths, barred) for barred in {c.barred for c in network.commodities}}
    best: tuple[float, int, frozenset[str]] | None = None
    for places in _candidates(network, distances.values()):
        needed, room, arcs = _across(network, places)
        if needed > room + PRECISION * needed and (best is None or (room - needed, len(arcs)) < best[:2]):
            best = (room - needed, len(arcs), places)
    return _cut_in_words(network, best[2]) if best else _lengths_in_words(network, lengths, distances)


def _lengths(network: Network) -> Array | None:
    """Lengths of arcs that prove it, as the prices of room when each TEU left behind costs 1; None if none is left."""
    real = [replace(arc, fixed=0.0, unit=0.0) for arc in network.arcs]
    everything = sum(c.quantity for c in network.commodities)
    skip = [Arc(c.origin, c.destinations[0], 0.0, 2 * everything, 1.0) for c in network.commodities]
    model = Model(wide := Network((*real, *skip), network.commodities), joint_streams(network), integer=False)
    every = np.array([arc.most for arc in wide.arcs], dtype=float)
    model.set_services(every, every)
    answer = model.solve()
    if answer.outcome != "optimal":
        raise RuntimeError(f"the solver did not finish the problem of what is left behind ({answer.outcome})")
    if answer.cost <= PRECISION * everything:
        return None
    room = answer.price[-len(wide.arcs) :][: len(network.arcs)]
    return np.maximum(-room, 0.0).round(9)


def _distances(network: Network, lengths: Array, barred: frozenset[int]) -> Array:
    """Shortest distances between all places without some arcs; infinite where there is no way."""
    count = len(network.nodes)
    table = np.full((count, count), np.inf)
    for number, (arc, length) in enumerate(zip(network.arcs, lengths, strict=True)):
        if arc.capacity * arc.most > 0 and number not in barred:
            ends = network.index[arc.origin], network.index[arc.destination]
            table[ends] = min(table[ends], length)
    present = np.isfinite(table)
    # An explicit graph keeps arcs of length 0, which a dense matrix would drop.
    graph = sparse.csr_matrix((table[present], np.nonzero(present)), shape=(count, count))
    result: Array = dijkstra(graph)
    return result


def _candidates(network: Network, distances: Iterable[Array]) -> Iterable[frozenset[str]]:
    """Sets of places that a cut may lie around: every one where places are few.

    Otherwise all within some distance from a place, and all not so close to one.
    """
    names = network.nodes
    if len(names) <= FEW_PLACES:
        for size in range(1, len(names)):
            yield from map(frozenset, combinations(names, size))
        return
    for distance, place in product(distances, range(len(names))):
        for row, inside in ((distance[place], True), (distance[:, place], False)):
            for radius in sorted(set(row[np.isfinite(row)])):
                ball = row <= radius + PRECISION
                yield frozenset(name for name, within in zip(names, ball, strict=True) if within == inside)


def _leave(network: Network, places: frozenset[str]) -> list[Commodity]:
    return [c for c in network.commodities if c.origin in places and not places & set(c.destinations)]


def _across(network: Network, places: frozenset[str]) -> tuple[float, float, list[Arc]]:
    """What must leave a set of places, the room of the arcs over which it may leave, and these arcs."""
    leave = _leave(network, places)
    barred = frozenset.intersection(*(c.barred for c in leave)) if leave else frozenset()
    arcs = [
        arc
        for number, arc in enumerate(network.arcs)
        if arc.origin in places and arc.destination not in places and arc.most and number not in barred
    ]
    return sum(c.quantity for c in leave), sum(arc.capacity * arc.most for arc in arcs), arcs


def _cut_in_words(network: Network, places: frozenset[str]) -> str:
    needed, room, arcs = _across(network, places)
    rest = [place for place in network.nodes if place not in places]
    inside = len(places) <= len(rest)
    side = "leave " + _listed(sorted(places)) if inside else "enter " + _listed(rest)
    who = _listed([str(c) for c in _leave(network, places)])
    if not arcs:
        return f"{needed:,.6g} TEU must {side} ({who}), but no arc leads there"
    over = _listed([f"{arc.origin} to {arc.destination}" for arc in arcs])
    return f"{needed:,.6g} TEU must {side} ({who}), but the arcs that do ({over}) have room for {room:,.6g} at most"


def _lengths_in_words(network: Network, lengths: Array, distances: dict[frozenset[int], Array]) -> str:
    unit = float(lengths[lengths > PRECISION].min())
    room = sum(arc.capacity * arc.most * n / unit for arc, n in zip(network.arcs, lengths, strict=True))
    needs = [(c, _times(network, c, distances[c.barred]) / unit) for c in network.commodities if c.quantity > 0]
    needed = sum(c.quantity * times for c, times in needs)
    tight = [
        f"{arc.origin} to {arc.destination}" + _counted(n / unit)
        for arc, n in zip(network.arcs, lengths, strict=True)
        if n > PRECISION
    ]
    who = _listed([str(c) + _counted(times) for c, times in needs if times > PRECISION])
    return (
        f"whichever way they go, {who} need room for {needed:,.6g} TEU on the arcs {_listed(tight, len(tight))}, "
        f"which have {room:,.6g} at most"
    )


def _times(network: Network, commodity: Commodity, distance: Array) -> float:
    ends = [network.index[place] for place in commodity.destinations]
    return float(distance[network.index[commodity.origin], ends].min())


def _counted(times: float) -> str:
    return "" if abs(times - 1) <= PRECISION else f" (counted {times:.4g} times)"


def _listed(names: list[str], most: int = NAMED) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
