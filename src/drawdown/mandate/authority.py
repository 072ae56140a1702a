"""Whether the mandate allows an action on a day at a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from drawdown.mandate.area import outside
from drawdown.mandate.place import Place
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Authority

#: Functions of which one must hold for people to do a thing.
TO_MOVE = ("withdraw", "liquidate")
TO_ESCORT = ("secure_movements", "protect_un")
TO_STAY = ("protect_un", "withdraw", "liquidate", "guard_liquidation", "rear_party")


def applies(authority: Authority, when: date, place: str) -> bool:
    """Whether an authority holds on a day at a site or exit by its dates and places (blank places mean all places)."""
    in_time = authority.from_date <= when <= authority.to_date
    return in_time and (not authority.places or place in authority.places)


def reaches(mission: Mission, authority: Authority, place: str) -> bool:
    """Whether an authority holds at a site or exit at all, by its places and its area."""
    if place not in mission.place:
        return not authority.places and authority.area != "immediate_vicinity"
    kind: Literal["site", "exit"] = "site" if place in mission.site else "exit"
    return outside(mission, authority, Place(place, mission.place[place].name, kind)) is None


def covering(mission: Mission, functions: Iterable[str], when: date, place: str) -> Authority | None:
    """The first authority for any of these functions that holds on a day at a site or exit, or None.

    Its conditions and who may use it are not looked at: `drawdown.mandate.verdict.judge` tells those.
    """
    wanted = set(functions)
    for authority in mission.authorities:
        in_time = authority.from_date <= when <= authority.to_date
        if authority.function in wanted and in_time and reaches(mission, authority, place):
            return authority
    return None
