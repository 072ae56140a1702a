"""Every action and every fact has a verdict: which functions it needs, and whether the mandate covers its days.

One of the functions of a row must hold, on every day of the action, at its place:

| what is done | functions |
|---|---|
| a move leaves or arrives; a fact departure, arrival, last-out, handover | withdraw, liquidate |
| a convoy is escorted (at both ends of the move) | secure_movements, protect_un |
| a lot is disposed of; a closure step is worked; a site is signed over | withdraw, liquidate |
| people stay at a site; a headcount finds them there | protect_un, withdraw, liquidate, guard_liquidation, rear_party |
| people whose contracts end separate | those of staying |

Incidents, clearances and corrections are not acts of the mission, and what happened before the day of cessation was no
withdrawal: neither is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from drawdown.mandate.authority import TO_ESCORT, TO_MOVE, TO_STAY
from drawdown.mandate.place import places
from drawdown.mandate.record import standing_facts
from drawdown.mandate.verdict import Answer, Looked, look
from drawdown.mandate.windows import ONE_DAY, Coverage, Window
from drawdown.mandate.words import day_words, function_words, listed
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

Deed = Literal[
    "departure", "arrival", "escort", "disposal", "separation", "step", "handover", "stay", "last_out", "headcount"
]

#: Which functions each thing that is done needs: one of them.
NEEDS: Mapping[Deed, tuple[str, ...]] = MappingProxyType(
    {
        "departure": TO_MOVE,
        "arrival": TO_MOVE,
        "escort": TO_ESCORT,
        "disposal": TO_MOVE,
        "separation": TO_STAY,
        "step": TO_MOVE,
        "handover": TO_MOVE,
        "stay": TO_STAY,
        "last_out": TO_MOVE,
        "headcount": TO_STAY,
    }
)

#: What an authority would be for, in a sentence that says that there is none.
PURPOSES: Mapping[Deed, str] = MappingProxyType(
    {
        "departure": "to move",
        "arrival": "to move",
        "escort": "to escort convoys",
        "disposal": "to dispose",
        "separation": "to be there",
        "step": "to close the site",
        "handover": "to sign the site over",
        "stay": "to be there",
        "last_out": "to move",
        "headcount": "to be there",
    }
)

#: What each kind of fact does; kinds that are not here are not acts of the mission.
DEEDS_OF_FACTS: Mapping[str, Deed] = MappingProxyType(
    {
        "departure": "departure",
        "arrival": "arrival",
        "last_out": "last_out",
        "handover": "handover",
        "headcount": "headcount",
        "disposal": "disposal",
        "inspection": "step",
    }
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something done at a site or exit (None: nobody says where) from a first to a last day; ``name`` is its id."""

    deed: Deed
    name: str
    place: str | None
    start: date
    end: date


@dataclass(frozen=True)
class Judged:
    """The verdict on one action.

    ``authority`` is the first that covers its first day. Of a violation, ``bare`` are the days that nothing covers,
    and ``why`` says of each authority that might have, why it does not.
    """

    action: str
    deed: Deed
    place: str | None
    where: str
    start: date
    end: date
    functions: tuple[str, ...]
    verdict: Answer
    authority: str | None
    reference: str | None
    bare: tuple[Window, ...]
    why: str


