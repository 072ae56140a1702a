"""What the mandate demands by a date: what is due, what is overdue, and what was met late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from drawdown.mandate.words import day_words, span_words
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Obligation

State = Literal["overdue", "due", "met_late", "met"]
_ORDER: tuple[State, ...] = ("overdue", "due", "met_late", "met")


@dataclass(frozen=True)
class Owed:
    """An obligation as it stood on a day. ``days``: to its due date, over it, or late when it was met (0 in time)."""

    obligation: str
    name: str
    kind: str
    state: State
    due: date
    met_on: date | None
    days: int
    words: str
    owed_by: str | None
    owed_to: str | None
    reference: str


def owed_on(mission: Mission, on: date) -> tuple[Owed, ...]:
    """Every obligation that the mission had on a day, overdue ones first, then by due date.

    What is met later is not known that day: on 16 August a plan that came on the 18th was one day overdue. An
    obligation counts from the day on which its text was adopted.
    """
    found = [_stood(row, on) for row in mission.obligations if owed_since(mission, row) <= on]
    return tuple(sorted(found, key=lambda row: (_ORDER.index(row.state), row.due, row.obligation)))


def owed_since(mission: Mission, row: Obligation) -> date:
    """From which day an obligation is owed: its text's, else that of cessation or its due date if that is earlier."""
    return row.adopted or min(mission.mission.cessation, row.due)


def _stood(row: Obligation, on: date) -> Owed:
    met_on = row.met_on if row.met_on and row.met_on <= on else None
    state, days, words = _met(row, met_on) if met_on else _open(row, on)
    return Owed(
        row.id, row.name, row.kind, state, row.due, met_on, days, words, row.owed_by, row.owed_to, row.reference
    )


def _met(row: Obligation, met_on: date) -> tuple[State, int, str]:
    late, when = (met_on - row.due).days, day_words(met_on)
    if late > 0:
        return "met_late", late, f"due on {day_words(row.due)}, met on {when}, {span_words(late)} late"
    early = f"{span_words(-late)} early" if late else "on the day"
    return "met", 0, f"due on {day_words(row.due)}, met on {when}, {early}"


def _open(row: Obligation, on: date) -> tuple[State, int, str]:
    left = (row.due - on).days
    if left < 0:
        return "overdue", -left, f"due on {day_words(row.due)}, {span_words(-left)} overdue"
    return "due", left, f"due on {day_words(row.due)}, " + (f"in {span_words(left)}" if left else "that is today")
