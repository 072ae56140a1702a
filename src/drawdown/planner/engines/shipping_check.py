"""A second opinion on a shipment, in plain Python: does everything arrive, and is there room for it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from drawdown.planner.engines.shipping_network import PRECISION, Network

#: Shares of a quantity or of room that may be missing: ten times what solvers are asked to keep.
TOLERANCE = 10 * PRECISION


def shipment_faults(network: Network, services: Sequence[int], flows: Sequence[dict[int, float]]) -> list[str]:
    """Everything that is wrong with services and flows (by commodity and arc), in words; empty if nothing is."""
    faults: list[str] = []
    load: dict[int, float] = defaultdict(float)
    for commodity, flow in zip(network.commodities, flows, strict=True):
        net: dict[str, float] = defaultdict(float)
        for number, quantity in flow.items():
            net[network.arcs[number].origin] -= quantity
            net[network.arcs[number].destination] += quantity
            load[number] += quantity
        faults += [f"{commodity}: barred from {network.arcs[a].origin}" for a in flow if a in commodity.barred]
        net[commodity.origin] += commodity.quantity
        allowed = TOLERANCE * max(commodity.quantity, 1.0)
        ends = set(commodity.destinations)
        faults += [
            f"{commodity}: {left:+.6g} at {p}" for p, left in net.items() if p not in ends and abs(left) > allowed
        ]
        faults += [f"{commodity}: {left:+.6g} at {p}" for p, left in net.items() if p in ends and left < -allowed]
    for number, (arc, count) in enumerate(zip(network.arcs, services, strict=True)):
        if not 0 <= count <= arc.most:
            faults.append(f"{arc.origin} to {arc.destination}: {count} services, of {arc.most} at most")
        room = arc.capacity * count
        if load[number] > room + TOLERANCE * max(room, 1.0):
            faults.append(f"{arc.origin} to {arc.destination}: {load[number]:.6g} TEU with room for {room:.6g}")
    return faults
