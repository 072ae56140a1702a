"""People and equipment still counted at sites that were left or handed over; sites that were left twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from drawdown.ledger.doubts.alert import Alert, in_words
from drawdown.ledger.doubts.gaps import place_name, worth
from drawdown.ledger.folding.booking import AT
from drawdown.ledger.folding.fold import Days, Folded
from drawdown.ledger.folding.things import LOT, UNIT, UNKNOWN


def sites(folded: Folded, today: int) -> Iterator[Alert]:
    """What is wrong at sites, as of a day (since cessation)."""
    yield from _twice(folded, "last_outs", "last-out", folded.last_outs)
    yield from _twice(folded, "handovers", "handover", folded.handovers)
    yield from _after_last_out(folded, today)
    for place, days in folded.handovers.items():
        if place not in folded.last_outs and (people := _still(folded, place, UNIT)[0]):
            name, day = place_name(folded.things, place), folded.things.mission.date(max(days))
            yield Alert(
                "handed_over",
                "warning",
                day,
                folded.things.places[place],
                f"{name} was handed over on {in_words(day)} and has no last-out on record;"
                f" {people:,} people are counted there",
                "record its last-out and where the people went, or correct the handover",
                people,
                days=today - max(days),
            )
    for place in sorted({*folded.handovers, *folded.last_outs}):
        yield from _left_behind(folded, place, today)


def _twice(folded: Folded, kind: str, word: str, days_at: Days) -> Iterator[Alert]:
    for place, days in days_at.items():
        if len(days) > 1:
            name = place_name(folded.things, place)
            told = ", ".join(in_words(folded.things.mission.date(day)) for day in days)
            yield Alert(
                kind,
                "warning",
                folded.things.mission.date(max(days)),
                folded.things.places[place],
                f"{len(days)} days are told for the {word} of {name}: {told}; the latest is used",
                "correct those that are wrong",
                days=max(days) - min(days),
            )


def _after_last_out(folded: Folded, today: int) -> Iterator[Alert]:
    """People who were counted at a site when it was left and whose place is still unknown, or who are there now."""
    lost = _still_unknown(folded)
    for place, days in folded.last_outs.items():
        now, _ = _still(folded, place, UNIT)
        if people := lost[place] + now:
            name, day = place_name(folded.things, place), folded.things.mission.date(max(days))
            told = (
                [f"{lost[place]:,} people were still counted at {name} when it was left on {in_words(day)}"]
                if lost[place]
                else []
            )
            told += [f"{now:,} are counted at {name}, which was left on {in_words(day)}"] if now else []
            yield Alert(
                "after_last_out",
                "serious",
                day,
                folded.things.places[place],
                "; ".join(told) + ": where they are is not known",
                f"record the departures and arrivals of the units of {name}, or correct its last-out",
                people,
                days=today - max(days),
            )


def _still_unknown(folded: Folded) -> Counter[int]:
    """By place: the people who were counted there on its last-out and have not been heard of since.

    Of a unit that left two places so, those of the earlier are heard of first.
    """
    found: Counter[int] = Counter()
    accounts, last = folded.accounts, folded.balances.last
    swept = defaultdict(list)
    for gap in folded.gaps:
        if gap.kind == "swept":
            swept[gap.thing].append(gap)
    for thing, rows in swept.items():
        unknown = int(last[accounts.account(thing, AT, UNKNOWN)])
        for gap in sorted(rows, key=lambda gap: (gap.day, gap.place), reverse=True):
            found[gap.place] += min(unknown, gap.count)
            unknown -= min(unknown, gap.count)
    return found


def _left_behind(folded: Folded, place: int, today: int) -> Iterator[Alert]:
    count, usd = _still(folded, place, LOT)
    if count:
        days = max([*folded.handovers.get(place, ()), *folded.last_outs.get(place, ())])
        name, day = place_name(folded.things, place), folded.things.mission.date(days)
        yield Alert(
            "left_behind",
            "warning",
            day,
            folded.things.places[place],
            f"{count:,} items of equipment are still counted at {name},"
            f" which was left or handed over by {in_words(day)}",
            "record what became of them: departures, disposals",
            usd=usd,
            days=today - days,
        )


def _still(folded: Folded, place: int, kind: int) -> tuple[int, float]:
    """How many of a kind of things are still at a place, and what they are worth."""
    accounts, things, last = folded.accounts, folded.things, folded.balances.last
    at = accounts.at(place)
    at = at[(things.kind[accounts.thing[at]] == kind) & (last[at] > 0)]
    usd = sum(worth(things, int(accounts.thing[one]), int(last[one]))[1] for one in at.tolist())
    return int(np.sum(last[at])), usd
