"""Which rows and bounds of the relaxation are which limit, at which place, on which days.

The families of the relaxation are used as they are. A row's place and days are read off the columns in it: columns
of a symbol run over sites, exits, classes of people or of stock, and over slots of days or the evenings between them.
Limits that the relaxation keeps as bounds of columns are stated again as rows, so that each of them can give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from drawdown.mission.tables import Crew
from drawdown.planner.relaxation.model import Model
from drawdown.planner.relaxation.program import INF, Family, Index, Matrix, Rows, Values

#: First and last day of each of some rows.
Days = tuple[Index, Index]

#: The least and the most that some rows may come to.
Sides = tuple[float, float]

#: What the axis of a symbol before its last runs over; the last runs over slots or states, told by its length.
PLACED = {
    "open": "site", "guarded": "site", "stored": "site", "people": "people", "separate": "people",
    "stock": "stock", "dispose": "stock", "destroy": "stock", "set_out": "stock", "leave": "exit", "ship": "exit",
    "transit": "", "hauled": "", "at_wheel": "",
}  # fmt: skip

#: Families that are a limit as they stand, by the limit's name. A family of the same name by all its rows; of
#: others only the rows that hold the symbol named behind the bar.
FAMILIES = {
    "exit_capacity_people": "exit_capacity_people",
    "exit_capacity_equipment": "exit_capacity_equipment",
    "closure_crews": "closure_crews",
    "clean_up_after_emptying": "clean_up_after_emptying",
    "rear_party": "rear_party",
    "convoys": "way_out_of_site",
    "travel_time": "travel_time",
    "lift": "on_the_road|hauled",
    "drivers": "on_the_road|at_wheel",
    "guard": "guard|people",
    "yards": "yards",
}


class Limited(NamedTuple):
    """A row of a limit: its number, the limit and place (an id, or ""), and its first and last day.

    ``factor`` is what one more a day would add to the row's room, where that is how the limit is counted.
    """

    row: int
    limit: str
    place: str
    first: int
    last: int
    factor: float = 1.0


@dataclass(frozen=True)
class Labels:
    """Where and when the columns of a model are: number of the place (-1 for none), first and last day (0 for none)."""

    model: Model

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Places by number."""
        return (*self.model.site, *self.model.exit)

    @cached_property
    def _found(self) -> tuple[Index, Index, Index]:
        model, size = self.model, self.model.program.columns
        place, first, last = np.full(size, -1), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for name, over in PLACED.items():
            columns = model.x[name]
            slots = columns.shape[-1] == model.slots
            first[columns] = model.grid.first if slots else since(model)
            last[columns] = model.grid.last if slots else model.grid.evening
            if over:
                place[columns] = np.array(self._axis(over), dtype=np.int64)[:, None]
        return place, first, last

    def _axis(self, over: str) -> list[int]:
        number = {name: i for i, name in enumerate(self.places)}
        rows = {
            "site": list(self.model.site),
            "exit": list(self.model.exit),
            "people": [k.site for k in self.model.facts.people],
            "stock": [j.site for j in self.model.facts.stocks],
        }
        return [number[name] for name in rows[over]]

    def of_rows(self, matrix: Matrix, rows: Index) -> Iterator[tuple[str, int, int]]:
        """The place of each row, if all its columns are at one, and the days of its latest column."""
        place, first, last = self._found
        for row in rows.tolist():
            columns = matrix.index[matrix.starts[row] : matrix.starts[row + 1]]
            at = {self.places[i] for i in place[columns].tolist() if i >= 0}
            latest = columns[last[columns].argmax()] if columns.size else 0
            yield at.pop() if len(at) == 1 else "", int(first[latest]), int(last[latest])


def since(model: Model) -> Index:
    """The first day that each state stands for: the day after the state before."""
    return np.concatenate([[0], model.grid.first])


