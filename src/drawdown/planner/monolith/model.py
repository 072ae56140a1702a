"""The whole-mission model in the making: its sets, its columns by name, and its constraint families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from drawdown.mandate.authority import TO_STAY, covering
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course, Lift, Lot, Site, Unit
from drawdown.plan.measures import rates
from drawdown.plan.replay import travels
from drawdown.planner.monolith.ends import Ends
from drawdown.planner.monolith.ways import Departures, Way, Ways, helpers
from drawdown.planner.relaxation.program import INF, Program, Rows

Key = tuple[str | int, ...]
Terms = list[tuple[int, float]]


class Column(NamedTuple):
    """A column in the making: what it is about, its bounds, and its weight in the objective."""

    key: Key
    high: float = 1.0
    low: float = 0.0
    cost: float = 0.0


class Row(NamedTuple):
    """A row of a family: low ≤ Σ factor · column ≤ high."""

    key: Key
    terms: Terms
    low: float = -INF
    high: float = INF


class Model:
    """A mission by the day, under one course of action, as it is known on a day.

    Sets: sites S, exits X, places Q (both), units U, lots L, lift H (A ⊂ H aircraft), ways W (route, departure,
    arrival, number), steps K(s), evenings T = 0..E and days D = 1..E. ``column(symbol, *key)`` is a column's number.
    """

    def __init__(self, mission: Mission, course: Course, as_of: date, only: Departures | None = None) -> None:
        self.mission, self.course, self.as_of = mission, course, as_of
        self.end, self.due = mission.days, min(mission.days, mission.day(mission.mission.deadline))
        self.rate = rates(mission)
        self.program = Program()
        self.known: dict[str, dict[Key, int]] = {}
        self.names: list[str] = []
        self.row_names: list[str] = []
        self._timetable = Ways(mission, as_of, only)
        self.ways = self._timetable.all
        self.ends = Ends(mission, self._timetable.asking)

    # ---- sets --------------------------------------------------------------------------------------------------------

    @property
    def days(self) -> range:
        """Days on which anything can be done: 1 to the end of liquidation."""
        return range(1, self.end + 1)

    @property
    def evenings(self) -> range:
        """Evenings from that of the day of cessation to that of the last day."""
        return range(self.end + 1)

    @cached_property
    def surface(self) -> tuple[Lift, ...]:
        """Lift that stays where its last move ended."""
        return tuple(lift for lift in self.mission.lift if travels(lift) and self.mission.in_service(lift))

    @cached_property
    def helpers(self) -> tuple[Unit, ...]:
        """Units whose detachments some leg asks for."""
        return helpers(self.mission)

    @cached_property
    def heads(self) -> dict[str, int]:
        """People for whom each site's life support was made."""
        units = self.mission.units
        return {
            s.id: max(sum(u.strength for u in units if u.site == s.id), s.people_at_start) for s in self.mission.sites
        }

    @cached_property
    def departing(self) -> dict[tuple[str, int], list[Way]]:
        """Ways by origin and day of departure."""
        found: dict[tuple[str, int], list[Way]] = defaultdict(list)
        for way in self.ways:
            found[way.route.origin, way.depart].append(way)
        return found

    @cached_property
    def arriving(self) -> dict[tuple[str, int], list[Way]]:
        """Ways by destination and day of arrival."""
        found: dict[tuple[str, int], list[Way]] = defaultdict(list)
        for way in self.ways:
            found[way.route.destination, way.arrive].append(way)
        return found

    def may_stay(self, site: Site, day: int) -> bool:
        """Whether an authority covers people at a site on a day."""
        return covering(self.mission, TO_STAY, self.mission.date(day), site.id) is not None

    @cached_property
    def leaving(self) -> dict[str, tuple[set[str], set[str]]]:
        """For each exit, the units and the lots that may reach it."""
        first = {way.route.destination: way for way in reversed(self.ways)}
        return {
            x.id: self._timetable.may_leave(first[x.id]) if x.id in first else (set(), set())
            for x in self.mission.exits
        }

    # ---- columns -----------------------------------------------------------------------------------------------------

    def symbol(self, name: str, columns: Iterable[Column], *, whole: bool = True) -> None:
        """Add a symbol's columns. Those that are not ``whole`` are whole in every solution because others are."""
        rows = list(columns)
        low, high, cost = (np.array([row[i] for row in rows], dtype=float) for i in (2, 1, 3))
        index = self.program.symbol(name, (len(rows),), low=low, high=high, cost=cost, whole=whole)
        self.known[name] = {row.key: int(i) for row, i in zip(rows, index, strict=True)}
        self.names += [f"{name}[{','.join(map(str, row.key))}]" for row in rows]

    def column(self, symbol: str, *key: str | int) -> int:
        """A column's number; -1 (which rows leave out) if there is none, because it could only be zero."""
        return self.known[symbol].get(key, -1)

    def sum(self, symbol: str, keys: Iterable[Key], factor: float = 1.0) -> Terms:
        """The sum of a symbol's columns, times a factor."""
        known = self.known[symbol]
        return [(known[key], factor) for key in keys if key in known]

    # ---- weights -----------------------------------------------------------------------------------------------------

    def casualties(self, hazard: str | None, unit: str) -> float:
        """The weight of the casualties expected per unit of exposure (USD-equivalents)."""
        return self.course.risk * self.rate[hazard, unit][1] if hazard else 0.0

    def road_risk(self, way: Way, unit: str) -> float:
        """The weight of one vehicle, or one convoy, on a way."""
        return sum(self.casualties(leg.hazard_class, unit) * leg.km for leg in way.route.legs)

    def vehicle_cost(self, way: Way, lift: Lift) -> float:
        """The weight of one vehicle, or one sortie, of a lift on a way: what it costs and what it risks."""
        share, km = (way.days, way.route.km) if travels(lift) else (1 / max(lift.sorties_per_day, 1), 2 * way.route.km)
        return self.course.cost * (lift.usd_per_day * share + lift.usd_per_km * km) + self.road_risk(way, "vehicle_km")

    def reach(self, lift: str) -> int:
        """The most vehicles, or sorties in a day, of a lift."""
        row = self.mission.lift_by_id[lift]
        return self.mission.in_service(row) * (1 if travels(row) else row.sorties_per_day)

    def rooms(self, lot: Lot) -> list[Lift]:
        """Lift on which one item of a lot fits, with the verifier's room for rounding."""
        room = 1e-6
        return [x for x in self.mission.lift if lot.teu_each <= x.teu + room and lot.tonnes_each <= x.tonnes + room]

    # ---- rows --------------------------------------------------------------------------------------------------------

    def require(self, family: str, rows: Iterator[Row]) -> None:
        """Add a family's rows."""
        made = [row for row in rows if any(c >= 0 for c, _ in row.terms) or not row.low <= 0 <= row.high]
        block = Rows(len(made), low=[row.low for row in made], high=[row.high for row in made])
        triples = [(number, column, factor) for number, row in enumerate(made) for column, factor in row.terms]
        if triples:
            block.add(*zip(*triples, strict=True))
        self.program.require(family, block)
        self.row_names += [f"{family}[{','.join(map(str, row.key))}]" for row in made]


class Family(NamedTuple):
    """A constraint family: what it says, its formula, the rules that it keeps, and the function that makes its rows."""

    name: str
    says: str
    formula: str
    rules: tuple[str, ...]
    rows: Callable[[Model], Iterator[Row]]


#: All families, in the order in which they are added.
FAMILIES: dict[str, Family] = {}


def family(formula: str, *rules: str) -> Callable[[Callable[[Model], Iterator[Row]]], Callable[[Model], Iterator[Row]]]:
    """Register a constraint family: its sentence is the function's docstring, its source the rules that it keeps."""

    def register(rows: Callable[[Model], Iterator[Row]]) -> Callable[[Model], Iterator[Row]]:
        FAMILIES[rows.__name__] = Family(rows.__name__, (rows.__doc__ or "").strip(), formula, rules, rows)
        return rows

    return register
