"""Who leaves a site on a day: to which exit, or to the hub because its queue is shorter."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from drawdown.planner.construction.goals import accepted
from drawdown.planner.construction.last import may_stay
from drawdown.planner.construction.packing import Hold, crew
from drawdown.planner.construction.stock import Group
from drawdown.planner.construction.ways import Way
from drawdown.planner.search.queues import INF, Queues

if TYPE_CHECKING:
    from drawdown.planner.search.camp import Camp
    from drawdown.planner.search.dispatch import Dispatch

#: Days before its last possible one from which a site no longer holds anybody back who is not needed to the end.
HURRY = 14

#: People for whom a convoy is worth its escort.
WORTH_AN_ESCORT = 30

#: Vehicles in a convoy, to reckon with.
CONVOY = 100


class Crowd(Queues):
    """The people of all sites on their way home."""

    def __init__(self, dispatch: Dispatch) -> None:
        super().__init__(dispatch)
        self._wait_to_drive = False
        self._kept: tuple[int, set[str]] = (-1, set())
        self._found_free: dict[str, tuple[tuple[int, tuple[int, int]], list[Group]]] = {}
        self.escorted = {s.id: self._platoons(s.id) for s in self.mission.sites}

    def _platoons(self, site: str) -> int:
        """Escort platoons that a convoy out of a site needs, for its equipment or (without other ways) its people."""
        hub = self.mission.site[site].hub
        found = [way.route.platoons for way in self.run.camps[site].roads]
        for target in [hub] if hub else self.own_exits[site]:
            ways = self.ways(site, target)
            found += [min(way.route.platoons for way in ways)] if ways and all(way.escorted for way in ways) else []
        return max(found, default=0)

    # ---- leaving -----------------------------------------------------------------------------------------------

    def leave(self, camp: Camp, day: int) -> None:
        """Let everyone leave a site on a day who gains by it and whom it does not need."""
        self._separate(camp, day)
        groups = self._free(camp, day)
        if not groups:
            return
        hurry = day >= camp.limit - HURRY
        free = sum(g.count for g in groups)
        spare = free - (0 if hurry else camp.load()[0])  # as drivers
        kept = set() if hurry else self.kept(day)
        spare = self._exits(camp, day, [g for g in groups if g.unit not in kept], spare)
        hub = camp.site.hub
        if hub and spare > 0 and self.run.camps[hub].closed is None:
            wanted = spare if hurry else min(spare, self.surplus(camp, day))
            spare -= self._to_hub(camp, hub, day, groups, wanted, hurry=hurry)
            if spare > 0 and self.run.camps[hub].load()[0]:
                drivers = [g for g in groups if self._drives(g, day)]
                self._to_hub(camp, hub, day, drivers, spare, hurry=hurry)

    def _to_hub(  # noqa: PLR0913 - who, from where, to where, when
        self, camp: Camp, hub: str, day: int, groups: list[Group], wanted: int, *, hurry: bool
    ) -> int:
        """Send so many people to the hub, by the cheapest ways; how many went."""
        went = 0
        for way in self.ways(camp.site.id, hub):
            left = [g for g in groups if g.count and self._may(g, camp, hub)]
            if wanted > went and left and (hurry or self._goes(camp, hub, way, wanted - went)):
                went += self._carry(way, day, left, wanted - went)
        return went

    def _separate(self, camp: Camp, day: int) -> None:
        for group in self.draft.stock.groups(camp.site.id):
            unit = self.mission.unit[group.unit]
            if not unit.separates or group.last or group.held > day or self.keeps(camp, group):
                continue
            if self.draft.goals.for_group(camp.site.id, group) and camp.people.stays:
                continue
            earliest = self.mission.day(unit.earliest) if unit.earliest else 1
            if day >= max(earliest, group.day + 1):
                self.draft.separate(camp.site.id, group, day)

    def keeps(self, camp: Camp, group: Group) -> bool:
        """Whether a group is kept at a site for liquidation."""
        unit = self.mission.unit[group.unit]
        return group.role == "stay" and unit.stays_at == camp.site.id and may_stay(self.draft, camp.site)

    def _free(self, camp: Camp, day: int) -> list[Group]:
        """People who may leave a site on a day, those first who are needed least."""
        key = day, self.draft.stock.version(camp.site.id)
        known = self._found_free.get(camp.site.id)
        if known is None or known[0] != key:
            known = self._found_free[camp.site.id] = key, self._find_free(camp, day)
        return list(known[1])

    def _find_free(self, camp: Camp, day: int) -> list[Group]:
        draft, site, unit = self.draft, camp.site.id, self.mission.unit
        found: list[tuple[tuple[float, ...], Group]] = []
        for group in draft.stock.groups(site):
            row = unit[group.unit]
            if group.last or group.day >= day or group.held > day or row.separates or self.keeps(camp, group):
                continue
            if group.role == "rear" and not self._rear_free(camp, group):
                continue
            sends = group.unit in draft.board.escorts.at_base
            latest = self.mission.day(row.latest) if row.latest else draft.board.end
            found.append(((float(latest), float(sends)), group))
        return [group for _, group in sorted(found, key=lambda row: row[0])]

    def _rear_free(self, camp: Camp, group: Group) -> bool:
        stock = self.draft.stock
        if camp.site.hub:
            return not stock.owns(group.unit, camp.site.id)
        return not stock.owns_anywhere(group.unit)

    def kept(self, day: int) -> set[str]:
        """Units that stay in the mission because convoys still need the escorts that they send."""
        if self._kept[0] != day:
            self._kept = day, {u for camp in self.run.camps.values() for u in self._kept_for(camp, day)}
        return self._kept[1]

    def _kept_for(self, camp: Camp, day: int) -> set[str]:
        """Units of a site that are kept for its convoys and for those of the sites that hang on it."""
        site, escorts = camp.site.id, self.draft.board.escorts
        around = [c for c in (camp, *self.run.children[site]) if c.closed is None]
        if day >= camp.limit - HURRY:
            return set()
        wanted = teams = 0.0
        for one in around:
            load = one.load()[0] + one.load()[1] / 2  # vehicles, of about 2 TEU
            most = max(1.0, self.guide.at("convoys", site)) if one is camp else 1.0
            convoys = math.ceil(min(most, 1.0 + load / CONVOY))  # the last of them with the last people
            wanted, teams = wanted + convoys * self.escorted[one.site.id], teams + convoys
        kept = set[str]()
        units = [u for u in escorts.at_base if self.mission.unit[u].site == site]
        for name in sorted(units, key=lambda u: -escorts.per_head[u]):  # type: ignore[attr-defined]
            row = self.mission.unit[name]
            sends = row.escort_platoons + row.eod_teams
            if row.latest is not None or row.strength > self.guide.platoon_people * sends:
                continue
            if row.escort_platoons and wanted > 0:
                kept.add(name)
                wanted -= row.escort_platoons
            elif row.eod_teams and teams > 0:
                kept.add(name)
                teams -= row.eod_teams
        return kept

    def _may(self, group: Group, camp: Camp, target: str) -> bool:
        return target in self.draft.goals.for_group(camp.site.id, group)

    def _exits(self, camp: Camp, day: int, groups: list[Group], spare: int) -> int:
        """Send people to the exits that they gain by; how many more could leave."""
        site, board = camp.site.id, self.draft.board
        targets = sorted(
            {t for g in groups for t in self.draft.goals.home(site, self.mission.unit[g.unit])},
            key=lambda t: (self._price(site, t), t),
        )
        queue = self.queue(site, day)
        for target in targets:
            able = [g for g in groups if g.count and self._may(g, camp, target) and not self._drives(g, day)]
            if not able or spare <= 0:
                continue
            if target not in self.own_exits[site] and self._price(site, target) > self.prices.person_day * queue:
                continue
            for way in self.ways(site, target):
                able = [g for g in able if g.count]
                if able and spare > 0 and self._goes(camp, target, way, spare) and board.goes(way, day):
                    spare -= self._carry(way, day, able, spare)
        return spare

    def _goes(self, camp: Camp, target: str, way: Way, wanted: int) -> bool:
        """Whether people go a way: with an escort only if there is no other way, and enough of them."""
        if not way.escorted:
            return True
        worth = min(WORTH_AN_ESCORT, camp.others())
        return wanted >= worth and all(w.escorted for w in self.ways(camp.site.id, target))

    @cached_property
    def _drivers_home(self) -> frozenset[str]:
        """Units whose people may leave by an exit to which equipment is driven from a root of the tree of hubs."""
        roots = [c for c in self.run.camps.values() if not c.site.hub]
        exits = {
            w.route.destination for c in roots for w in c.roads if w.mode == "road" and self.prices.days(w.route) > 1
        }
        return frozenset(
            u.id
            for u in self.mission.units
            if not u.separates and any(x in exits and accepted(self.mission.exit[x], u.contributor) for x in u.exits)
        )

    def count_drivers(self) -> None:
        """Count the vehicles that somebody could drive to an exit, and those who could."""
        drivable = sum(c.drivable(c.all_to_move()) for c in self.run.camps.values() if c.closed is None)
        heads = sum(
            g.count
            for c in self.run.camps.values()
            for g in self.draft.stock.groups(c.site.id)
            if g.unit in self._drivers_home
        )
        self._wait_to_drive = heads <= self.guide.drivers * drivable

    def _drives(self, group: Group, day: int) -> bool:
        """Whether a group waits to drive vehicles to an exit."""
        latest = self.mission.unit[group.unit].latest
        in_time = latest is None or day < self.mission.day(latest) - HURRY
        return self._wait_to_drive and in_time and group.unit in self._drivers_home

    # ---- aboard ------------------------------------------------------------------------------------------------

    def aboard(self, camp: Camp, way: Way, day: int) -> tuple[list[Group], list[Group], float]:
        """Who may ride in a convoy, who could only drive its vehicles, and how many may ride at most."""
        target = way.route.destination
        groups = [g for g in self._free(camp, day) if self._may(g, camp, target)]
        if target not in self.run.camps:
            kept = self.kept(day)
            return [], [g for g in groups if g.unit not in kept], 0.0
        if not self.rate(camp.site.id):
            return groups, [], INF
        most = self.surplus(camp, day) + sum(g.count for g in groups if self._drives(g, day))
        groups.sort(key=lambda g: not self._drives(g, day))
        return (groups, [], float(most)) if most > 0 else ([], groups, 0.0)

    def _carry(self, way: Way, day: int, groups: list[Group], most: int) -> int:
        """Send up to so many people a way on a day; how many went."""
        draft, trip, sorties = self.draft, None, 0
        if way.surface:
            trip = draft.board.trip(way, day)
        else:
            sorties = draft.flights(way, day)
        if trip is None and sorties <= 0:
            return 0
        allowed = draft.allowances(way.route.destination, trip.arrive if trip else day, groups, trip)
        most = min(most, sum(count for _, count in allowed))
        hold = Hold()
        free, slots = (trip.vehicles, way.limit) if trip else ({way.lifts[0].id: sorties}, sorties)
        lifts = [x for x in way.lifts if x.seats]
        used = crew(lifts, {x.id: free.get(x.id, 0) for x in lifts}, slots, hold, most)
        if hold.seat(allowed, most) <= 0:
            return 0
        went = hold.heads
        if trip:
            draft.send(trip, hold, used)
        else:
            draft.fly(way, day, hold, used[way.lifts[0].id])
        return went
