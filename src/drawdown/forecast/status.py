"""Plan against actual on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from drawdown.forecast.answers import Gone, Owed, SiteStatus, Status
from drawdown.forecast.case import Case, people_to_leave, planned_leavers
from drawdown.forecast.violations import alerts_of, violations
from drawdown.ledger.alerts import Alert
from drawdown.ledger.standing import Standing
from drawdown.mission.mission import Mission

#: Owners of equipment as they are printed.
OWNERS = {"contingent": "Contingents", "un": "United Nations", "contractor": "Contractors"}


def status(case: Case, as_of: date, known_on: date) -> Status:
    """Where a drawdown stands on a day, by what was known on a day, beside the plan in force."""
    mission, found = case.mission, case.standing(as_of, known_on)
    to_leave = people_to_leave(mission)
    left = min(found.left_total, to_leave)
    planned, behind = _planned(case, as_of, to_leave - left)
    owed = tuple(_owed(mission, as_of))
    sites = tuple(_site(case, found, site.id) for site in mission.sites)
    bare = violations(case, as_of, known_on)
    return Status(
        stamp=case.stamp,
        as_of=as_of,
        known_on=known_on,
        people_to_leave=to_leave,
        people_left=left,
        people_remaining=to_leave - left,
        planned_remaining=planned,
        days_behind=behind,
        curve=case.curve(as_of, known_on),
        sites=sites,
        equipment=tuple(_equipment(case, found)),
        obligations=owed,
        alerts=ranked([*found.alerts, *alerts_of(bare), *_overdue_sites(sites), *_overdue(owed, as_of)], mission),
        deadline=mission.mission.deadline,
        violations=bare,
    )


def _planned(case: Case, as_of: date, remaining: int) -> tuple[int | None, int | None]:
    """How many were to be left by the plan, and how many days ago the plan had as few as there are."""
    if case.replay is None:
        return None, None
    planned = planned_leavers(case.replay)
    today = min(case.mission.day(as_of), len(planned) - 1)
    there = int(np.argmax(planned <= remaining)) if planned.min() <= remaining else len(planned) - 1
    return int(planned[today]), today - there


def _site(case: Case, found: Standing, site: str) -> SiteStatus:
    row, closure = case.mission.site[site], case.plan.closure.get(site) if case.plan else None
    planned, actual = closure.last_out if closure else None, found.last_out.get(site)
    late: int | None = None
    if planned and (actual or found.on > planned):
        late = ((actual or found.on) - planned).days
    return SiteStatus(
        site=site,
        name=row.name,
        planned_last_out=planned,
        last_out=actual,
        planned_handover=closure.handover if closure else None,
        handover=found.handed_over.get(site),
        people=found.people_at(site),
        people_at_start=sum(unit.strength for unit in case.mission.units if unit.site == site),
        days_late=late,
    )


def _equipment(case: Case, found: Standing) -> Iterator[Gone]:
    """What has left or ended, by owner; items on the way to an exit have left by plan, not yet by record."""
    mission, play = case.mission, case.replay
    today = min(mission.day(found.on), play.days) if play else 0
    rows: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for lot in mission.equipment:
        row = rows[lot.owner]
        row[0] += lot.count * lot.teu_each
        row[1] += lot.count * lot.value_each
        if play:
            row[2] += (lot.count - float(play.in_care[lot.id][today])) * lot.teu_each
        row[3] += sum(found.gone.get(lot.id, {}).values()) * lot.teu_each
    for owner, (teu, usd, planned, recorded) in sorted(rows.items()):
        yield Gone(OWNERS.get(owner, owner), teu, usd, planned, recorded)


def _owed(mission: Mission, as_of: date) -> Iterator[Owed]:
    """The obligations of the mandate, the earliest due first; what was met after the day is not met yet."""
    for row in sorted(mission.obligations, key=lambda one: (one.due, one.id)):
        met = row.met_on if row.met_on and row.met_on <= as_of else None
        late = max(0, ((met or as_of) - row.due).days)
        yield Owed(row.name, row.due, met, late, row.reference)


def _overdue_sites(sites: tuple[SiteStatus, ...]) -> Iterator[Alert]:
    for site in sites:
        if site.last_out is None and site.days_late and site.planned_last_out:
            yield Alert(
                kind="site_overdue",
                severity="warning",
                when=site.planned_last_out,
                where=site.name,
                message=f"was to be left on {_said(site.planned_last_out)}; {site.people:,} people are still there",
                remedy="record its last-out if it has been left, or plan again: drawdown replan",
                people=site.people,
                days=site.days_late,
            )


def _overdue(owed: tuple[Owed, ...], as_of: date) -> Iterator[Alert]:
    for row in owed:
        if row.met_on is None and row.due < as_of:
            yield Alert(
                kind="obligation_overdue",
                severity="serious",
                when=row.due,
                where=None,
                message=f"{row.name} was due on {_said(row.due)} ({row.reference})",
                remedy="meet it, and write the day into the obligation's met_on",
                days=row.days_late,
            )


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def ranked(alerts: Iterable[Alert], mission: Mission) -> tuple[Alert, ...]:
    """Alerts by consequence: how grave, how many people, how many dollars; places by their names."""
    grave = {"serious": 0, "warning": 1, "note": 2}
    named = [
        replace(row, where=mission.place[row.where].name) if row.where and row.where in mission.place else row
        for row in alerts
    ]
    return tuple(sorted(named, key=lambda row: (grave[row.severity], -row.people, -row.usd, row.when, row.message)))
