"""What a report shows of a mission and its plan, day by day. Day numbers count from cessation (day 0)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mandate.judging import Judged, judge_record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Lot, Site
from drawdown.plan.judging import OF_MOVES, not_covered
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import Days, Replay, replay

State = Literal["open", "closing", "liquidation", "left", "handed_over"]


class Span(NamedTuple):
    """Days (both included) on which a site does not change: people in the evening, and its state."""

    site: str
    start: int
    end: int
    people: int
    state: State


class Flow(NamedTuple):
    """What moves by one route on the same days: moves, people, vehicles (or sorties), TEU.

    What is not ``loaded`` brings lift or escorts to where they are needed.
    """

    route: tuple[str, ...]
    mode: str
    start: int
    end: int
    moves: int
    people: int
    vehicles: int
    teu: float
    loaded: bool


class Timeline:
    """A mission and, if there is one, its plan, as the charts and tables read them.

    Without ``moves`` the flows are empty; without ``strengths`` the spans say that nobody is at any site.
    """

    def __init__(
        self, mission: Mission, plan: Plan | None = None, *, moves: bool = True, strengths: bool = True
    ) -> None:
        """Replay the plan; without one everything stays where it is on the day of cessation."""
        self.mission, self.plan = mission, plan
        self.moves, self.strengths = moves, strengths
        self.replay: Replay | None = replay(mission, plan) if plan else None
        self.deadline = mission.day(mission.mission.deadline)

    @cached_property
    def last_action(self) -> int:
        """The last day on which the plan does anything (0 without a plan)."""
        if self.plan is None:
            return 0
        days = [m.arrive for m in self.plan.moves] + [s.end for s in self.plan.steps]
        days += [d.day for d in self.plan.disposals] + [s.day for s in self.plan.separations]
        days += [day for c in self.plan.closures for day in (c.last_out, c.handover) if day]
        return max((self.mission.day(day) for day in days), default=0)

    @cached_property
    def horizon(self) -> int:
        """The last day that is shown: a week after the deadline or the last action; without a plan the first day."""
        if self.plan is None:
            return 0
        return min(max(self.mission.days, self.deadline), max(self.deadline, self.last_action) + 7)

    @cached_property
    def people_at(self) -> dict[str, Days]:
        """People at each site in the evening of each day up to the horizon."""
        if self.replay:
            return {site: people[: self.horizon + 1] for site, people in self.replay.people_at.items()}
        start = dict.fromkeys(self.mission.site, 0)
        for unit in self.mission.units:
            start[unit.site] = start.get(unit.site, 0) + unit.strength
        return {site: np.full(self.horizon + 1, people) for site, people in start.items()}

    @cached_property
    def people_remaining(self) -> Days:
        """People who have not left the mission, each evening."""
        if self.replay:
            return self.replay.people_remaining[: self.horizon + 1]
        return np.full(self.horizon + 1, sum(unit.strength for unit in self.mission.units))

    def lot_remaining(self, lot: Lot) -> Days:
        """Items of a lot that have neither reached an exit nor been disposed of, each evening."""
        left = np.full(self.horizon + 1, lot.count)
        if self.replay is None:
            return left
        for place in self.replay.places_of.get(("lot", lot.id), ()):
            if place in self.mission.exit:
                left = left - self.replay.evening("lot", lot.id, place)[: self.horizon + 1]
        for row in self._disposed[lot.id]:
            left[row[0] :] -= row[1]
        return left

    @cached_property
    def _disposed(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in self.plan.disposals if self.plan else ():
            found[row.lot].append((max(0, self.mission.day(row.day)), row.count))
        return found

    def remaining_by_owner(self, *, vehicles: bool) -> dict[str, NDArray[np.float64]]:
        """Equipment still in the mission each evening, by owner: vehicles that drive, or the TEU of all else."""
        found: dict[str, NDArray[np.float64]] = {}
        for lot in self.mission.equipment:
            if lot.self_propelled == vehicles:
                amount = self.lot_remaining(lot) * (1.0 if vehicles else lot.teu_each)
                found[lot.owner] = found.get(lot.owner, np.zeros(self.horizon + 1)) + amount
        return found

    @cached_property
    def sites_by_closure(self) -> tuple[Site, ...]:
        """The sites in the order in which they close; those that stay open last."""

        def key(site: Site) -> tuple[int, str]:
            closure = self.plan.closure.get(site.id) if self.plan else None
            return (self.mission.day(closure.last_out) if closure else self.mission.days + 1, site.name)

        return tuple(sorted(self.mission.sites, key=key))

    def states(self, site: Site) -> list[State]:
        """The state of a site in the evening of each day.

        It is *closing* from its first closure step and in *liquidation* after the deadline, *left* from the day on
        which the last person leaves, and *handed over* from the day on which it is signed over.
        """
        closure = self.plan.closure.get(site.id) if self.plan else None
        starts = [self.mission.day(run.start) for run in self.plan.steps if run.site == site.id] if self.plan else []
        turns: list[tuple[int, State]] = [(min(starts), "closing")] if starts else []
        turns.append((self.deadline + 1, "liquidation"))
        if closure:
            turns.append((self.mission.day(closure.last_out), "left"))
        if closure and closure.handover:
            turns.append((self.mission.day(closure.handover), "handed_over"))
        states: list[State] = ["open"] * (self.horizon + 1)
        for day, state in turns:
            first = min(max(day, 0), len(states))
            states[first:] = [state] * (len(states) - first)
        return states

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every site's days, run together while nothing changes."""
        return tuple(span for site in self.mission.sites for span in self._spans(site))

    def _spans(self, site: Site) -> Iterator[Span]:
        people = self.people_at[site.id] if self.strengths else 0 * self.people_at[site.id]
        days = list(zip(people.tolist(), self.states(site), strict=True))
        first = 0
        for day in range(1, len(days) + 1):
            if day == len(days) or days[day] != days[first]:
                yield Span(site.id, first, day - 1, *days[first])
                first = day

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The plan's moves, those of one route on the same days added up, in order of departure."""
        found: dict[tuple[int, int, str, tuple[str, ...]], list[Move]] = defaultdict(list)
        for move in self.plan.moves if self.plan and self.moves else ():
            days = self.mission.day(move.depart), self.mission.day(move.arrive)
            found[*days, move.mode, self.route(move)].append(move)
        return tuple(
            Flow(
                route=route,
                mode=mode,
                start=start,
                end=end,
                moves=len(moves),
                people=sum(sum(m.people.values()) for m in moves),
                vehicles=sum(vehicles(m) for m in moves),
                teu=sum(self.teu(m) for m in moves),
                loaded=any(m.people or m.lots or m.driven for m in moves),
            )
            for (start, end, mode, route), moves in sorted(found.items())
        )

    @cached_property
    def not_covered(self) -> tuple[Judged, ...]:
        """What the plan does that no authority of the mandate covers; without moves, nothing that a move does.

        Without a plan: what the mission's own record tells that was done so.
        """
        found = not_covered(self.mission, self.plan) if self.plan else judge_record(self.mission)
        return tuple(row for row in found if row.bare and (self.moves or row.deed not in OF_MOVES))

    def route(self, move: Move) -> tuple[str, ...]:
        """The places that a move passes, in order; legs that the mission does not have are left out."""
        places = [move.origin]
        for leg in (self.mission.leg[i] for i in move.legs if i in self.mission.leg):
            onward = leg.to_place if places[-1] == leg.from_place else leg.from_place
            places.append(onward)
        return (*places, move.destination) if places[-1] != move.destination else tuple(places)

    def teu(self, move: Move) -> float:
        """TEU that a move carries on its lift (what drives itself is counted as vehicles)."""
        return sum(n * self.mission.lot[lot].teu_each for lot, n in move.lots.items() if lot in self.mission.lot)


def vehicles(move: Move) -> int:
    """Vehicles in a convoy (lift and driven items), or sorties of a flight."""
    return sum(move.lift.values()) + sum(move.driven.values())
