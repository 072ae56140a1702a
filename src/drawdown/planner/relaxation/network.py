"""The network of a mission as the relaxation sees it: the soonest and the shortest that anything can travel."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from drawdown.mission.mission import Mission
from drawdown.mission.network import leg_open, other_end
from drawdown.mission.tables import Clearance, Leg, Lift

#: Days this close to a whole number count as whole, as in `Mission.journey`.
EPS = 1e-9


@dataclass(frozen=True)
class Arc:
    """A surface leg in one direction.

    ``days`` are its least at the planned pace, ``longest`` its most at the contested pace in any season; ``first`` is
    the first day on which it may be entered (after the mission's end if never).
    """

    leg: Leg
    origin: str
    destination: str
    days: float
    longest: float
    first: int


@dataclass(frozen=True)
class Fleet:
    """Surface lift of one mode that carries the same: vehicles by base, and the least costs of one."""

    mode: str
    teu: float
    lifts: tuple[Lift, ...]
    usd_per_day: float
    usd_per_km: float


class Network:
    """Legs and lift of a mission as they are known on a day (a number of days since cessation)."""

    def __init__(self, mission: Mission, as_of: int = 0) -> None:
        self.mission, self.as_of, self.end = mission, as_of, mission.days
        self._ways_out: dict[str, tuple[int, int]] = {}

    @cached_property
    def first_days(self) -> dict[str, int]:
        """For each leg the first day on which it may be entered: open, cleared in time, not blocked as far as known."""
        return {leg.id: self._first_day(leg) for leg in self.mission.legs}

    def _first_day(self, leg: Leg) -> int:
        rows = [
            c
            for c in self.mission.clearances
            if c.clearance_class == leg.clearance_class
            and c.mode == leg.mode
            and (c.known_on is None or self.mission.day(c.known_on) <= self.as_of)
        ]
        days = range(1, self.end + 1)
        return next((day for day in days if self._may_enter(leg, rows, day)), self.end + 1)

    def _may_enter(self, leg: Leg, rows: list[Clearance], day: int) -> bool:
        """Whether a leg may be entered on a day by a move that left on that day at the latest."""
        when = self.mission.date(day)
        held = [
            c for c in rows if (c.from_date is None or c.from_date <= when) and (c.to_date is None or when <= c.to_date)
        ]
        states = {c.state for c in held}
        if "blocked" in states or not leg_open(self.mission, leg, when):
            return False
        if "ask" not in states or "open" in states:
            return True
        return day - min(c.lead_days for c in held if c.state == "ask") >= self.as_of

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """Surface legs, in both directions."""
        return tuple(
            Arc(leg, a, other_end(leg, a), self._least(leg), self._most(leg), self.first_days[leg.id])
            for leg in self.mission.legs
            if leg.mode != "air"
            for a in (leg.from_place, leg.to_place)
        )

    def _least(self, leg: Leg) -> float:
        worst = leg.nominal_days if leg.contested_days is None else leg.contested_days
        planned = leg.nominal_days + self.mission.mission.pace * (worst - leg.nominal_days)
        return planned * (min(1.0, leg.season_factor) if leg.season else 1.0)

    def _most(self, leg: Leg) -> float:
        worst = leg.nominal_days if leg.contested_days is None else leg.contested_days
        return max(worst, leg.nominal_days) * (max(1.0, leg.season_factor) if leg.season else 1.0)

    def arrivals(self, origin: str) -> dict[str, int]:
        """The first day in whose evening anything from a place could be at each other place, by any mode."""
        best, heap = {origin: 0.0}, [(0.0, origin)]
        while heap:
            elapsed, here = heapq.heappop(heap)
            if elapsed > best[here]:
                continue
            for leg in self._legs_at[here]:
                begin = max(elapsed, self.first_days[leg.id] - 1.0)
                there, reach = other_end(leg, here), begin + self._on_day(leg, int(begin + EPS) + 1)
                if reach < best.get(there, math.inf):
                    best[there] = reach
                    heapq.heappush(heap, (reach, there))
        return {place: max(1, math.ceil(elapsed - EPS)) for place, elapsed in best.items()}

    def way_out(self, site: str) -> tuple[int, int]:
        """For equipment of a site, the first day on which it could be at an exit, and the least days on its way."""
        if site not in self._ways_out:
            takers = [x.id for x in self.mission.exits if "equipment" in x.takes and x.teu_per_day]
            reach, days = self.arrivals(site), self._least_days(site)
            soonest = min((reach[x] for x in takers if x in reach), default=self.end + 1)
            least = min((days[x] for x in takers if x in days), default=0.0)
            self._ways_out[site] = soonest, max(1, math.ceil(least - EPS))
        return self._ways_out[site]

    def _least_days(self, origin: str) -> dict[str, float]:
        """Least days from a place to every other, whatever the day; a flight may take next to none."""
        best, heap = {origin: 0.0}, [(0.0, origin)]
        while heap:
            elapsed, here = heapq.heappop(heap)
            for leg in self._legs_at[here] if elapsed <= best[here] else ():
                there, reach = other_end(leg, here), elapsed + (0.0 if leg.mode == "air" else self._least(leg))
                if reach < best.get(there, math.inf):
                    best[there] = reach
                    heapq.heappush(heap, (reach, there))
        return best

    def _on_day(self, leg: Leg, day: int) -> float:
        """Days on a leg entered on a day or later (the season may be over by then: the less of the two)."""
        if leg.season and day <= self.end and self.mission.in_season(leg, self.mission.date(day)):
            return min(self.mission.leg_days(leg, self.mission.date(day)), self._after_season(leg, day))
        return self._least(leg)

    def _after_season(self, leg: Leg, day: int) -> float:
        """Days until a leg is behind, from a day in its season, if one waits for the season to end."""
        wait = 0
        while day + wait <= self.end and self.mission.in_season(leg, self.mission.date(day + wait)):
            wait += 1
        return wait + self._least(leg)

    @cached_property
    def _legs_at(self) -> dict[str, list[Leg]]:
        found: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.mission.legs:
            if self.first_days[leg.id] <= self.end:
                found[leg.from_place].append(leg)
                found[leg.to_place].append(leg)
        return found

    @cached_property
    def fleets(self) -> tuple[Fleet, ...]:
        """Surface lift that carries equipment, alike lifts together at their least costs."""
        alike: dict[tuple[str, float], list[Lift]] = defaultdict(list)
        for lift in self.mission.lift:
            if lift.mode != "air" and lift.teu > 0 and self.mission.in_service(lift):
                alike[lift.mode, lift.teu].append(lift)
        return tuple(
            Fleet(mode, teu, tuple(x), min(y.usd_per_day for y in x), min(y.usd_per_km for y in x))
            for (mode, teu), x in alike.items()
        )
