"""The search for a plan made for chance: recipes are tried on the same futures, and the best are changed a little.

Where the futures of a good plan lose days says which buffer is tried next; guides say in which order things are done.
What is best at the end is decided by a race (successive halving, Jamieson and Talwalkar 2016): fewer and fewer plans
on more and more futures. Seed and rounds name one result, whatever the number of processes.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from drawdown.desk.robust_futures import Aim, Futures, futures_of, score
from drawdown.desk.robust_recipes import Buffers, Recipe, make, resized, used
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.verify import verify_plan
from drawdown.plan.wishes import Wishes, wished_mission
from drawdown.planner.search.changes import CHANGES, SERIAL_CHANGES, mix
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.improve import contrasting
from drawdown.planner.search.polish import polish
from drawdown.stress.script import Cause

#: Futures on which every recipe is tried: making and judging a plan takes as long as playing some hundred of them.
FIRST = 128

#: The race at the end: so many of the best are played on so many futures. And how many futures that are at most beside
#: the first ones.
RACE = ((6, 512), (2, 1024))
RACED = 6 * (512 - FIRST) + 2 * (1024 - 512)

#: Recipes in a round, side by side; fixed, so that the result does not depend on the number of processes.
BATCH = 4

#: The best so far that are changed; among them each is drawn half as often again as the next.
ELITE, FAVOUR = 5, 1.5

#: How often a change is one of buffers, of last-outs that are held, or of the guide; the rest are guides drawn anew.
TO_BUFFERS, TO_HOLD, TO_GUIDE = 0.4, 0.15, 0.35

#: How often a buffer is made larger rather than smaller, and how often a change is followed by another.
LARGER, ANOTHER = 0.7, 0.3

#: Percentiles of the last-outs in futures, not before which last-outs are held.
HELD = (20, 50, 80)

#: Share of the worst futures whose delays choose the next buffer, and the weight of a buffer that they do not call for.
WORST, UNCALLED = 0.2, 0.1

#: Draws that may be of recipes already tried before a round goes on with fewer.
MOST_DRAWS = 40

#: Where nothing is wished.
NO_WISHES = Wishes()

#: Seconds between two looks at whether the search is to stop while processes work.
LOOK = 0.2

#: Which buffers help against which cause of delay.
AGAINST: dict[Cause, tuple[str, ...]] = {
    Cause.LIFT: ("turnaround_days", "vehicles"),
    Cause.AFTER: ("turnaround_days", "step_days"),
    Cause.LAST_OUT: ("step_days", "turnaround_days"),
    Cause.FIRE: ("turnaround_days",),
    Cause.CLEARANCE: ("ask_days", "lead_days"),
    Cause.BLOCK: ("ask_days", "early_days"),
    Cause.ROUTE: ("early_days",),
    Cause.HEADWAY: ("headway_days",),
    Cause.STOCK: ("turnaround_days", "vehicles"),
    Cause.AIRCRAFT: ("early_days",),
    Cause.AIRFIELD: ("early_days",),
    Cause.EXIT: ("early_days",),
    Cause.GUARD: ("step_days",),
    Cause.CASEVAC: ("step_days",),
    Cause.PACE: ("turnaround_days", "pace"),
    Cause.ATTACK: ("turnaround_days", "pace"),
    Cause.BREAKDOWN: ("turnaround_days", "vehicles"),
    Cause.SUPPLY: ("turnaround_days", "pace"),
    Cause.QUEUE: ("early_days",),
}


@dataclass(frozen=True)
class Field:
    """What every recipe is tried on: the mission, the nominal plan, the seed of the futures, and what is wished."""

    mission: Mission
    course: str
    nominal: Plan
    seed: int
    wishes: Wishes = NO_WISHES

    def futures(self, plan: Plan, numbers: range) -> Futures:
        """Some futures of a plan."""
        return futures_of(self.mission, self.mission.course[self.course], plan, self.seed, numbers)


@dataclass(frozen=True, eq=False)
class Tried:
    """A recipe, its lawful plan and its futures."""

    recipe: Recipe
    plan: Plan
    futures: Futures


def attempt(field: Field, recipe: Recipe) -> Tried | None:
    """Try a recipe; None if its plan breaks a rule. Those who may leave where they serve do so at once."""
    wished = wished_mission(field.mission, field.wishes)
    plan = make(wished, field.mission.course[field.course], field.nominal, recipe)
    if verify_plan(field.mission, plan):
        return None
    if recipe.guide is not None:
        plan = polish(field.mission, plan, 0)
    return Tried(recipe, plan, field.futures(plan, range(FIRST)))


class RobustSearch:
    """What has been tried so far; ``accepts`` tells whether a lawful plan may be given at all (it keeps wishes)."""

    def __init__(
        self, field: Field, aim: Aim, rng: Random, accepts: Callable[[Plan], bool], progress: Callable[[str], None]
    ) -> None:
        self.field, self.aim, self.rng, self.accepts, self.progress = field, aim, rng, accepts, progress
        self.guides = contrasting(field.mission)
        self.tried: list[Tried] = []
        self.known: set[Recipe] = set()

    def run(self, rounds: int, stop: Callable[[], bool], workers: int) -> None:
        """Try the first recipes, then change the best for so many rounds or until it is to stop."""
        with _trier(self.field, workers, stop) as trier:
            asking = [Recipe(None, Buffers(ask_days=days)) for days in (0, 21)]
            self._try(trier, asking)
            for number in range(rounds + 1):
                if stop():
                    return
                first = [Recipe(guide, Buffers(ask_days=21)) for guide in self.guides]
                self._try(trier, self._drawn() if number else first)
                best = self.best(1)[0].futures
                self.progress(
                    f"round {number}: {len(self.tried)} plans tried; the best meets the deadline in "
                    f"{best.in_time.mean():.0%} of the futures, mean loss {best.loss.mean() / 1e6:.1f} million"
                )

    def best(self, many: int) -> list[Tried]:
        """The best so far on the first futures, the best first."""
        return sorted(self.tried, key=lambda one: score(one.futures, self.aim))[:many]

    def race(self) -> Tried:
        """The winner of the race among the best."""
        runners = self.tried
        for many, futures in RACE:
            runners = sorted(runners, key=lambda one: score(one.futures, self.aim))[:many]
            if len(runners) > 1:
                self.progress(f"{len(runners)} plans race on {futures} futures")
                runners = [self._played_on(one, futures) for one in runners]
        return min(runners, key=lambda one: score(one.futures, self.aim))

    def _played_on(self, one: Tried, futures: int) -> Tried:
        more = self.field.futures(one.plan, range(len(one.futures), futures))
        return replace(one, futures=one.futures.and_then(more))

    def _try(self, trier: Callable[[Sequence[Recipe]], Iterator[Tried | None]], recipes: Sequence[Recipe]) -> None:
        self.known.update(recipes)
        self.tried += [one for one in trier(recipes) if one and self.accepts(one.plan)]

    def _drawn(self) -> list[Recipe]:
        """Recipes for a round that have not been tried yet."""
        elite, drawn = self.best(ELITE), list[Recipe]()
        weights = [FAVOUR**-place for place in range(len(elite))]
        for _ in range(MOST_DRAWS):
            parent = self.rng.choices(elite, weights)[0]
            recipe = self._changed(parent)
            while self.rng.random() < ANOTHER:
                recipe = self._changed(replace(parent, recipe=recipe))
            if recipe not in self.known and recipe not in drawn:
                drawn.append(recipe)
            if len(drawn) == BATCH:
                break
        return drawn

    def _changed(self, parent: Tried) -> Recipe:
        recipe, dice = parent.recipe, self.rng.random()
        guide = recipe.guide or self.rng.choice(self.guides)
        if dice < TO_BUFFERS:
            buffers = self._rebuffered(parent)
            return Recipe(recipe.guide if {*used(buffers)} <= {"ask_days"} else guide, buffers)
        if dice < TO_BUFFERS + TO_HOLD:
            return replace(recipe, guide=self._held(guide, parent.futures))
        if dice < TO_BUFFERS + TO_HOLD + TO_GUIDE:
            changes = SERIAL_CHANGES if guide.serial else CHANGES
            change = changes[self.rng.choice(list(changes))]
            return replace(recipe, guide=change(guide, self.field.mission, self.rng))
        return replace(recipe, guide=mix(self.guides[0], self.guides[1], self.rng))

    def _rebuffered(self, parent: Tried) -> Buffers:
        """One buffer larger, chosen by what delays the worst futures, or smaller."""
        buffers = parent.recipe.buffers
        if (names := list(used(buffers))) and self.rng.random() > LARGER:
            return resized(buffers, self.rng.choice(names), -1)
        called = called_for(parent.futures)
        name = self.rng.choices(list(called), list(called.values()))[0]
        return resized(buffers, name, 1)

    def _held(self, guide: Guide, futures: Futures) -> Guide:
        """Last-outs held until some percentile of the futures: all of them, one, or none any more."""
        mission = self.field.mission
        last = mission.day(mission.mission.deadline)
        days = np.percentile(futures.last_out, self.rng.choice(HELD), axis=0)
        held = {site.id: float(min(int(day), last)) for site, day in zip(mission.sites, days, strict=True) if day >= 1}
        if not held or (guide.not_before and self.rng.random() > LARGER):
            return replace(guide, not_before=())
        if self.rng.random() > LARGER:
            site = self.rng.choice(list(held))
            held = {**dict(guide.not_before), site: held[site]}
        return replace(guide, not_before=tuple(sorted(held.items())))


def called_for(futures: Futures) -> dict[str, float]:
    """Weights of the buffers by the days that the worst futures lose on their critical chains."""
    worst = max(1, int(WORST * len(futures)))
    days = futures.delays[np.argsort(futures.loss, kind="stable")[-worst:]].mean(axis=0)
    weights = dict.fromkeys(vars(Buffers()), UNCALLED)
    for cause, names in AGAINST.items():
        for name in names:
            weights[name] += float(days[cause]) / len(names)
    return weights


# ---- trying recipes, here or side by side ------------------------------------------------------------------------

_field: Field | None = None


def _prepare(written: str, course: str, nominal: str, seed: int, wishes: Wishes) -> None:
    """Begin a process: the keyboard's interrupt is for the process that asked."""
    global _field  # noqa: PLW0603 - the one thing that a process keeps between its tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _field = Field(Mission.model_validate_json(written), course, Plan.model_validate_json(nominal), seed, wishes)


