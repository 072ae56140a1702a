"""What is to be scheduled: tasks with modes, an order and windows; crews; and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Objective = Literal["makespan", "weighted_ends"]
Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Crew:
    """A kind of crew: so many at work at the same time or, if it does not renew, so much to be spent in all."""

    name: str
    count: int
    renews: bool = True


@dataclass(frozen=True)
class Mode:
    """One way of doing a task: its days (0 for a mere event) and the crews that it needs on each of them.

    What a mode needs of a crew that does not renew is spent once, not day by day.
    """

    days: int
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class After:
    """A task that must have ended at least ``lag`` days before this one starts (negative: that may overlap)."""

    task: str
    lag: int = 0


@dataclass(frozen=True)
class Task:
    """One piece of work, done without a break in one of its modes.

    It starts on day ``release`` or later and has ended before the morning of day ``due`` (None: whenever).
    ``weight`` is what a day's delay of its end costs under the objective ``weighted_ends``.
    """

    name: str
    modes: tuple[Mode, ...]
    after: tuple[After, ...] = ()
    release: int = 0
    due: int | None = None
    weight: float = 0.0


@dataclass(frozen=True)
class Limits:
    """How long to search.

    With ``work`` (units of CP-SAT's deterministic time, about a second each) the clock is never looked at and one
    worker is used, so that the same problem and seed give the same answer. Otherwise ``seconds`` count.
    """

    seconds: float = 15.0
    work: float | None = None
    workers: int = 2
    seed: int = 0


@dataclass(frozen=True)
class Schedule:
    """Start day and mode by task, the objective's value, a bound that no schedule can beat, and what was proven.

    Without a schedule (``infeasible``, ``unknown``) ``starts`` and ``modes`` are empty and ``objective`` is infinite.
    """

    starts: Mapping[str, int]
    modes: Mapping[str, int]
    objective: float
    bound: float
    status: Status

    @property
    def gap(self) -> float:
        """How far the schedule can be from the best, as a share of its value."""
        if self.objective == self.bound:
            return 0.0
        return (self.objective - self.bound) / self.objective if self.objective else 1.0
