"""What the brute force knows of a tiny mission: its things by number, what they cost, and what each day allows.

Written from `docs/rules.md`, `docs/measures.md` and `docs/conventions.md`, not from the planner. Whatever a mission
may say that the brute force does not try is refused here, by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from drawdown.mandate.authority import TO_MOVE, TO_STAY, covering
from drawdown.mission import tables as t
from drawdown.mission.disposal import may_leave
from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.network import can_land
from drawdown.plan.measures import TO_PROTECT, rates

Counts = tuple[int, ...]

FREE = frozenset({"sell", "donate", "scrap"})


@dataclass(frozen=True)
class Route:
    """A way from one place to another that passes no place twice, and what one vehicle on it costs."""

    number: int
    origin: int
    destination: int
    mode: str
    legs: tuple[str, ...]
    days: int
    slowest: int
    km: float
    vehicle: float
    convoy: float
    limit: int
    headway: int
    first: int


class Load(NamedTuple):
    """What one move takes along: vehicles or sorties by lift, people by unit, lots carried and lots driven."""

    cost: float
    lift: Counts
    driven: Counts
    people: Counts
    carried: Counts

    @property
    def key(self) -> tuple[Counts, ...]:
        """What tells two loads apart."""
        return self.lift, self.driven, self.people, self.carried

    @property
    def items(self) -> Counts:
        """Items by lot, carried or driven."""
        return added(self.carried, self.driven)


def added(one: Counts, other: Counts) -> Counts:
    """The sum of two counts, thing by thing."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


def less(one: Counts, other: Counts) -> Counts:
    """The difference of two counts, thing by thing."""
    return tuple(a - b for a, b in zip(one, other, strict=True))


@cache
def handfuls(there: Counts, most: int) -> tuple[Counts, ...]:
    """Every way to take some of what is there, at most so many in all."""
    if not there:
        return ((),)
    return tuple(
        (first, *rest) for first in range(min(there[0], most) + 1) for rest in handfuls(there[1:], most - first)
    )