def limited_rows(model: Model, matrix: Matrix) -> Iterator[Limited]:
    """The rows of the relaxation's own families that are limits."""
    labels = Labels(model)
    for limit, written in FAMILIES.items():
        name, _, holds = written.partition("|")
        entries = [entry for entry in model.program.families if entry.name == name]
        for number, entry in enumerate(entries):
            rows = np.arange(entry.first, entry.end)
            if holds:
                rows = rows[_holding(matrix, rows, model.x[holds])]
            for row, (place, first, last) in zip(rows.tolist(), labels.of_rows(matrix, rows), strict=True):
                if not _is_set(model, limit, place):
                    continue
                if limit == "closure_crews":
                    crew = _crew(model, number)
                    yield Limited(row, limit, crew.id, first, last, _crew_days(matrix, entry, row, crew))
                else:
                    named = _open_or(model, limit, place, first, last)
                    yield Limited(row, named, place, first, last, last - first + 1)


def _is_set(model: Model, limit: str, place: str) -> bool:
    """Whether a row is a limit that could be another: not the yard of a site without one, nor room never meant."""
    mission = model.mission
    if limit == "yards":
        return mission.site[place].yard_teu > 0
    if limit.startswith("exit_capacity"):
        return limit.removeprefix("exit_capacity_") in mission.exit[place].takes
    return True


def _holding(matrix: Matrix, rows: Index, symbol: Index) -> np.ndarray:
    """Which of some rows hold a column of a symbol."""
    low, high = symbol.min(), symbol.max()
    spans = (matrix.index[matrix.starts[r] : matrix.starts[r + 1]] for r in rows.tolist())
    return np.array([bool(((s >= low) & (s <= high)).any()) for s in spans], dtype=bool)


def _open_or(model: Model, limit: str, place: str, first: int, last: int) -> str:
    """The room at an exit while it is closed is a matter of its open days."""
    if not limit.startswith("exit_capacity") or place not in model.exit:
        return limit
    row, day = model.mission.exit[place], model.mission.day
    closed = (row.open_from and last < day(row.open_from)) or (row.open_to and first > day(row.open_to))
    return "open_days" if closed else limit


def _crew(model: Model, number: int) -> Crew:
    """The kind of crew of a family's entry: there is one for each kind that has work."""
    facts, mission = model.facts, model.mission
    busy = {mission.step[i].crew for s in mission.sites if facts.heads[s.id] for i in facts.steps(s)}
    return [crew for crew in mission.crews if crew.id in busy][number]


def _crew_days(matrix: Matrix, entry: Family, row: int, crew: Crew) -> float:
    """Days of work of one crew that a row counts: its side is all work less those of the crews that there are."""
    done = float(matrix.row_low[entry.first : entry.end].max() - matrix.row_low[row])
    return done / crew.count if crew.count else float(row - entry.first)


# ---- bounds of columns, as rows --------------------------------------------------------------------------------------


