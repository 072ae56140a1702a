"""Proof that nothing lawful exists: limits that cannot all be kept, and which of them would have to give by how much.

The minimal set is found by a deletion filter (Chinneck and Dravnieks 1991): a limit is dropped, and stays dropped if
the others still cannot be kept. First whole kinds of limits are tried, then one place after another. What remains is
in conflict, and without any one of it would not be. Everything holds for the relaxation, which every lawful plan
keeps: what cannot be done there cannot be done at all; what could be done there may still be too little in truth.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from drawdown.mission.checks.finding import a_few
from drawdown.mission.mission import Mission
from drawdown.planner.construction.simple import Progress
from drawdown.planner.relaxation.bound import lower_bound
from drawdown.planner.why.changed import later_deadline
from drawdown.planner.why.elastic import TRACE, Answer, Elastic, Given, Group, TimeIsUpError
from drawdown.planner.why.limits import LIMITS, day_text, place_of

#: How many days the relaxation counts one by one: none at first, which is quicker, then as many as it would itself.
GRIDS = (0, None)

#: Conflicts that have no limit in common: more than these would not be read.
MOST_CONFLICTS = 3


@dataclass(frozen=True)
class Lack:
    """What a rule is short of at a place, from when to when, by how much at least (in ``unit``), and in words."""

    rule: str
    where: str
    start: date
    end: date
    by: float
    unit: str
    message: str


@dataclass(frozen=True)
class Conflict:
    """Limits that cannot all be kept, in words. ``minimal`` tells whether any one fewer could be (time may run out).

    ``excess`` is what must give at least, over all of them, recomputed from the row prices by weak duality.
    """

    limits: tuple[str, ...]
    rules: tuple[str, ...]
    minimal: bool
    excess: float


@dataclass(frozen=True)
class Remedy:
    """What would have to give at least, if nothing else did: limits of one kind, or the deadline by some days."""

    what: str
    lacks: tuple[Lack, ...]
    days: int | None = None


@dataclass(frozen=True)
class Impossible:
    """Whether it is ``proven`` that nothing lawful exists, by which conflicts, and what would help.

    Each remedy alone is enough for the relaxation; where there is none, ``together`` is what must give at least.
    """

    proven: bool
    conflicts: tuple[Conflict, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    together: tuple[Lack, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass
class _Inquiry:
    mission: Mission
    as_of: int
    seconds: float
    progress: Progress | None
    began: float = field(default_factory=time.perf_counter)
    warnings: list[str] = field(default_factory=list)

    @property
    def spent(self) -> float:
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        return max(0.1, self.seconds - self.spent)

    def tell(self, text: str) -> None:
        if self.progress:
            self.progress(f"{self.spent:.0f} s: {text}")


def why_impossible(
    mission: Mission, *, as_of: int = 0, seconds: float = 60.0, progress: Progress | None = None
) -> Impossible:
    """What must give in a mission of which no plan is lawful. Raises `SolverMissing`.

    ``as_of`` is the day (number) whose knowledge counts. If the time runs out, what is found by then is given.
    """
    asked = _Inquiry(mission, as_of, seconds, progress)
    asked.tell("whether the limits of the mission can all be kept")
    for fine in GRIDS:  # what is impossible by long slots is impossible by the day
        elastic = Elastic(mission, as_of=as_of, fine=fine)
        try:
            all_give = elastic.ask(elastic.groups, seconds=asked.left)
        except TimeIsUpError as error:
            return Impossible(proven=False, seconds=asked.spent, warnings=(str(error),))
        if all_give.proven > TRACE:
            break
    else:
        return Impossible(proven=False, seconds=asked.spent)
    conflicts, groups = _conflicts(asked, elastic)
    remedies = tuple(_remedies(asked, elastic, groups)) if groups else ()
    together = () if remedies else tuple(_lack(elastic, given) for given in all_give.given)
    return Impossible(True, conflicts, remedies, together, asked.spent, tuple(asked.warnings))


def _conflicts(asked: _Inquiry, elastic: Elastic) -> tuple[tuple[Conflict, ...], set[Group]]:
    """Conflicts that have no limit in common, and the limits in them."""
    found: list[Conflict] = []
    dropped: set[Group] = set()
    try:
        while len(found) < MOST_CONFLICTS:
            answer = elastic.ask(set(elastic.groups) - dropped, dropped, seconds=asked.left)
            if answer.proven <= TRACE:
                break
            groups, excess, minimal = _minimal(asked, elastic, answer, dropped)
            found.append(_in_words(elastic, groups, excess, minimal=minimal))
            dropped |= groups
    except TimeIsUpError:
        asked.warnings.append("the time ran out before all conflicts were found")
    return tuple(found), dropped


def _minimal(asked: _Inquiry, elastic: Elastic, first: Answer, dropped: set[Group]) -> tuple[set[Group], float, bool]:
    """Limits in conflict of which none can be left out, what they exceed, and whether that is certain."""
    order, everything, kept = list(reversed(LIMITS)), set(elastic.groups), set(first.support - dropped)
    excess, needed = first.proven, set[Group]()
    kinds = [{g for g in kept if g[0] == name} for name in order]
    single = [{g} for name in order for g in sorted(kept) if g[0] == name]
    try:
        for part in [*(kind for kind in kinds if len(kind) > 1), *single]:
            without = kept - part
            if not part & kept or part <= needed:
                continue
            asked.tell(f"which of {len(kept)} limits are in conflict")
            answer = elastic.ask(without, everything - without, seconds=asked.left)
            if answer.proven > TRACE:
                kept, excess = kept & answer.support, answer.proven
            elif len(part & kept) == 1:
                needed |= part & kept
        excess = elastic.ask(kept, everything - kept, seconds=asked.left).proven
    except TimeIsUpError:
        asked.warnings.append("the time ran out: the conflict may hold without some of its limits")
        return kept, excess, False
    return kept, excess, True


def _in_words(elastic: Elastic, groups: Iterable[Group], excess: float, *, minimal: bool) -> Conflict:
    known = list(LIMITS)
    order = sorted(groups, key=lambda g: (known.index(g[0]), g[1]))
    names = tuple(dict.fromkeys(name for name, _ in order))
    limits = (text for name in names for text in _stated(elastic, name, [p for n, p in order if n == name]))
    return Conflict(tuple(limits), tuple(dict.fromkeys(LIMITS[name].rule for name in names)), minimal, excess)


def _stated(elastic: Elastic, name: str, places: list[str]) -> Iterator[str]:
    """A kind of limit at one place after another, or of several places at once."""
    limit, facts = LIMITS[name], elastic.model.facts
    if len(places) > 1 and limit.many:
        *first, last = (place_of(facts.mission, place) for place in places)
        yield limit.many.format(places=f"{', '.join(first)} and {last}")
    else:
        yield from (limit.says(facts, place) for place in places)


def _remedies(asked: _Inquiry, elastic: Elastic, groups: set[Group]) -> Iterator[Remedy]:
    """Kinds of limits that are enough if they alone give, and the days by which the deadline would have to move.

    The deadline of sites gives only as the deadline of all: a relaxation that leaves a site part by part would tell
    too few days.
    """
    days = _days_more(asked)
    kinds = [
        name for name in LIMITS if any(g[0] == name for g in groups) and (days is None or name != "deadline_sites")
    ]
    for name in kinds:
        gives = {g for g in elastic.groups if g[0] == name}
        asked.tell(f"by how much {LIMITS[name].rule} would have to give")
        try:
            answer = elastic.ask(gives, seconds=asked.left)
        except TimeIsUpError:
            asked.warnings.append("the time ran out before all remedies were tried")
            break
        if math.isfinite(answer.total):
            yield Remedy(LIMITS[name].rule, tuple(_lack(elastic, given) for given in answer.given))
    if days:
        due = asked.mission.mission.deadline
        text = f"the deadline would have to be {day_text(due + timedelta(days=days))}, {a_few(days, 'day')} later"
        lack = Lack("deadline_people", "the mission", due, due + timedelta(days=days), days, "days", text)
        yield Remedy("deadline", (lack,), days)


def _days_more(asked: _Inquiry) -> int | None:
    """The fewest days by which the deadline would have to move for the relaxation to be met; None if none is enough."""
    header = asked.mission.mission
    low, high = 0, (header.liquidation_end - header.deadline).days

    def enough(days: int) -> bool:
        asked.tell(f"whether {days} days more would be enough")
        mission = later_deadline(asked.mission, days)
        bound = lower_bound(mission, mission.courses[0], asked.as_of, asked.left)
        if not bound.infeasible and bound.value == -math.inf:
            raise TimeIsUpError("the time ran out")
        return not bound.infeasible

    try:
        if high < 1 or not enough(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
    except TimeIsUpError:
        asked.warnings.append("the time ran out before it was found how much later the deadline would have to be")
        return None
    return high


def _lack(elastic: Elastic, given: Given) -> Lack:
    limit, mission = LIMITS[given.group[0]], elastic.model.mission
    by = math.ceil(given.by - TRACE)
    start, end = mission.date(given.first), mission.date(given.last)
    amount = f"{by:,} {limit.noun[0] if by == 1 else limit.noun[1]}"
    where = next((c.name for c in mission.crews if c.id == given.group[1]), place_of(mission, given.group[1]))
    days = f"on {day_text(start)}" if start == end else f"from {day_text(start)} to {day_text(end)}"
    message = f"{limit.lacks.format(place=where, amount=amount)}, {days}"
    return Lack(limit.rule, where, start, end, by, limit.noun[1], message)
