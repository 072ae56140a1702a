"""A plan's futures, and those of what might be otherwise, all on the same luck. Needs the extra ``stress``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from drawdown.desk.summary import choose_course
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import changed_mission, plan_shift, what_ifs
from drawdown.plan.model import Plan
from drawdown.stress.answering import answer
from drawdown.stress.answers import Answers, Driver, KnockOut, WhatIf
from drawdown.stress.comparing import Side
from drawdown.stress.compile import compile_script
from drawdown.stress.drivers import knock_out, rank_drivers
from drawdown.stress.ensemble import run_ensemble
from drawdown.stress.script import ALL_CHANCE, Chance, Script
from drawdown.stress.store import Store
from drawdown.stress.summary import Summary
from drawdown.stress.what_ifs import compared, shifted_plan
from drawdown.stress.words import CHANCES, Words

_Result = TypeVar("_Result")

#: Futures of a comparison at most: on the same luck so many tell a gain of a point from nothing.
COMPARED = 1_000

#: What planning again alone changes, with nothing else.
AGAIN, AGAIN_TITLE = "(nothing)", "Planned again, with nothing changed"


@dataclass(frozen=True)
class Means:
    """Who plays, where the futures go, and who hears of it; see `drawdown.desk.stressing.Question`."""

    workers: int = 1
    cluster: str | None = None
    table: Path | None = None
    resume: bool = False
    progress: Callable[[str], None] | None = None

    def say(self, text: str) -> None:
        """Tell what is being done."""
        if self.progress:
            self.progress(text)


class Player:
    """One plan, played; `answers` comes first. ``warnings`` grow while more is asked."""

    def __init__(self, mission: Mission, plan: Plan, seed: int, means: Means) -> None:
        self.mission, self.plan, self.seed, self.means = mission, plan, seed, means
        self.warnings: list[str] = []
        means.say("taking the plan apart")
        self._script = compile_script(mission, plan)
        self._words = Words(mission, plan, self._script)

    def answers(self, futures: int, until: float | None) -> Answers:
        """Play the futures, and say what they came to."""
        means, began = self.means, time.perf_counter()
        self._summary = run_ensemble(
            self._script,
            futures,
            seed=self.seed,
            workers=means.workers,
            cluster=means.cluster,
            store=Store(means.table, resume=means.resume) if means.table else None,
            progress=lambda done, of: means.say(f"played {done:,} of {of:,} futures"),
            until=until,
        )
        return answer(self._words, self._summary, seed=self.seed, seconds=time.perf_counter() - began)

    def drivers(self) -> tuple[Driver, ...]:
        """What drives the day of completion, by rank correlation."""
        return rank_drivers(self._words, self._summary)

    def knock_outs(self) -> tuple[KnockOut, ...]:
        """The same futures without each source of chance, the dearest first."""
        runs = (partial(self._compared, self._script, ALL_CHANCE & ~chance) for chance in CHANCES)
        found = []
        for chance, without in zip(CHANCES, _each(runs, self.means.workers), strict=True):
            found.append(knock_out(self.mission, chance, self._summary, without))
            self.means.say(f"without {CHANCES[chance]}")
        return tuple(sorted(found, key=lambda row: (-row.gained, -(row.days_p80 or 0))))

    def what_ifs(self, names: Sequence[str], replan: float | None = None) -> Iterator[WhatIf]:
        """The same futures with each of some changes of the mission.

        With ``replan`` each is planned for in so many seconds, and compared with a plan that is made in the same way
        without any change: that one comes first, compared with the plan itself. Otherwise planning once more would
        pass for what a change is worth.
        """
        titles, again = what_ifs(self.mission), replan is not None
        rows, workers = list(names), self.means.workers
        if again and names:
            rows, workers = [AGAIN, *names], 1  # a planner uses all cores itself
        before: Side | None = None
        for name, side in zip(rows, _each((partial(self._changed, n, replan) for n in rows), workers), strict=True):
            was = before or Side.of(self.mission, self._summary, side.futures)
            yield compared(name, titles.get(name, AGAIN_TITLE), was, side, replanned=again)
            if name == AGAIN and again:
                before = side

    def _changed(self, name: str, replan: float | None) -> Side:
        """The futures of the mission with one change."""
        self.means.say(f"what if: {name}")
        if name == AGAIN:
            mission, plan = self.mission, self.plan
        else:
            mission = changed_mission(self.mission, name)
            plan = shifted_plan(self.plan, plan_shift(self.mission, name))
        if replan is not None:
            plan = self._planned(name, mission, plan, replan)
        summary = self._compared(compile_script(mission, plan), ALL_CHANCE)
        return Side.of(mission, summary, summary.futures)

    def _planned(self, name: str, mission: Mission, plan: Plan, seconds: float) -> Plan:
        """A plan made for a changed mission; the old one if none is found that keeps the rules."""
        from drawdown.planner.optimise import Effort, optimise  # noqa: PLC0415  most stress tests do not plan

        course = choose_course(mission, plan.course)
        found = optimise(
            mission, course.id, as_of=plan.as_of, seed=plan.seed, effort=Effort(seconds), progress=self.means.progress
        )
        if found.unmet:
            self.warnings.append(
                f"{name}: no plan that keeps all rules was found in {seconds:g} s, so the old one plays"
            )
            return plan
        return found.plan

    def _compared(self, script: Script, chance: Chance) -> Summary:
        futures = min(self._summary.futures, COMPARED)
        return run_ensemble(script, futures, seed=self.seed, chance=chance, cluster=self.means.cluster)


def _each(tasks: Iterable[Callable[[], _Result]], workers: int) -> Iterator[_Result]:
    """The results of some tasks, in order; over threads, because what plays futures is compiled and holds no lock."""
    if workers == 1:
        yield from (task() for task in tasks)
        return
    with ThreadPoolExecutor(workers) as threads:
        yield from threads.map(lambda task: task(), tasks)
