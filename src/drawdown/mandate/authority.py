"""Whether the mandate allows an action on a day at a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Authority

#: Functions of which one must hold for people to do a thing.
TO_MOVE = ("withdraw", "liquidate")
TO_ESCORT = ("secure_movements", "protect_un")
TO_STAY = ("protect_un", "withdraw", "liquidate", "guard_liquidation", "rear_party")


def applies(authority: Authority, when: date, place: str) -> bool:
    """Whether an authority holds on a day at a place (blank places mean all places)."""
    in_time = authority.from_date <= when <= authority.to_date
    return in_time and (not authority.places or place in authority.places)


def covering(mission: Mission, functions: Iterable[str], when: date, place: str) -> Authority | None:
    """The first authority for any of these functions that holds on a day at a place, or None."""
    wanted = set(functions)
    for authority in mission.authorities:
        if authority.function in wanted and applies(authority, when, place):
            return authority
    return None
