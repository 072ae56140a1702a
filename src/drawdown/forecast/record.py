"""The facts of a record from which rates are learnt: those of a span of days, as far as they say enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from drawdown.mission.tables import Actual


@dataclass(frozen=True)
class Record:
    """Facts that happened after ``since`` and until ``on``, recorded by the evening of ``on``.

    ``skipped`` counts the facts from which nothing could be learnt, by what they lack.
    """

    since: date
    on: date
    facts: tuple[Actual, ...]
    skipped: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, facts: Iterable[tuple[date, Actual]], since: date, on: date) -> Record:
        """The record of a span, in the order of days. ``facts`` come with the day (or time) they were recorded."""
        known = [fact for recorded, fact in facts if _day(recorded) <= on and since < fact.happened <= on]
        return cls(since, on, tuple(sorted(known, key=lambda fact: (fact.happened, fact.id))))

    @property
    def days(self) -> int:
        """Days of the span."""
        return max(0, (self.on - self.since).days)

    def skip(self, lacking: str) -> None:
        """Count one fact from which nothing could be learnt."""
        self.skipped[lacking] += 1


def _day(recorded: date) -> date:
    return recorded.date() if isinstance(recorded, datetime) else recorded
