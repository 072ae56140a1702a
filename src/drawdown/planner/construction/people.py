"""Send people from a site towards home, day by day."""

from __future__ import annotations

from collections.abc import Callable

from drawdown.mission.tables import Site
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.last import may_stay
from drawdown.planner.construction.packing import Hold, crew
from drawdown.planner.construction.stock import Group
from drawdown.planner.construction.ways import Way

#: People for whom an escorted convoy is worth its escort, and the share of its seats that an aircraft waits for,
#: while more people are still to come.
WORTH_A_CONVOY, WORTH_A_FLIGHT = 30, 0.5

#: Days before the last possible one on which those who leave late go at the latest.
LATE_BEFORE = 10


class People:
    """The people of one site on their way home."""

    def __init__(self, draft: Draft, site: Site) -> None:
        self.draft, self.site, self.stays = draft, site, may_stay(draft, site)
        #: Last day on which people can leave the site to be out of the mission by the deadline.
        self.due = draft.board.deadline - draft.goals.onward[site.id] + 1

    def remains(self, group: Group) -> bool:
        """Whether a group is named for liquidation here, and the site may stay open for it."""
        return self.stays and group.role == "stay" and self.draft.mission.unit[group.unit].stays_at == self.site.id

    def release_day(self, group: Group) -> int:
        """First day on which a group may leave the site; after the end if not before its last-out."""
        draft, here, day = self.draft, self.site.id, max(group.day + 1, group.held)
        if group.role == "rear":
            if draft.stock.owns(group.unit, here):
                return draft.board.end + 1
            day = max(day, draft.cleared[group.unit] if self.site.hub else draft.gone[group.unit])
        if group.late:
            return max(day, min(max(draft.people_busy[here], draft.needed[here]), self.due - LATE_BEFORE))
        return max(day, draft.busy[here], draft.needed[here]) if self.remains(group) else day

    def send(self, limit: int) -> None:
        """Send everyone who does not leave last, as early as lift and exits allow; those left at ``limit`` stay.

        Units that send escorts go when the others, who may need them, have gone, unless they have a day to go by;
        the last of them go with escorts that do not come back. Those who stay for liquidation go last of all.
        """
        draft, unit = self.draft, self.draft.mission.unit
        patient = {u for u in draft.board.escorts.at_base if unit[u].latest is None}
        due = min(limit, self.due)
        self._send(due, lambda g: not (self.remains(g) or g.late or g.unit in patient))
        for one_way in (False, True):
            self._send(due, lambda g: not self.remains(g), one_way=one_way)
        self._send(limit, lambda _: True)
        self._separate(limit)

    def _send(self, limit: int, chosen: Callable[[Group], bool], *, one_way: bool = False) -> None:
        draft, here, day = self.draft, self.site.id, 1
        while day <= limit:
            groups = [g for g in draft.stock.groups(here) if not g.last and chosen(g)]
            release = {id(g): self.release_day(g) for g in groups if draft.goals.for_group(here, g)}
            day = max(day, min(release.values(), default=limit + 1))
            if day > limit:
                break
            ready = [g for g in groups if release.get(id(g), limit + 1) <= day]
            more = any(day < first <= limit for first in release.values())
            if not self.move(ready, day, more=more, last=one_way):
                day += 1

    def _separate(self, limit: int) -> None:
        """End the contracts of those who separate where they serve, once the others have left, but by the deadline."""
        draft, mission = self.draft, self.draft.mission
        for group in draft.stock.groups(self.site.id):
            unit = mission.unit[group.unit]
            if not unit.separates or group.last or draft.goals.for_group(self.site.id, group):
                continue
            by = min(limit, draft.board.deadline, mission.day(unit.latest) if unit.latest else limit)
            earliest = mission.day(unit.earliest) if unit.earliest else 1
            day = max(earliest, group.day + 1, group.held, min(draft.people_busy[self.site.id], by))
            draft.separate(self.site.id, group, min(day, draft.board.end))

    def move(self, groups: list[Group], day: int, *, more: bool = False, last: bool = False) -> bool:
        """Send as many of these groups as can leave on a day; whether anyone went.

        With ``more`` to come, small loads wait for others; the ``last`` to leave take every way that there is.
        """
        draft, here = self.draft, self.site.id
        groups.sort(key=lambda g: draft.mission.unit[g.unit].latest or draft.mission.mission.liquidation_end)
        targets = [(g, draft.goals.targets(here, g, day)) for g in groups]
        went = False
        for number in range(max((len(found) for _, found in targets), default=0)):
            for target in sorted({found[number] for _, found in targets if len(found) > number}):
                choices = [(g, found[: found.index(target)]) for g, found in targets if target in found[: number + 1]]
                worth = {
                    nearer
                    for nearer in {nearer for _, nearer in choices}
                    if last or self._worth_going(target, nearer, _waiting(targets, nearer), day)
                }
                for way in draft.goals.people_ways(here, target, every=last):
                    left = [g for g, nearer in choices if g.count > 0 and nearer in worth]
                    waits = more and not self._worth_a_move(way, left)
                    if left and not waits and self._carry(way, day, left, last=last):
                        went = True
        return went

    def _worth_going(self, target: str, nearer: tuple[str, ...], waiting: int, day: int) -> bool:
        """Whether so many people wait that going to a place is quicker than waiting for the nearer ways home."""
        draft, board, here, room = self.draft, self.draft.board, self.site.id, 0
        if not nearer or draft.settings.anywhere:
            return True
        extra = draft.goals.days_home(here, target) - draft.goals.days_home(here, nearer[0])
        window = range(day, min(day + max(1, extra), board.end) + 1)
        for way_out in (place for place in nearer if place in board.people_out):
            routes = [way.route for way in board.ways(here, way_out) if way.seats]
            if any(board.timetable.departure(route, on) for route in routes for on in window):
                room += int(board.people_out[way_out][window[0] : window[-1] + 1].sum())
        return waiting > room

    @staticmethod
    def _worth_a_move(way: Way, groups: list[Group]) -> bool:
        """Whether people enough wait for a convoy's escort or an aircraft's seats."""
        waiting = sum(g.count for g in groups)
        return waiting >= (WORTH_A_FLIGHT * way.seats if not way.surface else WORTH_A_CONVOY if way.escorted else 0)

    def _carry(self, way: Way, day: int, groups: list[Group], *, last: bool) -> bool:
        """Send people a way on a day; whether anyone went."""
        draft, trip, sorties = self.draft, None, 0
        if way.surface:
            one_way = last and way.base == way.route.origin
            trip = draft.board.trip(way, day, stay=one_way) if way.seats else None
        else:
            sorties = draft.flights(way, day)
        if trip is None and sorties <= 0:
            return False
        allowed = draft.allowances(way.route.destination, trip.arrive if trip else day, groups, trip)
        most, hold = sum(count for _, count in allowed), Hold()
        free, slots = (trip.vehicles, way.limit) if trip else ({way.lifts[0].id: sorties}, sorties)
        used = crew(way.lifts, free, slots, hold, most)
        if hold.seat(allowed, most) <= 0:
            return False
        if trip:
            draft.send(trip, hold, used)
        else:
            draft.fly(way, day, hold, used[way.lifts[0].id])
        return True


def _waiting(targets: list[tuple[Group, tuple[str, ...]]], nearer: tuple[str, ...]) -> int:
    """People whose nearest targets are these."""
    return sum(group.count for group, found in targets if found[: len(nearer)] == nearer)
