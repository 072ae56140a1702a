"""A mission becomes a model: every symbol, then every family; and how big that is, before it is built."""

from __future__ import annotations

from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.planner.monolith import families
from drawdown.planner.monolith.model import FAMILIES, Model
from drawdown.planner.monolith.routes import TooManyRoutesError, routes_of
from drawdown.planner.monolith.symbols import add_symbols
from drawdown.planner.monolith.ways import Departures

__all__ = ["build", "columns_of", "families"]


def build(mission: Mission, course: Course, as_of: date | None = None, only: Departures | None = None) -> Model:
    """The whole model of a mission under a course of action (as known on cessation if no other day is given).

    With ``only``, the model of plans that use no other routes and days of departure. Raises `TooManyRoutesError` and
    `TooManyWaysError` for missions that are far too big.
    """
    model = Model(mission, course, as_of or mission.mission.cessation, only)
    add_symbols(model)
    for name, row in FAMILIES.items():
        model.require(name, row.rows(model))
    return model


def columns_of(mission: Mission) -> int:
    """About how many columns the model has, without asking which days are lawful; where routes are too many, a floor.

    One convoy a route and day is counted, as quick as may be. Take it as an order of magnitude, mostly too low.
    """
    things = len(mission.units) + len(mission.equipment)
    places = len(mission.sites) * (things + 3) + len(mission.place) * len(mission.lift) + len(mission.units)
    try:
        routes = len(routes_of(mission))
    except TooManyRoutesError:
        routes = 1_000
    return mission.days * (places + routes * (1 + things + len(mission.lift)))
