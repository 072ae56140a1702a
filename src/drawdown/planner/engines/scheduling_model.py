"""The scheduling problem as a CP-SAT model: intervals, cumulative crews, stocks; whole or with a part held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from drawdown.planner.engines.scheduling_bounds import heads, tails
from drawdown.planner.engines.scheduling_network import Network
from drawdown.planner.engines.scheduling_problem import Objective

#: Weights become whole numbers (rounded down, so that bounds stay bounds), the greatest of them so many units, unless
#: all are whole and smaller already.
UNITS = 1_000_000

#: Rows that say that work takes time are written for at most so many earliest starts and crews: the rest adds little.
WORK_ROWS = 12


@dataclass(frozen=True)
class Held:
    """What a neighbourhood holds: the modes of tasks (None: free), and pairs that keep their order."""

    modes: Sequence[int | None]
    order: Sequence[tuple[int, int]]


def unit_of(network: Network) -> float:
    """Units of the model's objective for one of weight: 1 if all weights are whole and small, else finer or coarser."""
    top = max(network.weight, default=0.0)
    if top <= 0 or (top <= UNITS and all(float(w).is_integer() for w in network.weight)):
        return 1.0
    return UNITS / top


class Model:
    """Variables and constraints for a network whose work ends by ``horizon``; ``held`` shrinks it.

    ``plain`` leaves out what is only implied: that is how the model is usually written, and what a benchmark needs.
    """

    def __init__(
        self, network: Network, objective: Objective, horizon: int, held: Held | None = None, *, plain: bool = False
    ) -> None:
        self.network, self.horizon, self.held = network, horizon, held
        self.cp = cp_model.CpModel()
        self.starts: list[cp_model.IntVar] = []
        self.ends: list[cp_model.IntVar] = []
        self.picked: list[dict[int, cp_model.IntVar]] = []
        self._intervals: list[dict[int, cp_model.IntervalVar]] = []
        self._set_windows()
        for task in range(network.size):
            self._add_task(task)
        self._add_order()
        self._add_crews()
        self._add_stocks()
        self.goal = self._add_goal(objective)
        if objective == "makespan" and not plain:
            self._add_work()

    def _set_windows(self) -> None:
        """Each task's earliest start and latest end by chains alone: fewer values to try."""
        days = [min(options) for options in self.network.days]
        self._early = heads(self.network, days)
        self._tail = [tail - own for tail, own in zip(tails(self.network, days), days, strict=True)]
        due = [self.horizon if day is None else min(day, self.horizon) for day in self.network.due]
        self._late = [min(day, self.horizon - tail) for day, tail in zip(due, self._tail, strict=True)]

    def _add_task(self, task: int) -> None:
        """A task is done once, in one of its modes, from its start to its end."""
        cp, days = self.cp, self.network.days[task]
        first, last = self._early[task], self._late[task]
        if first > last:  # due before its chain can have ended: nothing is lawful
            cp.add_bool_or([])
        window = cp_model.Domain(first, max(first, last))
        start, end = (cp.new_int_var_from_domain(window, f"{side}{task}") for side in ("start", "end"))
        kept = self.held.modes[task] if self.held else None
        options = range(len(days)) if kept is None else [kept]
        if len(options) == 1:
            mode = options[0]
            picked = {mode: cp.new_constant(1)}
            intervals = {mode: cp.new_interval_var(start, days[mode], end, f"run{task}")}
        else:
            picked = {mode: cp.new_bool_var(f"mode{task}_{mode}") for mode in options}
            cp.add_exactly_one(picked.values())
            cp.add(end == start + sum(days[mode] * taken for mode, taken in picked.items()))
            intervals = {
                mode: cp.new_optional_interval_var(start, days[mode], end, taken, f"run{task}_{mode}")
                for mode, taken in picked.items()
            }
        self.starts.append(start)
        self.ends.append(end)
        self.picked.append(picked)
        self._intervals.append(intervals)

    def _add_order(self) -> None:
        """A task starts after those that it waits for have ended and their lag has passed."""
        for task, row in enumerate(self.network.before):
            for other, lag in row:
                self.cp.add(self.starts[task] >= self.ends[other] + lag)
        for first, then in self.held.order if self.held else ():
            self.cp.add(self.starts[then] >= self.ends[first])

    def _add_crews(self) -> None:
        """On no day more crews of a kind are at work than there are."""
        for crew, count in enumerate(self.network.counts):
            users = [
                (interval, self.network.needs[task][mode][crew])
                for task, row in enumerate(self._intervals)
                for mode, interval in row.items()
                if self.network.needs[task][mode][crew]
            ]
            if users:
                self.cp.add_cumulative([interval for interval, _ in users], [need for _, need in users], count)

    def _add_stocks(self) -> None:
        """Of what does not renew no more is spent in all than there is."""
        for stock, count in enumerate(self.network.stocks):
            spent = self.network.spent
            self.cp.add(
                sum(spent[i][m][stock] * x for i, row in enumerate(self.picked) for m, x in row.items()) <= count
            )

    def _add_goal(self, objective: Objective) -> cp_model.LinearExprT:
        """The latest end, or the weighted ends in whole units."""
        if objective == "makespan":
            length = self.cp.new_int_var(0, self.horizon, "makespan")
            for end in self.ends:
                self.cp.add(length >= end)
            self.cp.minimize(length)
            return length
        unit = unit_of(self.network)
        total = sum(int(w * unit) * end for w, end in zip(self.network.weight, self.ends, strict=True))
        self.cp.minimize(total)
        return total

    def _add_work(self) -> None:
        """Work takes time: what tasks that start no sooner than a day need of a crew fits between it and the end.

        Implied by the crews, but cumulative constraints alone see it late where modes are free: bounds of multi-mode
        problems rise by a third with it.
        """
        levels = sorted(set(self._early))
        for day in levels[:: max(1, len(levels) // WORK_ROWS)]:
            for crew, count in enumerate(self.network.counts):
                rows = [
                    (self._tail[task], self.network.days[task][mode] * self.network.needs[task][mode][crew], taken)
                    for task, row in enumerate(self.picked)
                    if self._early[task] >= day
                    for mode, taken in row.items()
                ]
                if any(work for _, work, _ in rows):
                    tail = min(tail for tail, work, _ in rows if work)
                    self.cp.add(sum(w * x for _, w, x in rows if w) <= count * (self.goal - day - tail))

    # ---- solving -------------------------------------------------------------------------------------------------

    def hint(self, starts: Sequence[int], modes: Sequence[int]) -> None:
        """Tell the solver of a schedule to begin with."""
        for task, start in enumerate(starts):
            self.cp.add_hint(self.starts[task], start)
            self.cp.add_hint(self.ends[task], start + self.network.days[task][modes[task]])
            if len(self.picked[task]) > 1:
                for mode, taken in self.picked[task].items():
                    self.cp.add_hint(taken, int(mode == modes[task]))

    def read(self, solver: cp_model.CpSolver) -> tuple[list[int], tuple[int, ...]]:
        """Start days and modes that the solver found."""
        modes = (next(m for m, taken in row.items() if solver.boolean_value(taken)) for row in self.picked)
        return [solver.value(start) for start in self.starts], tuple(modes)
