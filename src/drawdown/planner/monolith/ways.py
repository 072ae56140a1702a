"""The ways of a mission: a route, the days of departure and arrival, and which convoy of that day it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Unit
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay, detachments, travels
from drawdown.plan.rules import movement
from drawdown.plan.rules.mandate import clearances_on
from drawdown.plan.rules.rule import Rule
from drawdown.planner.monolith.asking import OF_LEAVING, OF_LIFT, OF_WAYS, Asking
from drawdown.planner.monolith.routes import Route, routes_of

#: Ways at most: each is a column at least, and most are ten.
MOST_WAYS = 100_000

#: More convoys than there could ever be.
NO_LIMIT = 10**6

#: Tells whether a route on a day of departure belongs to a model.
Departures = Callable[[Route, int], bool]


@dataclass(frozen=True)
class Way:
    """A move that could be made, with everything about it but its load.

    ``entries`` are leg, place from which and day on which it is entered; ``lift`` what may carry on it; ``drivable``
    the lots that may drive; ``escortable`` whether the mandate lets escorts go along; ``lead`` the days ahead by which
    its clearance is asked (None if none is needed); ``number`` tells several convoys of one way apart.
    """

    route: Route
    depart: int
    arrive: int
    entries: tuple[tuple[str, str, int], ...]
    lead: int | None
    lift: tuple[str, ...] = ()
    drivable: tuple[str, ...] = ()
    escortable: bool = False
    number: int = 1

    @cached_property
    def name(self) -> str:
        """Its name in the model: route, days, and the convoy's number if it is not the first."""
        days = f"{self.depart}" if self.arrive == self.depart else f"{self.depart}-{self.arrive}"
        kind = f"#{self.lift[0]}" if self.route.mode == "air" else ""
        return f"{self.route.name}@{days}{kind}{'' if self.number == 1 else f'#{self.number}'}"

    @property
    def days(self) -> int:
        """Days on the way, the first and the last included."""
        return self.arrive - self.depart + 1


def as_move(mission: Mission, number: int, way: Way, **load: object) -> Move:
    """A way with a load as a move of a plan; its clearance is asked its lead time ahead."""
    depart = mission.date(way.depart)
    return Move.model_validate(
        {
            "id": f"m{number:04d}",
            "mode": way.route.mode,
            "origin": way.route.origin,
            "destination": way.route.destination,
            "legs": tuple(leg.id for leg in way.route.legs),
            "depart": depart,
            "arrive": mission.date(way.arrive),
            "clearance_asked": None if way.lead is None else depart - timedelta(days=way.lead),
            **load,
        }
    )


class TooManyWaysError(ValueError):
    """A mission with more ways than a model of every day can hold."""


