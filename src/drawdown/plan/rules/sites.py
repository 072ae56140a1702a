"""What a site needs every day until its last person has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Lift, Site
from drawdown.plan.replay import Days, Replay
from drawdown.plan.rules.rule import Broken, rule, spans

#: Room for rounding when TEU are added up.
EPS = 1e-6


def _open_days(replay: Replay, site: str) -> slice:
    """Evenings on which somebody should be at a site: day 0 to the evening before last-out."""
    closure = replay.plan.closure.get(site)
    return slice(0, replay.day(closure.last_out) if closure else replay.days + 1)


def _missing(replay: Replay, site: Site, short: Days) -> Iterator[tuple[date, date, int]]:
    """Each run of days until a site's last-out on which something is short: first and last day, and the most it is."""
    short = short.copy()
    short[_open_days(replay, site.id).stop :] = 0
    for first, last in spans(short > 0):
        yield replay.mission.date(first), replay.mission.date(last), int(short[first : last + 1].max())


@rule("A site closes once, and last-out is the day its last person leaves (conventions, days)")
def closes_once(replay: Replay) -> Iterator[Broken]:
    """Every site is closed exactly once: somebody is there until its last-out, and nobody after it."""
    mission, plan = replay.mission, replay.plan
    for site in mission.sites:
        rows = [c for c in plan.closures if c.site == site.id]
        if len(rows) != 1:
            text = "it has no closure" if not rows else f"it is closed {a_few(len(rows), 'time')}"
            yield Broken("closes_once", site.id, site.name, mission.mission.cessation, mission.date(replay.days), text)
            continue
        peopled = np.flatnonzero(replay.people_at[site.id] > 0)
        if not peopled.size:
            continue
        last_out, actual = replay.day(rows[0].last_out), int(peopled[-1]) + 1
        if actual != last_out:
            leaves = (
                "people are there to the end"
                if actual > replay.days
                else f"the last person leaves on {mission.date(actual)}"
            )
            text = f"last-out is planned for {rows[0].last_out}, but {leaves}"
            start, end = sorted((last_out, min(actual, replay.days)))
            days = mission.date(start), mission.date(end)
            yield Broken("closes_once", site.id, site.name, days[0], days[1], text, abs(actual - last_out))
        for before, after in pairwise(peopled.tolist()):
            if after > before + 1:
                days = mission.date(before + 1), mission.date(after - 1)
                text = "nobody is there, and later people come back"
                yield Broken("closes_once", site.id, site.name, days[0], days[1], text, after - before - 1)


@rule("Closed early where no armed unit could stay [P40, P41]; sites.guard")
def guard(replay: Replay) -> Iterator[Broken]:
    """Until its last-out a site keeps its guard of armed people while anyone or anything else is there."""
    for site in replay.mission.sites:
        armed = replay.armed_at[site.id]
        others = (replay.people_at[site.id] > armed) | (replay.items_at[site.id] > 0)
        for start, end, by in _missing(replay, site, np.where(others, site.guard - armed, 0)):
            text = f"{a_few(by, 'armed person', 'armed people')} missing from the guard"
            yield Broken("guard", site.id, site.name, start, end, text, by)


def _in_service(replay: Replay, lift: Lift) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mission, on = replay.mission, np.ones(replay.days + 1, dtype=np.bool_)
    if lift.available_from:
        on[: max(mission.day(lift.available_from), 0)] = False
    if lift.available_to:
        on[max(mission.day(lift.available_to) + 1, 0) :] = False
    if lift.base in mission.site:
        # An aircraft works to the evening of the day on which its base is left.
        on[_open_days(replay, lift.base).stop + 1 :] = False
    return on


@rule("CASEVAC outranks all but countering immediate threats: policy DOS/2020.7; mission.casevac_km")
def casevac(replay: Replay) -> Iterator[Broken]:
    """Until its last-out a site with people has a medical unit, or an evacuation aircraft in reach and in service."""
    mission = replay.mission
    aircraft = [(lift, mission.place[lift.base], _in_service(replay, lift)) for lift in mission.lift if lift.casevac]
    medical = [u.id for u in mission.units if "medical" in u.enables]
    for site in mission.sites:
        covered = np.zeros(replay.days + 1, dtype=np.bool_)
        for lift, base, on in aircraft:
            if (
                mission.in_service(lift)
                and great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km
            ):
                covered |= on
        for unit in medical:
            covered |= replay.evening("people", unit, site.id) > 0
        short = np.where(covered | (replay.people_at[site.id] <= 0), 0, 1)
        for start, end, by in _missing(replay, site, short):
            yield Broken("casevac", site.id, site.name, start, end, "nobody could evacuate a casualty", by)


@rule("Self-sustainment to the end: COE Manual; equipment.life_support")
def life_support(replay: Replay) -> Iterator[Broken]:
    """Until last-out, life-support items stay at their site in proportion to the people still there."""
    mission = replay.mission
    for lot in mission.equipment:
        people = replay.people_at[lot.site]
        site = mission.site[lot.site]
        made_for = max(int(people[0]), site.people_at_start)
        if not lot.life_support or made_for <= 0:
            continue
        need = -(-lot.count * np.minimum(people, made_for) // made_for)
        for start, end, by in _missing(replay, site, need - replay.evening("lot", lot.id, lot.site)):
            text = f"{a_few(by, 'item')} of {lot.name} missing"
            yield Broken("life_support", site.id, site.name, start, end, text, by)


@rule("A camp's yards hold so much and no more: hubs fill up when onward transport is slow; sites.yard_teu")
def yard(replay: Replay) -> Iterator[Broken]:
    """No more equipment stands at a site than its yards hold."""
    mission = replay.mission
    for site in mission.sites:
        if site.yard_teu <= 0:
            continue
        teu = sum(replay.evening("lot", lot.id, site.id) * lot.teu_each for lot in mission.equipment if lot.teu_each)
        over = np.asarray(teu + np.zeros(replay.days + 1)) - site.yard_teu
        for first, last in spans(over > EPS):
            by = float(over[first : last + 1].max())
            text = f"{by:.0f} TEU more than its yards hold"
            yield Broken("yard", site.id, site.name, mission.date(first), mission.date(last), text, by)
