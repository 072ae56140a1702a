"""The network of a mission: what is open when, which lift can use which leg, and the quickest way between places."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import Protocol

from drawdown.mission.mission import Mission, Place
from drawdown.mission.tables import Leg, Lift


class Dated(Protocol):
    """A row with an ``open_from`` and an ``open_to`` (either may be blank: always)."""

    @property
    def open_from(self) -> date | None:
        """First day; None if always."""

    @property
    def open_to(self) -> date | None:
        """Last day; None if always."""


def open_on(row: Dated, on: date) -> bool:
    """Whether a date lies between a row's open dates (an exit's or a leg's), both included."""
    return (row.open_from is None or row.open_from <= on) and (row.open_to is None or on <= row.open_to)


def leg_open(mission: Mission, leg: Leg, on: date) -> bool:
    """Whether a leg can be entered on a date: inside its open dates and not closed by its season."""
    return open_on(leg, on) and not (leg.season_closed and mission.in_season(leg, on))


def _season_start(mission: Mission, leg: Leg, on: date) -> date:
    month, day = map(int, mission.season[str(leg.season)].from_day.split("-"))
    begins = date(on.year, month, day)
    return begins if begins <= on else date(on.year - 1, month, day)


def last_open(mission: Mission, leg: Leg, first: date, last: date) -> date | None:
    """The last date between two (both included) on which a leg can be entered, or None."""
    day = min(last, leg.open_to or last)
    while day >= max(first, leg.open_from or first):
        if leg_open(mission, leg, day):
            return day
        day = _season_start(mission, leg, day) - timedelta(days=1)
    return None


def other_end(leg: Leg, place: str) -> str:
    """The end of a leg that is not this place."""
    return leg.to_place if place == leg.from_place else leg.from_place


def can_land(lift: Lift, place: Place) -> bool:
    """Whether an aircraft can land at a place: its surface, its length, and that it takes flights at all."""
    return (
        place.runway_surface != "none"
        and place.flights_per_day > 0
        and place.runway_m >= lift.runway_m
        and (not lift.runway_surfaces or place.runway_surface in lift.runway_surfaces)
    )


def lift_can_use(mission: Mission, lift: Lift, leg: Leg) -> bool:
    """Whether a lift can travel a leg at all: same mode and, for aircraft, in range with a runway at both ends.

    It says nothing of dates, numbers or airfield units. A leg with an unknown end can be used by none.
    """
    ends = [mission.place.get(leg.from_place), mission.place.get(leg.to_place)]
    if lift.mode != leg.mode or None in ends:
        return False
    if lift.mode != "air":
        return True
    return (not lift.range_km or leg.km <= lift.range_km) and all(can_land(lift, end) for end in ends if end)


def shortest_route(  # noqa: PLR0913, PLR0917 - where from, where to, how and when
    mission: Mission, origin: str, destination: str, mode: str, on: date, lift: Lift | None = None
) -> tuple[Leg, ...] | None:
    """The quickest route of one mode over legs that are open on a date, as planned on that date (Dijkstra).

    With ``lift``, only over legs that it can use. Of equally quick routes, the one with fewer legs, then the
    one whose leg ids sort first. Empty if the places are the same, None if there is no way.
    """
    links: dict[str, list[Leg]] = defaultdict(list)
    for leg in mission.legs:
        if leg.mode == mode and leg_open(mission, leg, on) and (lift is None or lift_can_use(mission, lift, leg)):
            links[leg.from_place].append(leg)
            links[leg.to_place].append(leg)
    heap: list[tuple[float, int, tuple[str, ...], str]] = [(0.0, 0, (), origin)]
    done: set[str] = set()
    while heap:
        days, hops, ids, here = heappop(heap)
        if here == destination:
            return tuple(mission.leg[i] for i in ids)
        if here in done:
            continue
        done.add(here)
        for leg in links[here]:
            there = other_end(leg, here)
            if there not in done:
                heappush(heap, (days + mission.leg_days(leg, on), hops + 1, (*ids, leg.id), there))
    return None
