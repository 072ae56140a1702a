"""Send people from a site towards home, and choose who leaves it last."""

from __future__ import annotations

from collections import defaultdict

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Site
from drawdown.planner.board import Way
from drawdown.planner.draft import Draft
from drawdown.planner.packing import Hold, crew
from drawdown.planner.stock import Group


def choose_last(draft: Draft, site: Site) -> None:
    """Mark those who stay at a site until its last-out: rear parties, the guard, and whom its closing needs."""
    groups, staying = draft.stock.groups[site.id], draft.may_stay(site)
    for group in groups:
        if group.role == "rear" and draft.mission.unit[group.unit].site == site.id:
            group.last = True
    _keep_needed(draft, site)
    wanted = site.guard - sum(g.count for g in groups if g.last and draft.mission.unit[g.unit].armed)
    roles = {"stay"} if staying else {"main", "stay"}
    pool = [g for g in groups if not g.last and g.role in roles and draft.mission.unit[g.unit].armed]
    here = {g.unit for g in groups if g.last}
    unit = draft.mission.unit
    pool.sort(key=lambda g: (unit[g.unit].latest is not None, unit[g.unit].site != site.id, g.unit not in here, -g.count))
    for group in pool:
        if wanted <= 0:
            break
        own = draft.stock.split(site.id, group, wanted)
        own.last, wanted = True, wanted - own.count
    if groups and not any(g.last for g in groups):
        order = sorted((g for g in groups if g.role in roles), key=lambda g: (-g.count, g.unit)) or groups
        draft.stock.split(site.id, order[0], 10).last = True


def _keep_needed(draft: Draft, site: Site) -> None:
    """Keep a few of each enabling unit that the site's closing needs and that its hub does not have."""
    needs = {step.needs for step in draft.mission.steps_for(site) if step.needs}
    if not _flown_out(draft, site):
        needs.add("medical")
    for need in sorted(needs):
        if _hub_units(draft, site, need) and need != "medical":
            continue
        for group in list(draft.stock.groups[site.id]):
            unit = draft.mission.unit[group.unit]
            if need in unit.enables and unit.site == site.id and not any(
                g.last and g.unit == unit.id for g in draft.stock.groups[site.id]
            ):
                draft.stock.split(site.id, group, max(1, group.count // 4)).last = True
                break


def _hub_units(draft: Draft, site: Site, need: str) -> list[str]:
    return [u.id for u in draft.mission.units if site.hub and u.site == site.hub and need in u.enables]


def _flown_out(draft: Draft, site: Site) -> bool:
    """Whether an evacuation aircraft based elsewhere or here covers a site."""
    mission = draft.mission
    for lift in mission.lift:
        base = mission.place[lift.base]
        if lift.casevac and great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km:
            return True
    return False


def hold_enablers(draft: Draft, site: Site, need: str, until: int) -> None:
    """Keep the hub's enabling units until a day, because a step of a site's closing needs them."""
    for unit in _hub_units(draft, site, need)[:1]:
        draft.hold[unit] = max(draft.hold[unit], until)


def release_day(draft: Draft, group: Group, place: str) -> int:
    """First day on which a group may leave a place."""
    unit, mission = draft.mission.unit[group.unit], draft.mission
    held = group.role != "rear" or unit.id in draft.board.detachments
    day = max(group.day + 1, draft.hold[unit.id] if held else 1)
    if mission.site[place].hub is None and unit.earliest:
        day = max(day, mission.day(unit.earliest))
    if group.role == "rear" and mission.site[place].hub is None:
        day = max(day, draft.gone[unit.id])
    if group.role == "stay" and unit.stays_at == place:
        day = max(day, draft.needed[place], draft.busy[place])
    return day


def send_people(draft: Draft, place: str, limit: int) -> None:
    """Send everyone who does not leave last from a site, day by day, as lift and exits allow; what is left at ``limit`` stays."""
    day = 1
    while day <= limit:
        waiting = [g for g in draft.stock.groups[place] if not g.last and not draft.mission.unit[g.unit].separates]
        if not waiting:
            break
        release = {id(g): _release(draft, g, place) for g in waiting}
        day = max(day, min(release.values()))
        if day > limit:
            break
        ready = [g for g in waiting if release[id(g)] <= day]
        if not move_people(draft, place, ready, day):
            day += 1
    _separate(draft, place, limit)


def _release(draft: Draft, group: Group, place: str) -> int:
    day = release_day(draft, group, place)
    unit = draft.mission.unit[group.unit]
    direct = any(goal in draft.mission.exit for goal in draft.people_goals(place, group))
    return max(day, draft.mission.day(unit.earliest)) if unit.earliest and direct else day


def _separate(draft: Draft, place: str, limit: int) -> None:
    """End the contracts of those who separate where they serve, once the others who can have left (by the deadline)."""
    for group in list(draft.stock.groups[place]):
        unit = draft.mission.unit[group.unit]
        if not unit.separates or group.last or (group.role == "stay" and draft.people_goals(place, group)):
            continue
        earliest = draft.mission.day(unit.earliest) if unit.earliest else 1
        end = limit if group.role == "stay" else min(limit, draft.board.deadline)
        day = max(earliest, group.day + 1, draft.hold[unit.id], min(draft.busy[place], end))
        draft.separate(place, group, min(day, draft.board.end))
        draft.busy[place] = max(draft.busy[place], min(day, draft.board.end))


def move_people(draft: Draft, place: str, groups: list[Group], day: int) -> bool:
    """Send as many of these groups as can leave on a day; whether anyone went."""
    by_goals: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        by_goals[draft.people_goals(place, group)].append(group)
    for due in by_goals.values():
        due.sort(key=lambda g: draft.mission.unit[g.unit].latest or draft.mission.mission.liquidation_end)
    went = False
    for goals in sorted(by_goals):
        for goal in goals:
            for way in draft.ways(place, goal):
                left = [g for g in by_goals[goals] if g.count > 0]
                if left and _carry(draft, way, day, left):
                    went = True
    return went


def _carry(draft: Draft, way: Way, day: int, groups: list[Group]) -> bool:
    board, lifts = draft.board, way.lifts
    if way.surface:
        trip = board.trip(way, day)
        if trip is None:
            return False
        free, slots, arrive = trip.vehicles, way.limit, trip.arrive
    else:
        trip, free, arrive = None, {lifts[0].id: board.flights(way, day)}, day
        slots = free[lifts[0].id]
    exit_room = board.people_out.get(way.route.destination)
    heads = sum(g.count for g in groups)
    most = heads if exit_room is None else min(heads, int(exit_room[arrive]))
    hold = Hold()
    used = crew(lifts, free, slots, hold, most)
    if hold.seat(groups, most) <= 0:
        return False
    if trip is None:
        draft.fly(way, day, hold, used[lifts[0].id])
    else:
        draft.send(trip, hold, used)
    return True
