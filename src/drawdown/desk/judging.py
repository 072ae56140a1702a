"""What the mandate says: the verdict on a function, a day of it, every action of a plan or record, and reforms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drawdown.desk.ledgers import open_book
from drawdown.desk.mandate_question import Asked, Question, understood
from drawdown.desk.missions import open_mission
from drawdown.mandate.day import Allowed, allowed_on, ending_soon, near_to
from drawdown.mandate.judging import Judged, judge_record
from drawdown.mandate.life_cycle import Ceiling, Event, Stage, ceilings_on, events_to, stage_on
from drawdown.mandate.obligations import Owed, owed_on
from drawdown.mandate.place import Place
from drawdown.mandate.verdict import Answer, Looked, judge
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import changed_mission, plan_shift, what_ifs
from drawdown.plan.judging import judge_plan
from drawdown.plan.measures import Measures, measure_plan
from drawdown.stress.what_ifs import shifted_plan

#: What every answer is not.
CAUTION = "This is what published texts are reported to say, applied to the mission's files. It is no legal advice."


@dataclass(frozen=True)
class Verdicts:
    """Verdicts on all actions of a plan or a record: how many there are of each, and those that nothing covers.

    ``measures`` are a plan's own; ``conditional`` names the authorities that cover on conditions.
    """

    name: str
    actions: int
    counts: dict[Answer, int]
    conditional: tuple[str, ...]
    not_covered: tuple[Judged, ...]
    measures: Measures | None = None


@dataclass(frozen=True)
class Reading:
    """What one mandate says to a question. What was not asked for is None or empty."""

    verdict: Answer | None
    conditions: tuple[str, ...]
    trace: tuple[Looked, ...]
    related: tuple[Allowed, ...]
    allowed: tuple[Allowed, ...]
    ending: tuple[Allowed, ...]
    owed: tuple[Owed, ...]
    plan: Verdicts | None
    record: Verdicts | None


@dataclass(frozen=True)
class Reform(Reading):
    """The same question to the same mission with a what-if's cells changed."""

    what_if: str
    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class MandateResult(Reading):
    """The answer to a question about a mandate, with where the mission stands and, if one was asked for, a reform."""

    mission: str
    mission_hash: str
    on: date | None
    at: Place | None
    who: str | None
    function: str | None
    stage: Stage | None
    ceilings: tuple[Ceiling, ...]
    life_cycle: tuple[Event, ...]
    reform: Reform | None
    caution: str = CAUTION

    @property
    def no(self) -> bool:
        """Whether the answer is no: the function is not allowed, or an action is not covered."""
        judged = (self.plan, self.record)
        return self.verdict == "not_allowed" or any(found.not_covered for found in judged if found)


def mandate(  # noqa: PLR0913  what a reader may ask of a mandate, by name
    reference: str | Path,
    *,
    on: str | date | None = None,
    function: str | None = None,
    at: str | None = None,
    who: str | None = None,
    what_if: str | None = None,
    plan: str | Path | None = None,
    record: bool = False,
    ledger: str | None = None,
    allow_changed: bool = False,
) -> MandateResult:
    """Ask the mandate of a mission: for a function on a day at a place, for the whole day, for a plan or a record.

    ``record`` judges the mission's table of actuals, ``ledger`` the facts of that ledger instead. Raises
    `MissionError` with everything in the question that cannot be understood, or if mission, plan or ledger cannot
    be used.
    """
    question = Question(on, function, at, who, what_if, plan, record, ledger, allow_changed)
    mission = open_mission(reference)
    asked = understood(mission, question, reference)
    day = asked.on
    return MandateResult(
        **vars(_reading(mission, asked)),
        mission=mission.mission.name,
        mission_hash=mission.hash,
        on=day,
        at=asked.at,
        who=asked.who,
        function=asked.function,
        stage=stage_on(mission, day) if day else None,
        ceilings=ceilings_on(mission, day) if day else (),
        life_cycle=events_to(mission, day) if day else (),
        reform=_reform(mission, asked) if asked.what_if else None,
    )


def _reading(mission: Mission, asked: Asked, shift: int = 0) -> Reading:
    on, at, who = asked.on, asked.at, asked.who
    verdict = judge(mission, asked.function, on, at, who) if asked.function and on else None
    allowed = allowed_on(mission, on, at, who) if on else ()
    return Reading(
        verdict=verdict.verdict if verdict else None,
        conditions=verdict.conditions if verdict else (),
        trace=verdict.trace if verdict else (),
        related=near_to(asked.function, allowed) if asked.function else (),
        allowed=allowed,
        ending=ending_soon(allowed),
        owed=owed_on(mission, on) if on else (),
        plan=_of_plan(mission, asked, shift),
        record=_of_record(mission, asked),
    )


def _of_plan(mission: Mission, asked: Asked, shift: int) -> Verdicts | None:
    if asked.plan is None:
        return None
    plan = shifted_plan(asked.plan, shift)
    return _verdicts(plan.name, judge_plan(mission, plan), measure_plan(mission, plan))


def _of_record(mission: Mission, asked: Asked) -> Verdicts | None:
    if asked.ledger:
        ledger, _ = open_book(asked.ledger, asked.reference)
        with ledger:
            facts = [entry.fact for entry in ledger.entries()]
            return _verdicts(ledger.place, judge_record(mission, facts))
    return _verdicts("The mission's table of actuals", judge_record(mission)) if asked.record else None


def _verdicts(name: str, judged: Iterable[Judged], measures: Measures | None = None) -> Verdicts:
    rows = list(judged)
    counts: Counter[Answer] = Counter(row.verdict for row in rows)
    answers: tuple[Answer, ...] = ("allowed", "conditional", "not_allowed")
    return Verdicts(
        name=name,
        actions=len(rows),
        counts={answer: counts[answer] for answer in answers},
        conditional=tuple(dict.fromkeys(row.authority or "" for row in rows if row.verdict == "conditional")),
        not_covered=tuple(row for row in rows if row.verdict == "not_allowed"),
        measures=measures,
    )


def _reform(mission: Mission, asked: Asked) -> Reform:
    name = asked.what_if or ""
    changed = changed_mission(mission, name)
    return Reform(
        **vars(_reading(changed, asked, plan_shift(mission, name))),
        what_if=name,
        name=what_ifs(mission)[name],
        changes=tuple(_changes(mission, name)),
    )


def _changes(mission: Mission, name: str) -> Iterable[str]:
    rows = {(table, vars(row)["id"]): row for table in {cell.table for cell in mission.what_ifs} - {"plan"}
            for row in mission.rows(table)}  # fmt: skip
    for cell in mission.what_ifs:
        if cell.what_if == name:
            old = rows.get((cell.table, cell.row))
            was = f" (was {getattr(old, cell.column, None) or 'blank'})" if old else ""
            yield f"{cell.table}: {cell.column} of {cell.row} is {cell.value or 'blank'}{was}"
