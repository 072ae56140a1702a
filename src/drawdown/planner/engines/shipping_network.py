"""Which services run and what goes on them: the problem of fixed-charge shipping, stated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Status = Literal["optimal", "feasible", "infeasible", "unknown"]

#: Flows, room and costs are told apart from noise at this share of their size (solvers work to 1e-7 or so).
PRECISION = 1e-6


@dataclass(frozen=True)
class Arc:
    """A way from one place to another on which services (convoys, flights) may run.

    Each service costs ``fixed`` and has room for ``capacity`` TEU; each TEU on it costs ``unit``. At most ``most``
    services run.
    """

    origin: str
    destination: str
    fixed: float
    capacity: float
    unit: float
    most: int = 1

    def __post_init__(self) -> None:
        name = f"arc {self.origin} to {self.destination}"
        for what in ("fixed", "capacity", "unit"):
            value = getattr(self, what)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name}: {what} is {value}; give a number that is not negative")
        if self.most < 0:
            raise ValueError(f"{name}: most is {self.most}; give a whole number that is not negative")


@dataclass(frozen=True)
class Commodity:
    """A quantity (TEU) that must go from one place to any of some others, split as needed.

    It may not use the ``barred`` arcs (by number): what no aeroplane can load does not fly.
    """

    origin: str
    destinations: tuple[str, ...]
    quantity: float
    name: str = ""
    barred: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.quantity) and self.quantity >= 0):
            raise ValueError(f"{self}: quantity is {self.quantity}; give a number that is not negative")
        if not self.destinations:
            raise ValueError(f"{self}: it has nowhere to go; name a destination")

    def __str__(self) -> str:
        return self.name or f"{self.origin} to {' or '.join(self.destinations)}"


@dataclass(frozen=True)
class Network:
    """Arcs, and the commodities that must cross them. Places are those that either names."""

    arcs: tuple[Arc, ...]
    commodities: tuple[Commodity, ...]

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Every place, in the order of first mention."""
        ends = [end for arc in self.arcs for end in (arc.origin, arc.destination)]
        wanted = [place for c in self.commodities for place in (c.origin, *c.destinations)]
        return tuple(dict.fromkeys(ends + wanted))

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each place."""
        return {place: number for number, place in enumerate(self.nodes)}


@dataclass(frozen=True)
class Limits:
    """How long to search.

    Without ``seconds`` the search ends after its ``rounds`` and ``branches`` of work, and the same network and seed
    give the same shipment.

    Parameters
    ----------
    seconds: wall-clock time for everything, or None.
    gap: relative gap to the bound that is good enough.
    seed: of every random choice.
    rounds: neighbourhoods that are searched at most.
    branches: nodes of the tree of the final proof at most.
    workers: 2 lets the proof run beside the search (quicker; which of two equal shipments is found may then vary).

    """

    seconds: float | None = None
    gap: float = PRECISION
    seed: int = 0
    rounds: int = 40
    branches: int = 2_000
    workers: int = 1


@dataclass(frozen=True)
class Shipment:
    """Which services run and what goes on them, with the proof of how good that is.

    Attributes
    ----------
    status: ``optimal`` within the gap asked for, ``feasible``, ``infeasible`` (proven), or ``unknown`` (out of time).
    services: for each arc, how many services run.
    flows: for each commodity, its quantity (TEU) by number of arc.
    cost: of services and loads; infinite without a shipment.
    bound: no shipment whatever costs less.
    reason: if infeasible, what cannot pass where, in words.

    """

    status: Status
    services: tuple[int, ...]
    flows: tuple[dict[int, float], ...]
    cost: float
    bound: float
    reason: str = ""

    @property
    def gap(self) -> float:
        """Share of the cost that is not proven to be needed: 0 is the best possible, 1 if nothing was found."""
        if not math.isfinite(self.cost):
            return 1.0
        return max(0.0, (self.cost - self.bound) / max(abs(self.cost), PRECISION))
