"""Good schedules quickly: priority rules, justification, and a small population that evolves.

Serial list scheduling in the order of least slack gives a start; pushing a schedule to the right and then to the left
again (justification, Valls, Ballestin and Quintanilla 2005) shortens most; a population of orders and mode choices is
crossed at two points (Hartmann 2001), every child justified.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from drawdown.planner.engines.scheduling_bounds import heads, tails
from drawdown.planner.engines.scheduling_network import Network
from drawdown.planner.engines.scheduling_problem import Objective

#: Size of the population: small enough to converge within some thousand schedules.
POPULATION = 40

#: Chance that two neighbours in a child's order change places, and that a task's mode is drawn anew.
SWAP, REMODE = 0.05, 0.02

#: So many children without a better best, and a new population is begun.
PATIENCE = 1200


#: Tasks placed in drafts that count as one unit of work (about a second), where work is counted instead of seconds.
PLACED_PER_WORK = 60_000


def drafts_per_work(network: Network) -> float:
    """Drafts of a network that count as one unit of work."""
    return PLACED_PER_WORK / max(1, network.size)


@dataclass(frozen=True)
class Draft:
    """An order, the modes, the start days that follow from them, and what they are worth.

    ``excess`` counts what is spent beyond stocks and days beyond due days: a draft with any is not lawful.
    """

    order: tuple[int, ...]
    modes: tuple[int, ...]
    starts: tuple[int, ...]
    excess: int
    cost: float

    @property
    def rank(self) -> tuple[int, float]:
        """The lower the better: lawful ones first."""
        return self.excess, self.cost

    def reaches(self, bound: float) -> bool:
        """Whether it is lawful and nothing can be better."""
        return not self.excess and self.cost <= bound


class Search:
    """An evolving population of schedules of one network."""

    def __init__(
        self, network: Network, objective: Objective, seed: int, choices: Sequence[tuple[int, ...]] = ()
    ) -> None:
        self.network, self.objective, self.chance = network, objective, random.Random(seed)  # noqa: S311 (no secrets)
        self.best: Draft | None = None
        self._choices = choices
        self._population: list[Draft] = []
        self._arrivals: list[Draft] = []
        self._stale = 0
        shortest = tuple(min(range(len(d)), key=d.__getitem__) for d in network.days)
        self._late = [-tail for tail in tails(network, [min(d) for d in network.days])]
        self._first_modes = shortest
        self._heads = heads(network, [min(d) for d in network.days])

    def given(self, starts: Sequence[int], modes: tuple[int, ...], order: Sequence[int] | None = None) -> Draft:
        """A draft from start days, which have to be lawful but for stocks and due days."""
        network = self.network
        ends = network.ends(starts, modes)
        late = sum(max(0, end - due) for end, due in zip(ends, network.due, strict=True) if due is not None)
        if self.objective == "makespan":
            cost = float(max(ends, default=0))
        else:
            cost = sum(w * end for w, end in zip(network.weight, ends, strict=True))
        order = self.ordered(starts) if order is None else order
        return Draft(tuple(order), modes, tuple(starts), late + network.overspent(modes), cost)

    def run(self, enough: Callable[[Draft, int], bool]) -> Draft:
        """Evolve until ``enough`` says so of the best draft and the number of drafts made now; the best draft.

        A later call goes on where this one ended.
        """
        made = 0
        while True:
            if len(self._population) < POPULATION:
                draft = self._sampled(len(self._population) / POPULATION)
                self._population.append(draft)
            else:
                draft = self._child(*self._parents())
                self._replace(draft)
            made, self._stale = made + 1, self._stale + 1
            best = self._keep(draft)
            if enough(best, made):
                return best
            while self._arrivals:
                self._replace(self._keep(self._arrivals.pop()))
            if self._stale >= PATIENCE:
                self._population, self._stale = [], 0

    def receive(self, draft: Draft) -> None:
        """Let a draft from elsewhere join the population (from any thread)."""
        self._arrivals.append(draft)

    def _keep(self, draft: Draft) -> Draft:
        if self.best is None or draft.rank < self.best.rank:
            self.best, self._stale = draft, 0
        return self.best

    # ---- making drafts -------------------------------------------------------------------------------------------

    def _sampled(self, noise: float) -> Draft:
        """A schedule by the rule of the latest start, blurred by a share of the schedule's length."""
        spread = noise * (max(self._heads, default=0) + 1)
        weight = self.network.weight
        if self.objective == "makespan":
            urgency = [late + self.chance.uniform(-spread, spread) for late in self._late]
        else:
            top = max(weight, default=0) or 1.0
            urgency = [
                head - spread * self.chance.random() * (0.2 + w / top)
                for head, w in zip(self._heads, weight, strict=True)
            ]
        return self.finish(self.list_by(urgency), self._repaired(self._drawn_modes(noise)))

    def _drawn_modes(self, noise: float) -> list[int]:
        """One of the choices made beforehand; without any the quickest modes, later mixed with others."""
        if self._choices:
            return list(self.chance.choice(self._choices))
        if not noise:
            return list(self._first_modes)
        return [self._drawn_mode(task) for task in range(self.network.size)]

    def _drawn_mode(self, task: int) -> int:
        """A mode, quicker ones more often."""
        days = self.network.days[task]
        return min(self.chance.choices(range(len(days)), k=2), key=days.__getitem__)

    def list_by(self, urgency: Sequence[float]) -> list[int]:
        """An order that respects precedence and takes the least number first among the tasks that are ready."""
        network = self.network
        waits = [len(row) for row in network.before]
        ready = [(urgency[i], i) for i in range(network.size) if not waits[i]]
        heapify(ready)
        order = []
        while ready:
            _, task = heappop(ready)
            order.append(task)
            for other, _ in network.after[task]:
                waits[other] -= 1
                if not waits[other]:
                    heappush(ready, (urgency[other], other))
        return order

    def _repaired(self, modes: list[int]) -> tuple[int, ...]:
        """Change modes at random where that spends less, until the stocks suffice or patience ends."""
        network = self.network
        excess = network.overspent(modes)
        for _ in range(4 * network.size if excess else 0):
            task = self.chance.randrange(network.size)
            old = modes[task]
            modes[task] = self.chance.randrange(len(network.days[task]))
            changed = network.overspent(modes)
            if changed > excess:
                modes[task] = old
            else:
                excess = changed
            if not excess:
                break
        return tuple(modes)

    def finish(self, order: Sequence[int], modes: tuple[int, ...]) -> Draft:
        """Schedule an order; where length counts, justify it to the right and to the left again while that helps."""
        network = self.network
        best = self.given(network.place(order, modes), modes, order)
        while self.objective == "makespan":
            ends, at = network.ends(best.starts, modes), {task: i for i, task in enumerate(best.order)}
            last_first = self._mended(sorted(order, key=lambda i: (-ends[i], -at[i])), forward=False)
            late = network.place_backwards(last_first, modes, max(ends, default=0))
            again = self._mended(sorted(order, key=lambda i: (late[i], at[i])), forward=True)
            pulled = self.given(network.place(again, modes), modes, again)
            if pulled.rank >= best.rank:
                break
            best = pulled
        return replace(best, order=tuple(self.ordered(best.starts)))

    def ordered(self, starts: Sequence[int]) -> list[int]:
        """The tasks by their start days, those that wait for others behind them."""
        place = {task: i for i, task in enumerate(self.network.topological)}
        return self._mended(sorted(range(self.network.size), key=lambda i: (starts[i], place[i])), forward=True)

    def _mended(self, order: list[int], *, forward: bool) -> list[int]:
        """The order itself, unless tasks may overlap those that they wait for: then one that respects precedence."""
        if not self.network.overlaps:
            return order
        rank = [0.0] * self.network.size
        for i, task in enumerate(order):
            rank[task] = i if forward else -i
        found = self.list_by(rank)
        return found if forward else found[::-1]

    # ---- evolution -----------------------------------------------------------------------------------------------

    def _parents(self) -> tuple[Draft, Draft]:
        population = self._population
        pick = self.chance.sample(range(len(population)), 4)
        one, two = (min(pair, key=lambda i: population[i].rank) for pair in (pick[:2], pick[2:]))
        return population[one], population[two]

    def _child(self, mother: Draft, father: Draft) -> Draft:
        """A part of the mother's order between two points, the father's before and after it; modes come along."""
        size, chance = self.network.size, self.chance
        first, last = sorted((chance.randrange(size + 1), chance.randrange(size + 1)))
        order: list[int] = []
        modes = list(father.modes)
        taken: set[int] = set()
        for parent, until in ((father, first), (mother, last), (father, size)):
            for task in parent.order:
                if len(order) >= until:
                    break
                if task not in taken:
                    order.append(task)
                    taken.add(task)
                    modes[task] = parent.modes[task]
        self._mutate(order, modes)
        return self.finish(order, self._repaired(modes))

    def _mutate(self, order: list[int], modes: list[int]) -> None:
        chance, network = self.chance, self.network
        for at in range(len(order) - 1):
            one, two = order[at], order[at + 1]
            if chance.random() < SWAP and all(other != one for other, _ in network.before[two]):
                order[at], order[at + 1] = two, one
        for task in order:
            if len(network.days[task]) > 1 and chance.random() < REMODE:
                modes[task] = chance.randrange(len(network.days[task]))

    def _replace(self, child: Draft) -> None:
        """A child takes the place of the worst if it is better and not yet there."""
        population = self._population
        worst = max(range(len(population)), key=lambda i: population[i].rank)
        if child.rank < population[worst].rank and all(child.starts != other.starts for other in population):
            population[worst] = child
