"""A whole mission: its tables, and the questions that every floor above asks of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from drawdown.mission import tables as t
from drawdown.mission.frozen import Frozen
from drawdown.mission.row import Row
from drawdown.mission.vocabulary import TABLES

Place = t.Site | t.Exit

#: A leg with the place from which and the day on which it is entered.
Entry = tuple[t.Leg, str, dt.date]
RowT = TypeVar("RowT", bound=Row)


def _by_id(rows: Iterable[RowT]) -> Mapping[str, RowT]:
    return MappingProxyType({row.id: row for row in rows})  # type: ignore[attr-defined]


class Mission(Frozen):
    """A peace operation, described. Frozen; knows no clock and no files.

    A `Mission` that came through `drawdown.desk.open_mission` is known to be sound: references resolve,
    days are in order, and every site can be left.
    """

    mission: t.Header
    phases: tuple[t.Phase, ...] = ()
    seasons: tuple[t.Season, ...] = ()
    courses: tuple[t.Course, ...] = ()
    crews: tuple[t.Crew, ...] = ()
    disposal_groups: tuple[t.DisposalGroup, ...] = ()
    sites: tuple[t.Site, ...] = ()
    exits: tuple[t.Exit, ...] = ()
    units: tuple[t.Unit, ...] = ()
    equipment: tuple[t.Lot, ...] = ()
    legs: tuple[t.Leg, ...] = ()
    lift: tuple[t.Lift, ...] = ()
    clearances: tuple[t.Clearance, ...] = ()
    hazards: tuple[t.Hazard, ...] = ()
    authorities: tuple[t.Authority, ...] = ()
    obligations: tuple[t.Obligation, ...] = ()
    mandate_events: tuple[t.MandateEvent, ...] = ()
    settlements: tuple[t.Settlement, ...] = ()
    closure_steps: tuple[t.ClosureStep, ...] = ()
    sources: tuple[t.Source, ...] = ()
    claims: tuple[t.Claim, ...] = ()
    what_ifs: tuple[t.WhatIf, ...] = ()
    actuals: tuple[t.Actual, ...] = ()

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table by its name (the header is a table of one row)."""
        return (self.mission,) if table == "mission" else getattr(self, table)

    # Rows by id. Where ids repeat (a fault that `check` names) the last row wins.
    @cached_property
    def site(self) -> Mapping[str, t.Site]:
        """Sites by id."""
        return _by_id(self.sites)

    @cached_property
    def exit(self) -> Mapping[str, t.Exit]:
        """Exits by id."""
        return _by_id(self.exits)

    @cached_property
    def place(self) -> Mapping[str, Place]:
        """Sites and exits by id."""
        return MappingProxyType({**self.exit, **self.site})

    @cached_property
    def unit(self) -> Mapping[str, t.Unit]:
        """Units by id."""
        return _by_id(self.units)

    @cached_property
    def lot(self) -> Mapping[str, t.Lot]:
        """Lots of equipment by id."""
        return _by_id(self.equipment)

    @cached_property
    def leg(self) -> Mapping[str, t.Leg]:
        """Legs by id."""
        return _by_id(self.legs)

    @cached_property
    def lift_by_id(self) -> Mapping[str, t.Lift]:
        """Lift by id."""
        return _by_id(self.lift)

    @cached_property
    def step(self) -> Mapping[str, t.ClosureStep]:
        """Closure steps by id."""
        return _by_id(self.closure_steps)

    @cached_property
    def season(self) -> Mapping[str, t.Season]:
        """Seasons by id."""
        return _by_id(self.seasons)

    @cached_property
    def course(self) -> Mapping[str, t.Course]:
        """Courses of action by id."""
        return _by_id(self.courses)

    @cached_property
    def days(self) -> int:
        """Days from cessation (day 0) to the end of liquidation."""
        return self.day(self.mission.liquidation_end)

    def day(self, when: dt.date) -> int:
        """The number of a date: days since cessation, which is day 0."""
        return (when - self.mission.cessation).days

    def date(self, day: int) -> dt.date:
        """The date of a day number."""
        return dt.date.fromordinal(self.mission.cessation.toordinal() + day)

    def in_season(self, leg: t.Leg, when: dt.date) -> bool:
        """Whether a date falls in the season that acts on a leg."""
        season = self.season.get(leg.season or "")
        if season is None:
            return False
        day = when.strftime("%m-%d")
        if season.from_day <= season.to_day:
            return season.from_day <= day <= season.to_day
        return day >= season.from_day or day <= season.to_day

    def leg_days(self, leg: t.Leg, when: dt.date, pace: float | None = None) -> float:
        """Days that a plan allows for a leg entered on a date.

        Nominal days, moved towards contested by a pace (the mission's own if not given), times the season's factor.
        """
        worst = leg.nominal_days if leg.contested_days is None else leg.contested_days
        days = leg.nominal_days + (self.mission.pace if pace is None else pace) * (worst - leg.nominal_days)
        return days * leg.season_factor if self.in_season(leg, when) else days

    def journey(
        self, legs: Iterable[t.Leg], origin: str, depart: dt.date, pace: float | None = None
    ) -> tuple[list[Entry], int]:
        """The entries of a route's legs, and the whole days that it all takes, at a pace (the mission's if not given).

        A move takes at least one day; it arrives in the evening of the last.
        """
        entries, place, total = [], origin, 0.0
        for leg in legs:
            day = depart + dt.timedelta(days=int(total))
            entries.append((leg, place, day))
            total += self.leg_days(leg, day, pace)
            place = leg.to_place if place == leg.from_place else leg.from_place
        return entries, max(1, math.ceil(total - 1e-9))

    @staticmethod
    def in_service(lift: t.Lift) -> int:
        """How many of a lift can be counted on (rounded down)."""
        return int(lift.count * lift.availability + 1e-9)

    def steps_for(self, site: t.Site) -> tuple[t.ClosureStep, ...]:
        """The closure steps that a site still needs, in file order."""
        return tuple(
            step
            for step in self.closure_steps
            if (not step.site_kinds or site.kind in step.site_kinds) and step.id not in site.steps_done
        )

    @cached_property
    def canonical(self) -> str:
        """The mission as text that does not depend on how it was filed: JSON, rows by id, keys sorted."""
        body: dict[str, Any] = {}
        for table in TABLES:
            rows = [row.model_dump(mode="json") for row in self.rows(table)]
            body[table] = sorted(rows, key=lambda row: str(row["id"]))
        return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.canonical.encode("utf-8")).hexdigest()
