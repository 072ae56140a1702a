"""Better schedules from good ones: free a few tasks, hold the order of the others, and let CP-SAT do the rest.

Holding the order instead of the days lets everything behind the freed tasks move forward (partial-order schedules,
Godard, Laborie and Nuijten 2005).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_effort import Effort
from drawdown.planner.engines.scheduling_model import Held, Model, unit_of
from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.scheduling_search import Draft, Search, drafts_per_work

#: Tasks to free at first; the number grows where nothing better is left to find and shrinks where the solver is lost.
FREED, FEWEST = 18, 6

#: A neighbourhood is given up after so many seconds, or units of work.
SECONDS_EACH, WORK_EACH = 0.4, 0.1

#: Neighbourhoods and the population take turns of so many seconds or units of work where they do not run together.
TURN = 0.5

#: How often the freed tasks lie side by side in time (else they are drawn from everywhere), and how often their number
#: grows after a proof that nothing better is left among them.
TOGETHER, GROW = 0.75, 0.15


class Repair:
    """Neighbourhood search from a draft; the best so far is shared by all threads."""

    def __init__(self, search: Search, bound: float) -> None:
        self.network, self.objective, self.search, self.bound = search.network, search.objective, search, bound
        self._lock = threading.Lock()

    def run(self, best: Draft, effort: Effort, limits: Limits) -> Draft:
        """Improve a draft until the effort is spent or the bound is reached.

        Where time counts and there are workers for it, other threads work on neighbourhoods (CP-SAT works outside
        Python's lock) while this one goes on with the population; else both take turns. Each hears what the other
        found.
        """
        self.best = best
        self.search.receive(best)
        if effort.until is None or limits.workers == 1:
            self._take_turns(effort, random.Random(limits.seed))  # noqa: S311 (no secrets)
            return self.best
        chances = [random.Random(limits.seed + n) for n in range(limits.workers - 1)]  # noqa: S311
        with ThreadPoolExecutor(len(chances)) as pool:
            jobs = [pool.submit(self._improve, chance, effort) for chance in chances]
            self._evolve(lambda _: not self._goes_on(effort))
            for job in jobs:
                job.result()
        return self.best

    def _take_turns(self, effort: Effort, chance: random.Random) -> None:
        drafts = TURN * drafts_per_work(self.network)
        while self._goes_on(effort):
            self._improve(chance, effort, effort.left - TURN)
            self._evolve(lambda made: made >= drafts or not self._goes_on(effort))
            if effort.until is None:
                effort.work -= TURN

    def _goes_on(self, effort: Effort) -> bool:
        return effort.left > 0 and not self.best.reaches(self.bound)

    def _evolve(self, enough: Callable[[int], bool]) -> None:
        """Go on with the population, and take over what is better in it."""

        def look(best: Draft, made: int) -> bool:
            if best.rank < self.best.rank:
                self._take(best)
            return enough(made)

        self._take(self.search.run(look))

    def _take(self, *drafts: Draft) -> None:
        with self._lock:
            self.best = min(*drafts, self.best, key=lambda draft: draft.rank)

    def _improve(self, chance: random.Random, effort: Effort, least: float = 0.0) -> None:
        """Try neighbourhoods until no more than ``least`` effort is left."""
        each = SECONDS_EACH if effort.until is not None else WORK_EACH
        size, freed = self.network.size, float(min(FREED, self.network.size))
        while effort.left > least and self._goes_on(effort):
            best = self.best
            model = self._neighbourhood(best, self._choose(best, chance, round(freed)))
            solver, status = effort.solve(model.cp, each, seed=chance.randrange(2**30), workers=1)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self._keep(*model.read(solver))
            elif status == cp_model.INFEASIBLE:
                freed = min(size, freed + (chance.random() < GROW))
            else:
                freed = max(FEWEST, freed - 1)

    def _keep(self, starts: list[int], modes: tuple[int, ...]) -> None:
        found = self.search.given(starts, modes)
        again = self.search.finish(found.order, modes)
        self._take(again, found)
        self.search.receive(again)

    def _choose(self, best: Draft, chance: random.Random, count: int) -> set[int]:
        """Tasks to free: those around one of them in time, or any."""
        everything = range(self.network.size)
        if chance.random() >= TOGETHER:
            return set(chance.sample(everything, min(count, len(everything))))
        ends = self.network.ends(best.starts, best.modes)
        middle = [start + end for start, end in zip(best.starts, ends, strict=True)]
        pivot = middle[chance.randrange(len(middle))]
        near: Callable[[int], float] = lambda i: abs(middle[i] - pivot) + chance.random()  # noqa: E731
        return set(sorted(everything, key=near)[:count])

    def _neighbourhood(self, best: Draft, freed: set[int]) -> Model:
        """The model in which only freed tasks change modes or their place in the order, and the cost has to fall."""
        modes = [None if i in freed else mode for i, mode in enumerate(best.modes)]
        horizon = int(best.cost) - 1 if self.objective == "makespan" else self.network.horizon
        model = Model(self.network, self.objective, horizon, Held(modes, self._order(best, freed)))
        if self.objective == "weighted_ends":
            unit, ends = unit_of(self.network), self.network.ends(best.starts, best.modes)
            cost = sum(int(w * unit) * end for w, end in zip(self.network.weight, ends, strict=True))
            model.cp.add(model.goal <= cost - 1)
        return model

    def _order(self, best: Draft, freed: set[int]) -> list[tuple[int, int]]:
        """Pairs of held tasks of which one ends before the other starts; those that follow from others are left out."""
        ends = self.network.ends(best.starts, best.modes)
        held = [i for i in range(self.network.size) if i not in freed and ends[i] > best.starts[i]]
        pairs = []
        for one in held:
            later = [other for other in held if best.starts[other] >= ends[one]]
            first_end = min((ends[other] for other in later), default=0)
            pairs += [(one, other) for other in later if best.starts[other] < first_end]
        return pairs
