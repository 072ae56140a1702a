"""The relaxation in the making: facts, days and symbols. Families add their rows to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.mission.network import Dated
from drawdown.mission.tables import Course
from drawdown.plan.measures import rates
from drawdown.planner.relaxation.air import Flight, flights_of
from drawdown.planner.relaxation.facts import Facts
from drawdown.planner.relaxation.grid import Grid
from drawdown.planner.relaxation.program import Index, Over, Program, Values

#: What equipment is on the road, by number: carried, able to drive, or with an end inside the country.
COMMODITIES = ("carried", "driven", "inland")


class Model:
    """A mission's relaxation under one course of action: ``x[symbol]`` are the columns of a symbol.

    Sets: sites S, exits X, classes of people K, classes of stock J, arcs A (surface legs in one direction), flights F,
    fleets H, towns W, commodities C (0 carried, 1 able to drive), slots T and states T+1 (the evenings between slots).
    """

    def __init__(self, mission: Mission, course: Course, facts: Facts, grid: Grid) -> None:
        self.mission, self.course, self.facts, self.grid = mission, course, facts, grid
        self.program = Program()
        self.x = self.program.symbols
        self.site = {s.id: i for i, s in enumerate(mission.sites)}
        self.exit = {x.id: i for i, x in enumerate(mission.exits)}
        self.place = {name: i for i, name in enumerate([*self.site, *self.exit])}
        self.rate = rates(mission)

    # ---- sets --------------------------------------------------------------------------------------------------------

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return self.grid.count

    @cached_property
    def T(self) -> Index:  # noqa: N802 - the set's name on the page
        """Slots."""
        return np.arange(self.slots)

    @cached_property
    def T1(self) -> Index:  # noqa: N802 - the set's name on the page
        """States."""
        return np.arange(self.slots + 1)

    @cached_property
    def flights(self) -> tuple[Flight, ...]:
        """Flights from sites that may carry equipment."""
        weight = self.course.cost
        return flights_of(
            self.mission,
            weight,
            lambda lift, leg: (
                weight * lift.usd_per_km * 2 * leg.km + self.casualties(leg.hazard_class, "vehicle_km") * leg.km
            ),
        )

    # ---- names of what axes run over ---------------------------------------------------------------------------------

    def over(self, *axes: str) -> Over:
        """What axes run over, by the name of the set."""
        return tuple(self._names[axis] for axis in axes)

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """The members of each set by name: slots and states by their last day."""
        return {
            "S": tuple(self.site),
            "X": tuple(self.exit),
            "S+X": tuple(self.place),
            "K": tuple(k.name for k in self.facts.people),
            "J": tuple(j.name for j in self.facts.stocks),
            "A": tuple(f"{a.leg.id}>{a.destination}" for a in self.facts.arcs),
            "F": tuple(f"{f.lift.id}:{f.origin}>{f.destination}" for f in self.flights),
            "H": tuple(f"{h.mode}-{h.teu:g}" for h in self.facts.fleets),
            "C": COMMODITIES[:2],
            "C+1": COMMODITIES,
            "T": tuple(str(day) for day in self.grid.last),
            "T+1": tuple(str(day) for day in self.grid.evening),
        }

    # ---- weights -----------------------------------------------------------------------------------------------------

    @cached_property
    def mornings(self) -> Values:
        """How many mornings each state stands for where a quantity only falls: one, and the rest of the slot before."""
        weight = np.zeros(self.slots + 1)
        weight[:-1] += 1
        weight[1:] += self.grid.length - 1
        return weight

    def open_days(self, row: Dated) -> Values:
        """Days of each slot on which an exit is open."""
        day, grid = self.mission.day, self.grid
        first = np.maximum(grid.first, day(row.open_from) if row.open_from else 1)
        last = np.minimum(grid.last, day(row.open_to) if row.open_to else self.mission.days)
        open_days: Values = np.maximum(0, last - first + 1).astype(float)
        return open_days

    @cached_property
    def takes(self) -> Values:
        """Equipment that each exit takes in each slot (TEU)."""
        exits = self.mission.exits
        most = [x.teu_per_day * self.open_days(x) * ("equipment" in x.takes) for x in exits]
        return np.array(most).reshape(len(exits), self.slots)

    def casualties(self, hazard: str | None, unit: str) -> float:
        """The weight of the casualties expected per unit of exposure (USD-equivalents)."""
        return self.course.risk * self.rate[hazard, unit][1] if hazard else 0.0


class FamilyText(NamedTuple):
    """A constraint family: what it says, the formula, where it comes from, and the function that adds it."""

    name: str
    says: str
    formula: str
    source: str
    add: Callable[[Model], None]


#: All families, in the order in which they are added.
FAMILIES: dict[str, FamilyText] = {}


def family(formula: str, source: str) -> Callable[[Callable[[Model], None]], Callable[[Model], None]]:
    """Register a constraint family: its sentence is the function's docstring."""

    def register(add: Callable[[Model], None]) -> Callable[[Model], None]:
        says = " ".join((add.__doc__ or "").split("\n\n")[0].split())
        FAMILIES[add.__name__] = FamilyText(add.__name__, says, formula, source, add)
        return add

    return register
