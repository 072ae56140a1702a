"""Departures of more than there is, arrivals of what never departed, and more of a thing than there is at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.ledger.doubts.alert import Alert, Severity, in_words
from drawdown.ledger.folding.evening import Gap
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.things import LOT, UNIT, Things

#: What each kind of gap is called, how bad it is, and what to do.
WORDS: dict[str, tuple[str, Severity, str]] = {
    "from_nowhere": (
        "{count} more of {thing} are told of at {place} than there are",
        "serious",
        "correct the fact that counts too many, or the number in the mission's own tables",
    ),
    "not_there": (
        "{count} of {thing} are told to have left {place}, where they were not on record; {taken}",
        "warning",
        "record the arrival or departure that is missing, or correct this one",
    ),
    "never_departed": (
        "{count} of {thing} arrived at {place} with no departure on record; {taken}",
        "note",
        "record where they departed, or correct the arrival",
    ),
}
NOTHING = "nothing of it was found"


def gaps(folded: Folded) -> Iterator[Alert]:
    """One alert for each kind of gap, thing and place, of the last day on which it was so."""
    found: dict[tuple[str, int, int], list[Gap]] = defaultdict(list)
    for gap in folded.gaps:
        if gap.kind in WORDS:
            found[gap.kind, gap.thing, gap.place].append(gap)
    for (kind, thing, place), rows in found.items():
        yield _alert(folded.things, kind, thing, place, rows)


def _alert(things: Things, kind: str, thing: int, place: int, rows: list[Gap]) -> Alert:
    sentence, severity, remedy = WORDS[kind]
    count = sum(row.count for row in rows)
    told = sentence.format(
        count=f"{count:,}", thing=thing_name(things, thing), place=place_name(things, place), taken=_taken(things, rows)
    )
    last = things.mission.date(max(row.day for row in rows))
    times = f" ({len(rows)} times, the last on {in_words(last)})" if len(rows) > 1 else f" ({in_words(last)})"
    people, usd = worth(things, thing, count)
    return Alert(kind, severity, last, things.places[place] or None, told + times, remedy, people, usd)


def _taken(things: Things, rows: list[Gap]) -> str:
    given: dict[int, int] = {}
    for row in rows:
        for place, count in row.given:
            given[place] = given.get(place, 0) + count
    if not given:
        return NOTHING
    most = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    return "taken from " + ", ".join(f"{place_name(things, place)} ({count:,})" for place, count in most)


def worth(things: Things, thing: int, count: int) -> tuple[int, float]:
    """How many people and dollars so many of a thing are."""
    kind = things.kind[thing]
    return (count if kind == UNIT else 0), (float(things.value_each[thing] * count) if kind == LOT else 0.0)


def place_name(things: Things, place: int) -> str:
    """A place as it is named in messages."""
    name = things.places[place]
    return things.mission.place[name].name if name else "an unknown place"


def thing_name(things: Things, thing: int) -> str:
    """A unit, lot or lift as it is named in messages: not by its id."""
    kind, name = things.names[thing]
    mission = things.mission
    return (mission.unit, mission.lot, mission.lift_by_id)[kind][name].name