def _attempt(recipe: Recipe) -> Tried | None:
    if _field is None:
        raise RuntimeError("the process was not prepared")
    return attempt(_field, recipe)


@contextmanager
def _trier(
    field: Field, workers: int, stop: Callable[[], bool]
) -> Iterator[Callable[[Sequence[Recipe]], Iterator[Tried | None]]]:
    """Something that tries recipes in order until it is to stop, in this process or in others."""
    if workers <= 1:
        yield lambda recipes: _one_by_one(field, recipes, stop)
        return
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(
            field.mission.model_dump_json(),
            field.course,
            field.nominal.model_dump_json(),
            field.seed,
            field.wishes,
        ),
    )
    try:
        yield lambda recipes: _side_by_side(pool, recipes, stop)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(field: Field, recipes: Sequence[Recipe], stop: Callable[[], bool]) -> Iterator[Tried | None]:
    for number, recipe in enumerate(recipes):
        if number and stop():  # the first is always tried: there is nothing to race without it
            return
        yield attempt(field, recipe)


def _side_by_side(
    pool: ProcessPoolExecutor, recipes: Sequence[Recipe], stop: Callable[[], bool]
) -> Iterator[Tried | None]:
    for number, task in enumerate([pool.submit(_attempt, recipe) for recipe in recipes]):
        while not wait([task], LOOK, FIRST_COMPLETED).done:
            if number and stop():
                return
        yield task.result()
