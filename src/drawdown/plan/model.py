"""What a plan is: dated moves, disposals, separations, closure steps and closures. Frozen; no solver, no clock."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from drawdown.mission.frozen import Frozen
from drawdown.mission.row import Day, Id, Text

Mode = Literal["road", "air", "river", "rail", "sea"]
Disposition = Literal["repatriate", "redeploy", "sell", "donate", "hand_over", "scrap", "destroy"]
HandedTo = Literal["civilian_authority", "landowner", "host_military", "other"]

Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Counts = dict[Id, Count]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Move(_Record):
    """A convoy, a day's flights of one lift between two places, or a barge, train or ship.

    It leaves in the morning of ``depart`` with what was at ``origin`` the evening before, and what it
    carries is at ``destination`` from the evening of ``arrive``. ``lift`` counts vehicles; for flights it
    counts sorties (out from the aircraft's base and back on the same day). ``escorts`` counts escort
    platoons, or teams of a unit that sends explosive-ordnance teams, by unit. ``lots`` are carried on the
    lift, ``driven`` are self-propelled items driven by the people aboard. An empty convoy that brings lift
    or escorts to where they are needed is a move too.
    """

    id: Id
    mode: Mode
    origin: Id
    destination: Id
    legs: Annotated[tuple[Id, ...], Field(min_length=1)]
    depart: Day
    arrive: Day
    lift: Counts = {}
    escorts: Counts = {}
    people: Counts = {}
    lots: Counts = {}
    driven: Counts = {}
    clearance_asked: Day | None = None


class Disposal(_Record):
    """``count`` items of a lot end their life in the mission at a place on a day.

    Items that are repatriated or redeployed end it at an exit when a move brings them there, without a row
    of this kind; every other disposition has one. ``reason`` is required for destruction.
    """

    lot: Id
    disposition: Disposition
    count: Count
    place: Id
    day: Day
    reason: Text | None = None


class Separation(_Record):
    """``count`` people of a unit whose contracts end where they serve leave the mission at a place on a day."""

    unit: Id
    count: Count
    place: Id
    day: Day


class StepRun(_Record):
    """One closure step at one site, from the morning of ``start`` to the evening of ``end``."""

    site: Id
    step: Id
    start: Day
    end: Day


class Closure(_Record):
    """The last day with anyone at a site, and the day (if any) on which it is signed over and to whom."""

    site: Id
    last_out: Day
    handover: Day | None = None
    handed_to: HandedTo | None = None


class Plan(Frozen, _Record):
    """A plan of a mission, stamped with what it was made from."""

    format: Literal[1] = 1
    name: Text
    mission: Id
    mission_hash: Text
    version: Text
    planner: Text
    course: Id | None = None
    seed: Annotated[int, Field(ge=0, lt=2**53)] = 0
    as_of: Day
    settings: dict[str, str | int | float | bool] = {}
    moves: tuple[Move, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    separations: tuple[Separation, ...] = ()
    steps: tuple[StepRun, ...] = ()
    closures: tuple[Closure, ...] = ()

    @cached_property
    def closure(self) -> dict[str, Closure]:
        """Closures by site."""
        return {c.site: c for c in self.closures}

    @cached_property
    def last_out(self) -> date | None:
        """The day on which the last site is left (None for a plan without closures)."""
        return max((c.last_out for c in self.closures), default=None)

    @cached_property
    def canonical(self) -> str:
        """The plan as text that is the same for the same plan: JSON with sorted keys."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical.encode("utf-8")).hexdigest()
