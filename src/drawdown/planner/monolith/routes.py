"""Every route of a mission: all ways between two places by one mode that pass no place twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from drawdown.mission.mission import Mission
from drawdown.mission.network import other_end
from drawdown.mission.tables import Leg

#: Routes at most: with more, a model of every day would be far beyond any solver (a hundred days make 10⁵ moves).
MOST_ROUTES = 1_000


@dataclass(frozen=True)
class Route:
    """A way from one place to another: legs of one mode that join end to end. ``name`` is unique in its mission."""

    name: str
    origin: str
    destination: str
    mode: str
    legs: tuple[Leg, ...]

    @property
    def km(self) -> float:
        """Its length (km)."""
        return sum(leg.km for leg in self.legs)


class TooManyRoutesError(ValueError):
    """A mission with more routes than `MOST_ROUTES`: too big for a model of every day."""


def modes_used(mission: Mission) -> tuple[str, ...]:
    """Modes by which anything could move: those of the lift, and all but air where escorts move on their own."""
    modes = {lift.mode for lift in mission.lift if mission.in_service(lift)}
    if any(lot.self_propelled for lot in mission.equipment):
        modes.add("road")
    if any(leg.escort_platoons or leg.eod for leg in mission.legs):
        modes |= {leg.mode for leg in mission.legs if leg.mode != "air"}
    return tuple(sorted(modes))


def routes_of(mission: Mission, most: int = MOST_ROUTES) -> tuple[Route, ...]:
    """All routes, by mode, origin, destination and legs. Raises `TooManyRoutesError` where there are more than most."""
    found: list[Route] = []
    for mode in modes_used(mission):
        links: dict[str, list[Leg]] = defaultdict(list)
        for leg in mission.legs:
            if leg.mode == mode and {leg.from_place, leg.to_place} <= mission.place.keys():
                links[leg.from_place].append(leg)
                links[leg.to_place].append(leg)
        for origin in mission.place:
            for place, legs in _paths(links, origin):
                found.append(Route(_name(origin, place, legs), origin, place, mode, legs))
                if len(found) > most:
                    raise TooManyRoutesError(f"{mission.mission.id} has more than {most} routes")
    return tuple(found)


def _name(origin: str, destination: str, legs: tuple[Leg, ...]) -> str:
    return f"{origin}-{destination}/{'+'.join(leg.id for leg in legs)}"


def _paths(links: dict[str, list[Leg]], origin: str) -> Iterator[tuple[str, tuple[Leg, ...]]]:
    """Paths that pass no place twice, each before those that go on from it."""
    stack: list[tuple[str, tuple[Leg, ...], frozenset[str]]] = [(origin, (), frozenset({origin}))]
    while stack:
        here, legs, seen = stack.pop()
        if legs:
            yield here, legs
        for leg in reversed(links[here]):
            there = other_end(leg, here)
            if there not in seen:
                stack.append((there, (*legs, leg), seen | {there}))
