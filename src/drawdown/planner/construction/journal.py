"""Changes that can be taken back, so that the planner can try a day and choose another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K")
T = TypeVar("T")
Days = NDArray[np.int64]


class Journal:
    """Everything that a plan in the making changes goes through here; `back_to` undoes the latest changes."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []
        #: How often something was taken back; what was remembered before is not to be trusted after.
        self.rewinds = 0

    def mark(self) -> int:
        """The present, to come back to."""
        return len(self._undo)

    def back_to(self, mark: int) -> None:
        """Undo every change since a mark, the latest first."""
        self.rewinds += len(self._undo) > mark
        while len(self._undo) > mark:
            self._undo.pop()()

    def forget(self) -> None:
        """Keep every change so far for good."""
        self._undo.clear()

    def add(self, days: NDArray[Any], amount: float, first: int, last: int | None = None) -> None:
        """Add to the days from ``first`` to ``last`` (to the end if not given)."""
        part = slice(max(first, 0), None if last is None else last + 1)
        days[part] += amount

        def undo() -> None:
            days[part] -= amount

        self._undo.append(undo)

    def append(self, rows: list[T], row: T) -> None:
        """Append a row to a list."""
        rows.append(row)
        self._undo.append(rows.pop)

    def remove(self, rows: list[T], row: T) -> None:
        """Remove a row from a list."""
        place = rows.index(row)
        del rows[place]
        self._undo.append(lambda: rows.insert(place, row))

    def put(self, table: dict[K, T], key: K, value: T) -> None:
        """Put a value into a table that has one for this key."""
        before = table[key]
        table[key] = value
        self._undo.append(lambda: table.__setitem__(key, before))

    def assign(self, thing: object, name: str, value: object) -> None:
        """Set an attribute."""
        before = getattr(thing, name)
        setattr(thing, name, value)
        self._undo.append(lambda: setattr(thing, name, before))


def days_of(value: float, days: int) -> Days:
    """The same whole number on every day."""
    return np.full(days, value, dtype=np.int64)
