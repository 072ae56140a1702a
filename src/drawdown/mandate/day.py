"""What the mandate allows on a day, and what of it ends soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from drawdown.mandate.area import area_words
from drawdown.mandate.place import Place
from drawdown.mandate.verdict import family, look
from drawdown.mission.mission import Mission

#: Days ahead within which an end is told: what a planner has to prepare for this month.
SOON_DAYS = 30


@dataclass(frozen=True)
class Allowed:
    """An authority in force on a day: what, where, on what conditions, until when, by which text."""

    authority: str
    function: str
    where: str
    conditions: tuple[str, ...]
    start: date
    end: date
    days_left: int
    reference: str


def allowed_on(mission: Mission, on: date, at: Place | None = None, who: str | None = None) -> tuple[Allowed, ...]:
    """Every authority that applies on a day (at a place, to a role), in file order."""
    found = []
    for row in mission.authorities:
        seen = look(mission, row, row.function, on, at, who)
        if seen.applies:
            where, left = area_words(mission, row), (row.to_date - on).days
            # Where it holds stands beside the function, so it is not a condition as well.
            conditions = tuple(text for text in seen.conditions if text != where)
            found.append(
                Allowed(row.id, row.function, where, conditions, row.from_date, row.to_date, left, row.reference)
            )
    return tuple(found)


def ending_soon(allowed: Iterable[Allowed], days: int = SOON_DAYS) -> tuple[Allowed, ...]:
    """Those that end within so many days, the earliest first."""
    return tuple(sorted((row for row in allowed if row.days_left <= days), key=lambda row: row.end))


def near_to(function: str, allowed: Iterable[Allowed]) -> tuple[Allowed, ...]:
    """Those that are for another function of the same family: what may be done instead."""
    return tuple(row for row in allowed if row.function in family(function))
