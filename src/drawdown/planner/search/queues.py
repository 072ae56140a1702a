"""How long people wait for a place at an exit, and who gains by going to a shorter queue."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from drawdown.planner.construction.goals import accepted
from drawdown.planner.construction.ways import Way

if TYPE_CHECKING:
    from drawdown.planner.search.camp import Camp
    from drawdown.planner.search.dispatch import Dispatch

#: Days ahead for which the opening of an exit is looked for.
LONGEST_SHUT = 40

INF = math.inf


class Queues:
    """The exits of all sites, and the queues of people before them."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.run, self.draft, self.guide, self.prices = dispatch, dispatch.draft, dispatch.guide, dispatch.prices
        self.mission = self.draft.mission
        self._ways: dict[tuple[str, str], tuple[Way, ...]] = {}
        self._prices: dict[tuple[str, str], float] = {}

    @cached_property
    def own_exits(self) -> dict[str, tuple[str, ...]]:
        """Exits of each site for people that most contributors accept, with a leg from there."""
        total = max(sum(u.strength for u in self.mission.units), 1)
        common = {
            x.id
            for x in self.mission.exits
            if "people" in x.takes
            and sum(
                u.strength
                for u in self.mission.units
                if (not u.exits or x.id in u.exits) and accepted(x, u.contributor)
            )
            > total / 2
        }
        found = {}
        for site in self.mission.sites:
            exits = [x.id for x in self.draft.goals.exits[site.id, "people"] if x.id in common]
            near = [x for x in exits if any(len(way.route.legs) == 1 for way in self.ways(site.id, x))]
            found[site.id] = tuple(near or ([] if site.hub else exits))
        return found

    def rate(self, site: str) -> float:
        """People whom a site's own exits take in a day."""
        return float(sum(self.mission.exit[x].people_per_day for x in self.own_exits[site]))

    def heads(self, site: str) -> int:
        """People who want to leave through a site's exits: its own, and those of sites without any."""
        here = sum(g.count for g in self.draft.stock.groups(site) if not g.last)
        return here + sum(self.heads(c.site.id) for c in self.run.children[site] if not self.rate(c.site.id))

    def to_come(self, camp: Camp) -> int:
        """People of the sites that hang on one and may still pass through it."""
        return sum(int(self.draft.people[c.site.id][-1]) + self.to_come(c) for c in self.run.children[camp.site.id])

    def opens(self, site: str, day: int) -> int:
        """Days until the first of a site's exits lets people out."""
        board = self.draft.board
        for ahead in range(LONGEST_SHUT):
            if day + ahead > board.end:
                return ahead
            for x in self.own_exits[site]:
                for way in self.ways(site, x):
                    if board.timetable.departure(way.route, day + ahead):
                        return ahead
        return LONGEST_SHUT

    def queue(self, site: str, day: int) -> float:
        """Days for which people of a site wait for a place at an exit."""
        rate = self.rate(site)
        if rate:
            return self.opens(site, day) + self.heads(site) / rate
        hub = self.mission.site[site].hub
        return self.queue(hub, day) + 1 if hub else INF

    def ways(self, site: str, target: str) -> tuple[Way, ...]:
        """Ways for people, the cheapest first; aircraft for casualties only where there is nothing else."""
        key = site, target
        if key not in self._ways:
            found = self.draft.goals.people_ways(site, target)
            self._ways[key] = tuple(sorted((w for w in found if w.seats), key=self.prices.seat))
        return self._ways[key]

    def _price(self, site: str, target: str) -> float:
        key = site, target
        if key not in self._prices:
            self._prices[key] = min((self.prices.seat(w) for w in self.ways(site, target)), default=INF)
        return self._prices[key]

    # ---- shorter queues ----------------------------------------------------------------------------------------

    def surplus(self, camp: Camp, day: int) -> int:
        """People who gain by going from a site to its hub, because the queue is shorter there."""
        site, hub = camp.site.id, camp.site.hub
        if hub is None:
            return 0
        here, there = self.rate(site), self.rate(hub)
        if not there:
            return 0
        if not here:
            return self._called(camp, hub, day)
        gap = self.queue(site, day) - self.queue(hub, day) - self.guide.queue_gap
        return max(0, int(gap * here * there / (here + there)))

    def _called(self, camp: Camp, hub: str, day: int) -> int:
        """People whom a hub calls in from a site without exits, before its own have all gone."""
        if not camp.cargo():
            return sum(g.count for g in self.draft.stock.groups(camp.site.id) if not g.last)
        here = sum(g.count for g in self.draft.stock.groups(hub) if not g.last)
        short = self.guide.at("pull", hub) - self.opens(hub, day) - here / self.rate(hub)
        return max(0, int(short * self.rate(hub)))
