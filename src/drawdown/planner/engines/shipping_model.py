"""The model of a shipping problem as arrays, and HiGHS that solves it.

Columns: for each stream its flow on each arc (TEU), its arrivals at its outlets (TEU), then the services on each arc.
Rows: balance of every stream at every node; room on every arc; and, as they are needed, linking rows: a stream's flow
on an arc is at most the smaller of its quantity and a service's room, times the services.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from drawdown.planner.engines.shipping_network import PRECISION, Network
from drawdown.planner.engines.shipping_streams import Array, Stream

Outcome = Literal["optimal", "infeasible", "stopped"]
_OUTCOMES: dict[highspy.HighsModelStatus, Outcome] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
}

#: Ends of a tree search that leave a bound that can be trusted; after errors there is none.
_LIMITS = {
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kSolutionLimit,  # said of branches, too
}


@dataclass(frozen=True)
class ArcArrays:
    """The arcs of a network as arrays."""

    fixed: Array
    capacity: Array
    unit: Array
    most: Array
    tail: NDArray[np.int64]
    head: NDArray[np.int64]

    @staticmethod
    def of(network: Network) -> ArcArrays:
        """Read them from a network."""
        arcs, index = network.arcs, network.index
        return ArcArrays(
            fixed=np.array([arc.fixed for arc in arcs], dtype=float),
            capacity=np.array([arc.capacity for arc in arcs], dtype=float),
            unit=np.array([arc.unit for arc in arcs], dtype=float),
            most=np.array([arc.most for arc in arcs], dtype=float),
            tail=np.array([index[arc.origin] for arc in arcs], dtype=np.int64),
            head=np.array([index[arc.destination] for arc in arcs], dtype=np.int64),
        )


@dataclass(frozen=True)
class Answer:
    """What a solve gave: flows (stream by arc), services by arc, their cost, the bound, and how it ended.

    Without a solution flows and services are empty and the cost is infinite. ``price`` and ``reduced`` belong to linear
    solves: the price of each row, and the reduced cost of each arc's services.
    """

    outcome: Outcome
    cost: float
    bound: float
    flows: Array
    services: Array
    price: Array
    reduced: Array


class Model:
    """One model in HiGHS, built once; afterwards only costs, limits and linking rows change."""

    def __init__(self, network: Network, streams: Sequence[Stream], *, integer: bool, seed: int = 0) -> None:
        self.network, self.streams, self.integer = network, streams, integer
        self.arcs = ArcArrays.of(network)
        self.quantity = np.array([s.quantity for s in streams])
        self.link = np.minimum(self.quantity[:, None], self.arcs.capacity[None, :])
        self.barred = np.zeros(self.link.shape, dtype=np.bool_)
        for s, stream in enumerate(streams):
            self.barred[s, list(stream.barred)] = True
        self.link[self.barred] = 0.0
        self.linked = np.zeros(self.link.shape, dtype=np.bool_)
        self.loads = self.link.size
        self.outlets = [(s, node) for s, stream in enumerate(streams) for node in stream.outlets]
        self.first_service = self.loads + len(self.outlets)
        self.columns = self.first_service + len(network.arcs)
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)  # repeatable; more gave nothing
        self.solver.setOptionValue("random_seed", seed)
        self.solver.passModel(self._arrays())

    def _arrays(self) -> highspy.HighsLp:
        lp, arcs = highspy.HighsLp(), self.arcs
        matrix, low, high = self._rows()
        lp.num_col_, lp.num_row_ = self.columns, len(low)
        lp.col_cost_ = np.concatenate([np.tile(arcs.unit, len(self.streams)), np.zeros(len(self.outlets)), arcs.fixed])
        lp.col_lower_ = np.zeros(self.columns)
        # Upper limits of flows follow from the rows. A tree gains by them; linear prices would be spoilt by them.
        most = self._most_load() if self.integer else np.full(self.first_service, np.inf)
        most[: self.loads][self.barred.ravel()] = 0.0
        lp.col_upper_ = np.concatenate([most, arcs.most])
        lp.row_lower_, lp.row_upper_ = low, high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        if self.integer:
            kinds = highspy.HighsVarType
            lp.integrality_ = [kinds.kContinuous] * self.first_service + [kinds.kInteger] * len(arcs.fixed)
        return lp

    def _most_load(self) -> Array:
        arcs = self.arcs
        flows = np.minimum(self.quantity[:, None], (arcs.capacity * arcs.most)[None, :])
        return np.concatenate([flows.ravel(), np.array([self.quantity[s] for s, _ in self.outlets])])

    def _rows(self) -> tuple[sparse.csr_matrix, Array, Array]:
        arcs, nodes, count = self.arcs, len(self.network.nodes), len(self.streams)
        number, width = np.arange(len(arcs.fixed)), len(arcs.fixed)
        ends = (np.concatenate([arcs.tail, arcs.head]), np.concatenate([number, number]))
        signs = np.concatenate([np.ones(width), -np.ones(width)])
        balance = sparse.kron(sparse.eye(count), sparse.csr_matrix((signs, ends), shape=(nodes, width)))
        leaves = np.array([s * nodes + node for s, node in self.outlets], dtype=np.int64)
        out = sparse.csr_matrix((np.ones(len(leaves)), (leaves, np.arange(len(leaves)))), (count * nodes, len(leaves)))
        room = sparse.hstack([sparse.eye(width)] * count)
        none, services = sparse.csr_matrix((width, len(leaves))), sparse.csr_matrix((count * nodes, width))
        matrix = sparse.bmat([[balance, out, services], [room, none, -sparse.diags(arcs.capacity)]]).tocsr()
        enters = np.zeros((count, nodes))
        for s, stream in enumerate(self.streams):
            for node, quantity in stream.balance.items():
                enters[s, node] = quantity
        flat = enters.ravel()
        return matrix, np.concatenate([flat, np.full(width, -np.inf)]), np.concatenate([flat, np.zeros(width)])

    def set_services(self, low: Array, high: Array) -> None:
        """Limit the services on every arc."""
        where = np.arange(self.first_service, self.columns, dtype=np.int32)
        self.solver.changeColsBounds(len(where), where, low, high)

    def set_costs(self, unit: Array, fixed: Array) -> None:
        """Change what a TEU and a service cost on every arc."""
        where = np.arange(self.columns, dtype=np.int32)
        cost = np.concatenate([np.tile(unit, len(self.streams)), np.zeros(len(self.outlets)), fixed])
        self.solver.changeColsCost(self.columns, where, cost)

    def add_links(self, rows: NDArray[np.bool_]) -> int:
        """Add the linking rows of these pairs of stream and arc that are not there yet; how many."""
        stream, arc = np.nonzero(rows & ~self.linked)
        self.linked |= rows
        count, width = len(stream), len(self.network.arcs)
        if count:
            columns = np.stack([stream * width + arc, self.first_service + arc], axis=1).ravel().astype(np.int32)
            values = np.stack([np.ones(count), -self.link[stream, arc]], axis=1).ravel()
            starts = np.arange(0, 2 * count, 2, dtype=np.int32)
            self.solver.addRows(count, np.full(count, -np.inf), np.zeros(count), 2 * count, starts, columns, values)
        return count

    def start_from(self, flows: Array, services: Array) -> None:
        """Give a solution of this model to begin from."""
        nodes = len(self.network.nodes)
        net = np.zeros((len(self.streams), nodes))
        for a, (tail, head) in enumerate(zip(self.arcs.tail, self.arcs.head, strict=True)):
            net[:, tail] -= flows[:, a]
            net[:, head] += flows[:, a]
        out = [net[s, node] + self.streams[s].balance.get(node, 0.0) for s, node in self.outlets]
        solution = highspy.HighsSolution()
        solution.col_value = np.concatenate([flows.ravel(), np.array(out), services])
        self.solver.setSolution(solution)

    def solve(self, *, seconds: float | None = None, gap: float = PRECISION, branches: int | None = None) -> Answer:
        """Solve as it stands, within limits."""
        self.solver.setOptionValue("time_limit", np.inf if seconds is None else max(seconds, 0.0))
        self.solver.setOptionValue("mip_rel_gap", gap)
        self.solver.setOptionValue("mip_max_nodes", 2**31 - 1 if branches is None else branches)
        self.solver.run()
        return self._answer()

    def _answer(self) -> Answer:
        info, solution = self.solver.getInfo(), self.solver.getSolution()
        outcome = _OUTCOMES.get(self.solver.getModelStatus(), "stopped")
        solved = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(solution.col_value) if solved else np.zeros(0)
        cost = float(info.objective_function_value) if solved else np.inf
        bound = -np.inf
        if self.integer and (outcome == "optimal" or self.solver.getModelStatus() in _LIMITS):
            bound = float(info.mip_dual_bound)
        elif outcome == "optimal":
            bound = cost
        duals = np.array(solution.col_dual) if solution.dual_valid else np.zeros(0)
        return Answer(
            outcome,
            cost,
            bound,
            values[: self.loads].reshape(self.link.shape) if solved else values,
            values[self.first_service :],
            np.array(solution.row_dual) if solution.dual_valid else np.zeros(0),
            duals[self.first_service :],
        )
