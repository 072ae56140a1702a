"""On which days a route can be set out on: seasons, opening days, clearances and the mandate."""

from __future__ import annotations

from typing import NamedTuple

from drawdown.mandate.authority import TO_ESCORT, TO_MOVE, covering
from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open, open_on
from drawdown.mission.tables import Leg
from drawdown.planner.construction.ways import Route


class Entry(NamedTuple):
    """A leg entered from a place on a day; no other convoy follows or goes before within its headway."""

    leg: str
    place: str
    day: int
    headway: int


class Departure(NamedTuple):
    """A lawful departure on a route, and its arrival.

    ``lead`` is the lead time of its clearance (None if none is needed); ``escortable`` tells whether the mandate lets
    escorts go along.
    """

    route: Route
    day: int
    arrive: int
    entries: tuple[Entry, ...]
    lead: int | None
    escortable: bool


class Timetable:
    """Lawful departures, whatever else is on the road. Remembers what it has found."""

    def __init__(self, mission: Mission, as_of: int) -> None:
        self.mission, self.as_of = mission, as_of
        self._found: dict[tuple[Route, int], Departure | None] = {}

    def departure(self, route: Route, day: int) -> Departure | None:
        """The departure on a route in the morning of a day, or None if there can be none."""
        key = (route, day)
        if key not in self._found:
            self._found[key] = self._find(route, day)
        return self._found[key]

    def _find(self, route: Route, day: int) -> Departure | None:
        mission = self.mission
        entered, days = mission.journey(route.legs, route.origin, mission.date(day))
        arrive = day + days - 1
        if day < 1 or arrive > mission.days or (route.legs[0].mode == "air" and days > 1):
            return None
        if not all(leg_open(mission, leg, when) for leg, _, when in entered):
            return None
        leads = [self._lead(leg, mission.day(when)) for leg, _, when in entered]
        if "blocked" in leads or not self._may(TO_MOVE, route, day, arrive):
            return None
        way_out = mission.exit.get(route.destination)
        if way_out and not open_on(way_out, mission.date(arrive)):
            return None
        lead = max((x for x in leads if isinstance(x, int)), default=None)
        if lead is not None and day - lead < self.as_of:
            return None
        entries = tuple(Entry(leg.id, place, mission.day(when), leg.headway_days) for leg, place, when in entered)
        return Departure(route, day, arrive, entries, lead, self._may(TO_ESCORT, route, day, arrive))

    def _may(self, functions: tuple[str, ...], route: Route, day: int, arrive: int) -> bool:
        """Whether an authority covers both ends of a move."""
        ends = ((day, route.origin), (arrive, route.destination))
        return all(covering(self.mission, functions, self.mission.date(when), place) for when, place in ends)

    def _lead(self, leg: Leg, day: int) -> int | str | None:
        """The days ahead by which a leg's clearance is to be asked; None if there is nothing to ask, or `blocked`."""
        when, as_of = self.mission.date(day), self.mission.date(self.as_of)
        asked: list[int] = []
        states = set()
        for row in self.mission.clearances:
            if (
                row.clearance_class == leg.clearance_class
                and row.mode == leg.mode
                and (row.known_on is None or row.known_on <= as_of)
                and (row.from_date is None or row.from_date <= when)
                and (row.to_date is None or when <= row.to_date)
            ):
                states.add(row.state)
                asked += [row.lead_days] if row.state == "ask" else []
        if "blocked" in states:
            return "blocked"
        return max(asked, default=None) if "open" not in states else None
