"""What leaves a place in the morning of a day, and what arrives there by its evening."""

from __future__ import annotations

from drawdown.planner.monolith.model import Model, Terms

RIDE, SHIP = ("ride",), ("carry", "drive")


def outflow(model: Model, symbols: tuple[str, ...], what: str, place: str, day: int) -> Terms:
    """The sum of what leaves a place on a day."""
    keys = [(way.name, what) for way in model.departing.get((place, day), ())]
    return [term for symbol in symbols for term in model.sum(symbol, keys)]


def inflow(model: Model, symbols: tuple[str, ...], what: str, place: str, day: int) -> Terms:
    """The sum of what arrives at a place by the evening of a day."""
    keys = [(way.name, what) for way in model.arriving.get((place, day), ())]
    return [term for symbol in symbols for term in model.sum(symbol, keys)]


def less(terms: Terms) -> Terms:
    """A sum, subtracted."""
    return [(column, -factor) for column, factor in terms]
