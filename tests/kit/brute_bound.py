"""What evenings of a tiny mission cost, and the least that the days to come will cost: never more than they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import accumulate
from math import inf

from drawdown.mission.tables import Lift
from kit.brute_state import DONE, TO_DO, State, heads, remaining
from kit.brute_world import FREE, Counts, Route, World


class Bound:
    """Costs of a world's evenings, and a lower bound on what is still to come."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waiting = lru_cache(maxsize=None)(self._waiting)

    def evening(self, state: State, day: int) -> float:
        """What a state costs in an evening: people and sites that are there on the morning after, and towns uncovered.

        The last morning that counts is that of the last day.
        """
        w = self.world
        cost = 0.0
        if day < w.end:
            cost += w.person_day * sum(remaining(state, u) for u in w.units)
            cost += sum(w.site_day[s] for s in w.sites if heads(state, s))
        if w.protecting[day] and w.towns:
            force = w.mission.mission.capable_force
            armed = [sum(state.people[u][s] for u in w.units if w.mission.units[u].armed) for s in w.sites]
            cost += sum(worth for worth, near in w.towns if not any(armed[s] >= force for s in near))
        return cost

    def tail(self, day: int) -> float:
        """What the evenings after a day cost when everyone has gone."""
        return sum(self.world.unprotected(later) for later in range(day + 1, self.world.end + 1))

    def least(self, state: State, day: int) -> float:
        """A lower bound on what the days after an evening cost."""
        return self.waiting(state, day) + self._moving(state)

    # ---- waiting -------------------------------------------------------------------------------------------

    def _waiting(self, state: State, day: int) -> float:
        """People and sites that cannot be gone sooner; infinite if they cannot be gone in time."""
        left = self._left(state, day)
        if left is None:
            return inf
        there = [self.world.site_day[s] for s in self.world.sites if heads(state, s)]
        seats = self.seats_on_the_road(state)
        waiting = sum(min(there, default=0.0) for n in left if n > seats)  # somebody has to be at some site
        return self.world.person_day * sum(left) + max(waiting, self._closing(state, day))

    def _left(self, state: State, day: int) -> list[int] | None:
        """The fewest people in the mission in each evening to come until nobody is; None if that is too late."""
        w = self.world
        days: list[int] = []  # for each person, the fewest days until they can be out
        queue, leaving = 0, list[int]()  # those who still need a seat to an exit, and when the others arrive at one
        for u, unit in enumerate(w.mission.units):
            for s in w.sites:
                days += [self.days_out[u][s]] * state.people[u][s]
                queue += 0 if unit.separates else state.people[u][s]
            for c in state.roads:
                soonest = max(1, c.soonest - day)
                inside = c.destination in w.sites
                days += [soonest + (self.days_out[u][c.destination] if inside else 0)] * c.people[u]
                if inside and not unit.separates:
                    queue += c.people[u]
                elif not inside:
                    leaving += [soonest] * c.people[u]
        left: list[int] = []
        if not days:
            return left
        rides = self._rides(state, day)
        for after in range(1, w.end - day + 1):
            riding = max(queue - sum(seats for soonest, again, seats in rides
                                     for _ in range(soonest, after + 1, again)), 0)  # fmt: skip
            riding += sum(n > after for n in leaving)
            here = max(queue + len(leaving) - after * self.exits_take, riding, sum(n > after for n in days))
            if not here:
                return left
            left.append(here)
        return None

    def _rides(self, state: State, day: int) -> list[tuple[int, int, int]]:
        """For each vehicle and sortie: the first evening on which it can bring people to an exit, how often, seats."""
        w, wait = self.world, self.world.mission.mission.turnaround_days
        rides: list[tuple[int, int, int]] = []
        for x, lift in enumerate(w.mission.lift):
            out, back = self.way_out[x], self.way_back[x]
            if not lift.seats or out is None:
                continue
            if lift.mode == "air":
                rides += [(1, 1, lift.seats)] * (w.mission.in_service(lift) * lift.sorties_per_day)
                continue
            cycle = back + out + (0 if w.number[lift.base] in w.exits else wait)
            for kind, place, ready in state.fleet:
                if kind == x:
                    idle = max(0, ready - day - 1)
                    rides.append((idle + out + (back if place in w.exits else 0), cycle, lift.seats))
            for c in state.roads:
                gone = cycle if c.destination in w.exits else out
                rides += [(max(1, c.soonest - day) + gone, cycle, lift.seats)] * c.lift[x]
        own = self.cars_left(state)
        return rides + [(1, w.end + 1, x.seats_each) for x, n in zip(w.mission.equipment, own, strict=True)
                        for _ in range(n)]  # fmt: skip

    def cars_left(self, state: State) -> list[int]:
        """Items of each lot that can still drive somebody out."""
        w = self.world
        return [
            (sum(state.items[x]) + sum(c.items[x] for c in state.roads if c.destination in w.sites))
            * (row.self_propelled and row.seats_each > 0)
            for x, row in enumerate(w.mission.equipment)
        ]

    def seats_on_the_road(self, state: State) -> int:
        """How many people can be on the roads in one evening."""
        w = self.world
        cars = [sum(state.items[x]) + sum(c.items[x] for c in state.roads) for x in w.lots]
        own = sum(n * x.seats_each for n, x in zip(cars, w.mission.equipment, strict=True))
        return own + sum(w.mission.in_service(x) * x.seats for x in w.mission.lift if x.mode == "road")

    @cached_property
    def way_out(self) -> list[int | None]:
        """For each lift, the fewest days of a way from a site to an exit."""
        return [self._fewest(x, from_exit=False) for x in self.world.lift]

    @cached_property
    def way_back(self) -> list[int]:
        """For each lift, the fewest days of a way from an exit to a site."""
        return [self._fewest(x, from_exit=True) or self.world.end for x in self.world.lift]

    def _fewest(self, number: int, *, from_exit: bool) -> int | None:
        w = self.world
        across = [r for r in w.routes if (r.origin in w.exits) == from_exit and (r.destination in w.exits) != from_exit]
        ways = [r.days for r in across if self._can(r, w.mission.lift[number])]
        return min(ways, default=None)

    def _closing(self, state: State, day: int) -> float:
        """Sites stay open until the steps before their last-out have ended, one after the other if one crew does all.

        By Smith's rule: work in the order of days by cost gives the least sum of costs.
        """
        w = self.world
        jobs: list[tuple[float, int]] = []  # cost of a day open, days of work
        for site in (s for s in w.sites if heads(state, s)):
            mine = [(n, step) for n, (s, step) in enumerate(w.steps) if s == site and step.moment == "before_last_out"]
            work = sum(step.days for n, step in mine if state.steps[n] == TO_DO)
            work += max([0, *(state.steps[n] - day for n, _ in mine if state.steps[n] not in {TO_DO, DONE})])
            if not self.in_line:
                work = min(work, 1)
            if work:
                jobs.append((w.site_day[site], work))
        cost, end = 0.0, 0
        for price, work in sorted(jobs, key=lambda job: job[1] / max(job[0], 1e-9)):
            end = end + work if self.in_line else work
            cost += price * (end - 1)
        return cost if day + end <= w.end else inf

    @cached_property
    def in_line(self) -> bool:
        """Whether the steps before last-out have one crew between them."""
        early = [step for _, step in self.world.steps if step.moment == "before_last_out"]
        counts = {crew.id: crew.count for crew in self.world.mission.crews}
        return len({step.crew for step in early}) == 1 and all(counts.get(step.crew or "", 9) == 1 for step in early)

    @cached_property
    def exits_take(self) -> int:
        """People who can leave in a day, by all exits."""
        return sum(x.people_per_day for x in self.world.mission.exits if "people" in x.takes)

    @cached_property
    def days_out(self) -> list[list[int]]:
        """For each unit and site, the fewest days until somebody there can be out."""
        w = self.world
        found = []
        for u, unit in enumerate(w.mission.units):
            goal = {place: 0 for place in w.exits if w.takes_people(place, u)}
            days = self._shortest({r.number: float(r.days) for r in w.routes}, goal)
            found.append([1 if unit.separates else int(min(days.get(s, w.end + 1), w.end + 1)) for s in w.sites])
        return found

    def _shortest(self, lengths: dict[int, float], goal: dict[int, int]) -> dict[int, float]:
        """The shortest way from each place to a goal (Bellman and Ford; a route may be without length: unusable)."""
        best: dict[int, float] = {place: float(start) for place, start in goal.items()}
        for _ in self.world.places:
            for r in self.world.routes:
                if r.number in lengths and r.destination in best:
                    best[r.origin] = min(best.get(r.origin, inf), lengths[r.number] + best[r.destination])
        return best

    # ---- moving --------------------------------------------------------------------------------------------

    def _moving(self, state: State) -> float:
        """The lift and its risk for people, or for items, whichever is more: a trip may carry both."""
        w = self.world
        people, riders = 0.0, 0
        for u, unit in enumerate(w.mission.units):
            for s in w.sites if not unit.separates else ():
                count = state.people[u][s] + sum(c.people[u] for c in state.roads if c.destination == s)
                people += self.fares[u][s] * count if count else 0.0
                riders += count
        if riders:
            near = [0] * len(w.lift)
            for x, place, _ in state.fleet:
                near[x] += place in w.sites
            for c in state.roads:
                if c.destination in w.sites:
                    near = [n + more for n, more in zip(near, c.lift, strict=True)]
            people += self.last_trips(riders, tuple(near), tuple(self.cars_left(state)))
        items = 0.0
        for x in w.lots:
            for s in w.sites:
                count = state.items[x][s] + sum(c.items[x] for c in state.roads if c.destination == s)
                items += self.freight[x][s] * count if count else 0.0
        return max(people, items)

    @cached_property
    def fares(self) -> list[list[float]]:
        """For each unit and site, the least that a seat costs all the way out, beyond the cheapest trip to an exit."""
        w = self.world
        prices = {}
        for r in w.routes:
            last = r.destination in w.exits
            seats = [(w.trip_cost(r, x) - (self.cheapest[x.id] if last else 0.0)) / x.seats
                     for x in w.mission.lift if x.seats and self._can(r, x)]  # fmt: skip
            cars = [(r.vehicle - (self.cheapest_car if last else 0.0)) / x.seats_each
                    for x in w.mission.equipment if x.self_propelled and x.seats_each]  # fmt: skip
            prices[r.number] = min([*seats, *(cars if r.mode == "road" else [])], default=inf)
        return [self._from_sites(prices, [p for p in w.exits if w.takes_people(p, u)]) for u in w.units]

    @cached_property
    def cheapest(self) -> dict[str, float]:
        """For each lift, what its cheapest trip into an exit costs."""
        w = self.world
        ends = [r for r in w.routes if r.destination in w.exits and r.origin in w.sites]
        return {x.id: min((w.trip_cost(r, x) for r in ends if self._can(r, x)), default=inf) for x in w.mission.lift}

    @cached_property
    def cheapest_car(self) -> float:
        """What the cheapest way for a vehicle of the mission's own into an exit costs."""
        w = self.world
        ends = [r for r in w.routes if r.destination in w.exits and r.origin in w.sites and r.mode == "road"]
        return min((r.vehicle for r in ends), default=inf)

    @cached_property
    def freight(self) -> list[list[float]]:
        """For each lot and site, the least that an item costs until it is gone."""
        w = self.world
        found = []
        for n, row in enumerate(w.mission.equipment):
            prices = {}
            for r in w.routes:
                room = [
                    w.trip_cost(r, x) * max(row.teu_each / x.teu, row.tonnes_each / x.tonnes)
                    for x in w.mission.lift
                    if x.teu >= row.teu_each and x.tonnes >= row.tonnes_each and x.teu and x.tonnes and self._can(r, x)
                ]
                prices[r.number] = min([*room, *([r.vehicle] if row.self_propelled and r.mode == "road" else [])],
                                       default=inf)  # fmt: skip
            other = 0.0 if {*FREE, "hand_over"} & set(row.dispositions) else inf
            if "destroy" in row.dispositions:
                other = min(other, w.course.equipment * row.value_each)
            ways = self._from_sites(prices, [p for p in w.exits if w.takes_lot(p, n)])
            found.append([min(other, way) for way in ways])
        return found

    def _from_sites(self, prices: dict[int, float], goals: list[int]) -> list[float]:
        best = self._shortest({n: price for n, price in prices.items() if price < inf}, dict.fromkeys(goals, 0))
        return [best.get(s, inf) for s in self.world.sites]

    def _can(self, route: Route, lift: Lift) -> bool:
        return lift.mode == route.mode and (lift.mode != "air" or self.world.flies(route, lift))

    @cached_property
    def last_trips(self) -> Callable[[int, Counts, Counts], float]:
        """The least that whole trips into exits cost, for people, vehicles on this side of the exits, and cars.

        Vehicles that are needed more than once, or that stand at an exit, have to come back first.
        """
        return lru_cache(maxsize=None)(self._last_trips)

    def _last_trips(self, riders: int, near: Counts, cars: Counts) -> float:
        w = self.world
        ways: list[tuple[int, list[float]]] = []  # seats, what the first, second, ... trip costs
        for x, lift in enumerate(w.mission.lift):
            if lift.seats and self.cheapest[lift.id] < inf:
                back = 0.0 if lift.mode == "air" else self._back(lift)
                trips = range(-(-riders // lift.seats))
                first = near[x] if lift.mode != "air" else riders
                ways.append((lift.seats, [self.cheapest[lift.id] + (back if n >= first else 0.0) for n in trips]))
        ways += [(x.seats_each, [self.cheapest_car] * n) for x, n in zip(w.mission.equipment, cars, strict=True) if n]
        best = [0.0, *[inf] * riders]
        for seats, costs in ways:
            sums = [0.0, *accumulate(costs)]
            best = [min(best[max(0, n - k * seats)] + usd for k, usd in enumerate(sums)) for n in range(riders + 1)]
        return best[riders]

    def _back(self, lift: Lift) -> float:
        w = self.world
        ways = [r for r in w.routes if r.origin in w.exits and r.destination in w.sites and self._can(r, lift)]
        return min((w.trip_cost(r, lift) for r in ways), default=inf)
