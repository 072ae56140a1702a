"""Send people from a site towards home, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from drawdown.mission.tables import Site
from drawdown.planner.board import Trip
from drawdown.planner.draft import Draft
from drawdown.planner.goals import Goals
from drawdown.planner.last import may_stay
from drawdown.planner.packing import Hold, crew
from drawdown.planner.stock import Group
from drawdown.planner.ways import Way

#: People for whom an escorted convoy is worth its escort, and the share of its seats that an aircraft waits for,
#: while more people are still to come.
WORTH_A_CONVOY, WORTH_A_FLIGHT = 30, 0.5


def release_day(draft: Draft, site: Site, group: Group) -> int:
    """First day on which a group may leave a site; after the end if not before its last-out."""
    unit = draft.mission.unit[group.unit]
    day = max(group.day + 1, group.held)
    if group.role == "rear":
        if draft.stock.owns(unit.id, site.id):
            return draft.board.end + 1
        day = max(day, draft.cleared[unit.id] if site.hub else draft.gone[unit.id])
    if group.role == "stay" and unit.stays_at == site.id and may_stay(draft, site):
        day = max(day, draft.busy[site.id], draft.needed[site.id])
    return day


def send_people(draft: Draft, goals: Goals, site: Site, limit: int) -> None:
    """Send everyone who does not leave last, as early as lift and exits allow; those left at ``limit`` stay.

    Units that send escorts go when the others have gone, who may need them, unless they have a day to go by; the last
    of them with escorts that do not come back. Those who stay for
    liquidation go when everything else has gone.
    """
    unit = draft.mission.unit
    patient = {u for u in draft.board.escorts.at_base if unit[u].latest is None}
    due = min(limit, draft.board.deadline - goals.onward[site.id] + 1)
    _send(draft, goals, site, due, lambda g: g.role != "stay" and g.unit not in patient)
    for one_way in (False, True):
        _send(draft, goals, site, due, lambda g: g.role != "stay", one_way=one_way)
    _send(draft, goals, site, limit, lambda _: True)
    _separate(draft, goals, site, limit)


def _send(
    draft: Draft, goals: Goals, site: Site, limit: int, chosen: Callable[[Group], bool], *, one_way: bool = False
) -> None:
    day = 1
    while day <= limit:
        groups = [g for g in draft.stock.groups(site.id) if not g.last and chosen(g)]
        waiting = [g for g in groups if goals.for_group(site.id, g)]
        release = [release_day(draft, site, g) for g in waiting]
        if not waiting or min(release) > limit:
            break
        day = max(day, min(release))
        ready = [g for g, first in zip(waiting, release, strict=True) if first <= day]
        more = any(day < first <= limit for first in release)
        if not move_people(draft, goals, site.id, ready, day, more=more, last=one_way):
            day += 1


def _separate(draft: Draft, goals: Goals, site: Site, limit: int) -> None:
    """End the contracts of those who separate where they serve, once the others have left, but by the deadline."""
    for group in draft.stock.groups(site.id):
        unit = draft.mission.unit[group.unit]
        if not unit.separates or group.last or goals.for_group(site.id, group):
            continue
        by = min(limit, draft.board.deadline, draft.mission.day(unit.latest) if unit.latest else limit)
        earliest = draft.mission.day(unit.earliest) if unit.earliest else 1
        day = max(earliest, group.day + 1, group.held, min(draft.people_busy[site.id], by))
        draft.separate(site.id, group, min(day, draft.board.end))


def move_people(
    draft: Draft, goals: Goals, place: str, groups: list[Group], day: int, *, more: bool = False, last: bool = False
) -> bool:
    """Send as many of these groups as can leave a site on a day; whether anyone went.

    With ``more``, small loads wait for others; the ``last`` to leave take every way that there is.
    """
    by_goals: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        by_goals[goals.for_group(place, group)].append(group)
    went = False
    for targets in sorted(by_goals):
        due = by_goals[targets]
        due.sort(key=lambda g: draft.mission.unit[g.unit].latest or draft.mission.mission.liquidation_end)
        for number, target in enumerate(targets):
            if not last and not _worth_going(draft, goals, place, targets[:number], target, due, day):
                continue
            for way in goals.people_ways(place, target):
                left = [g for g in due if g.count > 0]
                if left and _carry(draft, way, day, left, more=more, last=last):
                    went = True
    return went


def _worth_going(
    draft: Draft, goals: Goals, place: str, nearer: tuple[str, ...], target: str, due: list[Group], day: int
) -> bool:
    """Whether so many people wait that going farther is quicker than waiting for the nearer ways home."""
    if not nearer or draft.settings.anywhere:
        return True
    board, room = draft.board, 0
    days = [goals.days_home(place, goal) for goal in (nearer[0], target)]
    window = range(day, min(day + max(1, days[1] - days[0]), board.end) + 1)
    for goal in nearer:
        ways = board.ways(place, goal)
        if goal in board.people_out and any(board.timetable.departure(w.route, on) for w in ways if w.seats for on in window):
            room += int(board.people_out[goal][window[0] : window[-1] + 1].sum())
    return sum(g.count for g in due) > room


def _carry(draft: Draft, way: Way, day: int, groups: list[Group], *, more: bool, last: bool) -> bool:
    board, lifts, waiting = draft.board, way.lifts, sum(g.count for g in groups)
    if not way.seats or (more and way.escorted and waiting < WORTH_A_CONVOY):
        return False
    if not way.surface:
        sorties = draft.flights(way, day)
        if sorties <= 0 or (more and waiting < WORTH_A_FLIGHT * way.seats):
            return False
        trip, free, slots, arrive = None, {lifts[0].id: sorties}, sorties, day
    else:
        trip = board.trip(way, day, stay=last and way.base == way.route.origin)
        if trip is None:
            return False
        free, slots, arrive = trip.vehicles, way.limit, trip.arrive
    allowed = allowances(draft, way.route.destination, arrive, groups, trip)
    most = sum(count for _, count in allowed)
    hold = Hold()
    used = crew(lifts, free, slots, hold, most)
    if hold.seat(allowed, most) <= 0:
        return False
    if trip is None:
        draft.fly(way, day, hold, used[lifts[0].id])
    else:
        draft.send(trip, hold, used)
    return True


def allowances(
    draft: Draft, destination: str, arrive: int, groups: list[Group], trip: Trip | None
) -> list[tuple[Group, int]]:
    """How many of each group may be at a destination on a day.

    At an exit, no more than it takes, nobody before the day from which the unit may leave, and nobody whom the
    unit's detachments on the road still need.
    """
    room, escorts = draft.board.people_out.get(destination), (trip.escorts, trip.secured) if trip else ({}, ())
    if room is None:
        return [(group, group.count) for group in groups]
    free, found, taken = int(room[arrive]), [], defaultdict[str, int](int)
    for group in groups:
        unit = draft.mission.unit[group.unit]
        early = unit.earliest is not None and draft.mission.date(arrive) < unit.earliest
        spare = 0 if early else draft.board.escorts.spare(unit.id, arrive, *escorts) - taken[unit.id]
        count = max(0, min(group.count, free, spare))
        free, taken[unit.id] = free - count, taken[unit.id] + count
        found.append((group, count))
    return found