class Bounds:
    """Limits that the relaxation keeps as bounds of columns: stated as rows, and the bounds made loose.

    Each ``_about_…`` adds rows to the model's program and remembers which limit they are; `loose` then gives the
    columns the bounds that no limit sets.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.found: list[Limited] = []
        for state in (self._about_people, self._about_sites, self._about_ways_home, self._about_equipment):
            state()

    def _add(self, limit: str, place: str, days: Days, columns: Index, *, sides: Sides) -> None:
        """One row a column (or a row of columns, added up) between two sides."""
        low, high = sides
        program, size = self.model.program, len(columns)
        if not size:
            return
        start = program.height
        rows = np.arange(size)
        sums = columns if columns.ndim > 1 else columns[:, None]
        program.require("limits", Rows(size, low=low, high=high).add(rows[:, None], sums))
        for offset, (first, last) in enumerate(zip(*days, strict=True)):
            self.found.append(Limited(start + offset, limit, place, int(first), int(last)))

    def _evenings(self, on: np.ndarray, begin: int = 0) -> Days:
        return np.maximum(since(self.model)[on], begin), self.model.grid.evening[on]

    def _about_people(self) -> None:
        model, mission, evening = self.model, self.model.mission, self.model.grid.evening
        for i, k in enumerate(model.facts.people):
            columns, late = model.x["people"][i], min(k.strength, sum(u.rear_party + u.stays for u in k.units))
            earliest, latest = k.units[0].earliest, k.units[0].latest
            begins = {"deadline_people": model.facts.deadline}
            if latest:
                begins["unit_dates"] = mission.day(latest)
            for limit, begin in begins.items():
                on = (evening >= begin) & (evening > 0) & (evening < model.facts.end)
                self._add(limit, k.site, self._evenings(on, begin), columns[on], sides=(-INF, late))
            if earliest:
                on = (evening < mission.day(earliest)) & (evening > 0)
                self._add("unit_dates", k.site, self._evenings(on), columns[on], sides=(k.strength, INF))
            on = evening == model.facts.end
            self._add("liquidation_people", k.site, self._evenings(on, model.facts.end), columns[on], sides=(-INF, 0))

    def _about_sites(self) -> None:
        model, evening = self.model, self.model.grid.evening
        for i, site in enumerate(model.mission.sites):
            columns, steps = model.x["open"][i], model.facts.steps(site)
            earliest = max((start + tail - 1 for start, tail, _ in steps.values()), default=1)
            on = (evening < earliest) & (model.facts.heads[site.id] > 0)
            self._add("closure_steps", site.id, self._evenings(on), columns[on], sides=(1, INF))
            if not site.liquidation:
                due = model.facts.deadline
                on = (evening >= due) & (evening < model.facts.end)
                self._add("deadline_sites", site.id, self._evenings(on, due), columns[on], sides=(-INF, 0))
            on = evening == model.facts.end
            self._add("liquidation_sites", site.id, self._evenings(on, model.facts.end), columns[on], sides=(-INF, 0))

    def _about_ways_home(self) -> None:
        """All days together: people by an exit that is not theirs, and before they could be there."""
        model, last = self.model, self.model.grid.last
        reach = {s.id: model.facts.arrivals(s.id) for s in model.mission.sites}
        for i, k in enumerate(model.facts.people):
            for name, x in model.exit.items():
                columns = model.x["leave"][i, x]
                if name not in k.exits:
                    self._add("way_home", k.site, self._until(last[-1]), columns[None, :], sides=(-INF, 0))
                early = last < reach[k.site].get(name, model.facts.end + 1)
                if early.any():
                    self._add("journey", k.site, self._until(last[early][-1]), columns[early][None, :], sides=(-INF, 0))

    def _about_equipment(self) -> None:
        """All days together: what is disposed of too soon or not at all, destroyed although it may not be, or late."""
        model, last = self.model, self.model.grid.last
        for j, row in enumerate(model.facts.stocks):
            early = last < (model.facts.end + 1 if row.local is None else row.local)
            if early.any():
                columns = model.x["dispose"][j][early]
                self._add("owner_allows", row.site, self._until(last[early][-1]), columns[None, :], sides=(-INF, 0))
            if not np.isfinite(row.value):
                self._add(
                    "owner_allows", row.site, self._until(last[-1]), model.x["destroy"][j][None, :], sides=(-INF, 0)
                )
        for columns in model.x["transit"][:, -1:]:
            self._add("liquidation_equipment", "", (last[-1:], last[-1:]), columns, sides=(-INF, 0))

    def _until(self, last: int) -> Days:
        return self.model.grid.first[:1], np.array([last])

    def loose(self, low: Values, high: Values) -> None:
        """Give the columns the bounds that no limit sets, in place."""
        x, facts = self.model.x, self.model.facts
        strength = np.array([float(k.strength) for k in facts.people])
        teu = np.array([j.teu for j in facts.stocks])
        high[x["people"][:, 1:]] = strength[:, None]
        low[x["people"][:, 1:]] = 0
        high[x["open"]], low[x["open"]] = 1, 0
        high[x["leave"]] = strength[:, None, None]
        high[x["dispose"]] = high[x["destroy"]] = teu[:, None]
        high[x["ship"]] = high[x["transit"][:, 1:]] = teu.sum()  # rows keep the room of the exits
