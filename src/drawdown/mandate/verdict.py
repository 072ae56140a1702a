"""The verdict on one function on a day, at a place, by somebody: allowed, conditional or not, and the trace of why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drawdown.mandate.area import area_words, condition, outside
from drawdown.mandate.place import Place, plain
from drawdown.mandate.words import day_words, function_words, span_words
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Authority

Answer = Literal["allowed", "conditional", "not_allowed"]

#: Functions that are looked at together: who asks for one of them should know what is said of the others.
FAMILIES = (
    ("respond_to_imminent_threats", "protect_civilians", "stabilise_population_centres", "extract_in_danger"),
    ("support_humanitarian_delivery", "support_humanitarian_assistance", "extract_in_danger"),
    ("secure_movements", "protect_un", "guard_liquidation", "french_intervention_in_support"),
    ("withdraw", "liquidate", "rear_party", "guard_liquidation"),
    ("transfer_tasks", "support_political_process", "extend_state_authority", "monitor_human_rights"),
    ("medical_evacuation", "extract_in_danger"),
)

#: How a question names somebody who is of the mission and nobody in particular.
ANYONE = "mission"


@dataclass(frozen=True)
class Looked:
    """An authority that was looked at: whether it applies, why or why not, on what conditions, and its text."""

    authority: str
    function: str
    applies: bool
    why: str
    conditions: tuple[str, ...]
    start: date
    end: date
    reference: str
    adopted: date | None
    votes: str | None
    source: str | None


@dataclass(frozen=True)
class Verdict:
    """The answer about one function, with every authority that was looked at: those for it first, then its family's."""

    verdict: Answer
    function: str
    on: date
    at: Place | None
    who: str | None
    conditions: tuple[str, ...]
    trace: tuple[Looked, ...]


def judge(mission: Mission, function: str, on: date, at: Place | None = None, who: str | None = None) -> Verdict:
    """Whether a function may be exercised on a day; without a place or a role these become conditions.

    *Allowed* if one authority applies without a condition, *conditional* if all that apply have some, else *not
    allowed*. An authority more never makes it less allowed.
    """
    rows = sorted(mission.authorities, key=lambda row: row.function != function)
    near = family(function) | {function}
    trace = tuple(look(mission, row, function, on, at, who) for row in rows if row.function in near)
    found = [row for row in trace if row.applies]
    if any(not row.conditions for row in found):
        return Verdict("allowed", function, on, at, who, (), trace)
    conditions = tuple(dict.fromkeys(text for row in found for text in row.conditions))
    return Verdict("conditional" if found else "not_allowed", function, on, at, who, conditions, trace)


def family(function: str) -> frozenset[str]:
    """The other functions of the families to which a function belongs."""
    return frozenset(name for names in FAMILIES if function in names for name in names if name != function)


def look(  # noqa: PLR0913, PLR0917  a question's parts
    mission: Mission, row: Authority, function: str, on: date, at: Place | None, who: str | None = None
) -> Looked:
    """What one authority says of a function on a day, at a place, for a role."""
    other = None if row.function == function else f"is for another function ({function_words(row.function)})"
    found = (other, _not_then(row, on), at and outside(mission, row, at), _not_theirs(row, who))
    reasons = [text for text in found if text]
    conditions = () if reasons else tuple(_conditions(mission, row, at, who, on))
    return Looked(
        authority=row.id,
        function=row.function,
        applies=not reasons,
        why="; ".join(reasons) or _why(mission, row, on, at),
        conditions=conditions,
        start=row.from_date,
        end=row.to_date,
        reference=row.reference,
        adopted=row.adopted,
        votes=row.votes,
        source=_title(mission, row.source),
    )


def roles(mission: Mission) -> tuple[str, ...]:
    """Who may be named in a question: those to whom authorities are limited, and anyone of the mission."""
    return (*dict.fromkeys(row.who for row in mission.authorities if row.who), ANYONE)


def matches(who: str, role: str) -> bool:
    """Whether somebody named in a question is (a part of) those to whom an authority is limited."""
    return plain(who) in plain(role)


def _not_then(row: Authority, on: date) -> str | None:
    if on < row.from_date:
        return f"begins on {day_words(row.from_date)}, {span_words((row.from_date - on).days)} later"
    if on > row.to_date:
        return f"ended on {day_words(row.to_date)}, {span_words((on - row.to_date).days)} before"
    return None


def _not_theirs(row: Authority, who: str | None) -> str | None:
    if who is None or row.who is None or matches(who, row.who):
        return None
    return f"is for {row.who} only"


def _conditions(mission: Mission, row: Authority, at: Place | None, who: str | None, on: date) -> Iterable[str]:
    if row.who and who is None:
        yield f"only {row.who}"
    if row.conditions:
        yield row.conditions
    if text := condition(mission, row, at, on):
        yield text


def _why(mission: Mission, row: Authority, on: date, at: Place | None) -> str:
    left = (row.to_date - on).days
    more = f"{span_words(left)} more" if left else "its last day"
    where = f"; it holds {area_words(mission, row)}" if at else ""
    return f"in force to {day_words(row.to_date)}, {more}{where}"


def _title(mission: Mission, source: str | None) -> str | None:
    return next((row.title for row in mission.sources if row.id == source), source)
