"""Gather everything that is wrong, without letting one kind of fault bury the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from drawdown.files.limits import Allowance, Unreadable
from drawdown.mission.faults import Fault, Severity, Spot

#: Tells a person where a row (its number from 0, if any) and a column (if any) of one table stand.
Where = Callable[[int | None, str | None], str]

#: Faults of one kind (same column, same message) that are told one by one; the rest is counted.
SHOWN = 50

_VALUE_SHOWN = 80  # characters of a value that a fault repeats

_Kind = tuple[Severity, str, str | None, str]


class Findings:
    """Faults, warnings and notes of one reading in the order in which they were found, and what it may still read."""

    def __init__(self) -> None:
        self.allowance = Allowance()
        self._kept: list[Fault] = []
        self._counts: Counter[_Kind] = Counter()
        self._last: dict[_Kind, Fault] = {}

    def fault(self, spot: Spot, message: str, remedy: str, where: str, value: object = "") -> None:
        """Tell what makes the files unusable; see `Fault` for the words."""
        self._add(Fault("fault", spot, shown(value), message, remedy, printable(where)))

    def warn(self, spot: Spot, message: str, remedy: str, where: str, value: object = "") -> None:
        """Tell what a planner would want to know."""
        self._add(Fault("warning", spot, shown(value), message, remedy, printable(where)))

    def note(self, spot: Spot, message: str, remedy: str, where: str, value: object = "") -> None:
        """Tell how something was read."""
        self._add(Fault("note", spot, shown(value), message, remedy, printable(where)))

    def unreadable(self, table: str, name: str, problem: Unreadable) -> None:
        """Tell why a file of a table cannot be read; ``name`` is what people call the file."""
        where = f"{name}:{problem.line}" if problem.line else name
        self.fault(Spot(table), problem.message, problem.remedy, where)

    def _add(self, fault: Fault) -> None:
        kind = (fault.severity, fault.spot.table, fault.spot.column, fault.message)
        self._counts[kind] += 1
        if self._counts[kind] <= SHOWN:
            self._kept.append(fault)
        else:
            self._last[kind] = fault

    @property
    def fatal(self) -> bool:
        """Whether anything found makes the files unusable."""
        return any(fault.severity == "fault" for fault in self._kept)

    @property
    def doubtful(self) -> set[str]:
        """Tables of which whole rows, or the ids of rows, could not be read."""
        faults = (fault for fault in self._kept if fault.severity == "fault")
        return {fault.spot.table for fault in faults if fault.spot.row is None or fault.spot.column in {None, "id"}}

    def found(self, tables: Iterable[str]) -> tuple[Fault, ...]:
        """Everything, by the order of the tables and of their rows; what was left out is counted after its like."""
        more = [
            last._replace(value="", message=f"... and {self._counts[kind] - SHOWN:,} more like this: {last.message}")
            for kind, last in self._last.items()
        ]
        ranks = {table: rank for rank, table in enumerate(tables)}

        def place(fault: Fault) -> tuple[int, int]:
            return ranks.get(fault.spot.table, len(ranks)), -1 if fault.spot.row is None else fault.spot.row

        return tuple(sorted([*self._kept, *more], key=place))


def shown(value: object) -> str:
    """A value as a fault repeats it: on one line, not too long, and with nothing that a terminal would obey."""
    text = printable(" ".join(str(value)[: 2 * _VALUE_SHOWN].split()))
    return text if len(text) <= _VALUE_SHOWN else text[: _VALUE_SHOWN - 3] + "..."


def printable(text: str) -> str:
    """Text whose every character can be printed; others become a replacement character."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)
