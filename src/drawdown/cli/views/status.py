"""What `status` says to a person: where it stands in one line, then people, sites and alerts, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from drawdown.cli.text import count, counted, day, dollars, table, wrapped
from drawdown.forecast import told
from drawdown.forecast.answers import Owed, SiteStatus, Stamp, Status, Violation
from drawdown.ledger.alerts import Alert

_COUNTS, _ALERTS, _VIOLATIONS = 6, 10, 10  # rows that are worth a line
_SHORT = 12  # letters of a hash that are enough to compare by eye


def status_text(status: Status) -> str:
    """Where a drawdown stands beside its plan."""
    parts = [
        [headed(status.stamp, "status", status.as_of, status.known_on), "", wrapped(_headline(status))],
        list(_counts(status)),
        list(_sites(status)),
        list(_violations(status.violations)),
        list(alert_lines(status.alerts)),
        list(_equipment(status)),
        list(_obligations(status.obligations, status.as_of)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def headed(stamp: Stamp, what: str, as_of: date, known_on: date) -> str:
    """Of what mission and day it is, and what it was made from."""
    known = "" if known_on == as_of else f", as known on {day(known_on)}"
    return "\n".join([wrapped(f"{stamp.mission_name}: {what} as of {day(as_of)}{known}"), stamped(stamp)])


def stamped(stamp: Stamp) -> str:
    """The beginnings of the hashes of mission, plan and ledger."""
    plan = f"plan {stamp.plan_hash[:_SHORT]}, " if stamp.plan_hash else ""
    entries = counted(stamp.entries, "entry", "entries")
    return f"mission {stamp.mission_hash[:_SHORT]}, {plan}ledger {stamp.ledger_digest[:_SHORT]} ({entries})"


def alert_lines(alerts: Sequence[Alert]) -> Iterator[str]:
    """The first alerts in their order, and how many there are in all."""
    if not alerts:
        yield "No alerts: what is recorded adds up."
        return
    yield f"Alerts: {told.tally(alerts)}"
    remedy = ""
    for number, alert in enumerate(alerts[:_ALERTS], 1):
        where = f"{alert.where}: " if alert.where else ""
        yield wrapped(f"{number:>2}. {alert.severity.upper()} {where}{alert.message}{_stakes(alert)}", 1, 5)
        if alert.remedy != remedy:  # of several that ask for the same it is said once
            remedy = alert.remedy
            yield wrapped(remedy, 5)
    if len(alerts) > _ALERTS:
        yield f"    and {count(len(alerts) - _ALERTS)} more; --json has them all"


def _stakes(alert: Alert) -> str:
    """What hangs on an alert, as far as its message does not say so itself."""
    parts = [
        f"{count(alert.people)} people" if alert.people and count(alert.people) not in alert.message else "",
        dollars(alert.usd) if alert.usd else "",
    ]
    found = ", ".join(filter(None, parts))
    return f" ({found})" if found else ""


def _headline(status: Status) -> str:
    remaining = f"{count(status.people_remaining)} of {count(status.people_to_leave)} people are still to leave"
    beside = ", ".join(filter(None, (told.beside_plan(status), told.pace_beside_plan(status))))
    left = (status.deadline - status.as_of).days
    when = f"in {told.days(left)}" if left > 0 else "today" if not left else f"{told.days(left)} ago"
    return f"{remaining}{f': {beside}' if beside else ''}. The deadline, {day(status.deadline)}, is {when}."


def _counts(status: Status) -> Iterator[str]:
    found = [row for row in status.curve if row.reported is not None and row.date <= status.as_of][-_COUNTS:]
    if not found:
        yield "Nobody has counted yet."
        return
    rows = []
    for row in found:
        more = None if row.planned is None else (row.reported or 0) - row.planned
        planned = ["-", "-"] if row.planned is None or more is None else [count(row.planned), f"{more:+,}"]
        rows.append([day(row.date), count(row.reported or 0), *planned])
    yield table(["people still to leave", "counted", "planned", "more"], rows)


def _sites(status: Status) -> Iterator[str]:
    head = ["last person leaves", "planned", "was", "", "handed over", "people there"]
    rows = [
        [
            site.name,
            day(site.planned_last_out),
            day(site.last_out),
            _state(site, status.as_of),
            day(site.handover),
            count(site.people),
        ]
        for site in told.sites_in_order(status.sites)
    ]
    left = sum(site.last_out is not None for site in status.sites)
    due = sum(site.planned_last_out is not None and site.planned_last_out <= status.as_of for site in status.sites)
    yield f"{left} of {counted(len(rows), 'site')} left; by the plan {due}"
    yield table(head, rows)


def _state(site: SiteStatus, on: date) -> str:
    return told.site_state(site, on).removeprefix("left, ")


def _violations(found: Sequence[Violation]) -> Iterator[str]:
    """What was done beside the mandate, by days; why stands with the alerts and in the JSON."""
    if not found:
        return
    yield f"Not covered by the mandate: {counted(len(found), 'act')} on record"
    for row in found[:_VIOLATIONS]:
        days = day(row.start) + (f" to {day(row.end)}" if row.end != row.start else "")
        near = f"; the nearest authority: {row.reference}" if row.reference else "; there is no authority for it"
        yield wrapped(f"! {days:>11}  {row.where}: {row.what}{near}", 1, 16)
    if len(found) > _VIOLATIONS:
        yield f"    and {count(len(found) - _VIOLATIONS)} more; --json has them all"


def _equipment(status: Status) -> Iterator[str]:
    if not status.equipment:
        return
    rows = [
        [row.owner, *map(count, (row.teu, row.planned_teu, row.recorded_teu)), dollars(row.usd)]
        for row in status.equipment
    ]
    yield table(["equipment", "TEU in all", "gone by plan", "by the record", "worth in all"], rows)
    if not any(row.recorded_teu for row in status.equipment):
        yield "Nothing is recorded to have gone: either nothing has, or nobody has recorded it."


def _obligations(owed: Sequence[Owed], on: date) -> Iterator[str]:
    if not owed:
        return
    late = sum(told.overdue(row, on) for row in owed)
    yield f"Obligations: {late or 'none'} overdue"
    for row in sorted(owed, key=lambda row: (row.due, row.name)):
        mark = "!" if told.overdue(row, on) else " "
        yield wrapped(f"{mark} {day(row.due):>11}  {row.name}: {told.owed_state(row, on)}", 1, 16)
