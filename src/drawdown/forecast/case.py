"""What a status, forecast or hindcast is made from: a mission, its plan in force, and the record of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.answers import PeopleDay, Stamp
from drawdown.ledger.facts import Facts
from drawdown.ledger.standing import Standing, standing
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, replay

#: Days between the counts that are taken from departures on record, where nobody reports totals.
WEEK = 7


@dataclass(frozen=True, eq=False)
class Case:
    """A mission, its plan in force (if there is one) and its record: ``pairs`` of (day recorded, fact).

    ``columns`` are the same facts as a ledger reads them, with what its stations tell differently.
    """

    mission: Mission
    plan: Plan | None
    pairs: tuple[tuple[date, Actual], ...]
    digest: str
    columns: Facts | None = None
    _left: dict[tuple[date, date], dict[date, int]] = field(default_factory=dict, repr=False)  # asked for many times

    @cached_property
    def facts(self) -> Facts:
        """The record by columns."""
        return Facts.of(self.pairs) if self.columns is None else self.columns

    @cached_property
    def replay(self) -> Replay | None:
        """The plan in force, day by day."""
        return replay(self.mission, self.plan) if self.plan else None

    @property
    def stamp(self) -> Stamp:
        """The hashes of all that an answer comes from."""
        mission = self.mission
        plan = self.plan.hash if self.plan else None
        return Stamp(mission.mission.id, mission.mission.name, mission.hash, plan, self.digest, len(self.pairs))

    def standing(self, as_of: date, known_on: date) -> Standing:
        """Where everything is on a day, as it was known on a day."""
        return standing(self.mission, self.facts, as_of, known_on)

    def known(self, as_of: date, known_on: date) -> tuple[tuple[date, Actual], ...]:
        """The facts that hold: happened by a day, recorded by another, and not corrected by then."""
        holds = self.facts.known(as_of, known_on)
        ids = {self.facts.id(index) for index in np.flatnonzero(holds).tolist()}
        return tuple(row for row in self.pairs if row[1].id in ids)

    def reported(self, facts: Iterable[tuple[date, Actual]]) -> dict[date, Actual]:
        """Reports of how many have left so far, by day; of two for one day the greater."""
        found: dict[date, Actual] = {}
        for _, fact in facts:
            if fact.kind == "headcount" and fact.counted == "left" and fact.count is not None:
                before = found.get(fact.happened)
                if before is None or (before.count or 0) < fact.count:
                    found[fact.happened] = fact
        return dict(sorted(found.items()))

    def left_by_day(self, as_of: date, known_on: date) -> dict[date, int]:
        """How many had left, on the days on which that is known: by reports, or week by week by departures.

        Departures count where they account for as many as were reported: then the record is kept move by move.
        """
        if (as_of, known_on) not in self._left:
            self._left[as_of, known_on] = self._counted(as_of, known_on)
        return self._left[as_of, known_on]

    def _counted(self, as_of: date, known_on: date) -> dict[date, int]:
        start = self.mission.mission.cessation
        reports = {d: round(f.count or 0) for d, f in self.reported(self.known(as_of, known_on)).items() if d > start}
        if self.standing(as_of, known_on).left_on_record < max(reports.values(), default=1):
            return reports
        days = (as_of - timedelta(days=WEEK * n) for n in range((as_of - start).days // WEEK + 1))
        counted = {day: self.standing(day, known_on).left_on_record for day in days if day > start}
        return dict(sorted(counted.items()))

    def curve(self, as_of: date, known_on: date) -> tuple[PeopleDay, ...]:
        """Those still to leave: the plan's number on every day, and up to the day what was reported on some."""
        titles = {source.id: source.title for source in self.mission.sources}
        found = self.reported(self.known(as_of, known_on))
        counts = self.left_by_day(as_of, known_on)
        planned = planned_leavers(self.replay) if self.replay else None
        start, rows = self.mission.mission.cessation, []
        last = mission_end(self.plan, self.mission.mission.deadline)
        for number in range((max(as_of, last) - start).days + 1):
            day = self.mission.date(number)
            fact = found.get(day)
            left = counts.get(day)
            rows.append(
                PeopleDay(
                    day,
                    int(planned[min(number, len(planned) - 1)]) if planned is not None else None,
                    people_to_leave(self.mission) - left if left is not None else None,
                    titles.get(fact.source or "", fact.source) if fact and left is not None else None,
                )
            )
        return tuple(rows)


def mission_end(plan: Plan | None, deadline: date) -> date:
    """The last day that a curve of people shows: the deadline, or the plan's last last-out if that is later."""
    return max(deadline, plan.last_out or deadline) if plan else deadline


def people_to_leave(mission: Mission) -> int:
    """People of the mission who leave it at an exit, sooner or later: all but those who separate where they serve."""
    return sum(unit.strength for unit in mission.units if not unit.separates)


def stayers(mission: Mission) -> int:
    """Those of them who may stay after the deadline: rear parties and those named for liquidation."""
    return sum(unit.rear_party + unit.stays for unit in mission.units if not unit.separates)


def planned_leavers(play: Replay) -> NDArray[np.int64]:
    """People still to leave by a plan in the evening of each day: without those who separate where they serve."""
    total = np.zeros(play.days + 1, dtype=np.int64)
    for unit in play.mission.units:
        if not unit.separates:
            total = total + play.unit_remaining(unit.id)
    return total
