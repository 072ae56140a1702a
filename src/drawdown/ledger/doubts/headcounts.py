"""Headcounts that are not what the record says, or that disagree with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.doubts.alert import Alert, in_words
from drawdown.ledger.doubts.gaps import place_name, thing_name
from drawdown.ledger.folding.booking import AT, WAY
from drawdown.ledger.folding.counts import CLASSES, Headcount
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.leaving import Leaving, counts_as
from drawdown.ledger.folding.things import UNIT

Numbers = NDArray[np.int64]


def compared(
    folded: Folded, counts: Sequence[tuple[Headcount, tuple[int, int] | None]], leaving: Leaving
) -> Iterator[Alert]:
    """Each latest headcount beside the record of its evening; the latest of those who have left beside departures."""
    present = [one for one, _ in counts if not one.left]
    for one, record in zip(present, _on_record(folded, present), strict=True):
        if one.count != record:
            day, where = folded.things.mission.date(one.day), _where(folded, one)
            yield Alert(
                "headcount",
                "warning",
                day,
                folded.things.places[one.place] or None,
                f"{one.count:,} {one.of} were counted {where} on {in_words(day)}; {record:,} are on record:"
                f" {abs(one.count - record):,} {'more' if one.count > record else 'fewer'} than the record knows",
                "record the departures and arrivals that are missing, or correct the headcount",
                abs(one.count - record),
            )
    for one, range_of_day in counts:
        if range_of_day:
            yield _disagree(folded, one, *range_of_day)
    if latest := leaving.latest:
        yield from _left(folded, latest, leaving)


def _on_record(folded: Folded, present: Sequence[Headcount]) -> list[int]:
    """How many are on record where and when each headcount was taken: one question for all accounts together."""
    accounts, things = folded.accounts, folded.things
    units = things.kind[accounts.thing] == UNIT if len(things.names) else np.zeros(0, np.bool_)
    classes = {of: _of_class(folded, of) for of in CLASSES}
    at = {place: accounts.at(place) for place in {one.place for one in present} - {0}}
    everywhere = np.flatnonzero(np.isin(accounts.type, (AT, WAY)) & units)
    asked: list[Numbers] = []
    for one in present:
        rows = at.get(one.place, everywhere)
        thing = accounts.thing[rows]
        asked.append(rows[units[rows] & classes[one.of][thing] & ((one.unit == -1) | (thing == one.unit))])
    if not asked:
        return []
    days = np.repeat([one.day for one in present], [len(rows) for rows in asked])
    balances = folded.balances.on(np.concatenate(asked), days)
    which = np.repeat(np.arange(len(asked)), [len(rows) for rows in asked])
    sums = np.zeros(len(asked), np.int64)
    np.add.at(sums, which, balances)
    return [int(found) for found in sums]


def _of_class(folded: Folded, of: str) -> NDArray[np.bool_]:
    unit = folded.things.mission.unit
    return np.array([kind == UNIT and counts_as(unit[name].kind, of) for kind, name in folded.things.names], np.bool_)


def _where(folded: Folded, one: Headcount) -> str:
    things = folded.things
    unit = f"of {thing_name(things, one.unit)} " if one.unit >= 0 else ""
    return unit + (f"at {place_name(things, one.place)}" if one.place else "in the mission")


def _disagree(folded: Folded, one: Headcount, low: int, high: int) -> Alert:
    day = folded.things.mission.date(one.day)
    what = "as having left" if one.left else "as present"
    return Alert(
        "headcounts",
        "warning",
        day,
        folded.things.places[one.place] or None,
        f"between {low:,} and {high:,} {one.of} were counted {what} {_where(folded, one)} on {in_words(day)};"
        f" the last recorded, {one.count:,}, is used",
        "correct those that are wrong",
        high - low,
    )


def _left(folded: Folded, latest: Headcount, leaving: Leaving) -> Iterator[Alert]:
    record, day = leaving.on_record(latest.of, latest.day), folded.things.mission.date(latest.day)
    if record != latest.count:
        yield Alert(
            "left_total",
            "warning",
            day,
            None,
            f"{latest.count:,} {latest.of} are reported to have left by {in_words(day)};"
            f" departures on record account for {record:,}",
            "record the departures that are missing, with their units, or correct the report",
            abs(latest.count - record),
        )
