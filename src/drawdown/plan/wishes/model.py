"""What a planner may wish of a plan: one small frozen record a kind of wish, and all of them together."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from drawdown.mission.frozen import Frozen
from drawdown.mission.row import Day, Id, Text
from drawdown.plan.model import Disposition, Move


class _Record(BaseModel):
    """``where`` is the place in a file where the wish was written, ``reason`` why; neither makes it another wish."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Annotated[Text | None, Field(exclude=True)] = None
    where: Annotated[str, Field(exclude=True)] = ""


class LastOutWish(_Record):
    """The last-out of a site is not before a day, not after one, or both."""

    kind: Literal["last_out"] = "last_out"
    site: Id
    not_before: Day | None = None
    not_after: Day | None = None


class WayHomeWish(_Record):
    """People of a unit leave the mission only by some exits."""

    kind: Literal["way_home"] = "way_home"
    unit: Id
    exits: Annotated[tuple[Id, ...], Field(min_length=1)]


class LeaveWish(_Record):
    """Nobody of a unit leaves the mission before a day, and all but rear party and stayers by the evening of another.

    That is what `units.earliest` and `units.latest` of the mission say; the wish can only make them narrower.
    """

    kind: Literal["leave"] = "leave"
    unit: Id
    not_before: Day | None = None
    not_after: Day | None = None


class LotWish(_Record):
    """A lot ends in one way, by some exits (which means that it leaves the country), or in none of the excluded ways.

    A plan does not tell repatriation from redeployment: items that leave by an exit do either.
    """

    kind: Literal["lot"] = "lot"
    lot: Id
    disposition: Disposition | None = None
    exits: tuple[Id, ...] = ()
    excluded: tuple[Disposition, ...] = ()


class MoveWish(_Record):
    """A move (a convoy or flight) is made on its days with its lift, escorts and load; its id does not count."""

    kind: Literal["move"] = "move"
    move: Move


class LegWish(_Record):
    """No move enters a leg from one day to another, both included; a blank end is the plan's own."""

    kind: Literal["leg"] = "leg"
    leg: Id
    from_date: Day | None = None
    to_date: Day | None = None


class ExitWish(_Record):
    """No move arrives at an exit from one day to another, both included; a blank end is the plan's own."""

    kind: Literal["exit"] = "exit"
    exit: Id
    from_date: Day | None = None
    to_date: Day | None = None


class DispositionWish(_Record):
    """Nothing at all ends in one way."""

    kind: Literal["disposition"] = "disposition"
    disposition: Disposition


class LiftWish(_Record):
    """A lift carries nothing (aircraft that evacuate casualties go on doing that)."""

    kind: Literal["lift"] = "lift"
    lift: Id


Wish = LastOutWish | WayHomeWish | LeaveWish | LotWish | MoveWish | LegWish | ExitWish | DispositionWish | LiftWish


class Wishes(Frozen):
    """The wishes of a planner, in the order in which they were written."""

    wishes: tuple[Annotated[Wish, Field(discriminator="kind")], ...] = ()

    @cached_property
    def canonical(self) -> str:
        """The wishes as text that is the same for the same wishes, whatever their order, reasons and names of moves."""
        rows = [wish.model_dump(mode="json", exclude={"move": {"id"}}) for wish in self.wishes]
        texts = [json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for row in rows]
        return f"[{','.join(sorted(set(texts)))}]"

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical.encode("utf-8")).hexdigest()


def inside(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day lies from one day to another, both included; a blank end is open."""
    return (first is None or first <= day) and (last is None or day <= last)
