"""What headcounts say: who is present and who has left, the latest of each, and where two of one day disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.facts import Facts
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.reading import COUNT_OF, KINDS
from drawdown.ledger.folding.things import UNIT

Numbers = NDArray[np.int64]
HEADCOUNT = KINDS.index("headcount")

#: What a headcount of people may count; a blank one counts people.
CLASSES = ("people", "uniformed", "military")


class Headcount(NamedTuple):
    """People counted at a place (0: the whole mission) and of a unit (-1: all), on a day; all by number."""

    left: bool
    place: int
    unit: int
    of: str
    day: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    #: Where it stands in the order of day, recording and id.
    order: int


def headcounts(folded: Folded) -> Iterator[tuple[Headcount, tuple[int, int] | None]]:
    """The latest headcount of each place, unit and class of people; least and greatest of its day if they differ."""
    facts, things = folded.accounts.facts, folded.things
    zero = things.mission.mission.cessation.toordinal()
    rows = ordered(facts)
    rows = rows[folded.hold[rows] & (facts.happened[rows] >= zero)]
    place = np.where(facts.place[rows] < 0, 0, things.places_of(facts.words["place"])[facts.place[rows]])
    unit = things.things_of(facts.words)[facts.thing[rows]]
    of = np.where(facts.count_of[rows] < 0, COUNT_OF.index("people"), facts.count_of[rows].astype(np.int64))
    sound = (place >= 0) & np.isin(unit, [-1, *np.flatnonzero(things.kind == UNIT)])
    units, classes = len(things.names) + 1, len(COUNT_OF)
    key = ((facts.left[rows] * len(things.places) + place) * units + unit + 1) * classes + of
    key, rows = key[sound], rows[sound]
    if not len(rows):
        return
    # The last of each key is the first of the reversed.
    kinds, first, inverse = np.unique(key[::-1], return_index=True, return_inverse=True)
    count = np.floor(facts.count[rows] + 0.5).astype(np.int64)[::-1]
    day = (facts.happened[rows] - zero)[::-1]
    same_day = day == day[first][inverse]
    low, high = np.full(len(first), np.iinfo(np.int64).max), np.zeros(len(first), np.int64)
    np.minimum.at(low, inverse[same_day], count[same_day])
    np.maximum.at(high, inverse[same_day], count[same_day])
    for number, kind in enumerate(kinds.tolist()):
        rest, what = divmod(kind, classes)
        rest, who = divmod(rest, units)
        left, at = divmod(rest, len(things.places))
        place_in_order = len(rows) - 1 - int(first[number])
        told = Headcount(
            bool(left), at, who - 1, COUNT_OF[what], int(day[first[number]]), int(count[first[number]]), place_in_order
        )
        yield told, ((int(low[number]), int(high[number])) if low[number] != high[number] else None)


def ordered(facts: Facts) -> Numbers:
    """Headcounts of people that say how many, by day, then recording, then id; worked out once."""
    if "headcounts" not in facts.worked_out:
        allowed = [-1, *(COUNT_OF.index(word) for word in CLASSES)]
        rows = np.flatnonzero((facts.kind == HEADCOUNT) & (facts.count >= 0) & np.isin(facts.count_of, allowed))
        ids = np.array([facts.id(row) for row in rows.tolist()], np.str_)
        facts.worked_out["headcounts"] = rows[np.lexsort((ids, facts.recorded[rows], facts.happened[rows]))]
    found: Numbers = facts.worked_out["headcounts"]
    return found
