"""Bounds that need no search: the longest chain of tasks, and the work that the crews must do between two days."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.planner.engines.scheduling_network import Network
from drawdown.planner.engines.scheduling_problem import Objective


def heads(network: Network, days: Sequence[int]) -> list[int]:
    """The earliest start of each task by its release and the tasks before it."""
    starts = [0] * network.size
    for task in network.topological:
        ready = (starts[other] + days[other] + lag for other, lag in network.before[task])
        starts[task] = max([network.release[task], *ready])
    return starts


def tails(network: Network, days: Sequence[int]) -> list[int]:
    """The days from each task's start to the end of the longest chain that follows it."""
    length = [0] * network.size
    for task in reversed(network.topological):
        after = (days[task] + lag + length[other] for other, lag in network.after[task])
        length[task] = max([days[task], *after])
    return length


def lower_bound(network: Network, objective: Objective) -> float:
    """A value of the objective that no schedule can beat."""
    days = [min(options) for options in network.days]
    early = heads(network, days)
    if objective == "weighted_ends":
        return sum(w * (start + d) for w, start, d in zip(network.weight, early, days, strict=True))
    late = tails(network, days)
    chain = max((start + tail for start, tail in zip(early, late, strict=True)), default=0)
    after = [tail - d for tail, d in zip(late, days, strict=True)]
    return max([chain, *(_by_work(network, crew, early, after) for crew in range(len(network.counts)))])


def _by_work(network: Network, crew: int, early: Sequence[int], after: Sequence[int]) -> int:
    """The longest of: earliest start, days of work at full strength, and what must follow, over sets of tasks.

    The sets are the tasks that start no sooner than one day and have at least so many days after them.
    """
    work = [
        min(d * need[crew] for d, need in zip(days, needs, strict=True))
        for days, needs in zip(network.days, network.needs, strict=True)
    ]
    if not network.counts[crew]:
        return 0  # whoever needs it can never be done: that is for others to say
    rows = [(e, t, w) for e, t, w in zip(early, after, work, strict=True) if w]
    best = 0
    for head in {row[0] for row in rows}:
        total = 0
        for _, tail, amount in sorted((r for r in rows if r[0] >= head), key=lambda r: -r[1]):
            total += amount
            best = max(best, head + -(-total // network.counts[crew]) + tail)
    return best
