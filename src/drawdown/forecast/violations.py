"""Every act on record beside the mandate: those on days that no authority covers, and an alert of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from drawdown.forecast.answers import Violation
from drawdown.forecast.case import Case
from drawdown.ledger.alerts import Alert
from drawdown.mandate.judging import Action, Deed, Judge, Judged, action_of
from drawdown.mandate.words import deed_words
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual
from drawdown.plan.model import Plan

#: What a fact counts that is people.
_PEOPLE = frozenset({"people", "uniformed", "military"})


def violations(case: Case, as_of: date, known_on: date) -> tuple[Violation, ...]:
    """What was done by a day, as it was known on another, and is not covered on some days; one row a run of days.

    The judgement is that of `drawdown.mandate.judging`. A fact does not say whether a convoy was escorted: where it
    names a move that the plan escorts, the escort is judged, too.
    """
    judge, escorted = Judge(case.mission), _escorted(case.plan)
    found = [
        _violation(judge, fact, judged)
        for _, fact in case.known(as_of, known_on)
        for action in _actions(case.mission, fact, escorted)
        for judged in judge.violations(action)
    ]
    return tuple(sorted(found, key=lambda row: (row.start, row.end, row.where, row.deed, row.fact)))


def alerts_of(found: Iterable[Violation]) -> Iterator[Alert]:
    """An alert of each violation; its message has the days that nothing covers."""
    for row in found:
        yield Alert(
            kind="escort_not_covered" if row.deed == "escort" else "not_covered",  # partners read none on escorts
            severity="serious",
            when=row.start,
            where=row.place and row.where,
            message=f"{row.what} not covered by the mandate: {row.why}",
            remedy="correct the record if it was not so, else report it to those who gave the mandate",
            people=row.people,
        )


def _escorted(plan: Plan | None) -> frozenset[str]:
    return frozenset(move.id for move in plan.moves if move.escorts) if plan else frozenset()


def _actions(mission: Mission, fact: Actual, escorted: frozenset[str]) -> Iterator[Action]:
    action = action_of(mission, fact)
    if action is None:
        return
    yield action
    if fact.move in escorted and action.deed in {"departure", "arrival"}:
        yield Action("escort", action.name, action.place, action.start, action.end)


def _violation(judge: Judge, fact: Actual, judged: Judged) -> Violation:
    """What a verdict on some days of a fact says to whoever reads a status."""
    near = judge.nearest(Action(judged.deed, judged.action, judged.place, judged.start, judged.end))
    people = fact.count_of in _PEOPLE or (judged.deed == "headcount" and fact.count_of is None)
    return Violation(
        fact=fact.id,
        deed=judged.deed,
        what=_what(judged.deed, fact, people=people),
        place=judged.place,
        where=judged.where,
        start=judged.start,
        end=judged.end,
        why=judged.why,
        reference=near.reference if near else None,
        people=round(fact.count or 0) if people and judged.deed != "escort" else 0,
    )


def _what(deed: Deed, fact: Actual, *, people: bool) -> str:
    """A deed with what it was done to: *departure of 40 people*."""
    if not fact.count or deed == "escort":
        return deed_words(deed)
    counted = "people" if people else (fact.count_of or "items").replace("_", " ")
    return f"{deed_words(deed)} of {fact.count:,.0f} {counted}"
