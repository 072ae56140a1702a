"""What moving and staying cost in the weights of a course of action (USD-equivalents), as `plan.measures` counts it."""

from __future__ import annotations

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course, Lift, Site
from drawdown.plan.measures import rates
from drawdown.plan.replay import travels
from drawdown.planner.construction.ways import Route, Way


class Prices:
    """Prices of one mission under one course of action. Remembers what it has found."""

    def __init__(self, mission: Mission, course: Course) -> None:
        self.mission, self.course, self._rates = mission, course, rates(mission)
        self.person_day = course.cost * mission.mission.person_day_usd
        self._convoy: dict[Route, float] = {}
        self._days: dict[Route, int] = {}
        self._carriage: dict[Way, float] = {}

    def site_day(self, site: Site) -> float:
        """A day on which a site is open."""
        hurt = self._rates[site.hazard_class, "site_days"][1] if site.hazard_class else 0.0
        return self.course.time + self.course.cost * site.running_usd_per_day + self.course.risk * hurt

    def convoy(self, route: Route) -> float:
        """The risk of one convoy on a route, whatever its size."""
        if route not in self._convoy:
            hurt = (leg.km * self._rates[leg.hazard_class, "convoy_km"][1] for leg in route.legs if leg.hazard_class)
            self._convoy[route] = self.course.risk * sum(hurt)
        return self._convoy[route]

    def days(self, route: Route) -> int:
        """Days that a route takes at the planned pace."""
        if route not in self._days:
            when = self.mission.mission.deadline
            self._days[route] = self.mission.journey(route.legs, route.origin, when)[1]
        return self._days[route]

    def vehicle(self, route: Route, lift: Lift | None) -> float:
        """One vehicle of a lift, or one that drives itself, on a route (a sortie there and back, if by air)."""
        hurt = sum(leg.km * self._rates[leg.hazard_class, "vehicle_km"][1] for leg in route.legs if leg.hazard_class)
        km, usd = sum(leg.km for leg in route.legs), 0.0
        if lift:
            share, far = (self.days(route), km) if travels(lift) else (1 / max(lift.sorties_per_day, 1), 2 * km)
            usd = lift.usd_per_day * share + lift.usd_per_km * far
        return self.course.cost * usd + self.course.risk * hurt

    def carriage(self, way: Way) -> float:
        """One TEU of equipment on a way, in a full convoy or aircraft."""
        if way not in self._carriage:
            able, back = (
                [lift for lift in way.lifts if lift.teu],
                2 if way.surface else 1,
            )  # most lorries come back empty
            each = back * min((self.vehicle(way.route, x) / x.teu for x in able), default=0.0)
            size = max((x.teu for x in able), default=2.0)  # a vehicle that drives itself takes about 2 TEU
            most = way.limit * size
            room = self.mission.exit.get(way.route.destination)
            if room is not None:
                most = max(min(most, room.teu_per_day), size)
            self._carriage[way] = each + (self.convoy(way.route) / most if way.surface else 0.0)
        return self._carriage[way]

    def seat(self, way: Way) -> float:
        """One person on a way, with the days that it takes."""
        able = [lift for lift in way.lifts if lift.seats]
        each = min((self.vehicle(way.route, x) / x.seats for x in able), default=0.0)
        escorted = self.convoy(way.route) / max(min(way.limit, 5) * way.seats, 1) if way.surface else 0.0
        return each + escorted + self.person_day * (self.days(way.route) - 1)
