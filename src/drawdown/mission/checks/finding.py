"""What a check is, and the words with which it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from drawdown.mission.faults import Fault, Severity, Spot
from drawdown.mission.mission import Mission

Check = Callable[[Mission], Iterator[Fault]]


def _report(severity: Severity) -> Callable[[str, int | None, str | None, str, str], Fault]:
    def report(table: str, row: int | None, column: str | None, message: str, remedy: str) -> Fault:
        return Fault(severity, Spot(table, row, column), "", message, remedy)

    return report


# Each takes table, row number (from 0), column, message and remedy; `check_mission` fills in the value.
fault = _report("fault")
warning = _report("warning")
note = _report("note")


def listed(words: Iterable[object], most: int = 6) -> str:
    """Words in backticks, in the order given, cut short after ``most``."""
    names = [f"`{word}`" for word in words]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def a_few(count: float, singular: str, plural: str = "") -> str:
    """A number with its noun: '1 site', '3 sites'."""
    return f"{count:g} {singular if count == 1 else plural or singular + 's'}"
