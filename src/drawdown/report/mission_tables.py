"""The tables of a mission: where sources disagree, what is assumed, and the mandate. Plain rows for readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from drawdown.mission.basis import Conflict, rows_by_id, table_value
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Claim
from drawdown.report.names import days, name_in, sentence, subject, words


class ClaimRow(NamedTuple):
    """A value that one document states."""

    value: str
    source: str
    as_of: date | None
    adopted: bool


class ConflictRow(NamedTuple):
    """Documents that disagree about one thing, with what was adopted and why."""

    about: str
    claims: list[ClaimRow]
    adopted: str
    reason: str


class AssumptionRow(NamedTuple):
    """A value that nobody published, with the reason for it."""

    about: str
    value: str
    reason: str


class AuthorityRow(NamedTuple):
    """What the mandate allows."""

    function: str
    start: date
    end: date
    where: str
    conditions: str
    reference: str
    ended: bool


class ObligationRow(NamedTuple):
    """What the mandate demands."""

    name: str
    due: date
    owed: str
    met: str
    reference: str


class EventRow(NamedTuple):
    """What became of the mandate on a day."""

    day: date
    what: str
    until: date | None
    text: str


def _claimed(claim: Claim) -> str:
    return " ".join(filter(None, (claim.value, claim.unit)))


def conflict_rows(mission: Mission, conflicts: Iterable[Conflict]) -> list[ConflictRow]:
    """Conflicts between sources, with the titles of the documents."""
    titles = {source.id: source.title for source in mission.sources}
    rows = []
    for conflict in conflicts:
        claims = [
            ClaimRow(_claimed(c), titles.get(c.source or "", sentence(c.basis)), c.as_of, c.adopted)
            for c in conflict.claims
        ]
        about = subject(mission, conflict.claims[0]) if conflict.claims else conflict.topic
        rows.append(ConflictRow(about, claims, conflict.adopted or "none", conflict.reason or ""))
    return rows


def assumption_rows(mission: Mission, *, values: bool) -> list[AssumptionRow]:
    """What is assumed, in the order of the claims; with the ``values`` that the mission has for it, if it is one."""
    claims = [claim for claim in mission.claims if claim.basis == "assumed" and claim.adopted]
    rows = rows_by_id(mission)

    def value(claim: Claim) -> str:
        return _claimed(claim) if claim.value else table_value(rows, claim) or ""

    return [AssumptionRow(subject(mission, c), value(c) if values else "", c.reason or "") for c in claims]


def authority_rows(mission: Mission) -> list[AuthorityRow]:
    """Authorities in order of time; those that ended by the day of cessation are marked."""
    rows = []
    for row in sorted(mission.authorities, key=lambda row: (row.from_date, row.to_date, row.id)):
        places = ", ".join(name_in(mission.place, place) for place in row.places)
        area = "" if row.area == "sites" and places else sentence(words(row.area))
        rows.append(
            AuthorityRow(
                function=sentence(words(row.function)),
                start=row.from_date,
                end=row.to_date,
                where=": ".join(filter(None, (area, places))),
                conditions="; ".join(filter(None, (row.who, row.conditions))),
                reference=row.reference,
                ended=row.to_date <= mission.mission.cessation,
            )
        )
    return rows


def event_rows(mission: Mission) -> list[EventRow]:
    """The life of the mandate in order of time."""
    return [
        EventRow(row.day, row.name, row.until, "; ".join(filter(None, (row.reference, row.votes))))
        for row in sorted(mission.mandate_events, key=lambda row: row.day)
    ]


def obligation_rows(mission: Mission) -> list[ObligationRow]:
    """Obligations in order of their due dates, with how late each was met."""
    return [
        ObligationRow(
            name=row.name,
            due=row.due,
            owed=" to ".join(filter(None, (row.owed_by, row.owed_to))),
            met=_met(row.due, row.met_on),
            reference=row.reference,
        )
        for row in sorted(mission.obligations, key=lambda row: (row.due, row.id))
    ]


def _met(due: date, met_on: date | None) -> str:
    if met_on is None:
        return ""
    late = (met_on - due).days
    return f"{met_on}" + (f", {days(late)} late" if late > 0 else f", {days(-late)} early" if late < 0 else "")
