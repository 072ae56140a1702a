"""Ways between places: which lift can carry over which legs, and where it comes from and goes back to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open, lift_can_use, shortest_route
from drawdown.mission.tables import Leg, Lift
from drawdown.plan.replay import detachments, travels

#: Vehicles in a convoy on a route without a limit: the longest seen was 143 [P28].
LONGEST_CONVOY = 150


@dataclass(frozen=True, eq=False)
class Route:
    """Legs of one mode that join two places. Compared by identity, so that it is a quick key."""

    origin: str
    destination: str
    legs: tuple[Leg, ...]

    @cached_property
    def limit(self) -> int:
        """Vehicles in one convoy at most."""
        return min((leg.convoy_limit for leg in self.legs if leg.convoy_limit), default=LONGEST_CONVOY)

    @cached_property
    def platoons(self) -> int:
        """Escort platoons that a convoy needs until the deadline."""
        return max(leg.escort_platoons for leg in self.legs)

    @cached_property
    def mined(self) -> bool:
        """Whether a convoy needs an ordnance team until the deadline."""
        return any(leg.eod for leg in self.legs)

    @cached_property
    def days(self) -> float:
        """Nominal days."""
        return sum(leg.nominal_days for leg in self.legs)


@dataclass(frozen=True, eq=False)
class Way:
    """Lift of one base and mode, from where the load is to where it goes.

    ``out`` brings lift and escorts from their base to the load, ``home`` takes them back; either is None where the
    base is at that end. A convoy may mix its kinds of vehicle, or have none if the load drives itself; each kind of
    aircraft is a way of its own.
    """

    mode: str
    base: str
    lifts: tuple[Lift, ...]
    route: Route
    out: Route | None = None
    home: Route | None = None

    @property
    def surface(self) -> bool:
        """Whether it travels in convoy (and not by air)."""
        return self.mode != "air"

    @cached_property
    def limit(self) -> int:
        """Vehicles in one convoy at most."""
        return min(route.limit for route in (self.route, self.out, self.home) if route)

    @cached_property
    def escorted(self) -> bool:
        """Whether the load needs an escort."""
        return self.surface and (self.route.platoons > 0 or self.route.mined)

    @cached_property
    def teu(self) -> float:
        """The most equipment that one vehicle carries."""
        return max((lift.teu for lift in self.lifts), default=0.0)

    @cached_property
    def seats(self) -> int:
        """The most people whom one vehicle carries."""
        return max((lift.seats for lift in self.lifts), default=0)


class WayFinder:
    """Finds ways and remembers them."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self._ways: dict[tuple[str, str], tuple[Way, ...]] = {}
        self._routes: dict[tuple[str, str, str], tuple[tuple[Leg, ...], ...]] = {}
        self._fleets: dict[tuple[str, str], list[Lift]] = defaultdict(list)
        for lift in mission.lift:
            if travels(lift) and mission.in_service(lift):
                self._fleets[lift.mode, lift.base].append(lift)
        self._escorts = {unit.site for unit in mission.units if detachments(unit)}

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Every way from one place to another."""
        key = (origin, destination)
        if key not in self._ways:
            modes = dict.fromkeys(leg.mode for leg in self.mission.legs)
            surface = [way for mode in modes if mode != "air" for way in self._on_surface(origin, destination, mode)]
            self._ways[key] = (*surface, *self._by_air(origin, destination))
        return self._ways[key]

    def _on_surface(self, origin: str, destination: str, mode: str) -> Iterator[Way]:
        routes = self.routes(origin, destination, mode)
        if not routes:
            return
        driven = mode == "road" and any(lot.self_propelled for lot in self.mission.equipment)
        for base in (origin, destination, *self._elsewhere(origin, destination, mode)):
            fleet = tuple(self._fleets[mode, base])
            if not fleet and not (driven and (base == origin or base in self._escorts)):
                continue
            for legs in routes:
                yield from self._round_trips(mode, base, fleet, Route(origin, destination, legs))

    def _round_trips(self, mode: str, base: str, fleet: tuple[Lift, ...], route: Route) -> Iterator[Way]:
        back = Route(route.destination, route.origin, tuple(reversed(route.legs)))
        if base == route.origin:
            yield Way(mode, base, fleet, route, home=back)
        elif base == route.destination:
            yield Way(mode, base, fleet, route, out=back)
        else:
            outs = self.routes(base, route.origin, mode)
            homes = self.routes(route.destination, base, mode)
            for out, home in zip(outs[:1], homes[:1], strict=False):
                there, away = Route(base, route.origin, out), Route(route.destination, base, home)
                yield Way(mode, base, fleet, route, out=there, home=away)

    def _elsewhere(self, origin: str, destination: str, mode: str) -> list[str]:
        """The nearest base elsewhere whose fleet can do what no fleet at either end can."""
        here = [lift for base in (origin, destination) for lift in self._fleets[mode, base]]
        lacking = [name for name in ("teu", "seats") if not any(getattr(lift, name) for lift in here)]
        far: list[tuple[float, str]] = []
        for (of_mode, base), fleet in sorted(self._fleets.items()):
            able = of_mode == mode and any(getattr(lift, name) for lift in fleet for name in lacking)
            if able and base not in (origin, destination):
                far += [(sum(leg.nominal_days for leg in r), base) for r in self.routes(base, origin, mode)[:1]]
        return [base for _, base in sorted(far)[:1]]

    def routes(self, origin: str, destination: str, mode: str) -> tuple[tuple[Leg, ...], ...]:
        """The quickest routes of a mode over the days of the plan, the earliest first."""
        key = (origin, destination, mode)
        if key not in self._routes:
            found = (shortest_route(self.mission, origin, destination, mode, day) for day in self._days_of_change[mode])
            self._routes[key] = tuple(dict.fromkeys(legs for legs in found if legs))
        return self._routes[key]

    @cached_property
    def _days_of_change(self) -> dict[str, tuple[date, ...]]:
        """For each mode, the first day and every day on which a leg opens, closes, or enters or leaves its season."""
        found: dict[str, list[date]] = defaultdict(list)
        days = [self.mission.date(day) for day in range(1, self.mission.days + 1)]
        for leg in self.mission.legs:
            states = [(leg_open(self.mission, leg, day), self.mission.in_season(leg, day)) for day in days]
            found[leg.mode] += [day for n, day in enumerate(days) if n == 0 or states[n] != states[n - 1]]
        return {mode: tuple(sorted(set(changes))) for mode, changes in found.items()}

    def _by_air(self, origin: str, destination: str) -> Iterator[Way]:
        ends = {origin, destination}
        for leg in self.mission.legs:
            if leg.mode != "air" or {leg.from_place, leg.to_place} != ends:
                continue
            for lift in self.mission.lift:
                if lift.mode == "air" and lift_can_use(self.mission, lift, leg) and self._in_range(lift, ends):
                    yield Way("air", lift.base, (lift,), Route(origin, destination, (leg,)))

    def _in_range(self, lift: Lift, ends: set[str]) -> bool:
        """Whether an aircraft reaches both ends of a flight from its base, to which it returns the same day."""
        if not lift.range_km or lift.base in ends:
            return True
        base, places = self.mission.place[lift.base], [self.mission.place[end] for end in ends]
        return all(great_circle_km(base.lat, base.lon, p.lat, p.lon) <= lift.range_km for p in places)
