"""A question about a mandate as it was typed, and what it comes to; everything that makes no sense is told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from drawdown.desk.plans import read_sound_plan
from drawdown.mandate.place import Place, place_of, places
from drawdown.mandate.verdict import matches, roles
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import column
from drawdown.mission.what_if import what_ifs
from drawdown.plan.model import Plan
from drawdown.plan.rules.understood import understandable

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Question:
    """What was typed. ``record`` asks for the mission's table of actuals, ``ledger`` for that ledger instead."""

    on: str | date | None = None
    function: str | None = None
    at: str | None = None
    who: str | None = None
    what_if: str | None = None
    plan: str | Path | None = None
    record: bool = False
    ledger: str | None = None
    allow_changed: bool = False


@dataclass(frozen=True)
class Asked:
    """A question that was understood; ``reference`` is where its mission was found."""

    on: date | None
    function: str | None
    at: Place | None
    who: str | None
    what_if: str | None
    plan: Plan | None
    record: bool
    ledger: str | None
    reference: str | Path


def understood(mission: Mission, question: Question, reference: str | Path) -> Asked:
    """What a question comes to. Raises `MissionError` with everything that cannot be understood."""
    faults: list[Fault] = []

    def read(value: str | None, reader: Callable[[Mission, str], _Found | Fault]) -> _Found | None:
        found = None if value is None else reader(mission, value)
        if isinstance(found, Fault):
            faults.append(found)
            return None
        return found

    on = question.on if isinstance(question.on, date) else read(question.on, _day)
    function, at = read(question.function, _function), read(question.at, _place)
    who, what_if = read(question.who, _role), read(question.what_if, _what_if)
    plan = None
    try:
        plan = _plan(mission, question)
    except MissionError as error:
        faults += error.faults
    faults += _lacking(question)
    if faults:
        raise MissionError(faults)
    return Asked(on, function, at, who, what_if, plan, question.record, question.ledger, reference)


def _fault(option: str, value: str, message: str, remedy: str) -> Fault:
    return Fault("fault", Spot("mandate"), value, message, remedy, f"--{option}")


def _lacking(question: Question) -> list[Fault]:
    asks_day = any(value is not None for value in (question.function, question.at, question.who))
    judges = question.plan is not None or question.record or question.ledger is not None
    if question.on is not None or (judges and not asks_day):
        return []
    remedy = "give a day such as 2023-10-05" + ("" if asks_day else ", or judge a --plan or the --record")
    return [_fault("on", "", "no day is named", remedy)]


def _day(mission: Mission, text: str) -> date | Fault:
    try:
        # Basic and week dates are dates too, but not to a reader of a report.
        found = date.fromisoformat(text.strip()) if text.strip().count("-") == 2 else None  # noqa: PLR2004  year-month-day
    except ValueError:
        found = None
    example = mission.mission.cessation
    return found or _fault("on", text, "is no day", f"write year, month and day, such as {example}")


def _function(mission: Mission, text: str) -> str | Fault:
    del mission
    known = column("authorities", "function").args
    name = text.strip().casefold().replace("-", "_").replace(" ", "_")
    return name if name in known else _fault("function", text, "is no function of a mandate", _choices(name, known))


def _choices(name: str, known: tuple[str, ...]) -> str:
    near = suggest(name, known)
    return near if near.startswith("did") else f"use one of: {', '.join(known)}"


def _place(mission: Mission, text: str) -> Place | Fault:
    found = place_of(mission, text)
    known = [name for place in places(mission) for name in (place.id, place.name)]
    message = f"is no site, exit, settlement or leg of {mission.mission.id}"
    return found or _fault("at", text, message, suggest(text, known))


def _role(mission: Mission, text: str) -> str | Fault:
    known = roles(mission)
    if text.strip() and any(matches(text, role) for role in known):
        return text.strip()
    return _fault("who", text, "is nobody to whom an authority is limited", suggest(text, known))


def _what_if(mission: Mission, text: str) -> str | Fault:
    known = what_ifs(mission)
    return text if text in known else _fault("what-if", text, "is no what-if of the mission", suggest(text, known))


def _plan(mission: Mission, question: Question) -> Plan | None:
    if question.plan is None:
        return None
    path, own = Path(question.plan), mission.mission.id
    plan = read_sound_plan(path)
    message = remedy = ""
    if plan.mission != own:
        message, remedy = f"is a plan of `{plan.mission}`, not of `{own}`", "give a plan of this mission"
    elif plan.mission_hash != mission.hash and not question.allow_changed:
        message = "the mission has changed since the plan was made"
        remedy = "plan again, or say --changed to judge it by the mission as it is now"
    elif understandable(mission, plan) != plan:
        message, remedy = "names what the mission does not have", f"drawdown verify {path} lists it"
    if message:
        raise MissionError([_fault("plan", str(path), message, remedy)])
    return plan
