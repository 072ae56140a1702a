"""The best plan of a tiny mission, found by trying everything: no solver, nothing of the planner, one rule book.

    best = brute_force(tiny_mission(7))      # the least objective of any plan that breaks no rule

From evening to evening every state that can be reached is kept once, with the least that it has cost so far; all
measures add up over moves, disposals and evenings, so what comes after depends on the state alone. What is decided
each day, and tried in full:

- which closure steps start; what is destroyed, sold, given, scrapped or handed over, how many, at which site;
- who separates; every set of convoys and flights between any two places by any route that passes no place twice, with
  any lift, people and items aboard, empty ones too, to places that nobody would go to as well;
- on which evening a convoy arrives, between its planned and its contested pace.

What is not tried cannot help, or does not occur in tiny missions (`World` refuses what it does not try):

- more sorties than a load needs, two flights of one aircraft type on one way and day (one flight carries both loads),
  and flights with nothing aboard: they only cost;
- empty convoys that take longer than they must; convoys with nothing at all: no rule asks where lift stands;
- steps longer than they must be; a handover of a site without a handover step;
- keeping what may be sold or given for nothing (not driven, not life support) beyond the first day on which it may go:
  a plan in which it goes at once asks less of the guard, the rear party, the lift and the clean-up;
- asking a clearance later than on the day of cessation, on which the plan is made (`as_of`).

States that cannot lead to a better plan are cut off by a lower bound (`Bound`) against the best plan so far, which
narrow searches with few states an evening find first. The plan found is judged by `verify_plan` and valued by
`measure_plan`: if they disagree with this file, that is an error, not an answer.
"""

from __future__ import annotations

from heapq import nsmallest
from math import isclose
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import verify_plan
from kit.brute_bound import Bound
from kit.brute_day import Day
from kit.brute_plan import plan_of
from kit.brute_state import TO_DO, Deeds, State, beginning
from kit.brute_world import World

#: States kept an evening by the search that goes before the full one, to find a plan for it to beat.
NARROW = 60

#: Plans are looked for that cost up to so many times the lower bound; if there are none, so many times more, and so on.
WIDER, WIDENINGS = 1.25, 20

#: Costs that differ by less are the same: sums of floating-point numbers in another order.
ROUNDING = 1e-6


class Step(NamedTuple):
    """How a state was reached: at what cost, from which state, by what deeds."""

    cost: float
    before: State | None
    deeds: Deeds


class Found(NamedTuple):
    """A plan's cost by this file's account, and the deeds of its days."""

    cost: float
    deeds: tuple[Deeds, ...]


def brute_force(mission: Mission) -> float:
    """The least objective of any lawful plan made on the day of cessation, by the mission's first course of action.

    Raises ValueError for a mission with something that is not tried, or without a lawful plan, and AssertionError
    if the plan found breaks a rule or is measured otherwise than it was counted.
    """
    return measure_plan(mission, best_plan(mission)).objective(mission.courses[0])


def best_plan(mission: Mission) -> Plan:
    """A lawful plan with the least objective; errors as for `brute_force`."""
    world = World(mission, mission.courses[0])
    bound = Bound(world)
    start = beginning(world)
    most = bound.evening(start, 0) + bound.least(start, 0) + ROUNDING
    found: Found | None = None
    for _ in range(WIDENINGS):
        most *= WIDER
        found = _search(bound, NARROW, most)
        found = _search(bound, None, found.cost if found else most) or found
        if found:
            break
    if found is None:
        raise ValueError(f"{mission.mission.id} has no lawful plan")
    plan = plan_of(world, found.deeds)
    broken = verify_plan(mission, plan)
    assert not broken, broken
    value = measure_plan(mission, plan).objective(mission.courses[0])
    assert isclose(value, found.cost, rel_tol=ROUNDING), (value, found.cost)
    return plan


def _search(bound: Bound, width: int | None, most: float) -> Found | None:
    """The best plan that costs less than ``most``, keeping so many states an evening (None for all)."""
    world = bound.world
    start = beginning(world)
    evenings = [{start: Step(bound.evening(start, 0), None, Deeds())}]
    best: Found | None = None
    for number in range(1, world.end + 1):
        day, reached = Day(world, number), dict[State, Step]()
        costs: dict[State, tuple[float, float]] = {}
        for state, step in evenings[-1].items():
            for price, evening, deeds in day.ways(state, most - step.cost - bound.waiting(state, number - 1)):
                if evening not in costs:
                    costs[evening] = bound.evening(evening, number), bound.least(evening, number)
                cost = step.cost + price + costs[evening][0]
                known = reached.get(evening)
                if cost + costs[evening][1] < most - ROUNDING and (known is None or cost < known.cost):
                    reached[evening] = Step(cost, state, deeds)
        evenings.append(reached)
        for state, step in reached.items():
            total = step.cost + bound.tail(number)
            if total < most - ROUNDING and _over(world, state):
                most, best = total, Found(total, _deeds(evenings, state))
        if width is not None and len(reached) > width:
            rank = {state: step.cost + costs[state][1] for state, step in reached.items()}
            evenings[-1] = {state: reached[state] for state in nsmallest(width, reached, key=rank.__getitem__)}
    return best


def _over(world: World, state: State) -> bool:
    """Whether everyone and everything has gone and every step that must be done is done or at work."""
    if state.roads and any(sum(c.people) + sum(c.items) for c in state.roads):
        return False
    if any(map(any, state.people)) or any(map(any, state.items)):
        return False
    signed = {s for n, (s, step) in enumerate(world.steps) if step.role == "handover" and state.steps[n] != TO_DO}
    return all(state.steps[n] != TO_DO or (step.role != "work" and s not in signed)
               for n, (s, step) in enumerate(world.steps))  # fmt: skip


def _deeds(evenings: list[dict[State, Step]], state: State) -> tuple[Deeds, ...]:
    found: list[Deeds] = []
    for reached in reversed(evenings[1:]):
        step = reached[state]
        found.append(step.deeds)
        assert step.before is not None
        state = step.before
    return tuple(reversed(found))
