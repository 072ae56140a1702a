"""Where people and equipment of a site go next, and how long they take to be out of the mission."""

from __future__ import annotations

from functools import cached_property

from drawdown.mission.disposal import may_leave
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Exit, Lot, Unit
from drawdown.planner.construction.board import Board
from drawdown.planner.construction.stock import Group
from drawdown.planner.construction.ways import Way


def accepted(way_out: Exit, contributor: str) -> bool:
    """Whether an exit is open to people and equipment of a contributor."""
    return not way_out.contributors or contributor in way_out.contributors


def _spared(way: Way) -> bool:
    """Whether a way is one for casualties."""
    return bool(way.lifts) and all(lift.casevac for lift in way.lifts)


class Goals:
    """The tree of hubs and the exits, as ways between places allow."""

    def __init__(self, mission: Mission, board: Board) -> None:
        self.mission, self.board = mission, board
        self._journeys: dict[tuple[str, str], int] = {}
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
        return tuple(
            sorted(
                self.board.ways(origin, destination),
                key=lambda w: (not w.surface, w.base not in (origin, destination), w.route.days),
            )
        )

    def people_ways(self, origin: str, destination: str, *, every: bool = False) -> tuple[Way, ...]:
        """Ways between two places, for people: unescorted ones first, and those from a base at either end.

        Aircraft for casualties are spared where there is another way, unless ``every`` way is asked for.
        """
        ends, ways = {origin, destination}, self.board.ways(origin, destination)
        others = [way for way in ways if way.seats and not way.escorted and not _spared(way)]
        chosen = ways if every or not others else [way for way in ways if not _spared(way)]
        return tuple(sorted(chosen, key=lambda w: (w.escorted, w.base not in ends, w.route.days, -w.seats)))

    def _exits(self, place: str, takes: str) -> tuple[Exit, ...]:
        """Exits that a site can use: those to which a leg leads, then (from a root) others, the nearest first."""
        root = self.mission.site[place].hub is None
        found: list[tuple[int, float, str, Exit]] = []
        for way_out in self.mission.exits:
            legs = min((len(way.route.legs) for way in self.board.ways(place, way_out.id)), default=0)
            if takes in way_out.takes and (legs == 1 or (legs and root)):
                days = min(way.route.days for way in self.board.ways(place, way_out.id))
                found.append((legs > 1, days, way_out.id, way_out))
        return tuple(way_out for *_, way_out in sorted(found, key=lambda row: row[:3]))

    @cached_property
    def exits(self) -> dict[tuple[str, str], tuple[Exit, ...]]:
        """Exits by site and by what they take."""
        return {
            (s.id, takes): self._exits(s.id, takes) for s in self.mission.sites for takes in ("people", "equipment")
        }

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
        return tuple(
            x.id for x in ways_home if (not unit.exits or x.id in unit.exits) and accepted(x, unit.contributor)
        )

    def for_group(self, place: str, group: Group) -> tuple[str, ...]:
        """Where a group goes next; people who separate stay where they serve, or at the site they are named for."""
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
        key = origin, destination
        if key not in self._journeys:
            when, ways = self.mission.mission.deadline, self.board.ways(origin, destination)
            days = (self.mission.journey(way.route.legs, origin, when)[1] for way in ways)
            self._journeys[key] = min(days, default=1)
        return self._journeys[key]

    def targets(self, place: str, group: Group, day: int) -> tuple[str, ...]:
        """Where a group goes next on a day: those named for a site after the deadline may be nowhere else by then."""
        found = self.for_group(place, group)
        hub = self.hubs(place)[:1]
        stays = group.role == "stay" and self.mission.unit[group.unit].stays_at == place
        if stays and hub and day + self.days_home(place, hub[0]) - 1 > self.board.deadline:
            return tuple(target for target in found if target not in hub)
        return found

    def days_home(self, place: str, goal: str) -> int:
        """Days from leaving a site for a goal to being out of the mission."""
        return self._days(place, goal) + self.onward.get(goal, 0)
