"""A plan made again under other wishes or for a changed mission, changing as little of the earlier one as it can.

Every move of the earlier plan that is still lawful is made again, and only what is then left at the sites is planned.
Where that breaks a rule, the sites to blame are planned afresh, then those that they hang on, then everything. Of the
plans that break no rule the one is given that keeps most wishes, then the one with the fewest changes, weighted
(`drawdown.plan.changes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.plan.changes import WEIGHTS, Changes, ChangeWeights, count_changes, weigh
from drawdown.plan.model import Move, Plan
from drawdown.plan.rules.understood import understandable
from drawdown.plan.verify import Broken
from drawdown.plan.wishes import Unkept, Wishes, unkept
from drawdown.plan.wishes.moves import against_move, unlawful_moves
from drawdown.planner.construction.ways import WayFinder
from drawdown.planner.wishing.obeying import Attempt, Earlier, Ground, Wished, drafted_plan
from drawdown.planner.wishing.wishing import MARGINS, plan_with_wishes

Progress = Callable[[str], None]

#: What is planned afresh while a plan breaks rules, in one round after another: how long before the first breach, and
#: whether for the whole sites instead of the units and lots to blame. Ten days call and load one convoy, thirty a few.
ROUNDS = (
    (timedelta(days=10), False),
    (timedelta(days=30), True),
    (timedelta(days=10_000), True),
)


class Replanned(NamedTuple):
    """A plan in the place of another: broken rules, wishes that are not kept, what has changed, and its weight."""

    plan: Plan
    unmet: tuple[Broken, ...]
    unkept: tuple[Unkept, ...]
    changes: Changes
    cost: float


def replan(  # noqa: PLR0913 - what may be said about any plan
    mission: Mission,
    before: Plan,
    wishes: Wishes | None = None,
    *,
    as_of: date | None = None,
    weights: ChangeWeights = WEIGHTS,
    progress: Progress | None = None,
) -> Replanned:
    """Plan a sound mission again, near to an earlier plan, under sound wishes (see `check_wishes`).

    ``as_of`` is the day on which the plan is made, the earlier plan's own if it is not given. What the mission does
    not know any more of the earlier plan is left out.
    """
    wanted, start = wishes or Wishes(), as_of or before.as_of
    known, wished = understandable(mission, before), Wished(mission, wanted)

    def judged(plan: Plan, unmet: tuple[Broken, ...]) -> Replanned:
        changes = count_changes(mission, known, plan)
        return Replanned(plan, unmet, unkept(mission, plan, wanted), changes, weigh(changes, weights))

    found: list[Replanned] = []
    ground = Ground(wished, mission.day(start), WayFinder(wished.mission))
    for earlier in _less_and_less(wished, known, start, found):
        if progress and found:
            progress(f"once more: keeping {len(earlier.moves)} moves, after {len(found[-1].unmet)} broken rules")
        attempt = Attempt(wanted, windows=True, margin=MARGINS[0])
        found.append(judged(*drafted_plan(ground, attempt, Counter(), earlier)))
    if len(found) > 1 or found[0].unmet or found[0].unkept:  # what is mended again and again may differ more
        afresh = plan_with_wishes(mission, wanted, before.course, as_of=start, seed=before.seed, progress=progress)
        found.append(judged(afresh.plan, afresh.unmet))
    best = min(found, key=_badness)
    stamp = {
        "name": before.name, "course": before.course, "seed": before.seed,
        "settings": {"wishes": wanted.hash, "earlier": before.hash},
    }  # fmt: skip
    return best._replace(plan=best.plan.model_copy(update=stamp))


def _badness(one: Replanned) -> tuple[int, int, float]:
    return len(one.unmet), len(one.unkept), one.cost


def _less_and_less(wished: Wished, known: Plan, start: date, found: list[Replanned]) -> Iterator[Earlier]:
    """What to keep of the earlier plan: all that is lawful, and less while the last plan breaks rules or wishes."""
    mission = wished.original
    moves, separated = _lawful(wished, known, start), {(r.unit, r.place): mission.day(r.day) for r in known.separations}
    yield Earlier(tuple(moves), separated)
    afresh: dict[str, date] = {}
    for notice, whole_sites in ROUNDS:
        if not found[-1].unmet and not found[-1].unkept:
            return
        for name, day in _blamed(mission, found[-1], whole_sites=whole_sites).items():
            since = max(day, mission.mission.cessation + notice) - notice
            afresh[name] = min(since, afresh.get(name, since))
        moves = [move for move in moves if not _is_afresh(move, afresh)]
        yield Earlier(tuple(moves), {key: day for key, day in separated.items() if not set(key) & afresh.keys()})


def _is_afresh(move: Move, afresh: dict[str, date]) -> bool:
    """Whether a move touches a place, or takes along a unit or lot, on days that are planned afresh for it."""
    touches = {move.origin, move.destination, *move.people, *move.lots, *move.driven}
    return any(move.arrive >= afresh[name] for name in touches & afresh.keys())


def _lawful(wished: Wished, known: Plan, start: date) -> list[Move]:
    """Moves that may be made as they are, in the mission as it is now and under the wishes, the earliest first."""
    unlawful = unlawful_moves(wished.mission, known.moves, start)
    fixed = [move.model_copy(update={"id": ""}) for move in wished.moves]

    def may_be(move: Move) -> bool:
        if move.id in unlawful or move.model_copy(update={"id": ""}) in fixed:
            return False
        if any(against_move(wished.original, move, wish) for wish in wished.wishes.wishes):
            return False
        return not _at_last_out(move, known, wished)

    return sorted(filter(may_be, known.moves), key=lambda move: (move.depart, move.id))


def _at_last_out(move: Move, known: Plan, wished: Wished) -> bool:
    """Whether a move leaves with the last group of a site that is now to be left later, or leaves it too late."""
    closure, day = known.closure.get(move.origin), wished.original.day
    if closure is None or move.origin not in wished.leave:
        return False
    first, last = wished.leave[move.origin]
    too_soon = move.depart == closure.last_out and day(move.depart) < first
    return too_soon or day(move.depart) > last


def _blamed(mission: Mission, one: Replanned, *, whole_sites: bool) -> dict[str, date]:
    """What breaks rules or wishes, and from which day on: units and lots, and sites where it is none of them.

    With ``whole_sites`` it is always the sites: those of the units and lots as well.
    """
    sites = {name: site.id for site in mission.sites for name in (site.id, site.name)}
    sites |= {lift.id: lift.base for lift in mission.lift if lift.base in mission.site}
    sites |= {move.id: move.origin for move in one.plan.moves if move.origin in mission.site}
    things = {unit.name: unit.id for unit in mission.units}
    things |= {name: name for name in (*mission.unit, *mission.lot)}
    home = {unit.id: unit.site for unit in mission.units} | {lot.id: lot.site for lot in mission.equipment}
    told = [(row.start, [row.action.split("/")[0], row.where]) for row in one.unmet]
    told += [(row.start, [row.where]) for row in one.unkept]
    found: dict[str, date] = {}
    for day, names in sorted(told):
        thing = next((things[name] for name in names if name in things), None)
        places = [home[thing]] if thing else []
        places += [sites[name] for name in names if name in sites]
        for name in places if whole_sites or thing is None else [thing]:
            found.setdefault(name, day)
    return found
