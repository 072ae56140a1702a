"""The life cycle of the mandate is in order, agrees with the days of the plan, and obligations follow their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from drawdown.mission.checks.finding import Check, fault, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.tables import MandateEvent, Unit

#: Kinds of event that happen once, in the order in which they happen.
ONCE = ("established", "transfer_of_authority", "terminated", "cessation_from", "withdrawal_by", "liquidation_from")


def life_cycle_in_order(mission: Mission) -> Iterator[Fault]:
    """What happens once in the life of a mandate is told once, and in its order."""
    seen: dict[str, date] = {}
    for number, event in sorted(_of_kinds(mission, ONCE), key=lambda row: ONCE.index(row[1].kind)):
        late = max(((day, kind) for kind, day in seen.items() if kind != event.kind), default=None)
        if event.kind in seen:
            message = f"the mandate is `{event.kind}` on {seen[event.kind]} already"
            yield fault("mandate_events", number, "kind", message, "keep one of the two rows")
        elif late and late[0] > event.day:
            message = f"before the event `{late[1]}` ({late[0]})"
            yield fault("mandate_events", number, "day", message, "correct one of the two days")
        seen.setdefault(event.kind, event.day)


def nothing_before_the_mandate(mission: Mission) -> Iterator[Fault]:
    """No event, and no renewal after the end, lies outside the life of the mandate."""
    first = next((event.day for event in mission.mandate_events if event.kind == "established"), None)
    ended = next((event.day for event in mission.mandate_events if event.kind == "terminated"), None)
    for number, event in enumerate(mission.mandate_events):
        if first and event.day < first:
            message = f"before the mission was established ({first})"
            yield fault("mandate_events", number, "day", message, "correct the day")
        if ended and event.kind in {"renewed", "ceiling"} and event.day > ended:
            message = f"after the mandate was terminated ({ended})"
            yield fault("mandate_events", number, "day", message, "correct the day, or the end")


def renewals_leave_no_gap(mission: Mission) -> Iterator[Fault]:
    """Every renewal comes before the mandate has run out."""
    until: date | None = None
    rows = _of_kinds(mission, ("established", "transfer_of_authority", "renewed"))
    for number, event in sorted(rows, key=lambda row: row[1].day):
        if until and event.day > until + timedelta(days=1):
            message = f"the mandate had run out on {until}"
            yield warning("mandate_events", number, "day", message, "add the renewal between, or correct the days")
        until = event.until or until


def life_cycle_agrees_with_the_plan(mission: Mission) -> Iterator[Fault]:
    """The mandate ends on the day of cessation, the withdrawal on the deadline, and liquidation begins after it."""
    head = mission.mission
    planned = {
        "terminated": ("cessation", head.cessation),
        "withdrawal_by": ("deadline", head.deadline),
        "liquidation_from": ("the day after the deadline", head.deadline + timedelta(days=1)),
    }
    for number, event in _of_kinds(mission, tuple(planned)):
        name, day = planned[event.kind]
        if event.day != day:
            message = f"the mission's file has {day} ({name})"
            yield warning("mandate_events", number, "day", message, "correct one of the two; plans follow the file")


def events_say_enough(mission: Mission) -> Iterator[Fault]:
    """A ceiling says how many of whom, no other event does, and every event names its document."""
    for number, event in enumerate(mission.mandate_events):
        ceiling = event.kind == "ceiling"
        if ceiling and (event.number is None or event.number_of is None):
            message, remedy = "a ceiling does not say how many of whom", "give number and number_of"
            yield fault("mandate_events", number, "number", message, remedy)
        if not ceiling and (event.number is not None or event.number_of is not None):
            message = f"only a ceiling has a number, not `{event.kind}`"
            yield fault("mandate_events", number, "number", message, "clear it, or make a ceiling of it")
        if event.source is None:
            yield warning("mandate_events", number, "source", "no document is named", "add the source of the text")


def strength_within_ceilings(mission: Mission) -> Iterator[Fault]:
    """On the day of cessation there are no more people than the latest ceilings of the mandate let there be."""
    strength: dict[str, int] = defaultdict(int)
    for unit in mission.units:
        strength["people"] += unit.strength
        strength[_counted_as(unit)] += unit.strength
    latest: dict[str | None, tuple[int, MandateEvent]] = {}
    for number, event in sorted(_of_kinds(mission, ("ceiling",)), key=lambda row: row[1].day):
        if event.day <= mission.mission.cessation:
            latest[event.number_of] = number, event
    for number, event in latest.values():
        there = strength[event.number_of or "people"]
        if event.number is not None and there > event.number:
            message = f"the mission's units have {there:,} {event.number_of or 'people'}"
            yield warning("mandate_events", number, "number", message, "correct the ceiling, or the units' strengths")


def _counted_as(unit: Unit) -> str:
    if unit.kind.startswith("civilian_"):
        return "civilians"
    return "police" if unit.kind.endswith("_police") else "military"


def obligations_follow_their_text(mission: Mission) -> Iterator[Fault]:
    """No obligation is due, or was met, before its text was adopted."""
    for number, owed in enumerate(mission.obligations):
        for column, day in (("due", owed.due), ("met_on", owed.met_on)):
            if owed.adopted and day and day < owed.adopted:
                message = f"before its text was adopted ({owed.adopted})"
                yield warning("obligations", number, column, message, "correct one of the two days")


def _of_kinds(mission: Mission, kinds: tuple[str, ...]) -> list[tuple[int, MandateEvent]]:
    return [(number, event) for number, event in enumerate(mission.mandate_events) if event.kind in kinds]


CHECKS: tuple[Check, ...] = (
    life_cycle_in_order,
    nothing_before_the_mandate,
    renewals_leave_no_gap,
    life_cycle_agrees_with_the_plan,
    events_say_enough,
    strength_within_ceilings,
    obligations_follow_their_text,
)
