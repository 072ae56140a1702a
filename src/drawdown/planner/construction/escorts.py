"""Escort platoons and ordnance teams: how many are at hand, and how many people their units must keep for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawdown.mission.mission import Mission
from drawdown.plan.replay import detachments
from drawdown.planner.construction.journal import Journal
from drawdown.planner.construction.timetable import Departure


class Escorts:
    """Detachments by unit and day.

    A unit has as many detachments as its share of people still in the mission allows (`left`); those away from
    their base cannot be sent from it (`at_base`), and people whom those on the road need cannot go home (`spare`).
    """

    def __init__(self, mission: Mission, journal: Journal) -> None:
        self.mission, self._journal = mission, journal
        days, units = mission.days + 2, mission.units
        self.left = {u.id: np.full(days, u.strength, dtype=np.int64) for u in units}
        self.at_base = {u.id: np.full(days, detachments(u), dtype=np.int64) for u in units if detachments(u)}
        self.on_road = {u: np.zeros(days, dtype=np.int64) for u in self.at_base}
        #: Last day on which a unit's detachments may be on the road, so that its people can still leave in time.
        self.until = dict.fromkeys(self.at_base, mission.days)

    def _free(self, unit: str, first: int, last: int, runs: Sequence[Departure]) -> int:
        """Detachments of a unit at its base for all of some days, and with people enough on the road of some moves."""
        if runs[-1].arrive > self.until[unit]:
            return 0
        row, free = self.mission.unit[unit], int(self.at_base[unit][first : last + 1].min())
        total = detachments(row)
        for run in runs:
            mornings = self.left[unit][run.day - 1 : run.arrive]
            road = self.on_road[unit][run.day : run.arrive + 1]
            free = min(free, int((total * mornings // max(row.strength, 1) - road).min()))
        return free

    def choose(self, base: str, runs: Sequence[Departure], first: int, last: int) -> dict[str, int] | None:
        """Detachments at a base that go along on some moves, away from ``first`` to ``last``.

        None if there are too few of them, or if the mandate does not let them go.
        """
        if not all(run.escortable for run in runs):
            return None
        platoons = max(run.route.platoons for run in runs)
        teams = 1 if any(run.route.mined for run in runs) else 0
        chosen: dict[str, int] = {}
        for unit in self.mission.units:
            if unit.id in self.at_base and unit.site == base:
                wanted = platoons if unit.escort_platoons else teams
                count = min(wanted, self._free(unit.id, first, last, runs)) if wanted > 0 else 0
                if count > 0:
                    chosen[unit.id] = count
                    platoons, teams = (platoons - count, teams) if unit.escort_platoons else (platoons, teams - count)
        return chosen if platoons <= 0 and teams <= 0 else None

    def take(self, chosen: dict[str, int], runs: Sequence[Departure], first: int, last: int) -> None:
        """Send detachments along."""
        for unit, count in chosen.items():
            self._journal.add(self.at_base[unit], -count, first, last)
            for run in runs:
                self._journal.add(self.on_road[unit], count, run.day, run.arrive)

    def spare(self, unit: str, day: int, chosen: dict[str, int], runs: Sequence[Departure]) -> int:
        """People of a unit who can leave the mission on a day without being missed by those on the road later.

        ``chosen`` are detachments that are about to go along on some moves.
        """
        left = self.left[unit]
        if unit not in self.at_base:
            return int(left[-1])
        row, road = self.mission.unit[unit], self.on_road[unit]
        if unit in chosen:
            road = road.copy()
            for run in runs:
                road[run.day : run.arrive + 1] += chosen[unit]
        needed = -(-road[day + 1 :] * row.strength // detachments(row))
        return int((left[day:-1] - needed).min()) if needed.size else int(left[-1])

    def go_home(self, unit: str, count: int, day: int) -> None:
        """People of a unit have left the mission from the evening of a day."""
        self._journal.add(self.left[unit], -count, day)
