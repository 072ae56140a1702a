"""What more would buy: each offer is a changed mission that is bounded and planned again, not guessed from prices.

Two figures for each. *Proven*: the least that any plan of the changed mission can cost, by the relaxation, beside the
same for the mission as it is. *Shown*: the best plan found for it, beside the best found for the mission as it is
with the same guides, draws and number of plans. A plan found for the changed mission that is lawful in the mission as
it is counts there as well, since it did not need the offer. What the search finds by chance is told beside it: how
much the same effort with other draws differs in the mission as it is.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drawdown.mission.checks.finding import a_few
from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import verify_plan
from drawdown.planner.aside import Aside
from drawdown.planner.construction.simple import Progress
from drawdown.planner.relaxation.bound import ROUNDING, relax
from drawdown.planner.relaxation.solver import SolverMissing, certified, solve
from drawdown.planner.why.changed import Offer, offers
from drawdown.planner.why.rebuild import Built, Clock, Effort, Task, climb, first_guides

#: Days that the bounds of offers count one by one; later ones are taken together, which keeps a bound valid. None:
#: a bound of the MINUSMA mission then takes a third of the time and is lower by one per cent.
FINE_DAYS = 0

MILLION = 1e6

#: How often the mission as it is is planned, each time by other draws: what differs between them is chance.
DRAWS = 3


@dataclass(frozen=True)
class Gain:
    """What an offer would buy, in USD-equivalents of the plan's course of action and in days.

    ``gain`` is by how much the best plan found is cheaper with the offer than without, like for like; ``objective``
    is what it costs with it; ``sure`` tells whether the gain is more than chance makes. ``days`` is how much sooner
    everyone and everything is out, ``site_days`` how many fewer days sites are open. ``bound`` is the proof: no plan
    with the offer costs less; ``bound_gain`` how much lower that is than the bound without the offer. ``at_most`` is
    what the plan in hand could gain at most with the offer, by the proof. None: not known in the time.
    """

    name: str
    words: str
    gain: float | None
    objective: float | None
    sure: bool
    days: int | None
    site_days: int | None
    bound: float | None
    bound_gain: float | None
    at_most: float | None
    message: str


@dataclass(frozen=True)
class Gains:
    """Offers, the most useful first. ``objective`` and ``bound`` are those of the plan in hand.

    ``rebuilt`` is the best plan found with the same effort without any offer, ``chance`` how much that differs with
    other draws, ``builds`` how many plans were made for each mission.
    """

    objective: float
    bound: float | None
    rebuilt: float
    chance: float
    builds: int
    gains: tuple[Gain, ...]
    seconds: float
    warnings: tuple[str, ...] = ()


def find_gains(
    mission: Mission, plan: Plan, *, effort: Effort | None = None, progress: Progress | None = None
) -> Gains:
    """Rank what a sound mission with a lawful plan could have more of. Without a solver nothing is proven."""
    clock, began = Clock(effort or Effort()), time.perf_counter()
    course = mission.course[plan.course] if plan.course else mission.courses[0]
    had, task = offers(mission, plan), Task(mission, course, plan.as_of)
    missions = [mission, *(offer.mission for offer in had)]
    warnings: list[str] = []
    proof = Aside(bounds_of, missions, course.id, mission.day(plan.as_of), clock.left)
    try:
        shown = _Showing(task, clock, len(had), progress).all_of(had)
        while not proof.ready and clock.left:
            time.sleep(0.05)
        bounds = _result(proof, len(missions), warnings)
    finally:
        proof.end()
    if any(found is None for found in shown.with_offer.values()):
        warnings.append("with some offers no lawful plan was found in the time")
    proofs = ((bounds[0], bound) for bound in bounds[1:])
    gains = [_gain(task, plan, shown, offer, proof) for offer, proof in zip(had, proofs, strict=True)]
    ranked = sorted(gains, key=lambda g: (-(g.gain or 0.0) * g.sure, -(g.bound_gain or 0.0), -(g.gain or 0.0)))
    spent, objective = time.perf_counter() - began, task.cost(plan)
    rebuilt = shown.without.objective
    return Gains(objective, bounds[0], rebuilt, shown.chance, shown.builds, tuple(ranked), spent, tuple(warnings))


def bounds_of(missions: Sequence[Mission], course: str, as_of: int, seconds: float) -> list[float | None]:
    """What no plan of each mission can cost less than; None where the time ran out. Raises `SolverMissing`."""
    end, found = time.perf_counter() + seconds, list[float | None]()
    for mission in missions:
        left = end - time.perf_counter()
        found.append(_bound(mission, course, as_of, left) if left > 0 else None)
    return found


def _bound(mission: Mission, course: str, as_of: int, seconds: float) -> float | None:
    matrix = relax(mission, mission.course[course], as_of=as_of, fine=FINE_DAYS).program.matrix()
    answer = solve(matrix, seconds=seconds)
    if answer.status != "optimal" or answer.prices is None:
        return None
    value = certified(matrix, answer.prices)
    return value - ROUNDING * abs(value) if math.isfinite(value) else None


def _result(proof: Aside[list[float | None]], count: int, warnings: list[str]) -> list[float | None]:
    """The bounds, if they were found in the time."""
    try:
        if proof.ready:
            return proof.result()
        warnings.append("the time was too short to prove what could be gained")
    except (RuntimeError, SolverMissing) as error:
        warnings.append(f"nothing is proven: {error}")
    return [None] * count


#: Bounds without and with an offer; None where the time ran out.
Proof = tuple[float | None, float | None]


@dataclass(frozen=True)
class _Shown:
    """The best plans found: without an offer and with each (None if the time ran out before it, or none is lawful)."""

    without: Built
    with_offer: dict[str, Built | None]
    chance: float
    builds: int


class _Showing:
    """Plans for one mission after another, each from the same guide, with the same draws and number of plans."""

    def __init__(self, task: Task, clock: Clock, offers: int, progress: Progress | None) -> None:
        self.task, self.clock, self.progress = task, clock, progress
        guides = first_guides(task.mission)
        self.guide = climb(task, guides, len(guides)).guide
        self.builds = clock.builds(task, offers + DRAWS)

    def best(self, mission: Mission, words: str, draw: int = 0) -> Built:
        """The best plan found for a mission."""
        if self.progress:
            self.progress(f"{self.builds} plans {words}")
        task = replace(self.task, mission=mission)
        return climb(task, [self.guide], self.builds, seed=self.clock.effort.seed + draw)

    def all_of(self, had: Sequence[Offer]) -> _Shown:
        """The best plans without and with each offer."""
        mission = self.task.mission
        draws = [self.best(mission, f"without an offer, draw {n + 1} of {DRAWS}", n) for n in range(DRAWS)]
        lawful = [one.objective for one in draws if not one.unmet] or [draws[0].objective]
        better, chance = min(draws, key=lambda one: one.worth), max(lawful) - min(lawful)
        given: list[Built | None] = []
        for offer in had:
            best = None if self.clock.late else self.best(offer.mission, f"with {offer.words}")
            if best and not best.unmet and best.objective < better.objective and not verify_plan(mission, best.plan):
                better = best._replace(objective=self.task.cost(best.plan))  # it did not need the offer
            given.append(best if best and not best.unmet else None)
        kept = {o.name: _or_kept(best, better, o.mission, self.task) for best, o in zip(given, had, strict=True)}
        return _Shown(better, kept, chance, self.builds)


def _or_kept(best: Built | None, without: Built, mission: Mission, task: Task) -> Built | None:
    """The best plan without the offer, if it is as good with it."""
    if best is None or best.objective <= without.objective or verify_plan(mission, without.plan):
        return best
    return without._replace(objective=replace(task, mission=mission).cost(without.plan))


def _gain(task: Task, plan: Plan, shown: _Shown, offer: Offer, proof: Proof) -> Gain:
    (was, bound), now = proof, shown.with_offer[offer.name]
    fall = None if bound is None or was is None else max(0.0, was - bound)
    at_most = None if bound is None else max(0.0, task.cost(plan) - bound)
    if now is None or shown.without.unmet:
        text = f"{offer.words}: no lawful plan was found in the time to compare; {_proven(fall)}"
        return Gain(offer.name, offer.words, None, None, False, None, None, bound, fall, at_most, text)
    gain = shown.without.objective - now.objective
    old, new = measure_plan(task.mission, shown.without.plan).time, measure_plan(offer.mission, now.plan).time
    days, site_days = (old.out_by - new.out_by).days, old.site_days - new.site_days
    sure = gain > shown.chance and gain > 0
    text = _text(offer.words, gain, days, sure=sure, fall=fall)
    return Gain(offer.name, offer.words, gain, now.objective, sure, days, site_days, bound, fall, at_most, text)


def _text(words: str, gain: float, days: int, *, sure: bool, fall: float | None) -> str:
    sooner = f", {a_few(abs(days), 'day')} {'sooner' if days > 0 else 'later'}" if days else ""
    if sure:
        shown = f"{words}: a plan cheaper by {_money(gain)} was found{sooner}"
    elif gain > 0:
        shown = f"{words}: {_money(gain)} cheaper, but chance alone does as much"
    else:
        shown = f"{words}: no cheaper plan was found"
    return f"{shown}; {_proven(fall)}"


def _proven(fall: float | None) -> str:
    if fall is None:
        return "nothing is proven"
    return f"the proven least cost {f'falls by {_money(fall)}' if fall >= 1 else 'does not fall'}"


def _money(value: float) -> str:
    """Dollars (USD-equivalents) in words, rounded as far as they can be trusted."""
    return f"${value / MILLION:,.2f} million" if value >= MILLION / 10 else f"${value:,.0f}"
