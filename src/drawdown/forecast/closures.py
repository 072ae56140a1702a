"""Reference cases: which missions and withdrawals were out by their deadline, and how late the others were.

The cases lie in ``closures.csv`` with their sources. A case counts only from the day on which its outcome was known, so
that a forecast as of a past day knows no more than people did then.

Withdrawals that end on the day they were to end are reported more than others, and a deadline that was put off in good
time is counted as the later one: the chance is an upper one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

#: Jeffreys' prior for a share adds half a case to either side, as it does wherever counts become chances.
JEFFREYS = 0.5

#: Mean days by which a deadline is missed where no case says it: a quarter of a year, the step in which hosts and the
#: Security Council are wont to grant more time.
LATE_DAYS = 91.0


@dataclass(frozen=True, slots=True)
class Closure:
    """One case: what was to be out by when, and when it was (None: it was not, and has not been since)."""

    case: str
    deadline: date
    ended: date | None
    known_on: date
    source: str
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the deadline was met."""
        return self.ended is not None and self.ended <= self.deadline


@dataclass(frozen=True, slots=True)
class Precedent:
    """What the cases known on a day come to."""

    met: int
    missed: int
    late_days: float  # mean days of those that missed and have ended

    @property
    def chance(self) -> float:
        """The chance that a deadline is met: the mean of Beta(met + 1/2, missed + 1/2).

        A future draws the share once and then whether its own deadline is met, which is a chance of this mean.
        """
        return (self.met + JEFFREYS) / (self.met + self.missed + 2 * JEFFREYS)


@cache
def closures() -> tuple[Closure, ...]:
    """Every case that ships, in the order of deadlines."""
    text = files("drawdown.forecast").joinpath("closures.csv").read_text(encoding="utf-8")
    return tuple(_closure(row) for row in csv.DictReader(text.splitlines()))


def _closure(row: dict[str, str]) -> Closure:
    ended = date.fromisoformat(row["ended"]) if row["ended"] else None
    deadline, known_on = (date.fromisoformat(row[column]) for column in ("deadline", "known_on"))
    return Closure(row["case"], deadline, ended, known_on, row["source"], row["note"])


def precedent(on: date, cases: Iterable[Closure] | None = None) -> Precedent:
    """What the cases come to whose outcome was known by a day (those that ship, if none are given)."""
    known = [case for case in (closures() if cases is None else cases) if case.known_on <= on]
    late = [(case.ended - case.deadline).days for case in known if case.ended and not case.met]
    met = sum(case.met for case in known)
    return Precedent(met, len(known) - met, sum(late) / len(late) if late else LATE_DAYS)
