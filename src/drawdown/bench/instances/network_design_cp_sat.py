"""CP-SAT alone on a network design instance: ``python -m`` this module, with a `.dow` file, seconds and workers.

A process of its own, because the wheels of OR-Tools and of HiGHS 1.15 each bring a HiGHS and cannot share one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ortools.sat.python import cp_model

from drawdown.bench.instances.network_design_files import read_dow
from drawdown.planner.engines.shipping_network import Network

#: CP-SAT knows whole numbers only: quantities are counted in tenths of a TEU, costs in hundredths a tenth.
TENTHS, HUNDREDTHS = 10, 100


def solve(network: Network, seconds: float, workers: int) -> float | None:
    """The cost that is found; infinite if it is proven that there is none, None if nothing was found."""
    model = cp_model.CpModel()
    _state(model, network)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return float("inf")
    found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return solver.objective_value / (TENTHS * HUNDREDTHS) if found else None


def _state(model: cp_model.CpModel, network: Network) -> None:
    arcs = network.arcs
    services = [model.new_int_var(0, arc.most, f"services {a}") for a, arc in enumerate(arcs)]
    room = [int(TENTHS * arc.capacity) for arc in arcs]
    flows = []
    for k, commodity in enumerate(network.commodities):
        quantity = round(TENTHS * commodity.quantity)
        flow = [model.new_int_var(0, min(quantity, room[a] * arcs[a].most), f"flow {k} {a}") for a in range(len(arcs))]
        for place in network.nodes:
            out = sum(flow[a] for a, arc in enumerate(arcs) if arc.origin == place)
            into = sum(flow[a] for a, arc in enumerate(arcs) if arc.destination == place)
            enters = quantity if place == commodity.origin else 0
            if place in commodity.destinations:
                model.add(into + enters >= out)
            else:
                model.add(out - into == enters)
        flows.append(flow)
    for a, service in enumerate(services):
        model.add(sum(flow[a] for flow in flows) <= room[a] * service)
    fixed = [round(arc.fixed * TENTHS * HUNDREDTHS) for arc in arcs]
    unit = [round(arc.unit * HUNDREDTHS) for arc in arcs]
    loads = [unit[a] * flow[a] for flow in flows for a in range(len(arcs))]
    model.minimize(sum(f * s for f, s in zip(fixed, services, strict=True)) + sum(loads))


if __name__ == "__main__":
    cost = solve(read_dow(Path(sys.argv[1])), float(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(cost))
