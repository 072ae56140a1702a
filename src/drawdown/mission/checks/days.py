"""Days are in order, and what is dated falls into the plan's days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from drawdown.mission.checks.finding import Check, fault, note, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission

LONGEST_PLAN_DAYS = 3660  # ten years; beyond it the year is a slip of the pen

_PAIRS = (
    ("phases", "from_date", "to_date"),
    ("exits", "open_from", "open_to"),
    ("legs", "open_from", "open_to"),
    ("lift", "available_from", "available_to"),
    ("clearances", "from_date", "to_date"),
    ("hazards", "from_date", "to_date"),
    ("authorities", "from_date", "to_date"),
    ("mandate_events", "day", "until"),
    ("units", "earliest", "latest"),
    ("actuals", "happened", "until"),
    ("actuals", "happened", "recorded"),
)


def uncovered(
    periods: Iterable[tuple[date | None, date | None]], first: date, last: date
) -> Iterator[tuple[date, date]]:
    """The runs of days between two dates that no period covers (a blank end of a period is open)."""
    day = first
    for begins, ends in sorted((a or first, b or last) for a, b in periods):
        if begins > day and day <= last:
            yield day, min(last, begins - timedelta(days=1))
        if ends >= last:
            return
        day = max(day, ends + timedelta(days=1))
    if day <= last:
        yield day, last


def mission_days_in_order(mission: Mission) -> Iterator[Fault]:
    """Cessation comes before the deadline, the deadline not after the end of liquidation, within ten years."""
    header = mission.mission
    if header.deadline <= header.cessation:
        yield fault("mission", 0, "deadline", f"not after the cessation day ({header.cessation})", "correct the dates")
    if header.liquidation_end < header.deadline:
        message = f"before the deadline ({header.deadline})"
        yield fault("mission", 0, "liquidation_end", message, "give the deadline itself if there is no liquidation")
    if mission.days > LONGEST_PLAN_DAYS:
        message = f"{mission.days} days after cessation, at most {LONGEST_PLAN_DAYS} can be planned"
        yield fault("mission", 0, "liquidation_end", message, "check the year")


def periods_in_order(mission: Mission) -> Iterator[Fault]:
    """No period ends before it begins."""
    for table, first, last in _PAIRS:
        for number, row in enumerate(mission.rows(table)):
            begins, ends = getattr(row, first), getattr(row, last)
            if begins and ends and ends < begins:
                yield fault(table, number, last, f"before {first} ({begins})", f"swap or correct {first} and {last}")


def _outside(mission: Mission, begins: date | None, ends: date | None) -> str | None:
    header = mission.mission
    if ends and ends < header.cessation:
        return f"over before the plan begins ({header.cessation})"
    if begins and begins > header.liquidation_end:
        return f"begins after the plan ends ({header.liquidation_end})"
    return None


def windows_meet_the_plan(mission: Mission) -> Iterator[Fault]:
    """What opens and closes does so on some day of the plan; a wrong year is the usual cause."""
    for table, first, last in (pair for pair in _PAIRS if pair[0] in {"exits", "legs", "lift"}):
        for number, row in enumerate(mission.rows(table)):
            begins, ends = getattr(row, first), getattr(row, last)
            why = _outside(mission, begins, ends)
            if why:
                column = last if ends and ends < mission.mission.cessation else first
                yield warning(table, number, column, f"never usable: {why}", "check the year, or drop the row")


def unit_dates_meet_the_plan(mission: Mission) -> Iterator[Fault]:
    """A unit's earliest and latest day leave it some day of the plan on which to go."""
    header = mission.mission
    for number, unit in enumerate(mission.units):
        if unit.latest and unit.latest < header.cessation:
            message = f"the unit must have left before the plan begins ({header.cessation})"
            yield fault("units", number, "latest", message, "correct the date, or drop the unit")
        goes = unit.strength > unit.stays + unit.rear_party
        if unit.earliest and unit.earliest > header.deadline and goes:
            message = f"may leave only after the deadline ({header.deadline}), but not all of it stays"
            yield fault("units", number, "earliest", message, "correct the date, or name who stays")


def phases_inside_the_plan(mission: Mission) -> Iterator[Fault]:
    """Phases lie between cessation and the end of liquidation."""
    header = mission.mission
    for number, phase in enumerate(mission.phases):
        if not header.cessation <= phase.to_date <= header.liquidation_end:
            message = f"the phase ends outside the plan ({header.cessation} to {header.liquidation_end})"
            yield fault("phases", number, "to_date", message, "correct the date")
        elif phase.from_date < header.cessation:
            message = f"the phase begins before cessation ({header.cessation})"
            yield warning("phases", number, "from_date", message, "no move is planned before cessation")


def obligations_still_ahead(mission: Mission) -> Iterator[Fault]:
    """Obligations fall due within the plan; those met late are noted."""
    header = mission.mission
    for number, owed in enumerate(mission.obligations):
        if owed.due < header.cessation:
            message = f"due before the plan begins ({header.cessation})"
            yield warning("obligations", number, "due", message, "check the date")
        if owed.due > header.liquidation_end:
            message = f"due after the plan ends ({header.liquidation_end})"
            yield warning("obligations", number, "due", message, "check the date")
        if owed.met_on and owed.met_on > owed.due:
            late = (owed.met_on - owed.due).days
            yield note("obligations", number, "met_on", f"met {late} days late (due {owed.due})", "nothing to do")


def actuals_say_enough(mission: Mission) -> Iterator[Fault]:
    """What happened has its place, and a count says what it counts."""
    for number, actual in enumerate(mission.actuals):
        if actual.kind in {"last_out", "handover"} and actual.place is None:
            yield fault("actuals", number, "place", f"a {actual.kind} happens at a place", "name the site")
        if (actual.count is None) != (actual.count_of is None):
            message = "a count and what it counts go together"
            yield warning("actuals", number, "count_of", message, "give both count and count_of, or neither")


CHECKS: tuple[Check, ...] = (
    mission_days_in_order,
    periods_in_order,
    windows_meet_the_plan,
    unit_dates_meet_the_plan,
    phases_inside_the_plan,
    obligations_still_ahead,
    actuals_say_enough,
)
