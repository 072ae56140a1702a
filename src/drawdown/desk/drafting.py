"""From rows that were read to facts that can be recorded, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from drawdown.desk.recorded import Differing
from drawdown.files.fact_files import TABLE, FactReading, FactRow
from drawdown.files.findings import Where, printable, shown
from drawdown.ledger.admit import Admission
from drawdown.ledger.drafts import complete
from drawdown.ledger.facts import recorded_on
from drawdown.mandate.judging import Judge, action_of
from drawdown.mission.faults import Fault, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual
from drawdown.mission.values import text_of


@dataclass(frozen=True)
class Draft:
    """A fact on its way into the ledger.

    The number of its row (from 0) and where that stands, its cells, the fact (None if it is none), and what is wrong.
    """

    row: int
    where: str
    cells: Mapping[str, str]
    fact: Actual | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether it can be recorded."""
        return all(fault.severity != "fault" for fault in self.faults)


def drafts_of(mission: Mission, reading: FactReading, today: date, *, past: bool = False) -> list[Draft]:
    """What was read, made complete and admitted or refused; see `drawdown.ledger.admit` for the reasons.

    Two rows of one id that say different things cannot both be right: the later is refused. What happened without any
    authority of the mandate is recorded all the same, with a warning.
    """
    admission, judge = Admission(mission, today), Judge(mission)
    drafts: list[Draft] = []
    first: dict[str, Draft] = {}
    for number, row in enumerate(reading.rows):
        where = reading.where(number, None)
        fact, faults = _fact(row)
        if fact is not None:
            if past:
                fact = fact.model_copy(update={"recorded": recorded_on(mission, fact)})
            faults = (*admission(fact), *_against(first.get(fact.id), fact))
            if all(fault.severity != "fault" for fault in faults):
                faults = (*faults, *_uncovered(judge, fact))
        else:
            faults = (*faults, *_besides(admission, row.values, faults))
        located = tuple(_located(fault, number, reading.where) for fault in faults)
        draft = Draft(number, where, row.cells, fact, located)
        if fact is not None and draft.sound:
            first.setdefault(fact.id, draft)
        drafts.append(draft)
    return drafts


def _located(fault: Fault, row: int, where: Where) -> Fault:
    spot = fault.spot._replace(row=row)
    return fault._replace(spot=spot, value=shown(fault.value), where=fault.where or printable(where(row, spot.column)))


def _uncovered(judge: Judge, fact: Actual) -> Iterator[Fault]:
    """What the mandate did not allow of what happened."""
    action = action_of(judge.mission, fact)
    if action and (judged := judge.judge(action)).verdict == "not_allowed":
        message = f"was not covered by the mandate: {judged.why}"
        remedy = "nothing, if it happened: it is on record all the same"
        yield Fault("warning", Spot(TABLE, None, None), fact.id, message, remedy)


def _against(earlier: Draft | None, fact: Actual) -> Iterator[Fault]:
    """What is wrong with a fact of the same id as an earlier one of the same file."""
    columns = [row.column for row in differing(earlier.fact, fact)] if earlier and earlier.fact else []
    if earlier and columns:
        message = f"has the id of {earlier.where}, but another {' and '.join(columns)}"
        yield Fault("fault", Spot(TABLE, None, "id"), fact.id, message, "give each fact its own id, or drop one")


def _fact(row: FactRow) -> tuple[Actual | None, tuple[Fault, ...]]:
    """The fact of a row, or why it is none."""
    if row.faults:
        return None, row.faults
    try:
        return Actual.model_validate(complete(row.values)), ()
    except ValidationError as problems:
        return None, tuple(
            Fault(
                "fault", Spot(TABLE, None, str(found["loc"][0])), str(found["input"]), found["msg"], "correct the value"
            )
            for found in problems.errors(include_url=False)
        )


def _besides(admission: Admission, values: Mapping[str, Any], faults: Sequence[Fault]) -> Iterator[Fault]:
    """What else is wrong with a row of which some columns cannot be read: whoever mends it mends all of it at once."""
    unread = {fault.spot.column for fault in faults}
    if None in unread or unread & {"kind", "happened"}:
        return
    try:
        fact = Actual.model_validate({"id": "unread", **values})
    except ValidationError:
        return
    for fault in admission(fact):
        if fault.severity == "fault" and fault.spot.column is not None and fault.spot.column not in unread:
            yield fault


def differing(recorded: Actual, given: Actual) -> Iterator[Differing]:
    """The columns in which two facts of one id differ."""
    columns = [name for name in type(given).model_fields if name != "recorded"]
    for column in columns:
        one, other = getattr(recorded, column), getattr(given, column)
        if one != other:
            yield Differing(column, text_of(one) or None, text_of(other) or None)
