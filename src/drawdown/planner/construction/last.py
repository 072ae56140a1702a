"""Who leaves a site last: its guard, whom its closing and its casualties need, and those who stay for liquidation."""

from __future__ import annotations

import numpy as np

from drawdown.mission.network import can_land
from drawdown.mission.tables import Site
from drawdown.planner.construction.casualties import evacuated
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.stock import Group
from drawdown.planner.construction.ways import Route

#: People of an enabling unit who stay to the end where a site needs what they do.
TEAM = 5

#: A way that is open on none of so many days up to the last is no way for the last group.
LAST_DAYS = 30

#: People who are too few for a move of their own leave with the last group: this share of it, and at most so many.
STRAGGLERS, MOST_STRAGGLERS = 0.25, 30


def may_stay(draft: Draft, site: Site) -> bool:
    """Whether a site can stay open after the deadline: named for it, as its hub is, with guard and care enough."""
    if site.id in draft.settings.by_deadline:
        return False
    mission, staying = draft.mission, [u for u in draft.mission.units if u.stays and u.stays_at == site.id]
    guard = sum(u.stays for u in staying if u.armed)
    hub = mission.site.get(site.hub or "")
    if not site.liquidation or guard < site.guard or not staying or (hub and not may_stay(draft, hub)):
        return False
    if not all(draft.goals.home(site.id, u) or u.separates for u in staying):
        return False  # on their way home by a hub they would be where nobody is named to be
    cared_for = any("medical" in u.enables for u in staying)
    return cared_for or bool(evacuated(draft, site)[draft.board.deadline :].all())


def last_day(draft: Draft, site: Site, tail: int) -> int:
    """The day by whose end a site should be left, with ``tail`` days of work to follow.

    A site that may stay open has to the end of liquidation; others to the deadline, less the days that people still
    need to be out of the mission; all of them only as long as a guard may stay and a casualty could be evacuated.
    """
    mission, board = draft.mission, draft.board
    stays = may_stay(draft, site)
    limit = board.end if stays else board.deadline
    limit = min(limit - draft.goals.onward[site.id] + 1, limit - tail)
    if not stays:
        limit = min(limit, _guarded_until(draft, site) - draft.goals.onward[site.id] + 1)
    if not any("medical" in mission.unit[g.unit].enables for g in draft.stock.groups(site.id)):
        uncovered = np.flatnonzero(~evacuated(draft, site)[: limit + 1])
        limit = int(uncovered[0]) if uncovered.size else limit
    return max(1, limit)


def _guarded_until(draft: Draft, site: Site) -> int:
    """The day by which so many armed people must have gone that too few are left for the guard."""
    mission = draft.mission
    armed = [u for u in mission.units if u.armed and u.site == site.id]
    for day in sorted({u.latest for u in armed if u.latest}):
        if sum(u.strength for u in armed if not u.latest or u.latest > day) < site.guard:
            return mission.day(day)
    return draft.board.end


def choose_last(draft: Draft, site: Site, limit: int) -> None:
    """Mark those who stay at a site until its last-out."""
    staying = may_stay(draft, site)
    home = [g for g in draft.stock.groups(site.id) if draft.mission.unit[g.unit].site == site.id]
    for function in _functions(draft, site, limit):
        _keep(draft, site, home, function, staying=staying)
    _keep_guard(draft, site, home, staying=staying)
    if not any(g.last for g in draft.stock.groups(site.id)) and home:
        most = max(home, key=lambda g: (g.role == "main", g.count, g.unit))
        _mark(draft, draft.stock.split(site.id, most, 2 * TEAM))
    if not staying and draft.goals.exits[site.id, "people"]:  # at a hub they would still be there to be counted
        _keep_escorts(draft, site, home, limit)


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


def _keep(draft: Draft, site: Site, home: list[Group], function: str, *, staying: bool) -> None:
    """Keep a team of those who have a function: to the end, or almost if they may not stay after the deadline."""
    unit = draft.mission.unit
    able = [g for g in home if function in unit[g.unit].enables and g.count]
    able.sort(key=lambda g: (unit[g.unit].latest is not None, staying and g.role == "main", g.role == "rear", -g.count))
    if not able or any(g.last for g in able):
        return
    team = draft.stock.split(site.id, able[0], TEAM)
    draft.journal.assign(team, "late" if staying and team.role == "main" else "last", True)


def _keep_escorts(draft: Draft, site: Site, home: list[Group], limit: int) -> None:
    """Where some of the last can only leave with escorts of the site itself, keep people enough for a convoy."""
    needed: list[Route] = []
    days = range(max(1, limit - LAST_DAYS), limit + 1)
    for group in draft.stock.groups(site.id):
        if group.last or group.role == "rear":
            ways = [w for t in draft.goals.for_group(site.id, group) for w in draft.board.ways(site.id, t) if w.seats]
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
    unit, groups = draft.mission.unit, draft.stock.groups(site.id)
    rest = [g for g in groups if not (g.last or unit[g.unit].separates or unit[g.unit].latest)]
    few = min(MOST_STRAGGLERS, STRAGGLERS * sum(g.count for g in groups if g.last))
    if not may_stay(draft, site) and sum(g.count for g in rest) <= few:
        for group in rest:
            _mark(draft, group)