class Ways:
    """All lawful ways of a mission, in the order of routes and days; or ``only`` some routes and days of departure.

    Raises `TooManyWaysError` where there are more than ``most``.
    """

    def __init__(self, mission: Mission, as_of: date, only: Departures | None = None, most: int = MOST_WAYS) -> None:
        self.mission, self.asking, self.only = mission, Asking(mission, as_of), only
        self.deadline = mission.day(mission.mission.deadline)
        bare: list[Way] = []
        for way in (way for route in routes_of(mission) for way in self._timed(route)):
            bare.append(way)
            if len(bare) > most:
                raise TooManyWaysError(f"{mission.mission.id} has more than {most} ways")
        lawful = self._lawful(OF_WAYS, bare)
        equipped = self._equipped(lawful)
        self.all = tuple(numbered for way in equipped for numbered in self._numbered(way))

    def may_leave(self, way: Way) -> tuple[set[str], set[str]]:
        """The units and the lots that may reach the exit at the end of a way."""
        units, lots = [u.id for u in self.mission.units], [lot.id for lot in self.mission.equipment]
        riders = [as_move(self.mission, n, way, people={unit: 1}) for n, unit in enumerate(units)]
        cargo = [as_move(self.mission, n, way, lots={lot: 1}) for n, lot in enumerate(lots)]
        stopped, kept = self.asking.moves(OF_LEAVING, riders), self.asking.moves(OF_LEAVING, cargo)
        return (
            {unit for unit, move in zip(units, riders, strict=True) if move.id not in stopped},
            {lot for lot, move in zip(lots, cargo, strict=True) if move.id not in kept},
        )

    def _lawful(self, rules: Iterable[Rule], ways: list[Way], **load: object) -> list[Way]:
        """Those of the ways to which, with such a load, no rule objects."""
        moves = [as_move(self.mission, n, way, **load) for n, way in enumerate(ways)]
        refused = self.asking.moves(rules, moves)
        return [way for way, move in zip(ways, moves, strict=True) if move.id not in refused]

    def _last_departure(self) -> int:
        """The last day on which anything can leave: where no site stays open, nothing is left after the deadline.

        By the rules deadline_people and deadline_equipment every site is empty on the evening of the deadline, so that
        a later move could only be empty, which costs and serves nothing.
        """
        liquidation = any(site.liquidation for site in self.mission.sites)
        return self.mission.days if liquidation else min(self.mission.days, self.deadline)

    def _timed(self, route: Route) -> Iterator[Way]:
        """A route on every day, as quick as may be and as slow as the rules allow."""
        mission = self.mission
        slower: list[Way] = []
        for day in range(1, self._last_departure() + 1):
            entries, need = mission.journey(route.legs, route.origin, mission.date(day))
            if day + need - 1 > mission.days or (self.only and not self.only(route, day)):
                continue
            when = tuple((leg.id, place, mission.day(on)) for leg, place, on in entries)
            slower.append(Way(route, day, day + need - 1, when, self._lead(route, day)))
        while slower:
            quick = self._lawful((movement.travel_time,), slower)
            yield from quick
            slower = [replace(way, arrive=way.arrive + 1) for way in quick if way.arrive < mission.days]

    def _lead(self, route: Route, day: int) -> int | None:
        """The longest lead time of the clearances that a departure needs; None if it needs none."""
        mission = self.mission
        known = Replay(mission, self.asking.plan())
        leads = []
        for leg, _, on in mission.journey(route.legs, route.origin, mission.date(day))[0]:
            rows = clearances_on(known, leg, on)
            if not any(row.state == "open" for row in rows):
                leads += [row.lead_days for row in rows if row.state == "ask"]
        return max(leads, default=None)

    def _equipped(self, ways: list[Way]) -> list[Way]:
        """Ways with the lift that may carry, the lots that may drive, and whether escorts may go along."""
        mission = self.mission
        late = [way for way in ways if way.depart > self.deadline]
        lift: dict[Way, list[str]] = {way: [] for way in ways}
        for row in mission.lift:
            if mission.in_service(row):
                fits = self._lawful(OF_LIFT, [w for w in ways if w.route.mode == row.mode], lift={row.id: 1})
                # After the deadline the rule on escorts is about the lift: it must be commercial.
                host = set(self._lawful((movement.escort,), late, lift={row.id: 1}))
                for way in fits:
                    if way.depart <= self.deadline or way in host:
                        lift[way].append(row.id)
        drivable = self._drivable(ways, late)
        escorts = [u.id for u in helpers(mission)]
        may = set(self._lawful(OF_WAYS, ways, escorts={escorts[0]: 1})) if escorts else set()
        return [
            replace(
                way,
                lift=tuple(lift[way]),
                drivable=drivable.get(way, ()),
                escortable=way in may and way.route.mode != "air",
            )
            for way in ways
        ]

    def _drivable(self, ways: list[Way], late: list[Way]) -> dict[Way, tuple[str, ...]]:
        """The lots that may drive on each way by road (any of them: the rules do not tell them apart)."""
        lots = tuple(lot.id for lot in self.mission.equipment if lot.self_propelled and lot.count)
        if not lots:
            return {}
        hosted = set(self._lawful((movement.escort,), late, driven={lots[0]: 1}))
        return {w: lots for w in ways if w.route.mode == "road" and (w.depart <= self.deadline or w in hosted)}

    def _numbered(self, way: Way) -> Iterator[Way]:
        """As many convoys of a way as there can be any use for; flights apart by aircraft, one a day each.

        Two convoys of one way that together keep the convoy limit may as well go as one, which needs no more of
        anything. So any two are together above the limit, and n of them have more than n · (limit + 1) / 2 vehicles.
        Two flights of one kind of aircraft on one way and day may be one: it carries both loads.
        """
        if way.route.mode == "air":
            yield from (replace(way, lift=(lift,)) for lift in way.lift)
            return
        for number in range(1, self._convoys(way) + 1):
            yield replace(way, number=number)

    def _convoys(self, way: Way) -> int:
        mission, legs = self.mission, way.route.legs
        limits = [leg.convoy_limit for leg in legs if leg.convoy_limit]
        vehicles = sum(mission.in_service(mission.lift_by_id[i]) for i in way.lift)
        vehicles += sum(mission.lot[i].count for i in way.drivable)
        if not vehicles and not way.escortable:
            return 0
        alone = not limits or any(leg.headway_days for leg in legs)
        useful = 1 if alone else max(1, 2 * vehicles // (min(limits) + 1))
        return min(useful, self._guided(way))

    def _guided(self, way: Way) -> int:
        """Convoys of a way for which there could be escorts and ordnance teams (a large number if none are needed)."""
        if way.depart > self.deadline:
            return NO_LIMIT
        units, legs = self.mission.units if way.escortable else (), way.route.legs
        need = max(leg.escort_platoons for leg in legs)
        # The rules count every detachment of a unit that sends escorts as one, and so with ordnance teams.
        escorts = sum(detachments(u) for u in units if u.escort_platoons) // need if need else NO_LIMIT
        teams = sum(detachments(u) for u in units if u.eod_teams) if any(leg.eod for leg in legs) else NO_LIMIT
        return min(escorts, teams)


def helpers(mission: Mission) -> tuple[Unit, ...]:
    """Units whose escorts or ordnance teams some leg asks for; nobody else's need to move on their own."""
    escort = any(leg.escort_platoons for leg in mission.legs)
    mined = any(leg.eod for leg in mission.legs)
    return tuple(u for u in mission.units if (escort and u.escort_platoons) or (mined and u.eod_teams))


def mixed_flights(mission: Mission, ways: Iterable[Way]) -> bool:
    """Whether aircraft of two kinds could fly the same way on the same day (the model never lets them share a move)."""
    seen: dict[tuple[str, int], str] = {}
    return any(
        seen.setdefault((way.route.name, way.depart), lift) != lift
        for way, lift in ((way, lift) for way in ways for lift in way.lift)
        if not travels(mission.lift_by_id[lift])
    )
