"""On which days the mandate covers a thing at a place: what a rule that can bind tells whoever plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from drawdown.mandate.authority import reaches
from drawdown.mission.mission import Mission

ONE_DAY = timedelta(days=1)


class Window(NamedTuple):
    """Days from the first to the last, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


class Coverage:
    """The windows of a mission's mandate, each found once: ask it, rather than every authority for every day."""

    def __init__(self, mission: Mission) -> None:
        """Nothing is worked out before it is asked for."""
        self.mission = mission
        self.windows = lru_cache(maxsize=None)(self._windows)

    def _windows(self, functions: tuple[str, ...], place: str | None = None) -> tuple[Window, ...]:
        return windows(self.mission, functions, place)

    def covers(self, functions: tuple[str, ...], start: date, end: date, place: str | None = None) -> bool:
        """Whether one window holds all days from ``start`` to ``end``."""
        return any(window.start <= start and end <= window.end for window in self.windows(functions, place))

    def bare(self, functions: tuple[str, ...], start: date, end: date, place: str | None = None) -> tuple[Window, ...]:
        """The runs of days from ``start`` to ``end`` that no authority covers; none if all are covered."""
        return tuple(_gaps(self.windows(functions, place), start, end))


def windows(mission: Mission, functions: Iterable[str], place: str | None = None) -> tuple[Window, ...]:
    """The days on which an authority for one of these functions holds at a site or exit, in order, apart by a day.

    Without a place: on which it holds at some place or other. Conditions and who may use it are not looked at.
    """
    wanted = set(functions)
    held = sorted(
        Window(row.from_date, row.to_date)
        for row in mission.authorities
        if row.function in wanted and row.from_date <= row.to_date and (place is None or reaches(mission, row, place))
    )
    found: list[Window] = []
    for window in held:
        if found and window.start <= found[-1].end + ONE_DAY:
            found[-1] = Window(found[-1].start, max(found[-1].end, window.end))
        else:
            found.append(window)
    return tuple(found)


def _gaps(held: tuple[Window, ...], start: date, end: date) -> Iterator[Window]:
    day = start
    for window in held:
        if window.end < day:
            continue
        if window.start > end:
            break
        if window.start > day:
            yield Window(day, window.start - ONE_DAY)
        if window.end >= end:
            return
        day = window.end + ONE_DAY
    if day <= end:
        yield Window(day, end)
