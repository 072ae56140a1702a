"""Which way the equipment of each site should go: by which hub, by road or air, to which exit.

The whole drawdown is looked at as one period without days: a convoy has a price (its risk and its escort), what it
loads another, and exits and legs have room for so much until the end. The shipping engine decides which convoys run.
Days, crews and escorts on hand are for the planner that follows; this tells it where to look first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from drawdown.mission.disposal import may_leave, must_leave
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course, Lot
from drawdown.planner.construction.packing import EPS
from drawdown.planner.engines.shipping import Commodity, Limits, Network, Shipment, ship
from drawdown.planner.engines.shipping_network import PRECISION, Status
from drawdown.planner.routing_links import LEAVES_BY, Link, links

#: Work that keeps the answer within seconds; it guides the planner, so a gap of a percent does no harm.
QUICK = Limits(gap=0.01, rounds=4, branches=100)


@dataclass(frozen=True)
class PreferredWays:
    """Where lots should go next from each site, the best first, and how good the whole is.

    ``next_places`` has an entry for each site and each lot that may leave and has a way from there. ``cost`` and
    ``bound`` (USD-equivalents) are those of the one-period problem; a bound of the mission they are not. Without
    a solution ``reason`` says why, and the places are in the order of their cost alone.
    """

    next_places: dict[tuple[str, str], tuple[str, ...]]
    status: Status
    cost: float
    bound: float
    reason: str


@dataclass(frozen=True)
class _Class:
    """Lots that may use the same exits and the same links."""

    exits: tuple[str, ...]
    barred: frozenset[int]


def preferred_ways(mission: Mission, course: Course, limits: Limits = QUICK) -> PreferredWays:
    """Choose convoys and loads for all equipment that must leave, weighed as a course of action does.

    Raises nothing for a mission that is sound: what cannot leave has no entry, and the engine's reason is passed on.
    """
    total = sum(lot.count * lot.teu_each for lot in mission.equipment)
    network = links(mission, course, total)
    classes = {lot.id: _class_of(mission, network, lot) for lot in mission.equipment if may_leave(lot)}
    commodities = _commodities(mission, classes)
    reachable = {kind: _distances(network, kind) for kind in set(classes.values())}
    wanted = {key: q for key, q in commodities.items() if key[0] in reachable[key[1]]}
    rows = tuple(Commodity(site, kind.exits, q, barred=kind.barred) for (site, kind), q in wanted.items())
    shipment = ship(Network(tuple(link.arc for link in network), rows), limits)
    used = _used(network, list(wanted), shipment)
    places = {
        (site.id, lot): order
        for lot, kind in classes.items()
        for site in mission.sites
        if (order := _order(network, site.id, kind, used, reachable[kind]))
    }
    return PreferredWays(places, shipment.status, shipment.cost, shipment.bound, shipment.reason)


def _class_of(mission: Mission, network: list[Link], lot: Lot) -> _Class:
    def carried(link: Link) -> bool:
        if link.mode == "road" and lot.self_propelled:
            return True
        return any(lot.teu_each <= x.teu + EPS and lot.tonnes_each <= x.tonnes + EPS for x in link.lifts)

    barred = frozenset(n for n, link in enumerate(network) if link.mode and not carried(link))
    return _Class(tuple(f"{way_out}{LEAVES_BY}" for way_out in _exits(mission, lot)), barred)


def _exits(mission: Mission, lot: Lot) -> Iterable[str]:
    owner = mission.unit[lot.unit].contributor if lot.unit else "UN"
    for way_out in mission.exits:
        if "equipment" in way_out.takes and (not way_out.contributors or owner in way_out.contributors):
            yield way_out.id


def _commodities(mission: Mission, classes: dict[str, _Class]) -> dict[tuple[str, _Class], float]:
    """TEU by site and class that must leave."""
    found: dict[tuple[str, _Class], float] = defaultdict(float)
    for lot in mission.equipment:
        if must_leave(lot) and classes[lot.id].exits and lot.count * lot.teu_each > 0:
            found[lot.site, classes[lot.id]] += lot.count * lot.teu_each
    return dict(found)


def _distances(network: list[Link], kind: _Class) -> dict[str, float]:
    """The cost of one TEU from each place to the nearest exit of a class, with every service full."""
    into: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, link in enumerate(network):
        if number not in kind.barred and link.arc.most:
            into[link.arc.destination].append((link.arc.origin, link.per_teu))
    found: dict[str, float] = {}
    heap = [(0.0, place) for place in kind.exits]
    while heap:
        cost, here = heappop(heap)
        if here not in found:
            found[here] = cost
            for origin, step in into[here]:
                heappush(heap, (cost + step, origin))
    return found


def _used(
    network: list[Link], keys: list[tuple[str, _Class]], shipment: Shipment
) -> dict[tuple[_Class, str, str], float]:
    """TEU of each class from place to place."""
    found: dict[tuple[_Class, str, str], float] = defaultdict(float)
    for (_, kind), flow in zip(keys, shipment.flows, strict=False):  # no flows at all without a shipment
        for number, quantity in flow.items():
            arc = network[number].arc
            found[kind, arc.origin, arc.destination] += quantity
    return found


def _order(
    network: list[Link],
    site: str,
    kind: _Class,
    used: dict[tuple[_Class, str, str], float],
    distance: dict[str, float],
) -> tuple[str, ...]:
    """Next places of a class from a site: those that the shipment uses, then others nearer to an exit, by cost."""
    cost: dict[str, float] = {}
    for number, link in enumerate(network):
        there = link.arc.destination
        if link.arc.origin == site and number not in kind.barred and link.arc.most and there in distance:
            cost[there] = min(cost.get(there, distance[there] + link.per_teu), distance[there] + link.per_teu)
    chosen = {there: used.get((kind, site, there), 0.0) for there in cost}
    kept = [there for there in cost if chosen[there] > PRECISION or distance[there] < distance[site]]
    return tuple(sorted(kept, key=lambda there: (-chosen[there], cost[there], there)))
