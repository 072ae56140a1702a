"""What might be otherwise can be applied, and makes no nonsense of the mission."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.checks import (
    clearances,
    closing,
    days,
    equipment,
    hazards,
    header,
    legs,
    life_cycle,
    lift,
    mandate,
    people,
    places,
    references,
)
from drawdown.mission.checks.finding import Check, fault, listed, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import apply, change_of, what_ifs

# What a changed mission is asked. Not the ways through the network, which take longer than all others together, nor
# the claims, which speak of the mission as it is.
_SUBJECTS = (
    header, references, days, places, people, equipment, legs, lift, clearances, hazards, mandate, life_cycle,
    closing,
)  # fmt: skip
_ASKED: tuple[Check, ...] = tuple(check for subject in _SUBJECTS for check in subject.CHECKS)


def what_ifs_can_be_applied(mission: Mission) -> Iterator[Fault]:
    """Every row of a what-if names a table, a row and a column, and a value that the cell can hold."""
    for what_if in what_ifs(mission):
        yield from change_of(mission, what_if).faults


def what_ifs_leave_the_mission_sound(mission: Mission) -> Iterator[Fault]:
    """A mission with the changes of a what-if has no fault that it has not without them."""
    before = _faults(mission) if mission.what_ifs else set()
    for what_if in what_ifs(mission):
        change = change_of(mission, what_if)
        if change.faults:
            continue
        for found in sorted(_faults(apply(mission, what_if, change)) - before, key=lambda found: found.message):
            number = _told_at(mission, what_if, found.spot.table)
            message = f"with `{what_if}`, {found.spot.column or 'a row'} of {found.spot.table}: {found.message}"
            yield fault("what_ifs", number, "value", message, found.remedy)


def what_ifs_have_one_name(mission: Mission) -> Iterator[Fault]:
    """The rows of one what-if are printed under one name, and no two what-ifs under the same."""
    printed = what_ifs(mission)
    by_name: dict[str, str] = {}
    for number, row in enumerate(mission.what_ifs):
        if row.name != printed[row.what_if]:
            message = f"other rows of `{row.what_if}` have the name `{printed[row.what_if]}`"
            yield warning("what_ifs", number, "name", message, "give all rows of one what-if the same name")
        elif by_name.setdefault(row.name, row.what_if) != row.what_if:
            message = f"{listed([by_name[row.name], row.what_if])} are printed with the same name"
            yield warning("what_ifs", number, "name", message, "tell them apart in the name")


def _faults(mission: Mission) -> set[Fault]:
    return {found for check in _ASKED for found in check(mission) if found.severity == "fault"}


def _told_at(mission: Mission, what_if: str, table: str) -> int:
    """The what-if's first row about a table; its first of all if none is."""
    rows = [(row.table != table, number) for number, row in enumerate(mission.what_ifs) if row.what_if == what_if]
    return min(rows)[1]


CHECKS: tuple[Check, ...] = (what_ifs_can_be_applied, what_ifs_leave_the_mission_sound, what_ifs_have_one_name)
