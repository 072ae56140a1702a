"""The page of a status: plan against actual on a day, in one HTML file that asks the network for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from drawdown.forecast import told
from drawdown.forecast.answers import Status
from drawdown.mission.mission import Mission
from drawdown.report import tracking
from drawdown.report.facts import Fact
from drawdown.report.names import days, long_date, number, sentence
from drawdown.report.release import RELEASES, Audience
from drawdown.report.render import Format
from drawdown.report.tracking.closures import overdue
from drawdown.report.tracking.page import Charts, alert_rows, page, pictures, stamps, told_alerts
from drawdown.report.uncovered import of_record

_CONTENTS = ("people", "sites", "mandate", "alerts", "equipment", "obligations", "stamps")


class SiteRow(NamedTuple):
    """A site in the table: its days, where it stands (late: bad news), and people there now and at cessation."""

    name: str
    planned_last_out: date | None
    last_out: date | None
    state: str
    late: bool
    planned_handover: date | None
    handover: date | None
    people: int
    people_at_start: int


class OwedRow(NamedTuple):
    """An obligation in the table, and where it stands (late: bad news)."""

    due: date
    name: str
    met_on: date | None
    state: str
    late: bool
    reference: str


def render_status(status: Status, release: Audience = "internal", mission: Mission | None = None) -> str:
    """A status as the text of an HTML file; the same status gives the same text.

    ``release`` says for whom it is: it is marked so, and what they may not see is left out (partners: what
    there is on clearances and escorts; the public: what any alert says, moves beside the mandate, and how many people
    are at a site). With its ``mission`` there is a map of what the mandate does not cover, if there is any.
    """
    allowed = RELEASES[release]
    alerts, bare = told_alerts(status.alerts, allowed), of_record(status.violations, allowed)
    return page(
        "status.html.j2",
        status.stamp,
        _charts(status, release, mission),
        release,
        title="Status",
        status=status,
        headline=_headline(status),
        figures=list(_facts(status, told.tally(alerts))),
        contents=[(part, part.capitalize()) for part in _CONTENTS if part != "mandate" or bare],
        counts=[day for day in reversed(status.curve) if day.reported is not None],
        sites=_sites(status),
        uncovered=bare,
        alert_rows=alert_rows(alerts, allowed),
        alerted=len(alerts),
        tally=told.tally(alerts),
        obligations=_obligations(status),
        stamps=stamps(status.stamp, [status.as_of], status.known_on),
    )


def status_chart_files(status: Status, *, form: Format = "svg", release: Audience = "internal") -> dict[str, bytes]:
    """Every chart of a status that says something, as a picture, by name; see `render_status` for ``release``."""
    return pictures(_charts(status, release), form)


def _charts(status: Status, release: Audience, mission: Mission | None = None) -> Charts:
    charts: dict[str, bool] = {
        "people": True,
        "closures": bool(status.sites),
        "equipment": any(row.recorded_teu > 0 for row in status.equipment),
    }
    draw = {
        "people": partial(tracking.s_curve, status),
        "closures": partial(tracking.closures, status, release),
        "equipment": partial(tracking.equipment, status),
    }
    found = {name: draw[name] for name, says in charts.items() if says}
    if mission and of_record(status.violations, RELEASES[release]):
        found["map"] = partial(tracking.violations, status, mission, release)
    return found


def _headline(status: Status) -> str:
    """How that is beside the plan, and how long there is."""
    parts = []
    if status.planned_remaining is not None:
        beside = ", ".join(filter(None, (told.beside_plan(status), told.pace_beside_plan(status))))
        parts.append(f"The plan has {status.planned_remaining:,} by now: {beside}.")
    left = (status.deadline - status.as_of).days
    when = f"in {days(left)}" if left > 0 else "today" if not left else f"{days(-left)} ago"
    return " ".join([*parts, f"The deadline, {long_date(status.deadline)}, {'is' if left >= 0 else 'was'} {when}."])


def _facts(status: Status, tally: str) -> Iterator[Fact]:
    left = [site for site in status.sites if site.last_out is not None]
    late = [site.name for site in status.sites if overdue(site, status.as_of)]
    due = sum(site.planned_last_out is not None and site.planned_last_out <= status.as_of for site in status.sites)
    more = f"{due} by the plan" + (f"; overdue: {', '.join(late)}" if late else "")
    yield Fact("People who have left", number(status.people_left), f"of {number(status.people_to_leave)}")
    yield Fact("Sites left", f"{len(left)} of {len(status.sites)}", more, bad=bool(late))
    if status.equipment:
        gone, planned, whole = (
            sum(getattr(row, field) for row in status.equipment) for field in ("recorded_teu", "planned_teu", "teu")
        )
        more = f"{planned:,.0f} by the plan, of {whole:,.0f}"
        yield Fact("Equipment gone by the record", f"{gone:,.0f} TEU", more, bad=gone < planned)
    owed = [row.name for row in status.obligations if told.overdue(row, status.as_of)]
    yield Fact("Obligations overdue", number(len(owed)) if owed else "None", ", ".join(owed), bad=bool(owed))
    yield Fact("Alerts", sentence(tally), bad="serious" in tally)


def _sites(status: Status) -> list[SiteRow]:
    return [
        SiteRow(
            name=site.name,
            planned_last_out=site.planned_last_out,
            last_out=site.last_out,
            state=told.site_state(site, status.as_of),
            late=overdue(site, status.as_of) or bool(site.last_out and site.days_late and site.days_late > 0),
            planned_handover=site.planned_handover,
            handover=site.handover,
            people=site.people,
            people_at_start=site.people_at_start,
        )
        for site in told.sites_in_order(status.sites)
    ]


def _obligations(status: Status) -> list[OwedRow]:
    on = status.as_of
    return [
        OwedRow(row.due, row.name, row.met_on, told.owed_state(row, on), told.overdue(row, on), row.reference)
        for row in sorted(status.obligations, key=lambda row: (row.due, row.name))
    ]
