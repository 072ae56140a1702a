"""Where people and equipment of a site go next, and how long they take to be out of the mission."""

from __future__ import annotations

from functools import cached_property

from drawdown.mission.disposal import may_leave
from drawdown.mission.tables import Exit, Lot, Unit
from drawdown.planner.draft import Draft
from drawdown.planner.stock import Group
from drawdown.planner.ways import Way


def accepted(way_out: Exit, contributor: str) -> bool:
    """Whether an exit is open to people and equipment of a contributor."""
    return not way_out.contributors or contributor in way_out.contributors


class Goals:
    """The tree of hubs and the exits, as ways between places allow."""

    def __init__(self, draft: Draft) -> None:
        self.mission, self.board, self.settings = draft.mission, draft.board, draft.settings
        self._for_lot: dict[tuple[str, str], tuple[str, ...]] = {}
        self._for_group: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def hubs(self, place: str) -> tuple[str, ...]:
        """The hub of a site, its hub and so on."""
        found: list[str] = []
        while (hub := self.mission.site[place].hub) and hub not in found:
            found.append(hub)
            place = hub
        return tuple(found)

    def ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Ways between two places, for equipment: by surface before by air, which is dear."""
        return tuple(sorted(self.board.ways(origin, destination), key=lambda w: (not w.surface, w.base not in (origin, destination), w.route.days)))

    def people_ways(self, origin: str, destination: str) -> tuple[Way, ...]:
        """Ways between two places, for people: unescorted ones from a base at either end first, aircraft for casualties last."""
        ends = {origin, destination}

        def rank(way: Way) -> tuple[bool, bool, bool, float, int]:
            spared = bool(way.lifts) and all(lift.casevac for lift in way.lifts)
            return way.escorted, way.base not in ends, spared, way.route.days, -way.seats

        return tuple(sorted(self.board.ways(origin, destination), key=rank))

    def _exits(self, place: str, takes: str) -> tuple[Exit, ...]:
        """Exits that a site can use itself, the nearest first: a root by any route, others by a direct leg."""
        root = self.mission.site[place].hub is None
        found: list[tuple[float, str, Exit]] = []
        for way_out in self.mission.exits:
            ways = [w for w in self.board.ways(place, way_out.id) if root or len(w.route.legs) == 1]
            if takes in way_out.takes and ways:
                found.append((min(w.route.days for w in ways), way_out.id, way_out))
        return tuple(way_out for *_, way_out in sorted(found, key=lambda row: row[:2]))

    @cached_property
    def exits(self) -> dict[tuple[str, str], tuple[Exit, ...]]:
        """Exits by site and by what they take."""
        return {(s.id, takes): self._exits(s.id, takes) for s in self.mission.sites for takes in ("people", "equipment")}

    def for_lot(self, place: str, lot: Lot) -> tuple[str, ...]:
        """Where a lot goes next: if it may leave, to an exit that its owner may use; or to the hub."""
        key = place, lot.id
        if key not in self._for_lot:
            self._for_lot[key] = self._lot_goals(place, lot)
        return self._for_lot[key]

    def _lot_goals(self, place: str, lot: Lot) -> tuple[str, ...]:
        owner = self.mission.unit[lot.unit].contributor if lot.unit else "UN"
        out = tuple(x.id for x in self.exits[place, "equipment"] if may_leave(lot) and accepted(x, owner))
        return out + self.hubs(place)[:1]

    def home(self, place: str, unit: Unit) -> tuple[str, ...]:
        """Exits by which people of a unit may leave from a site, the nearest first."""
        ways_home = self.exits[place, "people"]
        return tuple(x.id for x in ways_home if (not unit.exits or x.id in unit.exits) and accepted(x, unit.contributor))

    def for_group(self, place: str, group: Group) -> tuple[str, ...]:
        """Where a group goes next; people who separate stay where they serve, unless they are named for another site."""
        key = place, group.unit, group.role
        if key not in self._for_group:
            self._for_group[key] = self._group_goals(place, group)
        return self._for_group[key]

    def _group_goals(self, place: str, group: Group) -> tuple[str, ...]:
        unit, hub = self.mission.unit[group.unit], self.hubs(place)[:1]
        if group.role == "stay" and unit.stays_at in self.hubs(place):
            return hub
        if unit.separates:
            return ()
        if group.role == "rear" and hub:
            return hub
        return self.home(place, unit) + hub

    @cached_property
    def onward(self) -> dict[str, int]:
        """For each site, the days from leaving it to being out of the mission, by the quickest ways."""
        found: dict[str, int] = {}
        for site in sorted(self.mission.sites, key=lambda s: len(self.hubs(s.id))):
            direct = [self._days(site.id, way_out.id) for way_out in self.exits[site.id, "people"]]
            by_hub = [self._days(site.id, hub) + found[hub] for hub in self.hubs(site.id)[:1]]
            found[site.id] = min([*direct, *by_hub], default=1)
        return found

    def _days(self, origin: str, destination: str) -> int:
        when = self.mission.mission.deadline
        ways = self.board.ways(origin, destination)
        return min((self.mission.journey(w.route.legs, origin, when)[1] for w in ways), default=1)

    def days_home(self, place: str, goal: str) -> int:
        """Days from leaving a site for a goal to being out of the mission."""
        return self._days(place, goal) + self.onward.get(goal, 0)
