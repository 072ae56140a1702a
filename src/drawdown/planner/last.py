"""Who leaves a site last: its guard, whom its closing and its casualties need, and those who stay for liquidation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.geography import great_circle_km
from drawdown.mission.network import can_land
from drawdown.mission.tables import Lift, Site
from drawdown.planner.draft import Draft
from drawdown.planner.goals import Goals
from drawdown.planner.stock import Group
from drawdown.planner.ways import Route

#: People of an enabling unit who stay to the end where a site needs what they do.
TEAM = 5

#: Days before the deadline at which such a team goes where it may not stay after it.
LEAVE_BEFORE = 10

#: A way that is open on none of so many days up to the last is no way for the last group.
LAST_DAYS = 30

#: People who are too few for a move of their own leave with the last group: this share of it, and never more than so many.
STRAGGLERS, MOST_STRAGGLERS = 0.25, 30


def may_stay(draft: Draft, site: Site) -> bool:
    """Whether a site can stay open after the deadline: named for it, as its hub is, with guard and care enough."""
    mission, staying = draft.mission, [u for u in draft.mission.units if u.stays and u.stays_at == site.id]
    guard = sum(u.stays for u in staying if u.armed)
    hub = mission.site.get(site.hub or "")
    if not site.liquidation or guard < site.guard or not staying or (hub and not may_stay(draft, hub)):
        return False
    cared_for = any("medical" in u.enables for u in staying)
    return cared_for or bool(evacuated(draft, site)[draft.board.deadline : draft.board.end + 1].all())


def evacuated(draft: Draft, site: Site) -> NDArray[np.bool_]:
    """Evenings on which an aircraft could evacuate a casualty from a site."""
    mission, covered = draft.mission, np.zeros(draft.board.end + 2, dtype=np.bool_)
    for lift in evacuators(draft, site):
        first = max(mission.day(lift.available_from), 0) if lift.available_from else 0
        last = mission.day(lift.available_to) if lift.available_to else draft.board.end
        covered[first : max(min(last, draft.board.base_left.get(lift.base, last)) + 1, 0)] = True
    return covered


def evacuators(draft: Draft, site: Site) -> list[Lift]:
    """Aircraft for casualties in reach of a site."""
    mission = draft.mission

    def near(lift: Lift) -> bool:
        base = mission.place[lift.base]
        return great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km

    return [lift for lift in mission.lift if lift.casevac and mission.in_service(lift) and near(lift)]


def last_day(draft: Draft, goals: Goals, site: Site, tail: int) -> int:
    """The day by whose end a site should be left, with ``tail`` days of work to follow.

    A site that may stay open has to the end of liquidation; others to the deadline, less the days that people still
    need to be out of the mission; all of them only as long as a guard may stay and a casualty could be evacuated.
    """
    mission, board = draft.mission, draft.board
    stays = may_stay(draft, site)
    limit = board.end if stays else board.deadline
    limit = min(limit - goals.onward[site.id] + 1, limit - tail)
    groups = [g for g in draft.stock.groups(site.id) if mission.unit[g.unit].armed and mission.unit[g.unit].site == site.id]
    if not stays and site.guard:
        dates = sorted((mission.unit[g.unit].latest or mission.mission.liquidation_end, g.count) for g in groups)
        while dates and sum(count for _, count in dates[1:]) >= site.guard:
            dates.pop(0)
        if dates:
            limit = min(limit, mission.day(dates[0][0]) - goals.onward[site.id] + 1)
    if not any("medical" in mission.unit[g.unit].enables for g in draft.stock.groups(site.id)):
        uncovered = np.flatnonzero(~evacuated(draft, site)[: limit + 1])
        limit = int(uncovered[0]) if uncovered.size else limit
    return max(1, limit)


def choose_last(draft: Draft, goals: Goals, site: Site, limit: int) -> None:
    """Mark those who stay at a site until its last-out."""
    staying = may_stay(draft, site)
    home = [g for g in draft.stock.groups(site.id) if draft.mission.unit[g.unit].site == site.id]
    for function in _functions(draft, site, limit):
        _keep(draft, goals, site, home, function, staying=staying)
    _keep_guard(draft, site, home, staying=staying)
    if not any(g.last for g in draft.stock.groups(site.id)) and home:
        most = max(home, key=lambda g: (g.role == "main", g.count, g.unit))
        _mark(draft, draft.stock.split(site.id, most, 2 * TEAM))
    if not staying:
        _keep_escorts(draft, goals, site, home, limit)


def _mark(draft: Draft, group: Group) -> None:
    draft.journal.assign(group, "last", True)


def _functions(draft: Draft, site: Site, limit: int) -> list[str]:
    """What somebody at a site must be able to do until its last-out, because nobody elsewhere does it."""
    needs = set()
    if not evacuated(draft, site)[: limit + 1].all():
        needs.add("medical")
    if site.airfield_unit and any(lift.kind == "aeroplane" and can_land(lift, site) for lift in draft.mission.lift):
        needs.add("airfield")
    return sorted(needs)


def _keep(draft: Draft, goals: Goals, site: Site, home: list[Group], function: str, *, staying: bool) -> None:
    """Keep a team of those who have a function: to the end, or (if they may not stay after it) to the deadline."""
    unit = draft.mission.unit
    able = [g for g in home if function in unit[g.unit].enables and g.count]
    able.sort(key=lambda g: (unit[g.unit].latest is not None, staying and g.role == "main", g.role == "rear", -g.count))
    if not able or any(g.last for g in able):
        return
    team = draft.stock.split(site.id, able[0], TEAM)
    if staying and team.role == "main":
        draft.journal.assign(team, "held", max(1, draft.board.deadline - goals.onward[site.id] - LEAVE_BEFORE))
    else:
        _mark(draft, team)


def _keep_escorts(draft: Draft, goals: Goals, site: Site, home: list[Group], limit: int) -> None:
    """Where some of the last group can only leave with escorts of the site itself, keep people enough for a convoy."""
    needed: list[Route] = []
    days = range(max(1, limit - LAST_DAYS), limit + 1)
    for group in draft.stock.groups(site.id):
        if group.last:
            ways = [w for t in goals.for_group(site.id, group) for w in draft.board.ways(site.id, t) if w.seats]
            ways = [w for w in ways if any(draft.board.goes(w, day) for day in days)]
            if ways and all(way.escorted and way.base == site.id for way in ways):
                needed.append(min((way.route for way in ways), key=lambda route: (route.platoons, route.mined)))
    for column in ("escort_platoons", "eod_teams"):
        wanted = max((r.platoons if column == "escort_platoons" else int(r.mined) for r in needed), default=0)
        for group in sorted(home, key=lambda g: (g.role == "rear", -g.count)):
            unit = draft.mission.unit[group.unit]
            teams = getattr(unit, column)
            if wanted > 0 and teams and group.count:
                people = -(-wanted * unit.strength // teams)
                team = group if group.last else draft.stock.split(site.id, group, people)
                _mark(draft, team)
                wanted -= team.count * teams // unit.strength


def _keep_guard(draft: Draft, site: Site, home: list[Group], *, staying: bool) -> None:
    """Keep armed people enough: those without a date to leave by, and of as few units as will do."""
    unit = draft.mission.unit
    armed = [g for g in draft.stock.groups(site.id) if unit[g.unit].armed]
    wanted = site.guard - sum(g.count for g in armed if g.last)
    pool = [g for g in home if g.count and not g.last and unit[g.unit].armed and (not staying or g.role == "stay")]
    pool.sort(key=lambda g: (unit[g.unit].latest is not None, g.role == "rear", -g.count, g.unit))
    for group in pool:
        if wanted > 0:
            own = draft.stock.split(site.id, group, wanted)
            _mark(draft, own)
            wanted -= own.count


def keep_rear_parties(draft: Draft, site: Site) -> None:
    """Rear parties whose equipment is still there after everything was moved that could be leave with it, last."""
    owners = {parcel.lot.unit for parcel in draft.stock.parcels(site.id)}
    for group in draft.stock.groups(site.id):
        if group.role == "rear" and group.unit in owners:
            _mark(draft, group)


def keep_stragglers(draft: Draft, site: Site) -> None:
    """People who are too few for a move of their own leave with the last group."""
    mission, groups = draft.mission, draft.stock.groups(site.id)
    rest = [g for g in groups if not g.last and not mission.unit[g.unit].separates]
    few = min(MOST_STRAGGLERS, STRAGGLERS * sum(g.count for g in groups if g.last))
    if may_stay(draft, site) or any(mission.unit[g.unit].latest or g.role == "rear" for g in rest):
        return
    if sum(g.count for g in rest) <= few:
        for group in rest:
            _mark(draft, group)
