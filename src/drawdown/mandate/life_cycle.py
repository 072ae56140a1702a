"""The life cycle of a mandate: where the mission stands on a day, and what its ceilings are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from drawdown.mandate.windows import ONE_DAY
from drawdown.mandate.words import day_words, span_words
from drawdown.mission.mission import Mission
from drawdown.mission.tables import MandateEvent

StageName = Literal["before", "established", "in_operation", "consent_withdrawn", "drawdown", "liquidation", "closed"]

_WORDS: dict[StageName, str] = {
    "before": "before the mandate",
    "established": "established, not yet in charge",
    "in_operation": "in operation",
    "consent_withdrawn": "in operation, the host's consent withdrawn",
    "drawdown": "drawdown",
    "liquidation": "liquidation",
    "closed": "closed",
}


@dataclass(frozen=True)
class Ceiling:
    """At most so many people of a kind, since a day, by a text."""

    number: int
    number_of: str
    since: date
    reference: str


@dataclass(frozen=True)
class Event:
    """An event of the life cycle, with its text."""

    day: date
    kind: str
    name: str
    until: date | None
    reference: str
    votes: str | None
    source: str | None
    days_ago: int


@dataclass(frozen=True)
class Stage:
    """Where a mission stands on a day: its stage in words, since when, and by when the stage ends if that is known."""

    stage: StageName
    words: str
    since: date | None
    until: date | None
    days_left: int | None
    by_event: str | None
    rotations_suspended_since: date | None


def begins(mission: Mission) -> date:
    """The first day of a mission: its first event, else its first authority, else the day of cessation.

    Nothing that is said to have happened before it can be true of the mission.
    """
    days = [event.day for event in mission.mandate_events] or [row.from_date for row in mission.authorities]
    return min(days, default=mission.mission.cessation)


def ceilings_on(mission: Mission, on: date) -> tuple[Ceiling, ...]:
    """The ceilings in force on a day, the latest of each kind; none before the mandate, none after its last day."""
    if (ended := _last(mission, "terminated", on)) and ended.day < on:
        return ()
    latest: dict[str, MandateEvent] = {}
    for event in sorted(mission.mandate_events, key=lambda event: event.day):
        if event.kind == "ceiling" and event.day <= on and (event.until is None or on <= event.until):
            latest[event.number_of or "people"] = event
    return tuple(Ceiling(event.number or 0, kind, event.day, event.reference) for kind, event in latest.items())


def events_to(mission: Mission, on: date) -> tuple[Event, ...]:
    """The life cycle up to and including a day, in order."""
    titles = {source.id: source.title for source in mission.sources}
    return tuple(
        Event(
            day=event.day,
            kind=event.kind,
            name=event.name,
            until=event.until,
            reference=event.reference,
            votes=event.votes,
            source=titles.get(event.source or "", event.source),
            days_ago=(on - event.day).days,
        )
        for event in sorted(mission.mandate_events, key=lambda event: event.day)
        if event.day <= on
    )


def stage_on(mission: Mission, on: date) -> Stage:
    """Where a mission stands on a day.

    From the day of cessation on the mission's own dates decide (drawdown to its deadline, then liquidation to its
    end), since plans are made by them; before it the events do. A mission without events is in operation from its
    first authority.
    """
    name, since, until, event = _stage(mission, on)
    words = _WORDS[name] + (f" since {day_words(since)}" if since else "")
    if until:
        words += f", to {day_words(until)} ({_left(until, on)})"
    suspended = _suspended(mission, on)
    if suspended:
        words += f"; rotations suspended since {day_words(suspended)}"
    days_left = (until - on).days if until else None
    return Stage(name, words, since, until, days_left, event.name if event else None, suspended)


def _left(until: date, on: date) -> str:
    left = (until - on).days
    return f"{span_words(left)} left" if left > 0 else "its last day" if left == 0 else f"{span_words(-left)} over"


_Found = tuple[StageName, date | None, date | None, MandateEvent | None]


def _stage(mission: Mission, on: date) -> _Found:
    head, latest = mission.mission, _last(mission, "", on)
    if on < begins(mission):
        return "before", None, None, None
    if on < head.cessation:
        return _before_cessation(mission, on, latest)
    if on <= head.deadline:
        return "drawdown", head.cessation, head.deadline, latest
    if on <= head.liquidation_end:
        return "liquidation", head.deadline + ONE_DAY, head.liquidation_end, latest
    return "closed", head.liquidation_end + ONE_DAY, None, latest


def _before_cessation(mission: Mission, on: date, latest: MandateEvent | None) -> _Found:
    renewed, withdrawn = _until(mission, on), _last(mission, "consent_withdrawn", on)
    taken = _last(mission, "transfer_of_authority", on)
    if not taken and any(event.kind == "transfer_of_authority" for event in mission.mandate_events):
        return "established", begins(mission), renewed, latest
    if withdrawn:
        return "consent_withdrawn", withdrawn.day, renewed, withdrawn
    return "in_operation", taken.day if taken else begins(mission), renewed, latest


def _until(mission: Mission, on: date) -> date | None:
    """The last day to which the mandate was given or renewed by then."""
    kinds = {"established", "transfer_of_authority", "renewed"}
    days = [event.until for event in mission.mandate_events if event.kind in kinds and event.day <= on and event.until]
    return max(days, default=None)


def _suspended(mission: Mission, on: date) -> date | None:
    last = max(
        (event for event in mission.mandate_events if event.kind.startswith("rotations_") and event.day <= on),
        key=lambda event: event.day,
        default=None,
    )
    return last.day if last and last.kind == "rotations_suspended" and on < mission.mission.deadline else None


def _last(mission: Mission, kind: str, on: date) -> MandateEvent | None:
    """The latest event up to a day, of one kind or (blank) of any."""
    found = [event for event in mission.mandate_events if event.day <= on and kind in {"", event.kind}]
    return max(found, key=lambda event: event.day, default=None)
