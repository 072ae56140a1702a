"""Is a mission sound? One small function a question, in a few modules by subject; `check_mission` asks them all."""

from __future__ import annotations

from drawdown.mission.checks import (
    claims,
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
    ways,
    what_ifs,
)
from drawdown.mission.checks.finding import Check
from drawdown.mission.faults import Fault, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.values import text_of
from drawdown.mission.vocabulary import TABLES

__all__ = ["CHECKS", "check_mission"]

_SUBJECTS = (
    header,
    references,
    days,
    places,
    people,
    equipment,
    legs,
    lift,
    ways,
    clearances,
    hazards,
    mandate,
    life_cycle,
    closing,
    claims,
    what_ifs,
)

#: Every check, in the order of the subjects.
CHECKS: tuple[Check, ...] = tuple(check for subject in _SUBJECTS for check in subject.CHECKS)

_SEVERITIES = ("fault", "warning", "note")
_TABLES = tuple(TABLES)


def _value_at(mission: Mission, spot: Spot) -> str:
    if spot.row is None or spot.column is None:
        return ""
    return text_of(getattr(mission.rows(spot.table)[spot.row], spot.column))


def _place_in_report(fault: Fault) -> tuple[int, int, int, str, str]:
    table, row, column = fault.spot
    order = _SEVERITIES.index(fault.severity), _TABLES.index(table)
    return (*order, -1 if row is None else row, column or "", fault.message)


def check_mission(mission: Mission) -> tuple[Fault, ...]:
    """Everything that is wrong or odd in a mission, faults first, then by table and row; empty if all is well.

    A mission without a *fault* can be planned. Spots have row numbers from 0; never raises.
    """
    found = (fault for check in CHECKS for fault in check(mission))
    filled = (fault._replace(value=_value_at(mission, fault.spot)) for fault in found)
    return tuple(sorted(filled, key=_place_in_report))
