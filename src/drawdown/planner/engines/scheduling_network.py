"""A scheduling problem as plain lists of numbers, and the list scheduling that turns an order into start days.

Days are whole numbers from 0. What every crew has free on a day is packed into one integer with a guard bit above each
crew's field: subtracting a packed need leaves every guard bit standing if and only if all crews suffice. One
subtraction then answers for all crews, which makes list scheduling several times quicker than with arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drawdown.planner.engines.scheduling_problem import Crew, Task


@dataclass(frozen=True)
class Network:
    """Tasks by number in the order in which they were given; crews that renew by number, others are ``stocks``."""

    names: tuple[str, ...]
    days: tuple[tuple[int, ...], ...]
    needs: tuple[tuple[tuple[int, ...], ...], ...]
    counts: tuple[int, ...]
    packed: tuple[tuple[int, ...], ...]
    spent: tuple[tuple[tuple[int, ...], ...], ...]
    stocks: tuple[int, ...]
    before: tuple[tuple[tuple[int, int], ...], ...]
    after: tuple[tuple[tuple[int, int], ...], ...]
    release: tuple[int, ...]
    due: tuple[int | None, ...]
    weight: tuple[float, ...]
    topological: tuple[int, ...]
    free: int
    guard: int
    horizon: int
    overlaps: bool

    @property
    def size(self) -> int:
        """Number of tasks."""
        return len(self.names)

    def overspent(self, modes: Sequence[int]) -> int:
        """By how much a choice of modes spends more than there is, over all stocks."""
        total = 0
        for stock, count in enumerate(self.stocks):
            total += max(0, sum(self.spent[i][m][stock] for i, m in enumerate(modes)) - count)
        return total

    def ends(self, starts: Sequence[int], modes: Sequence[int]) -> list[int]:
        """The day after each task's last."""
        return [start + self.days[i][modes[i]] for i, start in enumerate(starts)]

    def on_time(self, starts: Sequence[int], modes: Sequence[int]) -> bool:
        """Whether every task has ended by its due day."""
        ends = self.ends(starts, modes)
        return all(due is None or end <= due for end, due in zip(ends, self.due, strict=True))

    def place(self, order: Sequence[int], modes: Sequence[int]) -> list[int]:
        """Start each task of a precedence-feasible order as early as the tasks before it and the crews allow."""
        guard, free, starts = self.guard, [self.free] * (self.horizon + 1), [0] * self.size
        for task in order:
            mode = modes[task]
            days, need = self.days[task][mode], self.packed[task][mode]
            day = self.release[task]
            for other, lag in self.before[task]:
                ready = starts[other] + self.days[other][modes[other]] + lag
                day = max(day, ready)
            if days and need:
                day = _first_fit(free, guard, need, day, days)
                for busy in range(day, day + days):
                    free[busy] -= need
            starts[task] = day
        return starts

    def place_backwards(self, order: Sequence[int], modes: Sequence[int], end: int) -> list[int]:
        """Start each task of an order (last first) as late as the tasks after it, the crews and ``end`` allow.

        Starts may be negative where ``end`` is too early; only their order is of use.
        """
        guard, free, starts = self.guard, [self.free] * (self.horizon + 1), [0] * self.size
        for task in order:
            mode = modes[task]
            days, need = self.days[task][mode], self.packed[task][mode]
            gap = 0  # days between this task's end and ``end``
            for other, lag in self.after[task]:
                gap = max(gap, end - starts[other] + lag)
            if days and need:
                gap = _first_fit(free, guard, need, gap, days)
                for busy in range(gap, gap + days):
                    free[busy] -= need
            starts[task] = end - gap - days
        return starts


def _first_fit(free: list[int], guard: int, need: int, day: int, days: int) -> int:
    """The first of ``days`` days in a row, from a day on, on each of which a need can be met."""
    end, at = day + days, day
    while at < end:
        if (free[at] - need) & guard != guard:
            end = at + 1 + days
        at += 1
    return end - days


def build_network(tasks: Sequence[Task], crews: Sequence[Crew]) -> Network:
    """Number the tasks and pack the crews; modes that no day's crews could ever do are left to be found infeasible."""
    number = {task.name: i for i, task in enumerate(tasks)}
    before = tuple(tuple((number[a.task], a.lag) for a in task.after) for task in tasks)
    after: list[list[tuple[int, int]]] = [[] for _ in tasks]
    for i, row in enumerate(before):
        for other, lag in row:
            after[other].append((i, lag))
    renewing, stocks = [c for c in crews if c.renews], [c for c in crews if not c.renews]
    offsets, width = [], 0
    for crew in renewing:
        offsets.append(width)
        width += crew.count.bit_length() + 1
    guards = [1 << (offset + crew.count.bit_length()) for crew, offset in zip(renewing, offsets, strict=True)]
    needs = _by_crew(tasks, renewing)
    longest = sum(max(m.days for m in t.modes) + max([0, *(a.lag for a in t.after)]) for t in tasks)
    return Network(
        names=tuple(number),
        days=tuple(tuple(m.days for m in t.modes) for t in tasks),
        needs=needs,
        counts=tuple(c.count for c in renewing),
        packed=tuple(tuple(sum(n << o for n, o in zip(need, offsets, strict=True)) for need in row) for row in needs),
        spent=_by_crew(tasks, stocks),
        stocks=tuple(c.count for c in stocks),
        before=before,
        after=tuple(tuple(row) for row in after),
        release=tuple(t.release for t in tasks),
        due=tuple(t.due for t in tasks),
        weight=tuple(t.weight for t in tasks),
        topological=_topological(before),
        free=sum((c.count << o) | g for c, o, g in zip(renewing, offsets, guards, strict=True)),
        guard=sum(guards),
        horizon=longest + max((t.release for t in tasks), default=0) + 1,
        overlaps=any(a.lag < 0 for t in tasks for a in t.after),
    )


def _by_crew(tasks: Sequence[Task], crews: Sequence[Crew]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """What each mode of each task needs of each crew."""
    return tuple(tuple(tuple(m.needs.get(c.name, 0) for c in crews) for m in t.modes) for t in tasks)


def _topological(before: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, ...]:
    """An order in which each task comes after those it waits for; raises `ValueError` for a circle."""
    waiting = [{other for other, _ in row} for row in before]
    order: list[int] = []
    left = list(range(len(before)))
    done: set[int] = set()
    while left:
        ready = [i for i in left if waiting[i] <= done]
        if not ready:
            raise ValueError("the tasks wait for each other in a circle")
        order += ready
        done.update(ready)
        left = [i for i in left if i not in done]
    return tuple(order)
