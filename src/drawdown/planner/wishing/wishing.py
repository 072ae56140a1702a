"""The constructive planner under wishes: it keeps the rules first, and of the wishes all that it can.

Where every plan so far breaks rules, fewer wishes are obeyed, at last none; what the best plan does not keep is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken
from drawdown.plan.wishes import (
    LastOutWish,
    MoveWish,
    Unkept,
    Wishes,
    unkept,
)
from drawdown.plan.wishes.names import names_in
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.construction.ways import WayFinder
from drawdown.planner.wishing.obeying import Attempt, Ground, Wished, drafted_plan

Progress = Callable[[str], None]

#: How far the escorts' time to go home is stretched in one attempt after another, as in the simple planner.
MARGINS = (1.0, 2.0)


class WishedOutcome(NamedTuple):
    """A plan, the rules of the mission itself that it breaks, and the wishes that it does not keep."""

    plan: Plan
    unmet: tuple[Broken, ...]
    unkept: tuple[Unkept, ...]


def plan_with_wishes(  # noqa: PLR0913 - what may be said about any plan
    mission: Mission,
    wishes: Wishes,
    course: str | None = None,
    *,
    as_of: date | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> WishedOutcome:
    """Plan a sound mission under sound wishes (see `check_wishes`); the plan is stamped for the mission itself."""
    start, outcomes = as_of or mission.mission.cessation, list[WishedOutcome]()
    blamed, finders = Counter(_first(Wished(mission, wishes))), dict[str, WayFinder]()
    for attempt in _attempts(mission, wishes, outcomes):
        if progress and outcomes:
            unmet, not_kept = _badness(outcomes[-1])[:2]
            progress(f"once more: the attempt before breaks {unmet} rules and does not keep {not_kept} wishes")
        wished = Wished(mission, attempt.wishes)
        finder = finders.setdefault(wished.mission.hash, WayFinder(wished.mission))
        ground = Ground(wished, mission.day(start), finder)
        made, broken = drafted_plan(ground, attempt, blamed)
        plan = made.model_copy(update={"course": course, "seed": seed, "settings": {"wishes": wishes.hash}})
        outcomes.append(WishedOutcome(plan, broken, unkept(mission, plan, wishes)))
        blamed.update(_blamed(mission, outcomes[-1]))
    if all(outcome.unmet for outcome in outcomes):
        plan, broken = plan_simply(mission, course, as_of=start, seed=seed)
        plan = plan.model_copy(update={"settings": {"wishes": wishes.hash}})
        outcomes.append(WishedOutcome(plan, broken, unkept(mission, plan, wishes)))
    return min(outcomes, key=_badness)


def _attempts(mission: Mission, wishes: Wishes, outcomes: list[WishedOutcome]) -> Iterator[Attempt]:
    """What to try next, less and less of the wishes, until a plan breaks no rule and keeps all that was tried."""
    for margin in MARGINS:
        yield Attempt(wishes, windows=True, margin=margin)
        if not outcomes[-1].unmet and not outcomes[-1].unkept:
            return
    rows = tuple(wish for wish in wishes.wishes if not isinstance(wish, MoveWish | LastOutWish))
    fewer = [
        Attempt(wishes, windows=not any(isinstance(wish, LastOutWish) for wish in wishes.wishes), margin=MARGINS[0]),
        Attempt(_without_the_broken(mission, wishes, outcomes), windows=True, margin=MARGINS[0]),
        Attempt(Wishes(wishes=rows), windows=True, margin=MARGINS[0]),
    ]
    tried = [Attempt(wishes, windows=True, margin=MARGINS[0])]
    for attempt in fewer:
        if attempt not in tried and all(outcome.unmet for outcome in outcomes):
            tried.append(attempt)
            yield attempt


def _without_the_broken(mission: Mission, wishes: Wishes, outcomes: list[WishedOutcome]) -> Wishes:
    """The wishes but for those that name what breaks a rule in the best attempt so far."""
    broken = min(outcomes, key=_badness).unmet
    names = {row.action for row in broken} | {part for row in broken for part in row.action.split("/")}
    names |= {site.id for site in mission.sites if any(row.where == site.name for row in broken)}
    kept = [w for w in wishes.wishes if not names & {name.name for name in names_in(mission, w)}]
    return Wishes(wishes=tuple(kept))


def _badness(outcome: WishedOutcome) -> tuple[int, int, float]:
    by = sum(row.by for row in outcome.unmet) + sum(row.by for row in outcome.unkept)
    return len(outcome.unmet), len(outcome.unkept), by


def _first(wished: Wished) -> Iterator[str]:
    """Sites that are to be left by a day come first, with all that are drawn in to them."""
    hub = {site.id: site.hub for site in wished.mission.sites}
    for site in wished.mission.sites:
        place: str | None = site.id
        seen: set[str] = set()
        while place and place not in seen:
            seen.add(place)
            if wished.leave.get(place, (1, wished.original.days))[1] < wished.original.days:
                yield site.id
                break
            place = hub.get(place)


def _blamed(mission: Mission, outcome: WishedOutcome) -> set[str]:
    """The sites at which rules are broken or wishes not kept, or whose units do that."""
    names = {site.name: site.id for site in mission.sites} | {unit.name: unit.site for unit in mission.units}
    places = {names.get(row.where) for row in outcome.unmet} | {names.get(row.where) for row in outcome.unkept}
    places |= {mission.unit[row.action].site for row in outcome.unmet if row.action in mission.unit}
    return {place for place in places if place}