class World:
    """A tiny mission by numbers. Places are sites first, exits after; days count from cessation."""

    def __init__(self, mission: Mission, course: t.Course) -> None:
        self.mission, self.course = mission, course
        self.places = [*(s.id for s in mission.sites), *(e.id for e in mission.exits)]
        self.sites, self.exits = range(len(mission.sites)), range(len(mission.sites), len(self.places))
        self.number = {place: n for n, place in enumerate(self.places)}
        self.units, self.lots = range(len(mission.units)), range(len(mission.equipment))
        self.lift = range(len(mission.lift))
        self.end, self.deadline = mission.days, mission.day(mission.mission.deadline)
        self.refuse_what_is_not_tried()
        self.steps = [(s, step) for s in self.sites for step in mission.steps_for(mission.sites[s])]
        self.risk = {key: course.risk * hurt for key, (_, hurt) in rates(mission).items()}
        days = range(self.end + 1)
        self.may_move = [[bool(covering(mission, TO_MOVE, mission.date(d), p)) for p in self.places] for d in days]
        self.may_stay = [[bool(covering(mission, TO_STAY, mission.date(d), p)) for p in self.places] for d in days]
        self.routes = self._routes()
        self.wait = mission.mission.turnaround_days + 1
        self.start = tuple(tuple(u.strength if self.number[u.site] == s else 0 for s in self.sites)
                           for u in mission.units)  # fmt: skip
        self.stock = tuple(tuple(x.count if self.number[x.site] == s else 0 for s in self.sites)
                           for x in mission.equipment)  # fmt: skip
        self.heads = [sum(self.start[u][s] for u in self.units) for s in self.sites]
        self.nobody, self.nothing, self.no_lift = ((0,) * len(of) for of in (self.units, self.lots, self.lift))
        self.one_of = [tuple(int(x == y) for y in self.lift) for x in self.lift]
        self.slots = [mission.place[p].flights_per_day for p in self.places]
        self.shut = [[self._shut(mission.date(d), p) for p in self.places] for d in days]
        self.earliest = [mission.day(u.earliest) if u.earliest else 0 for u in mission.units]
        self.latest = [mission.day(u.latest) if u.latest else self.end for u in mission.units]
        self.loads = lru_cache(maxsize=None)(self._loads)

    def _shut(self, day: date, place: str) -> bool:
        way_out = self.mission.exit.get(place)
        return way_out is not None and (
            (way_out.open_from is not None and day < way_out.open_from)
            or (way_out.open_to is not None and day > way_out.open_to)
        )

    def refuse_what_is_not_tried(self) -> None:
        """Raise a ValueError that names what a mission has and the brute force does not try."""
        m = self.mission
        headways = [leg for leg in m.legs if leg.headway_days]
        bad = {
            "an escorted or mined leg": any(leg.escort_platoons or leg.eod for leg in m.legs),
            "detachments": any(u.escort_platoons or u.eod_teams for u in m.units),
            "a season": any(leg.season for leg in m.legs),
            "dated legs": any(leg.open_from or leg.open_to for leg in m.legs),
            "blocks or dated clearances": any(c.state != "ask" or c.from_date or c.to_date for c in m.clearances),
            "a headway beside other roads": bool(headways) and sum(leg.mode == "road" for leg in m.legs) > 1,
            "lift of other modes": any(x.mode not in {"road", "air"} for x in m.lift),
            "dated lift": any(x.available_from or x.available_to for x in m.lift),
            "two kinds of aircraft": sum(x.mode == "air" for x in m.lift) > 1,
            "steps after last-out": any(
                x.moment == "after_last_out" or (x.role != "work" and x.moment != "any") for x in m.closure_steps),
            "an empty site": any(not any(u.site == s.id and u.strength for u in m.units) for s in m.sites),
            "airfield units": any(s.airfield_unit for s in m.sites),
            "installations that can be moved": any(
                "hand_over" in x.dispositions
                and (x.self_propelled or FREE & set(x.dispositions) or any(
                    y.tonnes >= x.tonnes_each and y.teu >= x.teu_each for y in m.lift))
                for x in m.equipment),
            "life support that can be sold": any(x.life_support and FREE & set(x.dispositions) for x in m.equipment),
        }  # fmt: skip
        found = [what for what, there in bad.items() if there]
        if found:
            raise ValueError(f"not tried by brute force: {', '.join(found)}")

    # ---- ways ----------------------------------------------------------------------------------------------

    def _walks(self, place: str, mode: str, seen: tuple[str, ...]) -> list[tuple[str, tuple[t.Leg, ...]]]:
        found: list[tuple[str, tuple[t.Leg, ...]]] = []
        for leg in self.mission.legs:
            if leg.mode == mode and place in {leg.from_place, leg.to_place}:
                there = leg.to_place if place == leg.from_place else leg.from_place
                if there not in seen:
                    found.append((there, (leg,)))
                    found += [(end, (leg, *more)) for end, more in self._walks(there, mode, (*seen, there))]
        return found

    def _routes(self) -> list[Route]:
        lead = {c.clearance_class: c.lead_days for c in self.mission.clearances}
        found: list[Route] = []
        for origin, mode in product(self.places, ("road", "air")):
            for end, legs in self._walks(origin, mode, (origin,)):
                days, slowest = (self.mission.journey(legs, origin, self.mission.mission.cessation, pace=pace)[1]
                                 for pace in (self.mission.mission.pace, 1.0))  # fmt: skip
                limits = [leg.convoy_limit for leg in legs if leg.convoy_limit]
                found.append(Route(
                    len(found), self.number[origin], self.number[end], mode, tuple(leg.id for leg in legs), days,
                    slowest, sum(leg.km for leg in legs), self._risk_of(legs, "vehicle_km"),
                    self._risk_of(legs, "convoy_km"), min(limits, default=99), legs[0].headway_days,
                    max(1, *(lead.get(leg.clearance_class or "", 0) for leg in legs)),
                ))  # fmt: skip
        return found

    def _risk_of(self, legs: tuple[t.Leg, ...], unit: str) -> float:
        return sum(self.risk.get((leg.hazard_class or "", unit), 0.0) * leg.km for leg in legs)

    def trip_cost(self, route: Route, lift: t.Lift) -> float:
        """What one vehicle or sortie of a lift costs on a route, its risk included."""
        if lift.mode == "air":
            usd = lift.usd_per_day / lift.sorties_per_day + 2 * lift.usd_per_km * route.km
        else:
            usd = lift.usd_per_day * route.days + lift.usd_per_km * route.km
        return self.course.cost * usd + route.vehicle

    def flies(self, route: Route, lift: t.Lift) -> bool:
        """Whether an aircraft can fly a route."""
        m, ends = self.mission, [self.places[route.origin], self.places[route.destination]]
        base = m.place[lift.base]
        far = [m.leg[leg].km for leg in route.legs]
        if lift.base not in ends:
            far += [great_circle_km(base.lat, base.lon, m.place[e].lat, m.place[e].lon) for e in ends]
        return all(can_land(lift, m.place[e]) for e in ends) and (not lift.range_km or max(far) <= lift.range_km)

    def takes_people(self, place: int, unit: int) -> bool:
        """Whether people of a unit may go to a place."""
        row = self.mission.units[unit]
        way_out = self.mission.exit.get(self.places[place])
        if way_out is None:
            return True
        ours = not way_out.contributors or row.contributor in way_out.contributors
        return ours and "people" in way_out.takes and not row.separates and (not row.exits or way_out.id in row.exits)

    def takes_lot(self, place: int, lot: int) -> bool:
        """Whether items of a lot may go to a place."""
        row = self.mission.equipment[lot]
        way_out = self.mission.exit.get(self.places[place])
        if way_out is None:
            return True
        owner = self.mission.unit[row.unit].contributor if row.unit else "UN"
        ours = not way_out.contributors or owner in way_out.contributors
        return ours and "equipment" in way_out.takes and may_leave(row)

    # ---- loads ---------------------------------------------------------------------------------------------

    def _loads(self, number: int, lift: Counts, people: Counts, items: Counts) -> tuple[Load, ...]:
        """Every load that some lift, people and items at the origin of a route allow, the cheapest first."""
        route = self.routes[number]
        people = tuple(n if self.takes_people(route.destination, u) else 0 for u, n in enumerate(people))
        items = tuple(n if self.takes_lot(route.destination, x) else 0 for x, n in enumerate(items))
        if route.mode == "air":
            found = self._flights(route, lift, people, items)
        else:
            driven = tuple(n if self.mission.equipment[x].self_propelled else 0 for x, n in enumerate(items))
            found = [
                Load(self._cost(route, going, cars), going, cars, aboard, carried)
                for going in handfuls(lift, route.limit)
                for cars in handfuls(driven, route.limit - sum(going))
                if sum(going) + sum(cars)
                for aboard in handfuls(people, self._seats(going, cars))
                if sum(aboard) >= sum(cars)
                for carried in handfuls(less(items, cars), 99)
                if self._fits(going, carried)
            ]
        return tuple(sorted(found, key=lambda load: (load.cost, load.key)))

    def _flights(self, route: Route, lift: Counts, people: Counts, items: Counts) -> list[Load]:
        found, none = [], (0,) * len(items)
        for aboard, carried in product(handfuls(people, 99), handfuls(items, 99)):
            # The fewest sorties that take the load: more of them cost more and change nothing.
            for going in sorted((g for g in handfuls(lift, 99) if sum(g)), key=sum):
                if (sum(aboard) or sum(carried)) and self._fits(going, carried) and self._cabin(going, aboard, carried):
                    found.append(Load(self._cost(route, going, none), going, none, aboard, carried))
                    break
        return found

    def _cost(self, route: Route, going: Counts, cars: Counts) -> float:
        usd = sum(n * self.trip_cost(route, self.mission.lift[x]) for x, n in enumerate(going) if n)
        return usd + sum(cars) * route.vehicle + route.convoy

    def _seats(self, going: Counts, cars: Counts) -> int:
        m = self.mission
        return sum(n * m.lift[x].seats for x, n in enumerate(going)) + sum(
            n * m.equipment[x].seats_each for x, n in enumerate(cars))  # fmt: skip

    def _cabin(self, going: Counts, people: Counts, items: Counts) -> bool:
        seats = self._seats(going, (0,) * len(items))
        room = sum(n * self.mission.lift[x].teu for x, n in enumerate(going))
        teu = sum(n * self.mission.equipment[x].teu_each for x, n in enumerate(items))
        return sum(people) <= seats and (not (seats and room) or sum(people) / seats + teu / room <= 1 + 1e-6)

    def _fits(self, going: Counts, items: Counts) -> bool:
        m = self.mission
        lift = [(m.lift[x], n) for x, n in enumerate(going) if n]
        lots = [(m.equipment[x], n) for x, n in enumerate(items) if n]
        return (
            sum(x.teu_each * n for x, n in lots) <= sum(y.teu * n for y, n in lift) + 1e-6
            and sum(x.tonnes_each * n for x, n in lots) <= sum(y.tonnes * n for y, n in lift) + 1e-6
            and all(any(x.teu_each <= y.teu and x.tonnes_each <= y.tonnes for y, _ in lift) for x, _ in lots)
        )

    # ---- what evenings cost --------------------------------------------------------------------------------

    @cached_property
    def person_day(self) -> float:
        """What one more person in the mission on a morning costs."""
        return self.course.cost * self.mission.mission.person_day_usd

    @cached_property
    def site_day(self) -> list[float]:
        """What each site costs on a morning on which it is open."""
        c, risk = self.course, self.risk
        return [
            c.cost * s.running_usd_per_day + c.time + risk.get((s.hazard_class or "", "site_days"), 0.0)
            for s in self.mission.sites
        ]

    @cached_property
    def towns(self) -> list[tuple[float, list[int]]]:
        """For each settlement near some site, the worth of covering it for an evening, and those sites."""
        found = []
        for town in self.mission.settlements:
            near = [n for n, s in enumerate(self.mission.sites)
                    if great_circle_km(s.lat, s.lon, town.lat, town.lon) <= s.protection_radius_km]  # fmt: skip
            found.append((self.course.protection * town.population, near))
        return [(worth, near) for worth, near in found if near and worth]

    @cached_property
    def protecting(self) -> list[bool]:
        """Whether an authority to protect holds on each evening (none before the day after cessation)."""
        rows = [a for a in self.mission.authorities if a.function in TO_PROTECT]
        dates = [self.mission.date(day) for day in range(self.end + 1)]
        return [n > 0 and any(a.from_date <= day <= a.to_date for a in rows) for n, day in enumerate(dates)]

    def unprotected(self, day: int) -> float:
        """What an evening costs on which nobody is covered."""
        return sum(worth for worth, _ in self.towns) if self.protecting[day] else 0.0

    @cached_property
    def reach(self) -> list[list[int]]:
        """For each site, the bases of the aircraft that evacuate its casualties."""
        m = self.mission
        return [
            [self.number[x.base] for x in m.lift
             if x.casevac and m.in_service(x)
             and great_circle_km(s.lat, s.lon, m.place[x.base].lat, m.place[x.base].lon) <= m.mission.casevac_km]
            for s in m.sites
        ]  # fmt: skip
