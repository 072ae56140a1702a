"""One day of a tiny mission: from everything as it is in one evening to every way it can be in the next.

What is decided on a day: which closure steps start, what is disposed of and who separates, which moves leave with what
aboard, and which moves that could arrive do. The rules of `docs/rules.md` are kept on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

from kit.brute_evening import Evening
from kit.brute_state import DONE, TO_DO, Convoy, Deeds, Departure, State, heads, taken_away
from kit.brute_world import FREE, Counts, Load, Route, World, added, handfuls, less


class Day:
    """A day of a world: every way on from a state."""

    def __init__(self, world: World, day: int) -> None:
        self.world, self.day = world, day
        self.sites = world.mission.sites
        self.rules = Evening(world, day)
        self.usable = [r for r in world.routes if self._usable(r)]

    def _usable(self, route: Route) -> bool:
        """Whether some move can leave by a route today, and arrive in the days that there are."""
        w, last = self.world, self.day + route.days - 1
        return route.first <= self.day and last <= w.end and w.may_move[self.day][route.origin]

    # ---- closure steps -------------------------------------------------------------------------------------

    def starts(self, state: State) -> Iterator[tuple[int, ...]]:
        """Every set of steps that can start today; none where a step at work has lost the unit that it needs.

        A step runs no longer than it must: the shorter one can do whatever the longer one can.
        """
        w = self.world
        at_work = [n for n, end in enumerate(state.steps) if end >= self.day]
        if not all(self._served(state, n) for n in at_work):
            return
        free = Counter({crew.id: crew.count for crew in w.mission.crews})
        for n in at_work:
            free[w.steps[n][1].crew or ""] -= w.steps[n][1].crews
        can = [n for n, end in enumerate(state.steps) if end == TO_DO and self._can_start(state, n)]
        urgent = [n for n in can if self._urgent(state, n, can)]
        for chosen in product((True, False), repeat=len(can)):
            starting = tuple(n for n, yes in zip(can, chosen, strict=True) if yes)
            rest = Counter(free)
            for n in starting:
                rest[w.steps[n][1].crew or ""] -= w.steps[n][1].crews
            idle = any(n not in starting and self._crewed(n, rest) for n in urgent)
            if not idle and all(rest[crew] >= 0 for crew in rest if crew):
                yield starting

    def _crewed(self, number: int, free: Counter[str]) -> bool:
        step = self.world.steps[number][1]
        return step.crew is None or free[step.crew] >= step.crews

    def _urgent(self, state: State, number: int, can: list[int]) -> bool:
        """Whether a step need not wait while its crew is idle.

        Whatever that crew does next could be done now instead, if it can start now; what cannot start now does not
        find the crew at work tomorrow if the step takes one day. A handover may have to wait for the last-out.
        """
        w, step = self.world, self.world.steps[number][1]
        if step.role == "handover" or (step.needs and step.days > 1):
            return False
        rivals = [n for n, end in enumerate(state.steps)
                  if end == TO_DO and n not in can and w.steps[n][1].crew == step.crew]  # fmt: skip
        return step.days == 1 or not step.crew or not rivals

    def _served(self, state: State, number: int) -> bool:
        site, step = self.world.steps[number]
        places = {site, self.world.number.get(self.sites[site].hub or "", site)}
        units = [u for u, row in enumerate(self.world.mission.units) if step.needs in row.enables]
        return step.needs is None or any(state.people[u][p] for u in units for p in places)

    def _can_start(self, state: State, number: int) -> bool:
        w = self.world
        site, step = w.steps[number]
        end = self.day + step.days - 1
        if step.role == "handover" and self.sites[site].becomes == "closed":
            return False
        if end > w.end or not all(w.may_move[d][site] for d in range(self.day, end + 1)):
            return False
        before = [n for n, (s, other) in enumerate(w.steps) if s == site and other.id in step.after]
        if any(state.steps[n] != DONE for n in before) or not self._served(state, number):
            return False
        own = [(x, n) for n, x in enumerate(w.mission.equipment) if w.number[x.site] == site]
        total = sum(x.count * x.teu_each for x, _ in own)
        left = sum(state.items[n][site] * x.teu_each for x, n in own)
        return left <= step.max_stock_share * total + 1e-6

    # ---- disposals and separations -------------------------------------------------------------------------

    def disposals(self, state: State, signed: frozenset[int]) -> Iterator[tuple[tuple[str, int, int, int], ...]]:
        """Every set of disposals of today.

        What may be sold, given or scrapped for nothing, and can neither be driven nor is lived by, goes on the first
        day on which it may: without it every rule asks less.
        """
        options = [list(self._ends(state, signed, lot, site)) for lot in self.world.lots for site in self.world.sites
                   if state.items[lot][site]]  # fmt: skip
        for chosen in product(*options):
            yield tuple(row for rows in chosen for row in rows)

    def _ends(
        self, state: State, signed: frozenset[int], lot: int, site: int
    ) -> Iterator[tuple[tuple[str, int, int, int], ...]]:
        w, row, there = self.world, self.world.mission.equipment[lot], state.items[lot][site]
        open_today, allowed = heads(state, site) > 0, w.may_move[self.day][site]
        free = next((d for d in row.dispositions if d in FREE and self._on_offer(lot)), None)
        if free and open_today and allowed and not row.self_propelled:
            yield ((free, lot, site, there),)
            return
        ends = [free] if free and open_today and allowed else []
        if "destroy" in row.dispositions and open_today and allowed and w.mission.mission.last_resort_reasons:
            ends.append("destroy")
        if "hand_over" in row.dispositions and allowed and self._on_offer(lot) and site in signed:
            ends.append("hand_over")
        for counts in handfuls((there,) * len(ends), there):
            yield tuple((end, lot, site, n) for end, n in zip(ends, counts, strict=True) if n)

    def _on_offer(self, lot: int) -> bool:
        row = self.world.mission.equipment[lot]
        groups: dict[str | None, int] = {g.id: g.offer_days for g in self.world.mission.disposal_groups}
        return row.owner != "un" or self.day >= groups.get(row.asset_group, 0)

    def signed(self, steps: Counts) -> frozenset[int]:
        """The sites that are signed over today, which ends their handover steps."""
        runs = zip(self.world.steps, steps, strict=True)
        return frozenset(s for (s, step), end in runs if step.role == "handover" and end == self.day)

    def separations(self, state: State) -> Iterator[tuple[tuple[int, int, int], ...]]:
        """Every set of separations of today."""
        w = self.world
        where = [(u, s) for u in w.units for s in w.sites if state.people[u][s] and w.mission.units[u].separates]
        for counts in product(*(range(state.people[u][s] + 1) for u, s in where)):
            yield tuple((u, s, n) for (u, s), n in zip(where, counts, strict=True) if n)

    # ---- moves ---------------------------------------------------------------------------------------------

    def departures(self, state: State, budget: float, opened: State) -> Iterator[tuple[float, tuple[Departure, ...]]]:
        """Every set of moves that leave this morning, with what they cost, within a budget.

        ``opened`` is the evening before: aircraft fly until the day on which their base is left.
        """
        w = self.world
        standing: dict[int, Counts] = {}
        for x, place, ready in state.fleet:
            if not ready:
                standing[place] = added(standing.get(place, w.no_lift), w.one_of[x])
        sorties = tuple(
            w.mission.in_service(x) * x.sorties_per_day
            if x.mode == "air" and (w.number[x.base] not in w.sites or heads(opened, w.number[x.base]))
            else 0
            for x in w.mission.lift
        )
        slots = w.slots
        yield from self._sets(0, None, (state.people, state.items, standing, sorties, slots, state.taken), budget)

    def _sets(
        self, first: int, last: Load | None, free: tuple[Any, ...], budget: float
    ) -> Iterator[tuple[float, tuple[Departure, ...]]]:
        yield 0.0, ()
        for number in range(first, len(self.usable)):
            route = self.usable[number]
            for load in self._loads(route, free):
                if load.cost > budget:
                    break
                # The same convoys in another order are the same convoys.
                if last and number == first and load.key > last.key:
                    continue
                again = route.mode == "road" and not route.headway
                rest = self._without(route, load, free)
                for cost, more in self._sets(number if again else number + 1, load if again else None, rest,
                                             budget - load.cost):  # fmt: skip
                    yield load.cost + cost, (Departure(route, load), *more)

    def _loads(self, route: Route, free: tuple[Any, ...]) -> tuple[Load, ...]:
        w = self.world
        people, items, standing, sorties, slots, taken = free
        here, there = route.origin, route.destination
        if taken[route.number] > self.day:
            return ()
        inside = here in w.sites
        aboard = tuple([row[here] for row in people]) if inside else w.nobody
        stock = tuple([row[here] for row in items]) if inside else w.nothing
        if route.mode == "air":
            if not any(sorties):
                return ()
            most = min(slots[here], slots[there])
            lift = tuple(min(n, most) if w.flies(route, w.mission.lift[x]) else 0 for x, n in enumerate(sorties))
        else:
            lift = standing.get(here, w.no_lift)
            if self.day > w.deadline:
                lift = tuple(n if x.commercial else 0 for n, x in zip(lift, w.mission.lift, strict=True))
        if not any(lift) and not (route.mode == "road" and any(aboard) and any(stock)):
            return ()
        return w.loads(route.number, lift, aboard, stock)

    def _without(self, route: Route, load: Load, free: tuple[Any, ...]) -> tuple[Any, ...]:
        people, items, standing, sorties, slots, taken = free
        here, there = route.origin, route.destination
        for u, n in enumerate(load.people):
            people = taken_away(people, u, here, n) if n else people
        for x, n in enumerate(load.items):
            items = taken_away(items, x, here, n) if n else items
        if route.mode == "air":
            flights = sum(load.lift)
            slots = [n - flights * (p in {here, there}) for p, n in enumerate(slots)]
            return people, items, standing, less(sorties, load.lift), slots, taken
        if any(load.lift):
            standing = {**standing, here: less(standing[here], load.lift)}
        if route.headway:
            taken = (*taken[: route.number], self.day + route.headway, *taken[route.number + 1 :])
        return people, items, standing, sorties, slots, taken

    # ---- arrivals ------------------------------------------------------------------------------------------

    def arrivals(
        self, roads: list[Convoy], flown: list[Convoy]
    ) -> Iterator[tuple[float, tuple[Convoy, ...], tuple[Convoy, ...]]]:
        """Every choice of moves that arrive tonight of those that could: its cost, who arrives, who is still away.

        Aircraft are back the same night, so flights arrive. Empty convoys arrive as soon as they can: where lift
        stands changes no rule and costs nothing.
        """
        away = [c for c in roads if c.soonest > self.day]
        could = Counter(c for c in roads if c.soonest <= self.day)
        kinds = list(could)
        slow = [self.day < c.latest and sum(c.people) + sum(c.items) > 0 for c in kinds]
        for stay in product(*(range(could[c] + 1 if may else 1) for c, may in zip(kinds, slow, strict=True))):
            arriving = [*flown, *(c for c, n in zip(kinds, stay, strict=True) for _ in range(could[c] - n))]
            if not self._let_out(arriving):
                continue
            late = [c for c, n in zip(kinds, stay, strict=True) for _ in range(n)]
            cost = sum(n * x.usd_per_day for c in late for n, x in zip(c.lift, self.world.mission.lift, strict=True))
            yield self.world.course.cost * cost, tuple(arriving), (*away, *late)

    def _let_out(self, arriving: list[Convoy]) -> bool:
        w = self.world
        if not all(w.may_move[self.day][c.destination] for c in arriving):
            return False
        for place in w.exits:
            here = [c for c in arriving if c.destination == place]
            if not here:
                continue
            way_out = w.mission.exits[place - len(w.sites)]
            teu = sum(n * w.mission.equipment[x].teu_each for c in here for x, n in enumerate(c.items))
            people = sum(sum(c.people) for c in here)
            if w.shut[self.day][place] or people > way_out.people_per_day or teu > way_out.teu_per_day + 1e-6:
                return False
        return True

    # ---- the whole day -------------------------------------------------------------------------------------

    def ways(self, state: State, budget: float) -> Iterator[tuple[float, State, Deeds]]:
        """Every way to spend the day: what it costs, how things are in the evening, and what was done."""
        w = self.world
        plans: dict[frozenset[int], list[tuple[tuple[int, ...], Counts]]] = {}
        for starting in self.starts(state):
            ends = tuple(
                self.day + w.steps[n][1].days - 1 if n in starting else end for n, end in enumerate(state.steps)
            )
            plans.setdefault(self.signed(ends), []).append((starting, ends))
        for signed, runs in plans.items():
            for rows in self.disposals(state, signed):
                loss = w.course.equipment * sum(
                    n * w.mission.equipment[x].value_each for end, x, _, n in rows if end == "destroy")  # fmt: skip
                for left in self.separations(state) if loss <= budget else ():
                    reduced = self._reduced(state, signed, rows, left)
                    for cost, leaving, arriving, evening in self._moves(state, reduced, budget - loss):
                        for starting, steps in runs:
                            ended = tuple(DONE if 0 < end <= self.day else end for end in steps)
                            after = evening._replace(steps=ended)
                            if self.rules.left_lawful(state, after):
                                yield loss + cost, after, Deeds(starting, rows, left, leaving, arriving)

    def _reduced(self, state: State, signed: frozenset[int], rows: Any, left: Any) -> State:
        people, items, due = state.people, state.items, list(state.due)
        for end, lot, site, count in rows:
            items = taken_away(items, lot, site, count)
            if end == "destroy":
                due[site] = min(due[site], self.day + self.world.mission.mission.last_resort_days)
        for unit, site, count in left:
            people = taken_away(people, unit, site, count)
        for site in signed:
            due[site] = min(due[site], self.day + 1)
        return state._replace(people=people, items=items, due=tuple(due))

    def _moves(
        self, opened: State, state: State, budget: float
    ) -> Iterator[tuple[float, tuple[Departure, ...], tuple[Convoy, ...], State]]:
        w = self.world
        for price, leaving in self.departures(state, budget, opened):
            people, items, fleet, taken = state.people, state.items, list(state.fleet), state.taken
            roads, flown = list(state.roads), list[Convoy]()
            for route, load in leaving:
                people, items, _, _, _, taken = self._without(
                    route, load._replace(lift=w.no_lift), (people, items, {}, w.no_lift, w.slots, taken))  # fmt: skip
                lift = load.lift if route.mode == "road" else w.no_lift
                latest = min(self.day + route.slowest - 1, w.end)
                soonest = self.day + route.days - 1
                convoy = Convoy(route.destination, soonest, latest, lift, load.people, load.items)
                (roads if route.mode == "road" else flown).append(convoy)
                for x, count in enumerate(lift):
                    for _ in range(count):
                        fleet.remove((x, route.origin, 0))
            reduced = state._replace(people=people, items=items, taken=taken)
            for extra, arriving, away in self.arrivals(roads, flown):
                evening = self._evening(reduced, fleet, arriving, away)
                if self.rules.lawful(opened, evening):
                    yield price + extra, leaving, arriving, evening

    def _evening(self, state: State, fleet: Any, arriving: tuple[Convoy, ...], away: Any) -> State:
        w, tomorrow = self.world, self.day + 1
        people, items = [list(row) for row in state.people], [list(row) for row in state.items]
        standing = list(fleet)
        for convoy in arriving:
            if convoy.destination in w.sites:
                for u, n in enumerate(convoy.people):
                    people[u][convoy.destination] += n
                for x, n in enumerate(convoy.items):
                    items[x][convoy.destination] += n
            for x, n in enumerate(convoy.lift):
                home = w.number[w.mission.lift[x].base] == convoy.destination
                standing += [(x, convoy.destination, 0 if home else self.day + w.wait)] * n
        return State(
            tuple(map(tuple, people)),
            tuple(map(tuple, items)),
            tuple(sorted((x, p, ready if ready > tomorrow else 0) for x, p, ready in standing)),
            tuple(sorted(c._replace(soonest=c.soonest if c.soonest > tomorrow else 0) for c in away)),
            state.steps,
            state.due,
            tuple(day if day > tomorrow else 0 for day in state.taken),
        )