class Judge:
    """Judges the actions of one mission; what its mandate covers is worked out once."""

    def __init__(self, mission: Mission) -> None:
        """A judge of a mission."""
        self.mission = mission
        self.coverage = Coverage(mission)
        self._places = {place.id: place for place in places(mission) if place.kind in {"site", "exit"}}

    def bare(self, action: Action) -> tuple[Window, ...]:
        """The days of an action that no authority covers; none if it is allowed, perhaps on conditions."""
        return self.coverage.bare(NEEDS[action.deed], action.start, action.end, action.place)

    def judge(self, action: Action) -> Judged:
        """The verdict on an action, with its reason. It is only as much allowed as its least covered day."""
        bare, place = self.bare(action), self._places.get(action.place or "")
        functions, where = NEEDS[action.deed], place.name if place else action.place or "no place named"
        if bare:
            seen = self._seen(action, bare[0].start)
            verdict: Answer = "not_allowed"
            found, why = None, _refused(action, where, bare[0], [f"{row.authority} {row.why}" for row in seen])
        else:
            found = min(
                (self._covering(action, day) for day in self._turns(action)), key=lambda row: not row.conditions
            )
            verdict = "conditional" if found.conditions else "allowed"
            why = "; ".join((f"{found.authority} {found.why}", *found.conditions))
        return Judged(
            action=action.name,
            deed=action.deed,
            place=action.place,
            where=where,
            start=action.start,
            end=action.end,
            functions=functions,
            verdict=verdict,
            authority=found.authority if found else None,
            reference=found.reference if found else None,
            bare=bare,
            why=why,
        )

    def violations(self, action: Action) -> tuple[Judged, ...]:
        """The verdict on each run of days of an action that nothing covers, alone; none if it is allowed."""
        return tuple(self.judge(replace(action, start=run.start, end=run.end)) for run in self.bare(action))

    def nearest(self, action: Action) -> Looked | None:
        """Of the authorities for an action that is not covered, the one that ended last before it, else the next."""
        day = action.start
        return min(
            self._seen(action, day),
            key=lambda row: (row.end >= day, (day - row.end).days if row.end < day else abs((row.start - day).days)),
            default=None,
        )

    def _seen(self, action: Action, day: date) -> list[Looked]:
        """What each authority for an action says of a day."""
        functions, place = NEEDS[action.deed], self._places.get(action.place or "")
        return [
            look(self.mission, row, row.function, day, place)
            for row in self.mission.authorities
            if row.function in functions
        ]

    def _covering(self, action: Action, day: date) -> Looked:
        """The first authority that covers a day of an action, one without conditions if there is one."""
        return min((row for row in self._seen(action, day) if row.applies), key=lambda row: bool(row.conditions))

    def _turns(self, action: Action) -> list[date]:
        """The days of an action on which other authorities may cover it than on the day before."""
        days = {row.from_date for row in self.mission.authorities} | {
            row.to_date + ONE_DAY for row in self.mission.authorities
        }
        return [action.start, *sorted(day for day in days if action.start < day <= action.end)]


def judge_fact(mission: Mission, fact: Actual) -> Judged | None:
    """The verdict on a fact of the record; None if it is no act of the mission, or before its cessation."""
    action = action_of(mission, fact)
    return Judge(mission).judge(action) if action else None


def judge_record(mission: Mission, facts: Iterable[Actual] | None = None) -> tuple[Judged, ...]:
    """The verdicts on facts that are acts of the mission, in their order; on its table of actuals if none are given.

    Facts that were corrected are left out.
    """
    judge = Judge(mission)
    actions = (action_of(mission, fact) for fact in standing_facts(mission.actuals if facts is None else facts))
    return tuple(judge.judge(action) for action in actions if action)


def action_of(mission: Mission, fact: Actual) -> Action | None:
    """What a fact says that the mission did, if it did anything that the mandate must cover."""
    deed = DEEDS_OF_FACTS.get(fact.kind)
    if deed is None or fact.happened < mission.mission.cessation:
        return None
    if deed == "headcount" and (fact.counted == "left" or not fact.count):
        return None
    end = fact.until if fact.until and fact.until >= fact.happened else fact.happened
    return Action(deed, fact.id, fact.place, fact.happened, end)


def _refused(action: Action, where: str, bare: Window, reasons: Iterable[str]) -> str:
    one, first = bare.end == bare.start, day_words(bare.start)
    days = f"on {first}" if one else f"from {first} to {day_words(bare.end)}"
    place = f" at {where}" if action.place else ""
    words = "; ".join(reasons) or f"no authority to {listed(map(function_words, NEEDS[action.deed]), 'or')} at all"
    return f"no authority {PURPOSES[action.deed]}{place} {days}: {words}"
