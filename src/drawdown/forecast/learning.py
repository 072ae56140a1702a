"""Rates re-learnt from the record: requests refused, blocks, attacks and other hazards, the pace of convoys.

Each is conjugate, so what was believed before and what was seen are added up (docs/forecast.md). The result is an
ordinary mission with changed rows: plans and futures are made of it as of any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from drawdown.forecast.answers import Learnt
from drawdown.forecast.learnt_blocks import learn_blocks
from drawdown.forecast.learnt_hazards import learn_hazards
from drawdown.forecast.learnt_pace import learn_pace
from drawdown.forecast.learnt_requests import learn_requests
from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

_LEARN: tuple[Callable[[Mission, Record], tuple[Mission, tuple[Learnt, ...]]], ...] = (
    learn_requests,
    learn_blocks,
    learn_hazards,
    learn_pace,
)


@dataclass(frozen=True)
class Lessons:
    """The mission as learnt, what was learnt, and how many facts taught nothing, by reason ("blocks that ...: 2")."""

    mission: Mission
    learnt: tuple[Learnt, ...]
    skipped: tuple[str, ...]


def learn(mission: Mission, facts: Iterable[tuple[date, Actual]], since: date, on: date) -> Lessons:
    """Learn from the facts that happened after ``since`` and until ``on`` and were recorded by then.

    ``facts`` are those that hold (none that a correction has taken back), each with the day on which it was recorded.
    ``since`` is the day up to which the mission's own tables have counted: its cessation, as a rule. Where nothing was
    seen nothing changes.
    """
    record = Record.of(facts, since, on)
    learnt: list[Learnt] = []
    for step in _LEARN:
        mission, found = step(mission, record)
        learnt += found
    skipped = tuple(f"{what}: {number}" for what, number in record.skipped.most_common() if number)
    return Lessons(mission, tuple(learnt), skipped)
